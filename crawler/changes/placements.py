"""What happened to a list that is complete: its places at two complete walks, compared.

A place is paired with the one that has its words and its target, or else one of both; of what is left, what alone left
a group with what alone came to it. The rest has come or gone. Pure: values in, values out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.model import Placement

PlaceChange = Literal["added", "removed", "replaced", "emptied", "relinked", "retitled", "moved"]
KINDS: tuple[PlaceChange, ...] = ("added", "replaced", "emptied", "relinked", "retitled", "moved", "removed")
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """What happened to one place of a list; ``before`` is None where it was added, ``after`` where it was removed."""

    kind: PlaceChange
    before: Placement | None
    after: Placement | None


_Key = Callable[[Placement], Hashable]
_STEPS: tuple[_Key, ...] = (
    lambda each: (each.place, each.title, each.url),
    lambda each: (each.place, each.title),
    lambda each: (each.place, each.url) if each.url else each,
    lambda each: (each.title, each.url),
    lambda each: each.url or each,
    lambda each: (each.place[:-1], each.title),
)
"""By what places of two walks are one, the surest first."""


def compare(before: Sequence[Placement], after: Sequence[Placement]) -> list[ListChange]:
    """Return what happened between two walks, each kind in the order of the list; nothing where it is as it was.

    >>> old, new = Placement(document="a", title="A", url="u"), Placement(document="", title="A", url="")
    >>> [each.kind for each in compare([old], [new])], compare([old], [old])
    (['emptied'], [])
    """
    left, right = list(enumerate(before)), list(enumerate(after))
    pairs: list[tuple[Placement, Placement]] = []
    for key in _STEPS:
        left, right = _paired(left, right, key, pairs)
    left, right = _in_one_group(left, right, before, after, pairs)
    changes = [ListChange(kind=kind, before=old, after=new) for old, new in pairs if (kind := _kind(old, new))]
    changes += [ListChange(kind="added", before=None, after=new) for _, new in right]
    changes += [ListChange(kind="removed", before=old, after=None) for _, old in left]
    order = {each: place for place, each in enumerate((*after, *before))}
    return sorted(changes, key=lambda each: (KINDS.index(each.kind), order[each.after or each.before]))  # type: ignore[index]


_Numbered = list[tuple[int, Placement]]


def _paired(
    left: _Numbered, right: _Numbered, key: _Key, pairs: list[tuple[Placement, Placement]]
) -> tuple[_Numbered, _Numbered]:
    """Pair what has an equal key, in order; return what is left of both."""
    waiting: dict[Hashable, _Numbered] = defaultdict(list)
    for each in left:
        waiting[key(each[1])].append(each)
    rest: _Numbered = []
    for each in right:
        if found := waiting.get(key(each[1])):
            pairs.append((found.pop(0)[1], each[1]))
        else:
            rest.append(each)
    return sorted((each for found in waiting.values() for each in found), key=lambda each: each[0]), rest


def _in_one_group(
    left: _Numbered,
    right: _Numbered,
    before: Sequence[Placement],
    after: Sequence[Placement],
    pairs: list[tuple[Placement, Placement]],
) -> tuple[_Numbered, _Numbered]:
    """Pair what alone left a group with what alone came to it, where it has as many entries as before."""
    old, new = _by_place(left), _by_place(right)
    size = Counter(each.place for each in before)
    size.subtract(Counter(each.place for each in after))
    for place in [place for place in old if len(old[place]) == 1 == len(new.get(place, ())) and not size[place]]:
        pairs.append((old.pop(place)[0][1], new.pop(place)[0][1]))
    return _in_order(old), _in_order(new)


def _in_order(groups: dict[tuple[str, ...], _Numbered]) -> _Numbered:
    return sorted((each for found in groups.values() for each in found), key=lambda each: each[0])


def _by_place(numbered: _Numbered) -> dict[tuple[str, ...], _Numbered]:
    found: dict[tuple[str, ...], _Numbered] = defaultdict(list)
    for number, each in numbered:
        found[each.place].append((number, each))
    return dict(found)


def _kind(old: Placement, new: Placement) -> PlaceChange | Literal[""]:
    if old.url != new.url:
        return "emptied" if not new.url else "relinked" if not old.url else "replaced"
    if old.title != new.title:
        return "retitled"
    return "moved" if old.place != new.place else ""


def places(changes: Sequence[ListChange]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield part and page of what changed, in order, each with how much of it is there."""
    counted: dict[tuple[str, ...], int] = defaultdict(int)
    for each in changes:
        placed = each.after or each.before
        assert placed is not None
        counted[tuple(filter(None, (placed.part, placed.heading)))] += 1
    yield from counted.items()
