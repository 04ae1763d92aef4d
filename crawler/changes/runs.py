"""Stretches of a text as words, with where its sentences begin and end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.changes.digests import wording
from crawler.changes.paragraphs import number_spans
from crawler.model import Section
from crawler.text import canonical

WORD = re.compile(r"\d+(?:[.,:/]\d+)+\w*|\w+|[$\u00a3\u20ac\u00a5%\u00b0+<=>\u00b1\u00d7\u00f7\u2260\u2264\u2265]")
"""Symbols count as words: without them \u00a35 is 5. A number with marks in it, such as 14.229, is one."""
MIN_SENTENCE_WORDS = 4
"""Fewest words of a sentence that is recognised in another place."""

_END = re.compile(r"[.;!?\u2022][\"'\u2019\u201d)\]]*(?=\s)|\n")
"""What ends a sentence: no mark inside an address or a number, and no colon inside a line."""
_AROUND = 60


@dataclass(slots=True, kw_only=True)
class Run:
    """A stretch of a text, its words in small letters and without the numbers of paragraphs.

    ``spans`` are where the words stand in ``text``, ``first`` and ``last`` which of them begin and end a sentence,
    ``free`` which of them the other version is not known to have. ``alike`` tells that the other side has the same
    words in this place, so that its marks or capital letters are what changed; ``loose`` that the other version has
    some words of it inside a sentence; ``alone`` that it is all of a provision that came or went.
    """

    text: str
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    first: set[int] = field(default_factory=set)
    last: set[int] = field(default_factory=set)
    free: bytearray = field(default_factory=bytearray)
    alike: bool = False
    loose: bool = False
    alone: bool = False

    def sentences(self) -> list[tuple[int, int]]:
        """Return the sentences, whole ones only, as places of their first word and behind their last."""
        starts = [*sorted(self.first), len(self.words)]
        return [(start, end) for start, end in pairwise(starts) if end - 1 in self.last]

    def stop(self, place: int) -> int:
        """Return where in the text the marks behind a word end."""
        following = WORD.search(self.text, self.spans[place][1])
        return following.start() if following else len(self.text)


def run(text: str, start: int, end: int, counted: Sequence[tuple[int, int]]) -> Run:
    """Return a stretch of a text in which the numbers of paragraphs stand at the spans ``counted``."""
    found = Run(text=text[start:end])
    floor = max(0, start - _AROUND)
    before = max((match.end() for match in WORD.finditer(text, floor, start)), default=floor)
    opens = start == 0
    numbers = iter(counted)
    number = next(numbers, None)
    for match in WORD.finditer(text, start, end):
        while number is not None and number[1] <= match.start():
            number = next(numbers, None)
        if number is not None and number[0] <= match.start():
            opens, before = True, match.end()
            continue
        if opens or (text[before : match.start()] != " " and _END.search(text, before, match.start())):
            found.last.add(len(found.words) - 1)
            found.first.add(len(found.words))
        word = match[0]
        found.words.append((word if word.isascii() else canonical(word)).casefold())
        found.spans.append((match.start() - start, match.end() - start))
        opens, before = False, match.end()
    following = WORD.search(text, end)
    if following is None or _END.search(text, before, following.start()) or _is_number(following.start(), counted):
        found.last.add(len(found.words) - 1)
    found.free = bytearray(b"\x01" * len(found.words))
    return found


def whole(sections: Iterable[Section], numbers: frozenset[str]) -> Run:
    """Return all words of some sections, headings before texts."""
    text = "\n".join(wording(section) for section in sections)
    return run(text, 0, len(text), list(number_spans(text, numbers)))


def _is_number(place: int, counted: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in counted)
