"""The filter and period of a page or feed, checked against what there is, with their words, addresses, choices."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from crawler import wording
from crawler.feeds import FACETS, Feed, Filter, UnknownFilterError, chosen, select
from crawler.feeds.digest import Period
from crawler.feeds.facets import LISTED, title, value
from crawler.feeds.presets import OPEN
from crawler.public import filters as questions
from crawler.public.database import Connection
from crawler.public.standing import unread
from crawler.publish.freshness import freshness
from crawler.publish.server.responses import MissingError, ask
from crawler.publish.settings import own
from crawler.sources.vocabulary import STATES, STATES_GROUP
from crawler.text import moment, stamp
from crawler.wording import day

FIRST = ("topic", "role", "jurisdiction", "significance")
"""The facets whose values the page that makes a feed shows at once; the others can be opened."""

Names = Mapping[tuple[str, str], str]

_STATES = frozenset(STATES.values())
_LONG = ("kind", "publisher", "source")
"""Facets with so many values that they stand in the order of their words."""


async def asked(datasette: Datasette, request: Request, *, besides: tuple[str, ...] = ()) -> Filter:
    """Return the filter of an address; ``besides`` are names that are no facets.

    Raises:
        UnknownFilterError: a facet or a value that there is none of.
    """
    pairs = [pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair[0] not in besides]
    return await ask(datasette, checked, pairs)


def checked(connection: Connection, pairs: Iterable[tuple[str, str]]) -> Filter:
    """Return the filter of facets and values, where there are such.

    Raises:
        UnknownFilterError: a facet or a value that there is none of.
    """
    filter = questions.present_sections(connection, chosen(pairs))
    wrong = questions.unknown(connection, filter)
    if wrong:
        facet, given = wrong[0]
        choices = _choices(connection)[facet] if facet in LISTED else {}
        raise UnknownFilterError(select.unknown_value(FACETS[facet].label, given, choices, listed=False))
    return filter


def _choices(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the values of each facet with their words: of its closed list, and what else the database has."""
    listed: dict[str, dict[str, str]] = {facet: dict(FACETS[facet].values or {}) for facet in LISTED}
    for facet, one in questions.announced_values(connection, *OPEN):
        listed[facet].setdefault(one, value(facet, one))
    for facet, one, name in questions.sources(connection):
        listed[facet][one] = name or one
    return listed


async def feed_of(datasette: Datasette, filter: Filter, place: str = "changes") -> Feed:
    """Return the feed of a filter, its title in words; ``place`` is its address where it is not that of any filter."""
    settings, stand = own(datasette), await freshness(datasette)
    return Feed(
        authority=settings.authority,
        public_url=settings.public_url,
        filter=filter,
        words=title(filter.pairs, await ask(datasette, value_names, filter)),
        sample=stand.sample,
        place=place,
        unread=await ask(datasette, unread, filter),
    )


def described(filter: Filter, names: Names) -> list[dict[str, str]]:
    """Return each value of a filter with its ``words`` and the ``query`` that leaves it out."""
    found = []
    for facet, one in filter.pairs:
        # A section is one of its document, and goes with it.
        gone = ("document", "section") if facet == "document" else ()
        rest = urlencode([pair for pair in filter.pairs if pair != (facet, one) and pair[0] not in gone])
        query = f"?{rest}" if rest else ""
        found.append({"facet": FACETS[facet].label, "words": value(facet, one, names), "query": query})
    return found


def value_names(connection: Connection, filter: Filter) -> dict[tuple[str, str], str]:
    """Return the names of the values that are ids: of sources, publishers, documents and their sections."""
    names = questions.names(connection, filter)
    for path in filter.values("section"):
        section = questions.section(connection, filter.values("document")[0], path)
        name = wording.where(path, section["heading"], section["number"]) if section else wording.where(path, "")
        names["section", path] = wording.provision(path) or name
    return names


