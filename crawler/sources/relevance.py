"""The file of rules of relevance, read into plain values; every mistake is told at once, with file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.phrases import expanded
from crawler.sources.positions import Place, compose, read_text
from crawler.sources.problems import Problems, Strict, check, unknown
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, KINDS, ROLES, TOOLKIT, TOPICS

FACETS: Mapping[str, Mapping[str, str]] = {"exploitation": EXPLOITATION, "toolkit": TOOLKIT}
"""What words, publishers, kinds and topics give beside topics."""
CONCERNED: Mapping[str, Mapping[str, str]] = {"role": ROLES, "aimed_at": AIMED_AT}
"""Whom a document concerns: what the readers of the rules give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """The scores at which bands and topics begin, and what a place weighs.

    A document is in from ``in_``, in review from ``review``; words from the weight ``core`` on keep it in review, if
    nothing as heavy speaks against it. ``title`` and ``summary`` are factors. Words of the text weigh ``text`` times
    their weight at most, and ``most`` together; ``dense`` of them in a thousand words make a text that is about the
    subject. A topic is given from ``topic``, at most ``topics``, none with less than ``share`` of the
    strongest, unless it is as strong as ``sure``. What only the summary tells has ``aside`` of its strength.
    """

    in_: float
    review: float
    core: float
    title: float
    summary: float
    text: float
    most: float
    dense: float
    topic: float
    topics: int
    share: float
    sure: float
    aside: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """What nobody decided and is published all the same: of some kinds, from a score by title and summary.

    ``right`` of ``of`` labelled titles that this holds for are relevant: the figures that it was derived from.
    """

    kinds: frozenset[str]
    from_: float
    right: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """What a rule gives beside its weight: topics with their strength, values of facets.

    ``otherwise`` are topics, too, for what has no subject of its own: a report is then about what it reports on.
    """

    topics: Mapping[str, float]
    otherwise: Mapping[str, float]
    facets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Words that count: phrases in any case, ``marks`` as they are written, or a pattern over the plain text.

    ``needs`` are words without which the pattern is not tried. ``cancels``: what lies in its words does not count.
    """

    id: str
    weight: float
    words: tuple[str, ...]
    marks: tuple[str, ...]
    pattern: str
    needs: tuple[str, ...]
    cancels: bool
    gives: Gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A publisher, kind or instrument that counts whatever the words are; ``names`` are what it is known by."""

    id: str
    weight: float
    names: tuple[str, ...]
    gives: Gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom documents of some topics and kinds concern: ``gives`` has values of ``CONCERNED`` by facet.

    Any of the ``topics`` is enough (``lead``: as the strongest of all), any of the ``kinds`` (none in ``but``), and one
    of the rules or publishers in ``says`` that counted; none of those in ``unsaid`` did, and none of the topics in
    ``beside`` is given. What is empty asks nothing.
    """

    id: str
    topics: tuple[str, ...]
    lead: bool
    kinds: frozenset[str]
    but: frozenset[str]
    says: frozenset[str]
    unsaid: frozenset[str]
    beside: frozenset[str]
    gives: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules; ``version`` changes whenever the file does.

    ``hides`` are topics by the more special one that takes their place, where it is as strong: the prosecution of
    victims is no prosecution of traffickers.
    """

    version: str
    borders: Borders
    unconfirmed: Unconfirmed
    rules: tuple[Rule, ...]
    publishers: tuple[Prior, ...]
    kinds: Mapping[str, Prior]
    instruments: Mapping[str, Prior]
    topics: Mapping[str, Prior]
    hides: Mapping[str, tuple[str, ...]]
    readers: tuple[Reader, ...]


class _Borders(Strict):
    in_: float = Field(alias="in", gt=0)
    review: float = Field(gt=0)
    core: float = Field(gt=0)
    title: float = Field(gt=0)
    summary: float = Field(gt=0)
    text: float = Field(gt=0)
    most: float = Field(gt=0)
    dense: float = Field(gt=0)
    topic: float = Field(gt=0)
    topics: int = Field(ge=1)
    share: float = Field(ge=0, le=1)
    sure: float = Field(gt=0)
    aside: float = Field(gt=0)


class _Unconfirmed(Strict):
    kinds: list[str] = Field(default_factory=list)
    from_: float = Field(alias="from", gt=0)
    right: int = Field(ge=0)
    of: int = Field(ge=1)


class _Given(Strict):
    exploitation: list[str] = Field(default_factory=list)
    toolkit: list[str] = Field(default_factory=list)


class _Gives(_Given):
    weight: float = 0
    topics: dict[str, float] = Field(default_factory=dict)
    otherwise: dict[str, float] = Field(default_factory=dict)


class _Rule(_Gives):
    words: list[str] = Field(default_factory=list)
    marks: list[str] = Field(default_factory=list)
    pattern: str = ""
    needs: list[str] = Field(default_factory=list)
    cancels: bool = False


class _Publisher(_Gives):
    names: list[str] = Field(min_length=1)


class _Topic(_Given):
    hides: list[str] = Field(default_factory=list)


class _Reader(Strict):
    topics: list[str] = Field(default_factory=list)
    lead: bool = False
    kinds: list[str] = Field(default_factory=list)
    but: list[str] = Field(default_factory=list)
    says: list[str] = Field(default_factory=list)
    unsaid: list[str] = Field(default_factory=list)
    beside: list[str] = Field(default_factory=list)
    role: list[str] = Field(default_factory=list)
    aimed_at: list[str] = Field(default_factory=list)


