"""Marks of consolidations: from which act the text behind a sign is, and what that act did there.

A page sets a sign where the text of another act begins: one between blocks (▼M3) holds up to the next such sign,
across articles and headings, one inside a line (►M3 … ◄) up to its end. What the signs mean is said by the link that
each is, else by the list at the head of the page. The number of an act there changes with every act that is taken in
before it, so that only its CELEX number names it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate

from crawler.errors import IdentifierError
from crawler.identifiers import celex
from crawler.model import Annotation, Place
from crawler.protocols.cellar.act_text import Modification

MAX_OPEN_MARKS = 8
"""Most marks inside one another; a page that opens more has forgotten to close them."""
MAX_GAP_ARTICLES = 100
"""Most articles that a gap in the numbers of articles may stand for."""
DELETED = "deleted"
DASHES = "\u2014" * 5
"""What stands in the place of an article of which only the number is left."""

_UNITS = {"AR": "article", "AX": "annex", "PR": "part", "CH": "chapter", "SE": "section", "TI": "title"}
_LABELS = frozenset({"PT", "PA"})
_TENS, _ONES = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ANNEXES = [f"annex-{ten}{number}" for ten in _TENS for number in _ONES if ten or number]
_NUMBER = re.compile(r"(\d{1,4})([a-z]*)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mark:
    """One sign on a page; two signs of the same act are two marks.

    ``act`` is a CELEX number, empty where nothing states it; ``action`` the publisher's word in small letters, empty
    where there is none; ``basic`` marks the text of the basic act itself, ``dashes`` the place of what was deleted.
    """

    act: str
    action: str = ""
    inline: bool = False
    basic: bool = False
    dashes: bool = False


@dataclass(slots=True, eq=False)
class Marking:
    """Which marks hold where a page is being read.

    ``acts`` are CELEX numbers by the signs of the list at its head (M3); ``noted`` are the marks that hold where a
    footnote is called.
    """

    acts: Mapping[str, str] = field(default_factory=dict)
    active: tuple[Mark, ...] = ()
    noted: dict[str, tuple[Mark, ...]] = field(default_factory=dict)

    def turn(self, mark: Mark) -> None:
        """Open a mark from here on; one inside a line that was not closed ends here."""
        self.active = (mark,)

    def open(self, mark: Mark) -> None:
        """Apply a mark up to its end inside the line."""
        self.active = (*self.active[-MAX_OPEN_MARKS:], mark)

    def close(self) -> None:
        """End the mark inside a line that was opened last."""
        places = [place for place, mark in enumerate(self.active) if mark.inline]
        if places:
            self.active = (*self.active[: places[-1]], *self.active[places[-1] + 1 :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Dashes in the place of what was deleted: by which mark, behind how many sections, at which path.

    ``length`` is that of the section which was open then: one that grows afterwards goes on behind the dashes.
    ``certain`` tells that the dashes stand inside that section.
    """

    mark: Mark
    sections: int
    path: str
    length: int
    certain: bool


@dataclass(slots=True, eq=False)
class Touches:
    """Which provisions marks touch: the outermost ones that lie behind each, in the order of the text.

    ``sections`` are the marks between blocks that touch each section: with several, none is of the whole.
    """

    found: dict[Mark, dict[str, Place]] = field(default_factory=dict)
    sections: dict[str, set[Mark]] = field(default_factory=dict)

    def add(self, mark: Mark, paths: Sequence[str], place: Place) -> None:
        """Record that a mark touches a provision; ``paths`` are its own and those of what holds it, outermost first."""
        known = self.found.setdefault(mark, {})
        if not mark.inline:
            self.sections.setdefault(paths[0], set()).add(mark)
        if not any(path in known for path in paths):
            known[paths[-1]] = place

    def modifications(self) -> Iterator[Modification]:
        """Yield what the marks say, without those of the basic act."""
        for mark, paths in self.found.items():
            if not mark.basic:
                for path, place in paths.items():
                    where = "text" if len(self.sections.get(path, ())) > 1 else place
                    yield Modification(path=path, act=mark.act, action=mark.action, place="", where=where)


