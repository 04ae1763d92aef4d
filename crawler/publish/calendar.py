"""The dates that lie ahead: a page, the same as JSON, and a calendar to subscribe to, for every filter of documents."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter, dates
from crawler.feeds.dates import Day
from crawler.feeds.feed import EPOCH
from crawler.public import calendar as questions
from crawler.public.database import Connection
from crawler.publish import objects
from crawler.publish.filtering import asked, described, feed_of, form_choices, other_pairs, value_names
from crawler.publish.freshness import Freshness, freshness
from crawler.publish.paths import own_origin
from crawler.publish.server import feed_routes
from crawler.publish.server.responses import MissingError, ask, ask_once, page, render
from crawler.publish.settings import own
from crawler.text import moment

ON_PAGE = 500
"""Most days on the page."""


PERIODS = {"30": "Next 30 days", "90": "Next 90 days", "365": "Next year", "": "All that lie ahead"}
"""Periods of the page by their days: which dates ahead it shows."""

LATELY = timedelta(days=30)
"""How long the page of what comes into force tells what did."""


@page
async def calendar(datasette: Datasette, request: Request) -> Response:
    """Return the page of the dates of a filter that lie ahead, by month."""
    return await _page(datasette, request, "calendar", _ahead)


@page
async def coming(datasette: Datasette, request: Request) -> Response:
    """Return the page of law that comes into force: with a day, lately, and without a day."""
    return await _page(datasette, request, "coming-into-force", _coming)


async def _page(
    datasette: Datasette, request: Request, name: str, read: Callable[[Connection, Filter, str, str], dict[str, Any]]
) -> Response:
    filter, stand = await asked(datasette, request, besides=("days",)), await freshness(datasette)
    period = request.args.get("days") or ""
    if period not in PERIODS:
        raise MissingError("Dates can be shown for 30, 90 or 365 days, or all of them.")
    feed = await feed_of(datasette, filter)
    path = datasette.urls.path(f"feeds/{address(filter)}")
    origin = "" if own(datasette).is_copy else own_origin(request)
    values = {
        "here": name,
        "period": period,
        "periods": PERIODS,
        "filter": filter,
        "words": feed.words,
        "kept": [pair for pair in other_pairs(filter) if pair[0] not in questions.NOT_OF_DATES],
        "path": path,
        "address": feed.address(f"feeds/{address(filter)}") or origin + path,
        **await ask(datasette, _shown, filter, stand, period, read),
    }
    return await render(datasette, request, "calendar.html", values)


def _ahead(connection: Connection, filter: Filter, today: str, until: str) -> dict[str, Any]:
    found = questions.days(connection, filter, today, until, most=ON_PAGE)
    return {"months": by_month(found), "more": questions.number(connection, filter, today, until) - len(found)}


def _coming(connection: Connection, filter: Filter, today: str, until: str) -> dict[str, Any]:
    since = (moment(today) - LATELY).date().isoformat() if today else ""
    found = questions.days(connection, filter, since, until, events=questions.STARTS)
    ahead = [day for day in found if day.date >= today]
    return {
        "months": by_month(ahead[:ON_PAGE]),
        "more": len(ahead[ON_PAGE:]),
        "began": by_month([day for day in found if day.date < today and not day.is_gone])[::-1],
        "without_a_day": questions.without_a_day(connection, filter),
    }


def _shown(
    connection: Connection, filter: Filter, stand: Freshness, period: str,
    read: Callable[[Connection, Filter, str, str], dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    today = stand.clock[:10]
    until = (moment(today) + timedelta(days=int(period))).date().isoformat() if today and period else questions.LAST
    offered = form_choices(connection, filter, every=True)
    return {
        **read(connection, filter, today, until),
        "filters": described(filter, value_names(connection, filter)),
        "unfiltered": questions.number(connection, Filter(), today, until),
        "offered": [
            {**facet, "options": [{**one, "entries": None} for one in facet["options"]]}
            for facet in offered
            if facet["facet"] not in questions.NOT_OF_DATES
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A day of a document on the page, and the provisions it is of."""

    day: Day
    wheres: list[str]


def by_month(found: Sequence[Day]) -> list[tuple[str, list[Line]]]:
    """Return days by month, those of one document that say the same about several provisions together."""

    def same(day: Day) -> tuple[object, ...]:
        return (day.date, day.document, day.event, day.qualification, day.is_gone, day.instrument, day.places)

    grouped = groupby(sorted(found, key=lambda day: (day.date, same(day))), key=same)
    lines = [Line(day=(one := list(group))[0], wheres=[day.where for day in one if day.where]) for _, group in grouped]
    return [(month, list(group)) for month, group in groupby(lines, key=lambda line: line.day.date[:7])]


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same dates as objects."""
    filter, stand = await asked(datasette, request), await freshness(datasette)
    found = await ask(datasette, questions.days, filter, stand.clock[:10])
    listed = [{**asdict(one), "words": one.headline} for one in found]
    return await objects.answer(datasette, {"dates": listed})


@page
async def coming_as_json(datasette: Datasette, request: Request) -> Response:
    """Return the days on which law begins, and law that begins on a day not stated, as objects."""
    filter, stand = await asked(datasette, request), await freshness(datasette)
    found = await ask(datasette, questions.days, filter, stand.clock[:10], events=questions.STARTS)
    values = {
        "dates": [{**asdict(one), "words": one.headline} for one in found],
        "without_a_day": await ask(datasette, questions.without_a_day, filter),
    }
    return await objects.answer(datasette, values)


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Return the dates of a filter as a calendar: those ahead, and those of the last three months."""
    filter, stand = await asked(datasette, request), await freshness(datasette)
    made = await feed_of(datasette, filter)
    body, changed = await ask_once(datasette, (dates.FILE, made), _made, made, stand.clock)
    return feed_routes.answer(request, body, dates.TYPE, moment(changed))


def _made(connection: Connection, feed: Feed, clock: str) -> tuple[bytes, str]:
    """Return the calendar of a feed, and when it last changed."""
    found = questions.subscribed(connection, feed.filter, clock)
    return dates.render(found, feed), dates.newest_change(found, EPOCH)


def address(filter: Filter) -> str:
    """Return the address of the calendar of a filter, below feeds/."""
    return dates.FILE + (f"?{filter.query}" if filter.pairs else "")
