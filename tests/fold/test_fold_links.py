"""Listings: confirmed unchanged, shared by sources, read anew under other options."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.test_fold_redirects import AUDITED, told, watched
from tests.fold.test_fold_sources import OTHER, world
from tests.fold.world import SOURCES, START, Site, crawl, same

NARROW = SOURCES.replace("follow: true", "follow: true\n    options: {body: main}")


def test_a_listing_confirmed_under_new_options_is_counted_once(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.tags = True
    crawl(tmp_path, publisher.site, START + timedelta(days=2))
    for day in (3, 4):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=NARROW)
        with live(tmp_path) as store:
            run = store.one("select * from runs order by crawl desc limit 1")
            assert run is not None and (run["documents"], run["known"]) == (3, 3), day
    same(tmp_path)


def test_options_there_and_back_are_never_news(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.tags = True
    for day, text in enumerate((AUDITED, NARROW, SOURCES, NARROW, AUDITED), 2):
        audited = text if "audit" in text else text.replace("follow: true", "follow: true\n    audit: 1")
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=audited)
    with live(tmp_path) as store:
        assert told(store) == []
    publisher.do(("edit", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=9), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{address(1)}")]
        assert store.value("select count(*) from announcements where silent='' and path='part-one'") == 1
    same(tmp_path)


def test_a_page_new_to_one_source_and_unchanged_for_another_is_asked_once(tmp_path: Path) -> None:
    site = world("words")
    site.tags = True
    crawl(tmp_path, site, START)
    site.asked.clear()
    site.feed([(address(n), f"Sample {n}", "told in other words") for n in range(3)])
    crawl(tmp_path, site, START + timedelta(days=1), text=OTHER)
    assert sorted(site.asked) == sorted(set(site.asked))
    with live(tmp_path) as store:
        assert store.value("select count(*) from frontier_askers where wanted=1") == 0
    same(tmp_path)


def test_a_listing_shared_by_two_sources(tmp_path: Path) -> None:
    shared = OTHER.replace("other.xml", "feed.xml")
    site = world("words")
    crawl(tmp_path, site, START)
    crawl(tmp_path, site, START + timedelta(days=1), text=shared)
    with live(tmp_path) as store:
        runs = store.all("select * from runs where crawl>'20260303' order by source")
        assert [(run["source"], run["walk"], run["outcome"]) for run in runs] == [
            ("news", "complete", "healthy"), ("other", "complete", "healthy")]  # fmt: skip
    site.feed([])
    crawl(tmp_path, site, START + timedelta(days=2), text=shared)
    with live(tmp_path) as store:
        runs = store.all("select * from runs where crawl>'20260304' order by source")
        assert [run["walk"] for run in runs] == ["incomplete"] * 2
        assert not any(run["outcome"] == "healthy" for run in runs)
    same(tmp_path)


def test_a_clock_that_was_wrong_once_invents_nothing(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.do(("edit", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=9000), text=AUDITED)
    publisher.do(("edit", 1))
    for day in range(3, 7):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == [("changed", f"url:{address(1)}")] * 2
        shown = store.value("select s.text from sections s where path='part-one' and newest=1 and document=?",
                            f"url:{address(1)}")  # fmt: skip
        assert shown == publisher.texts[1]
    same(tmp_path)


def test_another_address_of_the_listing_announces_nothing_it_newly_reaches(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    wider = f"{HOST}/wider.xml"
    publisher.do(("publish", 7))
    publisher.site.feed([(address(n), f"Sample {n}", "first words") for n in (0, 1, 2, 7)], url=wider)
    text = AUDITED.replace(f"{HOST}/feed.xml", wider)
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=text)
    with live(tmp_path) as store:
        assert told(store) == []
    publisher.site.feed([(address(n), f"Sample {n}", "first words") for n in (0, 1, 2, 7, 8)], url=wider)
    publisher.site.put(address(8), page(8, "words"))
    crawl(tmp_path, publisher.site, START + timedelta(days=3), text=text)
    with live(tmp_path) as store:
        assert told(store) == [("new", f"url:{address(8)}")]
    same(tmp_path)


@pytest.mark.slow
def test_a_source_and_its_publisher_taken_out_and_put_back(tmp_path: Path) -> None:
    second = "publishers:\n  second: {name: Second Office, jurisdiction: European Union}\n"
    two = OTHER.replace("publishers:\n", second).replace("other\n    publisher: sample", "other\n    publisher: second")
    site = world("words")
    for day in range(2):
        crawl(tmp_path, site, START + timedelta(days=day), text=two)
    site.feed([(address(n), f"Sample {n}", "as the other feed tells it") for n in range(4)], url=f"{HOST}/other.xml")
    site.put(address(3), page(3, "words"))
    crawl(tmp_path, site, START + timedelta(days=2), text=SOURCES)
    crawl(tmp_path, site, START + timedelta(days=3), text=two)
    same(tmp_path)
    renamed = two.replace("id: other", "id: renamed")
    for day in (4, 5):
        crawl(tmp_path, site, START + timedelta(days=day), text=renamed)
    with live(tmp_path) as store:
        assert told(store) == [("new", f"url:{address(3)}")]
        assert store.check() == []
    same(tmp_path)


def test_an_address_no_one_can_ask_stops_nothing(tmp_path: Path) -> None:
    site = Site()
    good = (address(1), "Sample 1", "first words")
    site.feed([("http://[bad/p", "Broken", "x"), good, ("http://a b/c", "Blank", "x")])
    site.put(address(1), page(1, "words"))
    crawl(tmp_path, site, START)
    publisher = Publisher()
    publisher.do(("publish", 1))
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") >= 1
