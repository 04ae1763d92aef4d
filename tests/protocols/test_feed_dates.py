"""Dates of feeds that cannot be: they never become dates of publication, and those ahead of us are told."""

import json
from datetime import UTC, datetime

import pytest

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page
from crawler.protocols.feed.reading import DEEPEST
from crawler.sources import Expect, Source

URL = "https://a.sample.invalid/feed"
NOW = datetime(2026, 3, 2, 6, 0, 0, 500, tzinfo=UTC)
SOURCE = Source(id="a", name="a", publisher="p", kind="guidance", protocol="feed", url=URL, expect=Expect())


def read(body: str, media: str) -> Page:
    link = Link(url=URL, role="listing")
    capture = Capture(url=URL, time=NOW, link=link, headers=(("Content-Type", media),), body=body.encode())
    return protocols.read(capture, SOURCE)


def rss(*dates: str) -> Page:
    entries = "".join(
        f"<item><title>Sample {n}</title><link>https://a.sample.invalid/{n}</link><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{entries}</channel></rss>'
    return read(body, "application/rss+xml")


def atom(date: str) -> Page:
    entry = (
        "<entry><id>tag:sample.invalid,2026:1</id><title>Sample</title>"
        f'<link href="https://a.sample.invalid/1"/><published>{date}</published><updated>{date}</updated></entry>'
    )
    body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>S</title>{entry}</feed>'
    return read(body, "application/atom+xml")


def json_feed(date: str) -> Page:
    item = {"id": "https://a.sample.invalid/1", "title": "Sample", "date_published": date, "date_modified": date}
    return read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}), "application/feed+json")


ABSURD = [
    "0001-01-01T00:00:00Z", "0001-01-01", "-0001-11-30T00:00:00Z", "0000-00-00 00:00:00", "0026-03-01T00:00:00Z",
    "1601-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1899-12-30T00:00:00Z",
    "Mon, 01 Jan 0001 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +0000", "Mon, 01 Jan 1601 00:00:00 GMT",
    "Thu, 01 Jan 1970 00:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000", "01 Jan 70 00:00:00 GMT",
    "2026-02-31", "2026-02-29T10:00:00Z", "2025-13-01", "31/02/2026", "05/01/2026", "January 2026", "yesterday",
]  # fmt: skip


@pytest.mark.parametrize("date", ABSURD)
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    for page in (rss(date), atom(date), json_feed(date)):
        (document,) = page.documents
        assert (document.published, document.updated, page.newest, page.problems) == (None, None, None, ())


@pytest.mark.parametrize("date", ["3200-01-30", "3200-01-30T00:00:00Z", "2026-03-04T00:00:00Z"])
def test_a_date_in_the_future_is_told_and_is_that_of_the_capture(date: str) -> None:
    """Trap UK-0.8: dates such as the year 3200; zones and fractions of every kind."""
    for page in (rss(date), atom(date), json_feed(date)):
        (document,) = page.documents
        assert document.published == "2026-03-02T06:00:00Z"
        assert page.newest is None, "it makes no feed a fresh one"
        (problem,) = page.problems
        first = "30 January 3200" if date.startswith("3200") else "4 March 2026"
        assert (problem.kind, problem.detail) == ("dates", f"1 entry is dated in the future, first {first}")


def test_several_are_told_as_one_with_the_first_of_them() -> None:
    page = rss(
        "Tue, 06 Jan 2099 08:00:00 GMT", "Mon, 05 Jan 2099 08:00:00 GMT", "Fri, 27 Feb 2026 08:00:00 GMT",
        "Wed, 07 Jan 2099 08:00:00 GMT",
    )  # fmt: skip
    (problem,) = page.problems
    assert problem.detail == "3 entries are dated in the future, first 5 January 2099"
    assert page.newest == "2026-02-27T08:00:00Z"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Mon, 02 Mar 2026 23:00:00 GMT", "2026-03-02T23:00:00Z"),
        ("Tue, 03 Mar 2026 05:59:00 GMT", "2026-03-03T05:59:00Z"),
        ("01 Jan 26 10:00:00 GMT", "2026-01-01T10:00:00Z"),
        ("Thu, 01 Jan 26 10:00:00 +0100", "2026-01-01T09:00:00Z"),
        ("Wed, 31 Dec 2025 23:30:00 -0500", "2026-01-01T04:30:00Z"),
        ("2000-01-01T00:00:00Z", "2000-01-01T00:00:00Z"),
        ("20260301", "2026-03-01T00:00:00Z"),
        ("2026-1-5", "2026-01-05T00:00:00Z"),
        ("2026/01/05", "2026-01-05T00:00:00Z"),
        ("2026-01-05T23:30:00-05:00", "2026-01-06T04:30:00Z"),
        ("January 5, 2026", "2026-01-05T00:00:00Z"),
        ("Monday, 5th January 2026 10:00", "2026-01-05T00:00:00Z"),
    ],
)
def test_dates_that_can_be_stay(date: str, published: str | None) -> None:
    page = rss(date)
    assert (page.documents[0].published, page.problems) == (published, ())


