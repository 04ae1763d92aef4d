"""The home page: latest entries, what could not be checked, what waits, and what publishers dated lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Filter
from crawler.public import overview
from crawler.public.database import Connection
from crawler.public.entries import announced
from crawler.public.standing import sources
from crawler.publish import objects
from crawler.publish.filtering import asked, described, feed_of, form_choices, other_pairs, value_names
from crawler.publish.freshness import Freshness, freshness, rest
from crawler.publish.server.responses import MissingError, ask, page, render
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
    number, stand = _number(request.args.get("page")), await freshness(datasette)
    values = {"filter": filter, "kept": other_pairs(filter), "page": number, "most": ALARMS}
    return await render(
        datasette, request, "home.html", {**values, **await ask(datasette, read, filter, number, stand)}
    )


def read(connection: Connection, filter: Filter, number: int, stand: Freshness) -> dict[str, Any]:
    """Return what the page shows, all of it as of one export."""
    found = entries(connection, filter, number)
    troubled = [source for source in sources(connection) if source["trouble"]]
    return {
        "days": by_day(found[:PAGE]),
        "filters": described(filter, value_names(connection, filter)),
        "offered": form_choices(connection, filter),
        "older": len(found) > PAGE,
        **{trouble: [source for source in troubled if source["trouble"] == trouble] for trouble in ("never", "off")},
        "alarms": [source for source in troubled if source["trouble"] == "alarm"],
        "own_issues": rest(connection)[0],
        **recent(connection, stand),
        "waiting": review_count(connection, stand),
        "numbers": overview.numbers(connection),
    }


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same entries as objects, with the address of the older ones."""
    filter = await asked(datasette, request, besides=("page",))
    number = _number(request.args.get("page"))
    found = await ask(datasette, entries, filter, number)
    older = f".json?{urlencode([*filter.pairs, ('page', number + 1)])}" if len(found) > PAGE else ""
    feed = await feed_of(datasette, filter)
    values = {
        "filter": {facet: filter.values(facet) for facet, _ in filter.pairs},
        "entries": [objects.entry(entry, feed) for entry in found[:PAGE]],
    }
    return await objects.answer(datasette, values, next=datasette.urls.path(older) if older else "")


def entries(connection: Connection, filter: Filter, number: int) -> tuple[Entry, ...]:
    """Return the entries of a page, and one more where there are older ones.

    Raises:
        MissingError: there is no such page, and it is not the first.
    """
    found = announced(connection, filter, limit=PAGE + 1, skip=(number - 1) * PAGE)
    if not found and number > 1:
        raise MissingError(f"There is no page {number} of these entries.")
    return found


def by_day(found: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return entries in groups by the day they were announced."""
    return [(day, list(group)) for day, group in groupby(found, key=lambda entry: entry.announced[:10])]


def recent(connection: Connection, stand: Freshness) -> dict[str, Any]:
    """Return what publishers dated in the last 60 days before the newest crawl, announced or not, newest first.

    What is out, and copies of what is listed, are left out of ``recent``, of which there are ``recent_number``;
    ``recent_all`` asks the table for everything.
    """
    if not stand.clock:
        return {"recent": []}
    clock = moment(stand.clock)
    since, until = (clock - timedelta(days=60)).date().isoformat(), (clock + timedelta(days=1)).date().isoformat()
    wanted = {"published__gte": since, "published__lte": until, "parent__isnull": 1, "_sort_desc": "published"}
    listed, number = overview.recent(connection, since, until, RECENT)
    return {"recent": listed, "recent_number": number, "recent_all": urlencode(wanted)}


def review_count(connection: Connection, stand: Freshness) -> dict[str, int]:
    """Return how many documents wait for a person to decide, and for how many days the oldest does."""
    found = overview.waiting(connection)
    days = (moment(stand.clock) - moment(found.since)).days if found.since and stand.clock else 0
    return {"number": found.number, "days": max(days, 0)}


def _number(text: str | None) -> int:
    if text in (None, ""):
        return 1
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= _LAST:
        raise MissingError(f"There is no page {text!r} of these entries.")
    return int(text[:6])
