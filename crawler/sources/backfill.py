"""How a list is read backwards to its end: what sources.yaml says of it, and into which slices it is cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from crawler.model import Cut
from crawler.pickling import pickled_by_value
from crawler.sources import validators
from crawler.sources.fields import Count, Duration, blank, matching, said, through

FIRST_DAY = date(1990, 1, 1)
"""Where a list that is cut by date begins, if its source does not say."""
NUMBERS, DAYS = 100, 366
"""Numbers and days of a slice, where its source does not say."""
PLACES = {"date": ("{from}", "{to}"), "number": ("{number}",), "page": ()}
"""By how a list is cut, what stands in the address that is asked for a slice."""


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """A list is read backwards to its end, once, in slices, over many runs; what it brings is silent."""

    by: Annotated[
        Literal["date", "page", "number"],
        said("how it is cut: into spans of days, into ranges of numbers, or page after page"),
    ]
    since: Annotated[
        str, matching(r"\d{1,9}|\d{4}-\d\d-\d\d", "a day, a year or a number"), said("default 1990, or 1")
    ] = ""
    slice: Annotated[str, matching(r"[1-9]\d{0,4}[yd]?", "1y, 90d or 100"), said("default 366 days, 100 numbers")] = ""
    per_run: Annotated[Count, said("most requests of a run, lists and documents")] = 400
    every: Annotated[Duration | None, said("again after so long; default once, or until complete")] = None
    url: Annotated[
        str, through(blank(validators.address), "address"), said("of a slice, with `{from}` and `{to}`, or `{number}`")
    ] = ""

    def cuts(self, today: date) -> Iterator[Cut]:
        """Yield the slices, oldest first; the last is open: what changes while it is read moves into it.

        Of numbers it is the first slice: each other is cut when the one before was read.

        >>> [each.first for each in Backfill(by="date", since="2024-06-01", slice="1y").cuts(date(2026, 3, 2))]
        ['2024-06-01', '2025-01-01', '2026-01-01']
        """
        if self.by == "page":
            yield Cut()
        elif self.by == "number":
            yield self.numbers(int(self.since or "1"))
        else:
            first = self.begins
            while (last := self._last(first)) < today:
                yield Cut(first=first.isoformat(), last=last.isoformat())
                first = last + timedelta(days=1)
            yield Cut(first=first.isoformat())

    def numbers(self, first: int) -> Cut:
        """Return the slice that begins with a number."""
        return Cut(first=str(first), last=str(first + int(self.slice or NUMBERS) - 1))

    @property
    def begins(self) -> date:
        """Return the first day that is read of a list that is cut by date."""
        if len(self.since) == 4:
            return date(int(self.since), 1, 1)
        return date.fromisoformat(self.since) if self.since else FIRST_DAY

    def _last(self, first: date) -> date:
        if self.slice.endswith("y"):
            return date(first.year + int(self.slice[:-1]) - 1, 12, 31)
        return first + timedelta(days=int(self.slice.removesuffix("d") or DAYS) - 1)


def checked(value: Backfill | None) -> Backfill | None:
    """Return what a source says of its backfill.

    Raises:
        ValueError: its parts do not fit together.
    """
    if value is None:
        return None
    if value.by == "date":
        if value.begins.year < 1800:
            raise ValueError(f"since {value.since!r} is no day or year")
        if value.slice.isdigit():
            raise ValueError(f"slice {value.slice!r}; expected years or days such as 1y or 90d")
    elif value.by == "number" and not f"{value.since}{value.slice}1".isdigit():
        raise ValueError("since and slice; expected numbers")
    elif value.by == "page" and (value.since or value.slice):
        raise ValueError("since and slice belong to dates and numbers")
    if missing := [each for each in PLACES[value.by] if value.url and each not in value.url]:
        raise ValueError(f"url without {' and '.join(missing)}")
    if value.by == "number" and not value.url:
        raise ValueError("numbers need a url with {number}")
    return value
