"""Pages that lead elsewhere: moved for good, for a while, all to one page, to the home page."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Store
from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.world import SOURCES, START, crawl, same

AUDITED = SOURCES.replace("follow: true", "follow: true\n    audit: 1")


def told(store: Store) -> list[tuple[str, str]]:
    """Return kind and document of every announced entry but the first, in order."""
    rows = store.all("select kind, document from entries where announced is not null order by seen, id")
    return [(row["kind"], row["document"]) for row in rows if row["kind"] != "watching"]


def watched(data: Path, pages: int = 3) -> Publisher:
    publisher = Publisher()
    for number in range(pages):
        publisher.do(("publish", number))
    for day in range(2):
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
    return publisher


@pytest.mark.parametrize("status", [301, 302])
def test_pages_that_all_lead_to_one_notice_stay_what_they_are(tmp_path: Path, status: int) -> None:
    """A log-in wall, a notice of works, a page about cookies: no document becomes another one."""
    publisher = watched(tmp_path)
    sorry = f"{HOST}/sorry"
    publisher.site.put(sorry, page(9, "This service is being improved; come back on Monday, please."))
    publisher.site.moves = {address(n): (status, sorry) for n in range(3)}
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        names = [row["id"] for row in store.all("select id from documents order by id")]
        assert names == [f"url:{address(n)}" for n in range(3)]
        assert told(store) == []
    publisher.site.moves = {}
    for day in (5, 6):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == []
        assert store.value("select count(*) from documents where availability<>'ok'") == 0
    same(tmp_path)


def test_a_page_that_moved_for_good_is_the_same_document(tmp_path: Path) -> None:
    """Trap EU-3.1: static pages of projects that ended; sites that may have moved."""
    publisher = watched(tmp_path)
    new = f"{HOST}/q/1"
    publisher.site.put(new, page(1, "first words"))
    publisher.site.moves = {address(1): (301, new)}
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == [("relocated", f"url:{address(1)}")]
        assert store.value("select document from aliases where alias=?", f"url:{new}") == f"url:{address(1)}"
        assert store.value("select url from documents where id=?", f"url:{address(1)}") == new, "which serves it now"
    same(tmp_path)


def test_a_page_that_moved_and_is_listed_there_is_one_document(tmp_path: Path) -> None:
    """Trap UK-3.10: addresses of research briefings change.

    The list names the new address at once, the old one leads there: one document, told as moved.
    """
    publisher = watched(tmp_path)
    new = f"{HOST}/q/1"
    publisher.site.put(new, page(1, "first words"))
    publisher.site.moves = {address(1): (301, new)}
    publisher.site.feed([(address(0), "Sample 0", "first words"), (new, "Sample 1", "first words"),
                         (address(2), "Sample 2", "first words")])  # fmt: skip
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == 3
        assert len({document for _, document in told(store)}) == 1
    same(tmp_path)


def test_pages_put_together_into_one_keep_their_own_histories(tmp_path: Path) -> None:
    """Three pages become one new one: none of them becomes another, none is told to have the text of another."""
    publisher = watched(tmp_path)
    guide = f"{HOST}/guide"
    publisher.site.put(guide, page(7, "All that was said on three pages is said on this one now."))
    publisher.site.moves = {address(n): (301, guide) for n in (1, 2)}
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        names = {row["id"] for row in store.all("select id from documents")}
        assert {f"url:{address(n)}" for n in range(3)} <= names
        assert not any(kind == "changed" for kind, document in told(store) if document == f"url:{address(2)}")
    same(tmp_path)


def test_a_page_that_leads_to_one_that_is_held_is_told_once(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.put(address(0), page(0, "All that was said on another page is said on this one now."))
    publisher.site.moves = {address(1): (301, address(0))}
    for day in range(2, 6):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert [each for each in told(store) if each[1].endswith(address(1))] == [("relocated", f"url:{address(1)}")]
        row = store.one("select title, summary from entries where kind='relocated'")
        assert row is not None and row["title"].startswith("Now leads elsewhere: ")
        assert address(0) in row["summary"]
    same(tmp_path)


def test_a_redirect_to_the_home_page_is_doubt_then_gone(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    text = SOURCES
    publisher.site.put(f"{HOST}/", page(8, "Welcome to the Sample Office"))
    publisher.site.moves = {address(1): (302, f"{HOST}/")}
    publisher.texts[1] = "edited"
    publisher.do(("publish", 0))
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=text)
    with live(tmp_path) as store:
        assert store.value("select availability from documents where id=?", f"url:{address(1)}") == "suspect"
        assert ("gone", f"url:{address(1)}") not in told(store)
    crawl(tmp_path, publisher.site, START + timedelta(days=3, hours=1), text=text)
    with live(tmp_path) as store:
        assert ("gone", f"url:{address(1)}") in told(store)
    same(tmp_path)


def test_a_home_page_that_is_broken_is_no_step_towards_gone(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.put(f"{HOST}/", "<h1>503 Service Unavailable</h1>", status=503)
    publisher.site.moves = {address(n): (302, f"{HOST}/") for n in range(3)}
    for day in (2, 4):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents where availability<>'ok'") == 0
        assert told(store) == []
