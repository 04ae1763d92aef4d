"""XML, read strictly, whichever protocol it is for."""

from lxml import etree

from crawler.errors import ParseError, RefusedError
from crawler.text import clean


def strict(*, instructions: bool = False) -> etree.XMLParser:
    """Return a parser that recovers nothing, loads nothing and drops comments and, unless wanted, instructions.

    Not ``collect_ids=False``: that makes lxml 6 load the DTD, whatever ``load_dtd`` says.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=not instructions,
    )


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def read_xml(body: bytes, url: str) -> etree._Element:
    """Return the root of a body. Comments and processing instructions are left out; nothing is ever recovered.

    Raises:
        RefusedError: the body is empty.
        ParseError: the body is not well-formed XML, nests more than 256 levels deep, or refers to entities.
    """
    if not body.strip():
        raise RefusedError(url, "the body is empty", "empty")
    try:
        root = etree.fromstring(body, strict())
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise ParseError(url, f"not well-formed XML: {error}") from error
    if root is None:
        raise ParseError(url, "no root element")
    # An entity that stays unresolved is text that nobody reads: refuse it instead of dropping it.
    if next(root.iter(etree.Entity), None) is not None:
        raise ParseError(url, "refers to an entity that the document defines itself")
    return root


Element = etree._Element


def words(element: Element | None) -> str:
    """Return all text inside an element, cleaned, or the empty text where there is no element."""
    return "" if element is None else clean("".join(map(str, element.itertext())))


def value(element: Element | None, path: str) -> str:
    """Return the text at a path below an element, cleaned, or the empty text."""
    return "" if element is None else words(element.find(path))
