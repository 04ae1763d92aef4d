"""A text, or the source of a page, in all the ways in which it may be read: unescaped, unquoted, without its tags.

Each reading knows where in the source its characters stand, so that what is found in it can be masked there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import itemgetter
from urllib.parse import unquote

PIECE = 500_000
"""Characters of a text that are looked at together."""
OVERLAP = 4_000
"""Characters of a piece that stand in the one before it too: more than any title, address or id has."""
WORD = re.compile(r"[^\W_]+")
Made = str | Callable[[str], str]
"""What stands instead of something, or what makes it of that."""

_BORDER = re.compile(r"[\s<>\"']")
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"(?:\A|>)[^<>]*(?=<|\Z)")
_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,5})\}|x([0-9a-fA-F]{2}))")
_SLASHED = re.compile(r"\\+(?=[/\"'])")
_BROKEN = re.compile(r"\\+[nrt]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_QUOTED = re.compile("(?:%[0-9a-fA-F]{2})+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_COMPOSED = re.compile(r"[^\W_][^\w\x00-\x7f]+")
_TIMES = 3
"""How often something may be escaped or quoted, one over the other."""


class View:
    """A text, and where in its source each part of it stands: that is found out once it is asked for."""

    def __init__(self, text: str, under: View | None = None, pattern: re.Pattern[str] = WORD, made: Made = "") -> None:
        self.text = text
        self._under = under
        self._pattern = pattern
        self._made = made

    def sub(self, pattern: re.Pattern[str], made: Made) -> View:
        """Return the view in which what a pattern matches is written otherwise."""
        text = pattern.sub(made if isinstance(made, str) else lambda match: made(match[0]), self.text)
        return self if text == self.text else View(text, self, pattern, made)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the source stands what stands from ``start`` to ``end`` here, which is not empty."""
        view = self
        while view._under is not None:
            start, end = view._below(start)[0], view._below(end - 1)[1]
            view = view._under
        return start, end

    @cached_property
    def _edits(self) -> list[tuple[int, int, int, int]]:
        """Where something else stands than under it: start and end here, start and end there."""
        edits, longer = [], 0
        for match in self._pattern.finditer(self._under.text if self._under else ""):
            new = self._made if isinstance(self._made, str) else self._made(match[0])
            start, end = match.span()
            edits.append((start + longer, start + longer + len(new), start, end))
            longer += len(new) - (end - start)
        return edits

    def _below(self, position: int) -> tuple[int, int]:
        at = bisect_right(self._edits, position, key=itemgetter(0)) - 1
        if at < 0:
            return position, position + 1
        start, end, old_start, old_end = self._edits[at]
        if position < end and end - start != old_end - old_start:
            return old_start, old_end
        return position - end + old_end, position - end + old_end + 1


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a long text piece by piece, with where each begins, between words: all its words would take much memory.

    They overlap, so that what lies across a border stands whole in one of them.
    """
    for start in range(0, max(len(text), 1), PIECE):
        border = _BORDER.search(text, start - OVERLAP, start) if start else None
        begins = border.end() if border else max(start - OVERLAP, 0)
        yield begins, text[begins : start + PIECE]


def unescaped(text: str) -> View:
    """Return the source of a page, or a text, with the escapes of JSON and of HTML undone, also one over the other.

    >>> unescaped("Caf\\\\\\\\u00e9 of Z&amp;amp;eacute;").text
    'Caf\xe9 of Z\xe9'
    """
    view = View(text)
    if "\\" in text:
        view = view.sub(_ESCAPED, lambda said: chr(int(said.lstrip("\\").strip("ux{}"), 16)))
        view = view.sub(_SLASHED, "").sub(_BROKEN, " ")
        view = view.sub(_HALVES, lambda said: said.encode("utf-16", "surrogatepass").decode("utf-16"))
    return _repeated(view, _ENTITY, html.unescape) if "&" in view.text else view


def unquoted(view: View) -> View:
    """Return a text without percent-encoding, also of what is encoded already.

    >>> unquoted(View("Caf%25C3%25A9 at 50%")).text
    'Caf\xe9 at 50%'
    """
    return _repeated(view, _QUOTED, unquote) if "%" in view.text else view


def _repeated(view: View, pattern: re.Pattern[str], made: Callable[[str], str]) -> View:
    for _ in range(_TIMES):
        before, view = view, view.sub(pattern, made)
        if view is before:
            break
    return view


def running(view: View) -> list[View]:
    """Return a text as words stand in it one behind the other: what stands around its tags, and what they say."""
    if "<" not in view.text:
        return [view]
    # What is no more than a pair of brackets without its inner tags is one: a comment, a section of CDATA.
    bare = view.sub(_INLINE, "")
    within = [bare, view] if "<!" in view.text else [view]
    return [bare.sub(_TAG, " "), *(each.sub(_BETWEEN, "\n") for each in within)]


def composed(view: View) -> View:
    """Return a text as its words are compared: composed, and without what nobody sees."""
    if view.text.isascii():
        return view
    return view.sub(_INVISIBLE, "").sub(_COMPOSED, lambda said: unicodedata.normalize("NFC", said))


def words(view: View) -> list[str]:
    """Return the words of a composed text, small."""
    if view.text.isascii():
        return WORD.findall(view.text.casefold())
    return [each for said in WORD.findall(view.text) for each in _small(said)]


def places(view: View) -> list[tuple[int, int]]:
    """Return where each of :func:`words` stands in a text."""
    return [match.span() for match in WORD.finditer(view.text) for _ in _small(match[0])]


def _small(word: str) -> list[str]:
    return [word.lower()] if word.isascii() else WORD.findall(word.casefold())
