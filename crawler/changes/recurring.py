"""What changes again and again at one place: a text that goes to and fro, and a block of a site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.changes.number_words import in_figures

RETURNS = 2
"""How often a text returns to an earlier wording until it is told as unsettled."""
VISITS = 7
"""Last visits of a page that are looked at for words that are new each time."""
MIN_ALIKE = 4
"""At how many of these a block holds new words where it is the site's."""
FACT_VISITS, MIN_FACTS_ALIKE = 8, 7
"""The same of facts that people act on: no helpline and no deadline changes each day."""
MIN_WORDINGS = 3
"""Fewest wordings to which such a block came before it changes again: between two, a text goes to and fro."""
MAX_STABLE_SHARE = 1 / 3
"""Most of the words of what left a block that stood in all its wordings, where what came is no other value of it."""

_WORD = re.compile(r"\d[\d.,:]*(?:\s+(?:(?:hundred|thousand|million)\b|(?:and\s+)?\d[\d.,:]*))*|\w+")
"""A word, or a number, once its words are in figures: "1 thousand 2 hundred and 3" is one."""
_PIECE = re.compile(r"[^.!?\n]+(?:[.!?]+(?!\s|$)[^.!?\n]*)*[.!?]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One change at a place of a document: its words before and after, and its ``visit``.

    ``visit`` counts the visits of the page back from the newest, which is 0. ``is_fact``: a fact that people act on
    changed.
    """

    before: str
    after: str
    visit: int = 0
    is_fact: bool = False


def is_unsettled(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a text goes to and fro: it returns to an earlier wording, as it did before at this place."""
    known, returns = set[str](), 0
    for one in earlier:
        returns += one.after in known
        known.add(one.before)
    return change.after in known and returns + 1 >= RETURNS


def is_boilerplate(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a block holds new words at most of the last visits, such as a counter or the news of a site.

    Words that stood one after the other in its last wordings are text: where they no longer do, it is not. Nor is it
    where it goes to and fro, holds more new sentences than before, or another value of a fact for fewer visits.
    """
    visits = {one.visit for one in earlier} - {change.visit}
    recent = [one for one in earlier if one.visit < VISITS and one.visit != change.visit]
    if len({one.visit for one in recent}) + 1 < MIN_ALIKE or len({one.after for one in recent}) < MIN_WORDINGS:
        return False
    last = recent[1 - MIN_ALIKE :]
    wordings = [_words(text) for text in (change.before, *(text for one in last for text in (one.before, one.after)))]
    if not set.intersection(*map(_pairs, wordings)) <= _pairs(_words(change.after)):
        return False
    if len(_new(change)) > max(len(_new(one)) for one in recent):
        return False
    if sum(one < FACT_VISITS for one in visits) + 1 >= MIN_FACTS_ALIKE:
        return True
    return not (change.is_fact and _is_other_value(change, set.intersection(*map(set, wordings))))


def _words(text: str) -> list[str]:
    return _WORD.findall(in_figures(text.casefold()))


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    """Return which words stand one after the other, the first behind the beginning and the last before the end."""
    return set(pairwise(["", *words, ""]))


def _pieces(text: str) -> list[str]:
    """Return the sentences and lines of a text."""
    return [piece for each in _PIECE.findall(text) if (piece := each.strip())]


def _new(change: Flip) -> list[str]:
    known = set(_pieces(change.before))
    return [piece for piece in _pieces(change.after) if piece not in known]


def _is_other_value(change: Flip, stable: set[str]) -> bool:
    """Return whether what left says much of what stood there all the time, as a sentence with a value does."""
    kept = set(_pieces(change.after))
    lost = [word for piece in _pieces(change.before) if piece not in kept for word in _words(piece)]
    return sum(word in stable for word in lost) > MAX_STABLE_SHARE * len(lost)
