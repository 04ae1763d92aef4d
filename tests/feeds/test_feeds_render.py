"""Atom and JSON Feed: whatever stands in an entry, feed readers get our ids and plain words back."""

import json
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.export.shown import read
from crawler.feeds import Entry, EntryChange, Feed, Filter, atom, chosen, jsonfeed, labels
from crawler.feeds.content import html
from crawler.feeds.entry import Copy, quoted_words
from crawler.feeds.feed import EPOCH, link
from crawler.feeds.labels import dated_headline
from crawler.model import Word
from crawler.text import canonical
from tests.feeds.feeds_entries import ENTRY, FEED, entries, row, words
from tests.tiers import examples

NS = {"a": "http://www.w3.org/2005/Atom", "t": "http://purl.org/atompub/tombstones/1.0"}


@pytest.mark.slow
@examples(150)
@given(st.lists(entries(), max_size=4, unique_by=lambda one: one.id), words)
def test_readers_get_our_ids_back(listed: list[Entry], name: str) -> None:
    feed = replace(FEED, words=name, filter=Filter(pairs=(("kind", name.encode("utf-8", "replace").decode()),)))
    body = atom.render(listed, feed)
    found = feedparser.parse(body)
    assert not found.bozo, found.get("bozo_exception")
    assert [one.id for one in found.entries] == [feed.entry_id(one) for one in listed] == atom.ids(body)
    assert found.feed.id == feed.id
    assert jsonfeed.ids(jsonfeed.render(listed, feed)) == atom.ids(body)
    titles = [node.text or "" for node in ET.fromstring(body).iterfind("a:entry/a:title", NS)]
    assert [" ".join(one.split()) for one in titles] == [" ".join(dated_headline(one).split()) for one in listed]
    check(body)


def check(body: bytes) -> None:
    """Check what RFC 4287 asks of a feed."""
    root = ET.fromstring(body)
    for parent, needed in (
        (root, ("id", "title", "updated")),
        *((e, ("id", "title", "updated")) for e in root.iterfind("a:entry", NS)),
    ):
        for name in needed:
            assert len(parent.findall(f"a:{name}", NS)) == 1, name
    assert root.findall("a:author/a:name", NS)
    for node in root.iter():
        href = node.get("href")
        assert href is None or (href.isascii() and href.startswith(("https://", "http://")) and " " not in href), href
    for name in ("updated", "published"):
        for node in root.iter(f"{{{NS['a']}}}{name}"):
            datetime.fromisoformat((node.text or "").replace("Z", "+00:00"))


def test_an_entry_says_everything_once() -> None:
    found = feedparser.parse(atom.render([ENTRY], FEED))
    one = found.entries[0]
    assert one.id == "tag:sample.invalid,2026:entry/abc123"
    assert (one.published, one.updated) == ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z")
    assert one.title == "Sample Act: section 45 amended, from 1 November 2026" and one.title_detail.type == "text/plain"
    links = {each.rel: each.href for each in one.links}
    assert links == {"alternate": "https://roundup.example.org/entry/abc123", "via": "https://www.example.org/official"}
    terms = [(each.scheme.removeprefix("tag:sample.invalid,2026:facet/"), each.term) for each in one.tags]
    assert terms == [
        ("topic", "offences_law"), ("role", "police"), ("aimed_at", "police"), ("aimed_at", "prosecutors"),
        ("exploitation", "labour"), ("toolkit", "round-up"), ("jurisdiction", "England"),
        ("jurisdiction", "England and Wales"), ("kind", "act"), ("change", "changed"), ("source", "law"),
        ("publisher", "parliament"), ("significance", "legal effect"),
    ]  # fmt: skip
    html = one.content[0].value
    for part in ("<h3>Section 45(1): Defence: changed</h3>", "<del>may </del> <ins>must </ins>", "0" * 64, "09:59 UTC"):
        assert part in html, part
    assert found.feed.author == "Counter-trafficking round-up"


