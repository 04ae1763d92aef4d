"""Search: provisions by their number, documents by title, summary and identifier, sections by their words."""

from __future__ import annotations

import json
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from crawler.feeds import private
from crawler.feeds.private import taken_down
from crawler.public import danger
from crawler.publish import citing, matching
from crawler.publish.guard import Guarded
from crawler.publish.questions import LONGEST, Question, read
from crawler.publish.reach import IN, Reach, band, reach_of, reached
from crawler.publish.shadows import hash_only
from crawler.publish.web import database, page, render

DOCUMENTS = 40
"""Most documents found."""

SECTIONS = 40
"""Most sections found."""

_START, _END = "\x02", "\x03"

# Rank first, join after: the texts of thousands of matches are not read for the forty that are shown.
_RANKED = f"""select x.document as id from (select rowid, bm25(document_search_fts, 10.0, 2.0, 6.0) as score
  from document_search_fts where document_search_fts match :words) f join document_search x on x.id = f.rowid
  where {{which}} and {taken_down("x.document")} is null and {reached("x.document")}
  order by f.score limit {DOCUMENTS}"""
_OPEN = _RANKED.format(which=f"not {private('x.document')}")
_PRIVATE = _RANKED.format(which=private("x.document"))

_PARTS = f"""select x.document as id from document_search_trigram t join document_search x on x.id = t.rowid
  where document_search_trigram match :words and {taken_down("x.document")} is null and {reached("x.document")}
  order by t.rank limit {DOCUMENTS}"""

_ADDRESS = "select id from documents where url = :text limit 5"

_SECTIONS = f"""select s.id from sections_fts f join sections s on s.id = f.rowid
  where sections_fts match :words and s.newest = 1 and not {private("s.document")} and not {hash_only("s.document", "")}
  and {reached("s.document")} order by bm25(sections_fts, 3.0, 1.0, 6.0, 1.0) limit {SECTIONS}"""

_FOUND = f"""select d.id, d.title, d.kind, d.jurisdiction, d.published, d.updated, d.availability, d.status, d.summary,
  {band("d.id")} as band, p.name as publisher_name from documents d left join publishers p on p.id = d.publisher
  where d.id in (select value from json_each(:wanted)) and {reached("d.id")}"""

_SNIPPETS = f"""select s.id, s.document, s.path, s.number, s.heading, s.status, d.title, d.availability,
  d.status as law, {band("s.document")} as band,
  snippet(sections_fts, 3, char(2), char(3), ' … ', 40) as snippet
  from sections_fts f join sections s on s.id = f.rowid join documents d on d.id = s.document
  where sections_fts match :words and f.rowid in (select value from json_each(:ids))"""


@page
async def search(datasette: Datasette, request: Request) -> Response:
    """Give what is found for the words in ``q``, and how they were understood; with ``only=in`` what is in alone."""
    question, reach = read((request.args.get("q") or "").strip()), reach_of(request.args.get("only") or "")
    db = database(datasette)
    cited = await citing.provisions(db, question, reach)
    found = await documents(db, question, reach)
    shown = {one["id"] for one in cited.found}
    sections = [one for one in await passages(db, question, reach) if one["id"] not in shown]
    values = {
        "q": question.text,
        "asks_for_help": danger.asks_for_help(question.text),
        "reach": reach,
        "beside": sum(one["band"] != IN for one in (*cited.found, *found, *sections)),
        "question": question,
        "cited": cited,
        "documents": found,
        "sections": sections,
        "most": DOCUMENTS,
        "longest": LONGEST,
        "absent": [] if cited.found or found or sections else await absent(db, question),
    }
    return await render(datasette, request, "search.html", values)


async def documents(db: Guarded, question: Question, reach: Reach) -> list[dict[str, Any]]:
    """Give the documents found, best first: those an identifier names, then by words, then by parts of words.

    Where the question is nothing but such an identifier, only those. Of private documents only title and identifiers
    are looked into.
    """
    ids = await citing.named(db, question)
    if ids and not any(len(term) > 2 and term.isalpha() for term in question.terms):
        return await _rows(db, ids, reach)
    if question.text.startswith(("https://", "http://")):
        ids += [row["id"] for row in await db.all(_ADDRESS, {"text": question.text})]
    expressions = dict.fromkeys((matching.everything(question), matching.words(question.terms)))
    for words in filter(None, expressions):
        ids += [row["id"] for row in await db.raw(_OPEN, {"words": words, **reach.params})]
        named = {"words": f"{{title identifiers}} : ({words})", **reach.params}
        ids += [row["id"] for row in await db.raw(_PRIVATE, named)]
    if parts := matching.fragments(question.literal):
        ids += [row["id"] for row in await db.raw(_PARTS, {"words": parts, **reach.params})]
    return await _rows(db, ids, reach)


async def _rows(db: Guarded, ids: list[str], reach: Reach) -> list[dict[str, Any]]:
    wanted = list(dict.fromkeys(ids))[:DOCUMENTS]
    rows = {row["id"]: row for row in await db.all(_FOUND, {"wanted": json.dumps(wanted), **reach.params})}
    return [rows[one] for one in wanted if one in rows]


async def passages(db: Guarded, question: Question, reach: Reach) -> list[dict[str, Any]]:
    """Give the sections of present texts with the words, best first, each with a ``snippet`` that marks them."""
    words = matching.everything(question)
    if not words:
        return []
    wanted = [row["id"] for row in await db.raw(_SECTIONS, {"words": words, **reach.params})]
    rows = {row["id"]: row for row in await db.raw(_SNIPPETS, {"words": words, "ids": json.dumps(wanted)})}
    return [{**rows[one], "snippet": _marked(rows[one]["snippet"])} for one in wanted if one in rows]


async def absent(db: Guarded, question: Question) -> list[str]:
    """Give the terms of a question, of several, that stand nowhere by themselves."""
    if len(question.terms) < 2:
        return []
    found = []
    for term in question.terms:
        words = {"words": matching.words([term]), **Reach().params}
        if not (await db.raw(_SECTIONS, words) or await db.raw(_OPEN, words)):
            found.append(term)
    return found


def _marked(snippet: str) -> Markup:
    """Give a snippet with its words marked; the marks are characters that no cleaned text holds."""
    return Markup(escape(snippet).replace(_START, Markup("<mark>")).replace(_END, Markup("</mark>")))
