"""Words that bind: what is flagged in a changed passage, and what is none. Passages of our own."""

import pytest

from crawler.changes.duty_words import marks
from crawler.changes.strength import of_words, strength
from crawler.changes.words import words
from tests.law import duty

CHANGED = (
    ("Employers should keep records for three years.", "Employers should keep records for six years.",
     "period: three years → six years"),
    ("They will decide in 5 days.", "They will aim to decide in 5 days.", "modal: “aim to” added"),
    ("Only trained staff may interview a child.", "Trained staff may interview a child.", "modal: “Only” removed"),
    ("Only trained staff may interview a child.", "Trained staff must interview a child.",
     "modal: may → must", "modal: “Only” removed"),
    ("Interviews should be private where possible.", "Interviews should be private.",
     "modal: “where possible” removed"),
    ("They may be detained.", "They may not be detained.", "modal: may → may not", "negation: may → may not"),
    ("Support is mandatory.", "Support is optional.", "modal: is mandatory → is optional"),
    ("Tell the victim and their lawyer.", "Tell the victim or their lawyer.", "joined: and → or"),
    ("It is decided on the balance of probabilities.", "It is decided beyond reasonable doubt.",
     "threshold: on the balance of probabilities → beyond reasonable doubt"),
    ("Firms with at least 250 staff report.", "Firms with at least 50 staff report.",
     "number: 250 → 50", "threshold: 250 → 50"),
    ("All panels are asked.", "Some panels are asked.", "threshold: All → Some"),
    ("It is due on 31 March each year.", "It is due on 30 June each year.", "date: 31 March → 30 June"),
    ("The sum is £36 million.", "The sum is £50 million.", "sum: £36 million → £50 million"),
    ("We assess needs, risks and wishes.", "We assess needs and risks.", "list removed: “and wishes” removed"),
    ("Police, councils, prisons and hospitals refer.", "Police, councils and prisons refer.",
     "list removed: “hospitals” removed"),
    ("Ask (a) a court, and (b) a council.", "Ask (a) a court, (aa) the Aid and Rescue Agency, and (b) a council.",
     "list added: “(aa) the Aid and Rescue Agency” added"),
    ("It is a car and light van driver or rider.", "It is a moped and motorcycle driver or rider."),
    ("The Register is a system for rules (EU) 1 on aid and rules (EU) 2 on work.",
     "The Register, a Sample Database on Aid is a system for rules (EU) 1 on aid and rules (EU) 2 on work."),
    ("9. The court. | By rule. || 10. The bank. | By law. || 11. The council. | By deed.",
     "9. The court. | By rule. || . . . | . . . || 11. The council. | By deed.",
     "sentence deleted: “The bank. | By law.” removed"),
    ("See sections 12, 13, 16 and 25 to 27.", "See sections 12, 13, 16, 18A, 18B and 25 to 27.",
     "list added: “18A” added", "list added: “18B” added"),
    ("It applies in full (S.I. 2028/12). Ask the council.", "It applies in full. Ask the council."),
    ("3. A plan is good.", "3. A plan is good. 4. You must ask them.", "sentence added: “You must ask them.” added"),
    ("Call us from 9:30 to 17:00.", "Call us from 9:30 to 16:00.", "period: 17:00 → 16:00"),
    ("14.206. Tell the council.", "14.203. Tell the council at once.", "period: “at once” added"),
    ("A plan in force is good.", "A plan in force is good. The plan must be “sound”.",
     "sentence added: “The plan must be “sound”.” added"),
    ("They refer people, taking account of aid, shelter and others.", "… .",
     "sentence deleted: “They refer people, taking account of aid, shelter and others.” removed"),
    ("Read the plan (example.org/page.php?url=404).\nIt is due (2018/08/plan-July-2018.pdf).",
     "Read the plan.\nIt is due (files/plan-2028.pdf)."),
    ("Training is recommended for staff.", "Training is required for staff.", "modal: is recommended → is required"),
    ("The body is not required to comply with rule 1 if doing so may be prejudicial to any of the matters in it.",
     "The body must also tell the person of the decision if doing so may be prejudicial to any of the matters in it.",
     "modal: “is not required to” removed", "modal: “must” added"),
    ("Do not call the employer. Call the police.", "Call the police.",
     "sentence deleted: “Do not call the employer.” removed", "negation: “Do not call the employer.” removed"),
    ("Call the police.", "Call the police. You must not call the employer.",
     "sentence added: “You must not call the employer.” added", "negation: “You must not call the employer.” added"),
    ("Staff should tell the home team so that nobody is at risk again.", "All actions should be kept in the file.",
     "sentence deleted: “Staff should tell the home team so that nobody is at risk again.” removed",
     "sentence added: “All actions should be kept in the file.” added"),
    ("It is open from 8:30am to 5pm.", "It is open from 08:30 to 16:00.", "period: 5pm → 16:00"),
    ("It is sent by 5pm on that day.", "It is sent on that day.", "period: “5pm” removed"),
    ("Guide 2021-9 | On lenses of all kinds | May 2021\nNote | Of all kinds | May 2020",
     "Note | Of all kinds | May 2020\nGuide 2025-8 | On lenses of all kinds | June 2025",
     "list removed: “Guide 2021-9 | On lenses of all kinds | May 2021” removed",
     "date: “Guide 2021-9 | On lenses of all kinds | May 2021” removed",
     "list added: “Guide 2025-8 | On lenses of all kinds | June 2025” added",
     "date: “Guide 2025-8 | On lenses of all kinds | June 2025” added"),
    ("Step 1 | Send every signed letter home | May 2021\nSend every signed letter home",
     "Step 2 | Send every signed letter home | June 2021\nSend every signed letter home",
     "date: “May 2021” removed", "date: “June 2021” added"),
    ("Standard fee | £65\nOther fee | £70", "Standard fee | £68\nOther fee | £70", "sum: £65 → £68"),
    ("Reports last 120 days. Staff must write, and they read it.", "Staff must write, and must tell it without delay.",
     "sentence deleted: “Reports last 120 days.” removed", "period: “Reports last 120 days.” removed",
     "modal: “must tell it without” added", "period: “without delay” added"),
    ("They ask the council, which may not be told of it, the court and the bank.",
     "They ask the council, the court, the bank and others; which of them may not be told is said below.",
     "list added: “and others” added"),
    ("The office must tell the home team that deals with the claim so they can consider whether to take this action.",
     "Where another party has not told it, the office must notify other parties, which should then consider action.",
     "negation: “not” added", "modal: “should” added"),
    ("They ask the council. They ask the court, which is not told.", "They ask the council. They do not ask the court.",
     ),
    ("They ask. A case is not told.", "They do not ask. A case is not told.", "negation: “not ask” added"),
    ("Ask the Office for Aid, Shelter and Food by rule 2, the bank and the court.", "Ask the bank and the court."),
    ("Ask the council, the Board for Care, Health and Work, and the police.", "Ask the council and the police.",
     "list removed: “the Board for Care, Health and Work” removed"),
    ("They ask.", "They ask. The “safe (S.I. 5) time” must be told.",
     "sentence added: “The “safe (S.I. 5) time” must be told.” added"),
)  # fmt: skip

