"""Killed at every step of a crawl: nothing is lost, nothing is told twice, under the same ids."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import Archive, Journal
from crawler.run import fold
from crawler.run.options import ARCHIVE
from tests.fold.test_fold_laws import HOST, Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED, watched
from tests.fold.world import START, Killed, crawl, same


def edited(data: Path) -> Publisher:
    publisher = watched(data)
    publisher.do(("edit", 1))
    publisher.do(("publish", 4))
    publisher.do(("take down", 2))
    return publisher


def announced(data: Path) -> list[tuple[str, str, str]]:
    with live(data) as store:
        rows = store.all("select id, kind, document from entries where announced is not null order by id")
    return [(row["id"], row["kind"], row["document"]) for row in rows]


def said(data: Path) -> list[tuple[str, ...]]:
    """Return all that the announced entries say, but when, and under which ids."""
    when = ("id", "crawl", "seen", "announced", "updated", "capture_time", "fetch", "late")
    with live(data) as store:
        rows = store.all("select * from entries where announced is not null")
        facets = "select facet, value from entry_facets where entry=? order by facet, value"
        found = [(row, [tuple(each.values()) for each in store.all(facets, row["id"])]) for row in rows]
    return sorted((*(str(value) for key, value in row.items() if key not in when), str(each)) for row, each in found)


def journalled(data: Path) -> Counter[str]:
    with Archive.open(data / ARCHIVE, read_only=True) as archive:
        records = [record for record in archive.records() if isinstance(record, Journal)]
    told = [record.payload["new"] for record in records if record.kind == "entries-announced"]
    return Counter(row["id"] for new in told for row in new)


GOES_ON, STARTS_ANEW = timedelta(minutes=5), timedelta(hours=7)
"""After so long a crawl that was killed is gone on with, or closed and another one begun."""


@pytest.mark.slow
@pytest.mark.parametrize("later", [GOES_ON, STARTS_ANEW])
@pytest.mark.parametrize("applied", [False, True])
def test_killed_at_every_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, applied: bool, later: timedelta
) -> None:
    """Before a record is applied, and after: the crawl that goes on tells the same as one that was never killed."""
    crawl(tmp_path / "whole", edited(tmp_path / "whole").site, START + timedelta(days=2), text=AUDITED)
    expected = said(tmp_path / "whole")
    apply, at = fold.apply, 1
    while True:
        data, count = tmp_path / f"killed-{at}", 0
        publisher = edited(data)

        def dying(*given: object, stop: int = at) -> None:
            nonlocal count
            count += 1
            if count == stop and not applied:
                raise Killed
            apply(*given)  # type: ignore[arg-type]
            if count == stop:
                raise Killed

        monkeypatch.setattr(fold, "apply", dying)
        try:
            crawl(data, publisher.site, START + timedelta(days=2), text=AUDITED)
            break
        except Killed:
            monkeypatch.setattr(fold, "apply", apply)
            crawl(data, publisher.site, START + timedelta(days=2) + later, text=AUDITED)
        assert said(data) == expected, at
        assert set(journalled(data).values()) <= {1}, at
        assert sorted(journalled(data)) == [name for name, _, _ in announced(data)], at
        same(data)
        at += 1
    assert at > 10


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_killed_before_anything_is_asked_what_nothing_announces_is_asked_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, applied: bool
) -> None:
    """The pages that are audited, and the doubtful ones, are in the journal once; each is asked once."""
    publisher = watched(tmp_path)
    publisher.do(("take down", 2))
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    publisher.texts[1] += " and more that no list shows"
    listed = publisher.site.pages[f"{HOST}/feed.xml"]
    publisher.do(("publish", 1))
    publisher.site.pages[f"{HOST}/feed.xml"] = listed
    apply, count = fold.apply, 0

    def dying(*given: object) -> None:
        nonlocal count
        count += 1
        if count == at and not applied:
            raise Killed
        apply(*given)  # type: ignore[arg-type]
        if count == at:
            raise Killed

    publisher.site.asked.clear()
    monkeypatch.setattr(fold, "apply", dying)
    with pytest.raises(Killed):
        crawl(tmp_path, publisher.site, START + timedelta(days=3), text=AUDITED)
    monkeypatch.setattr(fold, "apply", apply)
    crawl(tmp_path, publisher.site, START + timedelta(days=3) + GOES_ON, text=AUDITED)
    asked = Counter(url for url in publisher.site.asked if "/p/" in url)
    assert asked.keys() == {address(n) for n in range(3)} and max(asked.values()) == 1
    with Archive.open(tmp_path / ARCHIVE, read_only=True) as archive:
        records = [record for record in archive.records() if isinstance(record, Journal)]
    last = max(n for n, record in enumerate(records) if record.kind == "run-started")
    again = [record.payload for record in records[last:] if record.kind == "asked-again"]
    assert [(one["why"], len(one["links"])) for one in again] == [("doubt", 1), ("audit", 2)]
    with live(tmp_path) as store:
        found = store.all("select document, kind from changes where seen>'2026-03-05' and path<>'' order by document")
    assert found == [{"document": f"url:{address(1)}", "kind": "changed"}]
    same(tmp_path)


def test_two_crawls_of_one_second_and_a_clock_that_goes_back(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    for words, clock in (("a", START + timedelta(days=2)), ("b", START + timedelta(days=2)), ("c", START)):
        publisher.texts[1] = f"must refer within {words} hours"
        publisher.do(("publish", 1))
        crawl(tmp_path, publisher.site, clock, text=AUDITED)
    with live(tmp_path) as store:
        names = [row["id"] for row in store.all("select id from crawls order by rowid")]
        assert names == sorted(set(names)) and len(names) == 5
        assert store.value("select count(*) from entries where kind='changed' and announced is not null") == 3
    same(tmp_path)
