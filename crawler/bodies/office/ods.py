"""OpenDocument workbooks (ODS) into sections, one for each sheet.

Cells are read as they are shown. https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

from collections.abc import Iterator

from lxml import etree

from crawler.bodies.office.odt import meta_title, refuse_encrypted
from crawler.bodies.office.package import attribute, local, open_package
from crawler.bodies.selectors import patterns
from crawler.bodies.tables import MAX_COLUMNS, MAX_ROWS, Row, Tables
from crawler.bodies.values import Content

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_UNSEEN = frozenset({"annotation", "shapes", "frame", "forms"})


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what an ODS workbook says.

    Raises:
        ParseError: damaged, encrypted, too large once expanded, or without any value.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    tables = Tables()
    with open_package(body, url) as package:
        refuse_encrypted(package)
        root = package.tree("content.xml")
        hidden = _hidden(root)
        for table in root.iterfind(".//{*}spreadsheet/{*}table"):
            if attribute(table, "style-name") not in hidden:
                tables.add(attribute(table, "name"), _rows(table))
        title = meta_title(package)
    return tables.content(url, "an ODS workbook", wanted, title=title)


def _hidden(root: etree._Element) -> frozenset[str]:
    """Return the names of styles of sheets that are not shown."""
    found = set()
    for style in root.iter("{*}style"):
        if any(attribute(each, "display") == "false" for each in style.iter("{*}table-properties")):
            found.add(attribute(style, "name"))
    return frozenset(found)


def _rows(table: etree._Element) -> Iterator[Row]:
    for row in table.iter("{*}table-row"):
        cells: list[str] = []
        for cell in row:
            if local(cell) in _CELLS and len(cells) < MAX_COLUMNS:
                cells += [_shown(cell)] * min(_repeated(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells))
        # Nearly every sheet ends with a row without values that is repeated a million times.
        for _ in range(min(_repeated(row, "number-rows-repeated"), MAX_ROWS + 1) if any(cells) else 0):
            yield cells


def _repeated(element: etree._Element, name: str) -> int:
    stated = attribute(element, name)
    return min(int(stated[:9]), 2**24) if stated.isascii() and stated.isdigit() else 1


def _shown(cell: etree._Element) -> str:
    """Return what a cell shows, else the value behind it."""
    lines = []
    for paragraph in cell.iterchildren("{*}p"):
        lines.append("".join(_text(paragraph)))
    return " ".join(lines) or attribute(cell, "string-value") or attribute(cell, "date-value") or _value(cell)


def _value(cell: etree._Element) -> str:
    return attribute(cell, "value") or attribute(cell, "boolean-value") or attribute(cell, "time-value")


def _text(paragraph: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, each in walk:
        if event == "start" and local(each) in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            yield " " if local(each) in {"s", "tab", "line-break"} else ""
            yield each.text or ""
        elif each is not paragraph:
            yield each.tail or ""
