"""What the formats ask of feeds: RFC 4287 by its grammar, then each MUST of RSS 2.0, RFC 5005 and JSON Feed 1.1."""

import json
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.feeds import Entry, Feed, Filter, atom, chosen, jsonfeed, opml, rss
from crawler.feeds.facets import title
from crawler.feeds.presets import common, place
from tests.feeds.feeds_entries import ENTRY, FEED, entries, words
from tests.tiers import examples

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("rfc4287.rng")))
ATOM, FH = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/history/1.0}"

BARE = Feed(authority="sample.invalid")
FILTERED = replace(FEED, filter=chosen([("kind", "act"), ("jurisdiction", "European Union")]), words="EU; Act")
FEEDS = {
    "subscription": FEED,
    "filtered": replace(FILTERED, before="2026-11-2"),
    "part": replace(FILTERED, part="2026-11-2", before="2026-11-1"),
    "first part": replace(FEED, part="2026-11-1"),
    "bare": replace(BARE, before="2026-11-1"),
    "bare part": replace(BARE, place="topic/children", part="2026-11-1", before="2026-10-3"),
}
LISTS: dict[str, list[Entry]] = {
    "none": [],
    "one": [ENTRY],
    "all states": [replace(ENTRY, id=state, state=state) for state in ("announced", "corrected", "withdrawn")],
    "little": [replace(ENTRY, url="", summary="", title="", told=(), facets={}, jurisdiction="")],
}
every = pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
all_lists = pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)


@every
@all_lists
def test_atom_is_of_the_grammar_of_its_rfc(feed: Feed, listed: list[Entry]) -> None:
    GRAMMAR.assertValid(etree.fromstring(atom.render(listed, feed)))


def test_the_grammar_refuses_what_is_no_atom() -> None:
    body = atom.render([ENTRY], FEED)
    for right, wrong in ((b"<id>", b"<id/><id>"), (b'href="', b'to="'), (b"T10:00:00Z</updated>", b"</updated>")):
        assert right in body and not GRAMMAR.validate(etree.fromstring(body.replace(right, wrong, 1)))


@pytest.mark.slow
@examples(60)
@given(st.lists(entries(), max_size=3, unique_by=lambda one: one.id), words)
def test_whatever_stands_in_entries_feeds_are_valid(listed: list[Entry], name: str) -> None:
    feed = replace(FEEDS["part"], words=name)
    GRAMMAR.assertValid(etree.fromstring(atom.render(listed, feed)))
    for check in RSS.values():
        check(etree.fromstring(rss.render(listed, feed)))
    assert rss.ids(rss.render(listed, feed)) == [feed.entry_id(one) for one in listed]


def _channel(root: Any) -> None:
    assert (root.tag, root.get("version"), len(root), root[0].tag) == ("rss", "2.0", 1, "channel")


def _required(root: Any) -> None:
    for name in ("title", "link", "description"):
        (found,) = root.findall(f"channel/{name}")
        assert found.text


def _addresses(root: Any) -> None:
    for link in root.iter("link"):
        assert urlsplit(link.text).scheme in ("https", "http", "tag") and link.text.isascii()


def _items(root: Any) -> None:
    for item in root.iterfind("channel/item"):
        assert item.findtext("title") or item.findtext("description")
        assert all(len(item.findall(name)) <= 1 for name in ("title", "link", "description", "guid", "pubDate"))


def _guids(root: Any) -> None:
    found = [(guid.text, guid.get("isPermaLink")) for guid in root.iter("guid")]
    assert len(set(found)) == len(found) and {permanent for _, permanent in found} <= {"false"}


def _dates(root: Any) -> None:
    for node in (*root.iter("pubDate"), *root.iter("lastBuildDate")):
        assert parsedate_to_datetime(node.text).tzinfo is not None and node.text[:3] in "MonTueWedThuFriSatSun"


def _categories(root: Any) -> None:
    assert all(node.text is not None and node.get("domain") for node in root.iter("category"))


def _namespaced(root: Any) -> None:
    known = {"rss", "channel", "title", "link", "description", "language", "lastBuildDate", "generator", "docs", "item"}
    known |= {"category", "guid", "pubDate"}
    assert all(node.tag in known or node.tag.startswith("{") for node in root.iter())


RSS: dict[str, Callable[[Any], None]] = {
    "one channel in a document of version 2.0": _channel,
    "title, link and description of the channel": _required,
    "links have a registered scheme": _addresses,
    "an item has a title or a description": _items,
    "a guid that is no address says so, and none stands twice": _guids,
    "dates are of RFC 822": _dates,
    "categories": _categories,
    "elements of others have a namespace": _namespaced,
}


@pytest.mark.parametrize("must", RSS.values(), ids=RSS)
@every
@all_lists
def test_rss(must: Callable[[Any], None], feed: Feed, listed: list[Entry]) -> None:
    must(etree.fromstring(rss.render(listed, feed)))


