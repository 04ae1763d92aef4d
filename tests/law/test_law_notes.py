"""Notes in the editors' grammar, with sentences of our own: what they say, and what of them stays words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.law import Commencement, read_note
from crawler.law.notes import cited_document, mentions, place_names
from crawler.law.pieces import MAX_NOTE_CHARACTERS


def steps(text: str) -> list[tuple[str, str, str, str]]:
    note = read_note("I", text)
    assert note.unread == ()
    return [(fact.provision, fact.state, fact.date, fact.qualification) for fact in note.commencements]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "S. 7 in force at 1.4.2003 for E. by S.I. 2003/9901, art. 2; 1.5.2003 for W. by S.I. 2003/9902, art. 2",
            [("S. 7", "in force", "2003-04-01", "for E."), ("S. 7", "in force", "2003-05-01", "for W.")],
        ),
        (
            "S. 7 in force at 1.9.2003 (E.) and 31.12.2003 (W.) by S.I. 2003/9901, art. 2",
            [("S. 7", "in force", "2003-09-01", "(E.)"), ("S. 7", "in force", "2003-12-31", "(W.)")],
        ),
        (
            "Sch. 5 Pt. 2 in force at 1.4.2017 for specified purposes and at 1.9.2017 otherwise by S.I. 2017/9901",
            [
                ("Sch. 5 Pt. 2", "in force", "2017-04-01", "for specified purposes"),
                ("Sch. 5 Pt. 2", "in force", "2017-09-01", "otherwise"),
            ],
        ),
        (
            "Act partly in force at Royal Assent, see s. 9(2); Act wholly in force at 1.2.1997 by S.I. 1997/9901",
            [("Act", "partly in force", "", ""), ("Act", "wholly in force", "1997-02-01", "")],
        ),
        (
            "S. 8 in operation at 00.01 a.m. on 1st January 2021, see s. 9",
            [("S. 8", "in operation", "2021-01-01", "at 00.01 a.m.")],
        ),
        (
            "S. 4 in force at the end of the period of 2 months beginning with the day of Royal Assent, see s. 9(3)",
            [("S. 4", "in force", "", "at the end of the period of 2 months beginning with the day of Royal Assent")],
        ),
        (
            "S. 2(2) in force and s. 2(3) in force for specified purposes at 1.2.2003, see s. 9(2)",
            [
                ("S. 2(2)", "in force", "2003-02-01", ""),
                ("s. 2(3)", "in force", "2003-02-01", "for specified purposes"),
            ],
        ),
    ],
)  # fmt: skip
def test_days_of_coming_into_force(text: str, facts: list[tuple[str, str, str, str]]) -> None:
    assert steps(text) == facts


def test_a_summary_is_a_conclusion_and_a_denial_is_of_royal_assent() -> None:
    whole, never, then = read_note(
        "I", "S. 3 wholly in force at 1.2.2003; s. 3 not in force at Royal Assent, see s. 9; s. 3 in force at 1.2.2003"
        " in so far as not already in force by S.I. 2003/9901, art. 2(a) (with arts. 3, 4)",
    ).commencements  # fmt: skip
    assert whole.is_conclusion and not whole.is_negative
    assert never.is_negative and never.is_at_assent and never.authority == "s. 9"
    assert then == Commencement(
        provision="s. 3", state="in force", date="2003-02-01", qualification="in so far as not already in force",
        authority="S.I. 2003/9901, art. 2(a)", savings="with arts. 3, 4",
    )  # fmt: skip


def test_an_authority_alone_goes_to_the_clause_before() -> None:
    (fact,) = read_note("I", "S. 3 in force at 1.2.2003 by S.I. 2003/9901, art. 2; S.R. 2003/99").commencements
    assert fact.authority == "S.I. 2003/9901, art. 2; S.R. 2003/99"


@pytest.mark.parametrize(
    "text", ["S. 5 in force at 31.2.2003", "It begins when the Minister says so", "S. 3 in force", "; ;x"]
)
def test_what_states_no_day_stays_words(text: str) -> None:
    note = read_note("I", text)
    assert note.facts == () and note.unread != ()


def test_an_amendment_with_days_extent_and_the_order_that_commences_it() -> None:
    (fact,) = read_note(
        "F", "Definition of “keeper” in s. 10(1) substituted (E.W.) (1.4.2003 for specified purposes, 1.5.2003 in so"
        " far as not already in force) by Sample (Wales) Act 2002 (anaw 9), s. 3(2), Sch. 1 para. 4 (with s. 5); S.I."
        " 2003/9901, art. 2",
    ).amendments  # fmt: skip
    assert (fact.what, fact.beside, fact.provision, fact.verb) == (
        "Definition", "of “keeper”", "s. 10(1)", "substituted",
    )  # fmt: skip
    assert [(day.date, day.qualification) for day in fact.dates] == [
        ("2003-04-01", "for specified purposes"), ("2003-05-01", "in so far as not already in force"),
    ]  # fmt: skip
    assert fact.extent == ("(E.W.)",)
    assert (fact.by.name, fact.by.number, fact.by.provisions) == (
        "Sample (Wales) Act 2002", "anaw 9", "s. 3(2), Sch. 1 para. 4",
    )  # fmt: skip
    assert fact.by.savings == "(with s. 5)" and [str(order) for order in fact.also] == ["S.I. 2003/9901, art. 2"]


@pytest.mark.parametrize(
    ("text", "verb", "provision"),
    [
        ("Words repealed by Sample Act 1988 (c. 33, SIF 39:1), s. 170(2), Sch. 16", "repealed", ""),
        ("S. 5 renumbered as s. 5(1) (1.4.2003) by 2002 c. 3, s. 4", "renumbered", "S. 5"),
        ("Word in s. 5 heading omitted (1.4.2003) by virtue of 2002 c. 3, s. 4", "omitted", "s. 5"),
        ("S. 5(2) cross-heading inserted (1.4.2003) by 2002 c. 3, s. 4", "inserted", "S. 5(2) cross-heading"),
        ("S. 1A inserted (temp. until 25.9.2020) by Sample Act 2020 (c. 7), s. 1", "inserted", "S. 1A"),
        ("S. 5 ceases to have effect (1.4.1990) by virtue of S.I. 1990/9901, art. 2", "ceases to have effect", "S. 5"),
        ("Words in s. 22 expressed to be inserted by S.I. 2003/9901, art. 3", "expressed to be inserted", "s. 22"),
    ],
)
def test_verbs_of_amendments(text: str, verb: str, provision: str) -> None:
    (fact,) = read_note("F", text).amendments
    assert (fact.verb, fact.provision) == (verb, provision)


def test_two_amendments_in_one_note() -> None:
    facts = read_note(
        "F", "S. 1 repealed by 2002 c. 9, s. 3; S.I. 2003/9901, art. 2; and words in s. 2 omitted by 2002 c. 9, s. 4"
    ).amendments
    assert [(fact.verb, fact.provision, fact.by.provisions) for fact in facts] == [
        ("repealed", "S. 1", "s. 3"), ("omitted", "s. 2", "s. 4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1986 c. 53.", "OJ No. L 10, 12.1.2002, p. 67.", "S.I. 2001/9901, as amended by S.I. 2002/9901.",
        "“Sample body” is defined in section 2 of the Act.",
        "Section 31 was amended by section 2 of the Sample Act 2010.",
    ],
)  # fmt: skip
def test_footnotes_are_no_amendments(text: str) -> None:
    note = read_note("F", text)
    assert note.is_footnote and note.facts == () and note.unread == ()


def test_a_modification_keeps_what_is_said_of_each_place() -> None:
    first, second = read_note(
        "C", "S. 5 modified (E.) (1.4.2003) by S.I. 2003/9901, reg. 2\nAct (except s. 4): functions transferred"
        " (1.5.2003) by S.I. 2003/9902, art. 3",
    ).modifications  # fmt: skip
    assert (first.provision, first.verb, first.extent, first.dates[0].date) == (
        "S. 5",
        "modified",
        ("(E.)",),
        "2003-04-01",
    )
    assert (second.provision, second.verb, second.by.provisions) == (
        "Act (except s. 4)", "functions transferred", "art. 3",
    )  # fmt: skip


def test_links_go_before_words() -> None:
    links = [("wsi/2016/412", ""), ("wsi/2016/412", "article-2"), ("asc/2025/1", "")]
    assert cited_document("S.I. 2016/412, art. 2", links, "anaw/2014/4") == "wsi/2016/412"
    assert cited_document("Sample Act 2025 (asc 1), s. 3", links, "anaw/2014/4") == "asc/2025/1"
    assert cited_document("s. 9(2)", links, "anaw/2014/4") == "anaw/2014/4"
    assert cited_document("some words", links, "anaw/2014/4") == ""
    assert mentions("s. 9(2) and S.I. 2001/57, art. 3(1)") == ["s. 9(2)", "S.I. 2001/57, art. 3(1)"]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("for E.W. for specified purposes", ("England", "Wales")), ("(N.I.)", ("Northern Ireland",)),
        ("so far as relating to W.", ("Wales",)), ("for specified purposes", ()), ("except for S.", ()),
        ("in so far as not already in force", ()),
    ],
)  # fmt: skip
def test_places_of_a_qualification(words: str, places: tuple[str, ...]) -> None:
    assert place_names(words) == places


NOTE = st.lists(
    st.sampled_from(
        ["S. 1", "ss. 2, 3", "Sch. 4 para. 5(a)", "in force", "not", "at", "1.2.2003", "Royal Assent", "by", "see",
         "S.I. 2003/9901", "art. 2", "(", ")", ";", ",", "and", "Words in", "substituted", "“", "”", "for E.", "(with",
         "prosp.", "Act", ":", "\n", "(c. 9)", "in so far as not already in force", "32.13.2003", "x", "1", "-"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(st.sampled_from("IFCEMXP"), NOTE | st.text(max_size=200))
def test_no_note_fails_and_nothing_is_dropped(kind: str, text: str) -> None:
    note = read_note(kind, text)
    if kind in "IFC" and text.replace(";", "").strip() and not note.is_footnote:
        assert note.facts or note.unread


@pytest.mark.parametrize("kind", ["I", "F", "C"])
@pytest.mark.parametrize(
    "piece",
    ["(", ")", "()", "s. 1, ", "in force at 1.1.2000 by S.I. 2000/1, ", "; ", "1.1.2000, ", " by", "“",
     "and s. 1 in force ", "S. 1 in force ", "Words in ", "by S.I. 2000/1 (", "a" * 100 + " "],
)  # fmt: skip
def test_hostile_notes_take_time_in_proportion_to_their_length(kind: str, piece: str) -> None:
    text = ("S. 1 in force " if kind == "I" else "S. 1 applied ") + piece * (MAX_NOTE_CHARACTERS // len(piece))
    started = time.process_time()
    read_note(kind, text[:MAX_NOTE_CHARACTERS])
    assert time.process_time() - started < 0.7
