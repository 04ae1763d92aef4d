"""checklist.yaml, the partnership checklist, into a Checklist: what to ask, why, and the duty behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field

from crawler.errors import IdentifierError, SourcesError
from crawler.identifiers import celex, legislation_id
from crawler.sources import citations, validators
from crawler.sources.areas import areas
from crawler.sources.diagnostics import Problems, Strict, check, meant
from crawler.sources.fields import Address, Slug
from crawler.sources.rules import Raw, mapping
from crawler.sources.vocabulary import AIMED_AT
from crawler.sources.yaml_positions import Place, compose, read_text

FILE = Path(__file__).parent / "checklist.yaml"

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland", "European Union")
"""Places for which the questions can be chosen."""

BASES: Mapping[str, tuple[str, ...]] = {
    "must": ("duty", "right"),
    "should": ("statutory guidance", "good practice"),
    "may": ("power", "good practice"),
}
"""How binding something is, and what makes it so."""

_EVERYWHERE = "Council of Europe"
"""Its convention on trafficking binds the United Kingdom and every member state of the European Union."""

_PATH = re.compile(
    r"(?:section|article|regulation|rule|schedule|annex|recital|paragraph)-[0-9]{1,4}[A-Za-z]{0,3}"
    r"(?:-(?:paragraph-)?[0-9A-Za-z]{1,5}){0,5}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that the checklist cites: an id as in the database or an official address, with title and address."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What lies behind a question: what it asks of whom, how binding it is, and where that stands.

    ``path`` is that of a provision, empty for the whole; ``cited`` is None for good practice that only we suggest;
    ``holds`` are the jurisdictions where it applies.
    """

    words: str
    strength: str
    basis: str
    cited: Cited | None
    path: str
    holds: tuple[str, ...]

    def holds_in(self, nation: str) -> bool:
        """Tell whether it applies in one of the places of ``NATIONS``."""
        return _EVERYWHERE in self.holds or any(nation in areas(place) for place in self.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for a partnership: its id never changes, and is never used again."""

    id: str
    words: str
    why: str
    concerns: tuple[str, ...]
    duties: tuple[Duty, ...]
    resources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Questions on one subject."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The whole: its version, the day on which a person last went through it, and its themes."""

    version: str
    reviewed: str
    themes: tuple[Theme, ...]
    cited: tuple[Cited, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions, in order."""
        return tuple(question for theme in self.themes for question in theme.questions)


def _path(value: object) -> str:
    """Give the path of a provision: ``section-52``, ``schedule-1-paragraph-18``."""
    if not isinstance(value, str) or not _PATH.fullmatch(value):
        raise ValueError(f"{value!r} is no path of a provision; expected one such as section-52 or article-11-4")
    return value


def _cited(value: object) -> str:
    """Give the id of a document, or an official address of https://."""
    if isinstance(value, str) and value.startswith("https://"):
        return validators.address(value)
    for read in (legislation_id, celex):
        with suppress(IdentifierError):
            if isinstance(value, str) and read(value) == value:
                return value
    raise ValueError(f"{value!r}; expected an id such as ukpga/2015/30 or celex:32011L0036, or an address of https://")


Words = Annotated[str, Field(min_length=10, max_length=600)]
Title = Annotated[str, Field(min_length=3, max_length=200)]
Role = Annotated[str, BeforeValidator(validators.word_of(tuple(AIMED_AT), "reader"))]
Jurisdiction = Annotated[str, BeforeValidator(validators.jurisdiction)]
Entries = Annotated[list[object], Field(min_length=1)]
_Model = TypeVar("_Model", bound=Strict)


class CitedShape(Strict):
    """One entry of the block ``documents``."""

    title: Title
    url: Address


class DutyShape(Strict):
    """One entry of ``duties``."""

    words: Words
    strength: Literal["must", "should", "may"]
    basis: Literal["duty", "right", "power", "statutory guidance", "good practice"]
    document: str | None = None
    path: Annotated[str, BeforeValidator(_path)] | None = None
    holds: Annotated[list[Jurisdiction], Field(min_length=1)]


class QuestionShape(Strict):
    """One entry of ``questions``; its duties are read one by one."""

    id: Slug
    question: Words
    why: Words
    concerns: Annotated[list[Role], Field(min_length=1)]
    duties: Entries
    resources: list[str] = Field(default_factory=list)


class ThemeShape(Strict):
    """One entry of ``sections``; its questions are read one by one."""

    id: Slug
    title: Title
    questions: Entries


class ChecklistShape(Strict):
    """The whole of checklist.yaml; its documents and sections are read one by one."""

    version: Annotated[str, Field(min_length=1, max_length=20)]
    reviewed: Annotated[str, BeforeValidator(citations.day)]
    documents: dict[Annotated[str, BeforeValidator(_cited)], object]
    sections: Entries


@cache
def load_checklist(path: Path = FILE) -> Checklist:
    """Give the checklist that a file holds: ours, unless another one is named.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_checklist(read_text(path), path.name)


def loads_checklist(text: str, name: str) -> Checklist:
    """Give the checklist that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name, ours=True)
    problems = Problems(located)
    file = mapping(located.value)
    whole = check(ChecklistShape, {} if located.value is None else located.value, (), problems)
    reading = _Reading(documents=mapping(file, "documents"), problems=problems)
    themes = tuple(reading.themes(file.get("sections")))
    for id in reading.cited.keys() - reading.used:
        problems.add(("documents", id), "never cited; expected a question that does")
    if whole is None or problems.lines:
        raise SourcesError(problems.lines)
    return Checklist(version=whole.version, reviewed=whole.reviewed, themes=themes, cited=tuple(reading.cited.values()))


class _Reading:
    """One file while it is read: which ids are taken, and which documents are cited.

    What stands inside a part that does not pass is read all the same, so that all mistakes are told.
    """

    def __init__(self, documents: Raw, problems: Problems) -> None:
        self.documents, self.problems = documents, problems
        self.used: set[str] = set()
        self._taken: set[str] = set()
        self.cited: dict[str, Cited] = {}
        for id, raw in documents.items():
            shape = check(CitedShape, raw, ("documents", id), problems)
            if shape is not None:
                self.cited[id] = Cited(id=id, title=shape.title, url=shape.url)

    def themes(self, value: object) -> Iterator[Theme]:
        """Give the themes that pass."""
        for place, raw, shape in self._each(ThemeShape, value, ("sections",)):
            questions = tuple(self._questions(raw.get("questions"), (*place, "questions")))
            if shape is not None:
                yield Theme(id=shape.id, title=shape.title, questions=questions)

    def _questions(self, value: object, place: Place) -> Iterator[Question]:
        for here, raw, shape in self._each(QuestionShape, value, place):
            duties = tuple(self._duties(raw.get("duties"), (*here, "duties")))
            if shape is None:
                continue
            for number, id in enumerate(shape.resources):
                self._check_cited(id, (*here, "resources", number))
            yield Question(
                id=shape.id,
                words=shape.question,
                why=shape.why,
                concerns=tuple(shape.concerns),
                duties=duties,
                resources=tuple(self.cited[each] for each in shape.resources if each in self.cited),
            )

    def _duties(self, value: object, place: Place) -> Iterator[Duty]:
        for here, raw, shape in self._each(DutyShape, value, place):
            if isinstance(document := raw.get("document"), str):
                self._check_cited(document, (*here, "document"))
            if shape is not None:
                self._check_duty(shape, here)
                yield _duty(shape, self.cited)

    def _each(self, model: type[_Model], value: object, place: Place) -> Iterator[tuple[Place, Raw, _Model | None]]:
        """Give the entries of a list: place, what stands there, and the shape of those that pass."""
        for number, raw in enumerate(value if isinstance(value, list) else ()):
            here = (*place, number)
            id = mapping(raw).get("id")
            if isinstance(id, str) and id in self._taken:
                self.problems.add((*here, "id"), f"{id!r} stands twice; expected one of its own")
            self._taken |= {id} if isinstance(id, str) else set()
            yield here, mapping(raw), check(model, raw, here, self.problems)

    def _check_duty(self, shape: DutyShape, place: Place) -> None:
        if shape.basis not in BASES[shape.strength]:
            expected = " or ".join(BASES[shape.strength])
            self.problems.add((*place, "basis"), f"{shape.basis!r} with {shape.strength!r}; expected {expected}")
        if not shape.document and shape.basis != "good practice":
            self.problems.add((*place, "document"), f"missing; {shape.basis} stands somewhere")
        elif not shape.document and shape.path:
            self.problems.add((*place, "path"), "a provision of no document")

    def _check_cited(self, id: str, place: Place) -> None:
        self.used.add(id)
        if id not in self.documents:
            cause = f"{id!r}; expected an entry of the block documents{meant(id, self.documents)}"
            self.problems.add(place, cause)


def _duty(shape: DutyShape, cited: Mapping[str, Cited]) -> Duty:
    return Duty(
        words=shape.words,
        strength=shape.strength,
        basis=shape.basis,
        cited=cited.get(shape.document or ""),
        path=shape.path or "",
        holds=tuple(shape.holds),
    )
