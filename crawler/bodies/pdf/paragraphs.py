"""Lines of a page into running text: paragraphs, and words that a line break had cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from crawler.bodies.pdf.lines import Line

_PART = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)-$")
_HEAD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[/@_]|\w\.\w")
_OPEN = re.compile(r"(?:(?:https?://|www\.)\S*/|\S@|\d\u2013)$")
"""What goes on in the next line without white space: a web or mail address, a range of figures."""
_LOOKED_AT = 200
"""Characters at the end of a text that are looked at."""
_CLOSING = re.compile(r"[.,;:)\]%\u2019\u201d]+")
_ENDS = (".", "?", "!", ":", ";", ".\u201d", ".\u2019", '."', ".)", "?)")
BULLET = re.compile(
    r"[\u2022\u25aa\u25cf\u25e6\u2023\u2043\u25a0\u25a1\u2610o\u2013*-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]"
)
"""What opens an entry of a list."""

# Before these a hyphen at the end of a line is nearly always one that the writer put there.
_OWN_NAMES = (
    "anti non self co pre post ex multi cross inter counter semi well long short high low full part half follow victim "
    "trauma child survivor first second third one two three four five six decision fact evidence case risk cyber "
    "county end face hard in off on out over re then to under up"
)
_OWN = frozenset(_OWN_NAMES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a document is set: size of type and weight of its text, white between its lines, and its words."""

    size: float
    bold: bool
    leading: float
    words: frozenset[str]


def measure(pages: Iterable[Sequence[Line]]) -> Measure:
    """Return how the text of a document is set, by what most of its letters are."""
    sizes: dict[tuple[float, bool], int] = {}
    gaps: list[float] = []
    seen: set[str] = set()
    for lines in pages:
        cut = False
        for line in lines:
            sizes[line.size, line.bold] = sizes.get((line.size, line.bold), 0) + len(line.text)
            # The two halves of a word that a line end cut are no words.
            whole = line.words[cut : len(line.words) - line.text.endswith("-")]
            cut = line.text.endswith("-")
            seen.update(_PART.findall(" ".join(word.text for word in whole).casefold()))
        gaps += [below.top - above.bottom for above, below in pairwise(lines) if _near(above, below)]
    (size, bold) = max(sizes, key=lambda key: (sizes[key], key)) if sizes else (0.0, False)
    return Measure(size=size, bold=bold, leading=median(gaps) if gaps else 0.0, words=frozenset(seen))


def _near(above: Line, below: Line) -> bool:
    return above.size == below.size and -above.size < below.top - above.bottom < above.size


def starts(line: Line, before: Line | None, set_as: Measure) -> bool:
    """Return whether a paragraph starts with a line; where a page or a column ends, the last words decide."""
    if before is None or line.turned != before.turned or BULLET.fullmatch(line.words[0].text):
        return True
    if line.page != before.page or line.top < before.bottom - line.size:
        return before.text.endswith(_ENDS)
    return line.top - before.bottom > set_as.leading + 0.35 * line.size


def paragraphs_text(lines: Sequence[Line], set_as: Measure) -> str:
    """Return lines as text, a line break between paragraphs."""
    text = ""
    for place, line in enumerate(lines):
        words = spoken(line)
        if place == 0:
            text = words
        elif lines[place - 1].broken or (text.endswith("-") and line.top != lines[place - 1].top):
            text = _mended(text, words, set_as.words)
        elif _OPEN.search(text[-_LOOKED_AT:]):
            text += words
        else:
            text += ("\n" if starts(line, lines[place - 1], set_as) else " ") + words
    return text


def spoken(line: Line) -> str:
    """Return the words of a line; a mark that closes stands right behind its word."""
    text = ""
    for word in line.words:
        text += word.text if not text or _CLOSING.fullmatch(word.text) else f" {word.text}"
    return text


def _mended(text: str, more: str, known: frozenset[str]) -> str:
    """Return two lines as one where the first ends with a hyphen: is it the writer's own, or the typesetter's?"""
    end = text[-_LOOKED_AT:]
    tail, head = _TAIL.search(end), _HEAD.match(more)
    if _ADDRESS.search(end.rpartition(" ")[2]):
        return text + more
    if tail is None or head is None:
        return text + more if tail is None and head is None and text[-2:-1].isdigit() else _apart(text, more)
    first, second = tail.group(1).casefold(), head.group().casefold()
    if first + second in known:
        return text[:-1] + more
    own = f"{first}-{second}" in known or first in _OWN or not head.group()[0].islower()
    own = own or (len(first) > 2 and len(second) > 2 and first in known and second in known)
    return text + more if own else text[:-1] + more


def _apart(text: str, more: str) -> str:
    # "2025-" and "26", "16-" and "17" are one; a dash with white before it is a dash.
    return f"{text} {more}" if text.endswith((" -", "--")) or text == "-" else text + more
