"""Lessons: recommendations and findings of reports, to whom they are addressed, and what answers them."""

from collections.abc import Container, Iterable, Mapping
from itertools import groupby
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.public import lessons as questions
from crawler.public.database import Row
from crawler.public.lessons import NOBODY, Lessons
from crawler.publish.csv import sheet
from crawler.publish.objects import answer
from crawler.publish.paths import encode
from crawler.publish.query_params import QueryParams, parse_query
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.publish.settings import own
from crawler.text import canonical

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


@page
async def lessons(datasette: Datasette, request: Request) -> Response:
    """Return the lessons by report, the newest report first."""
    wanted, listed = await _listed(datasette, request)
    total = sum(listed.states.values())
    values = {
        "asked": wanted,
        "counted": lesson_counts(listed.states),
        "total": total,
        "reports": listed.reports,
        "pages": _pages(total),
        "states": STATES,
        "kinds": KINDS,
        "nobody": NOBODY,
        "addressees": listed.addressees,
        "report_titles": listed.titles,
        "groups": [(key, once(group)) for key, group in groupby(listed.lessons, key=lambda row: row["report"])],
    }
    return await render(datasette, request, "recommendations.html", values)


async def moved(datasette: Datasette, request: Request) -> Response:
    """Lead an older address of these pages to the new one, for good."""
    query = f"?{request.query_string}" if request.query_string else ""
    there = datasette.urls.path(f"recommendations{request.url_vars['ending'] or ''}")
    return Response.redirect(f"{there}{query}", status=308)


def once(rows: Iterable[Row]) -> list[Row]:
    """Return the lessons of one report, those that say the same as an earlier one left out: it has their ``again``."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        said = canonical(f"{row['heading']} {row['text']}")
        key = (row["kind"], said or str(row["n"]))
        first = found.setdefault(key, {**row, "again": []})
        if first["n"] != row["n"]:
            first["again"].append(row)
    return list(found.values())


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the lessons of a page as objects."""
    wanted, listed = await _listed(datasette, request)
    total = sum(listed.states.values())
    following = wanted.at(wanted.page + 1) if wanted.page < _pages(total) else ""
    values = {"total": total, "lessons": listed.lessons}
    return await answer(
        datasette, values, next=datasette.urls.path(f"recommendations.json{following}") if following else ""
    )


@page
async def as_sheet(datasette: Datasette, request: Request) -> Response:
    """Return the lessons as a sheet: what the same address without ``.csv`` lists, in one file."""
    wanted = await _asked(datasette, request)
    if wanted.page != 1:
        raise MissingError("A sheet has no pages.")
    columns = (
        "report", "publisher", "published", "kind", "number", "addressed to", "text", "answer", "answered by",
        "answer at", "official page", "our page",
    )  # fmt: skip
    rows = await ask(datasette, questions.lessons, wanted.values, limit=IN_A_SHEET)
    return sheet("recommendations", columns, [_line(datasette, row) for row in rows])


async def _listed(datasette: Datasette, request: Request) -> tuple[QueryParams, Lessons]:
    """Return what an address asks for, and that page of it."""
    wanted = await _asked(datasette, request)
    listed = await ask(datasette, questions.page, wanted.values, limit=SHOWN, offset=(wanted.page - 1) * SHOWN)
    if wanted.page > _pages(sum(listed.states.values())):
        raise MissingError(f"There is no page {wanted.page} of this list.")
    return wanted, listed


def _pages(total: int) -> int:
    return max(1, -(-total // SHOWN))


async def _asked(datasette: Datasette, request: Request) -> QueryParams:
    """Return what an address asks for; the names of no more than what it asks for are read."""
    known: dict[str, Container[str]] = {"addressee": (), "answer": STATES, "kind": KINDS, "report": ()}
    if addressees := request.args.getlist("addressee"):
        known["addressee"] = (*await ask(datasette, questions.addressees, addressees), NOBODY)
    if reports := request.args.getlist("report"):
        known["report"] = await ask(datasette, questions.reports, reports)
    return parse_query(request, known)


def lesson_counts(states: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return how many lessons are in each state, with its name for readers; none of states that have none."""
    return [(name, label, states[name]) for name, label in STATES.items() if states.get(name)]


def _line(datasette: Datasette, row: Mapping[str, Any]) -> list[str | None]:
    here = own(datasette).public_url
    answer = _at(datasette, row["answer"], row["answered_at"]) if row["answer"] else ""
    return [
        row["title"], row["publisher_name"], row["published"], row["kind"], row["number"], row["addressee"],
        " ".join(text for text in (row["heading"], row["text"]) if text), STATES[row["state"]], row["answer_title"],
        f"{here}{answer}" if answer else "", row["url"], f"{here}{_at(datasette, row['report'], row['path'])}",
    ]  # fmt: skip


def _at(datasette: Datasette, document: str, path: str) -> str:
    """Return the address of a provision of a document; an answer that leaves a number out has none."""
    there = f"#{path}" if path and " " not in path else ""
    return f"{datasette.urls.path(f'doc/{encode(document)}')}{there}"
