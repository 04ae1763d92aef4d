"""Lines with a label: how each generation of pages sets paragraphs and points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.protocols.cellar import labels
from crawler.protocols.cellar.xhtml.roles import Element, classes, text_of

_INDENTED = re.compile(r"text-indent:\s*-")
_DATA = frozenset({"table", "tbl-norm", "tbl-txt", "tbl-hdr", "tbl-num", "tbl-left", "with-border"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A label as printed, and the elements that hold what it labels; ``paragraph`` marks one of an article."""

    label: str
    contents: tuple[Element, ...]
    paragraph: bool = False


def item(element: Element) -> Item | None:
    """Give what an element labels, None for an element that is no labelled line."""
    if element.tag == "table":
        return _of_table(element)
    if element.tag != "div":
        return None
    names = classes(element)
    if "grid-container" in names or "grid-list" in names:
        return _of_grid(element)
    if "enumeration-spacing" in names:
        first, *rest = element.iterchildren("*")
        return Item(label=text_of(first), contents=tuple(rest)) if rest else None
    first = next(element.iterchildren("*"), None)
    if first is not None and "no-parag" in classes(first) and not (element.text or "").strip():
        return Item(label=text_of(first), contents=tuple(first.itersiblings()), paragraph=True)
    return None


def _of_grid(element: Element) -> Item | None:
    """Newer consolidations: two columns, the label in the first."""
    columns = list(element.iterchildren("div"))
    marked = [column for column in columns if "grid-list-column-1" in classes(column)]
    others = tuple(column for column in columns if column not in marked)
    return Item(label=" ".join(map(text_of, marked)), contents=others) if others else None


def _of_table(element: Element) -> Item | None:
    """The Official Journal: a table of one row, its first cells empty or the label, its last the text."""
    rows = list(rows_of(element))
    if len(rows) != 1 or classes(element) & _DATA or element.get("border", "0") not in ("", "0"):
        return None
    *before, last = cells_of(rows[0]) or [element]
    texts = [text for cell in before if (text := text_of(cell))]
    if last is element or len(texts) != 1 or len(before) > 3 or not labels.is_label(texts[0]):
        return None
    return Item(label=texts[0], contents=(last,))


def rows_of(table: Element) -> Iterator[Element]:
    """Give the rows of a table, without those of tables inside its cells."""
    for child in table.iterchildren("*"):
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def cells_of(row: Element) -> list[Element]:
    """Give the cells of a row."""
    return list(row.iterchildren("td", "th"))


def is_indented(element: Element) -> bool:
    """Tell the line of a list in older consolidations: indented, its label hanging at the left."""
    return element.tag == "div" and _INDENTED.search(element.get("style", "")) is not None
