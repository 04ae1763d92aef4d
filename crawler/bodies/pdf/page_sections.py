"""Lines into headed parts: a heading is what larger or bolder type sets apart; without any the text is one part.

Lines become running text: paragraphs, and words that a line break had cut.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from crawler.bodies import part_labels
from crawler.bodies.dates import iso
from crawler.bodies.headings import Headed
from crawler.bodies.pdf.lines import Line
from crawler.text import canonical, loose_brackets

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


_LARGER = 1.12
"""Size of type of a heading, as a share of that of the text, where it is not bold."""
_MAX_HEADING_CHARACTERS = 200
"""Most characters of a heading: more is a paragraph set large."""
_MAX_HEADING_LINES = 4
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CONTINUED = re.compile(r"[\s:(\u2013\u2014-]*\b(?:continued|cont['\u2019]?d\.?)\)?\s*$", re.I)
_GLUED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3}\.?)(?=[A-Z][a-z])")
_ENUMERATED = re.compile(r"(?:\d{1,2}(?:\.\d{1,3}){0,3}[.)]?|[A-Z][.)]|[IVX]{1,5}\.)")
_RUN_IN_LEVEL = 99


@dataclass(slots=True, kw_only=True)
class _Part:
    """A part as it is put together: how its heading is set, its words, what stands behind it in its line, lines below.

    ``style`` is size and weight of the type of a heading; None for what stands before the first heading, and for a
    part that is only named in a paragraph.
    """

    style: tuple[float, bool] | None = None
    heading: str = ""
    beside: str = ""
    lines: list[Line] = field(default_factory=list)


def parts(pages: Sequence[Sequence[Line]], set_as: Measure) -> list[Headed]:
    """Return the headed parts of a document; what stands before the first heading has level 0."""
    found = [_Part()]
    seen: set[str] = set()
    for kind, block in _blocks([line for page in pages for line in page], set_as):
        if kind == "heading":
            heading = _heading(block, set_as)
            if _CONTINUED.search(heading) and canonical(_CONTINUED.sub("", heading)) in seen:
                continue  # on the next page, for what began before
            seen.add(canonical(heading))
            found.append(_Part(style=_style(block[0]), heading=heading))
        elif kind == "run-in":
            name, rest = _named(block[0]) or ("", "")
            found.append(_Part(heading=name, beside=rest, lines=block[1:]))
        else:
            found[-1].lines += block
    styles = sorted({part.style for part in found if part.style is not None}, reverse=True)
    return [_headed(part, styles, set_as) for part in found]


MIN_TITLE_WORDS = 6
"""Fewest words of a title that needs no line which stands apart below it."""


def printed_title(pages: Sequence[Sequence[Line]], set_as: Measure) -> str:
    """Return the title that the first page prints in its largest type; empty where none stands out.

    What stands apart below it in that type goes with a short one behind a colon; behind a longer one it is a heading.
    A bracket before it that nothing closes goes.
    """
    first = [line for line in (pages[0] if pages else ()) if not line.turned and _LETTERS.search(line.text)]
    largest = max((line.size for line in first), default=0.0)
    if largest < 1.3 * set_as.size:
        return ""
    runs: list[list[Line]] = []
    for line in first:
        if line.size != largest:
            if runs:
                break
        elif runs and not _is_apart(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    text = ""
    for run in runs:
        if len(text.split()) >= MIN_TITLE_WORDS:
            break
        more = paragraphs_text(run, set_as).replace("\n", " ")
        joint = " " if text.endswith((":", "-", "\u2013")) else ": "
        text = f"{text}{joint}{more}" if text else more
    if 0 in loose_brackets(text):
        text = text[1:].lstrip()
    return text if len(text) <= _MAX_HEADING_CHARACTERS else ""


def _is_apart(line: Line, after: Line) -> bool:
    return after.top - line.bottom > after.size


def _style(line: Line) -> tuple[float, bool]:
    return line.size, line.bold


def _blocks(lines: Sequence[Line], set_as: Measure) -> Iterator[tuple[str, list[Line]]]:
    """Yield runs of lines that are a heading, a named part that opens a paragraph, or text."""
    place = 0
    before: Line | None = None
    while place < len(lines):
        line = lines[place]
        block = [line]
        begins = starts(line, before, set_as) or (before is not None and _style(line) != _style(before))
        kind = "text"
        if begins and _may_head(line, set_as):
            while place + len(block) < len(lines) and _goes_on(block[-1], lines[place + len(block)], set_as):
                block.append(lines[place + len(block)])
            kind = "heading" if _is_heading(block) else "text"
        if begins and kind == "text" and _named(line) is not None:
            kind = "run-in"
        yield kind, block
        before = block[-1]
        place += len(block)


def _may_head(line: Line, set_as: Measure) -> bool:
    """Return whether this is a line that is set as a heading: larger than the text, or bold where the text is not."""
    if line.turned or not _LETTERS.search(line.text) or BULLET.fullmatch(line.words[0].text[:1]) is not None:
        return False
    if line.cells > 1 and not (line.cells == 2 and _ENUMERATED.fullmatch(line.words[0].text)):
        return False  # a row of a table
    if line.size >= _LARGER * set_as.size:
        return True
    return line.bold and not set_as.bold and line.size >= 0.9 * set_as.size and not line.text[0].islower()


def _goes_on(line: Line, after: Line, set_as: Measure) -> bool:
    """Return whether a heading goes on in the next line."""
    if _style(line) != _style(after) or line.page != after.page or not _may_set(after):
        return False
    near = -0.5 * line.size < after.top - line.bottom < max(set_as.leading, 0.0) + 0.45 * line.size
    return (
        near and not _ENUMERATED.fullmatch(after.words[0].text) and part_labels.run_in(after.text, marked=True) is None
    )


def _may_set(line: Line) -> bool:
    return not line.turned and line.cells == 1 and BULLET.fullmatch(line.words[0].text) is None


def _is_heading(block: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in block)
    if len(block) > _MAX_HEADING_LINES or len(text) > _MAX_HEADING_CHARACTERS or iso(text) is not None:
        return False  # a date on a cover changes with every edition: no name of a part
    return not text.endswith((",", ";")) and not (text.endswith(".") and text.count(" ") > 6)


def _heading(block: Sequence[Line], set_as: Measure) -> str:
    text = paragraphs_text(block, set_as).replace("\n", " ")
    return _GLUED.sub(r"\1 ", text, count=1) if _GLUED.match(text) else text


def _named(line: Line) -> tuple[str, str] | None:
    return part_labels.run_in(spoken(line), marked=line.words[0].bold)


def _headed(part: _Part, styles: Sequence[tuple[float, bool]], set_as: Measure) -> Headed:
    unset = _RUN_IN_LEVEL if part.heading else 0
    level = unset if part.style is None else styles.index(part.style) + 1
    text = f"{part.beside} {paragraphs_text(part.lines, set_as)}".strip()
    return Headed(level=level, identity="", heading=part.heading, text=text)
