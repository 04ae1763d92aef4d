"""Lines with a label: how each generation of pages sets paragraphs and points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.protocols.cellar import numbering
from crawler.protocols.cellar.xhtml.roles import Element, classes, text_of

_INDENTED = re.compile(r"text-indent:\s*-")
_DATA = frozenset({"table", "tbl-norm", "tbl-txt", "tbl-hdr", "tbl-num", "tbl-left", "with-border"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line with its labels as printed, each with how much deeper it stands, and the elements that hold its text.

    ``paragraph`` marks a paragraph of an article; ``marked`` are the elements that hold the labels.
    """

    labels: tuple[tuple[int, str], ...]
    contents: tuple[Element, ...]
    paragraph: bool = False
    marked: tuple[Element, ...] = ()

    @property
    def depth(self) -> int:
        """Return how much deeper than the line itself its text stands."""
        return self.labels[-1][0] + 1 if self.labels else 0


def items(element: Element) -> list[Item]:
    """Return the labelled lines that an element is, none for an element that is no list."""
    if element.tag == "table":
        return _of_table(element)
    found = _of_division(element) if element.tag == "div" else None
    return [] if found is None else [found]


def _of_division(element: Element) -> Item | None:
    names = classes(element)
    if "grid-container" in names or "grid-list" in names:
        return _of_grid(element)
    first, *rest = element.iterchildren("*") if len(element) else (None,)
    if first is None or (element.text or "").strip():
        return None
    if "enumeration-spacing" in names:
        return Item(labels=((0, text_of(first)),), contents=tuple(rest), marked=(first,)) if rest else None
    if "no-parag" in classes(first):
        return Item(labels=((0, text_of(first)),), contents=tuple(rest), paragraph=True, marked=(first,))
    return None


def _of_grid(element: Element) -> Item | None:
    """Newer consolidations: two columns, the label in the first."""
    columns = list(element.iterchildren("div"))
    marked = [column for column in columns if "grid-list-column-1" in classes(column)]
    others = tuple(column for column in columns if column not in marked)
    label = " ".join(map(text_of, marked))
    quoted = _of_quotation(others)
    if quoted is not None and label and label == quoted.labels[0][1][1:]:
        return quoted
    return Item(labels=((0, label),) if label else (), contents=others, marked=tuple(marked)) if others else None


def _of_quotation(columns: tuple[Element, ...]) -> Item | None:
    """Return the quoted point that is all there is: some pages set its label before the quotation, too."""
    if len(columns) != 1 or len(columns[0]) != 1:
        return None
    found = _of_division(columns[0][0])
    return (
        found
        if found is not None and found.labels and found.labels[0][1].startswith(numbering.OPENING_QUOTES)
        else None
    )


def _of_table(element: Element) -> list[Item]:
    """The Official Journal: rows whose first cells are empty or hold a label, and whose last holds the text."""
    if classes(element) & _DATA or element.get("border", "0") not in ("", "0"):
        return []
    rows = [cells_of(row) for row in rows_of(element)]
    if not rows or len({len(row) for row in rows}) != 1 or not 2 <= len(rows[0]) <= 4:
        return []
    found = [_of_row(row) for row in rows]
    whole = [each for each in found if each is not None]
    if len(whole) != len(rows):
        return []
    return whole if whole[0].labels or not any(each.labels for each in whole) else []


def _of_row(cells: list[Element]) -> Item | None:
    *before, last = cells
    texts = [text_of(cell) for cell in before]
    if any(text and not numbering.is_label(text) for text in texts):
        return None
    first = next((place for place, text in enumerate(texts) if text), 0)
    found = tuple((place - first, text) for place, text in enumerate(texts) if text)
    return Item(labels=found, contents=(last,), marked=tuple(before))


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, without those of tables inside its cells."""
    for child in table.iterchildren("*"):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row; one without any is a cell itself."""
    return list(row.iterchildren("td", "th")) or [row]


def is_indented(element: Element) -> bool:
    """Return whether this is the line of a list in older consolidations: indented, its label hanging at the left."""
    return element.tag == "div" and _INDENTED.search(element.get("style", "")) is not None
