"""Entries of a filter: values of one facet "or", facets "and", from whichever list they are read."""

import json
from sqlite3 import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes.strength import DutyChange
from crawler.feeds import FACETS, EntryChange, Feed, Filter, UnknownFilterError, chosen
from crawler.feeds.entry import Copy
from crawler.model import Word
from crawler.public import entries
from crawler.public.filters import unknown
from crawler.sources.vocabulary import STATES
from tests.public.entries_asked import ACT, COUNT, every, ids, pages, values_of
from tests.public.entries_world import ANNEX, DOCUMENTS, PATHS, Rows, add, filled


def test_the_newest_fifty_and_corrections_first(db: Connection) -> None:
    found = ids(db, Filter())
    times = {row["id"]: row["announced"] for row in db.execute("select id, announced from entries")}
    assert len(found) == 50 and [times[name] for name in found] == sorted((times[n] for n in found), reverse=True)
    assert pages(db, Filter(), limit=5, skip=5) == found[5:10]
    oldest = ids(db, Filter(), limit=COUNT)[-1]
    db.execute("update entries set updated = '2027-01-01T00:00:00Z', rank = -1 where id = ?", [oldest])
    try:
        assert ids(db, Filter())[0] == oldest
        assert pages(db, Filter(), limit=COUNT)[-1] == oldest
    finally:
        db.execute("update entries set updated = announced, rank = n where id = ?", [oldest])


pairs = st.sampled_from([name for name in FACETS if name != "section"]).flatmap(
    lambda facet: st.tuples(st.just(facet), st.sampled_from(values_of(facet)))
)
filters = st.lists(pairs, max_size=5).map(chosen)
sections = st.lists(st.sampled_from(PATHS), min_size=1, max_size=3).map(
    lambda paths: chosen([("document", ACT), *(("section", path) for path in paths)])
)


@given(filters | sections)
def test_a_filter_means_what_it_says(db: Connection, rows: Rows, filter: Filter) -> None:
    fitting = {row.id for row in rows if row.fits(filter)}
    assert every(db, filter) == fitting
    assert pages(db, filter, limit=COUNT) == [
        row["id"] for row in db.execute("select id from entries order by n") if row["id"] in fitting
    ]


@pytest.fixture(scope="module")
def revised() -> Connection:
    """A world in which every third announced entry was revised later."""
    db, _ = filled(COUNT)
    db.execute("update entries set updated = '2027-01-' || (10 + n % 19) where announced is not null and n % 3 = 0")
    db.execute("update entries set rank = -n")
    order = "select n, row_number() over (order by announced is null, updated desc, n) as rank from entries"
    db.execute(f"update entries set rank = x.rank from ({order}) x where x.n = entries.n")
    return db


@given(filters | sections, st.sampled_from([1, 5, 50]), st.sampled_from([0, 20, entries.MAX_SORTED_ENTRIES]))
def test_feeds_are_the_same_whichever_way_they_are_found(
    revised: Connection, filter: Filter, limit: int, few: int
) -> None:
    ranks = {row["id"]: row["rank"] for row in revised.execute("select id, rank from entries")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "MAX_SORTED_ENTRIES", few)
        shown = ids(revised, filter, limit=limit)
    assert shown == sorted(pages(revised, filter, limit=COUNT), key=ranks.__getitem__)[:limit]


@pytest.mark.parametrize("facet", [name for name in FACETS if name != "section"])
def test_every_facet_has_hits_and_misses(db: Connection, rows: Rows, facet: str) -> None:
    for value in values_of(facet):
        found = every(db, chosen([(facet, value)]))
        assert found == {row.id for row in rows if row.fits(chosen([(facet, value)]))}
        assert len(found) < COUNT
        assert found or (facet, value) in EMPTY, (facet, value)


EMPTY = {("kind", "bill"), ("change", "older"), ("change", "several"), ("change", "list")} | {
    ("jurisdiction", name) for name in ("Council of Europe", *STATES.values())
}
"""What no entry of the world has: asking for it is right all the same."""


def test_or_within_and_between(db: Connection) -> None:
    children, housing = chosen([("topic", "children")]), chosen([("aimed_at", "housing")])
    either = chosen([("topic", "children"), ("topic", "supply_chains")])
    assert every(db, either) == every(db, children) | every(db, chosen([("topic", "supply_chains")]))
    both = chosen([("topic", "children"), ("aimed_at", "housing")])
    assert every(db, both) == every(db, children) & every(db, housing)
    assert every(db, both) and every(db, children) - every(db, both)


def test_labour_exploitation_in_the_european_union_is_nothing_else(db: Connection, rows: Rows) -> None:
    filter = chosen([("topic", "labour_exploitation"), ("jurisdiction", "European Union")])
    found = every(db, filter)
    places = {row.columns["jurisdiction"] for row in rows if row.id in found}
    assert found and places == {"European Union"}


def test_where_it_applies_holds_what_contains_it_and_what_it_contains(db: Connection, rows: Rows) -> None:
    by_place = {row.id: row.columns["jurisdiction"] for row in rows}
    assert {by_place[name] for name in every(db, chosen([("jurisdiction", "Wales")]))} == {
        "United Kingdom", "England and Wales",
    }  # fmt: skip
    assert {by_place[name] for name in every(db, chosen([("jurisdiction", "United Kingdom")]))} == {
        "United Kingdom", "England and Wales", "Scotland",
    }  # fmt: skip


def test_a_section_and_what_is_below_it(db: Connection, rows: Rows) -> None:
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


