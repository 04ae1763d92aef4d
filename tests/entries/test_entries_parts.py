"""Headlines of changed guidance name the parts that changed, where these are few."""

from typing import Any

import pytest

from crawler.entries import dates, headlines, provisions

TITLE = "Modern slavery: how to identify and support victims"


def row(path: str, heading: str, kind: str = "changed", **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "path": path, "heading": heading, "significance": "substantive", "flags": "[]", "law": 0,
        "before": "", "after": "", **more
    }  # fmt: skip


FEES, AID = row("fees", "Fees"), row("annex-f-legal-aid", "Legal aid")


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ([AID], f"“Legal aid” (annex F) changed in {TITLE}"),
        ([FEES, AID], f"“Fees” and “Legal aid” (annex F) changed in {TITLE}"),
        ([{**FEES, "kind": "added"}], f"“Fees” added in {TITLE}"),
        ([row("introduction", "")], f"The opening changed in {TITLE}"),
        ([AID, row("annex-f-costs", "Costs", "added"), row("annex-f", "Annex F")], f"Annex F changed in {TITLE}"),
        ([*(row(f"chapter-{n}-{m}", m) for n in "24" for m in "ab")], f"Chapter 2 and chapter 4 changed in {TITLE}"),
        ([AID, row("version-2-10", "Version 2.10"), row("note", "", "note")],
         f"“Legal aid” (annex F) changed in {TITLE}"),
        ([AID, {**FEES, "significance": "editorial"}], f"“Legal aid” (annex F) changed in {TITLE}"),
        ([FEES, {**AID, "significance": "editorial", "before": "Form (a.pdf)", "after": "Form (b.pdf)"}],
         f"“Fees” and 1 more part changed in {TITLE}"),
    ],
)  # fmt: skip
def test_one_or_two_parts_are_named(rows: list[dict[str, Any]], headline: str) -> None:
    found = headlines.of_parts(rows, TITLE)
    assert found is not None and str(found[0]) == headline


@pytest.mark.parametrize(
    "rows",
    [
        [FEES, AID, row("costs", "Costs")],
        [row("fees", "Fees of every kind that the office asks for each year in advance")],
        [FEES, row("x", "", "new")],
        [{**FEES, "kind": "moved"}],
        [row("identify", "How to identify and support victims")],
        [row("modern-slavery", TITLE, document_title=TITLE)],
        [row("fees", "Fees", significance="editorial")],
        [],
    ],
)
def test_many_parts_long_names_and_other_events_are_left_to_the_summary(rows: list[dict[str, Any]]) -> None:
    assert headlines.of_parts(rows, TITLE) is None


def test_the_part_under_the_title_is_not_called_as_the_whole() -> None:
    assert str(provisions.name(row("modern-slavery", TITLE, document_title=TITLE))) == "the text under its title"
    assert str(provisions.name(row("fees", "Fees", document_title=TITLE))) == "“Fees”"


@pytest.mark.parametrize(
    ("updated", "day"),
    [("2026-04-10", "2026-04-10"), ("2026-04-18", "2026-04-18"), ("2026-04-27", None), ("2026-01-01", None)],
)
def test_an_update_has_no_day_that_is_still_to_come_or_long_past(updated: str, day: str | None) -> None:
    seen = [{"kind": "changed", "seen": "2026-04-17T05:00:00Z"}]
    assert dates.stated_day("changed", {"updated": updated, "published": None}, seen) == day
