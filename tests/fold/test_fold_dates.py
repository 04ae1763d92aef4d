"""Dates of law that pages disagree on: who states them is kept, the order decides, and nothing flips to and fro."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.model import Capture, Page, Statement
from crawler.protocols import feed
from crawler.sources import Source
from tests.fold.test_fold_content_ids import STRONG
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.world import START, crawl, same

pytestmark = pytest.mark.slow

ONE = f"url:{address(1)}"


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page about a document says when "one" closes: "closes one 2026-05-01" in its words."""
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        if capture.link.role != "document":
            return page
        found = re.findall(r"closes one ([0-9-]+)", capture.body.decode())
        fields = [{"event": "closes", "date": date} for date in found]
        return replace(page, statements=tuple(Statement(kind="date", document=ONE, fields=each) for each in fields))

    monkeypatch.setattr(feed, "parse", reading)


def day(data: Path, publisher: Publisher, number: int, texts: dict[int, str]) -> list[str]:
    """Crawl a day on which pages say these dates; return the date that holds."""
    publisher.texts |= {page: f"words of day {number}, it closes one {date}" for page, date in texts.items()}
    publisher.do(("publish", 0))
    crawl(data, publisher.site, START + timedelta(days=number), text=AUDITED)
    with live(data) as store:
        return [row["date"] for row in store.all("select date from dates where document=?", ONE)]


def moves(data: Path) -> list[tuple[str, str]]:
    with live(data) as store:
        rows = store.all("select before, after from announcements where kind='date' and silent='' order by seen")
    return [(row["before"], row["after"]) for row in rows]


def test_a_date_that_is_stated_more_or_less_precisely_has_not_moved(tmp_path: Path) -> None:
    publisher = Publisher()
    for number, stated in enumerate(("2026-05", "2026-05-01", "2026", "2026-05-01", "2026-05-02")):
        assert day(tmp_path, publisher, number, {1: stated}) == [stated]
    assert moves(tmp_path) == [("2026-05-01", "2026-05-02")]


def test_pages_that_disagree_change_nothing_and_the_own_page_wins(tmp_path: Path) -> None:
    publisher = Publisher()
    for number in range(4):
        assert day(tmp_path, publisher, number, {0: "2026-09-09", 1: "2026-05-01", 2: "2026-07-07"}) == ["2026-05-01"]
    assert moves(tmp_path) == []
    assert day(tmp_path, publisher, 4, {1: "2026-05-15"}) == ["2026-05-15"]
    assert moves(tmp_path) == [("2026-05-01", "2026-05-15")]
    assert day(tmp_path, publisher, 5, {2: "2026-08-08"}) == ["2026-05-15"]
    assert moves(tmp_path) == [("2026-05-01", "2026-05-15")], "another page moved its own date"
    with live(tmp_path) as store:
        assert store.value("select count(*) from date_statements where document=?", ONE) == 3
    same(tmp_path)


def test_a_page_that_wins_late_is_no_event(tmp_path: Path) -> None:
    """First only another page tells of the date, then the document's own page does, otherwise."""
    publisher = Publisher()
    publisher.texts[1] = "no date here"
    assert day(tmp_path, publisher, 0, {2: "2026-07-07"}) == ["2026-07-07"]
    assert day(tmp_path, publisher, 1, {2: "2026-07-08"}) == ["2026-07-08"]
    assert moves(tmp_path) == [("2026-07-07", "2026-07-08")]
    for number in (2, 3):
        assert day(tmp_path, publisher, number, {1: "2026-05-01", 2: "2026-07-08"}) == ["2026-05-01"]
    assert len(moves(tmp_path)) == 1
    assert [kind for kind, _ in told(live(tmp_path))].count("date") == 1
    same(tmp_path)


def test_the_order_of_sources_decides_between_two_that_read_one_page(tmp_path: Path) -> None:
    second = AUDITED[AUDITED.index("  - id: news") :].replace("id: news", "id: other").replace("feed.xml", "other.xml")
    both = AUDITED + second
    turned = AUDITED[: AUDITED.index("  - id: news")] + second + AUDITED[AUDITED.index("  - id: news") :]
    for text in (both, turned):
        data = tmp_path / ("both" if text is both else "turned")
        publisher = Publisher()
        publisher.texts = {0: "closes one 2026-09-09", 1: "no date", 2: "closes one 2026-07-07"}
        for number in range(3):
            publisher.do(("edit", 1))
            publisher.site.feed([(address(n), f"Sample {n}", "x") for n in (0, 1)])
            publisher.site.feed([(address(n), f"Sample {n}", "x") for n in (1, 2)], url=f"{address(0)[:-4]}/other.xml")
            crawl(data, publisher.site, START + timedelta(days=number), text=text)
            with live(data) as store:
                date = store.value("select date from dates where document=?", ONE)
                assert date == ("2026-09-09" if text is both else "2026-07-07")
        assert moves(data) == []
        same(data)


def test_a_document_that_turns_out_to_be_another_keeps_the_date_that_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        if capture.time > START + timedelta(days=2) and capture.link.url == address(1):
            (own,) = page.documents
            act = replace(own, id=STRONG, aliases=(own.id,))
            versions = tuple(replace(version, document=STRONG) for version in page.versions)
            return replace(page, documents=(act,), versions=versions)
        return page

    monkeypatch.setattr(feed, "parse", reading)
    publisher = Publisher()
    for number in range(5):
        day(tmp_path, publisher, number, {1: "2026-05-01", 2: "2026-07-07"})
    with live(tmp_path) as store:
        assert [row["date"] for row in store.all("select date from dates where document=?", STRONG)] == ["2026-05-01"]
    assert moves(tmp_path) == []
    same(tmp_path)


def days(data: Path) -> list[tuple[str, int, str]]:
    with live(data) as store:
        return [(row["date"], row["sequence"], row["state"]) for row in store.all("select * from calendar")]


def test_the_calendar_follows_a_date_and_is_the_same_after_a_rebuild(tmp_path: Path) -> None:
    publisher = Publisher()
    day(tmp_path, publisher, 0, {1: "2026-12-24"})
    assert days(tmp_path) == [("2026-12-24", 0, "stated")]
    day(tmp_path, publisher, 1, {1: "2026-12-24"})
    assert days(tmp_path) == [("2026-12-24", 0, "stated")]
    day(tmp_path, publisher, 2, {1: "2027-01-07"})
    assert days(tmp_path) == [("2027-01-07", 1, "stated")]
    day(tmp_path, publisher, 3, {1: "9999-12-31"})
    assert days(tmp_path) == [("2027-01-07", 2, "gone")], "a day that stands for none"
    same(tmp_path)
