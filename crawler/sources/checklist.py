"""checklist.yaml, the partnership checklist, into a Checklist: what to ask, why, and the duty behind it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from crawler.errors import IdentifierError, SourcesError
from crawler.identifiers import celex, legislation_id
from crawler.sources import validators
from crawler.sources.areas import areas
from crawler.sources.diagnostics import Problems, hint, read_ours
from crawler.sources.fields import Address, Day, Jurisdiction, Slug, among, through
from crawler.sources.rules import Raw, entries, mapping
from crawler.sources.vocabulary import AIMED_AT
from crawler.sources.yaml_positions import Place, read_text

FILE = Path(__file__).parent / "checklist.yaml"

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland", "European Union")
"""Places for which the questions can be chosen."""

BASES: Mapping[str, tuple[str, ...]] = {
    "must": ("duty", "right"),
    "should": ("statutory guidance", "good practice"),
    "may": ("power", "good practice"),
}
"""How binding something is, and what makes it so."""
_ALL_BASES = {basis for bases in BASES.values() for basis in bases}

_EVERYWHERE = "Council of Europe"
"""Its convention on trafficking binds the United Kingdom and every member state of the European Union."""

MAX_SHORT = 20
"""Most questions of the short form."""

_PATH = re.compile(
    r"(?:section|article|regulation|rule|schedule|annex|recital|paragraph)-[0-9]{1,4}[A-Za-z]{0,3}"
    r"(?:-(?:paragraph-)?[0-9A-Za-z]{1,5}){0,5}"
)
_IN_CHAPTER = re.compile(r"(?:chapter-[0-9]{1,3}|annex-[a-z0-9]{1,3})(?:-[a-z0-9]+){0,30}")
_LIBRARY = re.compile(
    r"(?P<part>law|guidance|reports|training|governance|resources)\?(?P<field>[a-z]+)=(?P<value>[a-z_-]+)"
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

    ``path`` is that of a provision, or of a chapter of guidance, empty for the whole; ``cited`` is None for good
    practice that only we suggest; ``holds`` are the jurisdictions where it applies.
    """

    words: str
    strength: str
    basis: str
    cited: Cited | None
    path: str
    holds: tuple[str, ...]

    def holds_in(self, nation: str) -> bool:
        """Return whether it applies in one of the places of ``NATIONS``."""
        return _EVERYWHERE in self.holds or any(nation in areas(place) for place in self.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library with one value chosen of one of its fields."""

    part: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for a partnership: its id never changes, and is never used again; ``short``: of the short form."""

    id: str
    words: str
    why: str
    concerns: tuple[str, ...]
    duties: tuple[Duty, ...]
    resources: tuple[Cited, ...]
    libraries: tuple[Library, ...]
    short: bool


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
        """Return all questions, in order."""
        return tuple(question for theme in self.themes for question in theme.questions)

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return the provisions and chapters that are cited: document and path, each once, in order."""
        cited = ((duty.cited, duty.path) for question in self.questions for duty in question.duties)
        return tuple(dict.fromkeys((document.id, path) for document, path in cited if document and path))


def _path(value: object) -> str:
    """Return the path of a provision or chapter: ``section-52``, ``schedule-1-paragraph-18``, ``chapter-7-appeals``."""
    if not isinstance(value, str) or not (_PATH.fullmatch(value) or _IN_CHAPTER.fullmatch(value)):
        raise ValueError(f"{value!r} is no path of a provision; expected one such as section-52 or article-11-4")
    return value


def _cited(value: object) -> str:
    """Return the id of a document, or an official address of https://."""
    if isinstance(value, str) and value.startswith("https://"):
        return validators.address(value)
    for read in (legislation_id, celex):
        with suppress(IdentifierError):
            if isinstance(value, str) and read(value) == value:
                return value
    raise ValueError(f"{value!r}; expected an id such as ukpga/2015/30 or celex:32011L0036, or an address of https://")


def _library(value: object) -> str:
    """Return the address of a library with one value chosen: ``governance?form=protocol``."""
    found = _LIBRARY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} is no library with a value chosen; expected one such as governance?form=protocol")
    return found.string


Words = Annotated[str, Field(min_length=10, max_length=600)]
Title = Annotated[str, Field(min_length=3, max_length=200)]


@dataclass(frozen=True, kw_only=True)
class _Document:
    """One entry of the block ``documents``."""

    title: Title
    url: Address


@dataclass(frozen=True, kw_only=True)
class _Duty:
    """One entry of ``duties``."""

    words: Words
    strength: Literal["must", "should", "may"]
    basis: Literal["duty", "right", "power", "statutory guidance", "good practice"]
    document: str = ""
    path: Annotated[str, through(_path)] = ""
    holds: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Question:
    """One entry of ``questions``."""

    id: Slug
    question: Words
    why: Words
    concerns: Annotated[tuple[Annotated[str, among(AIMED_AT, "reader")], ...], Field(min_length=1)]
    duties: Annotated[tuple[_Duty, ...], Field(min_length=1)]
    libraries: Annotated[tuple[Annotated[str, through(_library)], ...], Field(min_length=1)]
    resources: tuple[str, ...] = ()
    short: bool = False


