"""What entries say of when a new law is in force, and of what took the place of a draft."""

from dataclasses import replace
from typing import Literal

import pytest

from crawler.entries import begins, law, procedures
from crawler.law import Origin, Step
from crawler.law.days import begun
from crawler.store import Row, Store, commencements, families, wordings

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
         ["In force in parts, from 1 March 2029; for other parts it states no date."]),
        ("in parts", ["2029-03-01", "2029-04-02", "2029-04-03", "2029-04-04"], False,
         ["In force in parts (7 of 9 provisions wholly), from 1 March 2029, 2 April 2029, 3 April 2029 and 4 April "
          "2029."]),
        ("in parts", [f"2029-03-0{number}" for number in range(1, 7)], False,
         ["In force in parts (7 of 9 provisions wholly), from several days between 1 March 2029 and 6 March 2029."]),
        ("not applicable: revoked", ["2029-03-01"], False, ["It had come into force on 1 March 2029."]),
        ("not applicable: revoked", ["2029-03-01", "2029-04-01"], False,
         ["Parts of it had come into force on 1 March 2029 and 1 April 2029."]),
        ("not yet", ["2029-03-01"], False, ["Not yet in force; to be in force from 1 March 2029."]),
        ("not yet", ["2029-03-01", "2029-04-01"], False, ["Not yet in force; parts of it from 1 March 2029."]),
        ("not yet", [], True, ["Not yet in force.", CONDITION]),
        ("not stated", [], False, [CONDITION]),
        ("at least in part", [], True, ["Parts of it come into force on days that are to be appointed."]),
        ("at least in part", ["2029-03-01"], True,
         ["In force in parts, from 1 March 2029; for other parts it states no date."]),
    ],
)  # fmt: skip
def test_days_and_conditions_are_told(
    monkeypatch: pytest.MonkeyPatch, in_force: str, days: list[str], is_open: bool, said: list[str]
) -> None:
    """Days where they are few, the words of the instrument where it names none."""
    monkeypatch.setattr(families, "begun", lambda *_: (days, is_open))
    monkeypatch.setattr(families, "days", lambda *_: [])
    monkeypatch.setattr(wordings, "headings", lambda *_: [HEADED])
    monkeypatch.setattr(commencements, "counted", lambda *_: (7, 9))
    steps = [Step(path="", state="in force", source="own provision", date=date) for date in days]
    monkeypatch.setattr(commencements, "stated", lambda *_: steps)
    top = {"id": "a", "kind": "si", "in_force": in_force, "partial": 0, "published": None}
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == said


PURPOSES = Step(path="article-2", state="to be appointed", source="own provision", qualification="for some cases")
REST = Step(path="", state="to be appointed", source="own provision", is_rest=True)


@pytest.mark.parametrize(
    ("days", "open_", "said"),
    [
        (
            ["2029-03-01"],
            PURPOSES,
            "In force in parts, from 1 March 2029; for some purposes of article 2 it names no date",
        ),
        (["2029-03-01"], REST, "In force in parts, from 1 March 2029; for other parts it states no date"),
        ([], REST, "All of it but what it excepts comes into force on days that are to be appointed"),
    ],
)
def test_what_is_left_open_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, days: list[str], open_: Step, said: str
) -> None:
    """Purposes of provisions that began, others, or all but a few."""
    begun = [Step(path="article-2", state="in force", source="own provision", date=date) for date in days]
    monkeypatch.setattr(families, "begun", lambda *_: (days, True))
    monkeypatch.setattr(commencements, "stated", lambda *_: [*begun, open_])
    top = {"id": "a", "kind": "act", "in_force": "at least in part", "partial": 0}
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == [f"{said}."]


