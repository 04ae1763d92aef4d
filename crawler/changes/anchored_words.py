"""Words of a provision of a law that went to another place in it: the rest is aligned around the longest such run."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from crawler.changes.sentences import joined
from crawler.changes.words import words
from crawler.model import Word

MIN_RUN_WORDS = 12
"""Fewest words of a run that went to another place."""
WORK = 2_000_000
"""Most cells (words times words) that are looked at for such a run."""

_Block = tuple[int, int, int]
"""Where a run stands in the older and the newer text, in characters, and its length."""


def anchored(shown: tuple[Word, ...], before: str, after: str) -> tuple[Word, ...]:
    """Return words; where some told as deleted stand in the newer text, aligned by them if fewer such ones are left.

    >>> run = "work of any kind in an office of the owner in the area, whether or not it is paid"
    >>> old, new = f"(1) It applies to {run}. (2) And to {run[:-2]} abroad.", f"(1) (2) It applies to {run}."
    >>> "".join(word.text for word in anchored(words(old, new), old, new) if word.op != "-") == new
    True
    """
    block, size = _told(shown, after)
    if block is None:
        return shown
    start, there, length = block
    pieces = (
        *words(before[:start], after[:there]),
        Word(op="=", text=before[start : start + length]),
        *words(before[start + length :], after[there + length :]),
    )
    other = tuple(joined(pieces))
    return other if _told(other, after)[1] < size else shown


def _told(shown: Sequence[Word], after: str) -> tuple[_Block | None, int]:
    """Return the longest run of words told as deleted that the newer text has, and how many words all of these have."""
    best: tuple[int, _Block | None] = (0, None)
    total = place = 0
    new = after.split(" ")
    for word in shown:
        own = word.text.split(" ")
        if word.op == "-" and len(own) >= MIN_RUN_WORDS and len(own) * len(new) <= WORK:
            match = SequenceMatcher(None, own, new, autojunk=False).find_longest_match()
            if match.size >= MIN_RUN_WORDS:
                total += match.size
                length = len(" ".join(own[match.a : match.a + match.size]))
                found = (place + _start(own, match.a), _start(new, match.b), length)
                best = max(best, (match.size, found), key=lambda one: one[0])
        place += len(word.text) if word.op != "+" else 0
    return best[1], total


def _start(of: Sequence[str], place: int) -> int:
    return list(accumulate((len(each) + 1 for each in of[:place]), initial=0))[-1]
