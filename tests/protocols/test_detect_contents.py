"""How what was captured at an address would be watched."""

import gzip
import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.add.detect import by_content, feeds_of
from crawler.add.detect.contents import expectation
from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Document, Link, Page
from crawler.sources import Expect
from tests.protocols.detect_pages import (
    AROUND,
    ATOM,
    JSON_FEED,
    LISTS,
    NOW,
    PROSE,
    RECORDINGS,
    TITLES,
    URL,
    capture,
    repeated,
    rss,
    site,
)
from tests.tiers import examples


@pytest.mark.parametrize("name", LISTS)
def test_a_list_with_dates_is_read_by_our_own_parser(name: str) -> None:
    entry, options = LISTS[name]
    answer = capture(site(AROUND.get(name, "<div>{}</div>").format(repeated(entry))))
    found = by_content(answer)
    assert (found.protocol, dict(found.options)) == ("listing", options)
    page = protocols.read(replace(answer, link=Link(url=URL, role="listing")), found.source)
    assert [document.title for document in page.documents] == TITLES
    assert page.newest == ("2026-10-28T10:00:00Z" if name == "picture first" else "2026-10-28")
    assert found.notes[0].startswith(f"12 entries, the first: {TITLES[0]}; {TITLES[1]}; {TITLES[2]}.")
    assert found.expect == Expect(min=6, newest=timedelta(days=60)) and found.name == "Newsroom"
    assert found.site == "Sample Office"


def test_dates_in_another_language_are_told_to_the_parser() -> None:
    entry = "<li><a href=/n/{n}>{title}</a><span class=date>{day}</span></li>"
    body = site(f"<ul class=liste>{repeated(entry)}</ul>", language="fr").replace("October", "octobre")
    found = by_content(capture(body))
    assert dict(found.options) == {"entry": "ul.liste > li", "date": ".date", "language": "fr"}


@pytest.mark.parametrize(
    "main",
    [
        PROSE,
        PROSE + "<ul>" + repeated("<li><a href=/n/{n}>{title}</a> <time>{day}</time></li>", 3) + "</ul>",
        "".join(f"<h2>Part {n}</h2>{PROSE[:800]}<a href=/x{n}>more on part {n} of the guidance</a>" for n in range(9)),
        repeated("<p>Sample {title}</p>"),
    ],
    ids=["prose", "news beside prose", "chapters", "no links"],
)
def test_prose_is_a_page(main: str) -> None:
    found = by_content(capture(site(main), url="https://www.office.example/guidance/a"))
    assert (found.protocol, found.options, found.expect, found.notes) == ("page", {}, Expect(), ())
    assert found.kind == "guidance" and "report" in found.kinds


def test_links_without_dates_are_a_list_only_if_a_person_says_so() -> None:
    body = capture(site("<ul>" + repeated("<li><a href=/n/{n}>{title}</a></li>") + "</ul>"))
    assert by_content(body).protocol == "page" and "--protocol listing" in by_content(body).notes[-1]
    found = by_content(body, wanted="listing")
    assert found.protocol == "listing" and found.expect == Expect(min=6)
    with pytest.raises(ParseError, match="no list of links"):
        by_content(capture(site(PROSE)), wanted="listing")


@pytest.mark.parametrize("media", ["application/rss+xml", "text/xml", "text/html", "application/octet-stream"])
@pytest.mark.parametrize(
    ("body", "name"),
    [(rss("Mon, 16 Nov 2026 08:00:00 GMT"), "Sample publications"), (ATOM, "Sample Atom"), (JSON_FEED, "Sample JSON")],
    ids=["rss", "atom", "json"],
)
def test_a_feed_is_known_by_its_body_whatever_its_server_calls_it(body: str, name: str, media: str) -> None:
    found = by_content(capture(body, media))
    assert (found.protocol, found.name, found.options) == ("feed", name, {})
    assert found.notes[0].startswith("1 entry, the first: Sample")


def test_kind_of_a_feed_stays_a_question() -> None:
    found = by_content(capture(rss("Mon, 16 Nov 2026 08:00:00 GMT"), url="https://www.office.example/feed/"))
    assert found.kind == "report" and "guidance" in found.kinds and "report" not in found.kinds


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-11-23", "2026-11-20", "2026-11-18"), Expect(min=1, newest=timedelta(days=14))),
        (("2026-11-23", "2026-09-20"), Expect(min=1, newest=timedelta(days=180))),
        (("2026-02", "2025-11"), Expect(min=1, newest=timedelta(days=730))),
        (("2020-01-01",), Expect(min=1)),
        (("", ""), Expect(min=1)),
        (("2099-01-01",), Expect(min=1)),
        ((), Expect(min=0, zero=True)),
    ],
)
def test_what_healthy_means_follows_from_what_was_seen(days: tuple[str, ...], expected: Expect) -> None:
    documents = tuple(Document(id=f"url:{n}", title="x", url=URL, published=day or None) for n, day in enumerate(days))
    assert expectation(Page(documents=documents, entries=len(days)), NOW) == expected
    assert expectation(Page(entries=None), NOW) == Expect()


MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://www.office.example/a</loc><lastmod>2026-11-01</lastmod></url>"
    "<url><loc>https://www.office.example/b</loc></url></urlset>"
)
INDEX = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<sitemap><loc>https://www.office.example/sitemap.xml?page=1</loc></sitemap></sitemapindex>"
)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("body", "note"), [(MAP, "2 pages."), (INDEX, "An index of 1 sitemap")])
def test_sitemap(body: str, note: str, packed: bool) -> None:
    raw = gzip.compress(body.encode(), mtime=0) if packed else body.encode()
    found = by_content(capture(raw, "application/xml", "https://www.office.example/sitemap.xml"))
    assert found.protocol == "sitemap" and found.notes[0].startswith(note)
    assert found.expect == (Expect(newest=timedelta(days=60)) if body is MAP else Expect())


def test_feeds_that_a_page_names() -> None:
    links = (
        "<link rel=alternate type=application/rss+xml href=/feed/ title='All'>"
        "<link rel=alternate type=application/rss+xml href=/comments/feed/ title='Comments'>"
        "<link rel=alternate type=application/atom+xml href=feed/ title='News'>"
        "<link rel=alternate type=application/json href=/wp-json/1><link rel=alternate hreflang=cy href=/cy>"
        "<link rel=alternate type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml>"
        "<link rel=alternate type=application/rss+xml href='http://[bad'>"
    )
    page = capture(site(PROSE, head=links))
    assert feeds_of(page) == ("https://www.office.example/news/feed/", "https://www.office.example/feed/")
    assert feeds_of(capture(site(PROSE, head=f"<base href='https://feeds.office.example/x/'>{links}")))[0:2] == (
        "https://feeds.office.example/feed/", "https://feeds.office.example/x/feed/",
    )  # fmt: skip
    assert feeds_of(capture(rss())) == ()


def test_newsroom_of_europol_elsewhere_on_its_site() -> None:
    data = {"NodeLoader": {"node": {"lists": [{"items": [{"title": "Sample report", "alias": "/reports/a"}]}]}}}
    body = f"<html><h1>Reports</h1><script>window.SERVER_DATA={json.dumps(data)};</script></html>"
    found = by_content(capture(body, url="https://www.europol.europa.eu/publications-events/main-reports"))
    assert found.protocol == "europol" and found.notes[0] == "1 entry, the first: Sample report."


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (capture("<html><body>x</body></html>", status=403), "status 403"),
        (capture("<html></html>", status=202, headers=(("x-amzn-waf-action", "challenge"),)), "robot check"),
        (capture("<html><title>Just a moment...</title></html>"), "robot check"),
        (capture(""), "empty"),
        (capture("<html><title>Page not found</title><h1>Page not found</h1></html>"), "Page not found"),
    ],
)
def test_answers_that_are_no_document_are_refused(answer: Capture, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        by_content(answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (capture('{"a": 1}', "application/json"), "no JSON Feed"),
        (capture("<html><body><div id=app></div><script>run()</script></body></html>"), "no words"),
        (capture("<?xml version='1.0'?><record/>", "text/xml"), "neither RSS, Atom nor JSON Feed but text/xml"),
        (capture(b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"), "not read"),
    ],
)
def test_what_no_protocol_reads_says_why(answer: Capture, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        by_content(answer)


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "<html><ul>", "<?xml version='1.0'?><rss>", "{", "%PDF-", "PK\x03\x04"]),
)
@examples(200)
def test_no_bytes_break_it(body: bytes, start: str) -> None:
    answer = capture(start.encode("latin-1") + body)
    feeds_of(answer)
    for wanted in ("", "listing"):
        try:
            found = by_content(answer, wanted=wanted)
        except ParseError:
            continue
        assert protocols.problems(found.source) == []


ENTRY = "<div class='a b c d date'><a href=/n/{n} class='a b c'>{n} May 2026 and more words</a></div>"
HOSTILE = {
    "deep": "<div class='a date'>" * 3000 + "<a href=/x>x</a> 1 May 2026" * 200,
    "wide": "".join(ENTRY.format(n=n) for n in range(20_000)),
    "one word": "<a href=/x>" + "x" * 3_000_000,
    "dates in dates": "<div class=date><a href=/1>1</a>" * 120 + "1 May 2026 " * 200_000,
    "names": "".join(f"<x:{n} class='{{}}'><a href=/{n}>1 May 2026</a></x:{n}>" for n in range(500)),
    "selectors": "".join(
        f"<li class=\"a'b {n}:x [y] \\6\"><a href='/{n}\n'>Words {n}</a><time>1 May 2026</time>" for n in range(9)
    ),
    "feeds": "<html>" + "<link rel=alternate type=application/rss+xml href=/{}>".format("x" * 50_000) * 100,
    "script": "<script>" + "<li><a href=/1>1 May 2026</a>" * 10_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_gone_through_in_time(name: str) -> None:
    answer = capture(HOSTILE[name])
    started = time.monotonic()
    feeds_of(answer)
    for wanted in ("", "listing"):
        try:
            by_content(answer, wanted=wanted)
        except ParseError:
            continue
    assert time.monotonic() - started < 60


@pytest.mark.recorded
def test_recorded_pages_never_break_it() -> None:
    pages = [path for path in RECORDINGS.rglob("*.html") if path.stat().st_size < 600_000]
    if not pages:
        pytest.skip("no recordings beside the project")
    for path in pages:
        try:
            assert by_content(capture(path.read_bytes(), "text/html")).protocol in ("page", "listing"), path.name
        except ParseError:
            continue
