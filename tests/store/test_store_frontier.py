"""What a backfill holds back, and what a walk asks for all the same."""

from __future__ import annotations

import pytest

from crawler.model import Link
from crawler.store import Store, completeness, frontier


@pytest.mark.parametrize(("was_read", "expected"), [(True, ("queued", 1)), (False, ("held back", 4))])
def test_a_change_that_a_backfill_met_first_does_not_wait_for_it(
    store: Store, was_read: bool, expected: tuple[str, int]
) -> None:
    url = "https://a.sample.invalid/p/1"
    link = Link(url=url, role="document", token="changed")
    if was_read:
        frontier.offer(store, Link(url=url, role="document", token="old"), "papers", rank=1, crawl="a")
        frontier.answered(store, {"url": url, "accept": link.accept, "role": "document"}, {"papers": "old"})
    frontier.offer(store, link, "papers", rank=frontier.BACKFILL, crawl="b", held_back=True)
    frontier.offer(store, link, "papers", rank=frontier.ANNOUNCED, crawl="c")
    row = store.one("select state, rank from frontier")
    assert row is not None and (row["state"], row["rank"]) == expected


def test_entries_of_a_slice_are_counted_by_an_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Store.all
    monkeypatch.setattr(Store, "all", lambda self, sql, *values: query(self, f"explain query plan {sql}", *values))
    plan = [row["detail"] for row in completeness.slices(store, "papers")]
    assert any("listed_entries_slice (source=? AND slice=?)" in each for each in plan), plan


def test_links_of_a_page_are_looked_up_by_themselves_not_among_all_of_their_source(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []

    def explained(self: Store, sql: str, *values: object) -> list[object]:
        plans.extend(row["detail"] for row in self._rows(f"explain query plan {sql}", values))
        return []

    monkeypatch.setattr(Store, "all", explained)
    frontier.known(store, [Link(url="https://a.sample.invalid/p/1", role="document")], "papers")
    assert plans[0].startswith("SCAN j") and all(each.startswith("SEARCH") for each in plans[1:]), plans
