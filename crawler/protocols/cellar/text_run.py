"""The words of a line: spaces set the same way from every format, footnote calls in it, and tables as text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.model import Section
from crawler.protocols.cellar.marks import Mark, Marking
from crawler.protocols.legislation.flow import Flow
from crawler.text import clean

IMAGE = "[image]"
"""What stands in the text for an image; its file name says nothing that a reader or a comparison needs."""
CELLS, ROWS = " | ", " || "
"""What separates the cells and the rows of a table in the text."""

Call = str | Mark
"""What a line touches beside its text: the footnotes called in it, by name, and the marks that hold in it."""

_CLOSING = re.compile(r"\s*[,.;:)\]\u2019\u201d\u00bb?!]")
_SPACED = re.compile(
    r"(?<=[(\[])[ \t\r\n]++|(?<![ \t\r\n])[ \t\r\n]++(?=[,;:)\]]|\.(?!\.)|[\u2019\u201d](?:[\s.,;:)]|$))"
)
_TIGHT = re.compile(r"[,;:)\]]|\.(?!\.)")
_ENDING = frozenset(".,;:)")
_SIGNS = frozenset({"=", ":", "\u2014", "\u2013", "\u2261"})


@dataclass(slots=True, eq=False)
class Words:
    """Running text with what it calls; a call leaves no trace in the text. ``marking`` is followed while it is read."""

    flow: Flow = field(default_factory=Flow)
    calls: list[Call] = field(default_factory=list)
    marking: Marking | None = None
    called: bool = False
    edged: bool = False
    _marks: tuple[Mark, ...] = ()

    def add(self, text: str | None) -> None:
        """Add text as it stands in the tree, but for spaces inside brackets and before points and commas.

        The two formats, and the generations of each, set those differently around the same words.
        """
        if not text:
            return
        if self.marking is not None and self.marking.active is not self._marks and not text.isspace():
            self._marks = self.marking.active
            self.calls.extend(self._marks)
        text = _SPACED.sub("", text)
        closes = _CLOSING if self.called else _TIGHT
        if closes.match(text):
            # "the Council (1)," is "the Council,": the space before a call goes with it.
            self.flow.glue()
            text = text.lstrip()
        elif self.flow.pieces and self.flow.pieces[-1].endswith(("(", "[")):
            self.flow.glue()
            text = text.lstrip()
        elif self.edged and (self.last.isalnum() or self.last in _ENDING) and text[0].isalnum():
            self.flow.gap()
        self.called = self.called and text.isspace()
        self.edged = False
        self.flow.add(text)

    def edge(self) -> None:
        """Mark the edge of a date, a reference or a change: words that meet there are two, even without a space."""
        self.edged = True

    def gap(self) -> None:
        """Separate what comes next from what stands here."""
        self.called = False
        self.flow.gap()

    @property
    def notes(self) -> list[str]:
        """Return the names of the footnotes that are called here."""
        return [call for call in self.calls if isinstance(call, str)]

    def call(self, *notes: Call) -> None:
        """Record that footnotes are called here."""
        self.calls.extend(notes)
        self.edged = self.edged or bool(notes)
        self.called = self.called or bool(notes)

    @property
    def last(self) -> str:
        """Return the last character that stands here, empty behind a space and at the beginning."""
        return "" if self.flow.gapped or not self.flow.pieces else self.flow.pieces[-1][-1:]

    def text(self) -> str:
        """Return the text, clean."""
        text = self.flow.text()
        return text if unicodedata.is_normalized("NFC", text) else clean(text)


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table as text; empty cells keep their place.

    A row that sets a sign between a term and its meaning is a line and not a row.

    >>> table([["Member State", "Body"], ["Malta", ""]])
    'Member State | Body || Malta |'
    >>> table([["t", "=", "time"], ["d", "=", "distance"]])
    't = time d = distance'
    """
    whole = [list(row) for row in rows]
    if all(len(row) == 3 and row[1] in _SIGNS for row in whole):
        return clean(" ".join(cell for row in whole for cell in row))
    return clean(ROWS.join(CELLS.join(row) for row in whole))


@dataclass(slots=True, eq=False)
class Draft:
    """A section under construction. ``parts`` are those open in it, outermost first: path, and what ends it."""

    path: str
    number: str = ""
    heading: str = ""
    words: Words = field(default_factory=Words)
    points: bool = False
    parts: list[tuple[str, Callable[[], None]]] = field(default_factory=list)

    def section(self) -> Section:
        """Return the section as it stands now; a part that reaches behind its text is left out."""
        text = self.words.text()
        parts = sorted(self.words.flow.parts, key=lambda part: (part.start, -part.end))
        held = tuple(part for part in parts if part.end <= len(text))
        return Section(path=self.path, number=self.number, heading=self.heading, text=text, parts=held)
