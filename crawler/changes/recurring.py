"""What changes again and again at one place: a text that goes to and fro, and a counter of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RETURNS = 2
"""How often a text returns to an earlier wording until it is told as unsettled."""
VISITS = 5
"""Last visits of a page that are looked at for words that are new each time."""
MIN_ALIKE = 4
"""At how many of these they are new, and stand in the same words, where they are a counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One change at a place of a document: its words before and after, what it kept of them, and its ``visit``.

    ``visit`` counts the visits of the page back from the newest, which is 0.
    """

    before: str
    after: str
    kept: tuple[str, ...] = ()
    visit: int = 0


def is_unsettled(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a text goes to and fro: it returns to an earlier wording, as it did before at this place."""
    known, returns = set[str](), 0
    for one in earlier:
        returns += one.after in known
        known.add(one.before)
    return change.after in known and returns + 1 >= RETURNS


def is_counter(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a block has new words at most of the last visits, and always the same around them: it is the site's."""
    alike = {one.visit for one in earlier if one.kept == change.kept and one.visit < VISITS}
    return any(change.kept) and len(alike - {change.visit}) + 1 >= MIN_ALIKE
