"""Lists of changes inside guidance: their lines, and which of our changes each may be about."""

import pytest

from crawler.changes.accounts import Change, Line, changes_seen, is_account, lines, new_lines, unlisted_changes

TABLE = "Version Date Change 1.0 04.20 First sample 1.1 06.21 Sample fees added to Annex B"


@pytest.mark.parametrize(
    "heading",
    [
        "Changes from last version of this guidance", "Version control", "Version history", "Document control",
        "Amendment history", "Record of changes", "3. Change log", "Summary of changes since the previous version",
        "Revision history", "Document history",
    ],
)  # fmt: skip
def test_headings_of_such_lists(heading: str) -> None:
    assert is_account(heading)


@pytest.mark.parametrize("heading", ["", "Changes in the victim's life", "Version", "Control of documents", "History"])
def test_other_headings(heading: str) -> None:
    assert not is_account(heading)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("Contents", []),
        (TABLE, [("1.0", "04.20", "", "First sample"), ("1.1", "06.21", "annex-b", "Sample fees added to Annex B")]),
        (
            "v2.0 12/03/2024 New chapter 4 on samples v2.1 1 May 2024 Typing mistakes",
            [
                ("2.0", "12/03/2024", "chapter-4", "New chapter 4 on samples"),
                ("2.1", "1 May 2024", "", "Typing mistakes"),
            ],
        ),
        (
            "General housekeeping. Sample forms replaced in Annex C.",
            [("", "", "", "General housekeeping."), ("", "", "annex-c", "Sample forms replaced in Annex C.")],
        ),
    ],
)
def test_lines(text: str, read: list[tuple[str, str, str, str]]) -> None:
    assert [(line.version, line.date, line.place, line.text) for line in lines(text)] == read


def test_the_new_lines_are_those_of_this_version() -> None:
    after = f"{TABLE} 1.2 07.22 Referral of sample children clarified"
    assert [line.text for line in new_lines(TABLE, after)] == ["Referral of sample children clarified"]
    assert new_lines(TABLE, TABLE.upper()) == ()


def test_a_line_is_about_what_is_in_its_place_or_has_its_words() -> None:
    fees = Change(path="annex-b-fees", heading="Fees", text="20 30")
    children = Change(path="chapter-2-children", heading="Referring children", text="a sample child is referred")
    named = Line(place="annex-b", text="Corrections in Annex B")
    worded = Line(text="Referral of children clarified")
    assert list(changes_seen(named, (fees, children))) == [fees]
    assert list(changes_seen(worded, (fees, children))) == [children]
    assert list(unlisted_changes((named,), (fees, children))) == [children]
