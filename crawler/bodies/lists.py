"""Entries of lists and rows of tables keep their lines; those of recommendations their numbers too, and paragraphs.

Elsewhere the words of a part flow.
"""

import re
from collections.abc import Iterator

from lxml import etree

from crawler.bodies import part_labels
from crawler.text import clean

LINE = "\u2028"
"""Stands where a line begins: white space to everything that does not look for it."""

_NAMES = (
    "recommendations", "recommandations", "empfehlungen", "aanbevelingen", "recomendaciones", "argymhellion",
)  # fmt: skip
_HEADING = re.compile(rf"\b(?:{'|'.join(_NAMES)})\b", re.I)
_MAX_LABEL_CHARACTERS = 120
_SAYS = re.compile(r"recommend(?!ation)|greta (?:urges|invites)", re.I)
"""A paragraph that recommends; looked for anywhere, so that a report without lists can be read."""
_MAY_SAY = ("recommend", "greta ")
"""One of these stands in it, in lower case: an expression without regard to case takes a hundred times as long."""
_MARKED = re.compile(r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]|R(?:ec)?\.? ?\d{1,3}\b|\u2022)", re.I)
_BLOCKS = ("p", "li", "tr", "dt", "div", "article", "section")
_ENTRIES = frozenset({"li", "tr", "dt"})
_CARDS = frozenset({"div", "article", "section"})
_INSIDE = ("p", "li", "tr", "div", "table", "ul", "ol", "dl", "section", "article")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_ENDS = ".:;,!?|"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MAX_SPAN = 100
"""Most rows or columns that a cell can take."""
MAX_REPEATED, MAX_REPEATED_CHARACTERS = 5_000, 200
"""Most cells of a page that are put into further rows, and most characters of one."""
_MAX_ENTRIES = 400
"""Most entries of a list that are numbered."""


def keep(root: etree._Element, said: str) -> None:
    """Mark where lines begin: of entries, rows and cards, so that the words of neighbours stand apart.

    Under headings of recommendations the number that a list shows is marked too, and there and where one recommends
    lines of paragraphs. ``said`` is all that the element says, in which words that recommend are looked for first.
    Nothing is marked inside an entry or a row: each is one line.
    """
    repeated = 0
    for table in root.iter("table"):
        repeated += _repeat_spanning(table, MAX_REPEATED - repeated)
    small = said.lower()
    recommends = any(words in small for words in _MAY_SAY) and _SAYS.search(said) is not None
    under = 0
    # Most pages recommend nothing: of these neither headings nor paragraphs are looked at.
    looked_at = (*_BLOCKS, *_LEVELS) if recommends or any(name in small for name in _NAMES) else (*_ENTRIES, *_CARDS)
    for element in list(root.iter(*looked_at)):
        if level := _LEVELS.get(str(element.tag)):
            words = clean("".join(map(str, element.itertext())))
            if part_labels.run_in(words, marked=True):
                under = 0  # named one by one: what a part says flows
            elif not under or level <= under:
                under = level if len(words) <= _MAX_LABEL_CHARACTERS and _HEADING.search(words) else 0
        elif element.tag in _ENTRIES or (element.tag in _CARDS and _is_card(element)):
            if not _is_apart(element):
                _mark(element, listed=bool(under))
        elif (under or recommends) and not _is_apart(element) and (under or _recommends(element)):
            _mark(element, listed=bool(under))


def _repeat_spanning(table: etree._Element, most: int) -> int:
    """Put a cell that spans several rows into each of them, and return how many of at most so many were put in.

    Without it a row does not say what it is about.
    """
    if next((cell for cell in table.iter("td", "th") if _span(cell, "rowspan") > 1), None) is None:
        return 0
    spanning, count = dict[int, tuple[int, str]](), 0
    for row in [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]:
        column, going_on = 0, dict[int, tuple[int, str]]()
        for cell in [*row.iterchildren("td", "th"), None]:
            while column in spanning:
                left, words = spanning.pop(column)
                if (count := count + 1) > most:
                    return most
                repeated = etree.Element("td")
                repeated.text = words
                row.append(repeated) if cell is None else cell.addprevious(repeated)
                if left > 1:
                    going_on[column] = left - 1, words
                column += 1
            if cell is not None:
                rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
                if rows > 1:
                    going_on[column] = rows - 1, clean("".join(map(str, cell.itertext())))[:MAX_REPEATED_CHARACTERS]
                column += columns
        spanning = going_on
    return count


