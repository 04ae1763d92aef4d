"""Addresses behind links: one of which only the words changed did neither come nor go."""

import pytest

from crawler.changes import compare
from tests.changes.test_changes_standing import guidance

AID = "Legal aid in Sampleland is told here (www.aid.example/apply). An adult asks."


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("Legal aid in Sampleland is told here. An adult asks.", AID, []),
        ("Legal aid in Sampleland is told. An adult asks.", AID, ["+ here"]),
        ("Find legal aid in Sampleland. An adult asks.", AID, ["-Find legal ", "+Legal ", "+ is told here"]),
        ("Legal aid in Sampleland is told here (aid.example/other). An adult asks.", AID,
         ["-aid.example/other", "+www.aid.example/apply"]),
        ("Legal aid in Sampleland is told at https://AID.example/apply/. An adult asks.", AID, ["-at", "+here"]),
        ("An adult asks.", f"An adult asks. {AID[:61]}", [f"+ {AID[:61]}"]),
        ("Use the form. An adult asks.", "Use the form (form-7.pdf). An adult asks.", ["+ (form-7.pdf)"]),
        ("Ask the office. An adult asks.", "Ask the office (a@b.example). An adult asks.", ["+ (a@b.example)"]),
        ("Start now. An adult asks.", "Start now (b.example/start). An adult asks.", ["+ (b.example/start)"]),
    ],
)  # fmt: skip
def test_an_address_that_the_other_version_links_did_not_come(before: str, after: str, edits: list[str]) -> None:
    differences = compare(guidance([("Aid", before)]), guidance([("Aid", after)]))
    (found,) = differences
    assert [f"{word.op}{word.text}" for word in found.words if word.op != "="] == edits
    assert "".join(word.text for word in found.words if word.op != "-") == after
    assert edits or found.significance == "editorial"
