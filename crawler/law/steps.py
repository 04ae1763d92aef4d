"""Statements on the coming into force of provisions, and which of them are about a provision."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import NATIONS, without_extent

Source = Literal["annotation", "insertion", "effect", "order", "own provision", "text", "metadata", "default"]
"""What states a step: a note on commencement or on insertion, an effect, a commencement order that is held, the law
itself, a later text that no longer marks it prospective, the publisher's facts, or the law on Acts that say nothing."""
StepState = Literal[
    "in force", "wholly in force", "partly in force", "not in force", "to be appointed", "applies", "to be transposed"
]  # fmt: skip
"""An act of the EU applies, and is to be transposed, on days of their own: neither says when it is in force."""
ASIDE: tuple[StepState, ...] = ("applies", "to be transposed")
AT_THE_LATEST = "at the latest"
"""Qualification of a day before which something may have begun already."""

SOURCES: tuple[Source, ...] = (
    "annotation", "insertion", "effect", "order", "own provision", "text", "metadata", "default",
)  # fmt: skip
"""Most exact first: where the days of two sources differ, the first of them counts and both are shown."""

_REST = re.compile(
    r"(?:in so far as|insofar as|so far as|to the extent(?: that)?)(?: (?:it is|they are|it was|they were))?"
    r" not (?:already|previously|then|yet) (?:in force|in operation|commenced)|\botherwise\b"
    r"|(?:\bfor )?(?:the )?\bremaining (?:purposes|provisions)|(?:\bfor )?\ball (?:other|remaining) purposes"
    r"|\bwholly in force\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:at|immediately (?:after|before)|on (?:IP completion|exit) day|on the (?:day|date)|when|retrospective)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_PROVISIONS = re.compile(r",? (?=(?:ss?|Schs?|arts?|regs?|paras?|Pts?)\. ?\w)")
_PROVISION_FIRST = re.compile(r"(?:ss?|Schs?|arts?|regs?|rr?|paras?|Pts?)\. ?\w|(?:Article|Section|rule|Annex) \w")
_HOLDERS = ("part", "title", "chapter")
"""Units that hold the provisions of a body of law."""
_HELD = re.compile(r"-(?:part|chapter|crossheading)-[^-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One statement on the coming into force of a provision.

    ``path`` is that of the provision, ``first..last`` for a range, empty for the whole law; ``is_rest``: for all that
    no statement names. ``provision`` is what is printed. ``date`` is an ISO day, empty where
    none is stated; ``instrument`` a document id, ``authority`` what is printed of it and of its provision; ``note`` the
    id of the note or effect.
    """

    path: str
    state: StepState
    source: Source
    provision: str = ""
    date: str = ""
    qualification: str = ""
    places: tuple[str, ...] = ()
    instrument: str = ""
    authority: str = ""
    note: str = ""
    is_rest: bool = False

    @property
    def authority_provision(self) -> str:
        """Return the provision of its instrument, as printed; all that is printed where no instrument stands before it.

        >>> Step(path="", state="in force", source="annotation", authority="S.I. 2016/412, art. 2").authority_provision
        'art. 2'
        """
        cut = _PROVISIONS.search(self.authority)
        return self.authority[cut.end() :] if cut else self.authority

    @property
    def is_limited(self) -> bool:
        """Whether it states the day of a part only: some purposes, or some parts of the United Kingdom.

        >>> [Step(path="", state="in force", source="effect", qualification=words).is_limited for words in
        ...  ("in so far as not already in force", "otherwise, except for W.", "at 6.00 p.m.")]
        [False, True, False]
        """
        return bool(self.places) or is_limited(self.qualification)


def authority_instrument(authority: str) -> str:
    """Return what is printed of the instrument behind a step, empty where its provisions alone are.

    >>> [authority_instrument(words) for words in ("S.I. 2016/412, art. 2", "art. 2(b), Sch. 1", "Sample Act 1793")]
    ['S.I. 2016/412', '', 'Sample Act 1793']
    """
    return "" if _PROVISION_FIRST.match(authority) else _PROVISIONS.split(authority, maxsplit=1)[0]


def is_limited(qualification: str) -> bool:
    """Whether words around a day say that it is that of a part only.

    >>> is_limited("for specified purposes"), is_limited("for E."), is_limited("at 00:01"), is_limited("")
    (True, True, False, False)
    """
    said = _REST.sub("", qualification).strip(" (),;")
    return bool(said and not _TIME.fullmatch(said))


def bare_path(path: str) -> str:
    """Return a path as it is cited: without extent, and without what holds a paragraph inside its schedule.

    >>> bare_path("schedule-1-part-I-chapter-2-paragraph-3"), bare_path("schedule-2-part-1"), bare_path("section-4")
    ('schedule-1-paragraph-3', 'schedule-2-part-1', 'section-4')
    """
    path, _ = without_extent(path)
    return _HELD.sub("", path) if "-paragraph-" in path else path


def parts_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the part, title or chapter that each provision of the body is in; ``paths`` are those of a text, in order.

    >>> parts_of(["part-1", "section-1", "part-1-chapter-2", "section-2", "schedule-1"])
    {'section-1': 'part-1', 'section-2': 'part-1-chapter-2'}
    >>> parts_of(["chapter-iii", "chapter-iii-section-4", "article-28", "annex-i", "article-1"])
    {'article-28': 'chapter-iii-section-4'}
    """
    part, found = "", dict[str, str]()
    for path in paths:
        unit = path.partition("-")[0]
        if unit in _HOLDERS:
            part = path
        elif unit in ("section", "article", "regulation", "rule") and part:
            found[path] = part
        elif unit != "crossheading":
            part = ""
    return found


def step_of(row: Mapping[str, Any]) -> Step:
    """Return the step of a row of the table of commencements."""
    names = (
        "path", "provision", "state", "date", "qualification", "instrument", "authority", "source", "note",
    )  # fmt: skip
    return Step(
        **{name: row[name] for name in names}, places=tuple(json.loads(row["places"])), is_rest=bool(row["is_rest"])
    )


class Steps:
    """The steps of a law, found by provision."""

    def __init__(self, steps: Sequence[Step], parts: Mapping[str, str] | None = None, extent: str = "") -> None:
        """``parts`` is the path of the part, title or chapter that holds a section or an article, by its path.

        ``extent`` says where the law extends to, as ``E+W+S``; where it is not stated, to the whole United Kingdom.
        """
        codes = [code.strip() for code in extent.split("+")]
        known = all(code in NATIONS for code in codes)
        self.reach = frozenset(NATIONS[code] for code in (codes if known else NATIONS))
        self._parts = parts or {}
        self._wide = [
            step for step in steps if step.path in ("", "schedule") or ".." in step.path or _is_holder(step.path)
        ]
        self._near: dict[str, list[Step]] = {}
        for step in steps:
            if step not in self._wide:
                self._near.setdefault(_root(step.path), []).append(step)

    def about(self, path: str) -> Iterator[tuple[Step, str]]:
        """Yield the steps that say something of a provision, each with how its provision stands to it.

        ``same``, ``inside`` (it holds this one), ``around`` (a part of this one), or ``rest`` (the whole law).
        """
        for step in self._near.get(_root(path), ()):
            if how := relation(step.path, bare_path(path)) or relation(step.path, path):
                yield step, how
        for step in self._wide:
            if not step.path:
                yield step, "rest"
            elif _is_holder(step.path):
                if relation(step.path, self._parts.get(path, "")) in ("same", "inside"):
                    yield step, "inside"
            elif how := relation(step.path, bare_path(path)):
                yield step, how


def _is_holder(path: str) -> bool:
    return path.partition("-")[0] in _HOLDERS


def _root(path: str) -> str:
    return "-".join(path.split("-")[:2])
