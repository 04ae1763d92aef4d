"""What no filter knows: names, values and sections that are refused, or told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.entries import headlines
from crawler.feeds import CHANGES, FACETS, Filter, UnknownFilterError, chosen, newest, unknown
from crawler.feeds.facets import LISTED, SHARED, title
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, JURISDICTIONS, KINDS, ROLES, TOOLKIT, TOPICS
from tests.feeds.feeds_select import ACT, CLOSED, ids, values_of
from tests.feeds.feeds_world import add


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
