"""What every reader of the XML of the Publications Office needs."""

from __future__ import annotations

from lxml import etree

from crawler.text import clean

Element = etree._Element


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Element | None) -> str:
    """Return all text inside an element, cleaned, or the empty text where there is no element."""
    return "" if element is None else clean("".join(map(str, element.itertext())))


def value(element: Element | None, path: str) -> str:
    """Return the text at a path below an element, cleaned, or the empty text."""
    return "" if element is None else words(element.find(path))
