"""One section under construction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.model import Section
from crawler.protocols.cellar.text_run import Words


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