@dataclass(frozen=True, kw_only=True)
class _Theme:
    """One entry of ``sections``."""

    id: Slug
    title: Title
    questions: Annotated[tuple[_Question, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _File:
    """The whole of checklist.yaml."""

    version: Annotated[str, Field(min_length=1, max_length=20)]
    reviewed: Day
    documents: Mapping[Annotated[str, through(_cited)], _Document]
    sections: Annotated[tuple[_Theme, ...], Field(min_length=1)]


@cache
def load_checklist(path: Path = FILE) -> Checklist:
    """Return the checklist that a file holds: ours, unless another one is named.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_checklist(read_text(path), path.name)


def loads_checklist(text: str, name: str) -> Checklist:
    """Return the checklist that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    file, raw, problems = read_ours(_File, text, name)
    _check(raw, problems)
    if file is None or problems.lines:
        raise SourcesError(problems.lines)
    cited = {id: Cited(id=id, title=each.title, url=each.url) for id, each in file.documents.items()}
    themes = tuple(
        Theme(id=each.id, title=each.title, questions=tuple(_question(one, cited) for one in each.questions))
        for each in file.sections
    )
    return Checklist(version=file.version, reviewed=file.reviewed, themes=themes, cited=tuple(cited.values()))


def _check(raw: Raw, problems: Problems) -> None:
    """Record ids that are used twice, documents that are not there or never cited, and duties that stand nowhere."""
    documents, used, taken = mapping(raw, "documents"), set[str](), set[str]()
    for place, entry in _parts(raw):
        if (id := _text(entry, "id")) in taken:
            problems.add((*place, "id"), f"{id!r} stands twice; expected one of its own")
        taken |= {id} - {""}
        resources = entry.get("resources")
        named: dict[Place, str] = {("document",): _text(entry, "document")}
        named |= {
            ("resources", at): str(each) for at, each in enumerate(resources if isinstance(resources, list) else ())
        }
        for at, id in named.items():
            used.add(id)
            if id and id not in documents:
                cause = f"{id!r}; expected an entry of the block documents{hint(id, documents)}"
                problems.add((*place, *at), cause)
        if "strength" in entry:
            _check_duty(entry, place, problems)
    short = [place for place, entry in _parts(raw) if entry.get("short") is True]
    for place in short[MAX_SHORT:]:
        problems.add((*place, "short"), f"the short form has {MAX_SHORT} questions already")
    for id in documents.keys() - used:
        problems.add(("documents", id), "never cited; expected a question that does")


def _parts(raw: Raw) -> Iterator[tuple[Place, Raw]]:
    """Yield every theme, question and duty as it stands in the file, each with its place."""
    for theme_at, theme in entries(raw, "sections"):
        yield theme_at, theme
        for question_at, question in entries(theme, "questions"):
            yield (*theme_at, *question_at), question
            for duty_at, duty in entries(question, "duties"):
                yield (*theme_at, *question_at, *duty_at), duty


def _check_duty(duty: Raw, place: Place, problems: Problems) -> None:
    strength, basis, document, path = (_text(duty, key) for key in ("strength", "basis", "document", "path"))
    if basis in _ALL_BASES and basis not in BASES.get(strength, (basis,)):
        problems.add((*place, "basis"), f"{basis!r} with {strength!r}; expected {' or '.join(BASES[strength])}")
    if not document and basis in _ALL_BASES - {"good practice"}:
        problems.add((*place, "document"), f"missing; {basis} stands somewhere")
    elif not document and duty.get("path"):
        problems.add((*place, "path"), "a provision of no document")
    elif _IN_CHAPTER.fullmatch(path) and not (_PATH.fullmatch(path) or document.startswith("https://")):
        problems.add((*place, "path"), f"{path!r} of a law; expected a provision: chapters are cited of guidance")


def _text(entry: Raw, key: str) -> str:
    return value if isinstance(value := entry.get(key), str) else ""


def _question(read: _Question, cited: Mapping[str, Cited]) -> Question:
    return Question(
        id=read.id,
        words=read.question,
        why=read.why,
        concerns=read.concerns,
        duties=tuple(
            Duty(
                words=duty.words,
                strength=duty.strength,
                basis=duty.basis,
                cited=cited.get(duty.document),
                path=duty.path,
                holds=duty.holds,
            )
            for duty in read.duties
        ),
        resources=tuple(cited[each] for each in read.resources),
        libraries=tuple(Library(**found.groupdict()) for each in read.libraries if (found := _LIBRARY.match(each))),
        short=read.short,
    )
