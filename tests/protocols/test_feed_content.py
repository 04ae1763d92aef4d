"""The text that a feed carries beside its summaries: content of Atom, RSS and JSON Feed is the text of the document."""

import json
from html import escape

import pytest

from crawler.model import Page
from tests.protocols.test_feed_dates import read

TEASER = "Sample: the referral form is new."
TEXT = f"<p>{TEASER}</p><h2>Who refers</h2><p>First responders refer within 48 hours.</p>"
TAIL = "<p>The post <a href='https://a.sample.invalid/1'>Sample</a> appeared first on <a href='/'>Samples</a>.</p>"


def rss(content: str, summary: str = TEASER) -> Page:
    body = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>S</title><item><title>Sample</title><link>https://a.sample.invalid/1</link>"
        f"<description>{escape(summary)}</description><content:encoded><![CDATA[{content}]]></content:encoded></item>"
        "</channel></rss>"
    )
    return read(body, "application/rss+xml")


def atom(content: str, summary: str = TEASER) -> Page:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:sample.invalid,2026:f</id><title>S</title><entry>'
        '<id>tag:sample.invalid,2026:1</id><title>Sample</title><link href="https://a.sample.invalid/1"/>'
        f'<summary>{escape(summary)}</summary><content type="html">{escape(content)}</content></entry></feed>'
    )
    return read(body, "application/atom+xml")


def json_feed(content: str, summary: str = TEASER) -> Page:
    item = {"id": "https://a.sample.invalid/1", "title": "Sample", "summary": summary, "content_html": content}
    return read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}), "application/feed+json")


@pytest.mark.parametrize("form", [rss, atom, json_feed])
def test_text_of_an_entry_is_the_text_of_its_document(form: type) -> None:
    page = form(TEXT + TAIL)
    ((document,), (version,)) = page.documents, page.versions
    assert document.summary == TEASER
    assert version.representation == "html"
    assert [(each.heading, each.text) for each in version.sections] == [
        ("", TEASER),
        ("Who refers", "First responders refer within 48 hours."),
    ]


@pytest.mark.parametrize("form", [rss, atom, json_feed])
@pytest.mark.parametrize("content", ["", f"<p>{TEASER}</p>", "<p>Sample.</p>", "<div>" * 3000])
def test_text_that_says_no_more_than_the_summary_is_none(form: type, content: str) -> None:
    (version,) = form(content).versions
    assert (version.representation, [each.text for each in version.sections]) == ("summary", [TEASER])


def test_plain_text_is_taken_as_it_is() -> None:
    text = "One < two.\n\nFirst responders refer within 48 hours."
    item = {"id": "https://a.sample.invalid/1", "title": "Sample", "summary": "One.", "content_text": text}
    page = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}), "application/feed+json")
    ((section,),) = (version.sections for version in page.versions)
    assert section.text == text.replace("\n\n", " ")
