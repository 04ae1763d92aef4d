"""Publishers' dates as they are stored: as precise as the publisher was."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.text import moment


def latest(date: str) -> datetime | None:
    """Give the last day that a date can mean, so that "2026" is not taken for January; None where it is no date.

    >>> str(latest("2026-02")), str(latest("2026-02-03T10:00:00Z")), latest("spring")
    ('2026-02-28 00:00:00+00:00', '2026-02-03 10:00:00+00:00', None)
    """
    try:
        if len(date) == len("2026"):
            return moment(f"{date}-12-31")
        if len(date) == len("2026-02"):
            return (moment(f"{date}-01") + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return moment(date)
    except (ValueError, OverflowError):
        return None
