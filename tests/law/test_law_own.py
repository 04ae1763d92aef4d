"""What a law says of its own beginning: counted from Royal Assent or from making, never taken for a later choice."""

from __future__ import annotations

import pytest

from crawler.law import Origin, own_steps

ACT = Origin(assent="2018-12-31")
INSTRUMENT = Origin(made="2018-12-31")


def first(words: str, origin: Origin) -> str | None:
    """Return the day of the first statement, empty where it is to be appointed; None where nothing is sure."""
    steps = own_steps("article-1", f"This Order comes into force {words}.", origin)
    return steps[0].date if steps else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on the day after the day on which it is made", "2019-01-01"),
        ("on the day following that on which it is made", "2019-01-01"),
        ("on the day after it is made", "2019-01-01"),
        ("on the day on which it is made", "2018-12-31"),
        ("on the date this Order is made", "2018-12-31"),
        ("at the end of the period of 21 days beginning with the day on which it is made", "2019-01-21"),
    ],
)
def test_an_instrument_counts_from_its_making_where_that_is_known(words: str, day: str) -> None:
    assert first(words, INSTRUMENT) == day
    assert first(words, Origin()) is None
    assert first(words, ACT) is None, "Royal Assent is no making"


def test_several_regulations_are_made_too() -> None:
    words = (
        "These Regulations may be cited as the Sample Regulations 2018 and come into force on the day after the day on"
        " which they are made."
    )
    assert [step.date for step in own_steps("regulation-1", words, INSTRUMENT)] == ["2019-01-01"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on the day on which it is passed", "2018-12-31"),
        ("on the day it is passed", "2018-12-31"),
        ("on the day on which it receives Royal Assent", "2018-12-31"),
        ("on Royal Assent", "2018-12-31"),
        ("upon Royal Assent", "2018-12-31"),
        ("on the day after the day on which it receives Royal Assent", "2019-01-01"),
        ("on the day after it is passed", "2019-01-01"),
        ("at the end of the period of 2 weeks beginning with the day on which it is passed", "2019-01-14"),
    ],
)
def test_an_act_counts_from_royal_assent_in_all_its_wordings(words: str, day: str) -> None:
    assert own_steps("section-9", f"This Act comes into force {words}.", ACT)[0].date == day
    assert own_steps("section-9", f"This Act comes into force {words}.", Origin()) == ()


@pytest.mark.parametrize(
    "words",
    [
        "on such day as the Minister may by order made by statutory instrument appoint",
        "on such day as may be set by regulations made by the Minister",
        "in accordance with provision made by the Minister by order",
        "on a day to be appointed by order",
    ],
)
def test_a_day_that_is_left_to_a_minister_is_to_be_appointed(words: str) -> None:
    assert own_steps("section-9", f"This Act comes into force {words}.", ACT)[0].date == ""
