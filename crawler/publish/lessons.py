"""Lessons: recommendations and findings of reports, to whom they are addressed, and what answers them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds.private import private, taken_down
from crawler.publish.asking import Asked, asked
from crawler.publish.guard import Guarded
from crawler.publish.paths import encode
from crawler.publish.settings import own
from crawler.publish.shadows import hash_only
from crawler.publish.sheet import sheet
from crawler.publish.web import MissingError, database, page, render
from crawler.toolkit import UNANSWERED

SHOWN = 100
"""Lessons on one page."""

IN_A_SHEET = 20_000
"""Most lessons of a sheet."""

STATES: Mapping[str, str] = {
    "answered": "answered",
    "whole": "response as a whole",
    "unanswered": "unanswered",
    "none": "no answer seen by us",
    "unasked": "no answer asked for",
}
"""Whether a lesson is answered, for readers; never how well."""

KINDS: Mapping[str, str] = {"recommendation": "recommendation", "finding": "finding"}
"""What a lesson is, for readers."""

_ANSWER = f"case when not {private('l.answer', 'main.')} then l.answer end"
"""What answers a lesson; a document that can name people answers none, and no place in it is told."""

_STATE = (
    f"case when {_ANSWER} is null then case l.kind when 'finding' then 'unasked' else 'none' end"
    f" when l.answered_at = '{UNANSWERED}' then 'unanswered'"
    " when l.answered_at = '' then 'whole' else 'answered' end"
)
_FROM = "from main.lessons l join documents d on d.id = l.document left join publishers p on p.id = d.publisher"
_OPEN = f"not {private('l.document', 'main.')} and {taken_down('l.document', 'main.')} is null"
_ONCE = """not exists (select 1 from main.copies c where c.document = l.document)
  and not exists (select 1 from main.documents o where o.root = d.root and o.id < d.id and o.title = d.title
    and o.id in (select document from main.lessons))"""
"""A report that is there twice, at two publishers or as two files of one page, is listed once."""
_COLUMNS = f"""d.id as report, d.title, d.url, d.published, d.updated, p.name as publisher_name, l.path, l.kind,
  l.number, l.addressee, {_ANSWER} as answer, l.answered_at, {_STATE} as state,
  {hash_only("d.id")} as hash_only, l.ends > 0 as is_point,
  case when l.ends > 0 then '' else s.heading end as heading,
  case when l.ends > 0 then substr(s.text, l.begins + 1, l.ends - l.begins) else s.text end as text,
  a.title as answer_title, a.url as answer_url"""
_JOINS = f"left join sections s on s.id = l.section left join documents a on a.id = {_ANSWER}"
_ORDER = "coalesce(d.published, d.updated, d.first_seen) desc, d.id, l.rowid"
_ADDRESSEES = f"""select l.addressee, count(*) as n from main.lessons l join documents d on d.id = l.document
  where l.addressee <> '' and {_OPEN} and {_ONCE} group by 1 order by 2 desc, 1"""
_REPORTS = f"""select distinct l.document as id, d.title, {_ONCE} as is_listed from main.lessons l
  join documents d on d.id = l.document where {_OPEN} order by d.title, 1"""
_OF = f"select {_STATE} as state, count(*) as n from main.lessons l where l.document = ? and {_OPEN} group by 1"

NOBODY = "not-stated"
"""Stands for lessons that name nobody."""


@page
async def lessons(datasette: Datasette, request: Request) -> Response:
    """Give the lessons by report, the newest report first."""
    db = database(datasette)
    whom = await _addressees(db)
    found = await db.all(_REPORTS)
    reports = {row["id"]: row["title"] for row in found}
    wanted = asked(request, _known(whom, reports))
    counted = await _count(db, wanted, whom)
    total = sum(counted.values())
    pages = max(1, -(-total // SHOWN))
    if wanted.page > pages:
        raise MissingError(f"There is no page {wanted.page} of this list.")
    rows = await _rows(db, wanted, whom, limit=SHOWN)
    values = {
        "asked": wanted,
        "counted": [(name, label, counted[name]) for name, label in STATES.items() if counted[name]],
        "total": total,
        "reports": sum(row["is_listed"] for row in found),
        "pages": pages,
        "states": STATES,
        "kinds": KINDS,
        "nobody": NOBODY,
        "addressees": [(each, _label(spelled[0]), count) for each, (spelled, count) in whom.items()],
        "report_titles": reports,
        "groups": [(key, list(group)) for key, group in groupby(rows, key=lambda row: row["report"])],
    }
    return await render(datasette, request, "lessons.html", values)


@page
async def as_sheet(datasette: Datasette, request: Request) -> Response:
    """Give the lessons as a sheet: what the same address without ``.csv`` lists, in one file."""
    db = database(datasette)
    whom = await _addressees(db)
    reports = {row["id"]: row["title"] for row in await db.all(_REPORTS)}
    wanted = asked(request, _known(whom, reports))
    if wanted.page != 1:
        raise MissingError("A sheet has no pages.")
    columns = (
        "report", "publisher", "published", "kind", "number", "addressed to", "text", "answer", "answered by",
        "answer at", "official page", "our page",
    )  # fmt: skip
    rows = await _rows(db, wanted, whom, limit=IN_A_SHEET)
    return sheet("lessons", columns, [_line(datasette, row) for row in rows])


async def of(db: Guarded, document: str) -> dict[str, Any]:
    """Give how many lessons a report has, in all and by state, as ``lesson_counts``; empty where it has none."""
    rows = {row["state"]: row["n"] for row in await db.all(_OF, [document])}
    counted = [(name, label, rows[name]) for name, label in STATES.items() if name in rows]
    return {"lesson_counts": counted, "lesson_total": sum(rows.values())}


def _line(datasette: Datasette, row: Mapping[str, Any]) -> list[str | None]:
    here = own(datasette).public_url
    answer = _at(datasette, row["answer"], row["answered_at"]) if row["answer"] else ""
    return [
        row["title"], row["publisher_name"], row["published"], row["kind"], row["number"], row["addressee"],
        " ".join(text for text in (row["heading"], row["text"]) if text), STATES[row["state"]], row["answer_title"],
        f"{here}{answer}" if answer else "", row["url"], f"{here}{_at(datasette, row['report'], row['path'])}",
    ]  # fmt: skip


def _at(datasette: Datasette, document: str, path: str) -> str:
    """Give the address of a provision of a document; an answer that leaves a number out has none."""
    there = f"#{path}" if path and " " not in path else ""
    return f"{datasette.urls.path(f'doc/{encode(document)}')}{there}"


def _known(whom: Mapping[str, object], reports: Mapping[str, str]) -> dict[str, set[str]]:
    return {
        "addressee": {*whom, NOBODY},
        "answer": set(STATES),
        "kind": set(KINDS),
        "report": set(reports),
    }


async def _addressees(db: Guarded) -> dict[str, tuple[list[str], int]]:
    """Give whom lessons are addressed to, most often first: spellings by key ("home office"), and how often."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in await db.raw(_ADDRESSEES):
        found[key(row["addressee"])].append(row)
    counted = [
        (name, ([row["addressee"] for row in rows], sum(row["n"] for row in rows))) for name, rows in found.items()
    ]
    return dict(sorted(counted, key=lambda pair: (-pair[1][1], pair[0])))


