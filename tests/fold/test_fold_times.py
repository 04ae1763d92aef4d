"""Dates of every precision, points in time out of order and ahead, withdrawals that a log repeats."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.model import Capture, Document, Page, Section, Statement, Version
from crawler.protocols import feed
from crawler.run.options import Options, due
from crawler.sources import Source, loads
from crawler.store import Store
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, told, watched
from tests.fold.world import SOURCES, START, crawl, same

ONE = f"url:{address(1)}"


@pytest.fixture
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose title tag ends with a date is the wording that applies from then on: no feed knows such, laws do."""
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        dates = [each.sections[-1].text.rpartition(" from ")[2] for each in page.versions if each.sections]
        if capture.link.role != "document" or " from " not in page.versions[0].sections[-1].text:
            return page
        return replace(page, versions=(replace(page.versions[0], valid_from=dates[0]),))

    monkeypatch.setattr(feed, "parse", reading)


def wording(publisher: Publisher, words: str) -> None:
    publisher.texts[1] = words
    publisher.do(("publish", 1))


def days(data: Path, publisher: Publisher, texts: list[str], first: int = 0) -> Iterator[Store]:
    for day, words in enumerate(texts, first):
        wording(publisher, words)
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
        with live(data) as store:
            yield store


def shown(store: Store) -> str:
    return str(
        store.value(
            "select s.text from documents d join versions v on v.id=d.current join sections s"
            " on s.id in (select value from json_each(v.sections)) where d.id=? and s.path='part-one'",
            ONE,
        )
    )


@pytest.mark.usefixtures("dated")
def test_an_older_point_in_time_read_late_is_history_not_news(tmp_path: Path) -> None:
    texts = ["old words from 2015-01-01", "new words from 2020-01-01", "words between from 2018-01-01"]
    stores = list(days(tmp_path, Publisher(), texts))
    assert len(stores) == 3
    with live(tmp_path) as store:
        causes = store.all("select cause, occurred from changes where path='part-one' order by rowid")
        assert [(row["cause"], row["occurred"]) for row in causes] == [
            ("source", "2020-01-01"), ("coverage", "2018-01-01")]  # fmt: skip
        assert shown(store) == texts[1]
        assert [kind for kind, _ in told(store)] == ["changed"]
    same(tmp_path)


@pytest.mark.usefixtures("dated")
def test_a_future_point_in_time_is_shown_when_it_comes(tmp_path: Path) -> None:
    publisher = Publisher()
    now, ahead = "words now from 2020-01-01", "words to come from 2026-03-05"
    seen = [shown(store) for store in days(tmp_path, publisher, [now, ahead, ahead, ahead, ahead])]
    assert seen == [now, now, now, ahead, ahead]
    same(tmp_path)


def test_a_date_of_a_month_is_measured_not_stumbled_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = feed.parse

    def monthly(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        return replace(page, newest="2026-01") if capture.link.role == "listing" else page

    monkeypatch.setattr(feed, "parse", monthly)
    publisher = Publisher()
    publisher.do(("publish", 1))
    text = SOURCES.replace("{min: 1}", "{min: 1, newest: 30d}")
    crawl(tmp_path, publisher.site, START - timedelta(days=10), text=text)
    with live(tmp_path) as store:
        assert store.value("select count(*) from issues where kind='age'") == 0
    crawl(tmp_path, publisher.site, START + timedelta(days=10), text=text)
    with live(tmp_path) as store:
        assert store.value("select count(*) from issues where kind='age' and resolved is null") == 1


def test_a_withdrawal_that_a_log_repeats_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document came back; the log still tells of its withdrawal, beside other news."""
    parse = feed.parse

    def logging(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        if capture.link.role != "listing" or b"withdrawn" not in capture.body:
            documents = [replace(d, availability="ok") for d in page.documents]
            return page if capture.link.role == "listing" else replace(page, documents=tuple(documents))
        fields = {"when": "2026-03-03T12:00:00Z", "note": "withdrawn"}
        return replace(page, statements=(Statement(kind="withdrawn", document=ONE, fields=fields),))

    publisher = watched(tmp_path)
    monkeypatch.setattr(feed, "parse", logging)
    publisher.texts[0] = "one was withdrawn"
    for day in range(2, 6):
        publisher.do(("edit", 1 if day == 3 else 2))
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        kinds = [kind for kind, document in told(store) if document == ONE]
        assert kinds == ["withdrawn", "returned"]
    same(tmp_path)


def test_a_clock_that_ran_ahead_does_not_stop_the_schedule(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    crawl(tmp_path, publisher.site, START + timedelta(days=9000), text=AUDITED)
    options = Options(data=tmp_path, registry=loads(AUDITED, "s"), sources_text=AUDITED, due=True)
    with live(tmp_path) as store:
        assert due(options, store, START + timedelta(days=4)) == ["news"]


def attached(capture: Capture, source: Source, page: Page) -> Page:
    """Return a page with a file attached to the document it is about."""
    name = page.documents[0].id
    child = Document(id=f"{name}/annex", title="Annex", url=capture.url + "/annex.pdf", parent=name)
    version = Version(document=child.id, title="Annex", sections=(Section(path="p", text="x"),), representation="pdf")
    return replace(page, documents=(*page.documents, child), versions=(*page.versions, version))


def test_attachments_of_a_page_that_is_read_for_the_first_time_are_no_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list was read on the first day, the page only on the second: what hangs on it was there all along."""
    parse = feed.parse

    def reading(capture: Capture, source: Source) -> Page:
        page = parse(capture, source)
        return attached(capture, source, page) if capture.link.role == "document" else page

    monkeypatch.setattr(feed, "parse", reading)
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    publisher.site.down = {address(1)}
    crawl(tmp_path, publisher.site, START, text=SOURCES)
    publisher.site.down = set()
    crawl(tmp_path, publisher.site, START + timedelta(days=1), text=SOURCES)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents where parent is not null") == 3
        assert told(store) == []
    publisher.do(("publish", 3))
    publisher.site.down = {address(3)}
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=SOURCES)
    publisher.site.down = set()
    publisher.do(("publish", 4))
    crawl(tmp_path, publisher.site, START + timedelta(days=3), text=SOURCES)
    with live(tmp_path) as store:
        assert told(store) == [("new", f"url:{address(3)}"), ("new", f"url:{address(4)}")]
        summary = store.value("select summary from entries where document=?", f"url:{address(4)}")
        assert "Annex" in summary
    same(tmp_path)