def form_choices(connection: Connection, filter: Filter, *, every: bool = False) -> list[dict[str, Any]]:
    """Return the choices of a form: each facet with its ``label`` and its ``options``, in the order of its closed list.

    An option has its ``value``, ``words``, the number of ``entries`` where that was counted, ``chosen``, and its
    ``group``, the empty text where it is of none. Without ``every``, those that no entry has are left out, and of the
    other states of Europe with it.
    """
    counted: dict[str, dict[str, int]] = {}
    for row in questions.counts(connection):
        counted.setdefault(row["facet"], {})[row["value"]] = row["number"]
    found = []
    for facet, values in _choices(connection).items():
        numbers = counted.get(facet)
        picked = filter.values(facet)
        options = [
            {
                "value": one,
                "words": text[:1].upper() + text[1:],
                "entries": None if numbers is None else numbers.get(one, 0),
                "chosen": one in picked,
                "group": STATES_GROUP if facet == "jurisdiction" and one in _STATES else "",
            }
            for one, text in (sorted(values.items(), key=_by_words) if facet in _LONG else values.items())
            if (every and one not in _STATES) or numbers is None or one in numbers or one in picked
        ]
        found.append({"facet": facet, "label": FACETS[facet].label, "options": options, "first": facet in FIRST})
    return found


def other_pairs(filter: Filter) -> list[tuple[str, str]]:
    """Return the pairs that selects with one choice cannot hold: other facets, and second values."""
    firsts = {(facet, values[0]) for facet in LISTED if (values := filter.values(facet))}
    return [pair for pair in filter.pairs if pair not in firsts]


def facets() -> tuple[str, ...]:
    """Return the names of all facets, for the page on feeds."""
    return tuple(FACETS)


def _by_words(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


LATELY = {"7": "The last 7 days", "30": "The last 30 days"}
"""Days back from the newest crawl, with their words."""

MAX_DAYS = 366
"""Longest period."""

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_MONTHS_OFFERED = 3


def period(since: str, clock: str) -> Period:
    """Return the period that an address asks for, until the newest crawl at the latest.

    >>> period("7", "2026-11-24T10:00:00Z").words, period("2026-10", "2026-11-24T10:00:00Z").words
    ('17 to 24 November 2026', '1 to 31 October 2026')
    >>> period("2026-11-20", "2026-11-24T10:00:00Z").words
    '20 to 24 November 2026'

    Raises:
        MissingError: it is none of LATELY, no month and no day, or it lies ahead.
    """
    if since in LATELY:
        return Period(since=stamp(moment(clock) - timedelta(days=int(since))), until=clock)
    try:
        if not _DAY.fullmatch(since):
            raise ValueError
        first = date.fromisoformat(f"{since}-01" if _MONTH.fullmatch(since) else since)
        start = stamp(moment(f"{first.isoformat()}T00:00:00Z") - timedelta(seconds=1))
    except (ValueError, OverflowError):
        raise MissingError(f"There is no period {since[:40]!r}: give 7 or 30 days, a month or a day.") from None
    last = f"{since}-{monthrange(first.year, first.month)[1]}" if _MONTH.fullmatch(since) else clock[:10]
    if first.isoformat() > clock[:10]:
        raise MissingError(f"This period lies ahead: it begins on {day(first.isoformat())}.")
    if (date.fromisoformat(last) - first).days > MAX_DAYS:
        raise MissingError(f"A period has at most {MAX_DAYS} days.")
    return Period(since=start, until=min(f"{last}T23:59:59Z", clock))


def offered(clock: str, chosen: str) -> list[tuple[str, str]]:
    """Return the periods to choose from with their words: the last days, the last months, and what is chosen."""
    found = list(LATELY.items())
    first = date.fromisoformat(clock[:10]).replace(day=1)
    for _ in range(_MONTHS_OFFERED):
        found.append((first.isoformat()[:7], day(first.isoformat()[:7])))
        first = (first - timedelta(days=1)).replace(day=1)
    known = chosen in dict(found)
    return (
        found if known or not chosen else [*found, (chosen, f"Since {day(chosen)}" if len(chosen) > 7 else day(chosen))]
    )
