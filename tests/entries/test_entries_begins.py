"""What entries say of when a new law is in force, and of what took the place of a draft."""

from __future__ import annotations

import pytest

from crawler.entries import begins, law
from crawler.store import Row, Store, told, wordings

HEADED: Row = {
    "path": "article-1", "heading": "Citation and commencement",
    "text": "This Order comes into force on the day after it is approved, if the fee is paid.",
}  # fmt: skip
CONDITION = "It comes into force “on the day after it is approved, if the fee is paid”."


@pytest.mark.parametrize(
    ("in_force", "days", "is_open", "said"),
    [
        ("2029-03-01", [], False, ["In force from 1 March 2029."]),
        ("in parts", ["2029-03-01", "2029-04-01"], False, ["In force in parts, from 1 March 2029 and 1 April 2029."]),
        ("in parts", ["2029-03-01"], True,
         ["In force in parts, from 1 March 2029; the day of other parts is not stated."]),
        ("in parts", ["2029-03-01", "2029-03-02", "2029-03-03", "2029-03-04"], False, ["In force in parts."]),
        ("not yet", ["2029-03-01"], False, ["Not yet in force; to be in force from 1 March 2029."]),
        ("not yet", ["2029-03-01", "2029-04-01"], False, ["Not yet in force; parts of it from 1 March 2029."]),
        ("not yet", [], True, ["Not yet in force.", CONDITION]),
        ("not stated", [], False, [CONDITION]),
    ],
)  # fmt: skip
def test_days_and_conditions_are_told(
    monkeypatch: pytest.MonkeyPatch, in_force: str, days: list[str], is_open: bool, said: list[str]
) -> None:
    """Days where they are few, the words of the instrument where it names none."""
    monkeypatch.setattr(told, "begun", lambda *_: (days, is_open))
    monkeypatch.setattr(told, "days", lambda *_: [])
    monkeypatch.setattr(wordings, "headings", lambda *_: [HEADED])
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, {"id": "a", "kind": "si", "in_force": in_force})] == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("uksi/2029/3048", ["It was made as SI 2029/3048, which took its place."]),
        ("ukdsi/2029/9780111529935", ["A later draft took its place: ISBN 9780111529935."]),
        ("https://www.example.org/", []),
    ],
)
def test_what_took_the_place_of_a_draft_is_named(monkeypatch: pytest.MonkeyPatch, target: str, said: list[str]) -> None:
    """By its number: the instrument as made, or a later draft."""
    monkeypatch.setattr(told, "targets", lambda *_: [{"target": target, "title": ""}])
    with Store.open(":memory:") as store:
        assert [str(each) for each in law.superseded(store, "a")] == said
