"""A list that is suddenly much shorter: an issue, for long lists and for those that are short by nature."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import address, live
from tests.fold.test_fold_sources import world
from tests.fold.world import START, crawl


def issue(tmp_path: Path, before: int, after: int) -> list[tuple[str, str]]:
    site = world("words")
    for day, count in enumerate((before, after)):
        site.feed([(address(n), f"Sample {n}", "words") for n in range(count)])
        crawl(tmp_path, site, START + timedelta(days=day))
    with live(tmp_path) as store:
        rows = store.all("select kind, detail from issues where resolved is null and kind='drop'")
        return [(row["kind"], row["detail"]) for row in rows]


@pytest.mark.parametrize(("before", "after"), [(8, 2), (4, 1), (20, 9), (10, 4), (9, 2)])
def test_a_list_that_lost_most_of_itself(tmp_path: Path, before: int, after: int) -> None:
    documents = "1 document" if after == 1 else f"{after} documents"
    assert issue(tmp_path, before, after) == [("drop", f"lists {documents}; it listed {before}")]


@pytest.mark.parametrize(("before", "after"), [(8, 3), (2, 1), (3, 1), (20, 10), (9, 3), (4, 2)])
def test_a_list_that_lost_some(tmp_path: Path, before: int, after: int) -> None:
    assert issue(tmp_path, before, after) == []
