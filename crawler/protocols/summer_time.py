"""Summer time in Europe, by its rule: the zone database is not asked, as not every machine has one."""

from datetime import UTC, datetime, timedelta


def is_summer(utc: datetime) -> bool:
    """Return whether it is summer time, from 01:00 UTC on the last Sunday of March to that of October.

    So the Directive 2000/84/EC and the Summer Time Order 2002 have it.

    >>> is_summer(datetime(2026, 3, 29, 1, tzinfo=UTC)), is_summer(datetime(2026, 10, 25, 1, tzinfo=UTC))
    (True, False)
    """
    march, october = (datetime(utc.year, month, 31, 1, tzinfo=UTC) for month in (3, 10))
    first, last = (day - timedelta(days=(day.weekday() + 1) % 7) for day in (march, october))
    return first <= utc < last
