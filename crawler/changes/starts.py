"""From when provisions of a new wording of a law apply: each has a day of its own, seldom that of the whole wording."""

from collections.abc import Sequence

from crawler.changes.law import is_eu, is_law, rank
from crawler.model import Difference, Version

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
