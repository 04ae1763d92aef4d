"""A subsection or paragraph that came or went whole is told as such, not as words of the provision around it."""

import json

import pytest

from crawler.entries import details, limits, provisions, subprovisions
from crawler.store import Row, Store, wordings

BEFORE = "(1) One. (3) Three."
AFTER = "(1) One. (2A) Two more. (2B) And more. (3) Three."
PARTS = {
    1: [("section-3-1", 0, 8), ("section-3-3", 9, 19)],
    3: [("section-3-1", 0, 8), ("section-3-2A", 9, 15), ("section-3-2B", 16, 22), ("section-3-3", 23, 33)],
    2: [("section-3-1", 0, 8), ("section-3-2A", 9, 23), ("section-3-2B", 24, 38), ("section-3-3", 39, 49)],
}  # fmt: skip


def row(verb: str, words: list[list[str]], before: int, after: int) -> Row:
    return {
        "kind": "changed", "verb": verb, "path": "section-3", "law": 1, "words": json.dumps(words), "document": "a",
        "status_before": "", "status_after": "", "before": "", "after": "", "before_section": before, "heading": "",
        "after_section": after, "significance": "legal effect", "flags": "[]", "id": "1",
        "reasons": "[]", "version": "2", "previous": "1",
    }  # fmt: skip


def told(monkeypatch: pytest.MonkeyPatch, each: Row) -> list[Row]:
    monkeypatch.setattr(wordings, "parts", lambda _, section: PARTS[section])
    with Store.open(":memory:") as store:
        return subprovisions.told_by_subprovisions(store, [each])


def test_whole_subsections_are_told_by_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inserted or omitted, each one; the list of differences has their words."""
    put = [["=", "(1) One. "], ["+", "(2A) Two more. (2B) And more. "], ["=", "(3) Three."]]
    found = told(monkeypatch, row("words inserted", put, 1, 2))
    assert [str(each) for each in provisions.sentences(found, "a")] == ["Sections 3(2A) and 3(2B) inserted."]
    assert [(each["path"], each["words"]) for each in details.entry_changes(found, "a")] == [
        ("section-3-2A", [["+", "(2A) Two more."]]), ("section-3-2B", [["+", "(2B) And more."]]),
    ]  # fmt: skip
    taken = [["=", "(1) One. "], ["-", "(2A) Two more. (2B) And more. "], ["=", "(3) Three."]]
    gone = told(monkeypatch, row("words repealed", taken, 2, 1))
    assert [(each["kind"], each["verb"], each["path"]) for each in gone] == [
        ("omitted", "repealed", "section-3-2A"), ("omitted", "repealed", "section-3-2B"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("words inserted", [["=", "(1) One. "], ["+", "(2A) Two "], ["=", "(3) Three."]]),
        ("words substituted", [["=", "(1) One. "], ["+", "(2A) Two more. "], ["=", "(3) Three."]]),
    ],
)
def test_other_changes_are_told_of_the_provision(
    monkeypatch: pytest.MonkeyPatch, verb: str, words: list[list[str]]
) -> None:
    """Where words were substituted, or only a piece of a subsection came."""
    each = row(verb, words, 1, 2)
    assert told(monkeypatch, each) == [each]


def test_words_beside_whole_subsections_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the provision around them, without those of the subsections; dots may stand in their place."""
    mixed = [["=", "(1) One. "], ["+", "(2A) Two more. (2B) And more. "], ["=", "(3) Three."], ["+", " x"]]
    *whole, rest = told(monkeypatch, row("words inserted", mixed, 1, 2))
    assert [each["path"] for each in whole] == ["section-3-2A", "section-3-2B"]
    assert (rest["path"], json.loads(rest["words"])) == ("section-3", [mixed[0], *mixed[2:]])
    dots = [["=", "(1) One. (2A) "], ["-", "Two more. (2B) And more. "], ["+", "… (2B) … "], ["=", "(3) Three."]]
    gone = told(monkeypatch, row("words omitted", dots, 2, 3))
    assert [(each["verb"], each["before"]) for each in gone] == [
        ("omitted", "(2A) Two more."),
        ("omitted", "(2B) And more."),
    ]


def test_what_no_note_tells_of_is_told_without_a_verb_of_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the text has notes of others: its publisher may have corrected it."""
    monkeypatch.setattr(wordings, "new_notes", lambda *_: ["S. 4 inserted (1.2.2029) by 2028 c. 9, s. 2"])
    silent = row("words substituted", [["=", "Act "], ["-", "73R"], ["+", "73T"]], 1, 2)
    noted = {**silent, "reasons": '[{"instrument": "ukpga/2028/9"}]'}
    assert [told(monkeypatch, each)[0]["verb"] for each in (silent, noted)] == ["", "words substituted"]
    duty = details.entry_changes(told(monkeypatch, silent), "a")[0]["duty"]
    assert duty == [{"flag": "unnoted", "before": "", "after": details.UNNOTED}]


def test_the_limits_of_what_was_done_stand_with_the_provision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some purposes, some places, days gone by: as the note says, where it is not said of the rest as well."""
    by = "by Sample Act 2028 (c. 9), s. 2"
    notes = [
        f"Ss. 3, 4 substituted (1.2.2029 for specified purposes) {by}", f"S. 3(2A) inserted (E.W.) (1.2.2029) {by}",
        f"S. 3(2B) inserted (1.2.2029 for E., 1.3.2029 in so far as not already in force) {by}",
        f"Words in s. 30 inserted (retrospective to 1.2.2027) {by}",
    ]  # fmt: skip
    monkeypatch.setattr(wordings, "new_notes", lambda *_: notes)
    put = {**row("words inserted", [["=", "One. "], ["+", "Two."]], 1, 2)}
    with Store.open(":memory:") as store:
        known = limits.limits(store, [put], "a")
    changes = json.dumps(details.entry_changes([put, {**put, "path": "section-30", "id": "2"}], "a", known))
    said = [[one["after"] for one in each["duty"] if one["flag"] == "limit"] for each in json.loads(changes)]
    assert said == [
        ["Ss. 3, 4 substituted (1.2.2029 for specified purposes)", "S. 3(2A) inserted (E.W.) (1.2.2029)"],
        ["Words in s. 30 inserted (retrospective to 1.2.2027)"],
    ]
