"""The file of rules of relevance, read into plain values; every mistake is told at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, check, unknown
from crawler.sources.fields import Flag, Number
from crawler.sources.phrases import expanded
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
)
from crawler.sources.vocabulary import KINDS, TOPICS
from crawler.sources.yaml_positions import Place, compose, read_text


@dataclass(frozen=True, kw_only=True)
class _Given:
    exploitation: tuple[str, ...] = ()
    toolkit: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Gives(_Given):
    weight: Number = 0
    topics: Mapping[str, Number] = field(default_factory=dict)
    otherwise: Mapping[str, Number] = field(default_factory=dict)


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
    hides: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Reader:
    topics: tuple[str, ...] = ()
    lead: Flag = False
    named: Flag = False
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    aimed_at: tuple[str, ...] = ()


_SHAPES: Mapping[str, type[Any]] = {
    "rules": _Rule, "publishers": _Publisher, "kinds": _Gives, "instruments": _Gives, "topics": _Topic,
    "readers": _Reader,
}  # fmt: skip
_NAMED: Mapping[str, Collection[str]] = {"kinds": KINDS, "topics": TOPICS}
BLOCKS = ("borders", "unconfirmed", *_SHAPES)


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
    located = compose(text, name, ours=True)
    problems = Problems(located)
    if not isinstance(located.value, dict):
        problems.add((), f"not a mapping; expected the blocks {', '.join(BLOCKS)}")
        raise SourcesError(problems.lines)
    value = located.value
    for key in value:
        if key not in BLOCKS:
            problems.add((key,), unknown(key, BLOCKS, "block"))
    borders = check(Borders, value.get("borders", {}), ("borders",), problems)
    unconfirmed = check(Unconfirmed, value.get("unconfirmed", {}), ("unconfirmed",), problems)
    if unconfirmed is not None:
        _check_names(unconfirmed, ("unconfirmed",), problems)
    shapes = {block: _block(value, block, problems) for block in _SHAPES}
    _check_words(shapes["rules"], problems)
    _check_readers(shapes, problems)
    if borders is not None and borders.review >= borders.in_:
        problems.add(("borders", "review"), f"{borders.review}; expected less than borders.in")
    if problems.lines or borders is None or unconfirmed is None:
        raise SourcesError(problems.lines)
    return Rules(
        version=sha256(text.encode()).hexdigest()[:12],
        borders=borders,
        unconfirmed=unconfirmed,
        rules=tuple(_rule(key, each) for key, each in shapes["rules"].items() if isinstance(each, _Rule)),
        publishers=tuple(_prior(key, each) for key, each in shapes["publishers"].items()),
        kinds={key: _prior(key, each) for key, each in shapes["kinds"].items()},
        instruments={key: _prior(key, each) for key, each in shapes["instruments"].items()},
        topics={key: _prior(key, each) for key, each in shapes["topics"].items()},
        hides={key: tuple(each.hides) for key, each in shapes["topics"].items() if isinstance(each, _Topic)},
        readers=tuple(_reader(key, each) for key, each in shapes["readers"].items() if isinstance(each, _Reader)),
    )


def _block(value: Mapping[str, object], block: str, problems: Problems) -> dict[str, Any]:
    entries = value.get(block, {})
    if not isinstance(entries, dict) or (not entries and block == "rules"):
        problems.add((block,), "expected a mapping" if entries else "missing; it is required")
        return {}
    found: dict[str, Any] = {}
    for key, entry in entries.items():
        place = (block, key)
        shape = check(_SHAPES[block], {} if entry is None else entry, place, problems)
        if shape is not None:
            _check_names(shape, place, problems)
            found[key] = shape
        if block in _NAMED and key not in _NAMED[block]:
            problems.add(place, unknown(key, tuple(_NAMED[block]), block[:-1]))
    return found


def _check_names(shape: object, place: Place, problems: Problems) -> None:
    """Record every topic, kind and value of a facet that there is none of."""
    closed: tuple[tuple[str, str, Collection[str]], ...] = (
        *((facet, "word", values) for facet, values in {**FACETS, **CONCERNED}.items()),
        ("topics", "topic", TOPICS),
        ("otherwise", "topic", TOPICS),
        ("hides", "topic", TOPICS),
        ("beside", "topic", TOPICS),
        ("kinds", "kind", KINDS),
        ("but", "kind", KINDS),
    )
    for part, what, known in closed:
        for number, word in enumerate(getattr(shape, part, ())):
            if word not in known:
                at = word if isinstance(getattr(shape, part), dict) else number
                problems.add((*place, part, at), f"{word!r}: {unknown(word, tuple(known), what)}")


def _check_words(rules: Mapping[str, Any], problems: Problems) -> None:
    """Record every rule that finds nothing, phrase that cannot be read or stands twice, and pattern that is none."""
    seen: dict[tuple[str, str], str] = {}
    for key, rule in rules.items():
        if not isinstance(rule, _Rule):
            continue
        place = ("rules", key)
        if not (rule.words or rule.marks or rule.pattern):
            problems.add(place, "finds nothing; expected words, marks or a pattern")
        if bool(rule.pattern) != bool(rule.needs):
            problems.add(place, "a pattern needs words without which it is not tried (needs), and needs a pattern")
        _check_pattern(joined(rule.pattern), place, problems)
        for part in ("words", "marks", "needs"):
            for number, phrase in enumerate(getattr(rule, part)):
                try:
                    forms: Iterable[str] = expanded(phrase)
                except ValueError as error:
                    problems.add((*place, part, number), f"{phrase!r}: {error}")
                    continue
                for form in forms if part != "needs" else ():
                    first = seen.setdefault((part, form), key)
                    if first != key:
                        problems.add((*place, part, number), f"{form!r}: stands in rules.{first} already")


def _check_readers(shapes: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
    """Record every rule that a reader asks for and there is none of."""
    known = {*shapes["rules"], *shapes["publishers"]}
    for key, reader in shapes["readers"].items():
        for part in ("says", "unsaid"):
            for number, name in enumerate(getattr(reader, part)):
                if name not in known:
                    problems.add(("readers", key, part, number), f"{name!r}: neither a rule nor a publisher")


def joined(pattern: str) -> str:
    """Return a pattern that is written on several lines as one: a line may end behind a bar.

    >>> joined("slaves?| slavery")
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


