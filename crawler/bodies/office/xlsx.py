"""Excel workbooks (XLSX) into sections, one for each sheet that is shown.

Cells are read as they are stored: results of formulas, dates by the format of their cell.
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from crawler.bodies.office.docx import core_title
from crawler.bodies.office.package import Package, attribute, open_package
from crawler.bodies.selectors import patterns
from crawler.bodies.tables import MAX_COLUMNS, Row, Tables
from crawler.bodies.values import Content

_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Built-in formats of dates (ECMA-376, part 1, 18.8.30)."""
_PERCENTS = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_COLUMN = re.compile(r"([A-Z]{1,3})\d")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What cells refer to: shared texts, and the kind of each cell format (``date``, ``percent`` or empty)."""

    texts: tuple[str, ...]
    formats: tuple[str, ...]
    epoch: datetime


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what an XLSX workbook says.

    Raises:
        ParseError: damaged, encrypted, too large once expanded, or without any value.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    tables = Tables()
    with open_package(body, url) as package:
        workbook = package.tree("xl/workbook.xml")
        stated = next((attribute(each, "date1904") for each in workbook.iter("{*}workbookPr")), "")
        book = _Book(texts=_texts(package), formats=_formats(package), epoch=_EPOCHS[stated in {"1", "true"}])
        for name, part in _sheets(package, workbook):
            tables.add(name, _rows(package, part, book))
        title = core_title(package)
    return tables.content(url, "an XLSX workbook", wanted, title=title)


def _sheets(package: Package, workbook: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield name and part of each sheet that is shown, in order."""
    relations = package.tree("xl/_rels/workbook.xml.rels")
    targets = {attribute(each, "Id"): attribute(each, "Target") for each in relations}
    for sheet in workbook.iter("{*}sheet"):
        target = targets.get(attribute(sheet, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        # A sheet that is a chart has no cells.
        if attribute(sheet, "state") not in {"hidden", "veryHidden"} and part.startswith("xl/worksheets/"):
            yield attribute(sheet, "name"), part


def _texts(package: Package) -> tuple[str, ...]:
    name = "xl/sharedStrings.xml"
    return tuple(_spoken(each) for each in package.elements(name, ("si",))) if name in package.names else ()


def _spoken(element: etree._Element) -> str:
    """Return the words of a text, without how they are pronounced."""
    return "".join(each.text or "" for each in element.iter("{*}t") if next(each.iterancestors("{*}rPh"), None) is None)


def _formats(package: Package) -> tuple[str, ...]:
    name = "xl/styles.xml"
    if name not in package.names:
        return ()
    root = package.tree(name)
    own = {attribute(each, "numFmtId"): attribute(each, "formatCode") for each in root.iter("{*}numFmt")}
    return tuple(
        _kind(attribute(each, "numFmtId"), own) for cells in root.iterfind("{*}cellXfs") for each in cells.iter("{*}xf")
    )


def _kind(number: str, own: dict[str, str]) -> str:
    if number in own:
        code = _LITERAL.sub("", own[number]).casefold()
        return "percent" if "%" in code else "date" if re.search("[yd]|h.*m|m.*s", code) else ""
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    return "date" if known in _DATES else "percent" if known in _PERCENTS else ""


def _rows(package: Package, part: str, book: _Book) -> Iterator[Row]:
    for row in package.elements(part, ("row",)):
        cells: list[str] = []
        for cell in row.iterchildren("{*}c"):
            place = _place(cell.get("r", ""), len(cells))
            if place >= MAX_COLUMNS:
                break
            cells += [""] * (place - len(cells))
            cells.append(_value(cell, book))
        yield cells


def _place(reference: str, following: int) -> int:
    """Return the column of a cell, counted from 0; one that does not say stands behind the last."""
    match = _COLUMN.match(reference)
    if match is None:
        return following
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return max(column - 1, following)


def _value(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t", "")
    if kind == "inlineStr":
        return _spoken(cell)
    raw = (cell.findtext("{*}v") or "").strip()
    if kind == "s":
        return book.texts[int(raw)] if raw.isascii() and raw.isdigit() and int(raw) < len(book.texts) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind in {"str", "e", "d"} or not raw:
        return raw
    style = cell.get("s", "")
    known = book.formats[int(style)] if style.isascii() and style.isdigit() and int(style) < len(book.formats) else ""
    return _number(raw, known, book.epoch)


def _number(raw: str, kind: str, epoch: datetime) -> str:
    """Return a number as people write it: 0.30000000000000004 is 0.3, and a date no count of days."""
    try:
        value = float(raw)
        if kind == "date":
            moment = (epoch + timedelta(days=value, milliseconds=0.5)).replace(microsecond=0)
            return moment.date().isoformat() if value == int(value) else moment.isoformat(" ")
    except (ValueError, OverflowError):
        return raw
    return f"{value * 100:.12g}%" if kind == "percent" else f"{value:.15g}"
