"""Why provisions changed: by new notes, by effects with their ids, by provision and day; and never by guess."""

from dataclasses import replace

import pytest

from crawler.changes import compare
from crawler.changes.placing import Places
from crawler.changes.reasons import Effect, Start, days, with_reasons
from crawler.model import Annotation, Difference, Reason, Section, Version

ACT = "ukpga/2001/9001"
ORDER, LATER = ("uksi/2002/9002", ""), ("ukpga/2003/9003", "")
BEFORE, AFTER = "2019-01-01", "2020-12-31"


def version(*sections: Section, day: str = AFTER, notes: tuple[Annotation, ...] = ()) -> Version:
    return Version(
        document=ACT, title="Sample Act", sections=sections, representation="structured", valid_from=day,
        annotations=notes,
    )  # fmt: skip


def section(path: str, text: str = "The same words stand here.", status: str = "") -> Section:
    return Section(path=path, number=path.rpartition("-")[2], heading="Sample", text=text, status=status)


def note(
    path: str, text: str = "", *citations: tuple[str, str], id: str = "key-1", kind: str = "F", **more: str
) -> Annotation:
    words = text or "Words in s. 4 substituted (1.3.2020) by The Sample Order 2002 (S.I. 2002/9002), art. 3"
    return Annotation(id=id, kind=kind, path=path, text=words, citations=citations or (ORDER,), **more)  # type: ignore[arg-type]


def effect(*paths: str, date: str = "2020-06-01", nature: str = "textual", id: str = "key-9", **more: object) -> Effect:
    named = {"instrument": LATER[0], "provision": "s. 12", **more}
    return Effect(id=id, nature=nature, paths=paths, starts=(Start(date=date),), **named)  # type: ignore[arg-type]


def reasons(old: Version, new: Version, *effects: Effect) -> dict[str, tuple[Reason, ...]]:
    return {each.path: each.reasons for each in with_reasons(compare(old, new), old, new, effects)}


OLD = version(section("section-4", "Old words stand here."), section("section-5"), day=BEFORE)
NEW = version(section("section-4", "New words stand here."), section("section-5"))


def changed(
    *notes: Annotation, effects: tuple[Effect, ...] = (), before: tuple[Annotation, ...] = ()
) -> tuple[Reason, ...]:
    (found,) = reasons(replace(OLD, annotations=before), replace(NEW, annotations=notes), *effects).values()
    return found


def test_a_note_that_is_new_names_its_instrument_by_its_links_and_its_day() -> None:
    assert changed(note("section-4")) == (Reason(instrument=ORDER[0], provision="art. 3", date="2020-03-01"),)
    assert changed(note("section-4"), before=(note("section-4"),)) == (), "it tells of an earlier change"
    assert changed(note("section-5")) == (), "it stands at another provision"
    assert changed(note("section-4", "1986 c. 53.", ("ukpga/1986/53", ""))) == (), "a footnote amends nothing"


@pytest.mark.parametrize(
    ("words", "in_part"),
    [
        ("for specified purposes", [True]),
        ("for E.", [True]),
        ("at 00:01", [False]),
        ("in so far as not already in force", [False]),
        ("for specified purposes, 1.4.2020 in so far as not already in force", [True, False]),
    ],
)
def test_a_day_on_which_some_of_it_began_is_one_in_part(words: str, in_part: list[bool]) -> None:
    said = f"Words in s. 4 substituted (1.3.2020 {words}) by The Sample Order 2002 (S.I. 2002/9002), art. 3"
    assert [each.in_part for each in changed(note("section-4", said))] == in_part
    starts = (Start(date="2020-06-01", qualification=words.partition(",")[0]),)
    of_effect = replace(effect("section-4"), starts=starts)
    assert [each.in_part for each in changed(effects=(of_effect,))] == in_part[:1]