def test_the_feed_has_its_own_id_and_no_clock() -> None:
    assert b"<updated>2026-01-01T00:00:00Z" in atom.render([], FEED) and EPOCH == "2026-01-01T00:00:00Z"
    one, other = chosen([("kind", "act"), ("change", "new")]), chosen([("change", "new"), ("kind", "act")])
    assert replace(FEED, filter=one).id == replace(FEED, filter=other).id == f"{FEED.id}?change=new&kind=act"
    assert atom.render([ENTRY], FEED) == atom.render([ENTRY], FEED)
    newer = replace(ENTRY, id="b", updated="2026-11-25T10:00:00Z")
    assert feedparser.parse(atom.render([ENTRY, newer], FEED)).feed.updated == "2026-11-25T10:00:00Z"
    sample = replace(FEED, sample=True, words="Guidance, Scotland")
    assert sample.title == "[Sample] Counter-trafficking round-up: Guidance, Scotland"


@pytest.mark.parametrize(("state", "mark"), [("corrected", "Corrected: "), ("withdrawn", "Withdrawn: ")])
def test_corrections_come_again_under_the_same_id(state: Any, mark: str) -> None:
    again = replace(ENTRY, state=state, updated="2026-12-01T10:00:00Z")
    root = ET.fromstring(atom.render([again], FEED))
    assert root.findtext("a:entry/a:title", "", NS) == f"{mark}{ENTRY.title}, from 1 November 2026"
    assert root.findtext("a:entry/a:id", "", NS) == FEED.entry_id(ENTRY)
    assert root.findtext("a:entry/a:published", "", NS) == ENTRY.announced
    stones = [stone.attrib for stone in root.iterfind("t:deleted-entry", NS)]
    assert stones == ([{"ref": FEED.entry_id(ENTRY), "when": "2026-12-01T10:00:00Z"}] if state == "withdrawn" else [])
    assert feedparser.parse(atom.render([again], FEED)).entries[0].id == FEED.entry_id(ENTRY)
    assert replace(again, title=mark + ENTRY.title).headline == mark + ENTRY.title


def test_without_a_public_address_feeds_are_valid() -> None:
    bare = Feed(authority="sample.invalid")
    body = atom.render([ENTRY], bare)
    check(body)
    assert {node.get("rel") for node in ET.fromstring(body).iter(f"{{{NS['a']}}}link")} == {"alternate", "via"}
    item = json.loads(jsonfeed.render([ENTRY], bare))["items"][0]
    assert "url" not in item and item["external_url"] == ENTRY.url


def test_json_feed_is_of_its_version() -> None:
    found = json.loads(jsonfeed.render([ENTRY], FEED))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "https://roundup.example.org/feeds/changes.json"
    assert found["home_page_url"] == "https://roundup.example.org/"
    item = found["items"][0]
    assert item["content_html"] and item["date_published"] == ENTRY.announced and "offences_law" in item["tags"]
    assert json.loads(jsonfeed.render([], FEED))["items"] == []


