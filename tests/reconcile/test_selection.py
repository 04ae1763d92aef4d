"""What is kept of a page whose source is kept in part: laws of what is decided; the last ties the writer to it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.classify import relevance
from crawler.identifiers import page_alias
from crawler.model import Document, Link, Page
from crawler.reconcile.intents import Skip
from crawler.reconcile.known import Known, Verdict
from crawler.reconcile.selection import Policy, Selected, select
from crawler.sources import Decisions, loads
from crawler.store import Store, crawls, known, writer
from tests.fold.relevance_world import ALL, PART, TITLES, address
from tests.reconcile.evolved import evolved

CLOCK = datetime(2026, 3, 2, 6, tzinfo=UTC)
LISTING = Link(url="https://a.sample.invalid/feed.xml", role="listing")
LISTS = st.lists(st.sampled_from(list(TITLES)), unique=True, min_size=1)
BANDS = st.dictionaries(st.sampled_from(list(TITLES)), st.sampled_from(["in", "review", "out"]))
IN = {"known", "report"}


def policy(text: str = PART) -> Policy:
    registry = loads(text, "sources.yaml")
    return Policy(source=registry.sources["news"], link=LISTING, registry=registry, decisions=Decisions())


PARTLY, WHOLLY = policy(), policy(ALL)


@pytest.fixture(scope="module", autouse=True)
def rules_are_read() -> None:
    """The rules of relevance are read once, whichever test comes first."""
    relevance.classify(relevance.Texts(title="A sample"))


def listed(names: list[str]) -> Page:
    return Page(
        documents=tuple(
            Document(id=page_alias(address(name)), title=TITLES[name], url=address(name), summary="A sample.")
            for name in names
        ),
        links=tuple(Link(url=address(name), role="document") for name in names),
    )


def before(names: list[str], bands: dict[str, str]) -> Known:
    ids = {name: page_alias(address(name)) for name in names}
    verdicts = {ids[name]: Verdict(names=frozenset({ids[name]}), band=bands.get(name)) for name in names}
    return Known(clock=CLOCK, link=LISTING, verdicts=verdicts)


def kept(selected: Selected) -> set[str]:
    return {name for name in TITLES if any(link.url == address(name) for link in selected.page.links)}


@given(LISTS, BANDS)
def test_what_is_out_is_left_aside_unless_it_was_kept_before(names: list[str], bands: dict[str, str]) -> None:
    selected = select(before(names, bands), listed(names), None, PARTLY)
    was_kept = {name for name, band in bands.items() if band != "out"}
    assert kept(selected) == set(names) & (IN | was_kept)
    skipped = {each.document for each in selected.intents if isinstance(each, Skip) and not each.words}
    assert skipped == {page_alias(address(name)) for name in set(names) - kept(selected)}
    assert {each.title for each in selected.page.documents if not each.summary} == {
        TITLES[name] for name in set(names) - kept(selected)
    }


@given(LISTS, BANDS)
def test_twice_is_once_and_order_is_nothing(names: list[str], bands: dict[str, str]) -> None:
    state = before(names, bands)
    once = select(state, listed(names), None, PARTLY)
    again = select(evolved(state, once.intents), listed(names), None, PARTLY)
    assert again.page == once.page
    assert evolved(evolved(state, once.intents), again.intents) == evolved(state, once.intents)
    other = select(state, listed(names[::-1]), None, PARTLY)
    assert set(map(repr, other.intents)) == set(map(repr, once.intents))


@given(LISTS, BANDS)
def test_a_source_that_is_kept_as_a_whole_reads_what_it_left_aside(names: list[str], bands: dict[str, str]) -> None:
    state, page = before(names, bands), listed(names)
    partly = evolved(state, select(state, page, None, PARTLY).intents)
    whole = select(partly, page, page.documents[0], WHOLLY)
    assert whole.page == page
    assert whole.is_first == bool(partly.skipped)
    assert not evolved(partly, whole.intents).skipped


def test_what_is_loaded_after_it_was_carried_out_is_what_was_foreseen() -> None:
    page = listed(list(TITLES))
    with Store.open(":memory:") as store:
        crawls.mirror(store, PARTLY.registry)
        for one in (PARTLY, WHOLLY, PARTLY):
            state = known.of_selection(store, page, one.source, LISTING, CLOCK)
            selected = select(state, page, None, one)
            writer.carry_out(store, "", selected.intents)
            loaded = known.of_selection(store, page, one.source, LISTING, CLOCK)
            assert loaded == replace(evolved(state, selected.intents), verdicts=loaded.verdicts)
