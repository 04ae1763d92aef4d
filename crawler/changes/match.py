"""Which provision of the old version is which of the new one."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.changes.candidates import COPY, anchored, similarity, words_of
from crawler.changes.candidates import pairs as similar_pairs
from crawler.changes.digests import Form

_WORD = re.compile(r"\w+")

PLAIN = 3
"""Fewest words of a wording that says by itself which provision it is: "Repealed." does not."""


@dataclass(slots=True, kw_only=True)
class _Pairing:
    """The pairs found so far, both ways, by index; and where each path stands."""

    old: list[Form]
    new: list[Form]
    old_at: dict[str, int]
    new_at: dict[str, int]
    to_old: dict[int, int] = field(default_factory=dict)
    to_new: dict[int, int] = field(default_factory=dict)

    def free(self, i: int, j: int) -> bool:
        return i not in self.to_new and j not in self.to_old

    def join(self, i: int, j: int) -> None:
        self.to_new[i] = j
        self.to_old[j] = i

    def same_path(self) -> list[tuple[int, int]]:
        """Return the pairs still free that have the same path, in the new order."""
        places = ((self.old_at.get(one[0]), j) for j, one in enumerate(self.new))
        return [(i, j) for i, j in places if i is not None and self.free(i, j)]


def match(old: list[Form], new: list[Form]) -> dict[int, int]:
    """Return which new provision (its index) was which old one (its index); what is missing was added or removed.

    In this order: same path and same form; same path and wording; same wording elsewhere; similar wording, preferring
    the same path and the place that the neighbours suggest; what is left under the same path.
    """
    old_at = {one[0]: i for i, one in enumerate(old)}
    new_at = {one[0]: j for j, one in enumerate(new)}
    pairing = _Pairing(old=old, new=new, old_at=old_at, new_at=new_at)
    for i, j in pairing.same_path():
        if old[i] == new[j]:
            pairing.join(i, j)
    for i, j in pairing.same_path():
        if _wording(old[i]) == _wording(new[j]):
            pairing.join(i, j)
    _same_wording(pairing)
    _similar(pairing)
    for i, j in pairing.same_path():
        pairing.join(i, j)
    return pairing.to_old


def _wording(one: Form) -> tuple[str, str]:
    """Return what a provision is known by: its text; its heading where it has no text."""
    _, _, heading, _, text = one
    return ("", text) if text else (heading, "")


def _plain(wording: tuple[str, str]) -> bool:
    return sum(1 for _, _ in zip(_WORD.finditer(wording[0] + wording[1]), range(PLAIN), strict=False)) < PLAIN


def _same_wording(pairing: _Pairing) -> None:
    """Join provisions whose wording lives on under another path.

    Wordings that occur once first; then repeated or plain ones beside pairs already found; then what is left, in order.
    """
    olds, news = _by_wording(pairing.old, pairing.to_new), _by_wording(pairing.new, pairing.to_old)
    shared = [wording for wording in news if wording in olds]
    came, lives = ({j for w in shared for j in news[w]}, {i for w in shared for i in olds[w]})
    for wording in shared:
        if len(olds[wording]) == len(news[wording]) == 1 and not _plain(wording):
            _join_unless_copied(pairing, olds[wording][0], news[wording][0], came, lives)
    _spread(pairing, sorted(came), step=1)
    _spread(pairing, sorted(came, reverse=True), step=-1)
    for wording in shared:
        left = [i for i in olds[wording] if i not in pairing.to_new]
        right = [j for j in news[wording] if j not in pairing.to_old]
        for i, j in zip(left, right, strict=False):
            if not _plain(wording) or not _contested(pairing, i, j):
                _join_unless_copied(pairing, i, j, came, lives)


def _by_wording(forms: list[Form], taken: dict[int, int]) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for index, one in enumerate(forms):
        wording = _wording(one)
        if index not in taken and any(wording):
            groups.setdefault(wording, []).append(index)
    return groups


def _spread(pairing: _Pairing, news: Iterable[int], *, step: int) -> None:
    """Join provisions of the same wording whose neighbours on one side are a pair."""
    for j in news:
        i = pairing.to_old.get(j - step, -1 - step) + step
        inside = 0 <= i < len(pairing.old)
        if inside and pairing.free(i, j) and _wording(pairing.old[i]) == _wording(pairing.new[j]):
            pairing.join(i, j)


def _contested(pairing: _Pairing, i: int, j: int) -> bool:
    """Return whether the old path or the new one has another provision that could be the same one."""
    there, here = pairing.new_at.get(pairing.old[i][0]), pairing.old_at.get(pairing.new[j][0])
    return (there is not None and there not in pairing.to_old) or (here is not None and here not in pairing.to_new)


def _join_unless_copied(pairing: _Pairing, i: int, j: int, came: set[int], lives: set[int]) -> None:
    """Join two provisions of one wording, unless it was copied and the original amended a little, or the reverse.

    Where the provision now under the old path is new in its words but almost the old wording, that one is the same
    provision, and the identical one under a path never used before is a copy of it. A provision that only made room
    for a new one is seldom that much like it.
    """
    if not pairing.free(i, j):
        return
    there, here = pairing.new_at.get(pairing.old[i][0]), pairing.old_at.get(pairing.new[j][0])
    if here is None and there is not None and there not in came and _almost(pairing, i, there):
        pairing.join(i, there)
    elif there is None and here is not None and here not in lives and _almost(pairing, here, j):
        pairing.join(here, j)
    else:
        pairing.join(i, j)


def _almost(pairing: _Pairing, i: int, j: int) -> bool:
    """Return whether two provisions are free and have almost the same wording."""
    numbers: dict[str, int] = {}
    old, new = words_of(pairing.old[i], numbers), words_of(pairing.new[j], numbers)
    return pairing.free(i, j) and similarity(old, new, COPY) > 0


def _by_heading(forms: list[Form], places: Iterable[int]) -> dict[str, int]:
    """Return where each heading stands that only one of some provisions has."""
    headings = [(forms[place][2], place) for place in places if forms[place][2]]
    counts = Counter(heading for heading, _ in headings)
    return {heading: place for heading, place in headings if counts[heading] == 1}


def _similar(pairing: _Pairing) -> None:
    """Join what is left by likeness, the most alike first."""
    lefts = [i for i in range(len(pairing.old)) if i not in pairing.to_new]
    rights = [j for j in range(len(pairing.new)) if j not in pairing.to_old]
    if not lefts or not rights:
        return
    numbers: dict[str, int] = {}
    olds = {i: words_of(pairing.old[i], numbers) for i in lefts}
    news = {j: words_of(pairing.new[j], numbers) for j in rights}
    headed = _by_heading(pairing.old, lefts), _by_heading(pairing.new, rights)
    same_path = {j: pairing.old_at.get(pairing.new[j][0]) for j in rights}
    for heading, j in headed[1].items():
        if same_path.get(j, j) is None:
            same_path[j] = headed[0].get(heading)
    for i, j in similar_pairs(olds, news, same_path, anchored(rights, pairing.to_old)):
        if pairing.free(i, j):
            pairing.join(i, j)
