"""What a digest holds, before it is put into words."""

from dataclasses import dataclass
from datetime import timedelta

from crawler.feeds.entry import Entry
from crawler.feeds.feed import Feed
from crawler.text import moment, stamp
from crawler.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period: after ``since``, until ``until``, both ISO 8601 times in UTC.

    >>> Period(since="2026-11-22T23:59:59Z", until="2026-11-29T10:00:00Z").words
    '23 to 29 November 2026'
    >>> Period(since="2025-12-28T10:00:00Z", until="2026-01-04T10:00:00Z").words
    '28 December 2025 to 4 January 2026'
    """

    since: str
    until: str

    @property
    def first_day(self) -> str:
        """Return the first day of it, as an ISO date."""
        return stamp(moment(self.since) + timedelta(seconds=1))[:10]

    @property
    def last_day(self) -> str:
        """Return the last day of it, as an ISO date."""
        return self.until[:10]

    @property
    def words(self) -> str:
        """Return its days in words; what both have in common is said once."""
        first, last = day(self.first_day).split(), day(self.last_day).split()
        if first == last:
            return " ".join(last)
        shared = 2 if first[1:] == last[1:] else 1 if first[2:] == last[2:] else 0
        return f"{' '.join(first[: 3 - shared])} to {' '.join(last)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation of a report: its number and addressee as the report writes them; ``text`` may be empty."""

    number: str
    addressee: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A source that was not read completely as often as planned.

    ``since``: since when it has a fault, ``last_success``: when it was last read completely; ISO, either may be empty.
    """

    name: str
    publisher: str
    url: str
    since: str
    last_success: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry in a digest: ``lead`` is the date by which it stands in its group, in words; ``notes`` are sentences.

    ``is_told``: it was announced before the period, and stands here for its date.
    """

    entry: Entry
    lead: str = ""
    notes: tuple[str, ...] = ()
    is_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest: its feed (filter, addresses), period, groups of items by heading, and what could not be checked.

    ``sources`` is how many sources of the filter are read at all, ``clock`` that of the newest crawl, ``began`` when
    the first entry was seen. ``lists`` are further lists by heading, of words with their addresses. ``note`` and
    ``footer`` are sentences about the sending of it, first and last.
    """

    feed: Feed
    period: Period
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    gaps: tuple[Gap, ...]
    sources: int
    clock: str
    began: str = ""
    lists: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    note: str = ""
    footer: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return how many entries of the period it has."""
        return sum(not item.is_told for _, items in self.groups for item in items)