def _gives(shape: object) -> RuleLabels:
    topics, otherwise = (shape.topics, shape.otherwise) if isinstance(shape, _Gives) else ({}, {})
    return RuleLabels(
        topics={key: float(strength) for key, strength in topics.items()},
        otherwise={key: float(strength) for key, strength in otherwise.items()},
        facets={facet: tuple(getattr(shape, facet)) for facet in FACETS if getattr(shape, facet)},
    )


def _rule(key: str, shape: _Rule) -> Rule:
    return Rule(
        id=key,
        weight=float(shape.weight),
        words=tuple(shape.words),
        marks=tuple(shape.marks),
        pattern=joined(shape.pattern),
        needs=tuple(shape.needs),
        cancels=shape.cancels,
        gives=_gives(shape),
    )


def _prior(key: str, shape: object) -> Prior:
    names = tuple(shape.names) if isinstance(shape, _Publisher) else ()
    weight = float(shape.weight) if isinstance(shape, _Gives) else 0.0
    return Prior(id=key, weight=weight, names=names, gives=_gives(shape))


def _reader(key: str, shape: _Reader) -> Reader:
    return Reader(
        id=key,
        topics=tuple(shape.topics),
        lead=shape.lead,
        named=shape.named,
        kinds=frozenset(shape.kinds),
        but=frozenset(shape.but),
        says=frozenset(shape.says),
        unsaid=frozenset(shape.unsaid),
        beside=frozenset(shape.beside),
        gives={facet: tuple(getattr(shape, facet)) for facet in CONCERNED if getattr(shape, facet)},
    )
