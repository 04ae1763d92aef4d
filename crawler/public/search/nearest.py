"""Words that stand nowhere, and the words of titles that are spelled most like them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from crawler.public.search.candidates import Frequencies
from crawler.public.search.parse_query import Query
from crawler.public.search.stems import stems, words

MIN_CHARACTERS = 4
MIN_LIKENESS = 0.59
MAX_LENGTH_DIFFERENCE = 2
MAX_WORDS_CORRECTED = 6
MIN_LIKENESS_OF_STEMS = 0.4
FIRST_LETTER = 0.1
MAX_TITLES_PER_WINDOW = 60
MAX_TERMS = 2_000
_WINDOW = 3
"""Trigrams that a title must have together: a mistake spoils three of a word at most."""


def corrections(connection: Connection, query: Query, counts: Frequencies) -> Mapping[str, str]:
    """Return the words of a question that stand nowhere, each with the nearest word of a title."""
    unknown = [
        word.typed
        for word in query.words
        if len(word.typed) >= MIN_CHARACTERS
        and word.typed.isalpha()
        and len(word.terms) == 1
        and not counts.of_word(word)
    ]
    nearest = {word: _nearest(connection, word) for word in unknown[:MAX_WORDS_CORRECTED]}
    return {word: near for word, near in nearest.items() if near}


def _nearest(connection: Connection, word: str) -> str:
    """Return the word that shares most trigrams with a word, the more common of two; empty where none does."""
    number = {**_words_of_headings(connection, word), **_words_of_titles(connection, word)}
    asked = _trigrams(word)
    alike = [other for other in number if other.isalpha() and abs(len(other) - len(word)) <= MAX_LENGTH_DIFFERENCE]
    likeness = {other: _likeness(asked, _trigrams(other)) for other in alike}
    # People seldom get the first letter wrong.
    likeness = {other: like + FIRST_LETTER * (other[0] == word[0]) for other, like in likeness.items()}
    best = max(likeness, key=lambda other: (round(likeness[other], 2), number[other], other), default="")
    return best if best and likeness[best] >= MIN_LIKENESS and stems(best) != stems(word) else ""


def _words_of_titles(connection: Connection, word: str) -> dict[str, int]:
    """Return the words of some titles, and in how many of these each is.

    They are titles that have all trigrams of the beginning, the middle or the end of the word.
    """
    grams = [word[place : place + 3] for place in range(len(word) - 2)]
    titles: dict[int, str] = {}
    for start in sorted({0, max(len(grams) - _WINDOW, 0), max(len(grams) // 2 - 1, 0)}):
        match = " AND ".join(f'"{gram}"' for gram in grams[start : start + _WINDOW])
        titles |= connection.execute(
            "select s.n, s.title from titles_trigram f join document_search s on s.n = f.rowid"
            f" where titles_trigram match ? limit {MAX_TITLES_PER_WINDOW}",
            [match],
        ).fetchall()
    return _numbered(titles.values())


def _words_of_headings(connection: Connection, word: str) -> dict[str, int]:
    """Return the words of headings whose stem begins as the word does and is as long as its stem."""
    stem = stems(word)[0]
    alike = connection.execute(
        f"""select term from terms where term >= :first and term < :first || char(1114111)
          and abs(length(term) - :length) <= 1 and passages > 0 order by passages desc limit {MAX_TERMS}""",
        {"first": word[:3], "length": len(stem)},
    ).fetchall()
    likely = [term for (term,) in alike if _likeness(_trigrams(term), _trigrams(stem)) >= MIN_LIKENESS_OF_STEMS]
    if not likely:
        return {}
    match = "heading : (" + " OR ".join(f'"{term}"' for term in likely) + ")"
    sql = f"""select t.heading from passages_fts f join passage_texts t on t.n = f.rowid
      where passages_fts match ? limit {MAX_TITLES_PER_WINDOW}"""
    return _numbered(heading for (heading,) in connection.execute(sql, [match]))


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    return Counter(word for text in texts for word in set(words(text)))


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
