"""Filters: allow-listed names, values as parameters, values of one facet "or", facets "and"."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.entries import headlines
from crawler.feeds import CHANGES, FACETS, Feed, Filter, UnknownFilterError, chosen, newest, one, read, unknown
from crawler.feeds.facets import LISTED, SHARED, title
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, JURISDICTIONS, KINDS, ROLES, TOOLKIT, TOPICS
from tests.feeds.feeds_world import ANNEX, DOCUMENTS, PATHS, Rows, add, filled

COUNT = 330
CLOSED = [name for name, facet in FACETS.items() if facet.values is not None and not facet.more]
ACT = DOCUMENTS[0]


@pytest.fixture(scope="module")
def filled_world() -> tuple[Database, Rows]:
    return filled(COUNT)


@pytest.fixture(scope="module")
def db(filled_world: tuple[Database, Rows]) -> Database:
    return filled_world[0]


@pytest.fixture(scope="module")
def rows(filled_world: tuple[Database, Rows]) -> Rows:
    return filled_world[1]


def ids(db: Database, filter: Filter, **rest: Any) -> list[str]:
    sql, params = newest(filter, **rest)
    return [read(row).id for row in db.query(sql, params)]


def every(db: Database, filter: Filter) -> set[str]:
    return set(ids(db, filter, limit=COUNT))


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


def values_of(facet: str) -> list[str]:
    """Give values of a facet that some entry of the world has, and one or two that none has."""
    return {
        "publisher": ["ho", "eu"],
        "source": ["a", "b"],
        "kind": ["guidance", "act", "report", "round-up", "bill"],
        "document": [*DOCUMENTS, ANNEX],
    }.get(facet) or list(FACETS[facet].values or ())


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


@pytest.mark.parametrize("facet", [name for name in FACETS if name not in CLOSED and name != "section"])
def test_values_nothing_has_are_told(db: Database, facet: str) -> None:
    assert list(db.query(*unknown(chosen([(facet, "Atlantis")])))) == [{"facet": facet, "value": "Atlantis"}]


@pytest.mark.parametrize("facet", CLOSED)
def test_values_of_no_closed_list_are_refused(facet: str) -> None:
    for value in ("Atlantis", "x' or 1=1 --", "children\x00", "é", "CHILDREN", " "):
        with pytest.raises(UnknownFilterError, match=f"There is no “.*” under “{FACETS[facet].label}”"):
            chosen([(facet, value)])


def test_values_something_has_are_not(db: Database) -> None:
    known = [(facet, value) for facet in (*LISTED, "document") for value in values_of(facet)]
    for pair in known:
        assert list(db.query(*unknown(chosen([pair])))) == [], pair
    assert list(db.query(*unknown(Filter()))) == []
    lists = {"topic": TOPICS, "role": ROLES, "aimed_at": AIMED_AT, "exploitation": EXPLOITATION, "toolkit": TOOLKIT,
             "jurisdiction": JURISDICTIONS, "kind": KINDS}  # fmt: skip
    for facet, values in lists.items():
        assert list(FACETS[facet].values or ()) == list(values)


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


def test_no_section_of_such_a_document_is_known_by_an_old_id(db: Database) -> None:
    add(db, "documents", id="trial", root="trial", kind="case_law", title="R v Other", source="a")
    add(db, "sections", document="trial", path="jane-doe", digest="e", parts="[]", newest=1)
    add(db, "aliases", alias="old-trial", document="trial")
    filter = chosen([("document", "old-trial"), ("section", "jane-doe")])
    assert [row["facet"] for row in db.query(*unknown(filter))] == ["section"]


@pytest.mark.parametrize(
    ("section", "is_known"),
    [("section-45", True), ("section-45-1", True), ("schedule", True), ("section-999", False), ("section-4%", False),
     ("section_4", False), ("section-45-1-b", True), ("section-45-2", False)],
)  # fmt: skip
def test_a_section_is_known_by_itself_by_what_is_below_and_by_its_parts(
    db: Database, section: str, is_known: bool
) -> None:
    parts = json.dumps([["section-45-1-b", 3, 9]])
    db.execute("update sections set parts = ? where path = 'section-45-1'", [parts])
    found = list(db.query(*unknown(chosen([("document", ACT), ("section", section)]))))
    assert found == ([] if is_known else [{"facet": "section", "value": section}])


def test_no_section_of_a_document_that_names_people_is_known(db: Database) -> None:
    add(db, "documents", id="case", root="case", kind="case_law", title="R v Sample", source="a")
    add(db, "sections", document="case", path="john-doe-of-sampletown", digest="d", parts="[]", newest=1)
    filter = chosen([("document", "case"), ("section", "john-doe-of-sampletown")])
    assert [row["facet"] for row in db.query(*unknown(filter))] == ["section"]
    assert list(db.query(*unknown(chosen([("document", "case")])))) == []


@pytest.mark.parametrize("name", ["x", "e.id", "", "Topic", "facet", "entry", "topic[]", "topic "])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(UnknownFilterError, match="There is no filter “"):
        chosen([(name, "children")])


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("aimed_at", "housin"), "Did you mean “Housing"), (("aimed_at", "Housing"), "(housing)?"),
        (("aimedat", "housing"), "Did you mean “Aimed at” (aimed_at)?"), (("topics", "x"), "“Topic” (topic)?"),
        (("topic", "childern"), "(children)?"), (("Where it applies", "Wales"), "(jurisdiction)?"),
        (("topic", "labor exploitation"), "(labour_exploitation)?"),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_said(pair: tuple[str, str], said: str) -> None:
    with pytest.raises(UnknownFilterError) as found:
        chosen([pair])
    assert said in str(found.value)


def test_what_is_like_nothing_gets_the_choices_in_words() -> None:
    with pytest.raises(UnknownFilterError) as found:
        chosen([("qqqq", "x")])
    assert "Where it applies" in str(found.value) and "aimed_at" not in str(found.value)
    with pytest.raises(UnknownFilterError) as found:
        chosen([("topic", "z" * 5000)])
    assert "Labour exploitation" in str(found.value) and "labour_exploitation" not in str(found.value)
    assert len(str(found.value)) < 1200


def test_too_many_values_are_refused() -> None:
    with pytest.raises(UnknownFilterError, match="more than 50"):
        chosen([("publisher", str(number)) for number in range(51)])


OPEN = st.sampled_from(["jurisdiction", "kind", "publisher", "source", "document"])


@given(st.lists(st.tuples(OPEN, st.text(max_size=9)), max_size=9), st.lists(st.text(max_size=9), max_size=3))
def test_values_never_become_sql(db: Database, pairs: list[tuple[str, str]], paths: list[str]) -> None:
    alone = [("document", "d"), *(("section", path) for path in paths)]
    for given_pairs in (pairs, alone):
        filter = chosen(given_pairs)
        assert filter == chosen(reversed(given_pairs))
        sql, params = newest(filter)
        bare, _ = newest(chosen([(facet, f"x{n}") for n, (facet, _) in enumerate(filter.pairs)]))
        assert set(params.values()) - {50, 0} == {value for _, value in filter.pairs}
        assert sql == bare
        assert ids(db, filter) is not None
        list(db.query(*unknown(filter)))


@given(st.permutations([("topic", "children"), ("topic", "supply_chains"), ("kind", "act"), ("role", "police")]))
def test_the_id_of_a_feed_does_not_know_the_order(pairs: list[tuple[str, str]]) -> None:
    feed = Feed(authority="sample.invalid", filter=chosen([*pairs, pairs[0], ("source", "")]))
    assert feed.id == ("tag:sample.invalid,2026:feed/changes?kind=act&role=police&topic=children&topic=supply_chains")


def test_every_kind_of_entry_can_be_asked_for() -> None:
    assert set(headlines._ORDER) | {"watching", "late"} == set(CHANGES)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], ""),
        ([("jurisdiction", "European Union"), ("topic", "labour_exploitation"), ("kind", "report"),
          ("kind", "guidance")], "labour exploitation; European Union; guidance or report"),
        ([("exploitation", "labour")], "type of exploitation: labour exploitation"),
        ([("role", "police"), ("aimed_at", "police")], "for police lead; aimed at police"),
        ([("significance", "legal effect"), ("significance", "substantive")], "legal effect or substantive change"),
        ([("change", "gone"), ("change", "withdrawn")], "what happened: no longer found or withdrawn"),
        ([("publisher", "ho"), ("source", "a")], "published by Home Office; from a"),
        ([("kind", "act"), ("kind", "asp"), ("kind", "si")],
         "Act or Act of the Scottish Parliament or statutory instrument"),
        ([("topic", "identification_nrm"), ("toolkit", "training")],
         "identification and referral (NRM); training library"),
        ([("document", "d"), ("section", "section-45-1"), ("section", "who-acts")],
         "d; Section 45(1) or Who acts and below"),
    ],
)  # fmt: skip
def test_a_title_says_the_filter_in_words(pairs: list[tuple[str, str]], words: str) -> None:
    assert title(chosen(pairs).pairs, {("publisher", "ho"): "Home Office"}) == words


def test_no_two_values_have_the_same_words() -> None:
    every = [(facet, value) for facet in [*CLOSED, "jurisdiction", "kind"] for value in FACETS[facet].values or ()]
    titles = {pair: title((pair,)) for pair in every}
    assert len(set(titles.values())) == len(titles), sorted(titles.items(), key=lambda pair: pair[1])
    assert set(SHARED) < set(FACETS)
