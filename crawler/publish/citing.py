"""Provisions that a question cites: which sections they are, in which documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.feeds import private
from crawler.feeds.words import where
from crawler.publish import matching
from crawler.publish.guard import Guarded
from crawler.publish.questions import Cited, Question
from crawler.publish.reach import Reach, band, reached

MOST = 12
"""Most provisions shown."""

EXCERPT = 280
"""Characters shown of each."""

_CANDIDATES = 3000
_EXACT = """select id from documents where id = :text union
  select document from aliases where alias = :text limit 5"""
_NAMED = """select n.key as place, coalesce(d.id, a.document) as id from json_each(?) n
  left join documents d on d.id = n.value left join aliases a on a.alias = n.value
  where coalesce(d.id, a.document) is not null order by n.key"""
_RANKED = f"""select x.document as id from (select rowid, bm25(document_search_fts, 10.0, 1.0, 6.0) as score
  from document_search_fts where document_search_fts match :words) f join document_search x on x.id = f.rowid
  where {reached("x.document")} order by f.score limit 200"""

_SECTIONS = f"""select s.id, s.document, s.path, s.number, s.heading, s.status, s.parts, d.title, d.kind,
  d.published, d.availability, d.status as law,
  {band("s.document")} as band,
  (select coalesce(sum(score), 0) from document_topics t where t.document = d.id and t.band = 'in') as weight
  from sections_fts f join sections s on s.id = f.rowid join documents d on d.id = s.document
  where sections_fts match :words and s.newest = 1 and not {private("s.document")} and {reached("s.document")}
  and (:within is null or s.document in (select value from json_each(:within))) limit {_CANDIDATES}"""
_TEXTS = "select id, text from sections where id in (select value from json_each(?))"
_LAW = ("act", "asp", "si")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Provisions found: rows with ``document``, its ``title``, ``anchor``, ``where`` and ``excerpt``.

    ``nearest`` is true where no document has all the words that were asked for, and these have some of them; ``more``
    where there are others.
    """

    found: Sequence[Mapping[str, Any]] = ()
    nearest: bool = False
    more: bool = False


async def named(db: Guarded, question: Question) -> list[str]:
    """Give the documents that the identifiers in a question name, that of the whole question first."""
    ids = [row["id"] for row in await db.all(_EXACT, {"text": question.text})]
    if question.named:
        ids += [row["id"] for row in await db.all(_NAMED, [json.dumps(question.named)])]
    return list(dict.fromkeys(ids))


async def provisions(db: Guarded, question: Question, reach: Reach) -> Found:
    """Give the provisions that a question cites, those of the documents it names first.

    They are looked for in documents that the other words name; then in those whose provision itself has the words; and
    where no document has all the words, in those that have some of them.
    """
    if not question.provisions:
        return Found()
    terms = matching.words(question.terms)
    if not terms:
        return await _shown(db, await _fitting(db, question.provisions, _Place(reach=reach)))
    within = await named(db, question)
    within += [row["id"] for row in await db.raw(_RANKED, {"words": terms, **reach.params})]
    rows = await _fitting(db, question.provisions, _Place(reach=reach, within=list(dict.fromkeys(within))))
    if not rows:
        rows = await _fitting(db, question.provisions, _Place(reach=reach, terms=terms))
    if rows or within:
        return await _shown(db, rows)
    some = " OR ".join(matching.words([term]) for term in question.terms)
    nearest = [row["id"] for row in await db.raw(_RANKED, {"words": some, **reach.params})]
    place = _Place(reach=reach, within=nearest)
    return await _shown(db, await _fitting(db, question.provisions, place), nearest=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where provisions are looked for: within which documents (None for all), and beside which words."""

    reach: Reach
    within: list[str] | None = None
    terms: str = ""


async def _fitting(db: Guarded, cited: Iterable[Cited], place: _Place) -> list[dict[str, Any]]:
    """Give the sections that are one of the provisions, best first, each with the ``cited`` one."""
    if place.within == []:
        return []
    found: dict[int, dict[str, Any]] = {}
    order = {document: number for number, document in enumerate(place.within or [])}
    for asked, one in enumerate(cited):
        rows = await _candidates(db, one, matching.places(one), place)
        rows = rows or await _candidates(db, one, matching.numbers(one), place)
        for row in rows:
            found.setdefault(row["id"], {**row, "place": order.get(row["document"], 0), "asked": asked})
    return sorted(found.values(), key=_order)


async def _candidates(db: Guarded, cited: Cited, words: str, place: _Place) -> list[dict[str, Any]]:
    together = f"({words}) AND ({place.terms})" if place.terms else words
    within = None if place.within is None else json.dumps(place.within)
    rows = await db.raw(_SECTIONS, {"words": together, "within": within, **place.reach.params})
    fits = ((row, cited.fits(row["path"], row["number"])) for row in rows)
    return [{**row, "fit": fit, "cited": cited} for row, fit in fits if fit is not None]


def _order(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Give the order of provisions: the document that was meant, the provision that was meant, then law first."""
    is_law = row["kind"] in _LAW
    published = -int((row["published"] or "0")[:4]) if (row["published"] or "0")[:4].isdigit() else 0
    return row["place"], row["fit"], row["asked"], not is_law, -row["weight"], published, row["document"], row["id"]


async def _shown(db: Guarded, rows: list[dict[str, Any]], *, nearest: bool = False) -> Found:
    """Give provisions as they are shown, with the start of their words where these may be."""
    first = rows[:MOST]
    texts = {row["id"]: row["text"] for row in await db.all(_TEXTS, [json.dumps([row["id"] for row in first])])}
    found = [{**row, **_anchored(row, texts.get(row["id"], ""))} for row in first]
    return Found(found=found, nearest=nearest and bool(found), more=len(rows) > MOST)


def _anchored(row: Mapping[str, Any], text: str) -> dict[str, str]:
    """Give the deepest part of a section that was cited, by its path, and its words."""
    anchor, start = row["path"], 0
    cited: Cited = row["cited"]
    parts = {path.lower(): (path, start) for path, start, _ in json.loads(row["parts"])}
    for depth in range(len(cited.inside), 0, -1):
        inside = "-".join((row["path"], *cited.inside[:depth])).lower()
        if inside in parts:
            anchor, start = parts[inside]
            break
    excerpt = text[start : start + EXCERPT]
    return {
        "anchor": anchor,
        "where": where(anchor, row["heading"], row["number"]),
        "excerpt": f"{excerpt.rpartition(' ')[0]} …" if len(text) > start + EXCERPT else excerpt,
    }
