"""The list of feeds as OPML 2.0: what feed readers import."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import Feed, Filter, opml
from crawler.feeds.facets import title
from crawler.feeds.presets import common, place


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
