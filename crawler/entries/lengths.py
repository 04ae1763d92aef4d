"""Lengths as readers count them: a headline of at most 12 words, a summary of at most 60."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.entries import templates
from crawler.entries.templates import Piece, Said

HEADLINE = 12
"""Most words of a headline."""
SUMMARY = 60
"""Most words of a summary."""
LETTERS = 120
"""Most characters of a title inside a headline, for titles of few words or none that can be told apart."""
NOTE = 300
"""Most characters of a publisher's note or summary inside a summary."""
TITLES = (14, 9, 6)
"""Most words of a source's own words inside a summary: the first number that makes it fit."""

_LOOSE = ' ,;:.\u2013\u2014-([/&\u201c\u2018"'
"""Marks with which a text that was cut does not end."""
_WORD = re.compile(r"\S*\w\S*")


def words(text: str) -> int:
    """Give how many words a text has: what stands between white space and has a letter or a figure.

    >>> words("Section 45(1) changed — by SI 2026/123."), words("…")
    (6, 0)
    """
    return sum(1 for _ in _WORD.finditer(text))


def cut(text: str, most: int, letters: int = LETTERS) -> str:
    """Give a text cut at a word where it has more words or letters than may be.

    >>> cut("Guidance on the identification of victims", 4)
    'Guidance on the identification …'
    >>> cut("Guidance", 4), cut("A" * 200, 4, 10)
    ('Guidance', 'AAAAAAAAAA …')
    """
    ends = [match.end() for match in _WORD.finditer(text)]
    end = len(text) if len(ends) <= most else ends[most - 1]
    if end > letters:
        end = max((each for each in ends if each <= letters), default=letters)
    return text if end == len(text) else text[:end].rstrip(_LOOSE) + " …"


def dated(title: str, most: int) -> str:
    """Give a title cut where it is too long, but with the year or number that it ends with: it tells editions apart.

    >>> dated("Annual report on human trafficking in all its forms 2025", 5)
    'Annual report on human … 2025'
    """
    _, space, last = title.rpartition(" ")
    if (
        not space
        or not any(mark.isdigit() for mark in last)
        or len(last) > len("2024-2025")
        or title == cut(title, most)
    ):
        return cut(title, most)
    return f"{cut(title, most - 1, LETTERS - len(last) - 1)} {last}"


def shortened(said: Said, most: int) -> Said:
    """Give a sentence in which no run of words of the source has more words than may be."""
    pieces = tuple(
        Piece(origin=piece.origin, text=cut(piece.text, most, NOTE)) if piece.origin == "source" else piece
        for piece in said.pieces
    )
    return Said(template=said.template, pieces=pieces)


def fitted(sentences: Sequence[Said], most: int = SUMMARY) -> tuple[Said, ...]:
    """Give as many sentences as have room: titles and notes inside them are cut first, then the last are left out."""
    if words(templates.plain(sentences)) <= most:
        return tuple(sentences)
    for limit in TITLES:
        short = [shortened(said, limit) for said in sentences]
        if words(templates.plain(short)) <= most:
            return tuple(short)
    closing = templates.say("more changes")
    room, kept = most - words(str(closing)), list[Said]()
    for said in [shortened(each, TITLES[0]) for each in sentences]:
        room -= words(str(said))
        if room < 0:
            break
        kept.append(said)
    return (*kept, closing)
