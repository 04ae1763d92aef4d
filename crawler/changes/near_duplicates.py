"""Near-duplicate texts: the same document at two publishers, told from an edition, another country, a filled-in form.

Two steps. :func:`marks` gives a few numbers for a text that texts alike share: they find candidates in an index. Then
:func:`likeness` compares two texts in full: how much of their wording they share, and whether one puts another name or
number where the other has one. Two texts that differ by a name or a number in its place are two documents, however much
they share: that is what an edition is, and a statement from a template. Nothing here depends on the process.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import adler32, crc32

from crawler.text import canonical

MARKS = 16
"""Marks of a text: the least hashes of its runs of words, of which every fourth is taken by its first word."""
SHARED = 5
"""Fewest marks that two texts share before they are compared in full; texts half alike share eight."""
FIRST = 4_000
"""Characters of a text that marks are made of: a few pages are enough to find a candidate."""
MIN_WORDS = 60
"""Fewest words of a text that is recognised: a notice or a form's heading has fewer."""
ALIKE = 0.85
"""Least share of their runs of words that two texts of one document have in common."""
RUN = 4
"""Words of a run."""
_CONTEXT = 3
"""Words before a place, and behind it, by which the same place is found in the other text."""
_SWAP = 8
"""Most words that are taken for a swapped name or number."""

_SHOWN = 5
_WORD = re.compile(r"\w+")
_SPACED = bytes(byte if chr(byte).isalnum() or byte == ord("_") else 32 for byte in range(128)) + bytes(128)
"""What makes a space of everything in an ASCII text that is in no word."""
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_START, _END = ("\x02",) * _CONTEXT, ("\x03",) * _CONTEXT
"""Stand before the first word and behind the last one: a name may be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two texts have in common: the ``share`` of their runs of words, from 0 to 1, and names or numbers swapped.

    ``swapped`` holds the first few pairs of words, in small letters, that stand in the same place of the two.
    """

    share: float
    swapped: tuple[tuple[str, str], ...] = ()

    @property
    def same(self) -> bool:
        """Return whether these are two copies of one text."""
        return self.share >= ALIKE and not self.swapped


def marks(text: str) -> tuple[int, ...]:
    """Return the marks of a text, in order; none for a text too short to be recognised.

    Broder, On the resemblance and containment of documents, 1997, https://doi.org/10.1109/SEQUEN.1997.666900

    >>> marks("Too short to tell.")
    ()
    """
    words = _words(canonical(text[:FIRST]).casefold())
    if len(words) < MIN_WORDS:
        return ()
    anchors = {word for word in set(words) if not crc32(word.encode()) & 3}
    runs = {" ".join(words[at : at + RUN]) for at, word in enumerate(words) if word in anchors}
    return tuple(sorted({_mark(run.encode()) for run in runs})[:MARKS])


def _words(text: str) -> list[str]:
    """Return the words of a text; those of an ASCII text without a regular expression, in a quarter of the time."""
    return text.encode().translate(_SPACED).decode().split() if text.isascii() else _WORD.findall(text)


def _mark(run: bytes) -> int:
    """Return 63 bits for a run of words that are the same in every process, unlike those of :func:`hash`."""
    return (crc32(run) << 32 | adler32(run)) >> 1


def likeness(one: str, other: str) -> Likeness:
    """Return what two whole texts have in common. Names and numbers are looked at only where the wording is alike.

    >>> base = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz" * 3)
    >>> likeness(f"{base} for 2024 as we said", f"{base} for 2025 as we said").same
    False
    """
    left, right = _words(canonical(one)), _words(canonical(other))
    short, long = sorted((len(left), len(right)))
    if short < MIN_WORDS or short < ALIKE * long:
        return Likeness(share=0.0)
    small = [word.casefold() for word in left], [word.casefold() for word in right]
    share = _share(*small)
    return Likeness(share=share, swapped=_swapped((left, right), small) if share >= ALIKE else ())


def shared_share(one: str, other: str) -> float:
    """Return the share of their runs of words that two texts have in common, from 0 to 1.

    >>> shared_share("a text of ours", "A text of ours")
    1.0
    """
    return _share(*([word.casefold() for word in _words(canonical(text))] for text in (one, other)))


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    runs, others = (set(zip(*(side[n:] for n in range(RUN)), strict=False)) for side in (one, other))
    return len(runs & others) / max(1, len(runs | others))


def _swapped(words: tuple[list[str], list[str]], small: tuple[list[str], list[str]]) -> tuple[tuple[str, str], ...]:
    """Return the names and numbers that stand in the same place of two texts and differ, the first ones.

    Also the newest year that each text speaks of: an edition that only adds to the one before speaks of a later one.
    """
    newest, latest = (max((word for word in side if _YEAR.fullmatch(word)), default="") for side in small)
    found: dict[tuple[str, str], None] = {(newest, latest): None} if newest and latest and newest != latest else {}
    lower = {word for side in words for word in side if word.islower()}
    sides, folded = [[*_START, *side, *_END] for side in words], [[*_START, *side, *_END] for side in small]
    places = _places(folded[0]), _places(folded[1])
    for context, i in places[0].items():
        j = places[1].get(context)
        if len(found) >= _SHOWN:
            break
        if i is None or j is None or folded[0][i] == folded[1][j]:
            continue
        ends = _joined(folded[0][i : i + _SWAP + _CONTEXT], folded[1][j : j + _SWAP + _CONTEXT])
        if ends is None:
            continue
        here, there = (_telling(side[at : at + end], lower) for side, at, end in zip(sides, (i, j), ends, strict=True))
        if set(here) - set(there) and set(there) - set(here):
            found[" ".join(here), " ".join(there)] = None
    return tuple(found)


def _places(words: Sequence[str]) -> dict[tuple[str, ...], int | None]:
    """Return where the word behind each context stands, None where the context comes more than once."""
    found: dict[tuple[str, ...], int | None] = {}
    for place, context in enumerate(zip(*(words[n:] for n in range(_CONTEXT)), strict=False), start=_CONTEXT):
        found[context] = None if context in found or place == len(words) else place
    return found


def _joined(one: Sequence[str], other: Sequence[str]) -> tuple[int, int] | None:
    """Return how many words differ on each side before both go on with the same context, None where they do not."""
    ends = {tuple(other[n : n + _CONTEXT]): n for n in range(len(other) - _CONTEXT, -1, -1)}
    for place in range(len(one) - _CONTEXT + 1):
        end = ends.get(tuple(one[place : place + _CONTEXT]))
        if end is not None:
            return place, end
    return None


def _telling(words: Sequence[str], lower: set[str]) -> list[str]:
    """Return the names and numbers among words, in small letters: what has a capital or holds a digit."""
    return [
        small
        for word in words
        if (small := word.casefold()) not in lower and (word[:1].isupper() or any(map(str.isdigit, word)))
    ]
