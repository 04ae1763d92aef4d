"""What stands on pages without being part of the text: running heads, page numbers, lists of contents, notes.

All of it moves when a text is set anew, though nobody changed a word. Running heads, page numbers and lists of
contents are left out, as the navigation of a web page is; footnotes are given apart from the text they stand under.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise

from crawler.bodies import headings
from crawler.bodies.pdf.lines import Line

_EDGE = 0.13
"""Share of the height of a page at its head and foot in which running heads stand."""
_MAX_ROWS = 5
_STEP = 6.0
"""Points by which a running head may stand higher or lower from page to page."""
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,7}\b")
_NUMBERED = re.compile(r"\W*0(?:\s*(?:[/|]|[^\W\d_]{1,3})\s*0)?\W*")
_LETTER = re.compile(r"[^\W\d_]")
_LEADER = re.compile(r"(?:[.\u2026\u00b7_]\s?){3,}\s*(?:\d{1,4}|[ivxlc]{1,7})$", re.I)
_LED = 40
"""Characters at the end of a line that are looked at for dots that lead to a page number."""
_LEAD = re.compile(r"[\s.\u2026\u00b7_]*(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_LAST = re.compile(r"(?:\d+|\w*)$")
OPENING = 24
"""Characters by which a title of a list of contents is found again in the text."""
MIN_ROWS_TO_FALL = 5
"""Lines of a list of contents of which one may lead to a lower number than the one above it."""
_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_CONTENTS = re.compile(
    r"(?:table of )?contents|cynnwys|inhalt(?:sverzeichnis)?|table des mati\u00e8res|sommaire|inhoud(?:sopgave)?|"
    r"\u00edndice|contenido|list of (?:tables|figures|boxes)",
    re.I,
)
_MARK = re.compile(r"(\d{1,3}|[*\u2020\u2021\u00a7])\s*(?=\D|$)")
_NOTE = 0.92
"""Size of type of notes, as a share of that of the text, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The lines of a document that are text, page by page in reading order, and its footnotes, one line each.

    ``running`` are the heads and feet of its pages, each once, without what differs from page to page. ``left_out`` and
    ``characters`` count what is no text here, and all there is.
    """

    pages: tuple[tuple[Line, ...], ...]
    notes: tuple[tuple[Line, ...], ...]
    running: tuple[str, ...] = ()
    left_out: int = 0
    characters: int = 0


def without_boilerplate(pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float) -> Text:
    """Return the text of pages without what only stands around it; ``body`` is the size of type of the text."""
    inner = _without_running(pages, heights)
    kept = _without_contents(inner)
    if not any(kept):
        inner = kept = [list(lines) for lines in pages]  # what repeats is all there is
    texts: list[tuple[Line, ...]] = []
    notes: list[tuple[Line, ...]] = []
    for lines in kept:
        text, found = _notes(lines, body)
        marks = {match.group(1) for note in found if (match := _MARK.match(note[0].text))}
        texts.append(tuple(_unmarked(line, marks) for line in text) if marks else tuple(text))
        notes += [tuple(note) for note in found]
    every, stays = (sum(len(line.text) for lines in each for line in lines) for each in (pages, kept))
    return Text(
        pages=tuple(texts),
        notes=tuple(notes),
        running=_running(pages, inner),
        left_out=every - stays,
        characters=every,
    )


def _running(pages: Sequence[Sequence[Line]], kept: Sequence[Sequence[Line]]) -> tuple[str, ...]:
    said: dict[str, list[str]] = {}
    for lines, inner in zip(pages, kept, strict=True):
        stays = set(map(id, inner))
        for line in lines:
            if id(line) not in stays:
                said.setdefault(_key(line), []).append(line.text)
    return tuple(headings.common(lines) for lines in said.values())


def without_number(note: str) -> str:
    """Return the words of a note without the number before it."""
    match = _MARK.match(note)
    return note[match.end() :].strip() if match else note


def _without_running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    least = 2 if len(pages) <= 4 else 3
    tops: dict[str, dict[int, list[float]]] = {}
    said: dict[str, list[tuple[int, str]]] = {}
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _is_at_edge(line, height) and (key := _key(line)):
                tops.setdefault(key, {}).setdefault(number, []).append(line.top)
                said.setdefault(key, []).append((number, line.text))
    often = {
        key: sorted(chain(*found.values()))
        for key, found in tops.items()
        if len(found) >= least and not _is_table(said[key])
    }

    def runs(line: Line, height: float) -> bool:
        beside = often.get(_key(line), ()) if _is_at_edge(line, height) else ()
        return sum(abs(top - line.top) <= _STEP for top in beside) >= least

    found = [_inner(lines, height, runs) for lines, height in zip(pages, heights, strict=True)]
    return [_unnumbered_page(lines, place) for place, lines in enumerate(found, 1)] if len(pages) <= 2 else found


def _is_table(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether lines that differ in figures alone are rows of a table: they lead to figures that do not count pages."""
    if not any(_LEADER.search(text[-_LED:]) for _, text in lines):
        return False
    ends = [(page, _LAST.search(text.strip())) for page, text in lines]
    steps = {int(end[0]) - page for page, end in ends if end is not None and end[0].isdecimal()}
    return len(steps) > 1


def _is_at_edge(line: Line, height: float) -> bool:
    return line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height or line.turned


def _key(line: Line) -> str:
    """Return what a running head says, whatever the number of the page; empty for figures, such as those of a table."""
    key = _DIGITS.sub("0", line.text.casefold())
    return key if _LETTER.search(key) or _NUMBERED.fullmatch(key) else ""


