"""The file of rules of relevance, read into plain values; every mistake is told at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, mistakes, read_ours
from crawler.sources.fields import Flag, Kind, Number, Part, Topic, among
from crawler.sources.phrases import expand_phrase
from crawler.sources.relevance_values import (
    CONCERNED,
    FACETS,
    Borders,
    Prior,
    Reader,
    Rule,
    RuleLabels,
    Rules,
    Unconfirmed,
)  # fmt: skip
from crawler.sources.rules import Raw, mapping
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES
from crawler.sources.yaml_positions import Place, read_text

Form = Annotated[str, among(EXPLOITATION, "kind of exploitation")]
Strengths = Mapping[Topic, Number]


@dataclass(frozen=True, kw_only=True)
class _Given:
    exploitation: tuple[Form, ...] = ()
    toolkit: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Gives(_Given):
    weight: Number = 0.0
    topics: Strengths = field(default_factory=dict)
    otherwise: Strengths = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Rule(_Gives):
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    pattern: str = ""
    needs: tuple[str, ...] = ()
    cancels: Flag = False


@dataclass(frozen=True, kw_only=True)
class _Publisher(_Gives):
    names: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Topic(_Given):
    hides: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Reader:
    topics: tuple[Topic, ...] = ()
    lead: Flag = False
    named: Flag = False
    kinds: frozenset[Kind] = frozenset()
    but: frozenset[Kind] = frozenset()
    says: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    beside: frozenset[Topic] = frozenset()
    role: tuple[Annotated[str, among(ROLES, "role")], ...] = ()
    aimed_at: tuple[Annotated[str, among(AIMED_AT, "reader")], ...] = ()


@dataclass(frozen=True, kw_only=True)
class _File:
    borders: Borders
    unconfirmed: Unconfirmed
    rules: Annotated[Mapping[str, _Rule], Field(min_length=1)]
    publishers: Mapping[str, _Publisher] = field(default_factory=dict)
    kinds: Mapping[Kind, _Gives] = field(default_factory=dict)
    instruments: Mapping[str, _Gives] = field(default_factory=dict)
    topics: Mapping[Topic, _Topic] = field(default_factory=dict)
    readers: Mapping[str, _Reader] = field(default_factory=dict)


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
    _check_words({key: mistakes(_Rule, each)[0] for key, each in mapping(raw, "rules").items()}, problems)
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
        rules=tuple(_rule(key, each) for key, each in file.rules.items()),
        publishers=tuple(_prior(key, each) for key, each in file.publishers.items()),
        kinds={key: _prior(key, each) for key, each in file.kinds.items()},
        instruments={key: _prior(key, each) for key, each in file.instruments.items()},
        topics={key: _prior(key, each) for key, each in file.topics.items()},
        hides={key: each.hides for key, each in file.topics.items()},
        readers=tuple(_reader(key, each) for key, each in file.readers.items()),
    )


def _check_words(rules: Mapping[str, _Rule | None], problems: Problems) -> None:
    """Record every rule that finds nothing, phrase that cannot be read or stands twice, and pattern that is none."""
    seen: dict[tuple[str, str], str] = {}
    for key, rule in rules.items():
        if rule is None:
            continue
        place = ("rules", key)
        if not (rule.words or rule.marks or rule.pattern):
            problems.add(place, "finds nothing; expected words, marks or a pattern")
        if bool(rule.pattern) != bool(rule.needs):
            problems.add(place, "a pattern needs words without which it is not tried (needs), and needs a pattern")
        _check_pattern(join_lines(rule.pattern), place, problems)
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


def join_lines(pattern: str) -> str:
    """Return a pattern that is written on several lines as one: a line may end behind a bar.

    >>> join_lines("slaves?| slavery")
    'slaves?|slavery'
    """
    return pattern.replace("| ", "|")


def _check_pattern(pattern: str, place: Place, problems: Problems) -> None:
    try:
        found = re.compile(pattern)
    except re.error as error:
        problems.add((*place, "pattern"), f"not a regular expression: {error}")
        return
    if pattern and found.match(""):
        problems.add((*place, "pattern"), "matches the empty text; expected at least one word")


def _labels(read: _Given) -> RuleLabels:
    topics, otherwise = (read.topics, read.otherwise) if isinstance(read, _Gives) else ({}, {})
    facets = {facet: getattr(read, facet) for facet in FACETS if getattr(read, facet)}
    return RuleLabels(topics=topics, otherwise=otherwise, facets=facets)


def _rule(key: str, read: _Rule) -> Rule:
    return Rule(
        id=key,
        weight=read.weight,
        words=read.words,
        marks=read.marks,
        pattern=join_lines(read.pattern),
        needs=read.needs,
        cancels=read.cancels,
        gives=_labels(read),
    )


def _prior(key: str, read: _Given) -> Prior:
    names = read.names if isinstance(read, _Publisher) else ()
    return Prior(id=key, weight=read.weight if isinstance(read, _Gives) else 0.0, names=names, gives=_labels(read))


def _reader(key: str, read: _Reader) -> Reader:
    return Reader(
        id=key,
        topics=read.topics,
        lead=read.lead,
        named=read.named,
        kinds=read.kinds,
        but=read.but,
        says=frozenset(read.says),
        unsaid=frozenset(read.unsaid),
        beside=read.beside,
        gives={facet: getattr(read, facet) for facet in CONCERNED if getattr(read, facet)},
    )
