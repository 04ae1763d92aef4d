"""Mistakes in a file of ours, told with file, line, key, cause, what was expected and what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from crawler.sources.positions import Located, Place

Model = TypeVar("Model", bound="Strict")

_EXPECTED = {
    "string_type": "text (put it in quotes)",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
_BOUNDS = {
    "ge": "at least",
    "gt": "more than",
    "le": "at most",
    "min_length": "a length of at least",
    "max_length": "a length of at most",
}


class Strict(BaseModel):
    """A part of a file: nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Problems:
    """The mistakes found in one file so far, each with its line."""

    def __init__(self, located: Located) -> None:
        self._located = located
        self._found: list[tuple[int, str]] = []
        for line, place, cause in located.problems:
            self._note(line, place, cause)

    def add(self, place: Place, cause: str) -> None:
        """Note a mistake at a place."""
        self._note(self._located.line(place), place, cause)

    def _note(self, line: int, place: Place, cause: str) -> None:
        self._found.append((line, f"{self.label(place)}: {cause}" if place else cause))

    def label(self, place: Place) -> str:
        """Give a place as people read it: ``sources.home-office.expect.min``; list entries by their id, else number."""
        label, value = "", self._located.value
        for key in place:
            inside = isinstance(value, dict | list) and (key in value if isinstance(value, dict) else True)
            value = _at(value, key) if inside else None
            name = value.get("id") if isinstance(key, int) and isinstance(value, dict) else None
            if isinstance(key, int) and not isinstance(name, str):
                label += f"[{key + 1}]"
            else:
                label += f".{name or key}"
        return label.lstrip(".")

    @property
    def lines(self) -> list[str]:
        """Give the mistakes in the order of the file, one line each."""
        return [
            f"{self._located.name}:{line}: {cause}" for line, cause in sorted(self._found, key=lambda each: each[0])
        ]


def check(model: type[Model], value: object, place: Place, problems: Problems) -> Model | None:
    """Give a value as a model, or None with every mistake in it noted."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            inner = tuple(key for key in detail["loc"] if key != "[key]")
            problems.add((*place, *inner), _cause(detail, model))
        return None


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Give the keys that may stand in a part of a file."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def one_of(words: Iterable[str]) -> str:
    """Give a list of words as an expectation."""
    return "expected one of " + ", ".join(words)


def meant(word: str, words: Iterable[str]) -> str:
    """Give ``; did you mean …?`` for the nearest of some words, or nothing."""
    near = difflib.get_close_matches(word, list(words), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def unknown(word: str, words: Sequence[str], what: str = "key") -> str:
    """Give the cause for a word that is none of those that may stand there."""
    return f"unknown {what}; {one_of(words)}{meant(word, words)}" if words else f"unknown {what}; expected none"


def _at(value: object, key: str | int) -> object:
    if isinstance(value, dict):
        return value[key]
    return value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None


def _cause(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind, given = detail["type"], detail["input"]
    context: Mapping[str, object] = detail.get("ctx", {})
    if kind == "missing":
        return "missing; it is required"
    if kind == "extra_forbidden":
        return unknown(str(detail["loc"][-1]), _inner_keys(model, detail["loc"][:-1]))
    if kind == "value_error":
        return str(context["error"])
    if kind in _EXPECTED:
        return f"{shown(given)}; expected {_EXPECTED[kind]}"
    if kind == "literal_error":
        words = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"{shown(given)}; {one_of(words)}{meant(str(given), words)}"
    for bound, phrase in _BOUNDS.items():
        if bound in context:
            return f"{shown(given)}; expected {phrase} {context[bound]}"
    return f"{shown(given)}; {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _inner_keys(model: type[BaseModel], place: Sequence[str | int]) -> tuple[str, ...]:
    """Give the keys of the part of a model in which an unknown key stands."""
    for key in place:
        inner = model.model_fields[str(key)].annotation if str(key) in model.model_fields else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return keys_of(model)


def shown(value: object) -> str:
    """Give a value as it stands in YAML, cut where it is long."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value).lower()
    return text if len(text) <= 60 else f"{text[:57]}…"