@pytest.mark.parametrize(
    "tail",
    [
        "&lt;p&gt;The post &lt;a&gt;Sample 1&lt;/a&gt; appeared first on &lt;a&gt;Sample Office&lt;/a&gt;.&lt;/p&gt;",
        "&lt;a href='/1'&gt;Read more&lt;/a&gt;",
        "Continue reading \u2192",
        "Read more The post Sample 1 appeared first on Sample Office.",
    ],
)
def test_what_programs_put_behind_a_summary_is_no_word_of_it(tail: str) -> None:
    item = f"<title>S</title><link>https://a.sample.invalid/1</link><description>Read more books. {tail}</description>"
    page = read(f'<rss version="2.0"><channel><title>S</title><item>{item}</item></channel></rss>', "text/xml")
    assert page.documents[0].summary == "Read more books."


DOCTYPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/'
    'rss-0.91.dtd">'
)


@pytest.mark.parametrize("doctype", [DOCTYPE, '<!DOCTYPE rss SYSTEM "rss.dtd">'])
def test_characters_that_a_document_type_names_are_not_left_out(doctype: str) -> None:
    page = read(
        f'<?xml version="1.0"?>{doctype}<rss version="0.91"><channel><title>S</title><item>'
        "<title>Sant&eacute; &amp; s&ucirc;ret&eacute; &mdash; &amp;eacute;</title>"
        "<link>https://a.sample.invalid/1</link></item></channel></rss>",
        "application/rss+xml",
    )
    assert (page.documents[0].title, page.problems) == ("Sant\u00e9 & s\u00fbret\u00e9 \u2014 \u00e9", ())


@pytest.mark.parametrize(
    ("body", "media", "words"),
    [
        ("<html><body><h1>Sample</h1></body></html>", "application/rss+xml", ": it is a web page (HTML)"),
        ("<!DOCTYPE html><title>Sample</title><p>Sample.", "text/html", ": it is a web page (HTML)"),
        ("<sample/>", "application/xml", " but application/xml"),
    ],
)
def test_what_is_no_feed_is_named(body: str, media: str, words: str) -> None:
    with pytest.raises(ParseError) as raised:
        read(body, media)
    assert raised.value.reason == f"neither RSS, Atom nor JSON Feed{words}"


@pytest.mark.parametrize(("element", "told"), [("<a>", True), ("<a>words", True), ("<a/>", False), ("<a></a>", False)])
def test_elements_that_stand_too_deep_are_not_read(element: str, told: bool) -> None:
    with pytest.raises(ParseError) as raised:
        read(f"<rss>{element * (DEEPEST + 1)}", "application/rss+xml")
    assert (raised.value.reason == "more than 1000 elements stand in one another") is told


def test_markup_that_a_feed_holds_as_words_may_be_long() -> None:
    words = "<br>" * (2 * DEEPEST)
    item = f"<title>Sample</title><link>https://a.sample.invalid/1</link><description><![CDATA[{words}]]></description>"
    page = read(f'<rss version="2.0"><channel><title>S</title><item>{item}</item></channel></rss>', "text/xml")
    assert (page.documents[0].title, page.problems) == ("Sample", ())


@pytest.mark.parametrize("name", ["links", "content", "title_detail", "published_parsed", "id", "language"])
def test_elements_with_names_that_feedparser_uses_itself_are_only_words(name: str) -> None:
    odd = f"<{name}>words</{name}><{name} rel='next'/>"
    item = f"<item><title>Sample</title><link>https://a.sample.invalid/1</link>{odd}</item>"
    page = read(f'<rss version="2.0"><channel><title>S</title>{odd}{item}</channel></rss>', "text/xml")
    assert [each.title for each in page.documents] == ["Sample"]
