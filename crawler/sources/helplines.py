"""helplines.yaml, whom people in danger can call, into Helplines: each number with who says it, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from crawler.errors import SourcesError
from crawler.sources import citations
from crawler.sources.diagnostics import Problems, Strict, check
from crawler.sources.fields import Address, Slug
from crawler.sources.rules import mapping
from crawler.sources.yaml_positions import Place, compose, read_text

FILE = Path(__file__).parent / "helplines.yaml"

MAX_AGE = timedelta(days=90)
"""After this long a number is to be checked again."""

FACTS = ("number", "place", "who", "hours", "free", "languages", "words")
"""What a source can say of a row."""

REGIONS = ("uk", "eu")
"""Where helplines are, in the order in which they are shown."""

_PLACE_IS_OURS = {"place"}
"""How far a line reaches is told in our own words, and may be what its name or its source says anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A page that says some of ``FACTS``, and the day on which it said so (ISO 8601), empty where it has no date."""

    url: str
    says: tuple[str, ...]
    on: str

    @property
    def host(self) -> str:
        """Return the site that the page is on, as people name it."""
        return urlsplit(self.url).netloc.removeprefix("www.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """A number to call; ``hours`` is empty and ``languages`` has nothing where no page says so;
    by their code (ISO 639-1) it has the name that each gives itself.

    ``source`` is the page that said the number last.
    """

    id: str
    number: str
    name: str
    place: str
    region: str
    who: str
    hours: str
    is_free: bool
    languages: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    source: Evidence

    @property
    def checked(self) -> str:
        """Return the day on which the number was last said, empty where it is unknown."""
        return self.source.on

    @property
    def tel(self) -> str:
        """Return the number as it stands behind ``tel:``."""
        return re.sub("[^+0-9]", "", self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A sentence of advice in our words, with the pages that it is from."""

    id: str
    words: str
    evidence: tuple[Evidence, ...]
    source: Evidence

    @property
    def checked(self) -> str:
        """Return the day on which it was last said, empty where it is unknown."""
        return self.source.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """An official text for everybody, and its languages: by their code the name that each gives itself."""

    title: str
    publisher: str
    url: str
    languages: Mapping[str, str]
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Helplines:
    """The whole file; ``reviewed`` is the day on which a person last went through it (ISO 8601)."""

    reviewed: str
    emergency: tuple[Helpline, ...]
    advice: tuple[Advice, ...]
    helplines: tuple[Helpline, ...]
    leaflets: tuple[Leaflet, ...]

    @property
    def regions(self) -> Mapping[str, tuple[Helpline, ...]]:
        """Return the helplines by region, in the order of the file."""
        return {region: tuple(row for row in self.helplines if row.region == region) for region in REGIONS}

    def unchecked(self, day: date) -> tuple[str, ...]:
        """Return what was last checked too long before a day, or never: numbers and ids of advice, in order.

        Before the day of the review the file did not exist: of such a day there is nothing to say.
        """
        if day < date.fromisoformat(self.reviewed):
            return ()
        dated = [(row.number, row.checked) for row in (*self.emergency, *self.helplines)]
        dated += [(row.id, row.checked) for row in self.advice]
        return tuple(name for name, checked in dated if not checked or day - date.fromisoformat(checked) > MAX_AGE)


def _number(value: object) -> str:
    """Return a telephone number in groups of digits, as people read it."""
    if not isinstance(value, str) or not re.fullmatch(r"\+?[0-9]{2,6}(?: [0-9]{1,4}){0,5}", value):
        raise ValueError(
            f"{value!r} is no telephone number; expected groups of digits in quotes, such as '0800 123 456'"
        )
    return value


Day = Annotated[str, BeforeValidator(citations.day)]
Text = Annotated[str, Field(min_length=2, max_length=300)]
Code = Annotated[str, Field(pattern="^[a-z]{2}$")]
Entries = Annotated[list[object], Field(min_length=1)]
_Model = TypeVar("_Model", bound=Strict)


class EvidenceShape(Strict):
    """One entry of ``sources``."""

    url: Address
    says: Annotated[list[Literal["number", "place", "who", "hours", "free", "languages", "words"]], Field(min_length=1)]
    on: Day | None = None


class LineShape(Strict):
    """One entry of ``emergency``, and what one of ``helplines`` has too."""

    id: Slug
    number: Annotated[str, BeforeValidator(_number)]
    place: Text
    who: Text
    hours: Text | None = None
    free: bool = False
    languages: dict[Code, Text] = Field(default_factory=dict)
    sources: Annotated[list[EvidenceShape], Field(min_length=1)]


