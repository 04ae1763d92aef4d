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

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from crawler.errors import SourcesError
from crawler.sources import validators
from crawler.sources.curated import reading
from crawler.sources.diagnostics import keys_of, passing
from crawler.sources.load import licensed, with_defaults
from crawler.sources.overlay import overlaid
from crawler.sources.rules import Protocols, entries, mapping
from crawler.sources.validators import is_loopback
from crawler.sources.values import Decisions, Host, Publisher, Registry, Settings, Source
from crawler.sources.yaml_positions import ILLEGAL, compose

UNKNOWN = "unknown"
"""Id of the publisher of a source that states none."""

_PUBLISHER = {"name": UNKNOWN, "jurisdiction": "International"}
_SOURCE: Mapping[str, Any] = {
    "id": UNKNOWN,
    "publisher": UNKNOWN,
    "kind": "news",
    "protocol": UNKNOWN,
    "url": "https://unknown.invalid/",
    "expect": {},
}
"""What stands in for a required value that does not pass, so that the rest of its block can be read."""


def registry_of_archive(
    text: str, needed: Collection[str] = (), protocols: Protocols | None = None, *, local: str = ""
) -> Registry:
    """Return the registry of a text, and of a local.yaml over it, that were right when archived; never refuses.

    ``needed`` are ids of sources that were walked then: one that cannot be read is there all the same, without anything
    that could be asked or parsed. With ``protocols``, options that are of another type now are left out.
    """
    raw = mapping(overlaid(_value(text), _value(local), lambda place, cause: None).value)
    settings = passing(Settings, mapping(raw, "settings"))[0]
    publishers = {key: _publisher(key, mapping(entry)) for key, entry in mapping(raw, "publishers").items()}
    hosts = {key: _host(key, entry) for key, entry in mapping(raw, "hosts").items()}
    sources: dict[str, Source] = {}
    for _, entry in entries(raw, "sources"):
        name = entry.get("id")
        if isinstance(name, str) and name not in sources:
            sources[name] = licensed(_source(entry, publishers, protocols), settings or Settings())
    for name in needed:
        sources.setdefault(name, _source({"id": name}, publishers, protocols))
    curated = reading.curated_of_archive(raw)
    for name in [each.publisher for each in sources.values()] + [each.publisher for each in curated.series]:
        publishers.setdefault(name, _publisher(name, {}))
    return Registry(
        settings=settings or Settings(),
        publishers=publishers,
        hosts=hosts,
        sources=sources,
        curated=curated,
    )


def recorded_decisions(text: str) -> Decisions:
    """Return the decisions of a text that was right when it was archived; never refuses."""
    return passing(Decisions, mapping(_value(text)))[0] or Decisions()


def _value(text: str) -> object:
    try:
        return _legal(compose(text, "", limited=False).value)
    except SourcesError:
        return None


def _legal(value: object) -> object:
    """Return a value with U+FFFD for characters that no text may hold."""
    if isinstance(value, str):
        return ILLEGAL.sub("\ufffd", value)
    if isinstance(value, list):
        return [_legal(each) for each in value]
    return {_legal(key): _legal(each) for key, each in value.items()} if isinstance(value, dict) else value


def _publisher(key: str, entry: Mapping[str, object]) -> Publisher:
    """Return a publisher; its copies are shown only where its licence is open by the rules of today."""
    publisher, _, failed = passing(Publisher, {**entry, "id": key}, _PUBLISHER)
    assert publisher is not None  # for each key that is required there is a value
    if not validators.is_open(publisher.licence):
        publisher = replace(publisher, copy="hash-only")
    if "name" in failed:
        publisher = replace(publisher, name=_as_it_stands(entry, "name", key))
    if "jurisdiction" in failed:
        publisher = replace(publisher, jurisdiction=_as_it_stands(entry, "jurisdiction", ""))
    return publisher


def _as_it_stands(entry: Mapping[str, object], key: str, otherwise: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else otherwise


def _host(key: str, entry: object) -> Host:
    host = passing(Host, {**mapping(entry), "name": key})[0] or Host(name=key)
    if host.private and not is_loopback(key):
        host = replace(host, private=False)
    return replace(host, delay=Host(name=key).delay) if host.delay == 0 and not host.private else host


def _source(entry: Mapping[str, object], publishers: Mapping[str, Publisher], protocols: Protocols | None) -> Source:
    source, _, failed = passing(Source, entry, _SOURCE)
    assert source is not None  # for each key that is required there is a value
    source = replace(
        source,
        id=_as_it_stands(entry, "id", UNKNOWN),
        publisher=_as_it_stands(entry, "publisher", UNKNOWN),
        protocol=_as_it_stands(entry, "protocol", UNKNOWN),
        url=_as_it_stands(entry, "url", "") if "url" in failed else source.url,
    )
    options, expect = source.options, source.expect
    if model := (protocols or {}).get(source.protocol):
        known = keys_of(model)
        kept = passing(model, {key: value for key, value in options.items() if key in known})[1]
        # What is unknown stays, for captures are read by the digest of all options.
        options = {key: kept.get(key, each) for key, each in options.items() if key in kept or key not in known}
    if expect.max is not None and expect.max < expect.min:
        expect = replace(expect, max=None)
    return with_defaults(replace(source, options=options, expect=expect), publishers)
