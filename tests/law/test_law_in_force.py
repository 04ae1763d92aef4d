"""How a provision stands follows from what is stated: never in force before a stated day, and never less later."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.law import ProvisionState, Step, Steps, StepState, law_state, provision_state
from crawler.law.in_force import InForce
from crawler.law.steps import Source

RANKS = {"not stated": 0, "not yet": 0, "in part": 1, "in force": 2}
DAYS = ("2001-01-01", "2002-02-02", "2003-03-03", "2004-04-04")


def step(
    path: str, day: str = "", words: str = "", *, state: StepState = "in force", source: Source = "annotation",
    places: tuple[str, ...] = (), is_rest: bool = False,
) -> Step:  # fmt: skip
    return Step(path=path, state=state, source=source, date=day, qualification=words, places=places, is_rest=is_rest)


def stands(
    *steps: Step, path: str = "section-1", day: str = "2005-01-01", children: tuple[str, ...] = ()
) -> ProvisionState:
    return provision_state(Steps(steps), path, day, children=children)


def test_a_provision_that_began_part_by_part_is_in_force_since_the_last_part() -> None:
    steps = (step("section-1-1", DAYS[0]), step("section-1-2..section-1-3", DAYS[2]))
    children = ("section-1-1", "section-1-2", "section-1-3")
    assert stands(*steps, children=children).since == DAYS[2]
    assert stands(*steps, children=(*children, "section-1-4")).state == "in part"
    assert stands(*steps, day=DAYS[1], children=children).state == "in part"


def test_a_provision_that_began_place_by_place_is_in_force_since_the_last_place() -> None:
    britain = step("section-1", DAYS[0], "(E.W.S.)", places=("England", "Wales", "Scotland"))
    ireland = step("section-1", DAYS[1], "(N.I.)", places=("Northern Ireland",))
    assert stands(britain).state == "in part"
    assert (stands(britain, ireland).state, stands(britain, ireland).since) == ("in force", DAYS[1])


def test_what_is_said_of_the_rest_is_not_of_what_is_named_or_came_later() -> None:
    rest = step("", DAYS[3], is_rest=True, source="own provision")
    assert stands(rest).since == DAYS[3]
    assert stands(rest, step("section-1", DAYS[0], source="own provision")).since == DAYS[0]
    assert stands(rest, step("section-1", "2004-12-12", source="insertion")).since == "2004-12-12"
    assert stands(rest, step("section-1", DAYS[0], source="insertion")).since == DAYS[3], "not before its law"


def test_an_order_on_a_range_says_nothing_of_what_was_put_into_it_later() -> None:
    order = step("section-1..section-13", DAYS[0], source="order")
    inserted = Step(
        path="section-12A", state="in force", source="insertion", date=DAYS[2], authority="inserted by 2003 c. 1, s. 2"
    )
    state = stands(order, inserted, path="section-12A")
    assert (state.since, state.is_disputed, state.steps) == (DAYS[2], False, (inserted,))
    later = replace(order, date=DAYS[3])
    assert later in stands(later, inserted, path="section-12A").steps
    substituted = replace(inserted, authority="substituted by 2003 c. 1, s. 2")
    assert order in stands(order, substituted, path="section-12A").steps, "it was there in other words"


def test_a_text_that_no_longer_marks_a_provision_is_said_to_be_all_there_is() -> None:
    unmarked = step("section-1", DAYS[1], source="text")
    assert (stands(unmarked).state, stands(unmarked).is_unmarked) == ("in force", True)
    assert not stands(unmarked, step("section-1", DAYS[1], source="effect")).is_unmarked


def test_two_sources_that_differ_are_both_shown_and_the_note_counts() -> None:
    state = stands(step("section-1", DAYS[1]), step("section-1", DAYS[0], source="effect"))
    assert (state.since, state.is_disputed, len(state.steps)) == (DAYS[1], True, 2)
    assert not stands(step("section-1", DAYS[1]), step("section-1", DAYS[1], source="effect")).is_disputed


def test_what_was_not_in_force_at_assent_and_never_began_is_not_in_force_yet() -> None:
    assert stands(step("section-1", DAYS[0], state="not in force")).state == "not yet"
    assert stands(step("section-1", state="to be appointed")).state == "not stated"
    assert stands(step("section-2", DAYS[0])).state == "not stated"


def test_a_part_that_begins_on_a_day_nobody_tells_leaves_the_rest_of_its_provision_in_part() -> None:
    rest, part = step("", DAYS[1], is_rest=True, source="own provision"), step("section-1-2", state="to be appointed")
    assert stands(rest, part).state == "in part"
    assert stands(rest, part, step("section-1-2", DAYS[2])).state == "in force"


@pytest.mark.parametrize(
    ("states", "summary"),
    [
        (("in force", "in force"), DAYS[1]), (("in force", "not yet"), "in parts"), (("not yet", "not yet"), "not yet"),
        (("in part",), "in parts"), (("in force", "not stated"), "at least in part"),
        (("in force", "began earlier"), f"{DAYS[0]}/{DAYS[1]}"), (("not stated", "not yet"), "not stated"),
        ((), "not stated"),
    ],
)  # fmt: skip
def test_the_law_as_a_whole(states: tuple[InForce | Literal["began earlier"], ...], summary: str) -> None:
    since = {"in force": DAYS[1], "in part": DAYS[0], "began earlier": DAYS[0]}
    made = [
        ProvisionState(state="in force" if state == "began earlier" else state, since=since.get(state, ""))
        for state in states
    ]
    assert law_state(made).summary == summary


STEP = st.builds(
    Step,
    path=st.sampled_from(
        ["", "section-1", "section-1-1", "section-1-2", "section-1..section-3", "part-1", "schedule-1"]
    ),
    state=st.sampled_from(["in force", "wholly in force", "partly in force", "not in force", "to be appointed"]),
    source=st.sampled_from(["annotation", "insertion", "effect", "own provision", "metadata", "default"]),
    date=st.sampled_from(["", *DAYS]),
    qualification=st.sampled_from(["", "for specified purposes", "in so far as not already in force", "for W."]),
    places=st.sampled_from([(), ("Wales",), ("England", "Scotland", "Northern Ireland")]),
    is_rest=st.booleans(),
)


@given(st.lists(STEP, max_size=6), st.booleans())
def test_nothing_is_in_force_before_a_stated_day_nor_less_in_force_later(steps: list[Step], marked: bool) -> None:
    found = Steps(steps, {"section-1": "part-1"})
    children = ("section-1-1", "section-1-2")
    days = ("2000-01-01", *DAYS, "2009-09-09")
    states = [provision_state(found, "section-1", day, children=children, is_prospective=marked) for day in days]
    assert RANKS[states[0].state] == 0
    ranks = [RANKS[state.state] for state in states]
    assert ranks == sorted(ranks)
    for day, state in zip(days, states, strict=True):
        assert not state.since or state.since <= day
        assert not state.next or state.next > day


@pytest.mark.parametrize(
    ("extent", "day", "state", "places"),
    [
        ("E+W+S", DAYS[0], "in part", {"England": DAYS[0], "Wales": DAYS[0]}),
        ("E+W+S", DAYS[1], "in force", {}),
        ("E+W+S+N.I.", DAYS[1], "in part", {"England": DAYS[0], "Wales": DAYS[0], "Scotland": DAYS[1]}),
        ("unknown", DAYS[1], "in part", {"England": DAYS[0], "Wales": DAYS[0], "Scotland": DAYS[1]}),
    ],
)
def test_a_provision_is_in_force_where_it_began_in_all_places_that_its_law_extends_to(
    extent: str, day: str, state: str, places: dict[str, str]
) -> None:
    steps = [
        step("section-1", DAYS[0], "for E.W.", places=("England", "Wales")),
        step("section-1", DAYS[1], "for S.", places=("Scotland",)),
    ]
    found = provision_state(Steps(steps, extent=extent), "section-1", day)
    assert (found.state, found.places) == (state, places)
    assert found.next == (DAYS[1] if day < DAYS[1] else "")
