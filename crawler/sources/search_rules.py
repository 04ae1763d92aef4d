"""search.yaml, what search knows of this field: lead Acts, words that count less, a thesaurus, best bets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from crawler.errors import SourcesError
from crawler.sources import citations
from crawler.sources.diagnostics import Problems, Strict, check
from crawler.sources.yaml_positions import compose

MAX_BEST_BETS = 20

_Word = Annotated[str, Field(min_length=2, max_length=100, pattern=r"^[a-z0-9&'./ -]+$")]
_Words = Annotated[list[_Word], Field(min_length=1, max_length=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BestBet:
    """The answer to a question that is asked often, kept by hand.

    ``document`` is an id or an alias, ``provision`` a path, empty for the document as a whole; ``reviewed`` is the day
    on which a person looked last.
    """

    asked: tuple[str, ...]
    document: str
    provision: str
    why: str
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRules:
    """What search knows of this field; see the comments of search.yaml."""

    lead: tuple[str, ...]
    subject: re.Pattern[str]
    sorts: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    shaping: frozenset[str]
    thesaurus: Mapping[str, tuple[str, ...]]
    asked_as: Mapping[str, Mapping[str, str]]
    best_bets: tuple[BestBet, ...]


class _BestBetShape(Strict):
    asked: _Words
    document: Annotated[str, Field(min_length=3, max_length=300)]
    provision: Annotated[str, Field(max_length=80)] = ""
    why: Annotated[str, Field(min_length=10, max_length=200)]
    reviewed: Annotated[str, BeforeValidator(citations.day)]


class _SortShape(Strict):
    words: Annotated[list[_Word], Field(min_length=1, max_length=60)]
    kinds: Annotated[list[str], Field(min_length=1, max_length=30)]


class _Shape(Strict):
    lead: Annotated[list[str], Field(min_length=1, max_length=10)]
    subject: str
    sorts: Annotated[list[_SortShape], Field(max_length=20)]
    ignored: str
    shaping: str
    thesaurus: dict[_Word, _Words]
    asked_as: dict[str, dict[str, Annotated[str, Field(min_length=3, max_length=400)]]]
    best_bets: Annotated[list[_BestBetShape], Field(max_length=MAX_BEST_BETS)]


def read_search_rules(text: str, name: str) -> SearchRules:
    """Return what a YAML text says of search; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name, ours=True)
    problems = Problems(located)
    shape = check(_Shape, {} if located.value is None else located.value, (), problems)
    if shape is None or problems.lines:
        raise SourcesError(problems.lines)
    return SearchRules(
        lead=tuple(shape.lead),
        subject=re.compile(rf"\b(?:{'|'.join(map(re.escape, shape.subject.split()))})", re.IGNORECASE),
        sorts={word: tuple(sort.kinds) for sort in shape.sorts for word in sort.words},
        ignored=frozenset(shape.ignored.split()),
        shaping=frozenset(shape.shaping.split()),
        thesaurus={words: tuple(others) for words, others in shape.thesaurus.items()},
        asked_as=shape.asked_as,
        best_bets=tuple(
            BestBet(
                asked=tuple(bet.asked),
                document=bet.document,
                provision=bet.provision,
                why=bet.why,
                reviewed=bet.reviewed,
            )
            for bet in shape.best_bets
        ),
    )
