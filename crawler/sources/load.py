"""sources.yaml into a Registry, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from crawler.errors import SourcesError
from crawler.sources import validators
from crawler.sources.curated import reading
from crawler.sources.diagnostics import Problems, Strict, check, unknown
from crawler.sources.models import HostShape, PublisherShape, SettingsShape, SourceShape
from crawler.sources.rules import Protocols, check_hosts, check_options, check_publishers, check_source, mapping
from crawler.sources.values import Expect, Gone, Host, Publisher, Registry, Settings, Source
from crawler.sources.yaml_positions import Place, compose, read_text

BLOCKS = ("settings", "publishers", "hosts", "sources", *reading.BLOCKS)
ENVIRONMENT = {
    "ROUNDUP_CONTACT": ("contact", validators.contact),
    "ROUNDUP_PUBLIC_URL": ("public_url", validators.public_url),
    "ROUNDUP_AUTHORITY": ("authority", validators.authority),
}

_Model = TypeVar("_Model", bound=Strict)


def load(path: Path, protocols: Protocols | None = None) -> Registry:
    """Give the registry that a file holds.

    With ``protocols`` every protocol must be one of them, and the options of a source what it says; without, both are
    left unchecked.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads(read_text(path), str(path), protocols)


def loads(text: str, name: str, protocols: Protocols | None = None) -> Registry:
    """Give the registry that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name)
    if located.value is None and not located.problems:
        raise SourcesError([f"{name}:1: empty; expected the blocks {', '.join(BLOCKS)}"])
    problems = Problems(located)
    if not isinstance(located.value, dict):
        problems.add((), f"not a mapping; expected the blocks {', '.join(BLOCKS)}")
        raise SourcesError(problems.lines)
    registry = _registry(located.value, problems, protocols)
    if problems.lines:
        raise SourcesError(problems.lines)
    return registry


def with_environment(registry: Registry, environ: Mapping[str, str]) -> Registry:
    """Give the registry with the settings that the environment states; an empty variable states nothing.

    Raises:
        SourcesError: a variable holds no contact, address or authority.
    """
    stated: dict[str, str] = {}
    wrong: list[str] = []
    for variable, (key, read) in ENVIRONMENT.items():
        if value := environ.get(variable, "").strip():
            try:
                stated[key] = read(value)
            except ValueError as error:
                wrong.append(f"environment: {variable}: {error}")
    if wrong:
        raise SourcesError(wrong)
    return replace(registry, settings=replace(registry.settings, **stated))


def _registry(value: Mapping[str, object], problems: Problems, protocols: Protocols | None) -> Registry:
    for key in value:
        if key not in BLOCKS:
            problems.add((key,), unknown(key, BLOCKS, "block"))
    settings = check(SettingsShape, value.get("settings", {}), ("settings",), problems) or SettingsShape()
    publishers = _block(PublisherShape, value, "publishers", problems)
    hosts = _block(HostShape, value, "hosts", problems)
    check_publishers(value, problems)
    check_hosts(value, problems)
    shapes = _shapes(value, problems, protocols)
    return Registry(
        settings=Settings(contact=settings.contact, public_url=settings.public_url, authority=settings.authority),
        publishers={key: as_publisher(key, shape) for key, shape in publishers.items()},
        hosts={key: as_host(key, shape) for key, shape in hosts.items()},
        sources={shape.id: as_source(shape, publishers.get(shape.publisher)) for shape in shapes},
        curated=reading.curated(value, problems),
    )


def _block(model: type[_Model], value: Mapping[str, object], block: str, problems: Problems) -> dict[str, _Model]:
    entries = value.get(block, {})
    if not isinstance(entries, dict):
        problems.add((block,), "expected a mapping")
        return {}
    shapes = {key: check(model, entry, (block, key), problems) for key, entry in entries.items()}
    return {key: shape for key, shape in shapes.items() if shape is not None}


def _shapes(value: Mapping[str, object], problems: Problems, protocols: Protocols | None) -> list[SourceShape]:
    entries = value.get("sources")
    if not isinstance(entries, list) or not entries:
        problems.add(("sources",), "expected a list of at least one source")
        return []
    shapes = []
    ids: set[object] = set()
    for number, entry in enumerate(entries):
        place = ("sources", number)
        shape = check(SourceShape, entry, place, problems)
        shapes.append(shape)
        raw = mapping(entry)
        check_source(raw, place, value, problems)
        options = check_options(raw, place, protocols, problems) if protocols is not None else None
        for line in options.problems(as_source(shape, None)) if options is not None and shape is not None else ():
            _of_protocol(line, place, raw, problems)
        name = raw.get("id")
        if isinstance(name, str) and name in ids:
            problems.add((*place, "id"), "stands twice; expected an id of its own")
        ids.add(name if isinstance(name, str) else None)
    return [shape for shape in shapes if shape is not None]


def _of_protocol(line: str, place: Place, raw: Mapping[str, object], problems: Problems) -> None:
    """Note what a protocol finds wrong at the key that it names, else at the source."""
    named, _, cause = line.partition(": ")
    keys = tuple(named.split("."))
    if cause and keys[0] in raw and len(keys) <= 2:
        problems.add((*place, *keys), cause)
    else:
        problems.add(place, line)


def as_host(key: str, shape: HostShape) -> Host:
    """Give an entry of the block ``hosts`` as a value."""
    return Host(
        name=key,
        delay=float(shape.delay),
        concurrency=shape.concurrency,
        timeout=float(shape.timeout),
        max_bytes=shape.max_bytes,
        private=shape.private,
    )


def as_publisher(key: str, shape: PublisherShape) -> Publisher:
    """Give an entry of the block ``publishers`` as a value."""
    return Publisher(
        id=key,
        name=shape.name,
        jurisdiction=shape.jurisdiction,
        licence=shape.licence,
        licence_url=shape.licence_url,
        attribution=shape.attribution,
        copy=shape.copy_,
    )


def as_source(shape: SourceShape, publisher: PublisherShape | None) -> Source:
    """Give an entry of the block ``sources`` as a value; its publisher says where it has no jurisdiction of its own."""
    return Source(
        id=shape.id,
        name=shape.name or shape.id,
        publisher=shape.publisher,
        kind=shape.kind,
        protocol=shape.protocol,
        url=shape.url,
        expect=Expect(min=shape.expect.min, max=shape.expect.max, newest=shape.expect.newest, zero=shape.expect.zero),
        schedule=shape.schedule,
        options=shape.options,
        scrub=tuple(shape.scrub),
        keep=shape.keep,
        gone=Gone(answers=shape.gone.answers, over=shape.gone.over),
        audit=float(shape.audit),
        follow=shape.follow,
        evidence=shape.evidence,
        enabled=shape.enabled,
        reason=shape.reason,
        topics=tuple(shape.topics),
        toolkit=tuple(shape.toolkit),
        jurisdiction=shape.jurisdiction or (publisher.jurisdiction if publisher else ""),
    )
