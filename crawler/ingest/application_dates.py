"""From when provisions of a law apply, as the publisher states of their commencement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.changes.starts import PROSPECTIVE
from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.ingest.state import State
from crawler.store import Row, changes, statements

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def settle(state: State) -> None:
    """Date the provisions that began in this crawl by what the publisher states of their commencement, where it does.

    Effects may be read later than the text they tell of, so this is done when all was read.
    """
    known: dict[str, list[Row]] = {}
    for row in changes.begun(state.store, state.crawl, PROSPECTIVE):
        document = str(row["document"])
        if document not in known:
            known[document] = statements.commencements(state.store, document)
        stated = _stated(row, known[document])
        if stated is not None and stated != row["occurred"]:
            state.store.update("changes", {"id": row["id"]}, {"occurred": stated})


def _stated(row: Row, known: Sequence[Row]) -> str | None:
    """Return the one day on which a provision is stated to have begun between two wordings; None where that is not one.

    What is said of the provision itself goes before what is said of what holds it; what is said of parts of it counts
    where nothing else is known.
    """
    path, dated = str(row["path"]), dict[tuple[bool, int], set[str]]()
    for each in known:
        ranks = [rank for named in affected(each["provision"]) if (rank := _rank(named, path)) is not None]
        days = {day for day in _DAY.findall(each["dates"]) if (row["before"] or "") < day <= (row["after"] or day)}
        for rank in ranks:
            dated.setdefault(rank, set()).update(days)
    nearest = next((days for _, days in sorted(dated.items()) if days), set())
    return next(iter(nearest)) if len(nearest) == 1 else None


def _rank(named: str, path: str) -> tuple[bool, int] | None:
    """Return how near a provision that is named is to another, the nearest first; None where it says nothing of it."""
    match relation(named, path):
        case "around":
            return True, 0
        case "same" | "inside":
            return False, max(0, len(path) - len(named.partition("..")[0]))
        case _:
            return None
