"""A crawl that ends before it read what it announced: the next one tells of it, with its words, and once."""

import json
from pathlib import Path

import pytest

from crawler.derive import relevance
from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold.relevance_world import (
    ALL,
    TITLES,
    Rules,
    address,
    bands,
    corrections,
    crawl,
    document,
    doubtful,
    entries,
    publish,
)
from tests.fold.world import Killed, Site, same

TEXT = ALL.replace("audit: 1", "audit: 0")
LATE = "the crawl that first saw it ended before its page was read"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site()
    publish(made, "known")
    crawl(tmp_path, made, 0, text=TEXT)
    return made


def killed(data: Path, site: Site, day: float, **more: str) -> None:
    """Crawl, and be killed before the first page behind the list is asked."""
    with pytest.raises(Killed):
        crawl(data, site, day, kill=lambda n: n == 2, **{"text": TEXT} | more)


def told(data: Path) -> list[tuple[str, str, bool]]:
    """Return of each entry its document, why it comes late, and whether its text was read."""
    with Store.open(data / DATABASE) as store:
        rows = store.all("select document, late, sure from entries where document is not null order by announced")
    return [
        (row["document"].rpartition("/")[2], row["late"], "was not read" not in json.dumps(json.loads(row["sure"])))
        for row in rows
    ]


def test_a_document_is_told_with_its_words_however_often_its_crawl_is_killed(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "report")
    for day in (1, 2, 3):
        killed(tmp_path, site, day)
        assert entries(tmp_path) == []
    crawl(tmp_path, site, 4, text=TEXT)
    assert told(tmp_path) == [("report", LATE, True)]
    crawl(tmp_path, site, 5, text=TEXT)
    assert len(entries(tmp_path)) == 1
    same(tmp_path)


def test_where_time_runs_out_it_is_told_by_the_next_crawl_at_the_latest(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "report", "fees")
    crawl(tmp_path, site, 1, text=TEXT, late=lambda n: n == 2)
    assert entries(tmp_path) == []
    site.down.add(address("report"))
    crawl(tmp_path, site, 2, text=TEXT)
    assert told(tmp_path) == [("report", LATE, False)], "from its list alone: who knows when its page can be read"
    site.down.clear()
    for day in (3, 4):
        crawl(tmp_path, site, day, text=TEXT)
    assert len(entries(tmp_path)) == 1
    same(tmp_path)


def test_where_time_runs_out_twice_it_is_told_from_its_list(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "report")
    for day in (1, 2):
        crawl(tmp_path, site, day, text=TEXT, late=lambda n: n == 2)
    assert told(tmp_path) == [("report", LATE, False)]
    crawl(tmp_path, site, 3, text=TEXT)
    assert len(entries(tmp_path)) == 1
    same(tmp_path)


def test_a_page_that_was_asked_in_vain_holds_nothing_up(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "report")
    site.down.add(address("report"))
    crawl(tmp_path, site, 1, text=TEXT)
    assert told(tmp_path) == [("report", "", False)]
    same(tmp_path)


def test_what_list_and_page_say_of_a_change_is_one_entry(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "report")
    crawl(tmp_path, site, 1, text=TEXT)
    name = "Sample: human trafficking annual report, revised"
    site.feed([(address("known"), TITLES["known"], "x"), (address("report"), name, "Told in other words.")])
    site.put(address("report"), f"<main><h1>{name}</h1><h2>Part</h2><p>Call 0800 0121 700.</p></main>")
    killed(tmp_path, site, 2)
    crawl(tmp_path, site, 3, text=TEXT)
    assert [each[0] for each in told(tmp_path)] == ["report", "report"]
    same(tmp_path)


def test_what_a_killed_crawl_let_in_is_told_with_all_that_waited(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "words", Rules(doubtful))
    publish(site, "known", "fees")
    crawl(tmp_path, site, 1, text=TEXT)
    site.feed([(address("known"), TITLES["known"], "x"), (address("fees"), TITLES["fees"], "Told in other words.")])
    decided = f'relevance: {{"{document("fees")}": in}}'
    killed(tmp_path, site, 2, decisions=decided)
    for day in (3, 4):
        crawl(tmp_path, site, day, text=TEXT, decisions=decided)
        assert [each[:2] for each in told(tmp_path)] == [("fees", "held until its relevance was decided")]
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select kind from entries where document=?", document("fees")) == "new"
    assert bands(tmp_path)["fees"] == ("in", "decision")
    assert corrections(tmp_path) == [("fees", "review", "in", "rules")]
    same(tmp_path)
