"""Laws of which some parts matter: which differences lie outside the parts that are named."""

import re
from collections.abc import Iterator, Sequence

from crawler.identifiers.uk import without_extent
from crawler.model import Difference, Version

_HOLDS_OTHERS = re.compile(r"(?:.+-)?(?:part|chapter|title|crossheading)-[^-]+(?:-[a-z]+)*")
_ENDS = re.compile(r"(?:part|chapter|title|group|crossheading|schedules?|signature|note|annex)(?:-|$)")


def outside(names: Sequence[str], told: Sequence[Difference], old: Version, new: Version) -> list[bool]:
    """Return of each difference between two texts whether it lies outside the parts that are named.

    A name is the path of a provision, of a part with all that stands in it, or of two provisions with what stands
    between them: ``section-45``, ``part-1-chapter-1``, ``section-57..section-60C``. None does where no part is named,
    or one of them is in neither text; nor does what is told of the document itself.
    """
    before, after = (_named(names, version) for version in (old, new))
    if not names or any(not (before[name] or after[name]) for name in names):
        return [False] * len(told)
    was, now = (frozenset[str]().union(*found.values()) for found in (before, after))
    return [_is_outside(each, was, now) for each in told]


def _is_outside(difference: Difference, was: frozenset[str], now: frozenset[str]) -> bool:
    sides = ((difference.before, was), (difference.after, now))
    found = [section.path in paths for section, paths in sides if section is not None]
    return bool(found) and not any(found)


def _named(names: Sequence[str], version: Version) -> dict[str, frozenset[str]]:
    paths = [section.path for section in version.sections]
    return {name: frozenset(_within(name, paths)) for name in names}


def _within(name: str, paths: Sequence[str]) -> Iterator[str]:
    """Yield the paths that a name stands for, of all of a text in its order.

    >>> text = ["part-1", "section-1", "section-1A", "part-2", "section-2", "section-2-1", "schedule-1"]
    >>> list(_within("part-1", text)), list(_within("section-2", text)), list(_within("section-1A..section-2", text))
    (['part-1', 'section-1', 'section-1A'], ['section-2', 'section-2-1'], ['section-1A', 'part-2', 'section-2', \
'section-2-1'])
    """
    bare = [without_extent(path)[0] for path in paths]
    first, between, last = name.partition("..")
    starts, ends = ([n for n, path in enumerate(bare) if _is_in(path, end)] for end in (first, last))
    if between:
        yield from paths[starts[0] : ends[-1] + 1] if starts and ends else ()
        return
    is_open, holds_others = False, _HOLDS_OTHERS.fullmatch(first) is not None
    for path, plain in zip(paths, bare, strict=True):
        is_open = _is_in(plain, first) or (is_open and holds_others and _ENDS.match(plain) is None)
        if is_open:
            yield path


def _is_in(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}-")