_SHAPES: Mapping[str, type[Strict]] = {
    "rules": _Rule, "publishers": _Publisher, "kinds": _Gives, "instruments": _Gives, "topics": _Topic,
    "readers": _Reader,
}  # fmt: skip
_NAMED: Mapping[str, Collection[str]] = {"kinds": KINDS, "topics": TOPICS}
BLOCKS = ("borders", "unconfirmed", *_SHAPES)


def load_rules(path: Path) -> Rules:
    """Give the rules that a file holds.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    return loads_rules(read_text(path), str(path))


def loads_rules(text: str, name: str) -> Rules:
    """Give the rules that a YAML text holds; ``name`` is what mistakes call the file.

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
    borders = check(_Borders, value.get("borders", {}), ("borders",), problems)
    unconfirmed = check(_Unconfirmed, value.get("unconfirmed", {}), ("unconfirmed",), problems)
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
        borders=Borders(**borders.model_dump()),
        unconfirmed=Unconfirmed(**{**unconfirmed.model_dump(), "kinds": frozenset(unconfirmed.kinds)}),
        rules=tuple(_rule(key, each) for key, each in shapes["rules"].items() if isinstance(each, _Rule)),
        publishers=tuple(_prior(key, each) for key, each in shapes["publishers"].items()),
        kinds={key: _prior(key, each) for key, each in shapes["kinds"].items()},
        instruments={key: _prior(key, each) for key, each in shapes["instruments"].items()},
        topics={key: _prior(key, each) for key, each in shapes["topics"].items()},
        hides={key: tuple(each.hides) for key, each in shapes["topics"].items() if isinstance(each, _Topic)},
        readers=tuple(_reader(key, each) for key, each in shapes["readers"].items() if isinstance(each, _Reader)),
    )


def _block(value: Mapping[str, object], block: str, problems: Problems) -> dict[str, Strict]:
    entries = value.get(block, {})
    if not isinstance(entries, dict) or (not entries and block == "rules"):
        problems.add((block,), "expected a mapping" if entries else "missing; it is required")
        return {}
    found: dict[str, Strict] = {}
    for key, entry in entries.items():
        place = (block, key)
        shape = check(_SHAPES[block], {} if entry is None else entry, place, problems)
        if shape is not None:
            _check_names(shape, place, problems)
            found[key] = shape
        if block in _NAMED and key not in _NAMED[block]:
            problems.add(place, unknown(key, tuple(_NAMED[block]), block[:-1]))
    return found


def _check_names(shape: Strict, place: Place, problems: Problems) -> None:
    """Note every topic, kind and value of a facet that there is none of."""
    closed: tuple[tuple[str, str, Collection[str]], ...] = (
        *((facet, "word", values) for facet, values in {**FACETS, **CONCERNED}.items()),
        ("topics", "topic", TOPICS),
        ("otherwise", "topic", TOPICS),
        ("hides", "topic", TOPICS),
        ("beside", "topic", TOPICS),
        ("kinds", "kind", KINDS),
        ("but", "kind", KINDS),
    )
    for field, what, known in closed:
        for number, word in enumerate(getattr(shape, field, ())):
            if word not in known:
                at = word if isinstance(getattr(shape, field), dict) else number
                problems.add((*place, field, at), f"{word!r}: {unknown(word, tuple(known), what)}")


def _check_words(rules: Mapping[str, Strict], problems: Problems) -> None:
    """Note every rule that finds nothing, phrase that cannot be read or stands twice, and pattern that is none."""
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
        for field in ("words", "marks", "needs"):
            for number, phrase in enumerate(getattr(rule, field)):
                try:
                    forms: Iterable[str] = expanded(phrase)
                except ValueError as error:
                    problems.add((*place, field, number), f"{phrase!r}: {error}")
                    continue
                for form in forms if field != "needs" else ():
                    first = seen.setdefault((field, form), key)
                    if first != key:
                        problems.add((*place, field, number), f"{form!r}: stands in rules.{first} already")


def _check_readers(shapes: Mapping[str, Mapping[str, Strict]], problems: Problems) -> None:
    """Note every rule that a reader asks for and there is none of."""
    known = {*shapes["rules"], *shapes["publishers"]}
    for key, reader in shapes["readers"].items():
        for field in ("says", "unsaid"):
            for number, name in enumerate(getattr(reader, field)):
                if name not in known:
                    problems.add(("readers", key, field, number), f"{name!r}: neither a rule nor a publisher")


def joined(pattern: str) -> str:
    """Give a pattern that is written on several lines as one: a line may end behind a bar.

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


def _gives(shape: Strict) -> Gives:
    topics, otherwise = (shape.topics, shape.otherwise) if isinstance(shape, _Gives) else ({}, {})
    return Gives(
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


def _prior(key: str, shape: Strict) -> Prior:
    names = tuple(shape.names) if isinstance(shape, _Publisher) else ()
    weight = float(shape.weight) if isinstance(shape, _Gives) else 0.0
    return Prior(id=key, weight=weight, names=names, gives=_gives(shape))


def _reader(key: str, shape: _Reader) -> Reader:
    return Reader(
        id=key,
        topics=tuple(shape.topics),
        lead=shape.lead,
        kinds=frozenset(shape.kinds),
        but=frozenset(shape.but),
        says=frozenset(shape.says),
        unsaid=frozenset(shape.unsaid),
        beside=frozenset(shape.beside),
        gives={facet: tuple(getattr(shape, facet)) for facet in CONCERNED if getattr(shape, facet)},
    )
