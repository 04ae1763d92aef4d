"""search.yaml, what search knows of this field: lead Acts, words that count less, a thesaurus, best bets."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from crawler.errors import SourcesError
from crawler.sources.diagnostics import read_ours
from crawler.sources.fields import Day

MAX_BEST_BETS = 20

_Word = Annotated[str, Field(min_length=2, max_length=100, pattern=r"^[a-z0-9&'./ -]+$")]
_Groups = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[a-z0-9&'./ ,-]+$")]
"""Words that have the same others, with commas between them."""
_Words = Annotated[tuple[_Word, ...], Field(min_length=1, max_length=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BestBet:
    """The answer to a question that is asked often, kept by hand.

    ``document`` is an id or an alias, ``provision`` a path, empty for the document as a whole; ``reviewed`` is the day
    on which a person looked last.
    """

    asked: _Words
    document: Annotated[str, Field(min_length=3, max_length=300)]
    provision: Annotated[str, Field(max_length=80)] = ""
    why: Annotated[str, Field(min_length=10, max_length=200)]
    reviewed: Day


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchRules:
    """What search knows of this field; see the comments of search.yaml. Each is itself alone, and can be a key."""

    lead: tuple[str, ...]
    last: int
    subject: re.Pattern[str]
    minor: re.Pattern[str]
    ended: re.Pattern[str]
    bodies: re.Pattern[str]
    sorts: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    shaping: frozenset[str]
    misspelled: Mapping[str, str]
    thesaurus: Mapping[str, tuple[str, ...]]
    asked_as: Mapping[str, Mapping[str, str]]
    best_bets: tuple[BestBet, ...]


@dataclass(frozen=True, kw_only=True)
class _Sort:
    words: Annotated[tuple[_Word, ...], Field(min_length=1, max_length=60)]
    kinds: Annotated[tuple[str, ...], Field(min_length=1, max_length=30)]


@dataclass(frozen=True, kw_only=True)
class _File:
    lead: Annotated[tuple[str, ...], Field(min_length=1, max_length=10)]
    last: int
    subject: str
    minor: Annotated[tuple[_Word, ...], Field(min_length=1, max_length=60)]
    ended: Annotated[tuple[_Word, ...], Field(min_length=1, max_length=60)]
    bodies: Annotated[tuple[_Word, ...], Field(min_length=1, max_length=60)]
    sorts: Annotated[tuple[_Sort, ...], Field(max_length=20)]
    ignored: str
    shaping: str
    misspelled: Mapping[_Word, _Word]
    thesaurus: Mapping[_Groups, _Words]
    asked_as: Mapping[str, Mapping[str, Annotated[str, Field(min_length=3, max_length=400)]]]
    best_bets: Annotated[tuple[BestBet, ...], Field(max_length=MAX_BEST_BETS)]


def read_search_rules(text: str, name: str) -> SearchRules:
    """Return what a YAML text says of search; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    file, _, problems = read_ours(_File, text, name)
    if file is None or problems.lines:
        raise SourcesError(problems.lines)
    return SearchRules(
        lead=file.lead,
        last=file.last,
        subject=_any(file.subject.split()),
        minor=_any(file.minor),
        ended=_any(file.ended),
        bodies=_any(file.bodies),
        sorts={word: sort.kinds for sort in file.sorts for word in sort.words},
        ignored=frozenset(file.ignored.split()),
        shaping=frozenset(file.shaping.split()),
        misspelled=file.misspelled,
        thesaurus={word: others for group, others in file.thesaurus.items() for word in group.split(", ")},
        asked_as=file.asked_as,
        best_bets=file.best_bets,
    )


def _any(beginnings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, beginnings))})", re.IGNORECASE)
