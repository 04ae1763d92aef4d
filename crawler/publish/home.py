"""The home page: latest entries, what could not be checked, what waits, and what publishers dated lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry
from crawler.public import overview
from crawler.public.entries import announced
from crawler.public.standing import sources
from crawler.publish.filtering import asked, described, kept, named, offered
from crawler.publish.standing import Standing, rest, standing
from crawler.publish.web import MissingError, ask, page, render
from crawler.text import moment

PAGE = 30
"""Entries on one page."""

ALARMS = 8
"""Sources that could not be checked, with the reason; of further ones the names are told."""

_LAST = 2000

RECENT = 25
"""Documents listed that publishers dated lately; how many more there are is told."""


@page
async def home(datasette: Datasette, request: Request) -> Response:
    """Return the home page, or a later page of its entries, narrowed by a filter."""
    filter = await asked(datasette, request, besides=("page",))
    number = _number(request.args.get("page"))
    stand = await standing(datasette)
    found = await ask(datasette, announced, filter, limit=PAGE + 1, skip=(number - 1) * PAGE)
    if not found and number > 1:
        raise MissingError(f"There is no page {number} of these entries.")
    troubled = [source for source in await ask(datasette, sources) if source["trouble"]]
    own_issues, _ = await rest(datasette)
    values = {
        "days": by_day(found[:PAGE]),
        "filter": filter,
        "filters": described(filter, await named(datasette, filter)),
        "offered": await offered(datasette, filter),
        "kept": kept(filter),
        "page": number,
        "older": len(found) > PAGE,
        "alarms": [source for source in troubled if source["trouble"] == "alarm"],
        "never": [source for source in troubled if source["trouble"] == "never"],
        "most": ALARMS,
        "off": [source for source in troubled if source["trouble"] == "off"],
        "own_issues": own_issues,
        **await recent(datasette, stand),
        "waiting": await waiting(datasette, stand),
        "numbers": await ask(datasette, overview.numbers),
    }
    return await render(datasette, request, "home.html", values)


def by_day(found: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return entries in groups by the day they were announced."""
    return [(day, list(group)) for day, group in groupby(found, key=lambda entry: entry.announced[:10])]


async def recent(datasette: Datasette, stand: Standing) -> dict[str, Any]:
    """Return what publishers dated in the last 60 days before the newest crawl, announced or not, newest first.

    What is out, and copies of what is listed, are left out of ``recent``, of which there are ``recent_number``;
    ``recent_all`` asks the table for everything.
    """
    if not stand.clock:
        return {"recent": []}
    clock = moment(stand.clock)
    since, until = (clock - timedelta(days=60)).date().isoformat(), (clock + timedelta(days=1)).date().isoformat()
    wanted = {"published__gte": since, "published__lte": until, "parent__isnull": 1, "_sort_desc": "published"}
    listed, number = await ask(datasette, overview.recent, since, until, RECENT)
    return {"recent": listed, "recent_number": number, "recent_all": urlencode(wanted)}


async def waiting(datasette: Datasette, stand: Standing) -> dict[str, int]:
    """Return how many documents wait for a person to decide, and for how many days the oldest does."""
    found = await ask(datasette, overview.waiting)
    days = (moment(stand.clock) - moment(found.since)).days if found.since and stand.clock else 0
    return {"number": found.number, "days": max(days, 0)}


def _number(text: str | None) -> int:
    if text in (None, ""):
        return 1
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= _LAST:
        raise MissingError(f"There is no page {text!r} of these entries.")
    return int(text[:6])
