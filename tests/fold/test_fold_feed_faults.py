"""Feeds and answers that are wrong in one place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import protocols
from crawler.archive import Exchange, Place
from crawler.errors import ParseError
from crawler.ingest.readings import is_redirect
from crawler.model import Capture, Link, Page
from crawler.sources import Expect, Source

SOURCE = Source(
    id="a", name="a", publisher="p", kind="guidance", protocol="feed", url="https://a.sample.invalid/", expect=Expect()
)


def read(body: str, media: str) -> Page:
    url = "https://a.sample.invalid/feed"
    link = Link(url=url, role="listing")
    time = datetime(2026, 3, 2, tzinfo=UTC)
    capture = Capture(url=url, time=time, link=link, headers=(("Content-Type", media),), body=body.encode())
    return protocols.read(capture, SOURCE)


@pytest.mark.parametrize("reference", ["&#xD800;", "&#x99999999;", "&#99999999999999999999;"])
def test_a_reference_to_no_character_is_a_parse_error_at_most(reference: str) -> None:
    item = f"<item><title>One {reference}</title><link>https://a.sample.invalid/1</link></item>"
    try:
        page = read(f'<rss version="2.0"><channel><title>S</title>{item}</channel></rss>', "application/rss+xml")
    except ParseError:
        return
    assert page.entries == 1


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_date_outside_the_calendar_costs_only_the_date(date: str) -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "https://a.sample.invalid/1",'
        f' "title": "One", "date_published": "{date}"}}]}}'
    )
    page = read(body, "application/feed+json")
    assert [document.published for document in page.documents] == [None]


def test_an_entry_without_a_link_is_a_problem_and_no_document() -> None:
    body = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "note-7", "title": "One"}]}'
    page = read(body, "application/feed+json")
    assert [problem.kind for problem in page.problems] == ["entry"]
    assert page.documents == ()


@pytest.mark.parametrize(("location", "redirects"), [("", False), ("  ", False), ("/b", True)])
def test_an_empty_location_is_no_redirect(location: str, redirects: bool) -> None:
    record = Exchange(
        place=Place(file="a", offset=0, length=1),
        time=datetime(2026, 3, 2, tzinfo=UTC),
        url="https://a.sample.invalid/1",
        method="GET",
        status=302,
        headers=(("Location", location),),
        body=b"",
        link={},
        record_id="",
        payload_digest="",
    )
    assert is_redirect(record) is redirects
