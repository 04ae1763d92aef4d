"""Filters: allow-listed names, values as parameters, values of one facet "or", facets "and"."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.feeds import FACETS, Feed, Filter, UnknownFilterError, chosen, newest, one, unknown
from tests.feeds.feeds_select import ACT, COUNT, every, ids, values_of
from tests.feeds.feeds_world import ANNEX, DOCUMENTS, PATHS, Rows, add, filled


def test_the_newest_fifty_and_corrections_first(db: Database) -> None:
    found = ids(db, Filter())
    times = {row["id"]: row["announced"] for row in db.query("select id, announced from entries")}
    assert len(found) == 50 and [times[name] for name in found] == sorted((times[n] for n in found), reverse=True)
    assert ids(db, Filter(), limit=5, skip=5) == found[5:10]
    oldest = ids(db, Filter(), limit=COUNT)[-1]
    db.execute("update entries set state = 'corrected', updated = '2027-01-01T00:00:00Z' where id = ?", [oldest])
    try:
        assert ids(db, Filter())[0] == oldest
        assert ids(db, Filter(), by="announced", limit=COUNT)[-1] == oldest
    finally:
        db.execute("update entries set state = 'announced', updated = announced where id = ?", [oldest])


pairs = st.sampled_from([name for name in FACETS if name != "section"]).flatmap(
    lambda facet: st.tuples(st.just(facet), st.sampled_from(values_of(facet)))
)
filters = st.lists(pairs, max_size=5).map(chosen)
sections = st.lists(st.sampled_from(PATHS), min_size=1, max_size=3).map(
    lambda paths: chosen([("document", ACT), *(("section", path) for path in paths)])
)


@given(filters | sections)
def test_a_filter_means_what_it_says(db: Database, rows: Rows, filter: Filter) -> None:
    assert every(db, filter) == {row.id for row in rows if row.fits(filter)}


@pytest.mark.parametrize("facet", [name for name in FACETS if name != "section"])
def test_every_facet_has_hits_and_misses(db: Database, rows: Rows, facet: str) -> None:
    for value in values_of(facet):
        found = every(db, chosen([(facet, value)]))
        assert found == {row.id for row in rows if row.fits(chosen([(facet, value)]))}
        assert len(found) < COUNT
        assert found or (facet, value) in EMPTY, (facet, value)


EMPTY = {("kind", "bill")} | {("jurisdiction", name) for name in ("Council of Europe", "Ireland", "Netherlands")}
"""What no entry of the world has: asking for it is right all the same."""


def test_or_within_and_between(db: Database) -> None:
    children, housing = chosen([("topic", "children")]), chosen([("aimed_at", "housing")])
    either = chosen([("topic", "children"), ("topic", "supply_chains")])
    assert every(db, either) == every(db, children) | every(db, chosen([("topic", "supply_chains")]))
    both = chosen([("topic", "children"), ("aimed_at", "housing")])
    assert every(db, both) == every(db, children) & every(db, housing)
    assert every(db, both) and every(db, children) - every(db, both)


def test_labour_exploitation_in_the_european_union_is_nothing_else(db: Database, rows: Rows) -> None:
    filter = chosen([("topic", "labour_exploitation"), ("jurisdiction", "European Union")])
    found = every(db, filter)
    places = {row.columns["jurisdiction"] for row in rows if row.id in found}
    assert found and places == {"European Union"}


def test_where_it_applies_holds_what_contains_it_and_what_it_contains(db: Database, rows: Rows) -> None:
    by_place = {row.id: row.columns["jurisdiction"] for row in rows}
    assert {by_place[name] for name in every(db, chosen([("jurisdiction", "Wales")]))} == {
        "United Kingdom", "England and Wales",
    }  # fmt: skip
    assert {by_place[name] for name in every(db, chosen([("jurisdiction", "United Kingdom")]))} == {
        "United Kingdom", "England and Wales", "Scotland",
    }  # fmt: skip


def test_a_section_and_what_is_below_it(db: Database, rows: Rows) -> None:
    def told(section: str) -> set[str]:
        found = every(db, chosen([("document", ACT), ("section", section)]))
        return {path for row in rows if row.id in found for document, path in row.places if document == ACT}

    assert told("section-4") & set(PATHS) >= {"section-4", "section-4-1", "section-4-1-a"}
    mine = [row for row in rows if len({p for d, p in row.places if d == ACT and p}) == 1]
    for section, below in (
        ("section-4", {"section-4", "section-4-1", "section-4-1-a"}),
        ("section-45", {"section-45", "section-45-1"}),
        ("section-4A", {"section-4A"}),
        ("section-4-1-a", {"section-4-1-a"}),
        ("who-acts", {"who-acts"}),
    ):
        found = every(db, chosen([("document", ACT), ("section", section)]))
        seen = {p for row in mine if row.id in found for d, p in row.places if d == ACT and p}
        assert seen == below, section


@pytest.mark.parametrize(
    "pairs", [[("section", "section-4")], [("section", "section-4"), ("document", ACT), ("document", ANNEX)]]
)
def test_a_section_needs_its_one_document(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(UnknownFilterError, match="a section is one of a document"):
        chosen(pairs)


def test_a_document_is_found_through_its_attachments_and_through_what_is_done_to_it(db: Database, rows: Rows) -> None:
    annex = every(db, chosen([("document", ANNEX)]))
    assert annex and {row.columns["document"] for row in rows if row.id in annex} == {DOCUMENTS[1]}
    act = every(db, chosen([("document", ACT)]))
    assert {row.columns["document"] for row in rows if row.id in act} > {ACT}


def test_editorial_changes_stay_in_the_feed_of_their_document(db: Database, rows: Rows) -> None:
    editorial = {row.id for row in rows if row.columns["significance"] == "editorial" and row.columns["announced"]}
    of_documents = {row.id for row in rows if row.columns["document"] is not None} & editorial
    about_us = editorial - of_documents
    assert of_documents and about_us
    assert every(db, Filter()) & editorial == about_us
    assert every(db, chosen([("kind", "report")])) & of_documents == set()
    assert every(db, chosen([("significance", "editorial")])) == editorial
    assert every(db, chosen([("document", ACT)])) & of_documents
    assert every(db, chosen([("document", ACT), ("kind", "guidance")])) & of_documents


def test_each_row_has_its_facets(db: Database, rows: Rows) -> None:
    found = {row["id"]: json.loads(row["facets"]) for row in db.query(*newest(Filter(), limit=COUNT))}
    for row in rows:
        if row.id in found:
            assert found[row.id] == {facet: sorted(values) for facet, values in row.facets.items() if values}


def test_an_entry_by_its_id(db: Database, rows: Rows) -> None:
    silent = next(row.id for row in rows if row.columns["announced"] is None)
    assert [row["id"] for row in db.query(one(), {"id": silent})] == [silent]


def test_a_document_is_found_by_every_id_it_ever_had() -> None:
    db, rows = filled(120)
    old, older, now = "url:https://x.example/report", "url:https://x.example/draft", DOCUMENTS[2]
    for alias in (old, older):
        add(db, "aliases", alias=alias, document=now)
    told = [row.id for row in rows if row.columns["announced"] is not None][:2]
    for entry, document in zip(told, (old, older), strict=True):
        add(db, "entry_sections", entry=entry, document=document, path="section-7-1")
    found = {name: every(db, chosen([("document", name)])) for name in (now, old, older)}
    assert found[now] == found[old] == found[older] > set(told)
    below = {name: every(db, chosen([("document", name), ("section", "section-7")])) for name in (now, old, older)}
    assert below[now] == below[old] == below[older] == set(told)
    for name in (now, old, older):
        assert list(db.query(*unknown(chosen([("document", name), ("section", "section-7")])))) == [], name
    assert [row["facet"] for row in db.query(*unknown(chosen([("document", f"{old}/x")])))] == ["document"]


@given(st.permutations([("topic", "children"), ("topic", "supply_chains"), ("kind", "act"), ("role", "police")]))
def test_the_id_of_a_feed_does_not_know_the_order(pairs: list[tuple[str, str]]) -> None:
    feed = Feed(authority="sample.invalid", filter=chosen([*pairs, pairs[0], ("source", "")]))
    assert feed.id == ("tag:sample.invalid,2026:feed/changes?kind=act&role=police&topic=children&topic=supply_chains")
