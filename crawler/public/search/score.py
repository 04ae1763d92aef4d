"""How well a document and its passages answer a question: one formula, explained in docs/search.md. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from crawler.law.days import MONTHS
from crawler.public.search.candidates import Frequencies
from crawler.public.search.parse_query import Query, Term, Word, is_year
from crawler.public.search.stems import stems, words

TITLE, HEADING, SUMMARY, LABELS, TEXT = 1.0, 0.85, 0.8, 0.7, 0.55
"""What a word counts where it is in the title or an identifier, in a heading or number, and so on."""

NEAR_TITLE, NEAR_SUMMARY, NEAR_TEXT = 1.0, 0.7, 0.6
NEAR_WORDS = 3
"""Neighbouring words of the question that are so many words apart at most are near each other."""

TITLE_SHARE, NEAR_SHARE, WEIGHT_SHARE, RANK_SHARE, LEAD_BONUS = 0.35, 0.25, 0.08, 0.25, 0.3
SUBJECT_SHARE, BAND_SHARE, KIND_SHARE = 0.2, 0.1, 0.15
BANDS = {"in": 1.0, "review": 0.5}
RANK_HALF = 20
ABSENT_FACTOR = 0.5
PASSAGE_RANK = 0.6

ASIDE_FACTOR = 0.7

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")

_ASIDE = re.compile(
    r"(?:changes (?:made )?(?:from|since) |footnotes|contents$|(?:important )?contact|further (?:support|read)"
    r"|related )",
    re.IGNORECASE,
)
"""Headings of what names many things in passing, and answers no question about them."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What each word of a question counts: its rarity times its weight in the question.

    ``terms`` are the ways of saying its words by their first stem, each with the number of its word; ``nowhere`` is
    what a text says that has none of them; ``days`` are its years and months.
    """

    query: Query
    values: Sequence[float]
    ignored: frozenset[str]
    stems: frozenset[str]
    terms: Mapping[str, Sequence[tuple[int, Term]]]
    nowhere: _Places
    subject: re.Pattern[str]
    days: frozenset[str]

    @property
    def total(self) -> float:
        """The sum of what all words count; never nothing."""
        return sum(self.values) or 1.0

    def share(self, counted: Iterable[float]) -> float:
        """Return the share of the question that is covered, where each word counts so much of itself."""
        return sum(value * part for value, part in zip(self.values, counted, strict=True)) / self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage with what it says of the question: each word's part, and its own share of the whole.

    ``named`` are the provisions asked for that it is: 1 for each word that names it, 0 for the others; of one that is
    any, its heading is a title: ``headed`` has what each word counts there, else nothing. ``gain`` is the
    share that it says of those words that the title of its document does not have.
    """

    row: Row
    parts: Sequence[float]
    named: Sequence[float]
    headed: Sequence[float]
    near: Sequence[float]
    share: float
    exact: float
    gain: float = 0.0

    @property
    def is_cited(self) -> bool:
        """Whether it is a provision that was cited."""
        return any(self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A document with its score, the share of the question it covers, and its best passages, the best first.

    ``titled`` is the share that its title and names cover alone.
    """

    document: Row
    score: float
    cover: float
    titled: float
    passages: Sequence[Passage] = field(default=())


def importance(query: Query, counts: Frequencies, ignored: frozenset[str], subject: re.Pattern[str]) -> Importance:
    """Return what each word of a question counts; a word that is nowhere counts half as much as the rarest."""
    rows = counts.documents + counts.passages
    values = [
        word.weight * math.log(1 + rows / (1 + number)) * (1.0 if number else ABSENT_FACTOR)
        for word in query.words
        for number in [counts.of_word(word)]
    ]
    terms: dict[str, list[tuple[int, Term]]] = {}
    for number, word in enumerate(query.words):
        for term in word.terms:
            if term.stems:
                terms.setdefault(term.stems[0], []).append((number, term))
    nowhere = _Places([0.0] * len(values), [()] * len(values))
    days = frozenset(word.typed for word in query.words if is_year(word.typed) or word.typed in MONTHS)
    return Importance(query=query, values=values, ignored=ignored, stems=query.stem_set, terms=terms,
                      nowhere=nowhere, subject=subject, days=days)  # fmt: skip


def cover(text: str, asked: Importance) -> float:
    """Return the share of a question that a text covers."""
    return asked.share(_Places.read((text,), asked).parts)


def score_passage(row: Row, asked: Importance, asked_as: str = "") -> Passage:
    """Return what a passage says of a question; ``asked_as`` are words by which people ask for it, as a heading."""
    heading = _Places.read((row["heading"], row["cite"], asked_as), asked)
    text = _Places.read((row["text"],), asked)
    named = [TITLE * _is(word, row) for word in asked.query.words]
    is_cited = any(named)
    weight = TEXT * (ASIDE_FACTOR if _ASIDE.match(row["heading"]) else 1.0)
    headed = [max(both) for both in zip(heading.parts, named, strict=True)] if is_cited else [0.0] * len(named)
    parts = [
        max(TITLE * title, HEADING * part, weight * said)
        for title, part, said in zip(headed, heading.parts, text.parts, strict=True)
    ]
    beside = NEAR_TITLE if is_cited else NEAR_TEXT
    near = [max(beside * one, NEAR_TEXT * other) for one, other in zip(heading.near(), text.near(), strict=True)]
    share = asked.share(parts) + NEAR_SHARE * _mean(near)
    said = [
        part if word.provision is None else 0.0 for part, word in zip(heading.parts, asked.query.words, strict=True)
    ]
    exact = asked.share(said) * (0.5 + 0.5 * _exactness(row["heading"], asked)) if any(said) else 0.0
    return Passage(row=row, parts=parts, named=named, headed=headed, near=near, share=share, exact=exact)


def choose(passages: Sequence[Passage], document: Row, asked: Importance, most: int) -> list[Passage]:
    """Return the passages of a document that answer best, with what each gains.

    Those that were cited come first, in the order of the question. Words that the title has count half: they do not
    say which of its provisions is meant.
    """
    if not passages:
        return []
    title = _Places.read((f"{document['title']} {document['identifiers']}",), asked)
    halved = [0.5 if part else 1.0 for part in title.parts]
    others = [value if half == 1 else 0.0 for value, half in zip(asked.values, halved, strict=True)]

    def worth(passage: Passage) -> tuple[int, float, int]:
        cited = next((place for place, named in enumerate(passage.named) if named), len(halved))
        parts = [part * half for part, half in zip(passage.parts, halved, strict=True)]
        return cited, -asked.share(parts) - NEAR_SHARE * _mean(passage.near), passage.row["n"]

    def gain(passage: Passage) -> float:
        said = sum(value * part for value, part in zip(others, passage.parts, strict=True))
        return said / sum(others) if any(others) else 0.0

    return [replace(passage, gain=gain(passage)) for passage in sorted(passages, key=worth)[:most]]


def _is(word: Word, row: Row) -> bool:
    """Whether a passage is the very provision that a word names."""
    return word.provision is not None and word.provision.rank(row["path"], row["number"]) in (0, 2)


def score_document(row: Row, passages: Sequence[Passage], asked: Importance, ranks: tuple[int | None, int | None],
                   bonus: float, asked_as: str = "") -> Scored:  # fmt: skip
    """Return a document scored; ``ranks`` are its places in both ranked lists, ``bonus`` what it has beside.

    ``asked_as`` are words by which people ask for it, as its summary.
    """
    title, names = _Places.read((row["title"],), asked), _Places.read((row["identifiers"],), asked)
    summary, labels = _Places.read((row["summary"], asked_as), asked), _Places.read((row["labels"],), asked)
    titled = [max(both) for both in zip(title.parts, names.parts, strict=True)]
    days = dated(row) if asked.days else ()
    for passage in passages:
        titled = [max(both) for both in zip(titled, passage.headed, strict=True)]
    parts = [
        max(TITLE * part, SUMMARY * summed, LABELS * label, LABELS * (word.typed in days))
        for part, summed, label, word in zip(titled, summary.parts, labels.parts, asked.query.words, strict=True)
    ]
    beside = zip(title.near(), summary.near(), strict=True)
    near = [max(NEAR_TITLE * one, NEAR_SUMMARY * other) for one, other in beside]
    for passage in passages:
        parts = [max(both) for both in zip(parts, passage.parts, strict=True)]
        near = [max(both) for both in zip(near, passage.near, strict=True)]
    cover, share = asked.share(parts), asked.share(titled)
    exact = max([share * (0.5 + 0.5 * _exactness(row["title"], asked)), *(each.exact for each in passages)])
    score = (
        cover
        + TITLE_SHARE * exact
        + NEAR_SHARE * _mean(near)
        + WEIGHT_SHARE * row["weight"]
        + RANK_SHARE * _rank(*ranks)
        + SUBJECT_SHARE * _subject(row, passages, asked.subject)
        + BAND_SHARE * BANDS.get(row["band"], 0.0)
        + KIND_SHARE * (row["kind"] in asked.query.kinds)
        + bonus
    )
    return Scored(document=row, score=score, cover=cover, titled=share, passages=passages)


def dated(row: Row) -> set[str]:
    """Return the years and months, in words, in which a document was published and updated last.

    Months of its title are of what it is about, and go before.

    >>> sorted(dated({"title": "Form", "published": "2020-03-24", "updated": "2024"}))
    ['2020', '2024', 'march']
    >>> dated({"title": "Figures, January 2020", "published": "2021-03-24", "updated": ""})
    {'2021'}
    """
    days = [day for day in (row["published"], row["updated"]) if day]
    years, months = {day[:4] for day in days}, {MONTHS[int(day[5:7]) - 1] for day in days if _MONTH.match(day)}
    return years | (months if set(words(row["title"])).isdisjoint(MONTHS) else set())


def _rank(document: int | None, passage: int | None) -> float:
    best = [0.0 if place is None else RANK_HALF / (RANK_HALF + place) for place in (document, passage)]
    return (best[0] + PASSAGE_RANK * best[1]) / (1 + PASSAGE_RANK)


def _subject(row: Row, passages: Sequence[Passage], subject: re.Pattern[str]) -> float:
    """Return how plainly a document is about the subject of the round-up, which no question needs to name."""
    places = [(TITLE, row["title"]), *((HEADING, passage.row["heading"]) for passage in passages)]
    places += [(SUMMARY, row["summary"]), (LABELS, row["labels"]), *((TEXT, each.row["text"]) for each in passages)]
    return next((part for part, text in places if subject.search(text)), 0.0)


def _exactness(title: str, asked: Importance) -> float:
    """Return the share of a title's words that were asked for."""
    words = set(stems(title)) - asked.ignored
    return len(words & asked.stems) / len(words) if words else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class _Places:
    """What a text says of each word of a question: how much of the word, and where, in words from its beginning."""

    parts: Sequence[float]
    starts: Sequence[Sequence[int]]

    @classmethod
    def read(cls, texts: Sequence[str], asked: Importance) -> _Places:
        found = stems(texts[0]) if len(texts) == 1 else [stem for text in texts for stem in stems(text)]
        if asked.stems.isdisjoint(found):
            return asked.nowhere
        at: dict[str, list[int]] = {}
        for place, stem in enumerate(found):
            if stem in asked.stems and not _is_of_another_place(found, place, asked):
                at.setdefault(stem, []).append(place)
        parts, starts = list(asked.nowhere.parts), list(asked.nowhere.starts)
        for first in at:
            for number, term in asked.terms.get(first, ()):
                if begun := _begun(at, term):
                    parts[number] = max(parts[number], term.factor)
                    starts[number] = [*starts[number], *begun]
        return cls(parts, starts)

    def near(self) -> list[bool]:
        """Return for each two neighbouring words whether they are near each other somewhere."""
        return [
            bool(begun and ends) and any(abs(place - end) <= NEAR_WORDS for place in begun for end in ends)
            for begun, ends in pairwise(self.starts)
        ]


def _is_of_another_place(found: Sequence[str], place: int, asked: Importance) -> bool:
    """Whether a word is within the name of Northern Ireland, and Ireland alone is asked for."""
    return found[place] == "ireland" and found[place - 1] == "northern" and "northern" not in asked.stems


def _begun(at: Mapping[str, Sequence[int]], term: Term) -> Sequence[int]:
    """Return where a term begins, of which the places of each stem are given."""
    begun = at[term.stems[0]]
    for step, stem in enumerate(term.stems[1:], 1):
        following = at.get(stem, ())
        begun = [place for place in begun if place + step in following]
    return begun
