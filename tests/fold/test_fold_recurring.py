"""What changes again and again at one place of a page: told once where it goes to and fro, never where it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Row
from tests.fold.test_fold_laws import live
from tests.fold.world import SOURCES, START, Site, crawl, same

URL, ONE = "https://a.sample.invalid/a", "url:https://a.sample.invalid/a"
TEXT = f"""{SOURCES[: SOURCES.index("  - id: news")]}  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {URL}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def visits(data: Path, texts: Sequence[str]) -> list[tuple[int, Row]]:
    """Crawl a page daily, with these texts one after the other; return its entries, each with its day."""
    for day, text in enumerate(texts):
        site = Site()
        page = f"<h1>Human trafficking</h1><h2>Referral</h2><p>{text}</p>"
        site.put(URL, f"<html><head><title>Human trafficking</title></head><body><main>{page}</main></body></html>")
        crawl(data, site, START + timedelta(days=day), text=TEXT)
    same(data)
    with live(data) as store:
        rows = store.all("select e.*, c.clock from entries e join crawls c on c.id=e.crawl where document=?", ONE)
    return sorted(((int(row["clock"][8:10]) - START.day, row) for row in rows), key=lambda pair: pair[0])


def is_unsettled(row: Row) -> bool:
    return "unsettled" in json.loads(row["flags"])


def test_to_and_fro_is_told_once_as_unsettled_and_when_it_stood_still_for_two_visits(tmp_path: Path) -> None:
    one, two = "Refer within two days.", "Refer within five days."
    found = visits(tmp_path, [one, two, one, two, one, two, one, one, one, one])
    assert [(day, is_unsettled(row)) for day, row in found] == [(1, False), (2, False), (3, True), (8, True)]
    assert found[-1][1]["late"] == "its words went to and fro; they stand as they are since the last 2 visits"
    assert "“five days” became “two days”" in found[-1][1]["summary"]


def test_new_words_are_told_whatever_goes_to_and_fro(tmp_path: Path) -> None:
    one, two, new = "Refer within two days.", "Refer within five days.", "Call the police first, then refer."
    found = visits(tmp_path, [one, two, one, two, one, new, new])
    assert [day for day, _ in found] == [1, 2, 3, 5]


COUNTED = [
    f"Refer at once. Viewed {n} times this week by people. Then wait." for n in (117, 254, 391, 422, 513, 666, 705)
]


def test_a_counter_is_told_until_it_is_known_as_one_and_the_text_beside_it_always(tmp_path: Path) -> None:
    *before, last = COUNTED
    found = visits(tmp_path, [*before, last.replace("at once", "within two days")])
    assert [day for day, _ in found] == [1, 2, 3, 6]
    with live(tmp_path) as store:
        causes = store.all("select cause, silent from announcements where kind='changed' order by fetch")
    told, known = {"cause": "source", "silent": ""}, {"cause": "template", "silent": "template"}
    assert causes == [told, told, told, known, known, told]


@pytest.mark.parametrize("fact", ["08000 121 {}", "{} pounds"])
def test_a_fact_that_people_act_on_is_no_counter(tmp_path: Path, fact: str) -> None:
    found = visits(tmp_path, [f"Help is there. Call {fact.format(n)} for it." for n in (701, 702, 703, 704, 705, 706)])
    assert [day for day, _ in found] == [1, 2, 3, 4, 5]
