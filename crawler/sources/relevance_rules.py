"""The file of rules of relevance, read into plain values; every mistake is told at once, with file and line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, mistakes, read_ours
from crawler.sources.fields import Kind, Topic, keyed
from crawler.sources.relevance_values import Borders, Prior, Reader, Rule, Rules, Unconfirmed, expand_phrase
from crawler.sources.rules import Raw, mapping
from crawler.sources.yaml_positions import Place, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publisher(Prior):
    names: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _File:
    borders: Borders
    unconfirmed: Unconfirmed
    rules: Annotated[Mapping[str, Rule], keyed("id"), Field(min_length=1)]
    publishers: Annotated[Mapping[str, _Publisher], keyed("id")] = field(default_factory=dict)
    kinds: Annotated[Mapping[Kind, Prior], keyed("id")] = field(default_factory=dict)
    instruments: Annotated[Mapping[str, Prior], keyed("id")] = field(default_factory=dict)
    topics: Annotated[Mapping[Topic, Prior], keyed("id")] = field(default_factory=dict)
    readers: Annotated[Mapping[str, Reader], keyed("id")] = field(default_factory=dict)


def load_rules(path: Path) -> Rules:
    """Return the rules that a file holds.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_rules(read_text(path), str(path))


def loads_rules(text: str, name: str) -> Rules:
    """Return the rules that a YAML text holds; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    file, raw, problems = read_ours(_File, text, name)
    _check_words(mapping(raw, "rules"), problems)
    _check_readers(raw, problems)
    borders = mistakes(Borders, raw.get("borders"))[0]
    if borders is not None and borders.review >= borders.in_:
        problems.add(("borders", "review"), f"{borders.review}; expected less than borders.in")
    if file is None or problems.lines:
        raise SourcesError(problems.lines)
    return Rules(
        version=sha256(text.encode()).hexdigest()[:12],
        borders=file.borders,
        unconfirmed=file.unconfirmed,
        rules=tuple(file.rules.values()),
        publishers=tuple(file.publishers.values()),
        kinds=file.kinds,
        instruments=file.instruments,
        topics=file.topics,
        hides={key: each.hides for key, each in file.topics.items()},
        readers=tuple(file.readers.values()),
    )


def _check_words(rules: Raw, problems: Problems) -> None:
    """Record every rule that finds nothing, phrase that cannot be read or stands twice, and pattern that is none."""
    seen: dict[tuple[str, str], str] = {}
    for key, raw in rules.items():
        rule, place = mistakes(Rule, {**mapping(raw), "id": key})[0], ("rules", key)
        if rule is None:
            continue
        if not (rule.words or rule.marks or rule.pattern):
            problems.add(place, "finds nothing; expected words, marks or a pattern")
        if bool(rule.pattern) != bool(rule.needs):
            problems.add(place, "a pattern needs words without which it is not tried (needs), and needs a pattern")
        _check_pattern(rule.pattern, place, problems)
        for part in ("words", "marks", "needs"):
            for number, phrase in enumerate(getattr(rule, part)):
                try:
                    forms: Iterable[str] = expand_phrase(phrase)
                except ValueError as error:
                    problems.add((*place, part, number), f"{phrase!r}: {error}")
                    continue
                for form in forms if part != "needs" else ():
                    first = seen.setdefault((part, form), key)
                    if first != key:
                        problems.add((*place, part, number), f"{form!r}: stands in rules.{first} already")


def _check_readers(raw: Raw, problems: Problems) -> None:
    """Record every rule that a reader asks for and there is none of."""
    known = {*mapping(raw, "rules"), *mapping(raw, "publishers")}
    for key, reader in mapping(raw, "readers").items():
        for part in ("says", "unsaid"):
            named = mapping(reader).get(part)
            for number, name in enumerate(named if isinstance(named, list) else ()):
                if name not in known:
                    problems.add(("readers", key, part, number), f"{name!r}: neither a rule nor a publisher")


def _check_pattern(pattern: str, place: Place, problems: Problems) -> None:
    try:
        found = re.compile(pattern)
    except re.error as error:
        problems.add((*place, "pattern"), f"not a regular expression: {error}")
        return
    if pattern and found.match(""):
        problems.add((*place, "pattern"), "matches the empty text; expected at least one word")
