"""Addresses of every page type and feed of a site, chosen by chance from a public database; the same each time."""

import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils import tilde_encode

from crawler.publish.paths import encode

SEED = 5
NUMBER = 30
"""Addresses of a type."""

QUESTIONS = (
    "modern slavery act section 45", "what is the reasonable grounds decision", "s.54 transparency in supply chains",
    "national referral mechanism", "ukpga/2015/30", "county lines", "trafficing victims", "statutory guidance",
    "when does the order come into force", "discretionary leave", "children", "supply chain guide",
    "who is a first responder", "Directive 2024/1712", "section 52 duty to notify", "labour exploitation", "a",
    "police training", "non-punishment",
    "sample guidance on identification of victims of modern slavery and human trafficking in the united kingdom",
)  # fmt: skip
"""Searches as people write them; those made of words of the database are added."""

READERS_SQL = (
    "select count(*) from documents",
    "select kind, count(*) from documents group by 1 order by 2 desc",
    "select id, title from documents where jurisdiction = 'Scotland' order by n limit 20",
    "select d.title, c.kind, c.seen from changes c join documents d on d.id = c.document order by c.seen desc limit 50",
    "select n, title from entries where title like '%guidance%' limit 100",
)
TABLES = ("documents", "entries", "changes", "sections", "lessons", "resources", "sources", "versions")

Addresses = Mapping[str, Sequence[str]]


def addresses(public: Path) -> Addresses:
    """Return the addresses to ask for, by page type, each list at least NUMBER long."""
    with closing(sqlite3.connect(f"file:{quote(str(public))}?mode=ro&immutable=1", uri=True)) as db:
        chosen = _Chosen(db)
        found = {**chosen.lists(), **chosen.documents(), **chosen.toolkit(), **chosen.tables(), **_plain()}
    return {name: [listed[place % len(listed)] for place in range(NUMBER)] for name, listed in found.items()}


def _plain() -> dict[str, list[str]]:
    pages = (
        "sources", "review", "corrections", "series", "collections", "judgments", "by-hand", "calendar", "subscribe",
        "about", "checklist", "feeds/dates.ics",
        "robots.txt", "sitemap.xml", "feeds/feeds.opml", "feeds/review.atom", "feeds/changes.atom",
        "feeds/changes.json",
    )  # fmt: skip
    return {name: [f"/{name}"] for name in pages} | {
        "sitemap parts": [f"/sitemap/{part}-1.xml" for part in ("pages", "documents", "entries")],
        "readers' SQL": [f"/roundup.json?{urlencode({'sql': sql})}" for sql in READERS_SQL],
    }


