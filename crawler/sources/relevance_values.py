"""What the file of rules of relevance holds: rules, publishers, kinds, instruments and readers, as plain values."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from crawler.sources.fields import Count, Flag, Kind, Number, Part, Topic, Whole, among, through
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES, TOOLKIT
from crawler.text import counted

FACETS: Mapping[str, Mapping[str, str]] = {"exploitation": EXPLOITATION, "toolkit": TOOLKIT}
"""What words, publishers, kinds and topics give beside topics."""
CONCERNED: Mapping[str, Mapping[str, str]] = {"role": ROLES, "aimed_at": AIMED_AT}
"""Whom a document concerns: what the readers of the rules give."""


def _joined(pattern: object) -> object:
    """Return a pattern that is written on several lines as one: a line may end behind a bar.

    >>> _joined("slaves?| slavery")
    'slaves?|slavery'
    """
    return pattern.replace("| ", "|") if isinstance(pattern, str) else pattern


Positive = Annotated[Number, Field(gt=0)]
Strengths = Mapping[Topic, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """The scores at which bands and topics begin, and what a place weighs.

    A document is in from ``in_``, in review from ``review``; words from the weight ``core`` on keep it in review, if
    nothing as heavy speaks against it. What the words of title and summary leave in review, from ``company`` on, is in
    where other words say what it is about and none speak against it. ``title`` and ``summary`` are factors. Words of
    the text weigh ``text`` times their weight at most, and ``most`` together; ``dense`` of them in a thousand words
    make a text that is about the subject. A topic is given from ``topic``, at most ``topics``, none with less than
    ``share`` of the strongest, unless it is as strong as ``sure``, and beside one of ``strong`` none that words at a
    single place tell with less than ``alone``, none as the third with less than ``third``. What only the summary tells
    has ``aside`` of its strength.
    """

    in_: Annotated[Positive, Field(alias="in")]
    review: Positive
    core: Positive
    company: Positive
    title: Positive
    summary: Positive
    text: Positive
    most: Positive
    dense: Positive
    topic: Positive
    topics: Count
    share: Annotated[Number, Field(ge=0, le=1)]
    sure: Positive
    strong: Positive
    alone: Positive
    third: Positive
    aside: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """What nobody decided and is published all the same: of some kinds, from a score by title and summary.

    ``right`` of ``of`` labelled titles that this holds for are relevant: the figures that it was derived from.
    """

    kinds: frozenset[Kind] = frozenset()
    from_: Annotated[Positive, Field(alias="from")]
    right: Annotated[Whole, Field(ge=0)]
    of: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLabels:
    """What something gives beside its weight: topics with their strength, values of facets.

    ``otherwise`` are topics, too, for what has no subject of its own: a report is then about what it reports on.
    """

    topics: Strengths = field(default_factory=dict)
    otherwise: Strengths = field(default_factory=dict)
    exploitation: tuple[Annotated[str, among(EXPLOITATION, "kind of exploitation")], ...] = ()
    toolkit: tuple[Part, ...] = ()

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """Return the values by facet."""
        return _stated(self, FACETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RuleLabels):
    """Words that count: phrases in any case, ``marks`` as they are written, or a pattern over the plain text.

    ``needs`` are words without which the pattern is not tried. ``cancels``: what lies in its words does not count.
    """

    id: str
    weight: Number = 0.0
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    pattern: Annotated[str, through(_joined)] = ""
    needs: tuple[str, ...] = ()
    cancels: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior(RuleLabels):
    """A publisher, kind or instrument that counts whatever the words are; ``names`` are what it is known by.

    A topic, too: ``hides`` are those whose place it takes.
    """

    id: str
    weight: Number = 0.0
    names: tuple[str, ...] = ()
    hides: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom documents of some topics and kinds concern: ``gives`` has values of ``CONCERNED`` by facet.

    Any of the ``topics`` is enough (``lead``: as the strongest of all), any of the ``kinds`` (none in ``but``), and one
    of the rules or publishers in ``says`` that counted; none of those in ``unsaid`` did, and none of the topics in
    ``beside`` is given. What is empty asks nothing. ``named``: what it ``says`` stands in the title, and whom it is
    aimed at takes the place of all who are not named.
    """

    id: str
    topics: tuple[Topic, ...] = ()
    lead: Flag = False
    named: Flag = False
    kinds: frozenset[Kind] = frozenset()
    but: frozenset[Kind] = frozenset()
    says: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()
    beside: frozenset[Topic] = frozenset()
    role: tuple[Annotated[str, among(ROLES, "role")], ...] = ()
    aimed_at: tuple[Annotated[str, among(AIMED_AT, "reader")], ...] = ()

    @property
    def gives(self) -> Mapping[str, tuple[str, ...]]:
        """Return the values by facet."""
        return _stated(self, CONCERNED)


def _stated(values: object, facets: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    return {facet: found for facet in facets if (found := getattr(values, facet))}


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


MAX_FORMS = 128
_TOKEN = re.compile(r"[()\[\]|]|(?:\\.|[^()\[\]|\\])+")
_ESCAPED = re.compile(r"\\(.)")


def expand_phrase(phrase: str) -> tuple[str, ...]:
    """Return the forms of a phrase: ``(s)`` may stand or not, ``[a|b]`` is one or the other, and either may hold both.

    A bracket that is meant is written with a backslash before it.

    Raises:
        ValueError: a bracket without its other half, a form that is empty, ``*`` elsewhere than at the end, or more
            than 128 forms.

    >>> expand_phrase("victim(s) of [human |]trafficking")[:2]
    ('victim of human trafficking', 'victim of trafficking')
    """
    tokens: list[str] = _TOKEN.findall(phrase)
    if sum(map(len, tokens)) != len(phrase):
        raise ValueError("a backslash with nothing behind it")
    forms, rest = _sequence(tokens, 0, "")
    if rest != len(tokens):
        raise ValueError("a bracket without its other half")
    found = tuple(dict.fromkeys(forms))
    if any(not form.strip(" *") for form in found):
        raise ValueError("a form of it is empty")
    if any("*" in form[:-1] for form in found):
        raise ValueError("a * that is not at the end")
    return found


def _sequence(tokens: list[str], place: int, until: str) -> tuple[list[str], int]:
    """Return the forms from a place to the end, or to the bracket that closes it, and where that stands."""
    every: list[str] = []
    forms = [""]
    while place < len(tokens):
        token = tokens[place]
        if token == until:
            break
        if token == "|" and until == "]":
            every, forms = every + forms, [""]
        elif token in ("(", "["):
            close = ")" if token == "(" else "]"
            inner, place = _sequence(tokens, place + 1, close)
            if place == len(tokens):
                raise ValueError("a bracket without its other half")
            forms = _combined(forms, ["", *inner] if close == ")" else inner)
        elif token in (")", "]", "|"):
            raise ValueError("a bracket or bar without its other half")
        else:
            forms = [form + _ESCAPED.sub(r"\1", token) for form in forms]
        place += 1
    return every + forms, place


def _combined(forms: list[str], endings: list[str]) -> list[str]:
    if len(forms) * len(endings) > MAX_FORMS:
        raise ValueError(f"{counted(len(forms) * len(endings), 'form')}; expected at most {MAX_FORMS}")
    return [form + ending for form in forms for ending in endings]
