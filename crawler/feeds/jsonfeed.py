"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from crawler.feeds.atom import categories
from crawler.feeds.content import html, weight_of
from crawler.feeds.entry import Entry
from crawler.feeds.feed import NAME, PROMISE, Feed, link, newest_update
from crawler.feeds.labels import dated_headline

TYPE = "application/feed+json; charset=utf-8"


def render(entries: Iterable[Entry], feed: Feed) -> bytes:
    """Return the feed as JSON Feed, entries in the order given. The same entries give the same bytes."""
    listed = tuple(entries)
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": f"{PROMISE} {feed.limits}",
        "home_page_url": feed.page,
        "feed_url": feed.self_address("json"),
        "next_url": feed.archive_address("json"),
        "language": "en-GB",
        "authors": [{"name": NAME}],
        "_roundup": _without_empty({"about": feed.address("about"), "id": feed.id, "updated": newest_update(listed)}),
        "items": [_item(entry, feed) for entry in listed],
    }
    return json.dumps(_without_empty(document), ensure_ascii=False, indent=1).encode() + b"\n"


def ids(body: bytes) -> list[str]:
    """Return the ids of the items of a JSON Feed, in order: the check of our own bytes.

    Raises:
        ValueError: the bytes are no JSON.
    """
    return [item["id"] for item in json.loads(body)["items"]]


def _item(entry: Entry, feed: Feed) -> dict[str, object]:
    address = feed.address(f"entry/{entry.id}")
    return _without_empty(
        {
            "id": feed.entry_id(entry),
            "url": address,
            "external_url": link(entry.url),
            "title": dated_headline(entry),
            "summary": entry.summary,
            "content_html": html(entry, address),
            "date_published": entry.announced,
            "date_modified": entry.updated,
            "tags": list(dict.fromkeys(term for _, term in categories(entry))),
            "_roundup": _without_empty(
                {
                    "state": entry.state,
                    "change": entry.kind,
                    "document": entry.document,
                    "significance": entry.significance,
                    "published": entry.published,
                    "updated": entry.updated_by_publisher,
                    "occurred": entry.occurred,
                    "in_force": entry.in_force,
                    "capture_time": entry.capture_time,
                    "capture_sha256": entry.capture_digest,
                    "legal_weight": weight_of(entry),
                    "confirmed": entry.confirmed,
                    **{name: list(values) for name, values in _lists(entry)},
                    "copies": [asdict(copy) for copy in entry.copies],
                    "documents": [asdict(one) for one in entry.documents],
                }
            ),
        }
    )


def _lists(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    named = (("why", entry.why), ("aimed_at", entry.aimed_at), ("look_for", entry.look_for), ("sure", entry.sure))
    return (*named, ("flags", entry.flags))


def _without_empty(values: dict[str, object]) -> dict[str, object]:
    """Return the keys that hold something; an empty list of items stays."""
    return {key: value for key, value in values.items() if value != "" and (key == "items" or value != [])}
