"""A wording that comes back: each step is told once, under an id of its own, and the way back is called one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from crawler.store import Row
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.test_fold_redirects import AUDITED
from tests.fold.world import START, crawl, same

ONE = f"url:{address(1)}"


def entries(data: Path, days: Sequence[tuple[int, str, str]]) -> list[Row]:
    """Publish a page with a title and words on some days, and return what is told of it."""
    publisher = Publisher()
    publisher.do(("publish", 0))
    for day, title, words in days:
        publisher.texts[1], publisher.names[1] = words, title
        publisher.do(("tag", 9))
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
    same(data)
    with live(data) as store:
        return store.all("select * from entries where document=? order by seen", ONE)


def reverted(entry: Row) -> bool:
    return "reverted" in json.loads(entry["flags"])


def test_back_and_forth_is_as_many_changes_and_the_way_back_restores(tmp_path: Path) -> None:
    calls = ("Call 0800 0121 700.", "Call 0800 0121 701.")
    found = entries(tmp_path, [(day, "Sample", calls[day % 2]) for day in range(4)])
    assert [reverted(entry) for entry in found] == [False, True, True]
    assert len({entry["id"] for entry in found}) == 3
    assert {entry["significance"] for entry in found} == {"substantive"}
    assert [entry["summary"].partition("This")[2] for entry in found] == [
        "", *(f" restores the wording of {day} March 2026." for day in (2, 3)),
    ]  # fmt: skip


def test_what_comes_back_after_months_is_a_change_like_another(tmp_path: Path) -> None:
    found = entries(tmp_path, [(0, "Sample", "first words"), (1, "Sample", "others"), (120, "Sample", "first words")])
    assert [reverted(entry) for entry in found] == [False, False]


def test_a_title_that_comes_back_restores(tmp_path: Path) -> None:
    found = entries(tmp_path, [(0, "Sample", "words"), (1, "Another", "words"), (2, "Sample", "words")])
    assert [(entry["kind"], reverted(entry)) for entry in found] == [("retitled", False), ("retitled", True)]


def test_a_provision_that_comes_back_restores_though_another_changed(tmp_path: Path) -> None:
    more = "</p><h2>Part two</h2><p>"
    texts = [f"Call 101.{more}one", f"Call 102.{more}one", f"Call 101.{more}two"]
    found = entries(tmp_path, [(day, "Sample", text) for day, text in enumerate(texts)])
    assert [reverted(entry) for entry in found] == [False, True]
    assert "“Part one”: this restores the wording of 2 March 2026." in found[1]["summary"]
