"""What people keep by hand in sources.yaml: series, collections, judgments, documents that are not watched."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from crawler.model import digest_of
from crawler.sources import neutral_citations, validators
from crawler.sources.fields import (
    Address,
    Distinct,
    Duration,
    Jurisdiction,
    Kind,
    Pattern,
    Slug,
    blank,
    said,
    through,
)

MAX_TITLE_CHARACTERS = 1000
"""Most characters of a title that a pattern is tried on."""
DAY = timedelta(days=1)


def _document(value: object) -> str:
    """Return the id of a document: it has a scheme or a slash, and no white space."""
    if isinstance(value, str) and len(value) <= 500 and value.split() == [value] and (":" in value or "/" in value):
        return value
    raise ValueError(f"{value!r} is no id of a document; expected one such as ukpga/2015/30 or celex:32011L0036")


def _days(value: object) -> timedelta:
    """Return a duration of at least a day: publishers date by days."""
    if (found := validators.duration(value)) < DAY:
        raise ValueError(f"{value!r}; expected at least 1d")
    return found


Name = Annotated[str, Field(min_length=1, max_length=100)]
Nameless = Annotated[str, through(neutral_citations.nameless, "nameless"), Field(max_length=500)]
Sources = Annotated[tuple[Slug, ...], Distinct]
Documents = Annotated[tuple[Annotated[str, through(_document, "document id")], ...], Distinct]
Every = Annotated[timedelta, through(_days, "duration", type="string")]
Citation = Annotated[str, through(neutral_citations.citation, "neutral citation")]
Official = Annotated[str, through(neutral_citations.official, "address")]
PartDay = Annotated[str, through(blank(neutral_citations.part_day), "date", type=["string", "integer"])]
Reviewed = Annotated[
    Annotated[str, through(blank(neutral_citations.day), "date")],
    said("when a person last went through; empty for never"),
]
Reason = Literal["closed", "gone", "superseded", "no-list", "awaited", "licence", "leading"]
KIND = "report"
"""What a document kept by hand is where nothing else is stated."""
Whose = Literal["official", "third-party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A publication that comes out again and again; that an edition is late is told once."""

    id: Annotated[Slug, said("never change it")]
    name: Annotated[Name, said("best with its cadence")]
    publisher: Annotated[Slug, said("who publishes it")]
    sources: Annotated[Sources, said("that would list an edition", min_length=1)]
    title: Annotated[Pattern, said("that titles of editions match somewhere, in any case")]
    every: Annotated[Every, said("from one edition to the next, at least `1d`")]
    late: Annotated[Duration, said("how much later it is not late yet")] = timedelta(days=30)
    kind: Annotated[Kind | None, said("default that of the first source")] = None
    note: Annotated[str, said("readers see it", max_length=500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A text by which something is done."""

    function: Annotated[Name, said("what is done by it, such as `Surrender`")]
    title: Annotated[str, said("as people cite it", min_length=1, max_length=300)]
    document: Annotated[str, through(_document, "document id"), said("held or not")]
    provisions: Annotated[str, said("such as `Articles 596 to 632`, empty for the whole", max_length=200)] = ""
    path: Annotated[str, said("of the first of them, such as `section-11`", max_length=100)] = ""
    url: Annotated[Address, said("official")]
    holds: Annotated[tuple[Jurisdiction, ...], said("where it applies", min_length=1)]
    note: Annotated[str, said("what it provides, in our words", max_length=500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """By what each thing is done."""

    reviewed: Reviewed
    kept: Annotated[tuple[Instrument, ...], Field(alias="list"), said("the instruments, by function", min_length=1)]


NO_INSTRUMENTS = Instruments(reviewed="", kept=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Documents on one subject: a page of the site."""

    id: Annotated[Slug, said("the end of its address")]
    name: Annotated[Name, said("as readers know it")]
    about: Annotated[str, said("what belongs to it", min_length=1, max_length=1000)]
    documents: Annotated[Documents, said("such as `ukpga/2020/29`, held or not")] = ()
    sources: Annotated[Sources, said("all of whose documents belong to it")] = ()
    instruments: Annotated[Instruments, said("by what each thing is done")] = NO_INSTRUMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """A judgment of a UK court."""

    citation: Annotated[Citation, said('in quotes, such as `"[2021] EWHC 2722 (Admin)"`')]
    court: Annotated[Nameless, said("its name")]
    date: Annotated[
        Annotated[str, through(neutral_citations.part_day, "date", type=["string", "integer"])],
        said("of the judgment, as exact as known"),
    ]
    url: Annotated[Official, said("of a court, or Find Case Law")]
    provisions: Annotated[tuple[Nameless, ...], said("such as `Modern Slavery Act 2015, section 45`", min_length=1)]
    note: Annotated[Nameless, said("what it is about")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgments:
    """Judgments of UK courts, without the names of parties."""

    reviewed: Reviewed
    kept: Annotated[tuple[Judgment, ...], Field(alias="list"), said("the judgments", min_length=1)]


NO_JUDGMENTS = Judgments(reviewed="", kept=())


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyElsewhere:
    """A copy of such a document on another site: linked, never read."""

    url: Annotated[Address, said("of the copy")]
    whose: Annotated[Whose, said("whether a public body keeps it")]
    checked: Annotated[
        Annotated[str, through(blank(neutral_citations.day), "date")], said("when a person opened it")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptByHand:
    """A document that is linked and never read."""

    title: Annotated[str, said("as its publisher prints it", min_length=1, max_length=300)]
    publisher: Annotated[Name, said("an id of `publishers`, or a name")]
    date: Annotated[PartDay, said("of publication, as exact as known")]
    url: Annotated[Address, said("of the document, or of a page that leads to it")]
    reason: Annotated[Reason, said("why it is kept by hand")]
    identifier: Annotated[str, said("such as an ISBN or the number of a paper", max_length=200)] = ""
    kind: Annotated[Kind, said("what it is")] = KIND
    checked: Annotated[
        Annotated[str, through(blank(neutral_citations.day), "date")], said("when a person last opened the link")
    ] = ""
    copies: Annotated[tuple[CopyElsewhere, ...], said("of it elsewhere")] = ()
    note: Annotated[str, said("what it is, in our words", max_length=500)] = ""

    @property
    def id(self) -> str:
        """Return an id made from title, publisher and date: editions may have one title."""
        return digest_of(self.title, self.publisher, self.date)[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Documents that no source has brought; not watched."""

    reviewed: Reviewed
    kept: Annotated[tuple[KeptByHand, ...], Field(alias="list"), said("the documents", min_length=1)]


NOTHING_BY_HAND = ByHand(reviewed="", kept=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """The four blocks, each in the order of the file."""

    series: tuple[Series, ...] = ()
    collections: tuple[Collection, ...] = ()
    judgments: Judgments = NO_JUDGMENTS
    by_hand: ByHand = NOTHING_BY_HAND


def is_edition(pattern: str, title: str) -> bool:
    """Return whether a title is that of an edition, by the pattern of its series; capital letters make no difference.

    >>> is_edition("annual report on modern slavery", "2021 UK Annual Report on Modern Slavery")
    True
    """
    return re.search(pattern, title[:MAX_TITLE_CHARACTERS], re.IGNORECASE) is not None
