"""Provisions that are alike in their words: few candidates for each, so that big Acts stay quick."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise

from rapidfuzz.distance import Indel

from crawler.changes.digests import Form

ALIKE = 0.7
"""Least likeness (share of words in common, in order) of two provisions under different paths."""

SAME_PATH = 0.4
"""Least likeness at which the same path counts; below it, another provision may be the better match."""

COPY = 0.9
"""Least likeness at which an amended original is told from a provision that made room for another."""

SKETCH = 24
"""Most pairs of neighbouring words that stand for a provision when candidates are looked for."""

RARE = 16
"""Most provisions that may hold such a pair; one that more hold tells nothing."""

CANDIDATES = 4
"""Most candidates found by such pairs for each provision."""

MIN_WORDS = 3
"""Fewest words of a provision that can be recognised under another path."""

WORK = 25_000_000
"""Most cells (words times words) of one comparison in order; beyond it words are only counted."""

_WORD = re.compile(r"\w+")
_PRIME, _ONE, _TWO = 2**61 - 1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
_PATH_BONUS = 0.1
_PLACE_BONUS = 0.05

Numbers = Sequence[int]
"""A wording as numbers, one for each word."""


def words_of(one: Form, numbers: dict[str, int]) -> list[int]:
    """Return heading and text as numbers of words; ``numbers`` gives each word its number, and grows."""
    _, _, heading, _, text = one
    return [numbers.setdefault(word, len(numbers)) for word in _WORD.findall(f"{heading} {text}".casefold())]


def similarity(one: Numbers, two: Numbers, least: float) -> float:
    """Return the share of words that two wordings have in common, from 0 to 1; 0 where it is below ``least``."""
    total = len(one) + len(two)
    if not total or 2 * min(len(one), len(two)) / total < least:
        return 0.0
    if len(one) * len(two) <= WORK:
        return Indel.normalized_similarity(one, two, score_cutoff=least)
    share = 2 * (Counter(one) & Counter(two)).total() / total
    return share if share >= least else 0.0


def anchored(news: Sequence[int], to_old: Mapping[int, int]) -> dict[int, set[int]]:
    """Return the old places that the nearest pairs before and behind suggest for each new place."""
    hints: dict[int, set[int]] = {j: set() for j in news}
    for order, step in ((news, 1), (tuple(reversed(news)), -1)):
        shift: int | None = None
        previous: int | None = None
        for j in order:
            # Between two free neighbours nothing is paired, so the shift of the one holds for the other.
            if previous is None or j - step != previous:
                shift = to_old[j - step] - (j - step) if j - step in to_old else None
            if shift is not None:
                hints[j].add(j + shift)
            previous = j
    return hints


def pairs(
    olds: Mapping[int, Numbers],
    news: Mapping[int, Numbers],
    same_path: Mapping[int, int | None],
    hints: Mapping[int, set[int]],
) -> Iterator[tuple[int, int]]:
    """Yield pairs of an old and a new place that are alike, the best first; the caller takes those still free."""
    found = _candidates(olds, news)
    scored: list[tuple[float, int, int, int]] = []
    for j, numbers in news.items():
        path, hinted = same_path[j], hints[j]
        wanted = {i for i in (*found[j], *hinted, path) if i is not None and i in olds}
        for i in sorted(wanted):
            if i != path and min(len(olds[i]), len(numbers)) < MIN_WORDS:
                continue
            score = similarity(olds[i], numbers, SAME_PATH if i == path else ALIKE)
            if score:
                score += _PATH_BONUS * (i == path) + _PLACE_BONUS * (i in hinted)
                scored.append((-score, abs(i - j), j, i))
    for _, _, j, i in sorted(scored):
        yield i, j


def _candidates(olds: Mapping[int, Numbers], news: Mapping[int, Numbers]) -> dict[int, list[int]]:
    """Return for each new place the old ones that share most of its sketch."""
    holders: dict[int, list[int]] = {}
    for i, numbers in olds.items():
        for mark in _sketch(numbers):
            holders.setdefault(mark, []).append(i)
    found: dict[int, list[int]] = {}
    for j, numbers in news.items():
        shared = (holders.get(mark, ()) for mark in _sketch(numbers))
        votes = Counter(i for places in shared if len(places) <= RARE for i in places)
        best = sorted(votes.items(), key=lambda vote: (-vote[1], abs(vote[0] - j), vote[0]))
        found[j] = [i for i, _ in best[:CANDIDATES]]
    return found


def _sketch(numbers: Numbers) -> list[int]:
    """Return the least hashes of the pairs of neighbouring words: wordings that share many pairs share many of these.

    Broder, On the resemblance and containment of documents, 1997, https://doi.org/10.1109/SEQUEN.1997.666900
    """
    return nsmallest(SKETCH, {(one * _ONE + two * _TWO) % _PRIME for one, two in pairwise(numbers)})
