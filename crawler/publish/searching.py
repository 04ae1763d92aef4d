"""Search: documents by title, summary and identifier, and sections by their words. Whatever is typed is words."""

from __future__ import annotations

import json
import re
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from crawler.feeds import private
from crawler.feeds.private import taken_down
from crawler.publish.guard import Guarded, hash_only
from crawler.publish.web import database, page, render

DOCUMENTS = 40
"""Most documents found."""

SECTIONS = 40
"""Most sections found."""

LONGEST = 200
"""Most characters of a question."""

_BITS = re.compile(r'"([^"]*)"|([^\s"]+)')
_START, _END = "\x02", "\x03"

# Rank first, join after: the texts of thousands of matches are not read for the forty that are shown.
_RANKED = f"""select x.document as id from (select rowid, bm25(document_search_fts, 10.0, 2.0, 6.0) as score
  from document_search_fts where document_search_fts match :words) f join document_search x on x.id = f.rowid
  where {{which}} and {taken_down("x.document")} is null order by f.score limit {DOCUMENTS}"""
_OPEN = _RANKED.format(which=f"not {private('x.document')}")
_PRIVATE = _RANKED.format(which=private("x.document"))

_PARTS = f"""select x.document as id from document_search_trigram t join document_search x on x.id = t.rowid
  where document_search_trigram match :words and {taken_down("x.document")} is null order by t.rank limit {DOCUMENTS}"""

_EXACT = """select id from documents where id = :text union
  select document from aliases where alias = :text limit 5"""
_ADDRESS = "select id from documents where url = :text limit 5"

_SECTIONS = f"""select s.id from sections_fts f join sections s on s.id = f.rowid
  where sections_fts match :words and s.newest = 1 and not {private("s.document")} and not {hash_only("s.document", "")}
  order by f.rank limit {SECTIONS}"""

_FOUND = """select d.id, d.title, d.kind, d.jurisdiction, d.published, d.updated, d.availability, d.summary,
  p.name as publisher_name from documents d left join publishers p on p.id = d.publisher
  where d.id in (select value from json_each(?))"""

_SNIPPETS = """select s.id, s.document, s.path, s.number, s.heading, d.title,
  snippet(sections_fts, 1, char(2), char(3), ' … ', 40) as snippet
  from sections_fts f join sections s on s.id = f.rowid join documents d on d.id = s.document
  where sections_fts match :words and f.rowid in (select value from json_each(:ids))"""


def matching(text: str) -> str:
    """Give what was typed as an FTS5 question: every word, or phrase in quotes, must be there; nothing is syntax.

    >>> matching('anti-slavery AND "section 54(2)" *')
    '"anti-slavery" "AND" "section 54(2)"'
    >>> matching('" *')
    ''
    """
    bits = (phrase or word for phrase, word in _BITS.findall(text[:LONGEST].replace("\x00", " ")))
    return " ".join(f'"{bit}"' for bit in bits if any(c.isalnum() for c in bit))


def fragments(text: str) -> str:
    """Give what was typed for the trigram index, which finds parts of words of three characters and more.

    >>> fragments("s 2024/17")
    '"2024/17"'
    """
    bits = (phrase or word for phrase, word in _BITS.findall(text[:LONGEST].replace("\x00", " ")))
    return " ".join(f'"{bit}"' for bit in bits if len(bit) >= 3)


@page
async def search(datasette: Datasette, request: Request) -> Response:
    """Give what is found for the words in ``q``."""
    text = (request.args.get("q") or "").strip()[:LONGEST]
    db = database(datasette)
    found = await documents(db, text) if text else []
    sections = await passages(db, text) if text else []
    values = {"q": text, "documents": found, "sections": sections, "most": DOCUMENTS, "asked": bool(matching(text))}
    return await render(datasette, request, "search.html", values)


async def documents(db: Guarded, text: str) -> list[dict[str, Any]]:
    """Give the documents found, best first: the one of that very identifier, then by words, then by parts of words.

    Of private documents only title and identifiers are looked into.
    """
    words, parts = matching(text), fragments(text)
    exact = _ADDRESS if text.startswith(("https://", "http://")) else _EXACT
    ids = [row["id"] for sql in dict.fromkeys((_EXACT, exact)) for row in await db.all(sql, {"text": text})]
    if words:
        ids += [row["id"] for row in await db.raw(_OPEN, {"words": words})]
        ids += [row["id"] for row in await db.raw(_PRIVATE, {"words": f"{{title identifiers}} : ({words})"})]
    if parts:
        ids += [row["id"] for row in await db.raw(_PARTS, {"words": parts})]
    wanted = list(dict.fromkeys(ids))[:DOCUMENTS]
    rows = {row["id"]: row for row in await db.all(_FOUND, [_json(wanted)])}
    return [rows[one] for one in wanted if one in rows]


async def passages(db: Guarded, text: str) -> list[dict[str, Any]]:
    """Give the sections of present texts with the words, best first, each with a ``snippet`` that marks them."""
    words = matching(text)
    if not words:
        return []
    wanted = [row["id"] for row in await db.raw(_SECTIONS, {"words": words})]
    rows = {row["id"]: row for row in await db.raw(_SNIPPETS, {"words": words, "ids": _json(wanted)})}
    return [{**rows[one], "snippet": _marked(rows[one]["snippet"])} for one in wanted if one in rows]


def _marked(snippet: str) -> Markup:
    """Give a snippet with its words marked; the marks are characters that no cleaned text holds."""
    return Markup(escape(snippet).replace(_START, Markup("<mark>")).replace(_END, Markup("</mark>")))


def _json(values: list[Any]) -> str:
    return json.dumps(values)
