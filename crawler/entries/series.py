"""Series in entries: one says that an edition was not seen by us, and an edition's own says what it is one of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from crawler.entries import word_limits
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, say, source, structure
from crawler.entries.titles import short as short_title
from crawler.entries.values import Entry
from crawler.model import digest_of
from crawler.store import Row, Store, families, series
from crawler.text import moment, stamp
from crawler.wording import often

MAX_TITLE_CHARACTERS = 60
"""Most characters of the title of an edition inside a summary."""


def missed_editions(store: Store, crawl: str, clock: datetime) -> Iterator[Entry]:
    """Yield an entry for each edition that is missed now and was not before, and note that it is told.

    None is made while the sources cannot be checked, nor for an edition that was due before they were watched.
    """
    for row in series.rows(store):
        since = series.watched_since(store, row)
        if row["state"] != "not seen by us" or row["expected_until"] is None or since is None:
            continue
        for number, until in enumerate(_missed(row, moment(since).date(), clock.date())):
            name = digest_of("series", row["id"], number, crawl)[:20]
            yield _entry(store, row, until, {"id": name, "crawl": crawl, "seen": stamp(clock)})
            series.settle(store, row["id"], {"announced": until.isoformat()})


def _missed(row: Row, since: date, today: date) -> Iterator[date]:
    """Yield the last days of the windows that are over without an edition, and of which no entry told.

    A window that ends less than half a period after one that was told is the same: its first day was only corrected.
    """
    every, until = timedelta(seconds=row["every"]), date.fromisoformat(row["expected_until"])
    told = date.fromisoformat(row["announced"]) + every / 2 if row["announced"] else date.min
    while until < today:
        if until >= since and until > told:
            yield until
        until += every


def _entry(store: Store, row: Row, until: date, known: Row) -> Entry:
    newest = series.newest_shown(store, row) or {"title": "", "url": "", "date": row["newest_date"], "stated": ""}
    of_series = series.sources(store, row)[0]
    due = structure(day(until.isoformat()))
    room = word_limits.HEADLINE - word_limits.words(str(say("missed", title=structure(""), day=due)))
    return Entry(
        row={
            **known,
            "kind": "late",
            "verb": "Not seen",
            "url": newest["url"],
            "jurisdiction": of_series["jurisdiction"],
            "publisher": row["publisher"],
            "source": of_series["id"],
            "document_kind": row["kind"],
        },
        title=say("missed", title=short_title(row["name"], room), day=due),
        summary=_summary(row, newest),
    )


def _summary(row: Row, newest: Row) -> list[Sentence]:
    held = structure(day(newest["stated"] or newest["date"]))
    short = word_limits.cut(newest["title"], word_limits.SUMMARY, MAX_TITLE_CHARACTERS)
    return [
        say("newest held, titled", day=held, title=source(short)) if short else say("newest held", day=held),
        say("cadence", often=structure(often(timedelta(seconds=row["every"])))),
        say("last read", day=structure(day(row["checked"]))),
    ]


def edition_note(store: Store, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Give, where an entry tells of a new edition, of which series it is, and which edition it follows."""
    appeared = [row["document"] for row in rows if row["kind"] == "new"]
    for row in series.memberships(store, appeared) if appeared else []:
        name, dated = source(row["name"]), row["stated"] or row["date"]
        if row["follows"] is None:
            yield say("first edition", series=name)
        elif dated:
            yield say("edition after", series=name, day=structure(day(dated)))
        else:
            yield say("edition", series=name)
        if row["follows"] is not None and (title := families.title(store, row["follows"])):
            yield say("one before", title=source(title))
