"""XML of the Publications Office as a tree, read strictly, and the few helpers every reader of it needs."""

from __future__ import annotations

from lxml import etree

from crawler.errors import ParseError, RefusedError
from crawler.model import Capture
from crawler.text import clean

Element = etree._Element


def read_xml(capture: Capture) -> Element:
    """Give the root of a body. Comments and processing instructions are left out; nothing is ever recovered.

    Raises:
        RefusedError: the body is empty.
        ParseError: the body is not well-formed XML, nests more than 256 levels deep, or refers to entities.
    """
    if not capture.body.strip():
        raise RefusedError(capture.url, "the body is empty", "empty")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(capture.body.strip(), parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise ParseError(capture.url, f"not well-formed XML: {error}") from error
    if root is None:
        raise ParseError(capture.url, "no root element")
    # An entity that stays unresolved is text that nobody reads: refuse it instead of dropping it.
    if next(root.iter(etree.Entity), None) is not None:
        raise ParseError(capture.url, "refers to an entity that the document defines itself")
    return root


def name_of(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Element | None) -> str:
    """Give all text inside an element, cleaned, or the empty text where there is no element."""
    return "" if element is None else clean("".join(map(str, element.itertext())))


def value(element: Element | None, path: str) -> str:
    """Give the text at a path below an element, cleaned, or the empty text."""
    return "" if element is None else words(element.find(path))
