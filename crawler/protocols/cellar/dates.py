"""Dates as CELLAR states them: two of them are none.

``9999-12-31`` means that a validity has no end, ``1001-01-01`` that a later decision will fix the date
(https://github.com/emendrix/emendrix, docs/limitations.md: 17 of 295 notices). Times without a zone are read by the
Publications Office as those of Brussels.
"""

import re
from datetime import UTC, date, datetime, timedelta

from crawler.protocols.summer_time import is_summer
from crawler.text import stamp

_DAY = re.compile(r"\s*(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
LATER, OPEN = 1001, 9999
"""Years of the dates that are none."""
_FIRST = 1800


def day(text: str | None) -> str | None:
    """Return the date a text starts with; None for none, one not in the calendar, or one that means none.

    >>> day("2023-01-16T00:00:00"), day("2007/11/23"), day("9999-12-31"), day("1001-01-01"), day("2026-02-30")
    ('2023-01-16', '2007-11-23', None, None, None)
    """
    found = _DAY.match(text) if text else None
    if found is None or not _FIRST <= int(found[1]) < OPEN:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def as_date(text: str) -> date | None:
    """Return the date a text starts with as a value, None where there is none."""
    found = day(text)
    return date.fromisoformat(found) if found else None


def stands_for(text: str) -> int:
    """Return the year of a date that stands for none: 9999 (no end), 1001 (fixed later); 0 for every other text.

    >>> stands_for("9999-12-31"), stands_for("1001-01-01T00:00:00.000+00:00"), stands_for("2026-01-01")
    (9999, 1001, 0)
    """
    found = _DAY.match(text)
    year = int(found[1]) if found else 0
    return year if year in (LATER, OPEN) else 0


def is_wrong(text: str) -> bool:
    """Return whether a text was meant as a date and is none, nor one that stands for none."""
    return bool(text.strip()) and day(text) is None and not stands_for(text)


def moment(text: str) -> datetime | None:
    """Return a time as an aware one in UTC; without a zone it is that of Brussels. None where it is no time.

    >>> str(moment("2026-08-05T10:01:36.539+02:00")), str(moment("2026-08-05T10:00:00")), moment("$item.updated")
    ('2026-08-05 08:01:36.539000+00:00', '2026-08-05 08:00:00+00:00', None)
    """
    try:
        time = datetime.fromisoformat(text.strip())
        return time.astimezone(UTC) if time.tzinfo else _from_brussels(time)
    except (ValueError, OverflowError):
        return None


def time(text: str) -> str:
    """Return a time in UTC as text, the empty text where it is none.

    >>> time("2024-12-31T19:07:32.422+01:00")
    '2024-12-31T18:07:32.422000Z'
    """
    found = moment(text)
    return stamp(found) if found else ""


def brussels(time: datetime) -> datetime:
    """Return an aware time as the clocks of Brussels show it.

    Summer time runs from 01:00 UTC on the last Sunday of March to that of October (Directive 2000/84/EC).

    >>> brussels(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).isoformat()
    '2026-07-02T01:30:00'
    """
    utc = time.astimezone(UTC)
    return (utc + timedelta(hours=2 if is_summer(utc) else 1)).replace(tzinfo=None)


def _from_brussels(local: datetime) -> datetime:
    summer = (local - timedelta(hours=2)).replace(tzinfo=UTC)
    return summer if is_summer(summer) else (local - timedelta(hours=1)).replace(tzinfo=UTC)