class _Chosen:
    """Rows chosen by chance."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rng = random.Random(SEED)

    def _some(self, sql: str, number: int = NUMBER) -> list[tuple[Any, ...]]:
        """Return some of the rows of a statement that may be long."""
        rows = self._db.execute(sql).fetchall()
        return self._rng.sample(rows, min(number, len(rows)))

    def _random(self, table: str, columns: str, where: str = "1", number: int = NUMBER) -> list[tuple[Any, ...]]:
        (last,) = self._db.execute(f"select max(n) from {table}").fetchone()
        found: list[tuple[Any, ...]] = []
        while len(found) < number:
            row = self._db.execute(
                f"select {columns} from {table} where n >= ? and {where} limit 1", [self._rng.randrange(1, last + 1)]
            ).fetchone()
            found += [row] if row else []
        return found

    def lists(self) -> dict[str, list[str]]:
        listed = self._some("select distinct facet, value from entry_lists where facet <> 'source'", 200)
        facets = [urlencode([pair]) for pair in listed if pair[0] != "significance"]
        pairs = [urlencode(pair) for pair in zip(listed, listed[NUMBER:], strict=False) if pair[0][0] != pair[1][0]]
        topics = [value for facet, value in listed if facet == "topic"]
        return {
            "home": ["/"],
            "home, page 2 to 60": [f"/?page={number}" for number in range(2, 61)],
            "home, one facet": [f"/?{query}" for query in facets],
            "home, two facets": [f"/?{query}" for query in pairs],
            "entry": [f"/entry/{id}" for (id,) in self._random("entries", "id", "announced is not null")],
            "feed of a facet": [f"/feeds/changes.{form}?{query}" for query in facets for form in ("atom", "json")],
            "feed of two facets": [f"/feeds/changes.atom?{query}" for query in pairs],
            "common feed": [f"/feeds/topic/{topic}.atom" for topic in topics],
        }

    def documents(self) -> dict[str, list[str]]:
        law = "kind in ('act', 'asp', 'si') and private = 0"
        several = self._some(
            "select document, min(id), max(id) from versions group by document having count(*) > 1 limit 20000"
        )
        places = self._random("sections", "document, path", "is_current = 1 and path <> ''")
        titles = self._random("documents", "title")
        words = [" ".join(self._rng.sample(title.split(), min(len(title.split()), 3))) for (title,) in titles]
        searches = [*QUESTIONS, *words]
        longest = "select document from sections where is_current = 1 order by length(text) desc limit 1"
        (long_page,) = self._db.execute(longest).fetchone()
        return {
            "document": [_doc(id) for (id,) in self._random("documents", "id")],
            "document, law": [_doc(id) for (id,) in self._random("documents", "id", law)],
            "document, 1 MB of text": [_doc(long_page)],
            "document, a provision": [f"{_doc(id)}?{urlencode({'provision': path})}" for id, path in places],
            "document, an earlier version": [f"{_doc(id)}?version={first}" for id, first, _ in several],
            "document, two versions": [f"{_doc(id)}?from={first}&to={last}" for id, first, last in several],
            "search": [f"/search?{urlencode({'q': question})}" for question in searches],
        }

    def toolkit(self) -> dict[str, list[str]]:
        keys = [key for (key,) in self._some("select key from lesson_addressees")]
        states = ("answered", "none", "unanswered", "unasked", "whole")
        lists = self._some(
            "select part, field, value from resource_lists where field <> 'withdrawn' group by 1, 2, 3", 200
        )
        of_part = [(part, urlencode({field: value})) for part, field, value in lists if value != "other"]
        two = [
            f"/{part}?{query}&{other}" for part, query in of_part for again, other in of_part
            if part == again and query.split("=")[0] < other.split("=")[0]
        ]  # fmt: skip
        return {
            "lessons": ["/recommendations", *(f"/recommendations?page={page}" for page in range(2, 40))],
            "lessons, one list": [
                *(f"/recommendations?{urlencode({'addressee': key})}" for key in keys[:20]),
                *(f"/recommendations?answer={state}" for state in states),
                "/recommendations?kind=finding",
            ],
            "lessons, two lists": [
                f"/recommendations?{urlencode({'addressee': key, 'answer': states[place % 5]})}"
                for place, key in enumerate(keys)
            ],
            "library": ["/library", "/library?nation=Scotland", "/library?kind=act", "/library?topic=children"],
            "law": ["/law", "/law?page=40", "/law?withdrawn=yes"],
            "topic": ["/topic/children", "/topic/labour_exploitation"],
            "starts and ends": [
                "/coming-into-force",
                "/coming-into-force?topic=children",
                "/withdrawn",
                "/withdrawn?topic=children",
            ],
            "guidance": ["/guidance", "/guidance?page=20"],
            "reports": ["/reports", "/reports?page=90", "/reports?nation=Wales&topic=children"],
            "training": ["/training", "/training?page=7"],
            "governance": ["/governance", "/governance?page=7"],
            "resources": ["/resources", "/resources?page=20"],
            "toolkit, one list": [f"/{part}?{query}" for part, query in of_part],
            "toolkit, two lists": self._rng.sample(two, min(len(two), NUMBER)),
        }

    def tables(self) -> dict[str, list[str]]:
        documents = [id for (id,) in self._random("documents", "id")]
        kinds = [kind for (kind,) in self._some("select distinct kind from documents")]
        return {
            "table": [f"/roundup/{table}{form}" for table in TABLES for form in ("", ".json")],
            "table, one value": [f"/roundup/documents?{urlencode({'kind': kind})}" for kind in kinds],
            "table, facets": ["/roundup/documents?_facet=kind", "/roundup/entries?_facet=kind&_facet=jurisdiction"],
            "row": [f"/roundup/documents/{tilde_encode(id)}" for id in documents],
        }


def _doc(document: str) -> str:
    return f"/doc/{encode(document)}"
