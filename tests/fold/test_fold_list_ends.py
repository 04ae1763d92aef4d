"""Where a list ends: its next page is not there, or became needless before it was asked."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run.status import status
from tests.fold import world
from tests.fold.test_fold_laws import HOST, live
from tests.fold.world import START, Site, crawl, same

FEED, NEXT = f"{HOST}/feed.xml", f"{HOST}/feed-2.xml"
DAY = timedelta(days=1)
SOURCES = world.SOURCES.replace("    follow: true\n", "")
COUNTED = (
    SOURCES.replace("protocol: feed", "protocol: listing").replace("/feed.xml", "/list").rstrip()
    + """
    options: {entry: li, page_parameter: page}
"""
)


def listed(numbers: range, following: str = "") -> str:
    """A page of a feed."""
    entries = "".join(
        f"<entry><id>{HOST}/p/{n}</id><title>Paper {n}</title><link href='{HOST}/p/{n}'/></entry>" for n in numbers
    )
    link = f"<link rel='next' href='{following}'/>" if following else ""
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Sample</title><id>{HOST}</id>{link}{entries}</feed>"


def stands(data: Path) -> tuple[str, list[str]]:
    """How the source stands: the outcome of its newest run, and its open issues."""
    source = status(data)["sources"][0]
    return source["outcome"], [issue["kind"] for issue in source["issues"]]


@pytest.mark.parametrize("code", [404, 410, 503])
def test_a_page_that_the_list_has_no_more_is_no_fault_after_the_next_complete_walk(tmp_path: Path, code: int) -> None:
    """It is one until then: what stood on it may have moved to a page that was read already."""
    site = Site()
    site.put(FEED, listed(range(3), NEXT), media="application/atom+xml")
    site.put(NEXT, "words", status=code)
    for day in (0, 1):
        crawl(tmp_path, site, START + day * DAY, text=SOURCES)
        assert stands(tmp_path) == ("unhealthy", ["status"])
        assert site.asked[-2:] == [FEED, NEXT]
    site.put(FEED, listed(range(4)), media="application/atom+xml")
    crawl(tmp_path, site, START + 2 * DAY, text=SOURCES)
    assert stands(tmp_path) == ("healthy", [])
    with live(tmp_path) as store:
        assert store.value("select walk from runs order by crawl desc limit 1") == "complete"
        assert store.value("select count(*) from documents") == 4
    same(tmp_path)


def test_a_page_that_is_there_again_is_read(tmp_path: Path) -> None:
    site = Site()
    site.put(FEED, listed(range(3), NEXT), media="application/atom+xml")
    crawl(tmp_path, site, START, text=SOURCES)
    assert stands(tmp_path) == ("unhealthy", ["status"])
    site.put(NEXT, listed(range(3, 5)), media="application/atom+xml")
    crawl(tmp_path, site, START + DAY, text=SOURCES)
    assert stands(tmp_path) == ("healthy", [])
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == 5


def test_what_is_wrong_on_a_page_that_was_read_stays_open(tmp_path: Path) -> None:
    """A complete walk that has no need of a later page says nothing about what was wrong on it."""
    site = Site()
    nowhere = "<entry><id>x</id><title>Nowhere</title><link href='mailto:a@sample.invalid'/></entry></feed>"
    site.put(FEED, listed(range(3), NEXT), media="application/atom+xml")
    site.put(NEXT, listed(range(3, 5)).replace("</feed>", nowhere), media="application/atom+xml")
    for day in (0, 1, 2):
        crawl(tmp_path, site, START + day * DAY, text=SOURCES)
        assert stands(tmp_path)[1] == ["entry"]
    assert site.asked.count(NEXT) == 1
    same(tmp_path)


@pytest.mark.parametrize(
    ("code", "body"), [(404, "no"), (410, "no"), (200, "<title>Page not found</title>"), (200, "<p>Nothing here</p>")]
)
def test_a_list_whose_pages_are_counted_ends_before_the_first_that_is_not_there(
    tmp_path: Path, code: int, body: str
) -> None:
    site = Site()
    for page, numbers in (("", range(3)), ("?page=2", range(3, 6))):
        items = "".join(f"<li><a href='/p/{n}'>Paper {n}</a></li>" for n in numbers)
        site.put(f"{HOST}/list{page}", f"<html><body><ul>{items}</ul></body></html>")
    site.put(f"{HOST}/list?page=3", f"<html><body>{body}</body></html>", status=code)
    for n in range(6):
        site.put(f"{HOST}/p/{n}", f"<html><body><main><h1>Paper {n}</h1><p>Words.</p></main></body></html>")
    crawl(tmp_path, site, START, text=COUNTED)
    assert f"{HOST}/list?page=3" in site.asked
    assert stands(tmp_path) == ("healthy", [])
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == 6
        assert store.value("select walk from runs") == "complete"
    same(tmp_path)


def test_a_counted_page_that_fails_otherwise_is_a_fault(tmp_path: Path) -> None:
    site = Site()
    site.put(f"{HOST}/list", "<html><body><ul><li><a href='/p/1'>Paper 1</a></li></ul></body></html>")
    site.put(f"{HOST}/p/1", "<html><body><main><h1>Paper 1</h1><p>Words.</p></main></body></html>")
    site.put(f"{HOST}/list?page=2", "busy", status=503)
    crawl(tmp_path, site, START, text=COUNTED)
    assert stands(tmp_path) == ("unhealthy", ["status"])


@pytest.mark.parametrize("address", ["http://[", "http://[::1"])
def test_a_next_page_with_an_address_that_is_none_is_a_gap(tmp_path: Path, address: str) -> None:
    """feedparser gives a link without an address then."""
    site = Site()
    site.put(FEED, listed(range(3), address), media="application/atom+xml")
    crawl(tmp_path, site, START, text=SOURCES)
    assert stands(tmp_path) == ("healthy", ["gap"])
    site.put(FEED, listed(range(3)), media="application/atom+xml")
    crawl(tmp_path, site, START + DAY, text=SOURCES)
    assert stands(tmp_path) == ("healthy", [])
    same(tmp_path)


@pytest.mark.parametrize(
    "relation", ["next", "NEXT", "next last", " next ", "http://www.iana.org/assignments/relation/next"]
)
def test_a_next_page_is_known_however_its_relation_is_written(tmp_path: Path, relation: str) -> None:
    site = Site()
    first = listed(range(3), NEXT).replace("rel='next'", f"rel='{relation}'")
    site.put(FEED, first, media="application/atom+xml")
    site.put(NEXT, listed(range(3, 5)), media="application/atom+xml")
    crawl(tmp_path, site, START, text=SOURCES)
    assert site.asked == [FEED, NEXT]
