"""The list of feeds as OPML 2.0 (http://opml.org/spec2.opml), which feed readers import."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from crawler.feeds.facets import FACETS, value
from crawler.feeds.feed import NAME, Feed
from crawler.wording import legal

TYPE = "text/x-opml; charset=utf-8"

FILE = "feeds.opml"
"""Name of the file, below feeds/."""


def render(feeds: Iterable[Feed]) -> bytes:
    """Return the list of feeds, of one value each, those of one facet together. The same feeds give the same bytes.

    Where there is no public address, addresses are those of the files beside the list.
    """
    listed = tuple(feeds)
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    sample = any(feed.sample for feed in listed)
    ET.SubElement(head, "title").text = ("[Sample] " if sample else "") + f"{NAME}: all feeds"
    body = ET.SubElement(root, "body")
    for facet, group in groupby(listed, key=lambda feed: feed.filter.pairs[0][0] if feed.filter.pairs else ""):
        parent = ET.SubElement(body, "outline", text=FACETS[facet].label) if facet else body
        for feed in group:
            text = value(*feed.filter.pairs[0]) if feed.filter.pairs else NAME
            found = {"text": legal(text), "title": feed.title, "type": "rss", "xmlUrl": address(feed)}
            page = feed.page
            ET.SubElement(parent, "outline", {**found, **({"htmlUrl": page} if page else {})})
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def addresses(body: bytes) -> list[str]:
    """Return the addresses of the feeds in a list: the check of our own bytes.

    Raises:
        xml.etree.ElementTree.ParseError: the bytes are no XML.
    """
    return [found.attrib["xmlUrl"] for found in ET.fromstring(body).iter("outline") if "xmlUrl" in found.attrib]


def address(feed: Feed) -> str:
    """Return the address of a feed in the list: its public one, else where its file stands beside the list."""
    return feed.self_address("atom") or f"{feed.place}.atom"
