"""By which act a provision of the EU was changed: what the new text is marked with and the old one was not."""

from dataclasses import replace

from crawler.changes import compare
from crawler.model import Annotation, Reason, Section, Version

ONE, TWO = "32004R9002", "32006L9003"


def mark(path: str, act: str, text: str = "replaced", *, place: str = "", provision: str = "") -> Annotation:
    return Annotation(
        id=f"{act} {place}".strip(), kind="mark", path=path, text=text, citations=((f"celex:{act}", provision),)
    )


def version(texts: dict[str, str], *marks: Annotation, valid_from: str | None = "2009-03-01") -> Version:
    return Version(
        document="celex:32001R9001",
        title="Sample",
        sections=tuple(Section(path=path, number=path, text=text) for path, text in texts.items()),
        representation="structured",
        valid_from=valid_from,
        annotations=marks,
    )


def reasons(old: Version, new: Version) -> dict[str, tuple[Reason, ...]]:
    return {each.path: each.reasons for each in compare(old, new)}


FIRST = {"article-1": "Samples shall be taken by all who want them.", "article-2": "Samples shall be kept for a year."}
LATER = FIRST | {"article-1": "Samples shall be taken by nobody, whoever wants them."}
BY_TWO = Reason(instrument=f"celex:{TWO}", date="2010-01-01", basis="mark")


def test_the_act_whose_mark_the_old_text_lacks_is_the_reason() -> None:
    old = version(FIRST, mark("article-1", ONE), mark("article-2", ONE))
    new = version(LATER, mark("article-1", ONE), mark("article-1", TWO), valid_from="2010-01-01")
    assert reasons(old, new) == {"article-1": (BY_TWO,)}


def test_a_mark_that_another_act_split_is_not_new() -> None:
    old = version(FIRST, mark("article-1", ONE))
    new = version(
        LATER, mark("article-1", ONE), mark("article-1-2", TWO), mark("article-1-3", ONE), valid_from="2010-01-01"
    )
    assert reasons(old, new) == {"article-1": (BY_TWO,)}
    assert reasons(old, version(LATER, mark("article-1", ONE), mark("article-1-3", ONE))) == {"article-1": ()}


def test_an_act_that_changes_a_provision_again_is_named_where_its_marks_are_new() -> None:
    old = version(FIRST, mark("article-1-2", ONE))
    new = version(LATER, mark("article-1-2", ONE), mark("article-1-4", ONE))
    assert reasons(old, new)["article-1"] == (Reason(instrument=f"celex:{ONE}", basis="mark"),)
    first = mark("article-1-2", ONE, place="AR:1;PT:2", provision="article-1-2")
    then = mark("article-1-2", ONE, place="AR:1;PT:3", provision="article-1-3")
    found = reasons(version(FIRST, first), version(LATER, first, then))["article-1"]
    assert found == (Reason(instrument=f"celex:{ONE}", provision="article-1-3", basis="instruction"),)


def test_a_page_that_names_the_act_alone_makes_no_instruction_new() -> None:
    old = version(FIRST, mark("article-1-2", ONE))
    new = version(LATER, mark("article-1-2", ONE, place="AR:1;PT:2", provision="article-1-2"))
    assert reasons(old, new)["article-1"] == ()


def test_a_provision_that_left_has_the_act_that_deleted_it_or_something_around_it() -> None:
    gone = {"article-2": FIRST["article-2"]}
    assert reasons(version(FIRST), version(gone, mark("article-1", ONE, "deleted")))["article-1"][
        0
    ].instrument.endswith(ONE)
    annex = {"annex-i": "Samples of all sorts are listed here.", "annex-i-point-3": "Samples of the third sort."}
    old, new = version(annex), version({"annex-i": annex["annex-i"]}, mark("annex-i", TWO, "deleted"))
    assert [each.instrument for each in reasons(old, new)["annex-i-point-3"]] == [f"celex:{TWO}"]


def test_of_two_acts_that_deleted_somewhere_none_is_named_unless_one_did_before() -> None:
    gone = {"article-2": FIRST["article-2"]}
    both = version(gone, mark("", ONE, "deleted"), mark("", TWO, "deleted"))
    assert reasons(version(FIRST), both)["article-1"] == ()
    known = version(FIRST, mark("article-9", ONE, "deleted"))
    assert [each.instrument for each in reasons(known, both)["article-1"]] == [f"celex:{TWO}"]


def test_what_a_mark_says_was_replaced_as_a_whole_was_substituted() -> None:
    whole = replace(mark("article-1", TWO), place="number")
    for marks, verb in (((whole,), "substituted"), ((mark("article-1", TWO),), "words substituted")):
        assert [each.verb for each in compare(version(FIRST), version(LATER, *marks))] == [verb]
    assert [each.verb for each in compare(version(FIRST, whole), version(LATER, whole))] == ["words substituted"]


def test_a_footnote_that_another_one_pushed_on_is_no_change_of_law() -> None:
    note = "Sample Journal L 1, 1.1.2001, p. 1, and what follows there."
    other = "Sample Journal L 2, 2.2.2002, p. 2, and what comes before it."
    old, new = (
        version(FIRST | {"article-1-note-1": note}),
        version(FIRST | {"article-1-note-1": other, "article-1-note-2": note}),
    )
    found = {each.path: (each.kind, each.verb, each.significance) for each in compare(old, new)}
    assert found["article-1-note-2"] == ("moved", "", "editorial")


def test_a_new_footnote_has_the_one_act_that_changed_what_calls_it() -> None:
    noted = LATER | {"article-1-note-1": "Sample Journal L 1, 1.1.2001, p. 1, and what follows there."}
    called = mark("article-1", TWO)
    assert [each.instrument for each in reasons(version(FIRST), version(noted, called))["article-1-note-1"]] == [
        f"celex:{TWO}"
    ]
    assert reasons(version(FIRST), version(noted, called, mark("article-1", ONE)))["article-1-note-1"] == ()


def test_the_day_of_a_consolidation_is_that_of_an_act_where_it_took_in_one_alone() -> None:
    def days(*acts: str) -> set[str]:
        new = version(LATER, *(mark("article-1", act) for act in acts), valid_from="2010-01-01")
        return {reason.date for found in reasons(version(FIRST), new).values() for reason in found}

    assert days(ONE) == {"2010-01-01"}
    assert days(ONE, TWO) == {""}, "the day is that of the last of them"
    assert days(f"{ONE}R(01)") == {""}, "a corrigendum holds from the beginning"


def test_what_is_no_mark_and_the_old_text_say_nothing() -> None:
    other = replace(mark("article-1", ONE), kind="F")
    assert reasons(version(FIRST, mark("article-1", ONE)), version(LATER)) == {"article-1": ()}
    assert reasons(version(FIRST), version(LATER, other)) == {"article-1": ()}