def test_the_effect_with_the_id_of_the_note_goes_first() -> None:
    joined = effect("section-9", id="key-1")
    assert changed(note("section-4"), effects=(joined,)) == (
        Reason(instrument=LATER[0], provision="s. 12", date="2020-06-01", basis="effect"),
    )


def test_the_instrument_is_the_one_behind_the_verb_and_none_where_it_is_not_clear() -> None:
    cited = "Words in s. 4 (as inserted by S.I. 2002/9002, art. 2) substituted (1.3.2020) by 2003 c. 9003, s. 12"
    assert [each.instrument for each in changed(note("section-4", cited, ORDER, LATER))] == [LATER[0]]
    unread = "Something was done to it, see the Sample Order and the Sample Act"
    assert changed(note("section-4", unread, ORDER, LATER)) == ()
    assert [each.instrument for each in changed(note("section-4", "Words in definition s. 9(5) inserted"))] == [
        ORDER[0]
    ]
    operative = replace(note("section-4", unread, ORDER, LATER), operative=(LATER,))
    assert [each.instrument for each in changed(operative)] == [LATER[0]]


def test_the_provision_is_the_one_that_the_publisher_marks_as_operative() -> None:
    links = (ORDER, (ORDER[0], "article-1-2"), (ORDER[0], "article-3"), (ORDER[0], "article-5"))
    marked = replace(note("section-4", "", *links), operative=links[2:])
    assert [each.provision for each in changed(marked)] == ["article-3", "article-5"]
    alike = effect("section-4", instrument=ORDER[0], provision="art. 3(2)")
    assert [each.provision for each in changed(note("section-4", "", *links), effects=(alike,))] == ["art. 3(2)"]


def test_several_notes_are_several_reasons_in_their_order_each_once() -> None:
    other = note("section-4", "Word in s. 4 omitted (1.5.2020) by 2003 c. 9003, s. 7", LATER, id="key-2")
    found = changed(note("section-4"), other, note("section-4-1", id="key-3"))
    assert [(each.instrument, each.date) for each in found] == [(ORDER[0], "2020-03-01"), (LATER[0], "2020-05-01")]


@pytest.mark.parametrize(
    ("known", "is_named"),
    [
        (effect("section-4"), True),
        (effect("section-4-1-a"), True),
        (effect("section-2..section-6"), True),
        (effect("section-4-heading"), True),
        (effect("section-5"), False),
        (effect("section-40"), False),
        (effect("crossheading:section-4"), False),
        (effect("whole"), False),
        (effect("section-4", date="2018-01-01"), False),
        (effect("section-4", date="2021-01-01"), False),
        (effect("section-4", nature="commencement"), False),
        (effect("section-4", nature="modification"), False),
        (effect("section-4", nature="earlier"), False),
        (effect("section-4", nature=""), False),
        (effect("section-4", is_open=True), False),
    ],
)
def test_an_effect_by_provision_and_day_explains_what_no_note_does(known: Effect, is_named: bool) -> None:
    assert [each.instrument for each in changed(effects=(known,))] == [LATER[0]] * is_named
    assert [each.instrument for each in changed(note("section-4"), effects=(known,))] == [ORDER[0]]


def test_an_effect_whose_note_stands_elsewhere_does_not_explain_it() -> None:
    assert changed(note("section-5", id="key-9"), effects=(effect("section-4", "section-5"),)) == ()


def test_what_began_is_explained_by_what_commences_that_very_provision() -> None:
    old = version(section("section-52", status="prospective"), section("section-54", status="prospective"), day=BEFORE)
    new = version(section("section-52"), section("section-54"))
    orders = (
        effect("section-54", nature="commencement", instrument=ORDER[0], provision="art. 2"),
        effect("section-52", nature="commencement", id="key-8", date="2021-06-01"),
    )
    found = reasons(old, new, *orders)
    assert found["section-52"] == ()
    assert found["section-54"] == (Reason(instrument=ORDER[0], provision="art. 2", date="2020-06-01", basis="effect"),)
    noted = note("section-52", "S. 52 in force at 1.7.2020 by S.I. 2002/9002, art. 5(b)", kind="I")
    found = reasons(old, replace(new, annotations=(noted,)), *orders)
    assert found["section-52"] == (Reason(instrument=ORDER[0], provision="art. 5(b)", date="2020-07-01"),)
    conclusion = replace(noted, text="S. 52 not in force at Royal Assent; wholly in force at 1.7.2020")
    assert reasons(old, replace(new, annotations=(conclusion,)))["section-52"] == ()