def settle(gaps: Iterable[Gap], sections: Sequence[tuple[str, int]], touches: Touches) -> None:
    """Say of which provisions deletions are: of those whose numbers lack, else of the section they stand in.

    ``sections`` are the paths and lengths of all in their order, the title first.
    """
    between: dict[int, dict[Mark, str]] = {}
    for gap in gaps:
        path, length = sections[gap.sections]
        if gap.certain or length > gap.length:
            touches.add(gap.mark, [gap.path or path], "text")
        else:
            between.setdefault(gap.sections, {})[gap.mark] = gap.path
    around = {unit: _around(unit, [path for path, _ in sections]) for unit in ("article-", "annex-") if between}
    for place, marks in between.items():
        before, behind = around["annex-" if sections[place][0].startswith("annex-") else "article-"]
        for mark, path in _assigned(list(marks), missing(before[place], behind[place + 1])):
            touches.add(mark, [path or marks[mark]], "text")


def _around(unit: str, paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return for each section the last article or annex up to it, and the first from it on."""
    named = [path if unit in path and (unit != "annex-" or path.count("-") == 1) else "" for path in paths]
    return list(accumulate(named, _latest)), [*reversed(list(accumulate(reversed(named), _latest))), ""]


def _latest(known: str, path: str) -> str:
    return path or known


def missing(last: str, after: str) -> tuple[str, ...]:
    """Return the paths of articles or annexes that lack between the last one before a place and the first behind it.

    >>> missing("article-16", "article-19a"), missing("article-7", "article-8"), missing("", "article-1")
    (('article-17', 'article-18', 'article-19'), (), ())
    >>> missing("annex-iii", "annex-vi"), missing("annex-iii", "annex-iv")
    (('annex-iv', 'annex-v'), ())
    """
    if last in _ANNEXES and after in _ANNEXES:
        return tuple(_ANNEXES[_ANNEXES.index(last) + 1 : _ANNEXES.index(after)])
    scope, _, number = last.rpartition("article-")
    there, _, following = after.rpartition("article-")
    one, two = _NUMBER.fullmatch(number), _NUMBER.fullmatch(following)
    if one is None or two is None or scope != there:
        return ()
    stop = int(two[1]) + bool(two[2])
    if not 0 < stop - int(one[1]) <= MAX_GAP_ARTICLES:
        return ()
    return tuple(f"{scope}article-{number}" for number in range(int(one[1]) + 1, stop))


def _assigned(marks: Sequence[Mark], paths: Sequence[str]) -> Iterator[tuple[Mark, str]]:
    """Yield marks of deletions with the provisions that lack there; with an empty path where that is not certain."""
    if len(marks) == 1 and paths:
        yield from ((marks[0], path) for path in paths)
    elif len(marks) == len(paths):
        yield from zip(marks, paths, strict=True)
    else:
        acts = {mark.act for mark in marks}
        yield from ((mark, path) for mark in marks[:1] for path in paths if len(acts) == 1)
        yield from ((mark, "") for mark in marks if len(acts) > 1 or not paths)


def as_annotations(modifications: Iterable[Modification]) -> tuple[Annotation, ...]:
    """Return what a consolidation says of its changes as annotations, in their order."""
    return tuple(dict.fromkeys(map(_annotation, modifications)))


def _annotation(change: Modification) -> Annotation:
    citations: tuple[tuple[str, str], ...] = ()
    with suppress(IdentifierError):
        act = celex(change.act)
        citations = tuple(dict.fromkeys((act, path) for path in provisions(change.place) or ("",)))
    return Annotation(
        id=f"{change.act} {change.place}".strip(),
        kind="mark",
        path=change.path,
        place=change.where,
        text=change.action,
        citations=citations,
    )


def provisions(place: str) -> tuple[str, ...]:
    """Return the paths of the provisions of an amending act that Formex names as the place of an instruction.

    >>> provisions("AR:1;PT:2;PT:a"), provisions("AR:44 .AND. AX:II;PR:B"), provisions("CR:2;NT:0")
    (('article-1-2-a',), ('article-44', 'annex-ii-part-b'), ())
    """
    found = (_provision(each) for each in place.split(".AND."))
    return tuple(path for path in found if path)


def _provision(place: str) -> str:
    steps: list[str] = []
    for step in place.strip().split(";"):
        code, _, label = step.partition(":")
        label = re.sub(r"[^0-9a-z]+", "-", label.lower()).strip("-")
        if not label or (code not in _UNITS and (code not in _LABELS or not steps)):
            break
        is_point = code in _LABELS and len(steps) == 1 and steps[0].startswith("annex")
        steps.append(f"{_UNITS[code]}-{label}" if code in _UNITS else f"point-{label}" if is_point else label)
    return "-".join(steps)
