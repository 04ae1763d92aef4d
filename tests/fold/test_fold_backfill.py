"""A list read backwards to its end, over many crawls, with proof: it grows, shrinks, or states what is not so."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.archive import Answer
from crawler.run.status import status
from crawler.store import fetches
from tests.fold.test_fold_laws import HOST, live
from tests.fold.world import START, Killed, Site, crawl, same
from tests.spiders.server import spelled

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
SOURCES = """
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  sample: {name: Sample Office, jurisdiction: United Kingdom}
sources:
  - id: papers
    publisher: sample
    kind: guidance
    protocol: listing
    url: https://a.sample.invalid/list
    topics: [offences_law]
    expect: {min: 1}
    options: {entry: li, page_parameter: page, total: .total}
    backfill: {by: page, per_run: 400}
"""
UNCOUNTED = SOURCES.replace(", total: .total", "")


@dataclass
class Papers(Site):
    """A list, newest first; before each of its pages is answered, ``moves`` may change it by the number of answers."""

    numbers: list[int] = field(default_factory=list)
    size: int = 20
    off: int = 0
    steps: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    grows: bool = False
    is_stuck: bool = False
    blank: int = 0
    lies: Mapping[int, int] = field(default_factory=dict)
    shuffled: int = 0
    lists: int = 0

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        parts = urlsplit(url)
        if parts.path == "/list":
            self._move()
            page = 1 if self.is_stuck else int(parse_qs(parts.query).get("page", ["1"])[0])
            self.put(url, self._page(page), status=200 if self._shown(page) else 404)
            if self.lists == self.blank:
                self.put(url, "<title>Papers</title><p>Nothing found.</p>")
        elif parts.path.startswith("/p/"):
            number = parts.path.removeprefix("/p/")
            self.put(
                url,
                f"<title>Paper {number}</title><main><h1>Paper {number}</h1><p>On {spelled(int(number))}.</p></main>",
            )
        return super().answer(url, time, validators)

    def _move(self) -> None:
        self.lists += 1
        what, how_many = self.steps.get(self.lists, ("add", int(self.grows)))
        if what == "add":
            first = max(self.numbers) + 1
            self.numbers[:0] = reversed(range(first, first + how_many))
        else:
            del self.numbers[:how_many]

    def _shown(self, page: int) -> list[int]:
        shown = self.numbers[(page - 1) * self.size : page * self.size]
        is_mixed = page == 3 and self.lists <= self.shuffled
        return [*self.numbers[:2], *shown[2:]] if is_mixed else shown

    def _page(self, page: int) -> str:
        items = "".join(f"<li><a href='/p/{n}'>Paper {n}</a></li>" for n in self._shown(page))
        items += f"<a class=next href='/list?page={page + 1}'>Next</a>" if self._shown(page + 1) else ""
        total = len(self.numbers) + self.off + self.lies.get(page, 0)
        return f"<title>Papers</title><p class=total>{total:,} papers</p><ul>{items}</ul>"

    def most(self) -> int:
        return -(-len(self.numbers) // self.size)

    def papers(self) -> Counter[str]:
        return Counter(url for url in self.asked if "/p/" in url)

    def listings(self) -> int:
        return sum("/list" in url for url in self.asked)


def papers(number: int, **how: Any) -> Papers:
    return Papers(numbers=list(range(number, 0, -1)), **how)


def coverage(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = status(data)["sources"][0]["coverage"]
    return found


def test_a_list_that_grows_is_read_to_its_end_each_paper_once(tmp_path: Path) -> None:
    site = papers(300, grows=True)
    crawl(tmp_path, site, START, text=SOURCES)
    found = coverage(tmp_path)
    assert found["state"] == "complete", found
    assert found["listed"] == found["read"] == found["held"] == len(site.numbers) > 300
    assert set(site.papers().values()) == {1} and len(site.papers()) == len(site.numbers)
    assert site.listings() <= 1.1 * site.most()
    with live(tmp_path) as store:
        assert store.value("select count(*) from outbox where state<>'silent'") == 0
    same(tmp_path)


@pytest.mark.parametrize("off", [-10, 25])
def test_a_list_that_states_what_is_not_so_is_incomplete(tmp_path: Path, off: int) -> None:
    site = papers(100, off=off)
    crawl(tmp_path, site, START, text=SOURCES)
    found = coverage(tmp_path)
    assert (found["state"], found["read"]) == ("incomplete", 100)
    assert found["reason"] == f"the publisher states {100 + off}, its pages list 100"
    same(tmp_path)


def test_a_list_that_shrinks_while_it_is_read_loses_nothing(tmp_path: Path) -> None:
    """What moved up to a page that was read already is met, as that page is read again."""
    site = papers(100, steps={4: ("remove", 3)})
    crawl(tmp_path, site, START, text=SOURCES)
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["read"]) == ("complete", 97, 97)
    assert len(site.papers()) == 100 and site.listings() <= 2 * site.most() + 4


def test_a_page_that_always_states_fewer_fails_and_ends(tmp_path: Path) -> None:
    site = papers(100, lies={3: -5})
    crawl(tmp_path, site, START, text=SOURCES)
    found = coverage(tmp_path)
    assert (found["state"], found["reason"]) == ("incomplete", "its pages state different numbers each time")
    assert site.listings() <= 2 * site.most()
    same(tmp_path)


@pytest.mark.parametrize(
    ("shuffled", "expected"),
    [(6, ("complete", 100, 100, "")), (99, ("incomplete", 100, 98, "the publisher states 100, its pages list 98"))],
)
def test_an_entry_listed_twice_is_no_proof(tmp_path: Path, shuffled: int, expected: tuple[object, ...]) -> None:
    """In the order of the first reading, two entries stand twice and two nowhere; the second reading finds them."""
    site = papers(100, shuffled=shuffled)
    crawl(tmp_path, site, START, text=SOURCES)
    found = coverage(tmp_path)
    assert tuple(found[each] for each in ("state", "listed", "read", "reason")) == expected
    assert site.listings() <= 2 * site.most() + 4
    same(tmp_path)


def test_over_many_crawls_within_a_budget(tmp_path: Path) -> None:
    """The list first, then its documents; what is published meanwhile is told by the daily walk."""
    site, text = papers(100), SOURCES.replace("per_run: 400", "per_run: 4")
    for day in range(40):
        before = len(site.asked)
        if day == 1:
            site.numbers.insert(0, 101)
        crawl(tmp_path, site, START + day * DAY, text=text)
        assert day == 0 or len(site.asked) - before <= 4 + 3, day
        if coverage(tmp_path)["state"] != "reading":
            break
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["read"], found["held"]) == ("complete", 101, 101, 101)
    assert set(site.papers().values()) == {1}
    with live(tmp_path) as store:
        told = store.all("select document from entries where announced is not null and kind='new'")
        assert [row["document"] for row in told] == [f"url:{HOST}/p/101"]
        reasons = {row["reason"] for row in store.all("select distinct reason from outbox where state='silent'")}
        assert reasons <= {"first walk", "backfill"} and "backfill" in reasons
    same(tmp_path)


def test_killed_it_goes_on(tmp_path: Path) -> None:
    site = papers(200, grows=True)
    for n in (7, 60):
        with pytest.raises(Killed):
            crawl(tmp_path, site, START, text=SOURCES, kill=n.__eq__)
    crawl(tmp_path, site, START + timedelta(minutes=5), text=SOURCES)
    found = coverage(tmp_path)
    assert found["state"] == "complete" and found["listed"] == found["held"] == len(site.numbers)
    assert set(site.papers().values()) == {1} and site.listings() <= 1.1 * site.most() + 1
    same(tmp_path)


def test_without_a_number_it_is_read_to_the_last_page(tmp_path: Path) -> None:
    site = papers(60, grows=True)
    crawl(tmp_path, site, START, text=UNCOUNTED)
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["read"]) == ("to the last page", None, len(site.numbers))
    same(tmp_path)


def test_a_list_whose_pages_are_all_the_same_ends(tmp_path: Path) -> None:
    site = Papers(numbers=list(range(20, 0, -1)), size=20, is_stuck=True)
    crawl(tmp_path, site, START, text=UNCOUNTED)
    found = coverage(tmp_path)
    assert (found["state"], found["read"]) == ("to the last page", 20)
    assert site.listings() <= 4


def test_a_page_that_lists_nothing_is_no_end_but_asked_again(tmp_path: Path) -> None:
    site, text = papers(100, blank=3), UNCOUNTED.replace("page_parameter: page", "next: .next")
    crawl(tmp_path, site, START, text=text)
    assert coverage(tmp_path)["state"] == "reading" and site.listings() == 3
    crawl(tmp_path, site, START + DAY, text=text)
    found = coverage(tmp_path)
    assert (found["state"], found["read"]) == ("to the last page", 100)
    same(tmp_path)


def test_behind_an_empty_counted_page_one_more_is_asked(tmp_path: Path) -> None:
    site = papers(100, blank=3)
    crawl(tmp_path, site, START, text=UNCOUNTED)
    found = coverage(tmp_path)
    assert (found["state"], found["read"]) == ("incomplete", 80)
    assert found["reason"] == "a page before the last one lists nothing"
    assert site.listings() == 6, "the first one behind the last is not there"
    same(tmp_path)


def test_without_its_backfill_a_source_waits_for_nothing(tmp_path: Path) -> None:
    site = papers(60)
    crawl(tmp_path, site, START, text=SOURCES.replace("per_run: 400", "per_run: 10"))
    assert len(site.papers()) < 60
    crawl(tmp_path, site, START + DAY, text=SOURCES.replace("    backfill: {by: page, per_run: 400}\n", ""))
    assert len(site.papers()) == 60
    same(tmp_path)


@pytest.mark.parametrize(("every", "days"), [("365d", 30), ("7d", 7)])
def test_an_incomplete_list_is_read_again_soon(tmp_path: Path, every: str, days: int) -> None:
    site, text = papers(40, off=5), SOURCES.replace("per_run: 400", f"every: {every}")
    crawl(tmp_path, site, START, text=text)
    for day, reads in ((days - 1, False), (days + 1, True)):
        before = site.listings()
        crawl(tmp_path, site, START + day * DAY, text=text)
        assert (site.listings() - before > 1) == reads


def test_a_page_that_cannot_be_read_stops_it_until_it_is_given_up(tmp_path: Path) -> None:
    site = papers(60)
    site.down.add(f"{HOST}/list?page=2")
    for day in range(5):
        crawl(tmp_path, site, START + day * DAY, text=SOURCES)
        found = coverage(tmp_path)
        assert found["state"] == ("reading" if day < 4 else "incomplete") and found["reason"], found
    assert json.loads(json.dumps(found))["read"] == 20
    same(tmp_path)


def test_how_many_requests_are_left_is_told_once(tmp_path: Path) -> None:
    for day in range(3):
        crawl(tmp_path, papers(80), START + day * DAY, text=SOURCES.replace("per_run: 400", "per_run: 10"))
        assert coverage(tmp_path)["reason"].count(" left") == 1, day


def test_a_list_that_its_backfill_read_last_lists_what_it_listed(tmp_path: Path) -> None:
    site = papers(10)
    crawl(tmp_path, site, START, text=SOURCES)
    with live(tmp_path) as store, store.transaction():
        (read,) = store.all("select * from fetches where role='listing'")
        row = {**read, "exchange": "sample/1", "role": "slice", "entries": None, "newest": None}
        fetches.add(store, {key: value for key, value in row.items() if key != "id"})
    crawl(tmp_path, site, START + DAY, text=SOURCES)
    with live(tmp_path) as store:
        assert [row["documents"] for row in store.all("select documents from runs order by crawl")] == [10, 10]
