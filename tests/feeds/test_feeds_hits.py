"""How often a filter had a hit: the same number whichever way it is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.feeds import Filter, chosen
from crawler.feeds import hits as counting
from crawler.feeds.facets import FACETS, LISTED
from crawler.text import stamp
from tests.feeds.feeds_world import DOCUMENTS, KINDS, PATHS, Rows, empty, filled

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
def filled_world() -> tuple[Database, Rows]:
    return filled(400)


def counted(db: Database, filter: Filter, few: int = counting.FEW) -> dict[str, object]:
    sizes = list(db.query(*counting.sizes(filter)))
    by = counting.rarest([row for row in sizes if row["entries"] <= few])
    return next(iter(db.query(*counting.hits(filter, CLOCK, by))))


def expected(rows: Rows, filter: Filter) -> dict[str, object]:
    times = [row.columns["announced"] for row in rows if row.fits(filter)]
    month, week = (stamp(CLOCK - timedelta(days=days)) for days in (30, 7))
    return {
        "ever": len(times),
        "month": sum(time >= month for time in times),
        "week": sum(time >= week for time in times),
        "last": max(times, default=None),
    }


@given(filters, st.sampled_from([0, 30, counting.FEW]))
def test_hits_are_those_of_the_filter(filled_world: tuple[Database, Rows], filter: Filter, few: int) -> None:
    db, rows = filled_world
    found = counted(db, filter, few)
    assert {name: found[name] for name in found if name != "exact"} == expected(rows, filter)


def test_there_are_hits_in_each_time(filled_world: tuple[Database, Rows]) -> None:
    found = expected(filled_world[1], Filter())
    assert int(str(found["ever"])) > int(str(found["month"])) > int(str(found["week"])) > 0


def test_wide_filters_are_counted_up_to_a_limit(
    filled_world: tuple[Database, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST", 10)
    db, rows = filled_world
    found, right = counted(db, Filter()), expected(rows, Filter())
    assert (found["ever"], found["exact"]) == (11, 0)
    assert (found["month"], found["week"], found["last"]) == (right["month"], right["week"], right["last"])
    narrow = chosen([("topic", "children")])
    assert counted(db, narrow)["ever"] == expected(rows, narrow)["ever"] > 11  # type: ignore[operator]
    assert counted(db, narrow)["exact"] == 1


def test_the_rarest_facet_is_counted_by(filled_world: tuple[Database, Rows]) -> None:
    filter = chosen([("jurisdiction", "United Kingdom"), ("exploitation", "surrogacy"), ("kind", "act")])
    sizes = list(filled_world[0].query(*counting.sizes(filter)))
    assert {row["facet"] for row in sizes} == {"jurisdiction", "exploitation"}
    assert counting.rarest(sizes) == "exploitation"
    assert counting.rarest([{"facet": "topic", "entries": counting.FEW + 1}]) == ""
    assert counting.rarest([]) == ""


def test_nothing_was_ever_announced() -> None:
    for filter in (Filter(), chosen([("topic", "children")]), chosen([("document", ACT)])):
        found = counted(empty(), filter)
        assert (found["ever"], found["month"], found["week"], found["last"]) == (0, 0, 0, None)


def test_each_value_is_counted_as_its_filter_would_find_it(filled_world: tuple[Database, Rows]) -> None:
    db, rows = filled_world
    found = {(row["facet"], row["value"]): row["entries"] for row in db.query(counting.counts())}
    listed = [(facet, value) for facet in LISTED for value in values[facet]]
    expected_counts = {pair: sum(row.fits(chosen([pair])) for row in rows) for pair in listed}
    assert found == {pair: number for pair, number in expected_counts.items() if number}
    assert {facet for facet, _ in found} == set(LISTED)
