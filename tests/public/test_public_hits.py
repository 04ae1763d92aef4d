"""How often a filter had a hit: the same number whichever way it is counted."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import Filter, chosen
from crawler.feeds.facets import FACETS, LISTED
from crawler.public import database
from crawler.public import filters as counting
from crawler.public.filters import FilterCounts
from crawler.text import stamp
from tests.public.entries_world import DOCUMENTS, KINDS, PATHS, Rows, empty, filled

CLOCK = datetime(2026, 11, 24, 10, tzinfo=UTC)
ACT = DOCUMENTS[0]
values = {
    **{name: tuple(facet.values) for name, facet in FACETS.items() if facet.values},
    "publisher": ("ho", "eu"),
    "source": ("a", "b"),
    "document": DOCUMENTS,
    "kind": KINDS,
}
pairs = st.sampled_from(sorted(values)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(values[name])))
filters = st.lists(pairs, max_size=4).map(chosen) | st.sampled_from(PATHS).map(
    lambda path: chosen([("document", ACT), ("section", path)])
)


@pytest.fixture(scope="module")
def filled_world() -> tuple[Connection, Rows]:
    return filled(400)


def expected(rows: Rows, filter: Filter) -> FilterCounts:
    times = [row.columns["announced"] for row in rows if row.fits(filter)]
    month, week = (stamp(CLOCK - timedelta(days=days)) for days in (30, 7))
    return FilterCounts(
        ever=len(times),
        more=False,
        month=sum(time >= month for time in times),
        week=sum(time >= week for time in times),
        last=max(times, default=""),
    )


@given(filters)
def test_hits_are_those_of_the_filter(filled_world: tuple[Connection, Rows], filter: Filter) -> None:
    db, rows = filled_world
    assert counting.hits(db, filter, CLOCK) == expected(rows, filter)


def test_there_are_hits_in_each_time(filled_world: tuple[Connection, Rows]) -> None:
    found = expected(filled_world[1], Filter())
    assert found.ever > found.month > found.week > 0


def test_mixed_filters_are_counted_up_to_a_limit(
    filled_world: tuple[Connection, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MAX_HITS_COUNTED", 10)
    db, rows = filled_world
    wide = chosen([("kind", "act"), ("kind", "guidance")])
    right = expected(rows, wide)
    assert counting.hits(db, wide, CLOCK) == replace(right, ever=10, more=True) and right.ever > 11
    for known in (Filter(), chosen([("topic", "children")]), chosen([("significance", "editorial")])):
        assert counting.hits(db, known, CLOCK) == expected(rows, known), "counted when it was exported"
        assert expected(rows, known).ever > 11


def test_nothing_was_ever_announced() -> None:
    for filter in (Filter(), chosen([("topic", "children")]), chosen([("document", ACT)])):
        assert counting.hits(empty(), filter, CLOCK) == FilterCounts(ever=0, more=False, month=0, week=0, last="")


def test_each_value_that_was_announced_is_told(filled_world: tuple[Connection, Rows]) -> None:
    db, rows = filled_world
    announced = [row for row in rows if row.columns["announced"]]
    kinds = {row.columns["document_kind"] for row in announced}
    places = {place for row in announced for place in row.facets["jurisdiction"]}
    assert counting.announced_values(db, "kind", "jurisdiction") == [
        *(("kind", kind) for kind in sorted(kinds)), *(("jurisdiction", place) for place in sorted(places)),
    ]  # fmt: skip
    assert counting.announced_values(empty(), "kind") == []


def test_values_have_the_names_of_the_database(filled_world: tuple[Connection, Rows]) -> None:
    db, _ = filled_world
    assert counting.sources(db) == [
        ("publisher", "eu", "Office eu"), ("publisher", "ho", "Office ho"), ("source", "a", "Source a"),
        ("source", "b", "Source b"),
    ]  # fmt: skip
    filter = chosen([("publisher", "ho"), ("source", "b"), ("document", ACT), ("topic", "children")])
    assert counting.names(db, filter) == {
        ("publisher", "ho"): "Office ho", ("source", "b"): "Source b", ("document", ACT): f"Title of {ACT}",
    }  # fmt: skip
    assert {(row["facet"], row["value"]) for row in counting.counts(db)} >= {(facet, "act") for facet in ("kind",)}
    assert {row["facet"] for row in counting.counts(db)} == set(LISTED)


def test_bodies_are_made_once_and_the_oldest_are_let_go(tmp_path: Path) -> None:
    path = tmp_path / database.FILE
    with closing(sqlite3.connect(path)) as made:
        made.execute("create table about (key)")
    asked: list[int] = []

    def body(connection: sqlite3.Connection, size: int) -> tuple[bytes, str]:
        asked.append(size)
        return b"x" * size, ""

    public, half = database.PublicDatabase(path), database.MAX_KEPT_BYTES // 2
    for size in (half, half - 1, half, half - 2, half, half - 1):
        assert len(public.ask_once(size, body, size)[0]) == size
    assert asked == [half, half - 1, half - 2, half - 1], "half was asked in between, and stays"
    public.ask_once(0, body, database.MAX_KEPT_BYTES + 1)
    public.ask_once(half, body, half)
    assert asked[-2:] == [database.MAX_KEPT_BYTES + 1, half], "what is too large for all is not kept"
