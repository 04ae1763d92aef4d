"""sources.yaml into a Registry, or every mistake in it at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from crawler.errors import SourcesError
from crawler.sources import validators
from crawler.sources.curated.reading import check_curated
from crawler.sources.curated.values import Curated
from crawler.sources.diagnostics import Problems, check, keys_of, mistakes, unknown
from crawler.sources.options import misfits
from crawler.sources.overlay import FILE, overlaid
from crawler.sources.rules import (
    Protocols,
    Raw,
    check_heartbeat,
    check_hosts,
    check_publishers,
    check_source,
    check_twice,
    entries,
    mapping,
)
from crawler.sources.values import Publisher, Registry, Settings, Source, SourcesFile
from crawler.sources.yaml_positions import Place, compose, read_text

BLOCKS = keys_of(SourcesFile)
NO_LICENCE = (
    "not searched automatically: its licence leaves computational analysis out; name a further licence of The National"
    " Archives in settings.find_case_law_licence"
)
ENVIRONMENT = {
    "ROUNDUP_CONTACT": ("contact", validators.contact),
    "ROUNDUP_PUBLIC_URL": ("public_url", validators.public_url),
    "ROUNDUP_AUTHORITY": ("authority", validators.authority),
    "ROUNDUP_HEARTBEAT": ("heartbeat", validators.address),
}


def load(path: Path, protocols: Protocols | None = None) -> Registry:
    """Return the registry that a file holds.

    With ``protocols`` every protocol must be one of them, and the options of a source what it says; without, both are
    left unchecked.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads(read_text(path), str(path), protocols)


def loads(
    text: str, name: str, protocols: Protocols | None = None, *, local: str = "", local_name: str = FILE
) -> Registry:
    """Return the registry that a YAML text holds, with that of a local.yaml over it; names are what mistakes say.

    Raises:
        SourcesError: a text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name)
    if located.value is None and not located.problems:
        raise SourcesError([f"{name}:1: empty; expected the blocks {', '.join(BLOCKS)}"])
    if not isinstance(located.value, dict):
        problems = Problems(located)
        problems.add((), f"not a mapping; expected the blocks {', '.join(BLOCKS)}")
        raise SourcesError(problems.lines)
    over = compose(local, local_name)
    wrong = Problems(over)
    found = overlaid(located.value, over.value, wrong.add)
    elsewhere = {place: (local_name, over.line(at)) for place, at in found.places.items()}
    problems = Problems(replace(located, value=found.value, elsewhere=elsewhere))
    registry = _registry(mapping(found.value), problems, protocols)
    if registry is None or problems.lines or wrong.lines:
        raise SourcesError([*problems.lines, *wrong.lines])
    return registry


def with_environment(registry: Registry, environ: Mapping[str, str]) -> Registry:
    """Return the registry with the settings that the environment states; an empty variable states nothing.

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


def _registry(value: Mapping[str, object], problems: Problems, protocols: Protocols | None) -> Registry | None:
    file = check(SourcesFile, value, (), problems, "block")
    check_publishers(value, problems)
    check_hosts(value, problems)
    check_heartbeat(value, problems)
    check_curated(value, problems)
    for place, raw in entries(value, "sources"):
        check_source(raw, place, value, problems)
        if protocols is not None:
            _check_options(raw, place, protocols, problems)
    check_twice(value, ("sources",), "id", problems)
    if file is None:
        return None
    publishers = file.publishers
    return Registry(
        settings=file.settings,
        publishers=publishers,
        hosts=file.hosts,
        sources={each.id: licensed(with_defaults(each, publishers), file.settings) for each in file.sources},
        curated=Curated(
            series=file.series, collections=file.collections, judgments=file.judgments, by_hand=file.by_hand
        ),
    )


def with_defaults(source: Source, publishers: Mapping[str, Publisher]) -> Source:
    """Return a source with its id as name and the jurisdiction of its publisher, where it states none."""
    publisher = publishers.get(source.publisher)
    place = source.jurisdiction or (publisher.jurisdiction if publisher else "")
    return replace(source, name=source.name or source.id, jurisdiction=place)


def licensed(source: Source, settings: Settings) -> Source:
    """Return a source, switched off where it searches Find Case Law and no licence for that is named."""
    if source.protocol != "caselaw" or settings.find_case_law_licence.strip() or not source.enabled:
        return source
    return replace(source, enabled=False, reason=source.reason or NO_LICENCE)


def _check_options(raw: Raw, place: Place, protocols: Protocols, problems: Problems) -> None:
    """Report unknown protocols, options that do not pass, and what a protocol finds wrong with a source."""
    name, given = raw.get("protocol"), raw.get("options", {})
    if not isinstance(name, str) or not isinstance(given, dict):
        return
    if name not in protocols:
        problems.add((*place, "protocol"), f"{name!r}: {unknown(name, list(protocols), 'protocol')}")
        return
    options = check(protocols[name], given, (*place, "options"), problems, "option")
    source, _ = mistakes(Source, raw)
    for line in misfits(options, source) if options is not None and source is not None else ():
        _of_protocol(line, place, raw, problems)


def _of_protocol(line: str, place: Place, raw: Mapping[str, object], problems: Problems) -> None:
    """Record what a protocol finds wrong at the key that it names, else at the source."""
    named, _, cause = line.partition(": ")
    keys = tuple(named.split("."))
    if cause and keys[0] in raw and len(keys) <= 2:
        problems.add((*place, *keys), cause)
    else:
        problems.add(place, line)
