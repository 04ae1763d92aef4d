"""What a digest is made of: the entries of a filter and period, what starts in it, and what was not checked."""

import json
from sqlite3 import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds import FACETS, Feed, Filter, chosen
from crawler.feeds.digest import Period, groups
from crawler.feeds.facets import LISTED
from crawler.public import filters
from crawler.public.digest import digest, within
from crawler.public.filters import unknown
from crawler.public.selection import select
from tests.public.entries_asked import ACT, CLOSED, COUNT, ids, pages, values_of
from tests.public.entries_world import DOCUMENTS, add, empty, filled

WEEK = Period(since="2026-03-08T23:59:59Z", until="2026-03-16T10:00:00Z")
days = st.integers(1, 329)


@given(st.sampled_from([(), (("kind", "act"),), (("jurisdiction", "Scotland"), ("topic", "children"))]), days, days)
def test_a_period_has_the_entries_of_a_filter_that_changed_in_it(
    db: Connection, pairs: tuple[tuple[str, str], ...], one: int, other: int
) -> None:
    first, last = (f"2026-{1 + each // 30:02}-{1 + each % 30:02}T10:00:00Z" for each in sorted((one, other)))
    filter = chosen(pairs)
    every = {row["id"]: row["updated"] for row in db.execute("select id, updated from entries")}
    wanted = {id for id in pages(db, filter, limit=COUNT) if first < every[id] <= last}
    assert {entry.id for entry in within(db, filter, Period(since=first, until=last))} == wanted


@pytest.fixture
def world() -> Connection:
    db = empty()
    db.execute("insert into about values ('clock', '2026-03-16T10:00:00Z'), ('sample', '0')")
    db.execute("update sources set schedule = 86400, last_success = '2026-03-16T10:00:00Z', trouble = '', enabled = 1")
    lists = dict.fromkeys(("why", "aimed_at", "look_for", "flags", "sure", "copies", "topics", "details"), "[]")
    for n, (id, kind, updated, values) in enumerate((
        ("report", "report", "2026-03-10T10:00:00Z", {"document": "govuk:2", "kind": "new"}),
        ("open", "consultation", "2026-03-09T10:00:00Z", {"document": "govuk:3", "kind": "new"}),
        ("starts", "act", "2026-02-01T10:00:00Z", {"occurred": "2026-03-12", "document": "ukpga/2001/9001"}),
        ("earlier", "act", "2026-02-01T10:00:00Z", {"occurred": "2026-02-12", "document": "ukpga/2001/9001"}),
        ("taken", "act", "2026-01-01T10:00:00Z", {"occurred": "2026-03-12", "state": "withdrawn"}),
    ), 1):  # fmt: skip
        add(db, "entries", **{
            **lists, "kind": "changed", "state": "announced", "labels": "{}", "title": id, "confirmed": 1, "rank": n,
            "n": n, "id": id, "document_kind": kind, "announced": updated, "updated": updated, "is_default": 1,
            **values,
        })  # fmt: skip
    add(db, "documents", n=20, id="govuk:2/pdf", root="govuk:2", kind="report", title="PDF", source="a")
    add(db, "lessons", n=1, document="govuk:2/pdf", kind="recommendation", number="1", addressee="Police", is_listed=1,
        state="unanswered")  # fmt: skip
    add(db, "dates", document="govuk:3", event="closes", date="2026-04-17", provision="", qualification="")
    return db


def headings(db: Connection, filter: Filter) -> dict[str, list[str]]:
    made = digest(db, Feed(authority="sample.invalid", filter=filter), WEEK)
    return {name: [item.entry.id for item in items] for name, items in made.groups}


def test_dates_and_recommendations_are_those_of_the_documents(world: Connection) -> None:
    made = digest(world, Feed(authority="sample.invalid", filter=Filter()), WEEK)
    assert headings(world, Filter()) == {
        groups.IN_FORCE: ["starts"], groups.OPEN: ["open"], groups.REPORTS: ["report"]
    }  # fmt: skip
    items = {item.entry.id: item for _, items in made.groups for item in items}
    assert items["open"].lead == "Until 17 April 2026" and items["starts"].is_told and made.number == 2
    assert items["report"].notes == ("It has 1 recommendation.",)


def test_what_was_not_read_as_often_as_planned_is_said(world: Connection) -> None:
    def gaps(filter: Filter = chosen([])) -> list[str]:  # noqa: B008
        return [gap.name for gap in digest(world, Feed(authority="sample.invalid", filter=filter), WEEK).gaps]

    assert gaps() == []
    world.execute("update sources set last_success = '2026-03-01T10:00:00Z' where id = 'b'")
    assert gaps() == ["Source b"] and gaps(chosen([("source", "a")])) == []
    world.execute("update sources set schedule = 30 * 86400 where id = 'b'")
    assert gaps() == []
    world.execute("update sources set trouble = 'alarm' where id = 'a'")
    assert gaps() == ["Source a"]
    world.execute("update sources set trouble = 'off'")
    assert gaps() == []


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
