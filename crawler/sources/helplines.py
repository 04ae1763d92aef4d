"""helplines.yaml, whom people in danger can call, into Helplines: each number with who says it, and since when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, read_ours
from crawler.sources.fields import Address, Day, Flag, Slug, through
from crawler.sources.rules import check_twice
from crawler.sources.yaml_positions import Place, read_text

FILE = Path(__file__).parent / "helplines.yaml"

MAX_AGE = timedelta(days=90)
"""After this long a number is to be checked again."""


REGIONS = ("uk", "eu")
"""Where helplines are, in the order in which they are shown."""

_PLACE_IS_OURS = {"place"}
"""How far a line reaches is told in our own words, and may be what its name or its source says anyway."""


def _number(value: object) -> str:
    """Return a telephone number in groups of digits, as people read it."""
    if not isinstance(value, str) or not re.fullmatch(r"\+?[0-9]{2,6}(?: [0-9]{1,4}){0,5}", value):
        raise ValueError(
            f"{value!r} is no telephone number; expected groups of digits in quotes, such as '0800 123 456'"
        )
    return value


Fact = Literal["number", "place", "who", "hours", "free", "languages", "words"]
"""What a source can say of a row."""
FACTS: tuple[str, ...] = get_args(Fact)
Words = Annotated[str, Field(min_length=2, max_length=300)]
Languages = Mapping[Annotated[str, Field(pattern="^[a-z]{2}$")], Words]
"""By their code (ISO 639-1) the name that each language gives itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A page that says some facts, and the day on which it said so (ISO 8601), empty where it has no date."""

    url: Address
    says: Annotated[tuple[Fact, ...], Field(min_length=1)]
    on: Day = ""

    @property
    def host(self) -> str:
        """Return the site that the page is on, as people name it."""
        return urlsplit(self.url).netloc.removeprefix("www.")


Sources = Annotated[tuple[Evidence, ...], Field(alias="sources", min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """A number to call; ``hours`` is empty and ``languages`` has nothing where no page says so. An emergency number
    has neither name nor region."""

    id: Slug
    number: Annotated[str, through(_number)]
    name: Words = ""
    place: Words
    region: Literal["uk", "eu", ""] = ""
    who: Words
    hours: Words = ""
    is_free: Annotated[Flag, Field(alias="free")] = False
    languages: Languages = field(default_factory=dict)
    evidence: Sources

    @property
    def source(self) -> Evidence:
        """Return the page that said the number last."""
        return _newest(self.evidence, "number")

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

    id: Slug
    words: Words
    evidence: Sources

    @property
    def source(self) -> Evidence:
        """Return the page that said it last."""
        return _newest(self.evidence, "words")

    @property
    def checked(self) -> str:
        """Return the day on which it was last said, empty where it is unknown."""
        return self.source.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """An official text for everybody, and its languages."""

    title: Words
    publisher: Words
    url: Address
    languages: Annotated[Languages, Field(min_length=1)]
    checked: Annotated[Day, Field(alias="on")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helplines:
    """The whole file; ``reviewed`` is the day on which a person last went through it (ISO 8601)."""

    reviewed: Day
    emergency: Annotated[tuple[Helpline, ...], Field(min_length=1)]
    advice: tuple[Advice, ...] = ()
    helplines: Annotated[tuple[Helpline, ...], Field(min_length=1)]
    leaflets: tuple[Leaflet, ...] = ()

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
    helplines, raw, problems = read_ours(Helplines, text, name)
    for block in ("emergency", "advice", "helplines"):
        check_twice(raw, (block,), "id", problems)
        for number, row in enumerate(getattr(helplines, block, ())):
            _check_evidence(row, (block, number), problems)
    for number, row in enumerate(helplines.helplines if helplines else ()):
        for key in ("name", "region"):
            if not getattr(row, key):
                problems.add(("helplines", number, key), "missing; it is required")
    if helplines is None or problems.lines:
        raise SourcesError(problems.lines)
    return helplines


def _check_evidence(row: Helpline | Advice, place: Place, problems: Problems) -> None:
    """Record what a row says without a source, and what a source says that the row does not."""
    stated = {fact for fact in FACTS if getattr(row, "is_free" if fact == "free" else fact, None)} - _PLACE_IS_OURS
    sourced = {fact for page in row.evidence for fact in page.says}
    for fact in sorted(stated - sourced):
        problems.add((*place, fact), "no source says it; expected one under sources")
    for fact in sorted(sourced - stated - _PLACE_IS_OURS):
        problems.add((*place, "sources"), f"a source says {fact}, and the row does not")


def _newest(evidence: Sequence[Evidence], fact: str) -> Evidence:
    """Return the page that said a fact last; one without a date only where no other says it."""
    # A row that no page vouches for is refused as a whole, after it was read.
    return max((page for page in evidence if fact in page.says), key=lambda page: page.on, default=evidence[0])
