"""What every reader of the XML of the Publications Office needs."""

from __future__ import annotations

from lxml import etree

from crawler.protocols.markup import name_of as name_of
from crawler.text import clean

Element = etree._Element


def words(element: Element | None) -> str:
    """Return all text inside an element, cleaned, or the empty text where there is no element."""
    return "" if element is None else clean("".join(map(str, element.itertext())))


def value(element: Element | None, path: str) -> str:
    """Return the text at a path below an element, cleaned, or the empty text."""
    return "" if element is None else words(element.find(path))