SAME = (
    ("Rules 23, 24 and 25 bind the court, in part 3.", "Rules ..., 24 and 25 bind the court, in part 3."),
    ("They ask. 2.84. \u2018Aid\u2019 is told.", "They ask. 2.86. \u2018Aid\u2019 is told."),
    ("It is the plan of 2018. 9.35. They ask them.", "It is the plan of 2018 9.36. They ask them."),
    ("The review starts in May.", "The review started in May."),
    ("The officer must record the decision.", "The decision must be recorded by the officer."),
    ("The sign read “You must leave”.", "The sign read “You may leave”."),
    ("When should I call", "When you must call"),
    ("You can't share it.", "You cannot share it."),
    ("Paragraph 3.2 applies to all cases.", "Paragraph 3.4 applies to all cases."),
    ("3.2 Staff must record it.", "3.4 Staff must record it."),
    ("It lasts at least forty-five (45) days.", "It lasts a minimum of 45 days."),
    ("He or she should have a leaflet.", "They should have a leaflet."),
    ("For example, a worker must pay £100.", "For example, a worker may pay £200."),
    ("The fine is 4 per cent, up to EUR 500.", "The fine is 4 %, up to €500."),
    ("The rate is £65 from 1st April 2025.", "The rate is £65.00 from 1 April 2025."),
    ("The form must be signed. It must also be dated.", "The form must be signed and it must also be dated."),
    ("They get support, advice and shelter.", "They get shelter, support and advice."),
    ("Every person who is a victim must be told.", "Each person who is a victim must be told."),
    ("The council will then provide shelter.", "The council then provides shelter."),
    ("Support lasts 45 days. During this time, they may work.", "Support lasts 45 days, during which they may work."),
    ("It is published annually.", "It is published every year."),
    ("You can find more on our web site.", "Find more on our website."),
    ("Section 45 of the Modern Slavery Act 2015 applies.", "Section 45 of the 2015 Act applies."),
    (
        "They tell the bank (fee, tax). They tell the police.",
        "They tell the bank (e.g. fee, tax). They tell the police.",
    ),
    ("prospective", "in force"),
    ("1.2 . Staff ask. 1.3. They go", "1.2. Staff ask. 1.4 . They go."),
    (
        "Ask them (www.example.org/a?id=127&b=04%7C01) first.",
        "Ask them (https://example.org/slavery-and-work-241) first.",
    ),
    ("It is open from 8:30am to 5pm.", "It is open from 08:30 to 17:00."),
    ("Calls are taken between 9am and 5pm.", "Calls are taken at any time."),
    ("Call between 9am and 5pm, or write to us.", "Call at any time of day or night, or write to us."),
)


