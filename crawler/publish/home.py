"""The home page: what changed in a period, in groups, what could not be checked; and a page for each topic."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SHELVES
from crawler.feeds import Entry, Feed, Filter, chosen, select
from crawler.feeds.digest import Digest
from crawler.public import calendar, curated, digest, overview, toolkit
from crawler.public.database import Connection
from crawler.public.digest import is_unread
from crawler.public.entries import announced
from crawler.public.standing import sources, under_way
from crawler.public.toolkit import Resources
from crawler.publish import filtering, objects
from crawler.publish.filtering import asked, described, feed_of, form_choices, other_pairs, value_names
from crawler.publish.freshness import Freshness, freshness, rest
from crawler.publish.server.responses import PUBLIC, MissingError, ask, ask_kept, page, render
from crawler.publish.toolkit.cards import view
from crawler.publish.toolkit.parts import NOT_OURS, PARTS
from crawler.sources.vocabulary import TOPICS
from crawler.text import moment

PAGE = 30
"""Entries on one page of the list by day."""

ALARMS = 8
"""Sources that could not be checked, with the reason; of further ones the names are told."""

GROUPED = 150
"""Most entries of a period that are shown in groups: the newest. All of them stand in the list by day."""

DATES = 4
"""Days ahead that are named."""

_LAST = 2000
_SINCE = ("7", "30")
"""Periods that are tried where none is asked for, until one has an entry."""

RECENT = 25
"""Documents listed that publishers dated lately; how many more there are is told."""


@page
async def home(datasette: Datasette, request: Request) -> Response:
    """Return the home page: a period in groups, or a page of all entries by day, narrowed by a filter."""
    filter = await asked(datasette, request, besides=("page", "since"))
    stand, feed = await freshness(datasette), await feed_of(datasette, filter)
    wanted, number = request.args.get("since") or "", request.args.get("page") or ""
    values = {
        "filter": filter,
        "kept": other_pairs(filter),
        "most": ALARMS,
        "under_way": under_way(PUBLIC[datasette].path, stand.now),
        "since": wanted,
        "periods": filtering.offered(stand.clock, wanted) if stand.clock else [],
        **await ask_kept(datasette, ("home", feed, number, wanted), read, feed, number, wanted, stand),
    }
    return await render(datasette, request, "home.html", values)


def read(connection: Connection, feed: Feed, number: str, wanted: str, stand: Freshness) -> dict[str, Any]:
    """Return what the page shows, all of it as of one export."""
    filter = feed.filter
    chosen = (
        _by_day(connection, filter, number) if number or not stand.clock else _grouped(connection, feed, wanted, stand)
    )
    period = chosen["digest"].period if chosen["digest"] else None
    listed = [source for source in sources(connection) if source["trouble"] or (period and is_unread(source, period))]
    by_trouble = {
        name: [source for source in listed if source["trouble"] in troubles]
        for name, troubles in (("alarms", ("alarm", "")), ("never", ("never",)), ("off", ("off",)))
    }
    return {
        "filters": described(filter, value_names(connection, filter)),
        "offered": form_choices(connection, filter),
        **by_trouble,
        "own_issues": rest(connection)[0],
        **recent(connection, stand),
        "waiting": review_count(connection, stand),
        "numbers": overview.numbers(connection),
        "ahead": ahead(connection, filter, stand),
        **chosen,
    }


def _by_day(connection: Connection, filter: Filter, number: str) -> dict[str, Any]:
    page = _number(number)
    found = entries(connection, filter, page)
    return {"days": by_day(found[:PAGE]), "older": len(found) > PAGE, "page": page, "digest": None, "left_out": 0}


def _grouped(connection: Connection, feed: Feed, wanted: str, stand: Freshness) -> dict[str, Any]:
    """Return the entries of a period in the groups of a digest, those told before for a day in it among them."""
    for since in (wanted,) if wanted else _SINCE:
        period = filtering.period(since, stand.clock)
        ids = [id for id, at in digest.changed_since(connection, feed.filter, period.since) if at <= period.until]
        chosen = digest.entries_of(connection, ids[:GROUPED], feed.filter)
        found: Digest = digest.digest(connection, feed, period, chosen)
        if found.groups:
            break
    return {"digest": found, "left_out": max(len(ids) - GROUPED, 0), "days": [], "older": False, "page": 0}


def ahead(connection: Connection, filter: Filter, stand: Freshness) -> Sequence[object]:
    """Return the next days that are stated, none for a filter that dates do not have."""
    if not stand.clock or any(facet in calendar.NOT_OF_DATES for facet, _ in filter.pairs):
        return []
    found = calendar.days(connection, filter, stand.clock[:10], most=20 * DATES)
    first = {(one.date, one.document, one.event): one for one in found if not one.is_gone}
    return list(first.values())[:DATES]


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the newest entries as objects, with the address of the older ones."""
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


def review_count(connection: Connection, stand: Freshness) -> Mapping[str, int]:
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


FIRST = 5
"""Entries, and documents of each shelf, on the page; all of them are a link away."""


@page
async def topic(datasette: Datasette, request: Request) -> Response:
    """Return the page of a topic."""
    name, found = await _asked(datasette, request)
    listed: dict[str, Resources] = found["libraries"]
    values = {
        "topic": name,
        "words": TOPICS[name],
        "not_ours": NOT_OURS,
        **found,
        "shelves": [(PARTS[part], replace(listed[part], cards=[*map(view, listed[part].cards)])) for part in SHELVES],
        "rest": [(PARTS[part], listed[part].total) for part in PARTS if part not in SHELVES],
    }
    return await render(datasette, request, "topic.html", values)


@page
async def topic_as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same as objects."""
    name, found = await _asked(datasette, request)
    feed = await feed_of(datasette, chosen([("topic", name)]))
    values = {
        "entries": [objects.entry(entry, feed) for entry in found["entries"]],
        "dates": [asdict(day) for day in found["ahead"]],
        "judgments": found["judgments"],
        **{part: {"total": listed.total, part: listed.cards} for part, listed in found["libraries"].items()},
    }
    return await objects.answer(datasette, values)


async def _asked(datasette: Datasette, request: Request) -> tuple[str, dict[str, Any]]:
    """Return the topic that an address names, and what there is on it."""
    name = request.url_vars["topic"]
    if name not in TOPICS:
        raise MissingError(select.unknown_value("Topic", name, TOPICS))
    stand = await freshness(datasette)
    return name, await ask_kept(datasette, ("topic", name), _read_topic, chosen([("topic", name)]), stand)


def _read_topic(connection: Connection, filter: Filter, stand: Freshness) -> dict[str, Any]:
    """Return what the page shows, all of it as of one export."""
    values = {"topic": filter.values("topic")}
    return {
        "entries": announced(connection, filter, limit=FIRST),
        "ahead": ahead(connection, filter, stand),
        "judgments": curated.listed_judgments(connection, values["topic"][0], FIRST),
        "libraries": {
            part: toolkit.page(connection, part, values, limit=FIRST if part in SHELVES else 0, offset=0)
            for part in PARTS
        },
        "unread": sum(source["trouble"] in ("alarm", "never") for source in sources(connection)),
    }
