"""What waits for a person's decision, as a feed: for whoever keeps the round-up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree as ET

from crawler.feeds.feed import EPOCH, NAME, Feed, link
from crawler.model import digest_of
from crawler.wording import day, legal

ABOUT = "Waiting for a decision"
"""What the feed holds, for its title."""

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """A document that waits: since when, and the words that speak for it or against it, each with its weight."""

    document: str
    title: str
    url: str
    since: str
    source: str
    reasons: tuple[tuple[str, float], ...]

    @property
    def summary(self) -> str:
        """Return in a sentence where it was found, and what counted."""
        counted = ", ".join(f"“{words}” {weight:+.1f}" for words, weight in self.reasons if words)
        return f"Found through {self.source}, waiting since {day(self.since)}. " + (
            f"What counted: {counted}." if counted else "No words of its title or summary decide."
        )


def read(row: Mapping[str, object]) -> ReviewItem:
    """Return a document of a row with the columns id, title, url, since, source_name and why.

    Raises:
        KeyError: a column is missing.
    """
    reasons = tuple((str(each["words"]), float(each["weight"])) for each in json.loads(str(row["why"])))
    return ReviewItem(
        document=str(row["id"]),
        title=legal(str(row["title"])),
        url=link(str(row["url"])),
        since=str(row["since"]),
        source=legal(str(row["source_name"])),
        reasons=reasons,
    )


def atom(found: Iterable[ReviewItem], feed: Feed) -> bytes:
    """Return the list as Atom (RFC 4287). The same list gives the same bytes."""
    listed = tuple(found)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _add(root, "id", feed.tag("feed/review"))
    _add(root, "title", _title(feed))
    _add(root, "updated", newest_since(listed))
    for relation, path, kind in (
        ("self", "feeds/review.atom", "application/atom+xml"),
        ("alternate", "review", "text/html"),
    ):
        if address := feed.address(path):
            _add(root, "link", rel=relation, href=address, type=kind)
    _add(_add(root, "author"), "name", NAME)
    for one in listed:
        node = _add(root, "entry")
        _add(node, "id", _id(one, feed))
        _add(node, "title", one.title or "No title", type="text")
        _add(node, "updated", one.since)
        if one.url:
            _add(node, "link", rel="alternate", href=one.url, type="text/html")
        _add(node, "content", one.summary, type="text")
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def json_feed(found: Iterable[ReviewItem], feed: Feed) -> bytes:
    """Return the list as JSON Feed 1.1. The same list gives the same bytes."""
    addresses = {"home_page_url": feed.address("review"), "feed_url": feed.address("feeds/review.json")}
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed),
        **{name: address for name, address in addresses.items() if address},
        "language": "en-GB",
        "items": [
            {
                "id": _id(one, feed),
                **({"url": one.url} if one.url else {}),
                "title": one.title or "No title",
                "content_text": one.summary,
                "date_published": one.since,
            }
            for one in found
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def newest_since(found: Iterable[ReviewItem]) -> str:
    """Return since when the newest of a list waits."""
    return max((one.since for one in found), default=EPOCH)


def _title(feed: Feed) -> str:
    return ("[Sample] " if feed.sample else "") + f"{NAME}: {ABOUT.lower()}"


def _id(one: ReviewItem, feed: Feed) -> str:
    return feed.tag(f"review/{quote(digest_of(one.document, one.since)[:20])}")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = None if text is None else legal(text)
    return made