@pytest.mark.parametrize(
    ("label", "number", "waiting", "said"),
    [
        ("made", 2, 0, "Read as made, without any change that is in a later text; 2 more that its publisher "
         "lists are not in it either."),
        ("2030-02-01", 1, 0, "1 change that its publisher lists is not in its text."),
        ("2030-02-01", 1, 1, "1 change that its publisher lists is not in its text; that change was not in force on 1 "
         "January 2032."),
        ("2030-02-01", 3, 3, "3 changes that its publisher lists are not in its text; none was in force on 1 "
         "January 2032."),
        ("enacted", 3, 3, "Read as enacted, without any change that is in a later text; 3 more that its publisher "
         "lists are not in it either; none of these was in force on 1 January 2032."),
        ("made", 3, 2, "Read as made, without any change that is in a later text; 3 more that its publisher lists "
         "are not in it either; of these 2 not in force on 1 January 2032."),
    ],
)  # fmt: skip
def test_changes_that_are_not_in_the_text_are_counted(
    monkeypatch: pytest.MonkeyPatch, label: str, number: int, waiting: int, said: str
) -> None:
    monkeypatch.setattr(families, "unapplied", lambda *_: (number, waiting))
    top = {
        "id": "uksi/2029/1", "kind": "act", "in_force": "2029-05-01", "partial": 0, "label": label,
        "representation": "structured", "first_seen": "2032-01-01T00:00:00Z",
    }  # fmt: skip
    with Store.open(":memory:") as store:
        assert str(list(begins.sentences(store, top))[-1]) == said
        read = "It was read in its text as {}."
        assert [str(each) for each in law.as_made(top)] == (
            [read.format(label)] if label in ("made", "enacted") else []
        )


def test_what_a_law_says_on_when_it_begins_stands_beside_a_summary_that_has_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = f"{'the fee for every sample, ' * 12}is paid"
    own = f"(1) This Order comes into force when the test in paragraph (2) is met. (2) The test is that {long}."
    note = f"All have to agree that {long}. The Article will then have effect from 1st April 2029."
    rows = {"article-1": ("Commencement", own), "note": ("", note)}
    top = {"id": "a", "kind": "si", "in_force": "not stated", "published": None}
    with Store.open(":memory:") as store:
        for path, told, beside in (
            ("article-1", ["It comes into force “when the test in paragraph (2) is met”."], f"The test is that {long}"),
            ("note", [], note.rstrip(".")),
        ):
            row = {"path": path, "heading": rows[path][0], "text": rows[path][1]}
            monkeypatch.setattr(wordings, "headings", lambda *_, row=row: [row])
            assert [str(each) for each in begins.sentences(store, top)] == told
            assert [str(each).partition(": ")[2] for each in begins.untold(store, top)] == [f"“{beside}”."]


def test_each_limit_on_what_a_law_applies_to_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = [f"Regulation {number} does not apply to a fee paid before {number}th May 2029" for number in range(4, 11)]
    row = {"path": "regulation-1", "heading": "Citation, commencement and application", "text": ". ".join(limits)}
    monkeypatch.setattr(wordings, "headings", lambda *_: [row])
    top = {"id": "uksi/2029/1", "kind": "si", "in_force": "2029-05-01", "published": None}
    with Store.open(":memory:") as store:
        *told, more = map(str, begins.untold(store, top))
    assert told == [f"It says: \u201c{each}\u201d." for each in limits[:5]]
    assert more == "It has 2 more sentences on to what it does not apply."


def test_of_what_days_are_to_be_appointed_is_said_in_the_words_of_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The preceding sections of this Act come into force on such day as the Minister may by order appoint"
    row = {"path": "section-12", "heading": "Short title and commencement", "text": f"(1) It is new. (2) {words}."}
    step = Step(path="", state="to be appointed", source="own provision", is_rest=True)
    monkeypatch.setattr(wordings, "headings", lambda *_: [row])
    monkeypatch.setattr(families, "begun", lambda *_: ([], True))
    monkeypatch.setattr(commencements, "stated", lambda *_: [step])
    top = {"id": "a", "kind": "act", "in_force": "not stated", "partial": 0, "label": "enacted"}
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == [f"It says: “{words}”."]


def test_the_note_says_from_when_an_instrument_without_days_has_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The Sample Act is old. The Article will have effect from 1st April 2029 in respect of fees."
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"path": "note", "heading": "", "text": words}])
    top = {"id": "a", "kind": "si", "in_force": "not stated", "published": None}
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == [
            "Its note says: “The Article will have effect from 1st April 2029 in respect of fees”.",
        ]  # fmt: skip


