"""The shape of sources.yaml: every key and what its value may be. What each means: docs/sources-yaml.md."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from crawler.sources import validators
from crawler.sources.diagnostics import Strict
from crawler.sources.values import Evidence
from crawler.sources.vocabulary import KINDS, TOOLKIT, TOPICS

Duration = Annotated[timedelta, BeforeValidator(validators.duration)]
Schedule = Annotated[timedelta, BeforeValidator(validators.schedule)]
Slug = Annotated[str, BeforeValidator(validators.slug)]
Address = Annotated[str, BeforeValidator(validators.address)]
Jurisdiction = Annotated[str, BeforeValidator(validators.jurisdiction)]
Text = Annotated[str, Field(min_length=1, max_length=500)]


class SettingsShape(Strict):
    """Block ``settings``."""

    contact: Annotated[str, BeforeValidator(validators.contact)] = ""
    public_url: Annotated[str, BeforeValidator(validators.public_url)] = ""
    authority: Annotated[str, BeforeValidator(validators.authority)] = "roundup.invalid"


class PublisherShape(Strict):
    """One entry of the block ``publishers``."""

    name: Text
    jurisdiction: Jurisdiction
    licence: str = ""
    licence_url: Address | Literal[""] = ""
    attribution: str = ""
    copy_: Literal["public", "hash-only"] = Field(default="hash-only", alias="copy")


class HostShape(Strict):
    """One entry of the block ``hosts``."""

    delay: float = Field(default=1.0, ge=0, le=3600)
    concurrency: int = Field(default=1, ge=1, le=16)
    timeout: float = Field(default=60.0, gt=0, le=3600)
    max_bytes: int = Field(default=64 * 1024 * 1024, ge=1024, le=64 * 1024 * 1024)
    private: bool = False


class ExpectShape(Strict):
    """Key ``expect`` of a source."""

    min: int = Field(default=1, ge=0)
    max: int | None = Field(default=None, ge=1)
    newest: Duration | None = None
    zero: bool = False


class GoneShape(Strict):
    """Key ``gone`` of a source."""

    answers: int = Field(default=2, ge=1, le=100)
    over: Duration = timedelta(hours=24)


class SourceShape(Strict):
    """One entry of the block ``sources``."""

    id: Slug
    publisher: Slug
    kind: Annotated[str, BeforeValidator(validators.word_of(KINDS, "kind"))]
    protocol: Slug
    url: Address
    expect: ExpectShape
    name: Text | None = None
    schedule: Schedule = timedelta(days=1)
    options: dict[str, object] = Field(default_factory=dict)
    scrub: list[Annotated[str, BeforeValidator(validators.pattern)]] = Field(default_factory=list)
    keep: Literal["all", "relevant"] = "all"
    gone: GoneShape = Field(default_factory=GoneShape)
    audit: float = Field(default=0.0, ge=0, le=1)
    follow: bool = False
    evidence: Evidence = "assumed"
    enabled: bool = True
    reason: str = ""
    topics: list[Annotated[str, BeforeValidator(validators.word_of(tuple(TOPICS), "topic"))]] = Field(
        default_factory=list
    )
    toolkit: list[Annotated[str, BeforeValidator(validators.word_of(tuple(TOOLKIT), "part of the toolkit"))]] = Field(
        default_factory=list
    )
    jurisdiction: Jurisdiction | None = None
