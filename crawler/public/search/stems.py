"""Words as the indexes have them: cut and stemmed by SQLite itself, so that both always agree."""

import re
import sqlite3
import threading
from collections.abc import Iterable

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""The tokenizer of the indexes, as the schema has it."""

MAX_CACHED_WORDS = 200_000
_WORD = re.compile(r"[^\W_]+")


class _Stemmer:
    """An index in memory that is asked for nothing but what it makes of words; what it said is remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stems: dict[str, str] = {}
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.execute(
            f"create virtual table words using fts5(word, content='', columnsize=0, tokenize='{TOKENIZER}')"
        )
        self._connection.execute("create virtual table stems using fts5vocab(words, instance)")

    def stems(self, words: list[str]) -> list[str]:
        """Return the stem of each word, the word itself where the index makes nothing of it."""
        known = self._stems
        try:
            return [known[word] for word in words]
        except KeyError:
            with self._lock:
                self._learn(sorted({word for word in words if word not in self._stems}))
                known = self._stems
        return [known.get(word, word) for word in words]

    def _learn(self, words: list[str]) -> None:
        if len(self._stems) + len(words) > MAX_CACHED_WORDS:
            self._stems = {}
        self._connection.executemany("insert into words(rowid, word) values (?, ?)", enumerate(words))
        learned = dict(zip(words, words, strict=True))
        for stem, row in self._connection.execute("select term, doc from stems where offset = 0"):
            learned[words[row]] = stem
        self._connection.execute("insert into words(words) values ('delete-all')")
        self._stems = {**self._stems, **learned}


_STEMMER = _Stemmer()


def words(text: str) -> list[str]:
    """Return the words of a text in small letters.

    >>> words("Anti-slavery: s.45(1)")
    ['anti', 'slavery', 's', '45', '1']
    """
    return _WORD.findall(text.lower())


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text, in order.

    >>> stems("Trafficked children, Überwachung")
    ['traffick', 'children', 'uberwachung']
    """
    return _STEMMER.stems(words(text))


def stem_set(texts: Iterable[str]) -> set[str]:
    """Return the stems of all words of some texts."""
    return {stem for text in texts for stem in stems(text)}