@every
@pytest.mark.parametrize("form", [atom, rss], ids=["atom", "rss"])
def test_archives_are_of_rfc_5005(form: Any, feed: Feed) -> None:
    root = etree.fromstring(form.render([ENTRY], feed))
    top = root if form is atom else root[0]
    links = {link.get("rel"): link.get("href") for link in top.iterfind(f"{ATOM}link")}
    # 4: an archive has fh:archive and "current"; the subscription document has neither; both lead to the one before.
    assert (top.find(f"{FH}archive") is not None) == bool(feed.part) == ("current" in links)
    assert ("prev-archive" in links) == bool(feed.before)
    # 4: what an archive links must not change with what comes later.
    assert "next-archive" not in links
    # 4.1: the parts of one feed are known by their addresses, which must differ.
    named = [links[name] for name in ("current", "prev-archive", "self") if name in links]
    assert len(set(named)) == len(named)
    for part in ("", "2026-11-2"):  # They are one logical feed.
        assert etree.fromstring(atom.render([], replace(feed, part=part))).findtext(f"{ATOM}id") == feed.id


@every
@all_lists
def test_json_feed(feed: Feed, listed: list[Entry]) -> None:
    body = jsonfeed.render(listed, feed)
    found = json.loads(body.decode("utf-8"))
    assert found["version"] == "https://jsonfeed.org/version/1.1" and isinstance(found["title"], str) and found["title"]
    assert isinstance(found["items"], list) and jsonfeed.TYPE.startswith("application/feed+json")
    assert ("next_url" in found) == bool(feed.before) and found.get("next_url") != found.get("feed_url", "")
    for name in ("home_page_url", "feed_url"):
        assert (name in found) == bool(feed.public_url)
    for author in found["authors"]:
        assert author.keys() & {"name", "url", "avatar"}
    for item in found["items"]:
        assert isinstance(item["id"], str) and (item.get("content_html") or item.get("content_text"))
        assert all("T" in item[name] for name in ("date_published", "date_modified"))
        assert all(isinstance(tag, str) for tag in item["tags"])
    known = {"version", "title", "home_page_url", "feed_url", "description", "next_url", "authors", "language", "items"}
    assert all(name in known or name.startswith("_") for name in found)
    ids = [item["id"] for item in found["items"]]
    assert len(ids) == len(set(ids))


def feeds(public_url: str = "", *, sample: bool = False, more: tuple[str, ...] = ()) -> list[Feed]:
    return [
        Feed(authority="a", public_url=public_url, filter=one, words=title(one.pairs), place=place(one), sample=sample)
        for one in (Filter(), *common(("kind", value) for value in more))
    ]


def test_it_is_opml_with_every_feed_once() -> None:
    listed = feeds("https://x.example/sub")
    root = ET.fromstring(opml.render(listed))
    assert (root.tag, root.attrib, [child.tag for child in root]) == ("opml", {"version": "2.0"}, ["head", "body"])
    assert root.findtext("head/title") == "Counter-trafficking round-up: all feeds"
    found = [one for one in root.iter("outline") if "xmlUrl" in one.attrib]
    assert [one.attrib["xmlUrl"] for one in found] == [feed.self_address("atom") for feed in listed]
    assert len({one.attrib["xmlUrl"] for one in found}) == len(listed) > 60
    assert all(one.attrib["type"] == "rss" and one.attrib["text"] and one.attrib["title"] for one in found)
    assert all(one.attrib["htmlUrl"].startswith("https://x.example/sub/") for one in found)
    groups = [one.attrib["text"] for one in root.iter("outline") if "xmlUrl" not in one.attrib]
    assert groups == ["Topic", "Reader", "Where it applies", "Part of the toolkit", "Kind"]
    labour = next(one for one in found if one.attrib["text"] == "Labour exploitation")
    assert labour.attrib == {
        "text": "Labour exploitation",
        "title": "Counter-trafficking round-up: labour exploitation",
        "type": "rss",
        "xmlUrl": "https://x.example/sub/feeds/topic/labour_exploitation.atom",
        "htmlUrl": "https://x.example/sub/?topic=labour_exploitation",
    }


def test_without_a_public_address_it_names_the_files_beside_it() -> None:
    found = opml.addresses(opml.render(feeds()))
    assert found[:2] == ["changes.atom", "topic/offences_law.atom"]
    assert b"htmlUrl" not in opml.render(feeds())


def test_a_sample_says_so() -> None:
    body = opml.render(feeds(sample=True))
    assert ET.fromstring(body).findtext("head/title", "").startswith("[Sample] ")


@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=20), max_size=4))
def test_any_kind_gives_the_same_sound_list(kinds: list[str]) -> None:
    more = tuple(kind for kind in kinds if kind.encode("utf-8", "ignore").decode())
    safe = tuple(kind.encode("utf-8", "replace").decode() for kind in more)
    listed = feeds("https://x.example", more=safe)
    assert opml.addresses(opml.render(listed)) == [opml.address(feed) for feed in listed]
    assert opml.render(listed) == opml.render(feeds("https://x.example", more=(*reversed(safe), *safe)))
