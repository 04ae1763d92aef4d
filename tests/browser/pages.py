"""The pages of the sample world: at least one of each kind, and every entry and document."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from datasette.utils import tilde_encode

from crawler.publish.paths import encode

SOME: Mapping[str, str] = {
    "home": "/",
    "home, filtered": "/?topic=labour_exploitation&jurisdiction=United+Kingdom",
    "home, nothing found": "/?exploitation=organ_removal&kind=act",
    "search": "/search",
    "search, found": "/search?q=slavery",
    "search, a provision": "/search?q=section+4",
    "search, nothing found": "/search?q=zzzz",
    "subscribe": "/subscribe",
    "subscribe, filtered": "/subscribe?topic=labour_exploitation&role=police",
    "review": "/review",
    "corrections": "/corrections",
    "collections": "/collections",
    "calendar": "/calendar",
    "since, asked": "/since",
    "since": "/since?doc=ukpga/2001/9001&doc=ukpga/1800/1&since=2026-03-01",
    "series": "/series",
    "judgments": "/judgments",
    "by-hand": "/by-hand",
    "recommendations": "/recommendations",
    "issues": "/issue",
    "issue": "/issue/2026-03",
    "home, by day": "/?page=1",
    "toolkit": "/toolkit",
    "library": "/library",
    "law": "/law?withdrawn=yes",
    "guidance": "/guidance",
    "reports": "/reports",
    "proposals": "/proposals",
    "stale": "/stale",
    "topic": "/topic/labour_exploitation",
    "topic, nothing": "/topic/domestic_servitude",
    "coming into force": "/coming-into-force",
    "withdrawn": "/withdrawn",
    "withdrawn, chosen": "/withdrawn?topic=children",
    "governance": "/governance",
    "resources": "/resources",
    "training": "/training",
    "check a text": "/check",
    "checklist": "/checklist",
    "checklist, one nation": "/checklist?nation=Scotland",
    "sources": "/sources",
    "about": "/about",
    "api": "/api",
    "copy": "/copy",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "help": "/help",
    "search for help": "/search?q=I+am+being+trafficked",
    "database": "/roundup",
    "table": "/roundup/entries",
    "table, filtered": "/roundup/documents?kind__exact=act&_facet=publisher",
    "table, searched": "/roundup/documents?_search=slavery",
    "table, empty": "/roundup/documents?kind__exact=nothing",
    "query": "/roundup?sql=select+id%2C+title+from+documents+limit+3",
    "query, wrong": "/roundup?sql=select+nothing+from+nowhere",
    "not found": "/nothing/here",
    "no such document": "/doc/ukpga/1800/1",
    "no such filter": "/?topic=weather",
}
"""Pages by their kind, as far as their address is known beforehand."""


def every(database: Path) -> dict[str, str]:
    """Give pages by their kind: those, the pages of each entry, document and collection, of comparisons and of rows."""
    return {**SOME, **_of(database)}


def few(database: Path) -> dict[str, str]:
    """Return one page of each kind that people read most."""
    found = _of(database)
    law = next(name for name in found if name.startswith("document ukpga/"))
    entry = next(name for name in found if name.startswith("entry"))
    names = ("home", "search, found", "subscribe", "checklist", "training", "sources", "not found")
    table = "table publishers"
    return {**{name: SOME[name] for name in names}, **{name: found[name] for name in (entry, law, table)}}


def matches(pattern: str, addresses: Mapping[str, str]) -> bool:
    """Whether a page of ours has an address that a pattern of the plugin is for."""
    return any(re.search(pattern, address.partition("?")[0]) for address in addresses.values())


def _of(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return dict(_asked(connection))


def _asked(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for id, kind in connection.execute("select id, kind from entries order by kind <> 'changed', id"):
        yield f"entry {id}, {kind}", f"/entry/{encode(id)}"
    for (id,) in connection.execute("select id from documents order by id"):
        yield f"document {id}", f"/doc/{encode(id)}"
    provisions = """select d.id, s.path from documents d join sections s on s.document = d.id and s.newest = 1
      where d.kind not in ('news', 'case_law') group by d.kind order by d.kind"""
    for id, path in connection.execute(provisions):
        yield f"provision {path} of {id}", f"/doc/{encode(id)}?provision={quote(path)}"
        yield f"subscribe to {path} of {id}", f"/subscribe?document={quote(id)}&section={quote(path)}"
    compared = """select document, min(id), max(id) from versions group by document, representation, language
      having count(*) > 1 order by document"""
    for id, one, two in connection.execute(compared):
        yield f"comparison of {id}", f"/doc/{encode(id)}?from={quote(one)}&to={quote(two)}"
    for (name,) in connection.execute("select id from collections order by id"):
        yield f"collection {name}", f"/collection/{encode(name)}"
    for table, keys in _tables(connection):
        yield f"table {table}", f"/roundup/{table}"
        names = ", ".join(f'"{key}"' for key in keys)
        for row in connection.execute(f'select {names} from "{table}" limit 1' if keys else "select 1 limit 0"):
            yield f"row of {table}", f"/roundup/{table}/{','.join(tilde_encode(str(value)) for value in row)}"


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    shown = """select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\'
      and name not like '%\\_fts%' escape '\\' order by name"""
    for (table,) in connection.execute(shown).fetchall():
        keys = [row[1] for row in connection.execute(f'pragma table_info("{table}")') if row[5]]
        yield table, keys
