"""Tables into sections: one for each sheet, a line for each row, cells apart by a bar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawler.bodies.exclusions import Scrub
from crawler.bodies.headings import Headed, sections, without_matches
from crawler.model import Problem, Section
from crawler.text import clean, counted

MAX_ROWS = 20_000
"""Most rows of a sheet that are read."""
MAX_CHARACTERS = 3_000_000
"""Most characters of a file that are read."""
MAX_COLUMNS = 500

Row = Sequence[str]


@dataclass(slots=True)
class Tables:
    """Sheets as they are gathered, and what of them was left out because there is too much of it."""

    parts: list[Headed] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    characters: int = 0

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Add a sheet; rows are read until a limit is passed. A sheet without any value is left out."""
        lines: list[str] = []
        for line in _lines(rows):
            if len(lines) >= MAX_ROWS or self.characters > MAX_CHARACTERS:
                self.left_out.append(
                    f"of {name or 'the table'} only the first {counted(len(lines), 'row was', 'rows were')} read"
                )
                break
            lines.append(line)
            self.characters += len(line)
        if lines:
            self.parts.append(Headed(level=1, identity="", heading=clean(name), text="\n".join(lines)))

    def sections(self, scrub: Scrub) -> tuple[Section, ...]:
        """Return the sections of all sheets."""
        return sections(without_matches(self.parts, scrub))

    def problems(self) -> tuple[Problem, ...]:
        """Return what was left out, which makes the reading partial."""
        return tuple(Problem(kind="partial text", detail=each) for each in self.left_out)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield rows as lines of text, without empty ones."""
    for row in rows:
        cells = [clean(cell) for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield " | ".join(cells)