@pytest.mark.parametrize(
    ("given_url", "made"),
    [
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("/relative", ""),
        ("http://[bad", ""),
        ("https://example.org/ä?q=ö#ü", "https://example.org/%C3%A4?q=%C3%B6#%C3%BC"),
        ("https://example.org/a%20b?x=1&y=2", "https://example.org/a%20b?x=1&y=2"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)
def test_links_are_addresses_of_the_web(given_url: str, made: str) -> None:
    assert link(given_url) == made


@given(
    st.lists(st.tuples(st.sampled_from("=+-"), st.text("ab ", min_size=1, max_size=80)), max_size=6), st.integers(1, 30)
)
def test_quoting_keeps_every_change(pairs: list[tuple[Any, str]], around: int) -> None:
    given_words = tuple(Word(op=op, text=text) for op, text in pairs)
    shown = quoted_words(given_words, around=around)
    same = set[int]()
    for place in range(1, len(pairs)):
        (op, text), (next_op, next_text) = pairs[place - 1 : place + 1]
        if (op, next_op) == ("-", "+") and canonical(text) == canonical(next_text):
            same |= {place - 1, place}
    changed = [one for place, one in enumerate(given_words) if one.op != "=" and place not in same]
    assert [one for one in shown if one.op != "="] == changed
    if [one.op for one in given_words] == ["="]:
        assert shown == given_words, "a list is told whole"
    else:
        assert all(len(one.text) <= max(2 * around + 3, 3) for one in shown if one.op == "=")
    assert all(one.op != "=" or other.op != "=" for one, other in pairwise(shown))
    assert all(len(one.text) <= 9 for one in quoted_words(given_words, run=6) if one.op != "=")


def test_the_body_says_why_for_whom_and_how_sure() -> None:
    copy = Copy(
        document="d", title="Sample <i>Act</i>", url="https://ngo.example/a", publisher="Sample Charity",
        relation="translation", language="cy",
    )  # fmt: skip
    unsafe = replace(copy, title="Other", url="javascript:alert(1)", relation="copy", language="")
    sure = (labels.UNCONFIRMED, *ENTRY.sure)  # Entries say so themselves, in the same words.
    body = html(replace(ENTRY, confirmed=False, sure=sure, copies=(copy, unsafe)), "")
    for part in (
        "<h3>Why it is here</h3><ul><li>Its title has “Exploitation”.</li></ul>",
        "<li>Service or profession: police; prosecutors</li>",
        "<h3>Look for</h3><ul><li>Section 45: Defence</li></ul>",
        "<ul><li>Duty word: may → must</li></ul>",
        "<li>A telephone number, an e-mail or postal address or a postcode changed</li>",
        "<h3>How sure we are</h3><ul><li>The date was read from the page.</li></ul>",
        '<a href="https://ngo.example/a">Sample &lt;i&gt;Act&lt;/i&gt; (Sample Charity, translation, Welsh)</a></li>',
        "<li>Other (Sample Charity)</li>",
        "<li>Legal weight: Binding in England and Wales, in force in parts</li>",
        f'<p><a href="{ENTRY.url}">Open the official page</a></p>',
    ):
        assert part in body, part
    assert "official page" not in html(replace(ENTRY, url="javascript:alert(1)"), "")
    assert body.count("Nobody has confirmed yet that it is relevant") == 1 and "javascript" not in body
    assert "Nobody has confirmed" not in html(ENTRY, "")
    item = json.loads(jsonfeed.render([replace(ENTRY, confirmed=False, copies=(copy,))], FEED))["items"][0]
    told = item["_roundup"]
    assert told["confirmed"] is False and told["copies"][0]["language"] == "cy" and told["flags"] == list(ENTRY.flags)
    assert len(item["tags"]) == len(set(item["tags"])) and "police" in item["tags"]


def test_an_entry_that_has_none_of_it_is_short() -> None:
    bare = replace(ENTRY, facets={}, topics=(), why=(), aimed_at=(), look_for=(), flags=(), sure=(), told=())
    body = html(bare, "")
    assert "<h3>" not in body and "Service or profession" not in body and "<ul></ul>" not in body
    assert {scheme for scheme, _ in atom.categories(bare)} == {
        "jurisdiction", "kind", "change", "source", "publisher", "significance",
    }  # fmt: skip
    assert ("jurisdiction", "England and Wales") in set(atom.categories(bare))


def test_private_entries_keep_only_what_may_be_shown() -> None:
    shown = read(row(private=1, note="names", summary="names", document_kind="news"))
    assert (shown.told, shown.note) == ((), "") and "names" not in shown.summary and shown.title == ENTRY.title
    removed = read(row(private=1, taken_down="2026-12-01", document_kind="news"))
    assert removed.title == removed.document_title == "Removed by the publisher on 1 December 2026"
    assert removed.url == "" and removed.updated == "2026-12-01T00:00:00Z"
    part = read(row(private_parts='["d"]'))
    assert part.told == () and part.summary == "What is said of parts that name people is left out."


def test_shut_texts_are_quoted() -> None:
    shown = read(row(copy="hash-only", summary="word " * 200)).told[0]
    assert all(len(word.text) < 620 for word in shown.words)
    assert len(read(row(copy=None, summary="word " * 200)).summary) <= 302
    assert len(read(row()).told[0].words[1].text) == 900


@pytest.mark.parametrize(
    "details", ['[{"kind": "changed"}]', '[{"kind":"x","document":"d","path":"","heading":"","words":[["?","a"]]}]']
)
def test_details_that_are_not_as_described_are_refused(details: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        read(row(details=details))


def test_what_stands_nowhere_is_headed_once_and_a_note_told_in_the_summary_is_not_repeated() -> None:
    told = EntryChange(kind="status", document="a", path="", heading="", words=())
    assert "<h3>Status changed</h3>" in html(replace(ENTRY, told=(told,)), "")
    noted = replace(ENTRY, note="Replaced the form.")
    assert html(noted, "").count("Replaced the form.") == 1
    assert html(replace(noted, summary="The publisher says: “Replaced the form.”"), "").count("Replaced the form.") == 1
