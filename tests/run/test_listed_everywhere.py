"""A release that a complete list named: neither removed nor redacted does its place in the list keep its title."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.export import export
from crawler.export.shown import LOST
from crawler.public.database import FILE
from crawler.run.options import DATABASE
from tests.export.leaks import leaks
from tests.fold.test_fold_laws import live
from tests.fold.world import same
from tests.run.redacted_world import COPY, GUIDE, NAME, PEOPLE, RELEASE, SOURCES, TITLE, A, World, traces

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_this_process")]
SHELF = f"{A}/shelf"
LISTED = f"""  - {{id: shelf, name: Sample shelf, publisher: sample, kind: guidance, protocol: page, url: '{SHELF}',
      follow: {{links: .cards a, index: list}}, complete: true, topics: [offences_law], expect: {{min: 2}}}}
  - {{id: papers, publisher: sample, kind: news, protocol: listing, url: '{A}/papers', topics: [offences_law],
      options: {{entry: li, page_parameter: page, total: .total}}, backfill: {{by: page, per_run: 400}},
      expect: {{min: 1}}}}
"""


class Listed(World):
    """The world of the release with a list that is complete, and names it while it is there."""

    def publish(self) -> None:
        super().publish()
        links = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in ((RELEASE, TITLE), (GUIDE, "Guide")))
        if self.published:
            self.site.put(f"{A}/papers", f"<title>Papers</title><p class=total>2 papers</p><ul>{links}</ul>")
        listed = [(GUIDE, "How to report"), (f"{A}/news/other-0", "Other sample release number 0")]
        cards = "".join(
            f'<p><a href="{url}">{title}</a></p>'
            for url, title in (*listed, *([(RELEASE, TITLE)] if self.published else []))
        )
        body = f'<main><h1>Shelf</h1><h2>All</h2><div class="cards">{cards}</div></main>'
        self.site.put(SHELF, f"<html><body>{body}</body></html>")


def told(data: Path, text: str) -> Listed:
    """Return the world after the list had the release, and had it no more."""
    world = Listed(data, text + LISTED)
    for published in (False, True, True, False):
        world.published = published
        world.crawl()
    return world


def held(data: Path) -> list[str]:
    """Return the tables about lists in which the release stands."""
    with live(data) as store:
        found = {
            table: json.dumps(store.all(f"select * from {table}"))
            for table in ("listed_entries", "slices", "placements", "list_changes", "unlisted")
        }
    return [table for table, rows in found.items() if NAME in rows.lower()]


def lists(data: Path) -> list[str]:
    with live(data) as store:
        rows = store.all("select title from entries where kind='list' and announced is not null order by crawl")
    return [str(row["title"]) for row in rows]


def shown(data: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(export(data / DATABASE))) as public:
        return public.execute("select title, url from entries where kind='list' order by n").fetchall()


def test_a_place_in_a_list_goes_with_the_document_that_was_removed(tmp_path: Path) -> None:
    world = told(tmp_path / "data", PEOPLE)
    for url in (RELEASE, COPY):
        world.site.put(url, "gone", status=410)
    assert any(TITLE in title for title in lists(world.data)), "it was told of before"
    world.site.moves.clear()
    world.crawl()
    world.crawl()
    with live(world.data) as store:
        assert store.value("select availability from documents where url=?", RELEASE) in ("gone", "withdrawn")
    assert sorted(shown(world.data)) == [
        ("Added: 1 entry of Sample shelf", SHELF), ("Removed: 1 entry of Sample shelf", SHELF),
    ]  # fmt: skip
    assert leaks(world.data / DATABASE, world.data / FILE) == []
    assert [place for place in traces(world.data) if place.startswith(("feeds", FILE))] == []
    same(world.data)


def test_a_place_in_a_list_goes_with_the_document_that_was_redacted(tmp_path: Path) -> None:
    world = told(tmp_path / "data", SOURCES)
    assert any(TITLE in title for title in lists(world.data)), "it was told of before"
    assert {"listed_entries", "list_changes"} <= set(held(world.data)), held(world.data)
    world.redact(url=RELEASE)
    world.crawl()
    world.crawl()
    assert shown(world.data) == [(LOST, SHELF), (LOST, SHELF)]
    assert traces(world.data) == []
    same(world.data)
