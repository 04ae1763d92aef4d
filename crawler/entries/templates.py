"""Every fixed word of an entry, and where each other word comes from: the source, or the structure of what was read.

A sentence is made by :func:`say` alone, from a template of templates.yaml and fills of known origin. So each word of an
entry can be traced: no sentence is written freely anywhere else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Literal

from crawler.sources.yaml_positions import read_table

Origin = Literal["template", "source", "structure"]

TEMPLATES: Mapping[str, str] = read_table(Path(__file__).with_name("templates.yaml"))
"""Every sentence and every part of one that an entry can have, by name."""

_OPENING, _CLOSING = re.compile('^\\s*["\u201c\u201e\u00ab]'), re.compile('["\u201d\u201c\u00bb]\\s*$')
"""Marks of quotation that words of a source begin and end with."""
_FIELDS = {name: tuple(Formatter().parse(text)) for name, text in TEMPLATES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one origin: of a template, of the source (title, text, note …) or of structure (number, date, count)."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or a part of one: its pieces in order, and the template that made it, empty for bare words."""

    template: str
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def source(text: str) -> Sentence:
    """Return words of the source, as they stand there or cut at a word."""
    return Sentence(template="", pieces=(Piece(origin="source", text=text),))


def structure(value: object) -> Sentence:
    """Return a number, a date, a status or the name of a provision: read from structure, not from running text."""
    return Sentence(template="", pieces=(Piece(origin="structure", text=str(value)),))


def say(template: str, **fills: Sentence) -> Sentence:
    """Return a sentence, or a part of one, from a template and its fills.

    Raises:
        KeyError: there is no such template, or a fill is missing.

    >>> str(say("new", title=source("Sample guidance")))
    'New: Sample guidance'
    """
    pieces: list[Piece] = []
    parts = _FIELDS[template]
    for place, (text, field, _, _) in enumerate(parts):
        if text:
            pieces.append(Piece(origin="template", text=text))
        if field:
            after = parts[place + 1][0] if place + 1 < len(parts) else ""
            in_quotes = text.endswith("“") and after.startswith("”")
            pieces += _bare(fills[field].pieces) if in_quotes else fills[field].pieces
    return Sentence(template=template, pieces=tuple(pieces))


def _bare(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return words that a template quotes without the marks of quotation that they bring along around them."""
    found = list(pieces)
    while found and _OPENING.match(found[0].text) and _CLOSING.search(found[-1].text):
        found[0] = Piece(origin=found[0].origin, text=_OPENING.sub("", found[0].text))
        found[-1] = Piece(origin=found[-1].origin, text=_CLOSING.sub("", found[-1].text))
    return found


def capital(said: Sentence) -> Sentence:
    """Return a sentence with a capital at its start.

    >>> str(capital(structure("section 45 changed")))
    'Section 45 changed'
    """
    first, *others = said.pieces
    start = Piece(origin=first.origin, text=first.text[:1].upper() + first.text[1:])
    return Sentence(template=said.template, pieces=(start, *others))


def chain(template: Literal["comma", "semicolon"], parts: Sequence[Sentence]) -> Sentence:
    """Return parts in a row.

    >>> str(chain("semicolon", [structure("a"), structure("b"), structure("c")]))
    'a; b; c'
    """
    *before, row = parts
    for part in reversed(before):
        row = say(template, first=part, rest=row)
    return row


def name_list(named: Sequence[Sentence], most: int) -> Sentence:
    """Return names in a row, the first few one by one.

    >>> words = [structure(text) for text in "abcde"]
    >>> str(name_list(words[:2], 3)), str(name_list(words, 3)), str(name_list(words[:4], 3))
    ('a and b', 'a, b, c and 2 more', 'a, b, c and 1 more')
    """
    if len(named) > most:
        return say("more named", named=chain("comma", named[:most]), count=structure(len(named) - most))
    if len(named) == 1:
        return named[0]
    return say("two named", first=chain("comma", named[:-1]), last=named[-1])


def plain(said: Iterable[Sentence]) -> str:
    """Return sentences as running text; one of a publisher without a full stop gets one before the next.

    >>> plain([say("own summary", summary=source("Sample report (2029)")), say("status now", after=source("closed"))])
    'Sample report (2029). Status: closed.'
    """
    *before, last = [text for text in map(str, said) if text] or [""]
    closed = (f"{text}." if text[-1].isalnum() or text[-1] in ")]" else text for text in before)
    return " ".join((*closed, last)).replace("\u2026.", "\u2026")
