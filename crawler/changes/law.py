"""Comparing laws: a provision is the one with its number, whatever became of its words.

Parts, crossheadings and what stands beside the provisions are matched with their own kind alone. A number is not given
again while anything stands under it, be it dots.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from crawler.changes.digests import Form
from crawler.changes.match import match
from crawler.identifiers import LEGISLATION_TYPES
from crawler.identifiers.uk import without_extent
from crawler.model import Version

Rank = Literal["provision", "crossheading", "division", "other"]

_EU = re.compile(r"celex:[123]\d{4}[A-Z]")
_ROOTS = frozenset({"schedule", "appendix", "annex", "attachment"})
"""What holds provisions that number from 1 again."""
_UNITS = frozenset({"section", "article", "regulation", "rule", "paragraph", "recital", "annex", "appendix"})
_DIVISIONS = frozenset({
    "part", "chapter", "schedule", "title", "group", "attachment", "division", "subsection",
})  # fmt: skip
MIN_WORDS = 6
"""Fewest words by which a provision is recognised under another number."""

_REPEATED = re.compile(r"-repeat-\d+")
_DOTS = re.compile(r"(?:\(?[0-9A-Za-z]{1,4}\)|[\s.*\u2026_\u2010-\u2015-])*+")


def is_law(version: Version) -> bool:
    """Whether a version is of a law of the United Kingdom or the European Union.

    >>> [is_law(Version(document=name, title="", sections=(), representation="html"))
    ...  for name in ("ukpga/2015/30", "celex:32011L0036", "url:https://www.example.org/", "celex:52016DC0267")]
    [True, True, False, False]
    """
    return names_law(version.document)


def names_law(document: str) -> bool:
    """Whether an id is that of a law of the United Kingdom or the European Union."""
    return document.partition("/")[0] in LEGISLATION_TYPES or _EU.match(document) is not None


def is_eu(version: Version) -> bool:
    """Whether a version is of a law of the European Union, where sections hold articles."""
    return _EU.match(version.document) is not None


@lru_cache(maxsize=16_384)
def rank(path: str, *, eu: bool = False) -> Rank:
    """Return what a section of a law is, by its path.

    >>> [rank(path) for path in ("section-12A", "schedule-2-part-1", "part-2-crossheading-grants", "introduction")]
    ['provision', 'division', 'crossheading', 'other']
    >>> rank("schedule-paragraph-3"), rank("chapter-iii-section-1", eu=True), rank("annex-i", eu=True)
    ('provision', 'division', 'provision')
    """
    steps = _steps(path)
    if "crossheading" in steps:
        return "crossheading"
    unit = _unit(steps)
    if unit in _UNITS and not (eu and unit == "section"):
        return "provision"
    return "division" if unit in _DIVISIONS or unit == "section" else "other"


def key(path: str) -> tuple[str, str, str]:
    """Return what a provision is known by: the schedule it is in, its unit and its number.

    >>> key("schedule-2-part-1-paragraph-4A"), key("schedule-paragraph-1"), key("section-12A")
    (('schedule-2', 'paragraph', '4A'), ('schedule', 'paragraph', '1'), ('', 'section', '12A'))
    """
    steps = _steps(path)
    unit = _unit(steps)
    number = "" if steps[-1] == unit else steps[-1]
    if steps[0] not in _ROOTS or steps[0] == unit:
        return "", unit, number
    is_numbered = len(steps) > 1 and steps[1] not in _UNITS | _DIVISIONS
    return "-".join(steps[: 1 + is_numbered]), unit, number


def _steps(path: str) -> list[str]:
    return _REPEATED.sub("", without_extent(path)[0]).split("-")


def _unit(steps: Sequence[str]) -> str:
    """Return the unit that the last steps of a path name, with a number or without; the empty text for no unit."""
    names = [step.lower() for step in steps[-2:]]
    return next((name for name in reversed(names) if name in _UNITS | _DIVISIONS), "")


def is_empty(text: str) -> bool:
    """Whether nothing is left of a text but dots and the numbers of its sub-provisions.

    >>> is_empty(". . . . ."), is_empty("(1) . . . . (2) . . . ."), is_empty("(a) fine"), is_empty("")
    (True, True, False, True)
    """
    return _DOTS.fullmatch(text) is not None


def match_sections(old: Sequence[Form], new: Sequence[Form], *, eu: bool) -> dict[int, int]:
    """Return which new section (its index) was which old one (its index), each with its own kind alone.

    Provisions, parts and crossheadings by path; then provisions by their number in their schedule, the others by
    heading; what is left of them, and all other sections, by wording. Provisions that only made room for another one,
    so that their very words stand under the next number, come first.
    """
    found = _renumbered(old, new, eu=eu)
    for kind in ("provision", "crossheading", "division", "other"):
        olds = [i for i, one in enumerate(old) if rank(one[0], eu=eu) == kind]
        news = [j for j, one in enumerate(new) if rank(one[0], eu=eu) == kind]
        if kind != "other":
            found |= _joined(olds, news, lambda i: old[i][0], lambda j: new[j][0], found)
            # A wording for another extent is known by its path alone.
            olds = [i for i in olds if not without_extent(old[i][0])[1]]
            news = [j for j in news if not without_extent(new[j][0])[1]]
        if kind == "provision":
            found |= _joined(olds, news, lambda i: key(old[i][0]), lambda j: key(new[j][0]), found)
        elif kind != "other":
            found |= _joined(olds, news, lambda i: old[i][2], lambda j: new[j][2], found)
        if kind == "crossheading":
            found |= _joined(olds, news, _follower(old), _follower(new), found)
        taken = set(found.values())
        left = [i for i in olds if i not in taken], [j for j in news if j not in found]
        if kind != "other":
            left = [i for i in left[0] if not is_empty(old[i][4])], [j for j in left[1] if not is_empty(new[j][4])]
        pairs = match([old[i] for i in left[0]], [new[j] for j in left[1]])
        found |= {left[1][j]: left[0][i] for j, i in pairs.items()}
    return found


def _renumbered(old: Sequence[Form], new: Sequence[Form], *, eu: bool) -> dict[int, int]:
    """Return the provisions whose words stand under another number, while other words stand under their own."""
    olds = [i for i, one in enumerate(old) if rank(one[0], eu=eu) == "provision" and _tells(one[4])]
    news = [j for j, one in enumerate(new) if rank(one[0], eu=eu) == "provision" and _tells(one[4])]
    pairs = _joined(olds, news, lambda i: old[i][2:], lambda j: new[j][2:], {})
    now, before = {one[0]: one[4] for one in new}, {one[0]: one[4] for one in old}
    return {
        j: i
        for j, i in pairs.items()
        if old[i][0] != new[j][0]
        and key(old[i][0])[:2] == key(new[j][0])[:2]
        and not without_extent(new[j][0])[1]
        and not is_empty(now.get(old[i][0], ""))
        and before.get(new[j][0], "") != new[j][4] != now.get(old[i][0])
    }


def _tells(text: str) -> bool:
    """Whether a text has enough words to say by itself which provision it is."""
    return text.count(" ") >= MIN_WORDS - 1


_Name = Callable[[int], object]


def _joined(
    olds: Sequence[int], news: Sequence[int], old_name: _Name, new_name: _Name, known: dict[int, int]
) -> dict[int, int]:
    """Return the pairs of sections, not matched yet, that share a name which no other of either version has."""
    taken = set(known.values())
    before = _once((i for i in olds if i not in taken), old_name)
    after = _once((j for j in news if j not in known), new_name)
    return {j: before[name] for name, j in after.items() if name in before}


def _once(places: Iterator[int], name: _Name) -> dict[object, int]:
    at: dict[object, list[int]] = {}
    for place in places:
        at.setdefault(name(place), []).append(place)
    return {known: found[0] for known, found in at.items() if known and len(found) == 1}


def _follower(forms: Sequence[Form]) -> _Name:
    """Return how to get the path of the section behind one: a crossheading is the one over its first provision."""
    return lambda place: forms[place + 1][0] if place + 1 < len(forms) else ""
