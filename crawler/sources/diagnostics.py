"""Mistakes in a file of ours, told with file, line, key, cause, what was expected and what was meant."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import CoreSchema, ErrorDetails

from crawler.sources.yaml_positions import Located, Place, compose

Model = TypeVar("Model")

_EXPECTED = {
    "string_type": "text (put it in quotes)",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
}
_UNKNOWN = "unexpected_keyword_argument"
_BOUNDS = {
    "ge": "at least",
    "gt": "more than",
    "le": "at most",
    "min_length": "a length of at least",
    "max_length": "a length of at most",
}


class Problems:
    """The mistakes found in one file so far, each with its line."""

    def __init__(self, located: Located) -> None:
        self._located = located
        self._found: list[tuple[str, int, str]] = []
        for line, place, cause in located.problems:
            self._note((located.name, line), place, cause)

    def add(self, place: Place, cause: str) -> None:
        """Record a mistake at a place."""
        self._note(self._located.where(place), place, cause)

    def _note(self, where: tuple[str, int], place: Place, cause: str) -> None:
        self._found.append((*where, f"{self.label(place)}: {cause}" if place else cause))

    def label(self, place: Place) -> str:
        """Return a place as people read it: ``sources.home-office.expect.min``; list entries by id, else number."""
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
        """Return the mistakes in the order of their files, one line each."""
        return [f"{name}:{line}: {cause}" for name, line, cause in sorted(self._found, key=lambda each: each[:2])]


def check(model: type[Model], value: object, place: Place, problems: Problems, what: str = "key") -> Model | None:
    """Return a value as a model, or None with every mistake in it noted; ``what`` is what a key of it is called."""
    found, wrong = mistakes(model, value, what)
    for inner, cause in wrong:
        problems.add((*place, *inner), cause)
    return found


def read_ours(model: type[Model], text: str, name: str) -> tuple[Model | None, Mapping[str, Any], Problems]:
    """Return a YAML text of this package as a model, None with every mistake in it noted; its values; the mistakes."""
    located = compose(text, name, ours=True)
    problems = Problems(located)
    raw = located.value if isinstance(located.value, dict) else {}
    return check(model, {} if located.value is None else located.value, (), problems), raw, problems


def mistakes(model: type[Model], value: object, what: str = "key") -> tuple[Model | None, list[tuple[Place, str]]]:
    """Return a value as a model, or None and every mistake in it with its place."""
    try:
        return adapter(model).validate_python(value), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [(place_of(each), _cause(each, model, what), each["type"]) for each in details]
        # A list whose entries do not pass counts as too short, too.
        outer = {place[:end] for place, _, _ in found for end in range(len(place))}
        return None, [(place, cause) for place, cause, kind in found if kind != "too_short" or place not in outer]


def place_of(detail: ErrorDetails) -> Place:
    """Return where a mistake is; a key is at its own place."""
    return tuple(key for key in detail["loc"] if key != "[key]")


def passing(
    model: type[Model], value: Mapping[str, object], instead: Mapping[str, object] | None = None
) -> tuple[Model | None, dict[str, Any], frozenset[str]]:
    """Return a part of an old file, of which nothing is refused: as a model, its values, which keys did not pass.

    What does not pass is left out: a key, or one entry of a list. ``instead`` has a value for keys that are required;
    where another of them is missing, the model is None.
    """
    given, failed = dict(value), set[str]()
    while True:
        try:
            return adapter(model).validate_python(given), given, frozenset(failed)
        except ValidationError as error:
            path = _left_out(error.errors(include_url=False)[0])
        key = str(path[0])
        failed.add(key)
        if len(path) == 1 and key in (instead or {}):
            given[key] = (instead or {})[key]
        elif key in given:
            given = _without(given, path)
        else:
            return None, given, frozenset(failed)


def _left_out(detail: ErrorDetails) -> Place:
    """Return the place of what is to be left out: the value itself, or the entry of a list that it belongs to."""
    path = place_of(detail)
    number = next((at for at, key in enumerate(path) if isinstance(key, int)), None)
    return path if number is None or detail["type"] == _UNKNOWN else path[: number + 1]


def _without(value: Any, path: Place) -> Any:
    """Return a value without what is at a place in it; where nothing is there, without what it is missing in."""
    while len(path) > 1 and not _has(value, path):
        path = path[:-1]
    return _cut(value, path)


def _has(value: Any, path: Place) -> bool:
    if not path:
        return True
    inside = path[0] in value if isinstance(value, dict) else isinstance(value, list) and path[0] in range(len(value))
    return inside and _has(value[path[0]], path[1:])


def _cut(value: Any, path: Place) -> Any:
    if not isinstance(value, dict | list):
        return value
    rest: dict[Any, Any] = dict(enumerate(value)) if isinstance(value, list) else dict(value)
    if len(path) == 1:
        rest.pop(path[0], None)
    else:
        rest[path[0]] = _cut(rest[path[0]], path[1:])
    return list(rest.values()) if isinstance(value, list) else rest


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def adapter(model: type[Model]) -> TypeAdapter[Model]:
    """Return what reads a model: a dataclass, which knows no other key than its fields."""
    if model not in _ADAPTERS:
        model.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]  # as pydantic has it
        _ADAPTERS[model] = TypeAdapter(model)
    return _ADAPTERS[model]


def duration_text(duration: timedelta) -> str:
    """Return a duration as sources.yaml has it.

    >>> duration_text(timedelta(days=2)), duration_text(timedelta(minutes=90))
    ('2d', '90m')
    """
    minutes = int(duration.total_seconds()) // 60
    size, unit = next(each for each in ((1440, "d"), (60, "h"), (1, "m")) if minutes % each[0] == 0)
    return f"{minutes // size}{unit}"


class _Schema(GenerateJsonSchema):
    """JSON Schema with the titles that a check states, and no other."""

    def field_title_should_be_set(self, schema: CoreSchema) -> bool:
        return False

    def encode_default(self, default: Any) -> Any:
        return duration_text(default) if isinstance(default, timedelta) else super().encode_default(default)


_SCHEMAS: dict[type, Mapping[str, Any]] = {}


def schema_of(model: type) -> Mapping[str, Any]:
    """Return the JSON Schema of a model."""
    if model not in _SCHEMAS:
        _SCHEMAS[model] = adapter(model).json_schema(schema_generator=_Schema)
    return _SCHEMAS[model]


def keys_of(model: type) -> tuple[str, ...]:
    """Return the keys that may stand in a part of a file."""
    return tuple(schema_of(model).get("properties", ()))


def one_of(words: Iterable[str]) -> str:
    """Return a list of words as an expectation."""
    return "expected one of " + ", ".join(words)


def hint(word: str, words: Iterable[str]) -> str:
    """Return ``; did you mean …?`` for the nearest of some words, or nothing."""
    near = difflib.get_close_matches(word, list(words), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def unknown(word: str, words: Sequence[str], what: str = "key") -> str:
    """Return the cause for a word that is none of those that may stand there."""
    return f"unknown {what}; {one_of(words)}{hint(word, words)}" if words else f"unknown {what}; expected none"


def _at(value: object, key: str | int) -> object:
    if isinstance(value, dict):
        return value[key]
    return value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None


def _cause(detail: ErrorDetails, model: type[Any], what: str) -> str:
    kind, given = detail["type"], detail["input"]
    context: Mapping[str, object] = detail.get("ctx", {})
    if kind == "missing":
        return "missing; it is required"
    if kind == _UNKNOWN:
        return unknown(
            str(detail["loc"][-1]), _inner_keys(model, detail["loc"][:-1]), what if detail["loc"][1:] == () else "key"
        )
    if kind == "value_error":
        return str(context["error"])
    if kind in _EXPECTED:
        return f"{yaml_value(given)}; expected {_EXPECTED[kind]}"
    if kind == "literal_error":
        words = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"{yaml_value(given)}; {one_of(words)}{hint(str(given), words)}"
    for bound, phrase in _BOUNDS.items():
        if bound in context:
            return f"{yaml_value(given)}; expected {phrase} {context[bound]}"
    return f"{yaml_value(given)}; {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _inner_keys(model: type[Any], place: Sequence[str | int]) -> tuple[str, ...]:
    """Return the keys of the part of a model in which an unknown key stands."""
    schema = schema_of(model)
    part = schema
    for key in place:
        inner = part.get("properties", {}).get(key) or part.get("items") or part.get("additionalProperties") or {}
        inner = next((each for each in inner.get("anyOf", ()) if each.get("type") != "null"), inner)
        part = schema.get("$defs", {}).get(inner["$ref"].rpartition("/")[2]) if "$ref" in inner else inner
    return tuple(part.get("properties", ()))


def yaml_value(value: object) -> str:
    """Return a value as it stands in YAML, cut where it is long."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value).lower()
    return text if len(text) <= 60 else f"{text[:57]}…"
