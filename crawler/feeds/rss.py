"""RSS 2.0 (https://www.rssboard.org/rss-specification), with archives (RFC 5005), for tools that read nothing newer."""

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from crawler.feeds.atom import HISTORY, NAMESPACE, categories, document
from crawler.feeds.content import html
from crawler.feeds.entry import Entry
from crawler.feeds.feed import PROMISE, Feed, link, newest_update
from crawler.feeds.labels import dated_headline
from crawler.text import moment
from crawler.wording import legal

TYPE = "application/rss+xml; charset=utf-8"

_PREFIXES = {"xmlns:atom": NAMESPACE, "xmlns:fh": HISTORY}
"""Written out, as Atom is the namespace without a prefix in the feeds beside these."""


def render(entries: Iterable[Entry], feed: Feed) -> bytes:
    """Return the feed as RSS, entries in the order given. The same entries give the same bytes.

    A channel has to have a link: where there is no public address, it is the id of the feed.
    """
    listed = tuple(entries)
    root = ET.Element("rss", {**_PREFIXES, "version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page or feed.id)
    _add(channel, "description", f"{PROMISE} {feed.limits}")
    _add(channel, "language", "en-gb")
    _add(channel, "lastBuildDate", _date(newest_update(listed)))
    _add(channel, "generator", "roundup")
    _add(channel, "docs", "https://www.rssboard.org/rss-specification")
    _link(channel, "self", feed.self_address("rss"))
    if feed.part:
        ET.SubElement(channel, "fh:archive")
        _link(channel, "current", feed.current_address("rss"))
    _link(channel, "prev-archive", feed.archive_address("rss"))
    for entry in listed:
        _item(channel, entry, feed)
    return document(root)


def ids(body: bytes) -> list[str]:
    """Return the ids of the items of an RSS document, in order: the check of our own bytes.

    Raises:
        xml.etree.ElementTree.ParseError: the bytes are no XML.
    """
    return [legal(found.text or "") for found in ET.fromstring(body).iterfind("channel/item/guid")]


def _item(channel: ET.Element, entry: Entry, feed: Feed) -> None:
    node = _add(channel, "item")
    address = feed.address(f"entry/{entry.id}")
    _add(node, "title", dated_headline(entry))
    if to := address or link(entry.url):
        _add(node, "link", to)
    _add(node, "description", html(entry, address))
    for scheme, term in categories(entry):
        _add(node, "category", term, domain=feed.tag(f"facet/{scheme}"))
    _add(node, "guid", feed.entry_id(entry), isPermaLink="false")
    _add(node, "pubDate", _date(entry.announced))
    _add(node, "atom:updated", entry.updated)


def _link(channel: ET.Element, relation: str, address: str) -> None:
    if address:
        _add(channel, "atom:link", rel=relation, href=address, type="application/rss+xml")


def _date(time: str) -> str:
    """Return a time as RFC 822 has it, with a year of four digits.

    >>> _date("2026-11-24T10:00:00Z")
    'Tue, 24 Nov 2026 10:00:00 GMT'
    """
    return format_datetime(moment(time), usegmt=True)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    made.text = None if text is None else legal(text)
    return made
