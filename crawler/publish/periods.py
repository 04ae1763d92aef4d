"""The periods that a page can be of: the last days before the newest crawl, a month, or all since a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from crawler.feeds.digest import Period
from crawler.publish.server.responses import MissingError
from crawler.text import moment, stamp
from crawler.wording import day

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