def test_what_an_instrument_waits_for_and_reaches_back_to_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Approval by Parliament, transition, and effect from before its making, as its note says."""
    laid = (
        "Rules laid before Parliament under section 9 of the Act 2028 (c. 9), for approval by resolution of each House "
    )
    told: list[Row] = [
        {"path": "introduction", "heading": "", "text": f"{laid}of Parliament within twenty-eight days."},
        {
            "path": "note",
            "heading": "",
            "text": "The Rules are given retrospective effect in part. They contain savings.",
        },
    ]
    monkeypatch.setattr(wordings, "headings", lambda *_: told)
    top = {
        "id": "a", "kind": "si", "in_force": "2029-05-01", "published": "2029-04-20", "representation": "structured",
        "label": "made", "first_seen": "2032-01-01T00:00:00Z",
    }  # fmt: skip
    with Store.open(":memory:") as store:
        assert str(list(begins.sentences(store, top))[1]) == (
            "Its note says: “The Rules are given retrospective effect in part”."
        )
        told[1] |= {
            "text": "By section 9 these Rules have effect in relation to oil sold on or after 1st July 2028. It ends."
        }
        assert (
            str(list(begins.sentences(store, top))[1])
            == f"Its note says: “{told[1]['text'].removesuffix('. It ends.')}”."
        )
        told[1] |= {"text": "The Rules have effect. They contain savings."}
        assert [str(each) for each in begins.not_settled(store, top)] == [
            "It was laid for approval by resolution of each House of Parliament; whether it was approved, its text "
            "does not say.",
            "Its note says that it has transitional provisions or savings.",
        ]


def test_a_day_that_the_law_on_acts_sets_is_told_with_that_law(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Step(path="section-2", state="in force", source="own provision", date="2029-05-01", authority="s. 9")
    silent = replace(own, path="section-1", source="default", authority="Interpretation Act 1978, s. 4(b)")
    monkeypatch.setattr(commencements, "stated", lambda *_: [own, silent, replace(silent, path="section-3")])
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.by_default(store, "ukpga/2029/1")] == [
            "Where it does not say when it comes into force, the day is that of the Interpretation Act 1978, s. 4(b)."
        ]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Read in the text as at 1 February 2030."),
        ("2031-03-01", "Read in the text as at 1 February 2030, which held until 1 March 2031."),
    ],
)
def test_a_whole_law_is_read_as_at_a_day(monkeypatch: pytest.MonkeyPatch, until: str, said: str) -> None:
    """And the end of a wording that was replaced or repealed is told."""
    monkeypatch.setattr(families, "wording_ended", lambda *_: (until, None))
    top = {
        "id": "ukpga/2029/1", "kind": "act", "in_force": "2029-05-01", "partial": 0, "label": "2030-02-01",
        "representation": "structured", "first_seen": "2032-01-01T00:00:00Z",
    }  # fmt: skip
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == ["In force from 1 May 2029.", said]
        ahead = str(list(begins.sentences(store, {**top, "first_seen": "2030-06-01T00:00:00Z"}))[-1])
        assert ahead == said.replace("held", "holds")
        assert len(list(begins.sentences(store, {**top, "label": "enacted"}))) == 1


def test_effect_from_before_the_making_is_told_with_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "These Rules come into force on 1st May 2029 and shall have effect as from 1st April 2029."
    monkeypatch.setattr(wordings, "headings", lambda *_: [{**HEADED, "text": words}])
    top = {"id": "a", "kind": "si", "in_force": "2029-05-01", "published": "2029-04-20"}
    with Store.open(":memory:") as store:
        assert [str(each) for each in begins.sentences(store, top)] == [
            "In force from 1 May 2029.", "By its own words it has effect, wholly or in part, from 1 April 2029.",
        ]  # fmt: skip
        more = " ".join(f"Rule {each} has effect from {each}th April 2029." for each in range(4, 7))
        monkeypatch.setattr(wordings, "headings", lambda *_: [{**HEADED, "text": f"{words} {more}"}])
        assert str(list(begins.sentences(store, top))[1]).endswith(
            "from 1 April 2029, 4 April 2029, 5 April 2029 and 6 April 2029."
        )


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("2019-03-06", ["Not yet in force.", "It comes into force “on exit day”."]),
        ("2029-03-06", [
            "In force from 31 December 2020.",
            "It says “on exit day”: that is 31 December 2020 by the European Union (Withdrawal Agreement) Act 2020, "
            "schedule 5 paragraph 1.",
        ]),
    ],
)  # fmt: skip
def test_a_day_without_a_date_is_told_with_the_law_that_fixed_it(
    monkeypatch: pytest.MonkeyPatch, seen: str, said: list[str]
) -> None:
    """Of a law read before that one was made its own words alone."""
    day = begun("on exit day", Origin(made="2019-02-27"))
    assert day is not None
    step = Step(path="", state="in force", source="own provision", date=day.date, qualification=day.words)
    monkeypatch.setattr(commencements, "stated", lambda *_: [step])
    with Store.open(":memory:") as store:
        top = {"id": "a", "kind": "act", "in_force": day.date, "first_seen": seen}
        assert [str(each) for each in begins.sentences(store, top)] == said


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
    monkeypatch.setattr(families, "targets", lambda *_: [{"target": target, "title": ""}])
    with Store.open(":memory:") as store:
        assert [str(each) for each in law.superseded_drafts(store, "a")] == said


def test_a_text_of_the_parliament_says_when_what_it_decides_enters_into_force(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Decides to amend its Rules. Decides that the amendments shall enter into force on 16 July 2029; Instructs."
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"text": words}])
    with Store.open(":memory:") as store:
        assert [str(each) for each in procedures._begins(store, {"id": "ep:A-9-2029-0163"})] == [
            "It says: “the amendments shall enter into force on 16 July 2029”."
        ]
        monkeypatch.setattr(wordings, "headings", lambda *_: [{"text": words}, {"text": words.replace("16", "17")}])
        assert list(procedures._begins(store, {"id": "ep:A-9-2029-0163"})) == [], "it says two days"


def test_what_a_condition_points_to_is_quoted_where_a_summary_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    condition = "This Order comes into force on the day after it is approved, if the test in paragraph (2) is met."
    top = {"id": "a", "kind": "si", "in_force": "not yet", "published": ""}
    for test, told in (("that the fee is paid", 3), (f"that {'the fee is paid or '.join([''] * 9)} waived", 2)):
        text = f"(1) {condition} (2) The test is {test}."
        monkeypatch.setattr(wordings, "headings", lambda *_, text=text: [{**HEADED, "text": text}])
        with Store.open(":memory:") as store:
            said = [str(each) for each in begins.sentences(store, top)]
        assert said[2:] == [f"It says: “The test is {test}”."][: told - 2] and len(said) == told


def test_days_of_what_was_put_in_later_are_not_those_of_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {"date": "2029-03-01", "state": "in force", "is_later": 0}
    later = {"date": "2031-03-01", "state": "in force", "is_later": 1}
    with Store.open(":memory:") as store:
        for rows, days in (([first, later], ["2029-03-01"]), ([later], ["2031-03-01"])):
            monkeypatch.setattr(Store, "all", lambda *_, rows=rows: rows)
            assert families.begun(store, "a") == (days, False)


@pytest.mark.parametrize(("source", "said"), [("insertion", ", and from later days what was inserted."), ("text", ".")])
def test_provisions_that_were_inserted_later_have_days_of_their_own(
    monkeypatch: pytest.MonkeyPatch, source: Literal["insertion", "text"], said: str
) -> None:
    days = [f"2029-0{month}-01" for month in range(1, 5)]
    steps = [Step(path="section-4A", state="in force", source=source, date="2031-03-01")]
    monkeypatch.setattr(families, "begun", lambda *_: (days, False))
    monkeypatch.setattr(commencements, "counted", lambda *_: (7, 9))
    monkeypatch.setattr(commencements, "stated", lambda *_: steps)
    with Store.open(":memory:") as store:
        found = str(begins._in_parts(store, "a"))
    assert found.startswith("In force in parts (7 of 9 provisions wholly), from 1 January 2029")
    assert found.endswith(f"1 April 2029{said}")