def test_an_insertion_that_begins_later_is_explained_by_what_commences_it() -> None:
    old, new = version(section("section-4A", status="prospective"), day=BEFORE), version(section("section-4A"))
    start = Start(date="2020-06-01", instrument=ORDER[0], provision="reg. 2")
    inserted = replace(effect("section-4A", head="inserted"), starts=(start,))
    words = replace(effect("section-4A", head="words inserted", id="key-2"), starts=(start,))
    inside = replace(effect("section-4A-2", head="inserted", id="key-3"), starts=(start,))
    assert reasons(old, new, words, inside)["section-4A"] == ()
    found = reasons(old, new, words, inserted, inside)
    assert found["section-4A"] == (Reason(instrument=ORDER[0], provision="reg. 2", date="2020-06-01", basis="effect"),)


def test_what_came_or_went_whole_is_explained_by_the_note_at_what_holds_it() -> None:
    part, held = section("part-3", ""), section("section-30", ". . . .")
    old = version(part, replace(held, text="Words that stood here once."), day=BEFORE)
    at_part = note("part-3", "Pt. 3 repealed (1.3.2020) by S.I. 2002/9002, art. 3", place="number")
    found = reasons(old, version(part, held, notes=(at_part,)))
    assert [each.instrument for each in found["section-30"]] == [ORDER[0]]
    found = reasons(old, version(part, replace(held, text="Other words that stand here."), notes=(at_part,)))
    assert found["section-30"] == (), "other words are no repeal of the part"


def test_an_insertion_is_explained_by_what_inserted_it_and_not_by_what_was_done_inside_it_since() -> None:
    old = version(section("section-4"), day=BEFORE)
    inserted = note("section-4A", "S. 4A inserted (1.3.2020) by S.I. 2002/9002, art. 3", id="key-1", place="number")
    since = [
        note("section-4A", f"{what} (1.9.2020) by 2003 c. 9003, s. 12", LATER, id=f"key-{what}")
        for what in ("Words in s. 4A(2) substituted", "S. 4A(3) inserted", "S. 4A heading substituted", "Word inserted")
    ]

    def insertion(*notes: Annotation, effects: tuple[Effect, ...] = ()) -> list[tuple[str, str]]:
        new = version(section("section-4"), section("section-4A", "It is new here."), notes=notes)
        return [(each.instrument, each.date) for each in reasons(old, new, *effects)["section-4A"]]

    assert insertion(inserted, *since) == [(ORDER[0], "2020-03-01")]
    assert insertion(*since) == [], "nothing says what inserted it"
    inside, words = effect("section-4A-2", head="inserted"), effect("section-4A", head="words inserted", id="key-8")
    assert insertion(*since, effects=(inside, words)) == []
    whole = effect("section-4A", head="inserted", id="key-7")
    assert insertion(*since, effects=(inside, words, whole)) == [(LATER[0], "2020-06-01")]


def test_words_inserted_in_what_holds_a_provision_may_be_all_of_it() -> None:
    old, made = version(section("schedule-1"), day=BEFORE), section("schedule-1-paragraph-2", "It is new here.")
    words = note("schedule-1-paragraph-2", "Words in Sch. 1 inserted (1.3.2020) by S.I. 2002/9002, art. 3")
    found = reasons(old, version(section("schedule-1"), made, notes=(words,)))
    assert [each.instrument for each in found["schedule-1-paragraph-2"]] == [ORDER[0]]


