"""From when provisions of a law apply: each has a day of its own, which is seldom that of the whole wording."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.changes.law import is_eu, is_law, rank
from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.ingest.state import State
from crawler.model import Difference, Version
from crawler.store import Row, changes, statements

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PROSPECTIVE = "prospective"
"""The status of a provision that has yet to begin."""
MARKED = ("mark", "instruction")
"""What says in a consolidation of the EU by which act a provision was changed."""
HOLDING = ("division", "crossheading")
"""What holds provisions, and has the day of the last change of any of them."""


def starts(version: Version, found: Sequence[Difference]) -> dict[str, str | None]:
    """Return from when provisions of a new wording apply, by their paths, where that is not the day of the whole.

    What began has its own day where the publisher states one. Where it does not, and several began, nothing is known
    of each: the day of the whole wording is that of the last of them. Nor is it known of parts and crossheadings, nor
    of anything in a consolidation that several acts, or a corrigendum, were taken into at once.
    """
    known: dict[str, str | None] = dict(version.starts)
    sections = [each.after for each in found if each.after is not None] if is_law(version) else []
    known |= {each.path: None for each in sections if rank(each.path, eu=is_eu(version)) in HOLDING}
    if any(reason.basis in MARKED and not reason.date for each in found for reason in each.reasons):
        known |= {"" if each.after is None else each.after.path: None for each in found}
    begun = [each.after.path for each in found if each.after is not None and began(each)]
    if len(begun) > 1:
        known |= {path: None for path in begun if path not in known}
    return known


def began(difference: Difference) -> bool:
    """Return whether a provision that was prospective is in force now."""
    before, after = difference.before, difference.after
    return before is not None and after is not None and before.status == PROSPECTIVE != after.status


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
