"""The calendar, settled when a crawl closes: which day is new, which one moved, and which is stated no more.

What was known before a crawl stands in the database, which is made from the archive: a rebuild gives the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from crawler.ingest.state import State
from crawler.model import digest_of
from crawler.store import Row, calendar

BEHIND = timedelta(days=365)
"""How long ago a day may lie that is new to us."""

AHEAD_YEARS = 30
"""Years ahead beyond which a day stands for none, or was mistyped: no law is put off for longer."""

_KEY = ("document", "event", "path")
_SAID = ("provision", "qualification", "places", "instrument", "authority", "stated")


def settle(state: State) -> None:
    """Compare what is stated now with what was, and record what changed."""
    today = state.clock.date()
    first = (today - BEHIND).isoformat()
    last = date(today.year + AHEAD_YEARS, 12, 31).isoformat()
    groups: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for row in calendar.known(state.store):
        groups[tuple(row[name] for name in _KEY)][0].append(row)
    for row in calendar.stated(state.store, first, last):
        groups[tuple(row[name] for name in _KEY)][1].append(row)
    for before, now in groups.values():
        for row in settled(before, now, today=today.isoformat(), first=first):
            calendar.put(state.store, {**row, "changed": state.now, "first_seen": row.get("first_seen", state.now)})


def settled(known: Sequence[Row], stated: Sequence[Row], *, today: str, first: str) -> Iterator[Row]:
    """Yield the rows of one provision and event that are new or changed.

    A day that is stated stays, also in other words. Of the others one that is stated anew moved where another one is
    stated no more; what is left over is new, or, as long as it lies ahead, gone. A day that was gone comes back.
    """
    left, others = list(known), _once(stated)
    for fits in (
        lambda row, one: row["state"] == "stated" and _same(row, one, "date", "qualification"),
        lambda row, one: row["state"] == "stated" and _same(row, one, "date"),
        lambda row, one: row["state"] == "gone" and _same(row, one, "date", "qualification"),
        lambda row, one: row["state"] == "stated" and row["date"] >= first and _same(row, one, "qualification"),
        lambda row, one: row["state"] == "stated" and row["date"] >= first,
    ):
        for row, one in _pairs(left, others, fits):
            now = {**row, **{name: one[name] for name in _SAID}, "date": one["date"], "state": "stated"}
            if (row["date"], row["state"]) != (now["date"], now["state"]):
                now["sequence"] = row["sequence"] + 1
            if now != row:
                yield now
    for row in left:
        if row["state"] == "stated" and row["date"] >= today:
            yield {**row, "state": "gone", "sequence": row["sequence"] + 1}
    for number, one in enumerate(others, 1 + max((row["number"] for row in known), default=0)):
        id = digest_of("calendar", *(one[name] for name in _KEY), number)[:20]
        yield {"id": id, **one, "number": number, "sequence": 0, "state": "stated"}


def _once(stated: Sequence[Row]) -> list[Row]:
    """Return each day once that several notes, effects or orders state for the same."""
    return list({(row["date"], row["qualification"], _of(row)): row for row in reversed(stated)}.values())[::-1]


def _of(row: Row) -> str:
    """Return of what a day is where no path says it: of the whole, or of the rest."""
    return "" if row["path"] else str(row["provision"])


def _same(row: Row, one: Row, *names: str) -> bool:
    return _of(row) == _of(one) and all(row[name] == one[name] for name in names)


def _pairs(left: list[Row], others: list[Row], fits: Callable[[Row, Row], bool]) -> Iterator[tuple[Row, Row]]:
    """Yield what fits together, and take it out of both lists."""
    for row in list(left):
        one = next((one for one in others if fits(row, one)), None)
        if one is not None:
            left.remove(row)
            others.remove(one)
            yield row, one