def test_a_crossheading_is_that_which_begins_with_the_provision() -> None:
    def act(heading: str, day: str) -> Version:
        over = Section(path="part-5-crossheading-notices", heading=heading)
        return version(over, section("section-140"), section("section-141"), day=day)

    old, new = act("Documents", BEFORE), act("Documents and notices", AFTER)
    found = reasons(old, new, effect("crossheading:section-140"), effect("crossheading:section-141", id="key-2"))
    assert [len(each) for each in found.values()] == [1]
    places = Places(old, new)
    assert places.follower("part-5-crossheading-notices") == "section-140"


def test_what_marks_of_a_consolidation_explain_is_explained() -> None:
    marked = Reason(instrument="celex:32024R1183", provision="article-1-2", date=AFTER, basis="instruction")
    given = [replace(each, reasons=(marked,)) for each in compare(OLD, NEW)]
    (found,) = with_reasons(given, OLD, NEW, [effect("section-4")])
    assert found.reasons == (marked,)


def test_a_difference_has_the_last_of_the_days_of_its_reasons_where_all_lie_between_the_versions() -> None:
    def since(*dates: str) -> str | None:
        made = tuple(Reason(instrument="x", date=date) for date in dates)
        return days(Difference(kind="changed", path="section-4", reasons=made), BEFORE, AFTER)

    assert since("2020-03-01", "2020-06-01") == "2020-06-01"
    assert since("2020-03-01", "") is None and since() is None and since("2018-01-01") is None
    assert since("2021-01-01") is None


def test_many_differences_and_effects_take_linear_time() -> None:
    old = version(*(section(f"section-{n}", "Old words stand here.") for n in range(400)), day=BEFORE)
    new = version(*(section(f"section-{n}", "New words stand here.") for n in range(400)))
    effects = [effect(f"section-{n}", id=f"key-{n}") for n in range(400)]
    assert all(len(each) == 1 for each in reasons(old, new, *effects).values())


def test_a_provision_with_another_number_brings_its_notes_along() -> None:
    """What was done before it was renumbered is no reason of its new number; nor are other names of the same note."""
    told = "Words in s. 4 substituted (1.3.2019) by The Sample Order 2002 (S.I. 2002/9002), art. 3"
    new = "S. 4 renumbered as s. 6 (1.3.2020) by The Sample Order 2002 (S.I. 2002/9002), art. 5"
    words = "The words of a provision that stays as it was, but for its number."
    old = version(section("section-4", words), day=BEFORE, notes=(note("section-4", told),))
    notes = (note("section-6", told, id="key-7"), note("section-6", new, id="key-8"))
    found = reasons(old, version(section("section-6", words), notes=notes))
    assert found == {"section-6": (Reason(instrument=ORDER[0], provision="art. 5", date="2020-03-01"),)}


def test_a_provision_without_a_note_of_its_own_went_with_the_whole_law() -> None:
    dots = ". . . . . . . ."
    repeal = note("section-4", "Act repealed (1.6.2020) by 2003 c. 9003, s. 12", LATER)
    found = reasons(OLD, version(section("section-4", dots), section("section-5", dots), notes=(repeal,)))
    assert found == dict.fromkeys(
        ("section-4", "section-5"), (Reason(instrument=LATER[0], provision="s. 12", date="2020-06-01"),)
    )


def test_what_went_for_another_provision_has_the_reason_of_that() -> None:
    old = version(section("section-4"), section("section-5", "Each fee is paid to the keeper."), day=BEFORE)
    said = note("section-5A", "S. 5A substituted for s. 5 (1.3.2020) by The Sample Order 2002 (S.I. 2002/9002), art. 3")
    new = version(section("section-4"), section("section-5A", "A tax is due."), notes=(said,))
    by = (Reason(instrument=ORDER[0], provision="art. 3", date="2020-03-01"),)
    assert reasons(old, new) == {"section-5": by, "section-5A": by}
