"""Links of a page: laws of what is asked for, and of when a walk goes on."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Link, Page
from crawler.reconcile import links
from crawler.reconcile.intents import Enqueue, Finding, Listed
from crawler.reconcile.known import WalkState
from crawler.sources import loads
from tests.fold.relevance_world import PART

SOURCE = loads(PART, "sources.yaml").sources["news"]
LISTING = Link(url="https://a.sample.invalid/list", role="listing")
NEXT = Link(url="https://a.sample.invalid/list?page=2", role="next")
OFFERED = st.lists(st.booleans(), max_size=5).map(tuple)
STATES = st.builds(
    WalkState, fetch=st.just(1), why=st.sampled_from(["walk", "announced", "first walk", "backfill", "aside"]),
    is_watched=st.booleans(), offered=OFFERED, is_waiting=st.booleans(), is_news=st.booleans(),
    listed=st.integers(0, 5), met=st.just((False,)), pages=st.integers(0, 120), lists=st.integers(0, 2),
)  # fmt: skip


def page(state: WalkState) -> Page:
    documents = [Link(url=f"https://a.sample.invalid/{n}", role="document") for n, _ in enumerate(state.offered)]
    return Page(links=(*documents, NEXT), entries=len(documents))


def goes_on(state: WalkState, *, is_fresh: bool = False) -> bool:
    intents = links.walked(state, page(state), SOURCE, LISTING, is_fresh=is_fresh)
    return any(isinstance(each, Enqueue | Finding) for each in intents)


@given(state=STATES, is_fresh=st.booleans())
def test_a_walk_goes_on_while_something_is_new_and_the_first_to_the_end(state: WalkState, *, is_fresh: bool) -> None:
    is_new = is_fresh or not all(state.offered) or state.is_waiting or state.is_news
    assert goes_on(state, is_fresh=is_fresh) == (is_new or not state.is_watched)


@given(STATES)
def test_a_walk_that_stops_short_says_so(state: WalkState) -> None:
    intents = links.walked(replace(state, is_news=True), page(state), SOURCE, LISTING, is_fresh=True)
    queued = [each for each in intents if isinstance(each, Enqueue)]
    gaps = [each for each in intents if isinstance(each, Finding)]
    assert bool(queued) == (state.pages < links.MAX_PAGES_PER_WALK * max(1, state.lists))
    assert [each.severity for each in gaps] == ([] if queued else ["alarm" if state.is_watched else "note"])
    assert all(NEXT.url in each.detail for each in gaps)


@given(STATES)
def test_a_page_that_was_read_is_not_asked_again_and_ends_the_list(state: WalkState) -> None:
    round_again = replace(state, met=(True,))
    intents = links.walked(round_again, page(state), SOURCE, LISTING, is_fresh=True)
    assert not [each for each in intents if isinstance(each, Enqueue | Finding)]
    (circle,) = links.circle(round_again, page(state), SOURCE)
    assert circle.kind == "circle" and NEXT.url in circle.detail


@given(STATES)
def test_each_link_is_offered_once_and_is_as_late_as_its_page(state: WalkState) -> None:
    told = page(state)
    queued = links.offered(state, told, SOURCE, replace(LISTING, role="document"))
    assert [each.link for each in queued] == [each for each in told.links if each.role != "next"]
    late = state.why if state.why in ("aside", "backfill") else "announced" if state.is_watched else "first walk"
    assert {each.why for each in queued} <= {late}


@given(STATES)
def test_what_is_known_is_counted_once(state: WalkState) -> None:
    (listed,) = (
        each for each in links.walked(state, page(state), SOURCE, LISTING, is_fresh=False) if isinstance(each, Listed)
    )
    assert (listed.entries, listed.known) == (len(state.offered), max(sum(state.offered), state.listed))
