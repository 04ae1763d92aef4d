"""Values and sections that nothing in the database has."""

from __future__ import annotations

import json
from sqlite3 import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import FACETS, Filter, chosen
from crawler.feeds.facets import LISTED
from crawler.public import filters
from crawler.public.filters import unknown
from crawler.public.selection import select
from tests.public.entries_asked import ACT, CLOSED, ids, values_of
from tests.public.entries_world import DOCUMENTS, add, filled


@pytest.mark.parametrize("facet", [name for name in FACETS if name not in CLOSED and name != "section"])
def test_values_nothing_has_are_told(db: Connection, facet: str) -> None:
    assert unknown(db, chosen([(facet, "Atlantis")])) == [(facet, "Atlantis")]


def test_values_something_has_are_not(db: Connection) -> None:
    for pair in [(facet, value) for facet in (*LISTED, "document") for value in values_of(facet)]:
        assert unknown(db, chosen([pair])) == [], pair
    assert unknown(db, Filter()) == []


@pytest.mark.parametrize(
    ("section", "is_known"),
    [("section-45", True), ("section-45-1", True), ("schedule", True), ("section-999", False), ("section-4%", False),
     ("section_4", False), ("section-45-1-b", True), ("section-45-2", False)],
)  # fmt: skip
def test_a_section_is_known_by_itself_by_what_is_below_and_by_its_parts(section: str, is_known: bool) -> None:
    db, _ = filled(0)
    db.execute("update sections set parts = ? where path = 'section-45-1'", [json.dumps([["section-45-1-b", 3, 9]])])
    assert unknown(db, chosen([("document", ACT), ("section", section)])) == (
        [] if is_known else [("section", section)]
    )


def test_a_section_is_named_as_it_is_now() -> None:
    db, _ = filled(0)
    add(db, "sections", document=ACT, path="who-acts", heading="Who acted", parts="[]")
    db.execute("update sections set heading = 'Who acts', number = '2' where path = 'who-acts' and is_current")
    add(db, "aliases", alias="old", document=ACT)
    for id in (ACT, "old"):
        assert filters.section(db, id, "who-acts") == {"number": "2", "heading": "Who acts"}
    assert filters.section(db, DOCUMENTS[1], "who-acts") is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [("legal-aid", "annex-f-legal-aid"), ("aid", "aid"), ("annex-f-legal-aid", "annex-f-legal-aid"),
     ("forms", "forms"), ("section-45", "section-45"), ("legal%", "legal%")],
)  # fmt: skip
def test_a_former_path_of_guidance_is_that_of_the_section_behind_its_chapter(asked: str, found: str) -> None:
    db, _ = filled(0)
    for path in ("annex-f-legal-aid", "annex-e-forms", "chapter-2-forms", "costs-legal-aid"):
        add(db, "sections", document=ACT, path=path, heading="", parts="[]")
    filter = filters.present_sections(db, chosen([("document", ACT), ("section", asked)]))
    assert filter == chosen([("document", ACT), ("section", found)])


OPEN = st.sampled_from(["jurisdiction", "kind", "publisher", "source", "document"])


@given(st.lists(st.tuples(OPEN, st.text(max_size=9)), max_size=9), st.lists(st.text(max_size=9), max_size=3))
def test_values_never_become_sql(db: Connection, pairs: list[tuple[str, str]], paths: list[str]) -> None:
    for given_pairs in (pairs, [("document", "d"), *(("section", path) for path in paths)]):
        filter = chosen(given_pairs)
        assert filter == chosen(reversed(given_pairs))
        bare = select(db, chosen([(facet, f"x{n}") for n, (facet, _) in enumerate(filter.pairs)]))
        selection = select(db, filter)
        assert (selection.entries(), selection.tests) == (bare.entries(), bare.tests)
        assert ids(db, filter) is not None
        assert set(unknown(db, filter)) <= set(filter.pairs)


def test_the_shortest_list_is_read() -> None:
    db, _ = filled(400)
    filter = chosen([("jurisdiction", "United Kingdom"), ("exploitation", "surrogacy"), ("kind", "act")])
    arms = select(db, filter).arms
    assert len(arms) == 1 and "l.facet = 'exploitation'" in arms[0]
    two = select(db, chosen([("jurisdiction", "United Kingdom"), ("topic", "children"), ("topic", "supply_chains")]))
    assert len(two.arms) == 2 and all("l.facet = 'topic'" in arm for arm in two.arms)