def test_a_document_is_found_through_its_attachments_and_through_what_is_done_to_it(db: Connection, rows: Rows) -> None:
    annex = every(db, chosen([("document", ANNEX)]))
    assert annex and {row.columns["document"] for row in rows if row.id in annex} == {DOCUMENTS[1]}
    act = every(db, chosen([("document", ACT)]))
    assert {row.columns["document"] for row in rows if row.id in act} > {ACT}


def test_editorial_changes_stay_in_the_feed_of_their_document(db: Connection, rows: Rows) -> None:
    editorial = {row.id for row in rows if row.columns["significance"] == "editorial" and row.columns["announced"]}
    of_documents = {row.id for row in rows if row.columns["document"] is not None} & editorial
    about_us = editorial - of_documents
    assert of_documents and about_us
    assert every(db, Filter()) & editorial == about_us
    assert every(db, chosen([("kind", "report")])) & of_documents == set()
    assert every(db, chosen([("significance", "editorial")])) == editorial
    assert every(db, chosen([("document", ACT)])) & of_documents
    assert every(db, chosen([("document", ACT), ("kind", "guidance")])) & of_documents


def test_each_entry_has_its_facets(db: Connection, rows: Rows) -> None:
    found = {entry.id: entry.facets for entry in entries.newest(db, Filter(), limit=COUNT)}
    for row in rows:
        if row.id in found:
            assert found[row.id] == {facet: tuple(sorted(values)) for facet, values in row.facets.items() if values}


def test_an_entry_by_its_id(db: Connection, rows: Rows) -> None:
    silent = next(row.id for row in rows if row.columns["announced"] is None)
    found = entries.entry(db, silent)
    assert found is not None and (found.id, found.announced, found.state) == (silent, "", "silent")
    assert entries.entry(db, "none") is None


def test_an_entry_is_read_whole() -> None:
    db, _ = filled(0)
    details = [
        {
            "kind": "changed",
            "document": ACT,
            "path": "section-4",
            "heading": "Who",
            "words": [["+", "must"]],
            "duty": [{"flag": "modal", "before": "may", "after": "must"}],
        }
    ]
    copy = {"document": "d", "title": "T", "url": "", "publisher": "P", "relation": "translation", "language": "cy"}
    lists = {name: json.dumps([name]) for name in ("why", "aimed_at", "look_for", "flags", "sure", "topics")}
    add(db, "entries", n=1, id="e", details=json.dumps(details), copies=json.dumps([copy]), confirmed=1,
        labels='{"topic": ["b"], "role": ["a", "c"]}', removed="2026-01-02", private=1, state="corrected",
        **lists)  # fmt: skip
    found = entries.entry(db, "e")
    assert found is not None
    assert found.told == (EntryChange(kind="changed", document=ACT, path="section-4", heading="Who",
                               words=(Word(op="+", text="must"),),
                               duty=(DutyChange(flag="modal", before="may", after="must"),)),)  # fmt: skip
    assert found.copies == (Copy(**copy),) and found.facets == {"role": ("a", "c"), "topic": ("b",)}
    assert (found.why, found.sure, found.topics) == (("why",), ("sure",), ("topics",))
    assert (found.private, found.confirmed, found.removed, found.document) == (True, True, "2026-01-02", "")


def test_later_entries_are_those_of_the_document_that_came_after() -> None:
    world, _ = filled(0)
    common = {"details": "[]", "document": ACT, "title": "t", "announced": "2026-11-24"}
    for n, (id, seen) in enumerate((("b", "2026-02"), ("a", "2026-02"), ("c", "2026-03"), ("d", "2026-01"))):
        add(world, "entries", n=n, rank=n, id=id, seen=seen, **common)
    add(world, "entries", n=8, rank=8, id="x", seen="2026-04", **{**common, "announced": None})
    add(world, "entries", n=9, rank=9, id="y", seen="2026-04", **{**common, "document": None})
    assert [row["id"] for row in entries.later(world, "a")] == ["b", "c"]
    assert [row["id"] for row in entries.later(world, "c")] == []
    assert entries.later(world, "y") == []


def test_a_document_is_found_by_every_id_it_ever_had() -> None:
    db, rows = filled(120)
    old, older, now = "url:https://x.example/report", "url:https://x.example/draft", DOCUMENTS[2]
    for alias in (old, older):
        add(db, "aliases", alias=alias, document=now)
    told = [row.id for row in rows if row.columns["announced"] is not None][:2]
    for entry, document in zip(told, (old, older), strict=True):
        (n,) = db.execute("select n from entries where id = ?", [entry]).fetchone()
        add(db, "entry_sections", entry=n, document=document, path="section-7-1")
    found = {name: every(db, chosen([("document", name)])) for name in (now, old, older)}
    assert found[now] == found[old] == found[older] > set(told)
    below = {name: every(db, chosen([("document", name), ("section", "section-7")])) for name in (now, old, older)}
    assert below[now] == below[old] == below[older] == set(told)
    for name in (now, old, older):
        assert unknown(db, chosen([("document", name), ("section", "section-7")])) == [], name
    assert unknown(db, chosen([("document", f"{old}/x")])) == [("document", f"{old}/x")]


@given(st.permutations([("topic", "children"), ("topic", "supply_chains"), ("kind", "act"), ("role", "police")]))
def test_the_id_of_a_feed_does_not_know_the_order(pairs: list[tuple[str, str]]) -> None:
    feed = Feed(authority="sample.invalid", filter=chosen([*pairs, pairs[0], ("source", "")]))
    assert feed.id == ("tag:sample.invalid,2026:feed/changes?kind=act&role=police&topic=children&topic=supply_chains")
