"""Laws: a provision is the one with its number, and what happened to it is told in the verb of the law."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.changes import apply, compare, digest, words
from crawler.changes.anchored_words import anchored
from crawler.model import Annotation, Part, Section, Version

LAW = "ukpga/2001/9001"
OFFENCE = "A person commits the sample offence if the person keeps two samples at the same time."
REGISTER = "The Sample Commission keeps a register of samples and shows it to whoever asks for it."
DOTS = ". . . . . . . . . ."


def law(*sections: Section, notes: tuple[Annotation, ...] = (), document: str = LAW) -> Version:
    return Version(
        document=document, title="Sample Act", sections=sections, representation="structured", annotations=notes
    )


def section(number: str, text: str, **facts: Any) -> Section:
    return Section(path=f"section-{number}", number=number, text=text, **facts)


def note(text: str, path: str) -> Annotation:
    return Annotation(id=f"key-{abs(hash(text))}", kind="F", path=path, text=text)


def told(old: Version, new: Version) -> list[tuple[str, str, str]]:
    differences = compare(old, new)
    assert digest(apply(old, differences)) == digest(new)
    return [(each.kind, each.verb, each.path) for each in differences]


def test_a_provision_of_which_dots_are_left_is_omitted_as_its_note_says() -> None:
    """Trap UK-1.25: dots stand where a provision was taken out, mostly without a status."""
    old = law(section("1", OFFENCE), section("2", REGISTER))
    for said, verb in (
        ("S. 2 omitted (1.4.2003) by virtue of 2003 c. 9001, s. 4", "omitted"),
        ("S. 2 repealed (1.4.2003) by 2003 c. 9001, s. 4", "repealed"),
        ("Reg. 2 revoked (1.4.2003) by S.I. 2003/9003, reg. 4", "revoked"),
        ("S. 2 ceases to have effect (1.4.2003) by 2003 c. 9001, s. 4", "repealed"),
    ):
        new = law(section("1", OFFENCE), section("2", DOTS), notes=(note(said, "section-2"),))
        assert told(old, new) == [("omitted", verb, "section-2")]
    (each,) = compare(old, law(section("1", OFFENCE), section("2", DOTS)))
    assert (each.verb, [(word.op, word.text) for word in each.words]) == ("omitted", [("-", REGISTER)])


def test_a_status_ends_a_provision_whose_words_are_still_printed() -> None:
    old = law(section("2", REGISTER))
    assert told(old, law(section("2", REGISTER, status="repealed"))) == [("omitted", "repealed", "section-2")]
    assert told(old, law(section("2", REGISTER, status="prospective"))) == [("changed", "", "section-2")]


def test_dots_that_are_new_were_inserted_and_omitted() -> None:
    old, new = law(section("1", OFFENCE)), law(section("1", OFFENCE), section("1A", DOTS))
    assert told(old, new) == [("added", "inserted", "section-1A"), ("omitted", "omitted", "section-1A")]


def test_provisions_are_omitted_with_the_schedule_that_holds_them_and_in_a_range_of_numbers() -> None:
    schedule = Section(path="schedule-3", number="SCHEDULE 3", heading="Sample bodies")
    paragraphs = [Section(path=f"schedule-3-paragraph-{n}", number=str(n), text=f"{OFFENCE} {n}") for n in (1, 2)]
    old = law(section("2", OFFENCE), section("3", REGISTER), schedule, *paragraphs)
    gone = Section(path="schedule-3", number="SCHEDULE 3", text=DOTS)
    said = note("Sch. 3 repealed (1.4.2003) by 2003 c. 9001, s. 4", "schedule-3")
    two = Section(path="section-2", number="2-3", text=DOTS)
    assert told(old, law(two, gone, notes=(said,))) == [
        ("omitted", "omitted", "section-2"),
        ("omitted", "omitted", "section-3"),
        ("omitted", "repealed", "schedule-3"),
        ("omitted", "repealed", "schedule-3-paragraph-1"),
        ("omitted", "repealed", "schedule-3-paragraph-2"),
    ]


@pytest.mark.parametrize(
    ("after", "said", "verb"),
    [
        (OFFENCE.replace("two samples", "two or more samples"), "", "words inserted"),
        (OFFENCE.replace(" at the same time", ""), "", "words omitted"),
        (OFFENCE.replace(" at the same time", ""), "Words in s. 1 repealed by 2003 c. 9001", "words repealed"),
        (OFFENCE.replace("at the same time", ". . ."), "Words in s. 1 omitted by S.I. 2003/9003", "words omitted"),
        (OFFENCE.replace("two", "three"), "Word in s. 1 substituted by S.I. 2003/9003", "words substituted"),
        (OFFENCE.replace("two", "three"), "S. 1 substituted by S.I. 2003/9003, reg. 2", "substituted"),
        (OFFENCE.replace("two", "three"), "S. 1(2) substituted by S.I. 2003/9003, reg. 2", "words substituted"),
        (REGISTER, "", "substituted"),
        (OFFENCE.replace("two", "two or three"), "Words in s. 1 substituted by S.I. 2003/9003", "words substituted"),
        (OFFENCE.replace("two", "three"), "S. 1(2) inserted by S.I. 2003/9003, reg. 2", "words inserted"),
        (OFFENCE.replace("two", "three"), "S. 1 heading omitted by S.I. 2003/9003, reg. 2", "words substituted"),
        (OFFENCE.replace("two", "two or three"), "Words in s. 1 omitted by S.I. 2003/9003", "words inserted"),
    ],
)
def test_words_of_a_provision_are_inserted_omitted_or_substituted(after: str, said: str, verb: str) -> None:
    notes = (note(said, "section-1"),) if said else ()
    assert told(law(section("1", OFFENCE)), law(section("1", after), notes=notes)) == [("changed", verb, "section-1")]


def test_a_sub_provision_of_which_dots_are_left_is_omitted_and_not_words() -> None:
    texts = (f"(1) {OFFENCE} (2) {REGISTER}", f"(1) {OFFENCE} (2) \u2026")
    old, new = (
        section("1", text, parts=(Part(path="section-1-2", start=text.index("(2)"), end=len(text)),)) for text in texts
    )
    repealed = note("S. 1(2) repealed (1.4.2003) by 2003 c. 9001, s. 4", "section-1-2")
    assert told(law(old), law(new)) == [("changed", "omitted", "section-1-2")]
    assert told(law(old), law(new, notes=(repealed,))) == [("changed", "repealed", "section-1-2")]
    at_section = [
        note(f"{what} (1.4.2003) by 2003 c. 9001, s. 4", "section-1")
        for what in ("Words in s. 1(1) omitted", "S. 1(2) repealed")
    ]
    assert told(law(old), law(new, notes=tuple(at_section))) == [("changed", "repealed", "section-1-2")]
    assert told(law(old), law(new, notes=tuple(at_section[:1]))) == [("changed", "omitted", "section-1-2")]


@pytest.mark.parametrize(
    ("before", "after", "verb", "weight"),
    [
        ("it means\u2014 one of these, and another one;", "it means\u2014 (a) one of these, and (b) another one;",
         "", "editorial"),
        ("means: (a) one fee; (b) another fee.", "means: one fee; another fee.", "", "editorial"),
        ("means: (a) one fee; (b) another fee.", "means: (a) one fee; (c) another fee.", "words substituted",
         "legal effect"),
        ("as in paragraph (a) and (c) of it", "as in paragraph (a), (b) and (c) of it", "words inserted",
         "legal effect"),
    ],
)  # fmt: skip
def test_letters_of_a_list_are_no_words(before: str, after: str, verb: str, weight: str) -> None:
    (each,) = compare(law(section("1", before)), law(section("1", after)))
    assert (each.verb, each.significance) == (verb, weight)


def test_a_note_that_stood_there_before_does_not_say_what_was_done_now() -> None:
    before = note("S. 1 substituted (1.1.2002) by 2001 c. 9002, s. 1", "section-1")
    old = law(section("1", OFFENCE), notes=(before,))
    later = note("Words in s. 1 inserted (1.1.2003) by 2002 c. 9002, s. 1", "section-1")
    new = law(section("1", OFFENCE.replace("two", "two or more")), notes=(before, later))
    assert told(old, new) == [("changed", "words inserted", "section-1")]


@pytest.mark.parametrize(
    ("after", "said", "verb"),
    [
        ("three", ("Words in s. 1 inserted", "S. 1(2) omitted"), "words changed"),
        ("three", ("Words in s. 1 substituted", "S. 1(2) inserted"), "words changed"),
        ("two or three", ("Words in s. 1 substituted", "S. 1(2) inserted"), "words changed"),
        ("two or three", ("Words in s. 1 inserted", "S. 1(2) omitted"), "words inserted"),
        ("", ("Words in s. 1 repealed", "S. 1(2) omitted"), "words omitted"),
    ],
)
def test_of_several_things_that_notes_say_were_done_those_count_that_the_words_show(
    after: str, said: tuple[str, str], verb: str
) -> None:
    notes = tuple(
        note(f"{each} by S.I. 2003/9003", f"section-1{at}") for each, at in zip(said, ("", "-2"), strict=True)
    )
    new = section("1", OFFENCE.replace("two", after), parts=(Part(path="section-1-2", start=0, end=9),))
    assert told(law(section("1", OFFENCE)), law(new, notes=notes)) == [("changed", verb, "section-1")]


def test_words_and_heading_changed_where_a_note_says_something_else_of_each() -> None:
    at = (note(f"S. 1{of} by S.I. 2003/9003", "section-1") for of in (" heading substituted", "(2) inserted"))
    new = replace(section("1", OFFENCE.replace("two", "two or three")), heading="Another heading")
    assert told(law(section("1", OFFENCE)), law(new, notes=tuple(at))) == [("changed", "words changed", "section-1")]


@pytest.mark.parametrize("is_dotted", [True, False])
@pytest.mark.parametrize(
    ("behind", "came", "gone"),
    [(" for ss. 2, 3", "substituted", "replaced"), (" for s. 2", "substituted", "replaced"),
     ("", "inserted", "omitted")],
)  # fmt: skip
def test_what_came_for_others_is_substituted_and_these_are_replaced(
    behind: str, came: str, gone: str, *, is_dotted: bool
) -> None:
    old, new = (law(section("1", OFFENCE), section("2", text)) for text in (REGISTER, DOTS))
    said = note(f"S. 2A substituted{behind} (1.4.2003) by 2003 c. 9001, s. 4", "section-2A")
    later = law(*new.sections[: 1 + is_dotted], section("2A", "A tax is due."), notes=(said,))
    kind = "omitted" if is_dotted else "removed"
    assert sorted(told(old, later)) == [("added", came, "section-2A"), (kind, gone, "section-2")]


def test_a_paragraph_for_which_another_was_substituted_is_replaced_whatever_part_of_a_schedule_it_is_in() -> None:
    at = "schedule-2-part-1-paragraph"
    old = law(Section(path=f"{at}-1", number="1", text=OFFENCE), Section(path=f"{at}-2", number="2", text=REGISTER))
    said = note("Sch. 2 para. 1A substituted for Sch. 2 para. 2 (1.4.2003) by 2003 c. 9001, s. 4", f"{at}-1A")
    new = law(old.sections[0], Section(path=f"{at}-1A", number="1A", text="A tax is due."), notes=(said,))
    assert sorted(told(old, new)) == [("added", "substituted", f"{at}-1A"), ("removed", "replaced", f"{at}-2")]


def test_a_heading_alone_is_told_as_that() -> None:
    old, new = (law(section("1", OFFENCE, heading=heading)) for heading in ("The sample offence", "The offence"))
    assert told(old, new) == [("changed", "heading changed", "section-1")]


def test_crossheadings_are_matched_with_their_own_kind_alone() -> None:
    def crossheading(title: str) -> Section:
        return Section(path=f"part-1-crossheading-{title.lower()}", heading=title)

    old = law(crossheading("Offences"), section("1", OFFENCE), crossheading("Registers"), section("2", REGISTER))
    new = law(crossheading("Crimes"), section("1", OFFENCE), section("2", REGISTER))
    assert told(old, new) == [
        ("renumbered", "heading changed", "part-1-crossheading-crimes"),
        ("removed", "omitted", "part-1-crossheading-registers"),
    ]
    lone = law(section("Offences", OFFENCE))
    assert [kind for kind, _, _ in told(lone, law(crossheading("Offences")))] == ["removed", "added"]


def test_a_provision_that_made_room_for_another_is_renumbered() -> None:
    old = law(section("1", OFFENCE), section("2", REGISTER))
    new = law(
        section("1", OFFENCE),
        section("2", "Nobody pays for a sample that is kept for one day."),
        section("3", REGISTER),
    )
    assert told(old, new) == [("added", "inserted", "section-2"), ("renumbered", "renumbered", "section-3")]


def test_what_stands_elsewhere_after_a_repeal_was_inserted_there() -> None:
    old = law(section("1", OFFENCE), section("2", REGISTER))
    new = law(section("1", OFFENCE), section("2", DOTS), section("9", REGISTER))
    assert told(old, new) == [("omitted", "omitted", "section-2"), ("added", "inserted", "section-9")]


def test_a_provision_whose_path_was_made_otherwise_is_known_by_its_number_in_its_schedule() -> None:
    old = law(Section(path="schedule-2-paragraph-1", number="1", text=OFFENCE))
    new = law(Section(path="schedule-2-part-1-paragraph-1", number="1", text=OFFENCE.replace("two", "three")))
    assert told(old, new) == [("changed", "words substituted", "schedule-2-part-1-paragraph-1")]
    same = law(Section(path="schedule-2-part-1-paragraph-1", number="1", text=OFFENCE))
    assert told(old, same) == [("moved", "", "schedule-2-part-1-paragraph-1")]


def test_a_note_whose_words_stand_elsewhere_is_neither_inserted_nor_omitted() -> None:
    note = "OJ L 101, 15.4.2011, p. 1, as the sample says."
    one, two = (Section(path=f"article-{n}-note-1", text=note) for n in (1, 2))
    old, new = (law(section("1", OFFENCE), *notes, document="celex:32001L9001") for notes in ((one,), (one, two)))
    assert [kind for kind, _, _ in told(old, new)] == ["moved"]


def test_words_that_went_to_another_place_in_a_provision_are_kept() -> None:
    stays = "in the course of the work of an office of the owner in the area, whether or not it is done there"
    old = f"(1) This applies to work {stays}. (2) It applies where the work is done {stays[:-2]}, or for pay. (3) End."
    new = f"(1) In the case of pay it applies to other things. (2) It applies to all work {stays}. (3) End."
    shown = anchored(words(old, new), old, new)
    assert any(word.op == "=" and stays in word.text for word in shown)
    assert "".join(word.text for word in shown if word.op != "+") == old
    assert "".join(word.text for word in shown if word.op != "-") == new
