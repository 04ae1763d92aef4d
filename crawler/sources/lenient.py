"""sources.yaml and decisions.yaml as an earlier version read them: whatever they say now means something, or nothing.

The archive keeps both as text, for ever, and a rebuild reads them again. A key that has become stricter or is gone must
not stop it. So nothing here is refused. What is right is read as :func:`crawler.sources.load.loads` reads it; for the
rest, in docs/sources-yaml.md under "How an old file is read":

- an unknown key is ignored, and so is what YAML has that we do not allow;
- a value that does not pass is its default;
- ``id``, ``publisher``, ``protocol`` and ``url`` of a source, and name and jurisdiction of a publisher, are kept as
  they stand, for they name what was captured;
- in doubt words are hidden: a kind that is none any more is ``news``, a copy is public only under an open licence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from crawler.errors import SourcesError
from crawler.sources import validators
from crawler.sources.curated import reading
from crawler.sources.decisions import DecisionsShape, as_decisions
from crawler.sources.diagnostics import Strict, adapter, keys_of, place_of
from crawler.sources.hosts import is_loopback
from crawler.sources.load import as_host, as_publisher, as_source
from crawler.sources.models import HostShape, PublisherShape, SettingsShape, SourceShape
from crawler.sources.options import Options
from crawler.sources.rules import Protocols, mapping
from crawler.sources.values import Decisions, Host, Publisher, Registry, Settings, Source
from crawler.sources.yaml_positions import ILLEGAL, compose

UNKNOWN = "unknown"
"""Id of the publisher of a source that states none."""

_NEUTRAL: dict[type[Strict], dict[str, object]] = {
    SettingsShape: {},
    HostShape: {},
    DecisionsShape: {},
    PublisherShape: {"name": UNKNOWN, "jurisdiction": "International"},
    SourceShape: {
        "id": UNKNOWN,
        "publisher": UNKNOWN,
        "kind": "news",
        "protocol": UNKNOWN,
        "url": "https://unknown.invalid/",
        "expect": {},
    },
}
"""What stands in for a required value that does not pass, so that the rest of its block can be read."""

_Model = TypeVar("_Model", bound=Strict)
_Path = tuple[str | int, ...]


def recorded(text: str, needed: Collection[str] = (), protocols: Protocols | None = None) -> Registry:
    """Give the registry of a text that was right when it was archived; never refuses.

    ``needed`` are ids of sources that were walked then: one that cannot be read is there all the same, without anything
    that could be asked or parsed. With ``protocols``, options that are of another type now are left out.
    """
    raw = mapping(_value(text))
    settings = _lenient(SettingsShape, raw.get("settings"))[0]
    publishers = {key: _publisher(key, mapping(entry)) for key, entry in mapping(raw, "publishers").items()}
    hosts = {key: _host(key, entry) for key, entry in mapping(raw, "hosts").items()}
    sources: dict[str, Source] = {}
    entries = raw.get("sources")
    for entry in entries if isinstance(entries, list) else []:
        name = mapping(entry).get("id")
        if isinstance(name, str) and name not in sources:
            sources[name] = _source(mapping(entry), publishers, protocols)
    for name in needed:
        sources.setdefault(name, _source({"id": name}, publishers, protocols))
    curated = reading.recorded(raw)
    for name in [each.publisher for each in sources.values()] + [each.publisher for each in curated.series]:
        publishers.setdefault(name, _publisher(name, {}))
    return Registry(
        settings=Settings(contact=settings.contact, public_url=settings.public_url, authority=settings.authority),
        publishers=publishers,
        hosts=hosts,
        sources=sources,
        curated=curated,
    )


def recorded_decisions(text: str) -> Decisions:
    """Give the decisions of a text that was right when it was archived; never refuses."""
    return as_decisions(_lenient(DecisionsShape, _value(text))[0])


def _value(text: str) -> object:
    try:
        return _legal(compose(text, "", limited=False).value)
    except SourcesError:
        return None


def _legal(value: object) -> object:
    """Give a value with U+FFFD for characters that no text may hold."""
    if isinstance(value, str):
        return ILLEGAL.sub("\ufffd", value)
    if isinstance(value, list):
        return [_legal(each) for each in value]
    return {_legal(key): _legal(each) for key, each in value.items()} if isinstance(value, dict) else value


def _publisher(key: str, entry: Mapping[str, object]) -> Publisher:
    """Give a publisher; its copies are shown only where its licence is open by the rules of today."""
    shape, failed = _lenient(PublisherShape, entry)
    if not validators.is_open(shape.licence):
        shape = shape.model_copy(update={"copy_": "hash-only"})
    name = _as_it_stands(entry, "name", key) if "name" in failed else shape.name
    place = _as_it_stands(entry, "jurisdiction", "") if "jurisdiction" in failed else shape.jurisdiction
    return replace(as_publisher(key, shape), name=name, jurisdiction=place)


def _as_it_stands(entry: Mapping[str, object], key: str, otherwise: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else otherwise


def _host(key: str, entry: object) -> Host:
    shape = _lenient(HostShape, entry)[0]
    if shape.private and not is_loopback(key):
        shape = shape.model_copy(update={"private": False})
    if shape.delay == 0 and not shape.private:
        shape = shape.model_copy(update={"delay": HostShape().delay})
    return as_host(key, shape)


def _source(entry: Mapping[str, object], publishers: Mapping[str, Publisher], protocols: Protocols | None) -> Source:
    shape, failed = _lenient(SourceShape, entry)
    source = as_source(shape, None)
    source = replace(
        source,
        id=_as_it_stands(entry, "id", UNKNOWN),
        publisher=_as_it_stands(entry, "publisher", UNKNOWN),
        protocol=_as_it_stands(entry, "protocol", UNKNOWN),
        url=_as_it_stands(entry, "url", "") if "url" in failed else source.url,
    )
    publisher = publishers.get(source.publisher)
    options = (protocols or {}).get(source.protocol)
    expect = source.expect
    return replace(
        source,
        name=shape.name or source.id,
        jurisdiction=source.jurisdiction or (publisher.jurisdiction if publisher else ""),
        options=_passing(options, source.options) if options is not None else source.options,
        expect=expect if expect.max is None or expect.max >= expect.min else replace(expect, max=None),
    )


def _lenient(model: type[_Model], value: object) -> tuple[_Model, frozenset[str]]:
    """Give a part of a file, without what does not pass in it, and which of its keys did not pass or are missing."""
    given = dict(mapping(value))
    failed: set[str] = set()
    while path := _first_wrong(model, given):
        key = str(path[0])
        failed.add(key)
        if len(path) == 1 and key in _NEUTRAL[model]:
            given[key] = _NEUTRAL[model][key]
        else:
            given = _without(given, path)
    return adapter(model).validate_python(given), frozenset(failed)


def _passing(model: type[Options], options: Mapping[str, object]) -> Mapping[str, object]:
    """Return options without what does not pass; what is unknown stays, for captures are read by the digest of all."""
    given = {key: value for key, value in options.items() if key in keys_of(model)}
    while (path := _first_wrong(model, given)) and path[0] in given:
        given = _without(given, path)
    return {key: given.get(key, value) for key, value in options.items() if key in given or key not in keys_of(model)}


def _first_wrong(model: type[object], value: object) -> _Path:
    """Return the place of the first thing that is wrong with a part of a file, empty where nothing is."""
    try:
        adapter(model).validate_python(value)
    except ValidationError as error:
        return _wrong(error.errors(include_url=False)[0])
    return ()


def _wrong(detail: ErrorDetails) -> _Path:
    """Give the place of what is to be left out: the value itself, or the entry of a list that it belongs to."""
    path = place_of(detail)
    if detail["type"] == "extra_forbidden" or detail["type"] == "unexpected_keyword_argument":
        return path
    number = next((at for at, key in enumerate(path) if isinstance(key, int)), None)
    return path if number is None else path[: number + 1]


def _without(value: Any, path: _Path) -> Any:
    """Give a value without what stands at a place in it."""
    if not isinstance(value, dict | list):
        return value
    rest: dict[Any, Any] = dict(enumerate(value)) if isinstance(value, list) else dict(value)
    if len(path) == 1:
        rest.pop(path[0], None)
    else:
        rest[path[0]] = _without(rest[path[0]], path[1:])
    return list(rest.values()) if isinstance(value, list) else rest
