"""A text made plain for finding words in it, with the way back: every offset leads to the text as it is stored.

Plain means: ASCII letters in lower case, no accents, hyphens and slashes and line ends as one space, curly quotes
straight, soft hyphens and other invisible characters gone. Greek and Cyrillic letters become the Latin ones nearest to
them, one for one, so that their phrases can be found like all others; the rules are made plain in the same way.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from crawler.text import has_runs

_GONE = "\x7f"
_SPACES = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f-/_|+", " "))
_RUN = re.compile(" [ \x7f]+|\x7f+")
_NARROW = bytes(range(0x80))
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_ALIKE = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    " ": "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2044\u0085",
    "l": "\u0142", "L": "\u0141", "d": "\u0111\u00f0", "D": "\u0110\u00d0", "o": "\u00f8\u0153", "O": "\u00d8\u0152",
    "s": "\u00df\u017f", "a": "\u00e6", "A": "\u00c6", "t": "\u00fe", "T": "\u00de", "i": "\u0131", "h": "\u0127",
}  # fmt: skip
_LETTERS = {
    "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0\u03c1\u03c3\u03c2"
    "\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9": "abgdezithklmnxoprsstyfhpo",
    "\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443"
    "\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f"
    "\u0456": "abvgdejziklmnoprstufhccssayyeuai",
}
_RANGES = ((0x80, 0x250), (0x300, 0x530), (0x1E00, 0x2070))
_MAX_WIDE_CHARACTERS = 24
"""Up to so many different wide characters are replaced one after the other: that is faster than to look at each."""


class Plain(NamedTuple):
    """A text made plain: ``words`` in lower case, ``marks`` with its capitals; ``at`` and ``shift`` lead back."""

    words: str
    marks: str
    at: tuple[int, ...] = ()
    shift: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where something that was found stands in the text as it was."""
        if not self.at or end <= start:
            return start, end
        return self._back(start), self._back(end - 1) + 1

    def _back(self, place: int) -> int:
        index = bisect_right(self.at, place)
        return place + (self.shift[index - 1] if index else 0)


def plain(text: str) -> Plain:
    """Return a text made plain.

    >>> found = plain("Victims\\u2019 trans\\u00adport  \\u2013 Traite des \\u00catres")
    >>> found.words
    "victims' transport traite des etres"
    >>> found.span(9, 18)
    (9, 19)
    """
    marks = (text if text.isascii() else _ascii(text)).translate(_SPACES)
    if _GONE not in marks and not has_runs(marks):
        return Plain(words=marks.lower(), marks=marks)
    kept: list[str] = []
    at: list[int] = []
    shift: list[int] = []
    done = length = 0
    for start, end in _runs(marks):
        start += marks[start] == " "
        kept.append(marks[done:start])
        length += start - done
        at.append(length)
        shift.append(end - length)
        done = end
    kept.append(marks[done:])
    marks = "".join(kept)
    return Plain(words=marks.lower(), marks=marks, at=tuple(at), shift=tuple(shift))


def _runs(marks: str) -> Iterator[tuple[int, int]]:
    """Yield where spaces follow each other or something is gone: an expression would stop at every space."""
    if _GONE in marks:
        yield from (run.span() for run in _RUN.finditer(marks))
        return
    start = marks.find("  ")
    while start >= 0:
        end = start + 2
        while marks[end : end + 1] == " ":
            end += 1
        yield start, end
        start = marks.find("  ", end)


def _ascii(text: str) -> str:
    """Return a text with one ASCII character for each of its own."""
    table = _table()
    wide = set(text.encode("utf-8", "surrogatepass").translate(None, _NARROW).decode("utf-8", "surrogatepass"))
    if len(wide) > _MAX_WIDE_CHARACTERS:
        return text.translate(table)
    for each in wide:
        text = text.replace(each, table[ord(each)])
    return text


class _Table(dict[int, str]):
    """What stands for a character; for one that no phrase holds, a mark that parts words."""

    def __missing__(self, key: int) -> str:
        return chr(key) if key < 0x80 else "?"


@cache
def _table() -> _Table:
    table = _Table()
    for first, last in _RANGES:
        for code in range(first, last):
            if found := _nearest(chr(code)):
                table[code] = found
    for letter, others in _ALIKE.items():
        table |= {ord(other): letter for other in others}
    table |= {ord(other): _GONE for other in _INVISIBLE}
    return table


def _nearest(letter: str) -> str:
    if unicodedata.combining(letter):
        return _GONE
    base = unicodedata.normalize("NFKD", letter)[0]
    if base.isascii() and base.isalnum():
        return base
    if base.isspace():
        return " "
    small = base.lower()
    for letters, ours in _LETTERS.items():
        if small in letters:
            found = ours[letters.index(small)]
            return found.upper() if small != base else found
    return ""
