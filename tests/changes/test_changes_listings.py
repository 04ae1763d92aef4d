"""Facts in the titles of entries that lists of other pages gain or lose are no changed facts of the page."""

import pytest

from crawler.changes import flags
from crawler.changes.words import words
from crawler.model import Difference, Section, Word


def raised(heading: str, before: str, after: str) -> tuple[str, ...]:
    one, two = (Section(path="a", number="", heading=heading, text=text) for text in (before, after))
    return flags(Difference(kind="changed", path="a", before=one, after=two, words=tuple(words(before, after))))


@pytest.mark.parametrize(
    ("heading", "before", "after"),
    [
        ("Latest release", "Deaths to 3 July | 7 July 2029", "Deaths to 11 August | 15 August 2029"),
        ("Health", "Care (2019) View\nPocket guide (2017) View", "Care (2019) View\nSlavery and trafficking View"),
        ("Use", "The database will contain a picture of it.", "The database contains a picture of it."),
    ],
)  # fmt: skip
def test_entries_of_a_list_and_the_present_tense_raise_no_flag(heading: str, before: str, after: str) -> None:
    assert raised(heading, before, after) == ()


@pytest.mark.parametrize(
    ("heading", "before", "after", "flag"),
    [
        ("Updates", "You must send it within 30 days.", "You must send it within 45 days.", "time limit"),
        ("Health", "Send A within 30 days (a.example/form)", "Send A within 45 days (a.example/form)", "time limit"),
        ("Rates", "Table of rates: 14 View\nGuide View", "Table of rates: 15 View\nGuide View", "number"),
    ],
)  # fmt: skip
def test_what_a_sentence_or_a_line_with_other_words_says_is_flagged(
    heading: str, before: str, after: str, flag: str
) -> None:
    assert flag in raised(heading, before, after)


def test_what_was_added_has_no_flag_although_some_of_its_words_stood_there() -> None:
    part = Section(path="a", number="", heading="Other acts", text="Decision of 26 November 2029 on rules of the Act.")
    shown = (Word(op="+", text="Decision of 26 November 2029 on "), Word(op="=", text="rules of the Act."))
    assert flags(Difference(kind="added", path="a", after=part, words=shown)) == ()