class HelplineShape(LineShape):
    """One entry of ``helplines``."""

    name: Text
    region: Literal["uk", "eu"]


class AdviceShape(Strict):
    """One entry of ``advice``."""

    id: Slug
    words: Text
    sources: Annotated[list[EvidenceShape], Field(min_length=1)]


class LeafletShape(Strict):
    """One entry of ``leaflets``."""

    title: Text
    publisher: Text
    url: Address
    languages: Annotated[dict[Code, Text], Field(min_length=1)]
    on: Day


class HelplinesShape(Strict):
    """The whole of helplines.yaml; its rows are read one by one."""

    reviewed: Day
    emergency: Entries
    advice: list[object] = Field(default_factory=list)
    helplines: Entries
    leaflets: list[object] = Field(default_factory=list)


@cache
def load_helplines(path: Path = FILE) -> Helplines:
    """Return the helplines that a file holds: ours, unless another one is named.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_helplines(read_text(path), path.name)


def loads_helplines(text: str, name: str) -> Helplines:
    """Return the helplines that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name, ours=True)
    problems = Problems(located)
    file = mapping(located.value)
    whole = check(HelplinesShape, {} if located.value is None else located.value, (), problems)
    emergency = tuple(_helpline(shape) for shape in _rows(LineShape, file, "emergency", problems))
    advice = tuple(_advice(shape) for shape in _rows(AdviceShape, file, "advice", problems))
    helplines = tuple(_helpline(shape) for shape in _rows(HelplineShape, file, "helplines", problems))
    leaflets = tuple(_leaflet(shape) for shape in _rows(LeafletShape, file, "leaflets", problems))
    if whole is None or problems.lines:
        raise SourcesError(problems.lines)
    return Helplines(
        reviewed=whole.reviewed, emergency=emergency, advice=advice, helplines=helplines, leaflets=leaflets
    )


def _rows(model: type[_Model], file: Mapping[str, object], key: str, problems: Problems) -> Iterator[_Model]:
    """Yield the rows of a block that pass; what a row says without a source is noted."""
    rows = file.get(key)
    ids: set[str] = set()
    for number, raw in enumerate(rows if isinstance(rows, list) else ()):
        place = (key, number)
        shape = check(model, raw, place, problems)
        if shape is None:
            continue
        if isinstance(shape, LineShape | AdviceShape):
            _check_evidence(shape, place, problems)
            if shape.id in ids:
                problems.add((*place, "id"), f"{shape.id!r} is used twice; expected one of its own")
            ids.add(shape.id)
        yield shape


def _check_evidence(shape: LineShape | AdviceShape, place: Place, problems: Problems) -> None:
    stated = {fact for fact in FACTS if getattr(shape, fact, None)} - _PLACE_IS_OURS
    sourced = {fact for source in shape.sources for fact in source.says}
    for fact in sorted(stated - sourced):
        problems.add((*place, fact), "no source says it; expected one under sources")
    for fact in sorted(sourced - stated - _PLACE_IS_OURS):
        problems.add((*place, "sources"), f"a source says {fact}, and the row does not")


def _helpline(shape: LineShape) -> Helpline:
    evidence = _evidence(shape.sources)
    return Helpline(
        id=shape.id,
        number=shape.number,
        name=shape.name if isinstance(shape, HelplineShape) else "",
        place=shape.place,
        region=shape.region if isinstance(shape, HelplineShape) else "",
        who=shape.who,
        hours=shape.hours or "",
        is_free=shape.free,
        languages=shape.languages,
        evidence=evidence,
        source=_newest(evidence, "number"),
    )


def _advice(shape: AdviceShape) -> Advice:
    evidence = _evidence(shape.sources)
    return Advice(id=shape.id, words=shape.words, evidence=evidence, source=_newest(evidence, "words"))


def _leaflet(shape: LeafletShape) -> Leaflet:
    return Leaflet(
        title=shape.title, publisher=shape.publisher, url=shape.url, languages=shape.languages, checked=shape.on
    )


def _evidence(shapes: Sequence[EvidenceShape]) -> tuple[Evidence, ...]:
    return tuple(Evidence(url=shape.url, says=tuple(shape.says), on=shape.on or "") for shape in shapes)


def _newest(evidence: Sequence[Evidence], fact: str) -> Evidence:
    """Return the page that said a fact last; one without a date only where no other says it."""
    # A row that no page vouches for is refused as a whole, after it was read.
    return max((page for page in evidence if fact in page.says), key=lambda page: page.on, default=evidence[0])