def key(addressee: str) -> str:
    """Give what two spellings of one addressee have in common.

    >>> key("The Home Office") == key("the Home  Office")
    True
    """
    return " ".join(addressee.casefold().split()).removeprefix("the ")


def _label(addressee: str) -> str:
    """Give an addressee as it stands in a list: with a capital."""
    plain = " ".join(addressee.split())
    return plain[:1].upper() + plain[1:]


def _where(wanted: Asked, whom: Mapping[str, tuple[list[str], int]]) -> tuple[str, dict[str, object]]:
    parts, params = [_OPEN], {}
    listed = {
        "l.addressee": [s for each in wanted.values.get("addressee", ()) for s in whom.get(each, ([""], 0))[0]],
        _STATE: list(wanted.values.get("answer", ())),
        "l.kind": list(wanted.values.get("kind", ())),
        "l.document": list(wanted.values.get("report", ())),
    }
    for number, (column, values) in enumerate(listed.items()):
        if values:
            params[f"v{number}"] = json.dumps(values)
            parts.append(f"{column} in (select value from json_each(:v{number}))")
    if not listed["l.document"]:
        parts.append(_ONCE)
    return " and ".join(parts), dict(params)


async def _count(db: Guarded, wanted: Asked, whom: Mapping[str, tuple[list[str], int]]) -> dict[str, int]:
    where, params = _where(wanted, whom)
    rows = await db.all(f"select {_STATE} as state, count(*) as n {_FROM} where {where} group by 1", params)
    return dict.fromkeys(STATES, 0) | {row["state"]: row["n"] for row in rows}


async def _rows(
    db: Guarded, wanted: Asked, whom: Mapping[str, tuple[list[str], int]], *, limit: int
) -> list[dict[str, Any]]:
    where, params = _where(wanted, whom)
    return await db.all(
        f"select {_COLUMNS} {_FROM} {_JOINS} where {where} order by {_ORDER} limit :limit offset :offset",
        {**params, "limit": limit, "offset": (wanted.page - 1) * limit},
    )