def test_an_example_stands_in_the_sentence_that_is_quoted() -> None:
    said = "Any party should tell the others, e.g. the \u201clead\u201d officer."
    (told,) = strength("Keep records.", f"Keep records. {said}")
    assert told.words == f"\u201c{said}\u201d added"


@pytest.mark.parametrize(("before", "after", "told"), [(before, after, told) for before, after, *told in CHANGED])
def test_words_that_bind_are_flagged_with_the_words(before: str, after: str, told: list[str]) -> None:
    assert [f"{one.flag}: {one.words}" for one in strength(before, after)] == told


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_binds_as_before_is_not_flagged(before: str, after: str) -> None:
    assert strength(before, after) == strength(after, before) == ()


@pytest.mark.parametrize(
    ("kind", "path", "heading", "told"),
    [
        ("changed", "section-3", "Staff", ["may → must"]),
        ("added", "section-3", "Staff", []),
        ("changed", "recital-3", "", []),
        ("changed", "explanatory-note", "", []),
        ("changed", "annex-b", "Examples", []),
        ("changed", "annex-b", "Changes from last version", []),
    ],
)
def test_recitals_notes_and_examples_bind_nobody(kind: str, path: str, heading: str, told: list[str]) -> None:
    shown = words("Staff may refer them.", "Staff must refer them.")
    assert [one.words for one in of_words(shown, kind, path, heading)] == told


def test_the_duty_of_an_inserted_subsection_is_not_that_of_an_omitted_one() -> None:
    before = "(1) Publish it. (2) The report must include the returns required under section 9. (3) It may be laid."
    after = (
        "(1) Publish it. (2) … (2A) The report made here may include the returns under section 61. (3) It may be laid."
    )
    assert "must → may" not in [one.words for one in strength(before, after)]


@pytest.mark.parametrize("said", [
    "Powers under Part 6 may be used.", "A duty imposed by or under an Act applies.", "The condition is satisfied.",
    "It is to be treated as made.", "It was made immediately before exit day.", "Any of those provisions applies.",
])  # fmt: skip
def test_words_that_look_like_a_day_a_threshold_or_a_period_and_are_none(said: str) -> None:
    assert {mark.group for mark in marks(said)} <= {"modal", "quantifier"} and "is to be" not in {
        mark.words for mark in marks(said)
    }


@pytest.mark.parametrize(("before", "after", "told"), [
    ("The court must— (a) keep a record.", "The court must keep a record.", []),
    ("Part 2 adds to the Act (see Chapter 2) and holds for the rest.", "Part 2 adds to the Act.", []),
    ("Processing based solely on a machine ends.", "Processing based on machines entirely ends.", []),
    ("Sections 44, 45 and 46 apply.", "Sections 44, 45, 46A and 46 apply.", ["“46A” added"]),
    ("See sections 1 and 2 (aid).", "See sections 1 and 2 (aid), in Part 3 sections 7A, 7B and 7C (rest).",
     ["“in Part 3 sections 7A, 7B and 7C (rest)” added"]),
    ("Ask only twice. It may transfer data.", "Ask only twice. It may only transfer data.",
     ["It may transfer data → It may only transfer data"]),
])  # fmt: skip
def test_what_is_told_of_a_change_stands_in_the_words_marked_as_such(before: str, after: str, told: list[str]) -> None:
    assert [one.words for one in of_words(words(before, after), "changed", "section-3", "")] == told


def test_the_line_of_the_heading_is_no_part_of_the_passage() -> None:
    shown = (*words("3 What staff should do\n", "3 What staff must do\n"), *words("Ask 2 people.", "Ask 3 people."))
    assert [one.words for one in of_words(shown, "changed", "section-3", "What staff must do")] == ["2 → 3"]


def test_a_line_that_became_part_of_the_heading_is_not_gone() -> None:
    shown = words("General indicators\nVictims may:\nbe afraid", "General indicators: Victims may:\nBe afraid")
    assert not of_words(shown, "renumbered", "section-3", "General indicators: Victims may:")


@pytest.mark.recorded
@pytest.mark.skipif(not duty.PAIRS.is_file(), reason="the pairs of passages are not beside this checkout")
def test_pairs_of_passages_are_judged_as_a_person_judged_them() -> None:
    found = duty.judged(duty.PAIRS.read_text(encoding="utf-8").splitlines())
    assert found.recall >= 0.9 and not found.flagged["editorial"] and found.worded == found.flagged["change"]
