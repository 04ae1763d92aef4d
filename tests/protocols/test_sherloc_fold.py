"""SHERLOC through the whole fold: a walk ends early while the number of results is the same, and is whole when not."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import protocols
from crawler.model import Walk
from crawler.protocols import sherloc
from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold import world
from tests.fold.tables import differences
from tests.protocols.test_sherloc import CASES, case, source

SOURCES = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: International}}
sources:
  - id: cases
    publisher: sample
    kind: case_law
    protocol: sherloc
    url: {CASES}
    expect: {{min: 2}}
"""


def put(site: world.Site, cases: list[dict[str, Any]], size: int = 2) -> None:
    """Give the results of a search, page by page."""
    site.pages.clear()
    for start in range(0, len(cases), size):
        body = {"found": len(cases), "results": cases[start : start + size]}
        site.put(sherloc._address(source(), "cldb", start), json.dumps(body), media="application/json")


def crawl(data: Path, site: world.Site, days: int) -> tuple[int, list[tuple[str, str, str]]]:
    site.asked.clear()
    world.crawl(data, site, world.START + timedelta(days=days), text=SOURCES)
    with Store.open(data / DATABASE) as store:
        last = store.value("select max(id) from crawls")
        found = store.all("select document, kind, silent from announcements where crawl=? order by document", last)
        assert store.value("select outcome from runs where crawl=?", last) == "healthy"
        with world.rebuilt(data) as other:
            assert differences(store, other) == []
    return len(site.asked), [(each["document"].rpartition("/")[2], each["kind"], each["silent"]) for each in found]


@pytest.mark.slow
def test_walks(tmp_path: Path) -> None:
    site = world.Site()
    cases = [case(number) for number in range(10, 17)]
    put(site, cases)
    asked, changes = crawl(tmp_path, site, 0)
    assert asked == 4 and len(changes) == 7
    assert crawl(tmp_path, site, 1) == (1, [])
    # A new case with an old verdict stands at the end, where a walk that ends early would never come.
    put(site, [*cases, case(99, **{"caseLaw@decisionVerdictDate_s1": "Mon Jan 04 00:00:00 CET 2010"})])
    assert crawl(tmp_path, site, 2) == (4, [("sample_99", "new", "")])
    assert crawl(tmp_path, site, 3) == (1, [])
    # One that is gone from the list is no event: absence from a list never is.
    put(site, cases)
    assert crawl(tmp_path, site, 4) == (4, [])
    put(site, [case(10, page_title="Sample 10, renamed"), *cases[1:]])
    assert crawl(tmp_path, site, 5) == (1, [("sample_10", "retitled", "")])


def test_the_walk_hands_its_number_on() -> None:
    (link,) = protocols.start(source(), Walk(clock=world.START, cursor="7"))
    assert link.facts == {"found": "7"}
