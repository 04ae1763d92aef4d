"""XML of legislation.gov.uk as a tree, and what every reader of it needs."""

import re
from collections.abc import Iterator

from lxml import etree

from crawler.errors import ParseError, RefusedError
from crawler.model import Capture
from crawler.protocols import markup
from crawler.protocols.markup import name_of as name_of
from crawler.protocols.markup import words as words
from crawler.text import clean

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCT = "{http://purl.org/dc/terms/}"
LEG = "{http://www.legislation.gov.uk/namespaces/legislation}"
PBL = "{http://www.legislation.gov.uk/namespaces/publication-log}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
UKM = "{http://www.legislation.gov.uk/namespaces/metadata}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_SITE_SPACE = "{http://www.legislation.gov.uk/namespaces/"
_PRINTER_SPACE = "{http://www.tso.co.uk/assets/namespace/"
"""Where the printer's own files, which the schema repository holds as samples, put the same names."""

Element = etree._Element

_WINDOWS = re.compile(rb"\xc2[\x80-\x9f]|&#(?:0*1(?:2[89]|[34]\d|5\d)|[xX]0*[89][0-9a-fA-F]);")
_PUNCTUATION = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""What the control characters U+0080 to U+009F mean in text that was once Windows-1252: quotes and dashes."""


def read_xml(capture: Capture) -> Element:
    """Return the root of a body. Comments and processing instructions are left out; nothing is ever recovered."""
    try:
        root = markup.read_xml(capture.body, capture.url)
    except RefusedError:
        raise
    except ParseError:
        _refuse_web_page(capture)
        raise
    if name_of(root).lower() == "html":
        _refuse_web_page(capture)
    if root.tag.startswith(_PRINTER_SPACE):
        for element in root.iter("*"):
            element.tag = element.tag.replace(_PRINTER_SPACE, _SITE_SPACE)
    if _WINDOWS.search(capture.body):
        _mend_punctuation(root)
    return root


def _mend_punctuation(root: Element) -> None:
    """Some metadata and texts of the site hold punctuation of Windows-1252 as control characters."""
    for element in root.iter("*"):
        element.text = element.text and element.text.translate(_PUNCTUATION)
        element.tail = element.tail and element.tail.translate(_PUNCTUATION)
        for name, stated in element.attrib.items():
            if not stated.isascii():
                element.set(name, str(stated).translate(_PUNCTUATION))


def _refuse_web_page(capture: Capture) -> None:
    start = capture.body[:4096].lower()
    if b"<html" not in start and b"<!doctype html" not in start:
        return
    missing = b"page not found" in capture.body.lower()
    reason = "a web page that says page not found" if missing else "a web page where XML was promised"
    raise RefusedError(capture.url, reason, "soft404" if missing else "error")


def value(element: Element | None, name: str, attribute: str = "Value") -> str:
    """Return an attribute of the first child of that name, or the empty text."""
    child = None if element is None else element.find(name)
    return "" if child is None else clean(child.get(attribute) or "")


def links(element: Element, relation: str | None) -> Iterator[Element]:
    """Return the Atom links of an element with one relation; None asks for those that state no relation."""
    return (link for link in element.iterfind(f"{ATOM}link") if link.get("rel") == relation)
