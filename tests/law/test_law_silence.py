"""An Act that says nothing of its commencement begins as the law on Acts has it, if all of it was read and stands."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.ingest import commencements
from crawler.law import Appointed
from crawler.model import Annotation, Section, Version

ENACTED = [{"event": "enacted", "date": "2020-07-22", "qualification": "", "provision": ""}]
TITLE = Section(
    path="section-9", number="9", heading="Short title", text="This Act may be cited as the Sample Act 2020."
)
ACT = Version(
    document="ukpga/2020/99", title="Sample Act 2020", representation="structured",
    sections=(
        Section(path="section-1", number="1", heading="Rates", text="The rate is 5%."),
        Section(path="section-2", number="2", heading="Relief", text="(1) Words. (2) This section comes into force on"
                " such day as the Treasury may by regulations appoint."),
        Section(path="section-3A", number="3A", heading="Inserted", text="Later words."),
        TITLE,
    ),
)  # fmt: skip


def days(version: Version, effects: list[dict[str, Any]] | None = None) -> dict[str, str]:
    """Return since when each provision is in force; empty where that is not stated."""
    steps = commencements.of_version(version, ENACTED, effects or [])
    found = commencements.states(version, steps, "2026-11-28")
    left = [section.number for section in version.sections if commencements.is_provision(section)]
    return {number: state.since for number, state in zip(left, found, strict=True)}


def test_what_nothing_is_said_of_is_in_force_since_royal_assent() -> None:
    assert days(ACT) == {"1": "2020-07-22", "2": "", "3A": "", "9": "2020-07-22"}


def test_nothing_begins_by_default_of_what_was_prospective_or_is_commenced_by_order() -> None:
    order = [Appointed(act="Sample Act 2020", paths=("section-2",), date="2021-04-01")]
    steps = commencements.of_version(ACT, ENACTED, ahead=["section-1"])
    assert [step.path for step in steps if step.source == "default"] == ["section-9"]
    steps = commencements.of_version(ACT, ENACTED, ordered={"uksi/2021/9": order})
    assert [(step.path, step.date, step.instrument) for step in steps if step.date] == [
        ("section-2", "2021-04-01", "uksi/2021/9")
    ]


def last(**changes: Any) -> Version:
    return replace(ACT, sections=(*ACT.sections[:-1], replace(TITLE, **changes)))


@pytest.mark.parametrize(
    "version",
    [
        replace(ACT, partial=True),
        replace(ACT, representation="html"),
        replace(ACT, document="uksi/2020/99"),
        replace(ACT, sections=ACT.sections[:-1]),
        last(text=". . . . .", heading=". . . ."),
        last(heading="Commencement", text="This Act comes into force two months after a referendum."),
        replace(ACT, annotations=(Annotation(id="F1", kind="F", path="section-9", place="text",
                text="Words in s. 9 repealed (1.1.2022) by Sample Law Act 2021 (c. 9), s. 1"),)),
    ],
)  # fmt: skip
def test_nothing_is_concluded_from_what_may_have_been_said(version: Version) -> None:
    assert not any(days(version).values())


def test_what_was_inserted_for_a_place_alone_says_so() -> None:
    note = "S. 3A inserted (E.W.) (31.3.2026) by Sample Law Act 2024 (c. 21), s. 31"
    noted = replace(ACT, annotations=(Annotation(id="F1", kind="F", path="section-3A", place="number", text=note),))
    (step,) = [step for step in commencements.of_version(noted, ENACTED) if step.source == "insertion"]
    assert (step.qualification, step.places, step.date) == ("(E.W.)", ("England", "Wales"), "2026-03-31")


@pytest.mark.parametrize(
    ("status", "notes", "said"),
    [
        ("repealed", ["Act repealed (1.4.2012) by Sample Law Act 2011 (c. 9), s. 1"], "repealed on 2012-04-01"),
        ("repealed", ["S. 1 repealed (1.4.2012) by Sample Law Act 2011 (c. 9), s. 1"], "repealed"),
        ("repealed", ["Act repealed (1.4.2012 for E., 1.4.2013 for W.) by 2011 c. 9, s. 1"], "repealed"),
        ("spent", [], "spent"),
    ],
)  # fmt: skip
def test_a_law_that_has_ended_is_no_more_in_force(status: str, notes: list[str], said: str) -> None:
    noted = tuple(Annotation(id=f"F{n}", kind="F", path="", place="text", text=text) for n, text in enumerate(notes))
    assert commencements.ended(status, replace(ACT, annotations=noted), []) == f"not applicable: {said}"


def test_an_act_of_the_eu_ended_on_the_day_on_which_its_validity_did() -> None:
    dated = [{"event": "end of validity", "date": "2010-05-31"}]
    assert commencements.ended("no longer in force", None, [], dated) == "not applicable: validity ended on 2010-05-31"


def test_an_effect_on_a_provision_says_more() -> None:
    effect = {
        "starts": '[{"date": "2021-01-01"}]', "affected_paths": '["section-1"]', "affected_provision": "s. 1",
        "id": "e", "affecting": "uksi/2020/1", "affecting_provision": "reg. 2",
    }  # fmt: skip
    assert days(ACT, [effect])["1"] == "2021-01-01"


def test_a_provision_begins_where_a_later_wording_of_it_does() -> None:
    """The first of several days; what its own note states goes before it."""
    dated = [
        {"event": "wording begins", "date": date, "provision": "section-1", "qualification": label}
        for date, label in (("2022-03-01", "2021-09-01"), ("2023-03-01", "2022-09-01"))
    ]
    steps = commencements.of_version(ACT, [*ENACTED, *dated], ahead=["section-1"])
    assert [(step.path, step.date) for step in steps if step.source == "metadata"] == [("section-1", "2022-03-01")]
