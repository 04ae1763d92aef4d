"""Tables into sections, of CSV files too: one for each sheet, a line for each row, cells apart by a bar."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from crawler.bodies.encoding import decode
from crawler.bodies.headings import Headed, sections, without_matches
from crawler.bodies.selectors import Scrub, patterns
from crawler.bodies.values import Content
from crawler.errors import ParseError
from crawler.model import Problem
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

    def content(self, url: str, kind: str, scrub: Scrub, *, title: str = "") -> Content:
        """Return what the sheets say; what was left out makes the reading partial.

        Raises:
            ParseError: no sheet has any value; ``kind`` is how the file is called then.
        """
        found = sections(without_matches(self.parts, scrub))
        if not found:
            raise ParseError(url, f"{kind} without any value")
        problems = tuple(Problem(kind="partial text", detail=each) for each in self.left_out)
        return Content(title=title, representation="table", sections=found, partial=bool(problems), problems=problems)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield rows as lines of text, without empty ones."""
    for row in rows:
        cells = [clean(cell) for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield " | ".join(cells)


_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50
"""Rows that are looked at to find the delimiter."""
_LOOKED_AT = 200_000
_NUL = "\0"


def document(body: bytes, *, url: str, content_type: str = "", scrub: tuple[str, ...] = ()) -> Content:
    """Return what a CSV file says, as one section. ``content_type`` is the header as received.

    Raises:
        ParseError: no text, no value, or a quoted cell that never ends.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    text = _text(body, content_type)
    if _NUL in text:
        raise ParseError(url, "no CSV file: it holds bytes that no text has")
    tables = Tables()
    try:
        tables.add("Table", _rows(text, _delimiter(text)))
    except csv.Error as error:
        raise ParseError(url, f"no CSV file: {error}") from error
    return tables.content(url, "a CSV file", wanted)


def _text(body: bytes, content_type: str) -> str:
    """Return the text of a table; spreadsheets write UTF-16 without saying so, too."""
    start = body[:400]
    if start[:2] not in {b"\xff\xfe", b"\xfe\xff"} and start.count(0) * 3 > len(start):
        return body.decode("utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be", "replace")
    return decode(body, content_type)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    return csv.reader(_line_by_line(text), delimiter=delimiter)


def _line_by_line(text: str) -> Iterator[str]:
    """Yield lines with their ends, which are those of CSV alone: other signs of a new line are part of a cell."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        # The ends of lines of old Macs, which nobody mixes with others.
        yield from text[start:end].splitlines(True) if "\r" in text[start : end - 2] else (text[start:end],)
        start = end


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells."""
    sample = text[:_LOOKED_AT]
    best = (0, ",")
    for delimiter in _DELIMITERS:
        try:
            counts = [len(row) for row in islice(_rows(sample, delimiter), _SAMPLE) if row]
        except csv.Error:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        score = counts.count(usual) * (usual > 1) * 1000 + usual
        if usual > 1 and score > best[0]:
            best = (score, delimiter)
    return best[1]
