"""What is neither a document nor an entry, and sources of which nothing could be read."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store.frontier import MAX_TRIES
from tests.fold.relevance_world import ALL, TITLES, address, document, publish
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same

REFUSED = ["file:///srv/report.pdf", "http://127.0.0.1/report", "http://localhost/report", "http://10.0.0.8/a"]
TEXT = ALL.replace("audit: 1", "audit: 1\n    topics: [offences_law]")


def outcome(data: Path) -> tuple[str, list[str]]:
    with live(data) as store:
        found = store.all("select kind from issues where resolved is null and severity='alarm' order by kind")
        return store.value("select outcome from runs order by crawl desc"), [row["kind"] for row in found]


def test_what_is_listed_at_an_address_that_is_never_asked_is_no_document(tmp_path: Path) -> None:
    site = Site()
    publish(site, "known")
    crawl(tmp_path, site, START, text=TEXT)
    listed = [(address("known"), TITLES["known"], "x"), *((url, TITLES["report"], "x") for url in REFUSED)]
    site.feed(listed)
    crawl(tmp_path, site, START + timedelta(days=1), text=TEXT)
    with live(tmp_path) as store:
        assert [row["id"] for row in store.all("select id from documents")] == [document("known")]
        assert store.all("select 1 from entries where kind<>'watching'") == []
        assert store.all("select 1 from frontier where host like '127%' or host like 'localhost%'") == []
    assert outcome(tmp_path) == ("healthy", [])
    same(tmp_path)


def test_a_source_of_whose_entries_none_is_a_document_has_failed(tmp_path: Path) -> None:
    site = Site()
    site.feed([(url, TITLES["report"], "x") for url in REFUSED])
    crawl(tmp_path, site, START, text=TEXT)
    assert outcome(tmp_path) == ("failed", ["none read"])


@pytest.mark.parametrize("known", [0, 1])
def test_a_source_of_which_no_page_could_be_read_has_failed_and_is_well_again(tmp_path: Path, known: int) -> None:
    site = Site()
    publish(site, "known")
    if known:
        crawl(tmp_path, site, START, text=TEXT)
    publish(site, *TITLES)
    pages = dict(site.pages)
    for name in TITLES:
        site.put(address(name), "Out of order.", status=503)
    crawl(tmp_path, site, START + timedelta(days=1), text=TEXT)
    assert outcome(tmp_path)[0] == "failed"
    site.pages = pages
    crawl(tmp_path, site, START + timedelta(days=2), text=TEXT)
    assert outcome(tmp_path) == ("healthy", [])
    same(tmp_path)


def test_a_source_whose_only_page_is_given_up_has_failed(tmp_path: Path) -> None:
    site, seen = Site(), []
    publish(site, "known")
    site.put(address("known"), "Out of order.", status=503)
    for day in range(MAX_TRIES):
        crawl(tmp_path, site, START + timedelta(days=day), text=TEXT)
        seen.append(outcome(tmp_path)[0])
    assert "failed" not in seen[:-1] and seen[-1] == "failed", "until then it waits to be asked again"


def test_of_people_a_title_is_told_and_not_that_other_words_changed(tmp_path: Path) -> None:
    site, text = Site(), TEXT.replace("kind: guidance", "kind: news")
    page = "<html><head><title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
    for day, (title, words) in enumerate((("known", "One."), ("known", "Two."), ("report", "Two."))):
        site.feed([(address("known"), TITLES[title], "x")])
        site.put(address("known"), page.format(TITLES[title], words))
        crawl(tmp_path, site, START + timedelta(days=day), text=text)
    with live(tmp_path) as store:
        told = store.all("select kind, title from entries where document is not null")
        assert len(store.all("select 1 from changes where kind='changed'")) == 1
    assert told == [{"kind": "retitled", "title": f"Renamed: {TITLES['report']}"}]
    same(tmp_path)
