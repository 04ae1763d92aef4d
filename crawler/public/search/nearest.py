"""Words that stand nowhere, and the words of the database that are spelled most like them."""

import re
from collections import Counter
from collections.abc import Mapping
from heapq import nsmallest
from itertools import pairwise
from math import log10
from sqlite3 import Connection

from rapidfuzz.distance import OSA

from crawler.public.search.candidates import Frequencies, frequencies
from crawler.public.search.parse_query import Query, Term
from crawler.public.search.stems import stems, words

MIN_CHARACTERS = 4
MIN_CHARACTERS_JOINED = 8
"""Two words that may be written as one have so many letters, and so has a word that may be written as two."""
MIN_CHARACTERS_OF_PART = 4
MAX_LETTERS = 4
"""An abbreviation of parties to a case that may be written with points between its letters."""
MIN_LETTERS_FOR_TWO_MISTAKES = 8
"""In words of so many letters two mistakes are mended, in shorter ones one."""
MAX_CHARACTERS = 30
RARE, MIN_TIMES_AS_COMMON = 3, 10
"""In how many texts a word may stand that is a mistake of theirs, and how much more common what was meant is."""
MAX_WORDS_CORRECTED = 6
MAX_STEMS = 6_000
"""Stems with the same beginning that are compared, the most common first."""
MAX_NEAR_STEMS = 10
MAX_TEXTS = 60
"""Texts in which the words of a stem are looked for."""

MIN_BEGINNING = 5
"""Letters of a stem that a word may begin with, one of them wrong at most."""

COMMON = 0.35
"""What a word that is ten times as common counts, in mistakes; a stem, which is no word yet, counts twice as much."""

_STEMS = """select term, documents + passages as number from terms
  where (term >= :first and term < :first || char(1114111) or term >= :second and term < :second || char(1114111))
    and length(term) between :shortest and :longest order by number desc limit :most"""
_TEXTS = (
    """select s.title || ' ' || s.summary || ' ' || s.labels from documents_fts f
      join document_search s on s.n = f.rowid where documents_fts match ? limit ?""",
    """select t.heading || ' ' || t.text from passages_fts f
      join passage_texts t on t.n = f.rowid where passages_fts match ? limit ?""",
)


_VERSUS = re.compile(r"\bv\b", re.IGNORECASE)


def other_spellings(query: Query) -> list[tuple[tuple[int, ...], Term]]:
    """Return how words may be spelled otherwise, each with the numbers of its words.

    Two may be written as one, and letters of a party to a case with points between them.
    """
    plain = [word.typed if word.provision is None and word.typed.isalpha() else "" for word in query.words]
    found: list[tuple[tuple[int, ...], Term]] = [
        ((place, place + 1), _term(one + other))
        for place, (one, other) in enumerate(pairwise(plain))
        if one and other and len(one + other) >= MIN_CHARACTERS_JOINED
    ]
    if _VERSUS.search(query.text):
        found += [((place,), _term(" ".join(one))) for place, one in enumerate(plain) if 1 < len(one) <= MAX_LETTERS]
    return found


def _term(words: str) -> Term:
    return Term(words=words, stems=tuple(stems(words)))


def corrections(connection: Connection, query: Query, counts: Frequencies) -> Mapping[str, str]:
    """Return the words of a question that stand nowhere, each with the nearest word of a title or text."""
    plain = [
        word
        for word in query.words
        if MIN_CHARACTERS <= len(word.typed) <= MAX_CHARACTERS
        and word.weight == 1
        and word.typed.isalpha()
        and len(word.terms) == 1
    ]
    unknown = [word.typed for word in plain if not counts.of_word(word)][:MAX_WORDS_CORRECTED]
    nearest = {word: _nearest(connection, word) or _parted(connection, word) for word in unknown}
    return {word: near for word, near in nearest.items() if near}


def likely(connection: Connection, query: Query, counts: Frequencies) -> Mapping[str, str]:
    """Return rare words of a question, each with a much more common one of which one letter is wrong.

    Texts have mistakes, too.
    """
    rare = [word for word in query.words if word.weight == 1 and word.typed.isalpha() and len(word.terms) == 1]
    asked = [
        word.typed for word in rare if len(word.typed) >= MIN_CHARACTERS_JOINED and 0 < counts.of_word(word) <= RARE
    ]
    found = {word: _nearest(connection, word, most=1, least=MIN_TIMES_AS_COMMON * RARE) for word in asked[:1]}
    return {word: near for word, near in found.items() if near and near != word}


