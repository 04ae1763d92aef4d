"""What changes again and again at one place: a text that goes to and fro, and a block of a site."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
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

MAX_SHARED_SHARE = 1 / 3
"""Most of the words of what left that stand in what was put in for it, where that is no new wording of it."""
MIN_WORDS = 3
"""Fewest words of what is put in so."""

_WORD = re.compile(r"\d[\d.,:]*(?:\s+(?:(?:hundred|thousand|million)\b|(?:and\s+)?\d[\d.,:]*))*|\w+")
"""A word, or a number, once its words are in figures: "1 thousand 2 hundred and 3" is one."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\b(?=\w*\d)[\da-f]{5,}\b")
"""A number, or a code as a server makes one for each answer."""
_PIECE = re.compile(r"[^.!?\n]+(?:[.!?]+(?![\s\u201d\"')]|$)[^.!?\n]*)*[.!?]*[\u201d\"')]*")
_QUOTED = re.compile(r"\s*[\u201c\u201e\u00ab\u2018\"']")


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


def may_turn(change: Flip) -> bool:
    """Whether a change may be one that a block makes at each visit: other sentences, other numbers, another order.

    >>> may_turn(Flip(before="Ask first. Read 12 times", after="Ask first. Read 15 times"))
    True
    >>> [may_turn(Flip(before="Go by bus.", after=other)) for other in ("Go by a bus.", "Go by bus. Go by car.")]
    [False, False]
    """
    before, after = (sorted(_WORD.findall(_NUMBER.sub("0", text))) for text in (change.before, change.after))
    if before == after:
        return True
    lost, come = _lost(change), _new(change)
    return len(come) <= len(lost) and _is_put_in(lost, come)


def is_quotation(change: Flip) -> bool:
    """Whether one quotation was put in for another."""
    lost, come = _lost(change), _new(change)
    return bool(lost and come) and all(map(_QUOTED.match, (lost[0], come[0])))


def _is_put_in(lost: Sequence[str], come: Sequence[str]) -> bool:
    """Return whether sentences or lines that came have few of the words of those that left, but at their end."""
    one, two = (_words(" ".join(pieces))[::-1] for pieces in (lost, come))
    same = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    old, new = set(one[same:]), set(two[same:])
    return min(len(old), len(new)) >= MIN_WORDS and len(old & new) <= MAX_SHARED_SHARE * len(old)


def is_boilerplate(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a block holds new words at most of the last visits, such as a counter or the news of a site.

    Words that stood one after the other in its last wordings are text: where they no longer do, it is not, unless
    sentences gave way that did not stand in all of these, as others did, to some that did, or with few of their words.
    Nor is it where it goes to and fro, holds more new sentences than before, or another value of a fact for fewer
    visits.
    """
    visits = {one.visit for one in earlier} - {change.visit}
    recent = [one for one in earlier if one.visit < VISITS and one.visit != change.visit]
    if len({one.visit for one in recent}) + 1 < MIN_ALIKE or len({one.after for one in recent}) < MIN_WORDINGS:
        return False
    last = recent[1 - MIN_ALIKE :]
    texts = [change.before, *(text for one in last for text in (one.before, one.after))]
    wordings = [_words(text) for text in texts]
    known = {piece for one in recent for text in (one.before, one.after) for piece in _pieces(text)}
    new = [piece for piece in _new(change) if piece not in known]
    lost = _lost(change)
    stood = set.intersection(*[set(_pieces(text)) for text in texts])
    is_turned = stood.isdisjoint(lost) and (
        (all if new else any)(_is_put_in(_lost(one), _new(one)) for one in last) and (not new or _is_put_in(lost, new))
    )
    if not is_turned and not set.intersection(*map(_pairs, wordings)) <= _pairs(_words(change.after)):
        return False
    if len(new) > max(len(_new(one)) for one in recent):
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


def _lost(change: Flip) -> list[str]:
    return _new(replace(change, before=change.after, after=change.before))


def _new(change: Flip) -> list[str]:
    known = set(_pieces(change.before))
    return [piece for piece in _pieces(change.after) if piece not in known]


def _is_other_value(change: Flip, stable: set[str]) -> bool:
    """Return whether what left says much of what stood there all the time, as a sentence with a value does."""
    kept = set(_pieces(change.after))
    lost = [word for piece in _pieces(change.before) if piece not in kept for word in _words(piece)]
    return sum(word in stable for word in lost) > MAX_STABLE_SHARE * len(lost)