def _span(cell: etree._Element, name: str) -> int:
    """Return how many rows or columns a cell takes, 1 where that is not a number that can be."""
    stated = (cell.get(name) or "1").strip()
    return int(stated) if stated.isascii() and stated.isdigit() and 0 < int(stated) <= MAX_SPAN else 1


def _recommends(element: etree._Element) -> bool:
    return _SAYS.search("".join(map(str, element.itertext()))) is not None


def _is_card(element: etree._Element) -> bool:
    """Return whether this is one of several boxes of one kind beside each other, as a list of documents often is."""
    name = element.get("class")
    if not name:
        return False
    beside = (element.getprevious(), element.getnext())
    return any(each is not None and each.tag == element.tag and each.get("class") == name for each in beside)


def _is_apart(element: etree._Element) -> bool:
    """Return whether this is inside an entry or a row, holds a heading, or is a division that is no line."""
    inside = next(element.iterancestors("li", "tr", *_LEVELS), None) is not None
    if element.tag == "div" and not _is_card(element) and next(element.iterdescendants(*_INSIDE), None) is not None:
        return True
    return inside or next(element.iter(*_LEVELS), None) is not None


def _mark(element: etree._Element, *, listed: bool) -> None:
    lead = LINE
    if listed and element.tag == "li":
        lead += _number(element)
    elif element.tag == "li":
        _set_apart(element)
    elif element.tag == "tr":
        for cell in list(element.iterchildren("td", "th"))[1:]:
            cell.text = f"| {cell.text or ''}"
    elif listed:
        for line in element.iter("br"):
            line.tail = f"{LINE}{line.tail or ''}"
    element.text = f"{lead}{element.text or ''}"
    if element.tag != "dt":  # What a term means stands behind it, on its line.
        element.tail = f"{LINE}{element.tail or ''}"


def _set_apart(entry: etree._Element) -> None:
    """Put a bar between the boxes of an entry, such as title and date of a document, but where a sentence ends."""
    before = ""
    for box in entry.iter("div"):
        if next(box.iterdescendants(*_INSIDE), None) is not None:
            continue
        words = clean("".join(map(str, box.itertext())))
        if words and before and before[-1] not in _ENDS:
            box.text = f"| {box.text or ''}"
        before = words or before


def _number(entry: etree._Element) -> str:
    """Return what a list shows before an entry; nothing where its words begin with a number of their own."""
    if _MARKED.match(clean("".join(map(str, entry.itertext()))[:40])):
        return ""
    parent = entry.getparent()
    if parent is None or parent.tag != "ol":
        return "\u2022 "
    count = _counted(parent, entry)
    return f"{_written(count, parent.get('type', '1'))}. " if count is not None else ""


def _counted(parent: etree._Element, entry: etree._Element) -> int | None:
    """Return the number of an entry, None in a list that counts down or is too long to be one."""
    if parent.get("reversed") is not None:
        return None
    for count, each in zip(_from(parent.get("start", "1")), parent.iterchildren("li"), strict=False):
        if each is entry:
            # A number of its own moves those behind it, too; nobody writes that for recommendations.
            return None if any(other.get("value") for other in parent.iterchildren("li")) else count
    return None


def _from(start: str) -> Iterator[int]:
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
    return iter(range(first, first + _MAX_ENTRIES))


def _written(count: int, style: str) -> str:
    if style in {"a", "A"} and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
    elif style in {"i", "I"} and 0 < count < 40:
        letter = _roman(count)
    else:
        return str(count)
    return letter.upper() if style.isupper() else letter


def _roman(count: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        while count >= value:
            said, count = said + letters, count - value
    return said
