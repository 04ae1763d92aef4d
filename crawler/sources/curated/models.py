"""The shape of the blocks ``series``, ``collections`` and ``judgments``. What each key means: docs/sources-yaml.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from crawler.sources import citations, validators
from crawler.sources.diagnostics import Strict
from crawler.sources.models import Duration, Slug, Text
from crawler.sources.vocabulary import KINDS

DAY = timedelta(days=1)


def _document(value: object) -> str:
    """Give the id of a document: it has a scheme or a slash, and no white space."""
    if isinstance(value, str) and len(value) <= 500 and value.split() == [value] and (":" in value or "/" in value):
        return value
    raise ValueError(f"{value!r} is no id of a document; expected one such as ukpga/2015/30 or celex:32011L0036")


def _days(value: object) -> timedelta:
    """Give a duration of at least a day: publishers date by days."""
    found = validators.duration(value)
    if found < DAY:
        raise ValueError(f"{value!r}; expected at least 1d")
    return found


Document = Annotated[str, BeforeValidator(_document)]
Nameless = Annotated[str, BeforeValidator(citations.nameless), Field(max_length=500)]
Day = Annotated[str, BeforeValidator(citations.day)]


class SeriesShape(Strict):
    """One entry of the block ``series``."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=100)]
    publisher: Slug
    sources: Annotated[list[Slug], Field(min_length=1)]
    title: Annotated[str, BeforeValidator(validators.pattern)]
    every: Annotated[timedelta, BeforeValidator(_days)]
    late: Duration = timedelta(days=30)
    kind: Annotated[str, BeforeValidator(validators.word_of(KINDS, "kind"))] | None = None
    note: Text | None = None


class CollectionShape(Strict):
    """One entry of the block ``collections``."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=100)]
    about: Annotated[str, Field(min_length=1, max_length=1000)]
    documents: list[Document] = Field(default_factory=list)
    sources: list[Slug] = Field(default_factory=list)


class JudgmentsShape(Strict):
    """Block ``judgments``; the entries of its list are read one by one."""

    reviewed: Day
    list_: Annotated[list[object], Field(min_length=1, alias="list")]


class JudgmentShape(Strict):
    """One entry of the list of the block ``judgments``."""

    citation: Annotated[str, BeforeValidator(citations.citation)]
    court: Nameless
    date: Day
    url: Annotated[str, BeforeValidator(citations.official)]
    provisions: Annotated[list[Nameless], Field(min_length=1)]
    note: Nameless | None = None
