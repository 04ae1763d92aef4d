"""Series in entries: one says that an edition was not seen by us, and an edition's own says what it is one of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from crawler.model import digest_of
from crawler.store import Row, Store, entries, series
from crawler.text import moment, stamp

LONGEST = 60
"""Most characters of the title of an edition inside a summary."""


def derive(store: Store, crawl: str, clock: datetime) -> int:
    """Make an entry for each edition that is missed now and was not before; give how many.

    None is made while the sources cannot be checked, nor for an edition that was due before they were watched.
    """
    made = 0
    for row in series.rows(store):
        since = series.watched_since(store, row)
        if row["state"] != "not seen by us" or row["expected_until"] is None or since is None:
            continue
        for number, until in enumerate(_missed(row, moment(since).date(), clock.date())):
            name = digest_of("series", row["id"], number, crawl)[:20]
            entries.put(store, {"id": name, "crawl": crawl, **_entry(store, row, until, stamp(clock))}, [])
            series.settle(store, row["id"], {"told": until.isoformat()})
            made += 1
    return made


def _missed(row: Row, since: date, today: date) -> Iterator[date]:
    """Give the last days of the windows that are over without an edition, and of which no entry told.

    A window that ends less than half a period after one that was told is the same: its first day was only corrected.
    """
    every, until = timedelta(seconds=row["every"]), date.fromisoformat(row["expected_until"])
    told = date.fromisoformat(row["told"]) + every / 2 if row["told"] else date.min
    while until < today:
        if until >= since and until > told:
            yield until
        until += every


def _entry(store: Store, row: Row, until: date, now: str) -> Row:
    newest = series.newest_shown(store, row) or {"title": "", "url": "", "date": row["newest_date"], "stated": ""}
    source = series.sources(store, row)[0]
    return {
        "document": None,
        "kind": "late",
        "title": f"Not seen by us: {row['name']} — expected by {day(until.isoformat())}",
        "summary": _summary(row, newest),
        "details": "[]",
        "url": newest["url"],
        "jurisdiction": source["jurisdiction"],
        "publisher": row["publisher"],
        "source": source["id"],
        "document_kind": row["kind"],
        "published": None,
        "updated_by_publisher": None,
        "occurred": None,
        "in_force": "not applicable",
        "note": "",
        "significance": "editorial",
        "late": "",
        "seen": now,
        "announced": None,
        "updated": None,
        "state": "silent",
        "capture_time": None,
        "capture_digest": "",
        "fetch": None,
    }


def _summary(row: Row, newest: Row) -> str:
    title = newest["title"]
    short = title if len(title) <= LONGEST else (title[:LONGEST].rpartition(" ")[0] or title[:LONGEST]) + " …"
    named = f" (“{short}”)" if title else ""
    return (
        f"The newest edition that we hold is of {day(newest['stated'] or newest['date'])}{named}."
        f" One comes about {often(timedelta(seconds=row['every']))}."
        f" Its sources were last read in full on {day(row['checked'])}."
    )


def introduced(store: Store, rows: Sequence[Row], summary: str) -> str:
    """Give the summary of an entry; where it tells of a new edition, first of which series, and what it follows."""
    appeared = [row["document"] for row in rows if row["kind"] == "new"]
    said = [_membership(row) for row in series.memberships(store, appeared)] if appeared else []
    return " ".join([*said, summary]).strip()


def _membership(row: Row) -> str:
    if row["follows"] is None:
        return f"The first edition that we hold of “{row['name']}”."
    dated = row["stated"] or row["date"]
    return f"Edition of “{row['name']}”; follows that of {day(dated)}." if dated else f"Edition of “{row['name']}”."


def day(text: str) -> str:
    """Give a date as precisely as it was stated.

    >>> day("2026-03-05T09:00:00Z"), day("2026-03"), day("2026"), day("spring")
    ('5 March 2026', 'March 2026', '2026', 'spring')
    """
    try:
        found = date.fromisoformat((text + "-01-01")[:10] if len(text) < len("2026-01-01") else text[:10])
    except ValueError:
        return text
    parts = (f"{found.day} ", f"{found:%B} ", str(found.year))
    return "".join(parts[2:] if len(text) == len("2026") else parts[1:] if len(text) == len("2026-03") else parts)


def often(every: timedelta) -> str:
    """Give a cadence in words.

    >>> [often(timedelta(days=days)) for days in (7, 30, 91, 182, 365, 1461, 40)]
    ['every week', 'every month', 'every 3 months', 'every 6 months', 'every year', 'every 4 years', 'every 40 days']
    """
    for name, length in (("year", 365.25), ("month", 30.4), ("week", 7)):
        count = round(every.days / length)
        if count and abs(every.days - count * length) <= 0.02 * every.days:
            return f"every {name}" if count == 1 else f"every {count} {name}s"
    return f"every {every.days} days"
