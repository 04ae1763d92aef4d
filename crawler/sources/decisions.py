"""decisions.yaml into Decisions: what people decided, or every mistake in it at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, Strict, check
from crawler.sources.models import Address, Text
from crawler.sources.values import Decisions, Redaction
from crawler.sources.yaml_positions import compose, read_text

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def a_sha256(value: object) -> str:
    """Give a SHA-256 digest in small hexadecimal letters."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(f"{value!r} is no digest; expected the 64 hexadecimal digits of a SHA-256")
    return value


def a_day(value: object) -> str:
    """Give a date in the form 2026-11-24."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError(f"{value!r} is no date; expected one such as 2026-11-24")


def an_id(value: object) -> str:
    """Give the id of a document, or of a mark that is confirmed: without white space."""
    if not isinstance(value, str) or not value or len(value) > 2000 or any(c.isspace() for c in value):
        raise ValueError(f"{value!r} is no id; expected one such as ukpga/2015/30")
    return value


Digest = Annotated[str, BeforeValidator(a_sha256)]
Id = Annotated[str, BeforeValidator(an_id)]


class RedactionShape(Strict):
    """One entry of ``redact``."""

    reason: Text
    date: Annotated[str, BeforeValidator(a_day)]
    url: Address | None = None
    digest: Digest | None = None
    document: Id | None = None

    @model_validator(mode="after")
    def _one(self) -> RedactionShape:
        if [self.url, self.digest, self.document].count(None) != 2:
            raise ValueError("expected one of url, document and digest")
        return self


class DecisionsShape(Strict):
    """The whole of decisions.yaml."""

    relevance: dict[Id, Literal["in", "out"]] = Field(default_factory=dict)
    accept: list[Digest] = Field(default_factory=list)
    redact: list[RedactionShape] = Field(default_factory=list)
    confirm: list[Id] = Field(default_factory=list)


def load_decisions(path: Path) -> Decisions:
    """Give the decisions that a file holds; none where there is no file.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    try:
        text = read_text(path)
    except SourcesError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Decisions()
        raise
    return loads_decisions(text, str(path))


def loads_decisions(text: str, name: str) -> Decisions:
    """Give the decisions that a YAML text holds, none of an empty one; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name)
    problems = Problems(located)
    shape = check(DecisionsShape, {} if located.value is None else located.value, (), problems)
    if shape is None or problems.lines:
        raise SourcesError(problems.lines)
    return as_decisions(shape)


def as_decisions(shape: DecisionsShape) -> Decisions:
    """Give the decisions of a file as values."""
    return Decisions(
        relevance=shape.relevance,
        accept=frozenset(shape.accept),
        redact=tuple(
            Redaction(
                reason=each.reason,
                date=each.date,
                url=each.url or "",
                digest=each.digest or "",
                document=each.document or "",
            )
            for each in shape.redact
        ),
        confirm=frozenset(shape.confirm),
    )
