"""Running text put together from the pieces of an XML tree, clean, with the places of its parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from crawler.model import Part
from crawler.text import clean

_OPENING = "([\u201c\u2018"
_LOOSE = re.compile(r"(?<=[(\[\u201c\u2018]) | (?=[)\]\u201d,;:])|(?<!\.) (?=\.(?! ?\.))")
"""A space inside brackets and quotes, or before punctuation: editors of the site leave some beside their marks.

Dots in a row stand for words that were taken out, and keep theirs.
"""
_DOTS = re.compile(r"\.(?: \.){3,}")
"""A row of dots where words were taken out: as wide as the column, it says no more than one mark."""

CELLS, ROWS = "|", "||"
"""What separates the cells and the rows of a table in the text."""


@dataclass(slots=True, eq=False)
class _Open:
    path: str
    start: int = -1


@dataclass(slots=True)
class Flow:
    """Text under construction: pieces are cleaned as they come, so that offsets into the result hold."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gapped: bool = False
    parts: list[Part] = field(default_factory=list)
    edge: str = ""
    _waiting: list[_Open] = field(default_factory=list)

    def gap(self) -> None:
        """Separate what comes next from what stands here."""
        self.gapped = True

    def glue(self) -> None:
        """Join what comes next without a space."""
        self.gapped = False

    def row(self) -> None:
        """Begin a row of a table: what comes next stands in its first cell."""
        self.gapped, self.edge = True, ROWS

    def cell(self) -> None:
        """Begin another cell of a row. Empty cells keep their place, but for the last ones."""
        self.gapped, self.edge = True, f"{self.edge} {CELLS}".strip()

    def add(self, text: str | None) -> None:
        """Add text as it stands in the tree; white space collapses across pieces."""
        if not text:
            return
        self.gapped = self.gapped or text[0].isspace()
        piece = "" if text.isspace() else _LOOSE.sub("", _DOTS.sub("\u2026", clean(text)))
        if not piece:
            return
        if self.edge and self.pieces:
            self._write(f" {self.edge}")
        self.edge = ""
        if self.gapped and self.pieces and not self._is_tight(piece):
            self._write(" ")
        for part in self._waiting:
            part.start = self.length
        self._waiting.clear()
        if self.pieces and unicodedata.combining(piece[0]):
            before = self.pieces.pop()
            self.length -= len(before)
            piece = unicodedata.normalize("NFC", before + piece)
        self._write(piece)
        self.gapped = text[-1].isspace()

    def _is_tight(self, piece: str) -> bool:
        """Whether a piece follows what stands here without a space: inside brackets and quotes, before punctuation."""
        last = self.pieces[-1][-1]
        return last in _OPENING or _LOOSE.match(f"{last} {piece[:3]}", 1) is not None

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def begin(self, path: str) -> _Open:
        """Begin a part at the next character that is added."""
        part = _Open(path)
        self._waiting.append(part)
        return part

    def end(self, part: _Open) -> None:
        """End a part after the last character that was added; a part without any is left out."""
        if part.start >= 0:
            self.parts.append(Part(path=part.path, start=part.start, end=self.length))
        else:
            self._waiting.remove(part)

    def text(self) -> str:
        """Return the text. It is what :func:`crawler.text.clean` gives for it, so offsets stay true in the database."""
        return "".join(self.pieces)
