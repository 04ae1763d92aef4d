"""What the fields of a file of ours are made of: strict types, checks with their JSON Schema, descriptions.

The fields stand in plain dataclasses, from which pydantic reads a file, and JSON Schema and documentation are made.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic_core import CoreSchema, core_schema

from crawler.sources import neutral_citations, validators
from crawler.sources.diagnostics import one_of
from crawler.sources.vocabulary import FILE_TYPES, JURISDICTION_SHORT, JURISDICTIONS, KINDS, TOOLKIT, TOPICS


@dataclass(frozen=True, eq=False)
class Check:
    """A check that a value passes before its type is looked at, and what JSON Schema says of it beside the type."""

    read: Callable[[Any], object]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, inner: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(inner).items() if key != "format"} | self.schema


def through(read: Callable[[Any], object], title: str = "", **schema: Any) -> Check:
    """Return a check by a function, which returns the value or raises ValueError; ``title`` says of what."""
    return Check(read, {"title": title, **schema} if title else schema)


def among(words: Collection[str], what: str) -> Check:
    """Return a check that lets only the words of a closed list through."""

    return Check(validators.word_of(tuple(words), what), {"title": what, "enum": list(words)})


def matching(pattern: str, what: str) -> Check:
    """Return a check that lets only texts, and numbers as text, through that a pattern matches as a whole."""
    wanted = re.compile(pattern)

    def read(value: object) -> object:
        text = as_text(value)
        if not isinstance(text, str) or not wanted.fullmatch(text):
            raise ValueError(f"{value!r}; expected {what}")
        return text

    return Check(read, {"type": ["string", "integer"]})


def said(words: str, **limits: Any) -> Any:
    """Return the description of a field, as documentation and editors show it, and limits of its value."""
    return Field(description=words, **limits)


def as_text(value: object) -> object:
    """Return a whole number as text, and a text without white space around it; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def _as_list(value: object) -> object:
    found = value if isinstance(value, list) else [value]
    return [str(each).lower() if isinstance(each, bool) else each for each in found]


def blank(read: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a check that lets the empty text through, too."""
    return lambda value: value if value == "" else read(value)


def _distinct(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(value))


@dataclass(frozen=True, eq=False)
class keyed:  # reads as a function
    """A mapping whose entries are dataclasses that hold their own key in a field, which the file does not state."""

    field: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._with_keys, handler(source))

    def __get_pydantic_json_schema__(self, inner: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(inner)
        entry = handler.resolve_ref_schema(schema["additionalProperties"])
        entry["properties"].pop(self.field, None)
        entry["required"] = [key for key in entry.get("required", ()) if key != self.field]
        return schema

    def _with_keys(self, value: object) -> object:
        entries = value.items() if isinstance(value, dict) else ()
        found = {key: {self.field: key, **each} if isinstance(each, dict) else each for key, each in entries}
        return found if isinstance(value, dict) else value


@dataclass(frozen=True, eq=False)
class or_flag:  # reads as a function
    """A mapping that is a dataclass, or a flag in its place, which stays one."""

    model: type

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler.generate_schema(self.model))

    def __get_pydantic_json_schema__(self, inner: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(inner), {"type": "boolean"}]}

    def _read(self, value: object, read: Callable[[Any], object]) -> object:
        if not isinstance(value, bool | dict):
            raise ValueError(f"{value!r}; expected true, false or a mapping")
        return value if isinstance(value, bool) else read(value)


@dataclass(frozen=True, eq=False)
class or_part_of:  # reads as a function
    """One of some words, or a mapping that is a dataclass with that word in a field: the word is what is read."""

    model: type
    field: str
    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler.generate_schema(self.model))

    def __get_pydantic_json_schema__(self, inner: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(self.words)}, handler(inner)]}

    def _read(self, value: object, read: Callable[[Any], object]) -> object:
        if isinstance(value, dict):
            return getattr(read(value), self.field)
        if value not in self.words:
            raise ValueError(f"{value!r}; {one_of(self.words)}")
        return value


Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Count = Annotated[int, Strict(), Field(ge=1)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Term = Annotated[str, through(as_text, type=["string", "integer"])]
"""Text, or a number that is read as text."""
Terms = tuple[Term, ...]
Code = Annotated[str, matching("[a-z]{2,3}", "an ISO 639 code such as en")]
ShortCode = Annotated[str, matching("[a-z]{2}", "an ISO 639-1 code such as en")]
Parameter = Annotated[Terms, through(_as_list, type=["string", "number", "boolean", "array"])]
"""The value of a parameter of an API, or several."""

Duration = Annotated[
    timedelta, through(validators.duration, "duration", type="string", pattern=r"^[1-9]\d{0,4}[mhdw]$")
]
Schedule = Annotated[
    timedelta,
    through(
        validators.schedule, "schedule", pattern=r"^([1-9]\d{0,4}[mhdw]|hourly|daily|weekly|monthly)$", type="string"
    ),
]
Slug = Annotated[str, through(validators.slug, "id", pattern="^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$")]
Address = Annotated[str, through(validators.address, "address", pattern=r"^\s*[Hh][Tt][Tt][Pp][Ss]?://\S")]
Pattern = Annotated[str, through(validators.pattern, "regular expression", maxLength=200)]
Expression = Annotated[str, through(validators.expression, "regular expression", maxLength=200)]
FollowedHost = Annotated[str, through(validators.followed_host, "host")]
FileType = Annotated[str, among(FILE_TYPES, "type")]
Day = Annotated[str, through(neutral_citations.day, "date")]
Digest = Annotated[str, through(validators.digest, "SHA-256")]
DocumentId = Annotated[str, through(validators.document, "document id")]
Kind = Annotated[str, among(KINDS, "kind")]
Topic = Annotated[str, among(TOPICS, "topic")]
Part = Annotated[str, among(TOOLKIT, "part of the toolkit")]
Jurisdiction = Annotated[
    str, through(validators.jurisdiction, "jurisdiction", anyOf=[{"enum": [*JURISDICTIONS, *JURISDICTION_SHORT]}, {}])
]
Distinct = AfterValidator(_distinct)
"""Of a list: each entry counts once."""