def _parted(connection: Connection, word: str) -> str:
    """Return a word as two that are held, where it is these written as one; rather two common ones."""
    ends = range(MIN_CHARACTERS_OF_PART, len(word) - MIN_CHARACTERS_OF_PART + 1)
    parted = [(word[:end], word[end:]) for end in ends if len(word) >= MIN_CHARACTERS_JOINED]
    counts = frequencies(connection, {stems(part)[0] for parts in parted for part in parts})
    common = {" ".join(parts): min(sum(counts.known.get(stems(part)[0], (0, 0))) for part in parts) for parts in parted}
    return max((each for each in common if common[each]), key=lambda each: common[each], default="")


def mistakes(one: str, other: str, most: int) -> int:
    """Return how many letters are missing, too many, wrong or exchanged; one more than ``most`` where it is more.

    >>> mistakes("slvery", "slavery", 2), mistakes("guradian", "guardian", 2), mistakes("trafiking", "trafficking", 2)
    (1, 1, 2)
    >>> mistakes("act", "treaty", 2)
    3
    """
    return OSA.distance(one, other, score_cutoff=most)


def _nearest(connection: Connection, word: str, most: int = 0, least: int = 0) -> str:
    """Return the word with the fewest mistakes to a word, rather a common one; empty where all have too many.

    It has ``most`` mistakes, and its stem stands ``least`` times.
    """
    most = most or (2 if len(word) >= MIN_LETTERS_FOR_TWO_MISTAKES else 1)
    order: dict[str, tuple[float, int, str]] = {}
    for stem, common in _near_stems(connection, word, most, least):
        for other, number in _words_of(connection, stem).items():
            far = mistakes(word, other, most)
            if far <= most and len(word) - len(other) < 2:  # Nobody types two letters too many: that is another word.
                # People seldom get the first letter wrong.
                order[other] = far + 0.5 * (other[0] != word[0]) - common, -number, other
    return min(order, key=lambda other: order[other], default="")


def _near_stems(connection: Connection, word: str, most: int, least: int) -> list[tuple[str, float]]:
    """Return the stems that are spelled most like a word, or like its beginning, each with what it counts as common.

    They begin as the word does, or with its second letter, which may stand first by mistake. The ending of the word,
    which no stem has, may have the mistake.
    """
    stem = stems(word)[0]
    params = {"first": word[0], "second": word[1], "shortest": 3, "longest": len(word) + most, "most": MAX_STEMS}
    letters = {*word, *stem}
    far: dict[str, tuple[float, str]] = {}
    common: dict[str, float] = {}
    for term, number in connection.execute(_STEMS, params):
        if number < least:
            break
        if len(set(term) - letters) > most or not term.isalpha() or term == stem:
            continue
        away = mistakes(stem, term, most)
        if (
            away > 1
            and len(term) >= MIN_BEGINNING
            and any(mistakes(word[: len(term) + more], term, 1) <= 1 for more in (0, -1, 1))
        ):
            away = 1
        if away <= most:
            common[term] = COMMON * log10(1 + number)
            far[term] = away - 2 * common[term], term
    return [(term, common[term]) for term in nsmallest(MAX_NEAR_STEMS, far, key=lambda term: far[term])]


def _words_of(connection: Connection, stem: str) -> Counter[str]:
    """Return the words with a stem in some titles and texts, and in how many of these each is."""
    found: Counter[str] = Counter()
    # The index stems what it is asked for once more: commission is asked for as commiss.
    for match in (f'"{stem}"', f'"{stem}" *'):
        texts = (text for sql in _TEXTS for (text,) in connection.execute(sql, [match, MAX_TEXTS]))
        alike = Counter(word for text in texts for word in set(words(text)) if word[:2] == stem[:2] and word.isalpha())
        found.update({word: number for word, number in alike.items() if stems(word) == [stem]})
        if found:
            break
    return found
