"""Feeds that tell of the round-up and not of law: what waits for a decision, how sources are read, what was checked."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from types import MappingProxyType
from xml.etree import ElementTree as ET

from crawler.feeds import atom, jsonfeed, rss
from crawler.feeds.feed import EPOCH, LIMITS, NAME, Feed
from crawler.text import moment
from crawler.wording import legal

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell: ``id`` is made into a tag URI, ``url`` empty or of the web, times as ISO 8601 in UTC."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A feed of notices: its ``place`` below feeds/, what it is ``about`` in words, its query, and its page."""

    place: str
    about: str
    page: str
    query: str = ""

    def address(self, feed: Feed, form: str) -> str:
        """Return the public address of the feed, empty where there is no public address."""
        return feed.address(f"feeds/{self.place}.{form}{f'?{self.query}' if self.query else ''}")

    def id(self, feed: Feed) -> str:
        """Return the id of the feed."""
        return feed.tag(f"feed/{self.place}") + (f"?{self.query}" if self.query else "")

    def title(self, feed: Feed) -> str:
        """Return the title of the feed."""
        return ("[Sample] " if feed.sample else "") + f"{NAME}: {legal(self.about)}"


def newest_update(listed: Sequence[Notice]) -> str:
    """Return when the newest of a list was new or changed."""
    return max((one.updated for one in listed), default=EPOCH)


def _atom(listed: Sequence[Notice], board: Board, feed: Feed) -> bytes:
    root = ET.Element(f"{{{atom.NAMESPACE}}}feed", {_LANGUAGE: "en-GB"})

    def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
        made = ET.SubElement(parent, f"{{{atom.NAMESPACE}}}{name}", attributes)
        made.text = None if text is None else legal(text)
        return made

    add(root, "id", board.id(feed))
    add(root, "title", board.title(feed))
    add(root, "subtitle", LIMITS)
    add(root, "updated", newest_update(listed))
    for relation, address, kind in (
        ("self", board.address(feed, "atom"), "application/atom+xml"),
        ("alternate", feed.address(board.page), "text/html"),
    ):
        if address:
            add(root, "link", rel=relation, href=address, type=kind)
    add(add(root, "author"), "name", NAME)
    for one in listed:
        node = add(root, "entry")
        add(node, "id", feed.tag(one.id))
        add(node, "title", one.title, type="text")
        add(node, "published", one.published)
        add(node, "updated", one.updated)
        if one.url:
            add(node, "link", rel="alternate", href=one.url, type="text/html")
        add(node, "content", one.text, type="text")
    return atom.document(root)


def _rss(listed: Sequence[Notice], board: Board, feed: Feed) -> bytes:
    root = ET.Element("rss", {"xmlns:atom": atom.NAMESPACE, "version": "2.0"})
    channel = ET.SubElement(root, "channel")

    def add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
        ET.SubElement(parent, name, attributes).text = legal(text)

    add(channel, "title", board.title(feed))
    add(channel, "link", feed.address(board.page) or board.id(feed))
    add(channel, "description", LIMITS)
    add(channel, "language", "en-gb")
    add(channel, "lastBuildDate", format_datetime(moment(newest_update(listed)), usegmt=True))
    if address := board.address(feed, "rss"):
        ET.SubElement(channel, "atom:link", rel="self", href=address, type="application/rss+xml")
    for one in listed:
        item = ET.SubElement(channel, "item")
        add(item, "title", one.title)
        if one.url:
            add(item, "link", one.url)
        add(item, "description", one.text)
        add(item, "guid", feed.tag(one.id), isPermaLink="false")
        add(item, "pubDate", format_datetime(moment(one.published), usegmt=True))
    return atom.document(root)


def _json(listed: Sequence[Notice], board: Board, feed: Feed) -> bytes:
    addresses = {"home_page_url": feed.address(board.page), "feed_url": board.address(feed, "json")}
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": board.title(feed),
        "description": LIMITS,
        **{name: address for name, address in addresses.items() if address},
        "language": "en-GB",
        "items": [
            {
                "id": feed.tag(one.id),
                **({"url": one.url} if one.url else {}),
                "title": one.title,
                "content_text": one.text,
                "date_published": one.published,
                "date_modified": one.updated,
            }
            for one in listed
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


Render = Callable[[Sequence[Notice], Board, Feed], bytes]

FORMS: Mapping[str, tuple[Render, str]] = MappingProxyType(
    {"atom": (_atom, atom.TYPE), "json": (_json, jsonfeed.TYPE), "rss": (_rss, rss.TYPE)}
)
"""How a list of notices is made into bytes, and their media type, by the ending of the address."""