def _inner(lines: Sequence[Line], height: float, runs: Callable[[Line, float], bool]) -> list[Line]:
    """Return the lines of a page without those that run, looked for from its edges until something does not."""
    dropped: set[int] = set()
    for head in (True, False):
        edge = [line for line in lines if line.turned or (line.top < height / 2) == head]
        rows = _rows(sorted(edge, key=lambda line: line.top if head else -line.bottom))
        for row in islice(rows, _MAX_ROWS):
            out = [line for line in row if runs(line, height)]
            if not out:
                break
            dropped.update(map(id, out))
    return [line for line in lines if id(line) not in dropped]


def _unnumbered_page(lines: list[Line], number: int) -> list[Line]:
    """Return the lines of a page without its number, in files too short for it to repeat: it stands alone and last."""
    low = max(lines, key=lambda line: line.bottom, default=None)
    if low is None or low.text.strip("- \u2013") != str(number):
        return lines
    alone = all(line is low or line.bottom <= low.top for line in lines)
    return [line for line in lines if line is not low] if alone else lines


def _rows(lines: Iterable[Line]) -> Iterable[list[Line]]:
    row: list[Line] = []
    for line in lines:
        if row and min(row[0].bottom, line.bottom) <= max(row[0].top, line.top):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _without_contents(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return pages without lists of contents: their page numbers change with every new setting of the text.

    A list is what stands from its heading, or the first line that leads to a page number, to the last such line,
    where most lines between them do. Its numbers rise, and without a heading of its own its titles stand again in
    the text: rows of a table of fees lead over dots to figures, too.
    """
    found = []
    goes_on = False
    said = [line.text.casefold() for lines in pages for line in lines if not _is_entry(line)]
    for lines in pages:
        entries = [place for place, line in enumerate(lines) if _is_entry(line)]
        headed = next((place for place, line in enumerate(lines) if _CONTENTS.fullmatch(line.text.strip(" :"))), None)
        start = headed if headed is not None else (entries[0] if entries and (goes_on or _dotted(lines)) else None)
        listed = [place for place in entries if start is not None and place >= start]
        end = listed[-1] if listed else -1
        is_list = start is not None and len(listed) >= 2 and len(listed) * 2 >= end - start
        shown = [lines[place] for place in listed]
        if not is_list or not _rise(shown) or (headed is None and not _stand_again(shown, said)):
            goes_on = False
            found.append(lines)
            continue
        goes_on = end >= len(lines) - 2
        found.append([*lines[:start], *lines[end + 1 :]])
    return found


def _rise(entries: Sequence[Line]) -> bool:
    """Whether the numbers that lines lead to do not fall, but for a few: those of a list of contents in two columns."""
    ends = [_LAST.search(line.text.strip()) for line in entries]
    numbers = [int(end[0]) for end in ends if end is not None and end[0].isdecimal()]
    falls = sum(one > following for one, following in pairwise(numbers))
    return falls * MIN_ROWS_TO_FALL <= len(numbers)


def _stand_again(entries: Sequence[Line], said: Sequence[str]) -> bool:
    """Whether the titles of a list of contents open lines of the text: a third of them, as long ones are broken."""
    titles = [_LEAD.sub("", line.text).casefold().strip() for line in entries]
    openings = {text[:OPENING] for text in said}
    again = sum(bool(title) and title[:OPENING] in openings for title in titles)
    return again * 3 >= len(titles)


def _dotted(lines: Sequence[Line]) -> bool:
    return sum(_leads(line) for line in lines) >= 3


def _leads(line: Line) -> bool:
    text = line.text
    return _LEADER.search(text[-_LED:]) is not None and _LETTER.search(text) is not None


def _is_entry(line: Line) -> bool:
    """Return whether a line leads from a title to a page number: over dots, or over a wide gap."""
    if _leads(line):
        return True
    return line.cells > 1 and len(line.words) > 1 and _NUMBER.fullmatch(line.words[-1].text) is not None


def _notes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[list[Line]]]:
    """Return the lines of a page above its footnotes, and the lines of each footnote: they stand under each column."""
    text: list[Line] = []
    notes: list[list[Line]] = []
    place = 0
    while place < len(lines):
        end = place
        while (
            end < len(lines) and _is_small(lines[end], body) and (end == place or lines[end].top > lines[end - 1].top)
        ):
            end += 1
        block = _cut_notes(lines[place:end])
        last = end == len(lines) or lines[end].top < lines[end - 1].top
        if block and last and _counts(block):
            notes += block
            place = end
        else:
            text.append(lines[place])
            place += 1
    return text, notes


def _is_small(line: Line, body: float) -> bool:
    return line.size <= _NOTE * body and not line.turned


def _cut_notes(lines: Sequence[Line]) -> list[list[Line]]:
    """Return small lines cut where a number opens one; nothing where none opens the first."""
    notes: list[list[Line]] = []
    for line in lines:
        if _MARK.match(line.text):
            notes.append([line])
        elif notes:
            notes[-1].append(line)
        else:
            return []
    return notes


def _counts(notes: Sequence[Sequence[Line]]) -> bool:
    """Return whether these are notes, no small table or page number: their numbers rise one by one."""
    if any(len(note[0].words) == 1 and len(note) == 1 for note in notes):
        return False
    marks = [match.group(1) for note in notes if (match := _MARK.match(note[0].text))]
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    return bool(marks) and numbers == list(range(numbers[0], numbers[0] + len(numbers)) if numbers else [])


def _unmarked(line: Line, marks: set[str]) -> Line:
    """Return a line without the numbers of notes: they all change when one note is put in before them."""
    words = tuple(word for word in line.words if not (word.raised and word.text in marks))
    return replace(line, words=words) if words and len(words) < len(line.words) else line
