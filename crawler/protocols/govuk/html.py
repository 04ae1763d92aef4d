"""The HTML in a Content API document: its words without the frames that GOV.UK draws around attached files."""

import re
from dataclasses import dataclass

from lxml import etree

from crawler.bodies.html import fragment
from crawler.bodies.tree import tree
from crawler.protocols.govuk.json_access import Item
from crawler.text import clean

_FRAMES = frozenset({"attachment", "gem-c-attachment"})
_INLINE = frozenset({"attachment-inline", "gem-c-attachment-link"})
_TITLES = frozenset({"title", "gem-c-attachment__title"})
_REFERENCES = frozenset({"references", "gem-c-attachment__attribute"})
_ISBN = re.compile(r"\bISBN:?\s*([0-9][0-9 -]{8,15}[0-9Xx])")
_SIZE = re.compile(r"\s*\((?:[A-Z][A-Z0-9 ]{1,20}, *)?[0-9.,]+ *(?:bytes|[KMG]B)(?:, *[0-9]+ pages?)?\)$", re.I)
_REFERENCE = re.compile(r"\bRef(?:erence)?:\s*([^,]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An attached file as GOV.UK draws it: title, address as written, ISBN and the publisher's own reference."""

    title: str
    href: str
    isbn: str = ""
    reference: str = ""


def html(item: Item, key: str) -> str:
    """Return the HTML of a field that is HTML or a list of renderings; empty where it is absent."""
    if not item.holds_list(key):
        return item.raw(key)
    renderings = item.items_or_empty(key)
    found = next((each.raw("content") for each in renderings if each.text("content_type") == "text/html"), None)
    if found is None and renderings:
        raise item.wrong(key, "has no text/html")
    return found or ""


def unframed(source: str, url: str) -> tuple[str, tuple[Block, ...]]:
    """Return HTML with the title of each attached file in place of its frame, and the files in order.

    The frame holds a size, a thumbnail and a standing text on accessible formats: GOV.UK changes their wording on all
    pages at once, and none of it is what the document says. Its headings would end the section around it.
    """
    if "attachment" not in source or (root := tree(source, url)) is None:
        return source, ()
    blocks = []
    for element in _with_class(root, _FRAMES | _INLINE):
        parent = element.getparent()
        inline = not _INLINE.isdisjoint(element.get("class", "").split())
        found = _inline(element) if inline else _block(element)
        if found is None or parent is None:
            continue
        blocks.append(found)
        instead = etree.Element("span" if inline else "p")
        instead.text = found.title
        instead.tail = element.tail
        parent.replace(element, instead)
    return (etree.tostring(root, encoding="unicode", method="html") if blocks else source), tuple(blocks)


def without_size(title: str) -> str:
    """Return a title without the format and size of the file that may stand after it.

    >>> without_size("Sample notice (PDF, 90KB, 2 pages)"), without_size("Sample (part 2)")
    ('Sample notice', 'Sample (part 2)')
    """
    return _SIZE.sub("", title) or title


def plain(source: str, url: str) -> str:
    """Return the words of an HTML fragment as one text."""
    found = fragment(source, url=url)
    return clean(" ".join(f"{section.number} {section.heading} {section.text}" for section in found))


def _inline(element: etree._Element) -> Block | None:
    link = next(element.iter("a"), None)
    title = "" if link is None else without_size(_words(link))
    return (
        Block(title=title, href=clean(link.get("href", "")))
        if link is not None and title and link.get("href")
        else None
    )


def _block(element: etree._Element) -> Block | None:
    for heading in _with_class(element, _TITLES):
        link = next(heading.iter("a"), None)
        title = _words(heading)
        if link is not None and title and link.get("href"):
            stated = ", ".join(_words(part) for part in _with_class(element, _REFERENCES))
            isbn, reference = _ISBN.search(stated), _REFERENCE.search(stated)
            return Block(
                title=title,
                href=clean(link.get("href", "")),
                isbn=isbn.group(1) if isbn else "",
                reference=clean(reference.group(1)) if reference else "",
            )
    return None


def _with_class(root: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    return [element for element in root.iter("*") if not wanted.isdisjoint(element.get("class", "").split())]


def _words(element: etree._Element) -> str:
    return clean(" ".join(str(part) for part in element.itertext()))
