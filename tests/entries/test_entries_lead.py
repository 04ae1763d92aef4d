"""What is told of a document that nobody sums up: its own first sentences, and nothing that only stands there."""

from pathlib import Path

import pytest

from crawler.entries import compose, look_for
from crawler.entries.lead import MAX_WORDS, lead
from crawler.store import Store
from crawler.text import moment
from tests.entries.test_entries_rules import again
from tests.entries.worlds import page, publish

FIRST = "This sample course helps staff of hotels to see the signs of forced labour."
NEXT = "It takes an hour."
MORE = "Ask the office for all of its dates and places in the north."


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("", f"{FIRST} {MORE} View (a.pdf)", f"{FIRST} {MORE}"),
        ("", f"{FIRST} {NEXT} View the course.", FIRST),
        (FIRST, MORE, FIRST),
        ("Do you work in a hotel or a hostel?", FIRST, FIRST),
        ("Do you work in a hotel or a hostel?", "Sample course Download", "Do you work in a hotel or a hostel?"),
        ("Downloads", "Sample guide for hotels View Sample poster for hotels of the office View Is it for you?", ""),
        ("", "Date published: 3 May 2029 Topics: Samples The sample bulletin has new counts of all cases.", ""),
        ("Links", "Sample office\nSamples at the north: how should the offices be found by people?", ""),
        ("", "It is the second of the courses that the office holds.", ""),
        ("", "The following sample rules were repealed by the Sample Act of 2029:\nRules on fees\nRules on forms",
         "The following sample rules were repealed by the Sample Act of 2029: Rules on fees; Rules on forms."),
        ("", "The following sample rules were repealed by the Sample Act of 2029:\n" + "Rules on fees " * 30, ""),
        ("Annex: who spoke to us", FIRST, ""),
        ("", "We use cookies to see how this website is used by you.", ""),
    ],
)  # fmt: skip
def test_the_first_sentences_of_a_page_are_told(heading: str, text: str, said: str) -> None:
    assert lead([{"heading": heading, "text": text}], is_file=False) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"SAMPLE GUIDE FOR HOTELS. Version 1.0 of it. {FIRST}", FIRST),
        ("Is the person under the age of 18? If Yes is selected, go on to the next part of it.", ""),
        ("Goal | What will the sample activity help to achieve in the end.", ""),
    ],
)
def test_in_a_file_they_stand_behind_its_title_and_date(text: str, said: str) -> None:
    assert lead([{"heading": "", "text": text}], is_file=True) == said


def test_what_is_told_is_cut_at_a_sentence() -> None:
    text = " ".join(f"This is sentence number {n} of the page of the sample office." for n in range(20))
    said = lead([{"heading": "", "text": text}], is_file=False)
    assert said.endswith("office.") and len(said.split()) <= MAX_WORDS


@pytest.mark.parametrize("copy", ["public", "hash-only"])
def test_of_a_text_whose_copy_is_not_shown_no_sentence_is_told(tmp_path: Path, copy: str) -> None:
    publish(tmp_path, {3: "Sample report on slavery"})
    with Store.open(tmp_path / "roundup.db") as store:
        store.do("update publishers set copy=?", copy)
        store.do("update documents set summary='' where id=?", page(3))
        store.do("update sections set text=? where document=?", FIRST, page(3))
        (due,) = again(store)
        crawl = store.value("select max(id) from crawls")
        told = compose.compose(store, crawl, moment("2026-03-03T06:00:00Z"), due).stored()["summary"]
    assert (FIRST in str(told)) == (copy == "public")


def test_the_first_line_of_a_paragraph_is_no_name_of_a_part() -> None:
    said = "An oversight group will be established by the Sample Office to ensure"
    found = look_for.named_parts(
        [{"path": "a", "heading": said, "text": ""}, {"path": "b", "heading": "Aims", "text": ""}], "T"
    )
    assert found == ["Aims"]


def test_a_part_is_named_neither_by_a_sentence_nor_by_the_title_again() -> None:
    names = ["Sample guide for councils", "[Sample guide", "Councils must act.", "Latest updates", "Who acts?"]
    sections = [{"path": name.lower().replace(" ", "-"), "heading": name, "text": ""} for name in names]
    assert [str(one) for one in look_for.main_parts(sections, [], law=False, title=names[0])] == ["Who acts?"]


def test_no_part_is_named_behind_the_contact_nor_by_a_path() -> None:
    names = ["What we do", "Supporting files", "Contact", "J. Doe"]
    sections = [{"path": f"chapter-1-{name.lower().replace(' ', '-')}", "heading": name, "text": ""} for name in names]
    assert [str(one) for one in look_for.main_parts(sections, [], law=False)] == ["What we do"]


def test_the_parts_of_a_page_on_the_subject_are_named_in_their_order_the_telling_ones_first() -> None:
    names = ["Councils", "Hospitals", "Police", "Schools", "Hostels", "Signs of slavery", "How to ask us:"]
    sections = [{"path": name.lower(), "heading": name, "text": ""} for name in names]
    told = [str(said) for said in look_for.main_parts(sections, ["slavery"], law=False)]
    assert told == ["Councils", "Hospitals", "Police", "Schools", "Signs of slavery"]
    assert [str(one) for one in look_for.main_parts(sections, ["slavery"], law=False, whole=False)] == [
        "Signs of slavery"
    ]
