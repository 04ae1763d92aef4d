"""Feeds and answers that are wrong in one place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler import protocols
from crawler.archive import Exchange, Place
from crawler.errors import ParseError
from crawler.ingest.readings import is_redirect
from crawler.model import Capture, Link, Page
from crawler.sources import Expect, Source
from tests.fold.test_fold_laws import address, live
from tests.fold.test_fold_sources import world
from tests.fold.world import START, crawl

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


def test_a_name_that_no_parser_can_hold_is_a_parse_error() -> None:
    with pytest.raises(ParseError):
        read('<?xml version="1.0" encoding="\x00"?><rss version="2.0"/>', "application/rss+xml")


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


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>S</title><language>en</language>{"".join(items)}</channel></rss>'


def item(title: str, link: str, *, guid: str = "", day: int = 0, more: str = "") -> str:
    date = f"<pubDate>{day:02} Feb 2026 10:00:00 +0000</pubDate>" if day else ""
    return f"<item><title>{title}</title><link>{link}</link><guid>{guid or title}</guid>{date}{more}</item>"


LATEST = "https://a.sample.invalid/latest"


@pytest.mark.parametrize("turned", [False, True])
def test_entries_that_share_a_link_are_one_document_the_newest_counts_and_a_problem_says_so(turned: bool) -> None:
    items = [item("March", LATEST, day=3), item("February", f"{LATEST}#feb", day=2), item("January", LATEST, day=1)]
    page = read(rss(*(reversed(items) if turned else items)), "application/rss+xml")
    assert [(each.id, each.title) for each in page.documents] == [(f"url:{LATEST}", "March")]
    assert [each.title for each in page.versions] == ["March"]
    (problem,) = page.problems
    assert problem.kind == "shared link"
    assert problem.detail == f"2 entries were folded into others with the same link: 3 about {LATEST}"
    assert page.entries == 3


def test_entries_without_dates_that_share_a_link_keep_the_order_of_the_feed() -> None:
    page = read(rss(item("One", LATEST), item("Two", LATEST)), "application/rss+xml")
    assert [each.title for each in page.documents] == ["One"]


def test_an_entry_that_is_merely_repeated_is_no_problem() -> None:
    page = read(rss(item("One", LATEST, guid="a"), item("One", LATEST, guid="b")), "application/rss+xml")
    assert len(page.documents) == 1 and page.problems == ()


def test_translations_under_one_link_are_versions_by_language_and_the_english_title_is_the_title() -> None:
    french = '{"id": "1", "url": "https://a.sample.invalid/1", "title": "Fictif", "language": "fr"}'
    english = french.replace("Fictif", "Sample").replace('"fr"', '"en"')
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{french}, {english}]}}'
    page = read(body, "application/feed+json")
    assert [each.title for each in page.documents] == ["Sample"]
    assert sorted((each.language, each.title) for each in page.versions) == [("en", "Sample"), ("fr", "Fictif")]
    assert page.problems == ()


def test_translations_that_share_a_guid_are_documents_of_their_own() -> None:
    items = (item(text, f"https://a.sample.invalid/{text}", guid="release-1") for text in ("en", "fr"))
    page = read(rss(*items), "application/rss+xml")
    assert len(page.documents) == 2 and page.problems == ()


def issue(tmp_path: Path, before: int, after: int) -> list[tuple[str, str]]:
    site = world("words")
    for day, count in enumerate((before, after)):
        site.feed([(address(n), f"Sample {n}", "words") for n in range(count)])
        crawl(tmp_path, site, START + timedelta(days=day))
    with live(tmp_path) as store:
        rows = store.all("select kind, detail from issues where resolved is null and kind='drop'")
        return [(row["kind"], row["detail"]) for row in rows]


@pytest.mark.parametrize(("before", "after"), [(8, 2), (4, 1), (20, 9), (10, 4), (9, 2)])
def test_a_list_that_lost_most_of_itself(tmp_path: Path, before: int, after: int) -> None:
    documents = "1 document" if after == 1 else f"{after} documents"
    assert issue(tmp_path, before, after) == [("drop", f"lists {documents}; it listed {before}")]


@pytest.mark.parametrize(("before", "after"), [(8, 3), (2, 1), (3, 1), (20, 10), (9, 3), (4, 2)])
def test_a_list_that_lost_some(tmp_path: Path, before: int, after: int) -> None:
    assert issue(tmp_path, before, after) == []
