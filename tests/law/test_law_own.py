"""What a law says of its own beginning: counted from Royal Assent, making or laying, never taken for a later choice."""

import pytest

from crawler.law import Origin, default_day, own_steps, place_of

ACT = Origin(assent="2018-12-31")
INSTRUMENT = Origin(made="2018-12-31", laid="2019-01-02")


def first(words: str, origin: Origin) -> str | None:
    """Return the day of the first statement, empty where it is to be appointed; None where nothing is sure."""
    steps = own_steps(place_of("article-1"), f"This Order comes into force {words}.", origin)
    return steps[0].date if steps else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on the day after the day on which it is made", "2019-01-01"),
        ("on the day following that on which it is made", "2019-01-01"),
        ("on the day after it is made", "2019-01-01"),
        ("on the day on which it is made", "2018-12-31"),
        ("on the date this Order is made", "2018-12-31"),
        ("at the end of the period of 21 days beginning with the day on which it is made", "2019-01-21"),
        ("21 days after the day on which it is made", "2019-01-21"),
        ("on the 21st day after the day on which it is laid before Parliament", "2019-01-23"),
        ("on the day after it is laid", "2019-01-03"),
    ],
)
def test_an_instrument_counts_from_its_making_where_that_is_known(words: str, day: str) -> None:
    assert first(words, INSTRUMENT) == day
    assert first(words, Origin()) is None
    assert first(words, ACT) is None, "Royal Assent is no making"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("This Decision shall enter into force on the date of its adoption.", "2012-09-24"),
        ("This Regulation shall enter into force on 1 July 2013.", "2013-07-01"),
        ("This Regulation shall enter into force on the twentieth day following that of its publication.", None),
    ],
)
def test_an_act_of_the_eu_counts_from_its_adoption(words: str, day: str | None) -> None:
    steps = own_steps(place_of("article-2"), words, Origin(adopted="2012-09-24"))
    assert [step.date for step in steps] == ([day] if day else [])


def test_several_regulations_are_made_too() -> None:
    words = (
        "These Regulations may be cited as the Sample Regulations 2018 and come into force on the day after the day on"
        " which they are made."
    )
    assert [step.date for step in own_steps(place_of("regulation-1"), words, INSTRUMENT)] == ["2019-01-01"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on the day on which it is passed", "2018-12-31"),
        ("on the day it is passed", "2018-12-31"),
        ("on the day on which it receives Royal Assent", "2018-12-31"),
        ("on Royal Assent", "2018-12-31"),
        ("upon Royal Assent", "2018-12-31"),
        ("on the day after the day on which it receives Royal Assent", "2019-01-01"),
        ("on the day after it is passed", "2019-01-01"),
        ("at the end of the period of 2 weeks beginning with the day on which it is passed", "2019-01-14"),
    ],
)
def test_an_act_counts_from_royal_assent_in_all_its_wordings(words: str, day: str) -> None:
    assert own_steps(place_of("section-9"), f"This Act comes into force {words}.", ACT)[0].date == day
    assert own_steps(place_of("section-9"), f"This Act comes into force {words}.", Origin()) == ()


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("at 4.00 a.m. on 15th March 2019", "2019-03-15", "at 4.00 a.m."),
        ("on the first day of January nineteen hundred and thirteen", "1913-01-01", ""),
        ("on exit day", "2020-01-31", "on exit day"),
        ("immediately before IP completion day", "2020-12-31", "immediately before IP completion day"),
        ("on 1 June 2021, but does not apply to what was done before", "2021-06-01", ""),
        ("on 1 June 2021 in relation to Wales", "2021-06-01", "in relation to Wales"),
        ("at the end of the period of 2 months beginning with the day on which it is passed", None, ""),
    ],
)
def test_a_day_keeps_the_words_on_its_time(words: str, day: str | None, said: str) -> None:
    steps = own_steps(place_of("section-9"), f"This Act comes into force {words}.", ACT)
    assert [(step.date, step.qualification) for step in steps] == ([(day, said)] if day else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(1) This regulation and regulation 2(f) shall come into force on 7th May 2003 and all other regulations shall"
         " come into force on 9th November 2003.",
         [("regulation-1", "2003-05-07", ""), ("regulation-2-f", "2003-05-07", ""), ("rest", "2003-11-09", "")]),
        ("(1) Regulations 2 (interpretation) and 3 (a definition) come into force on 1st May 2019. (2) Regulation 9(2)"
         " comes into force on the day on which section 4 of the Sample Act 2018 comes into force. (3) The remainder of"
         " the Regulations come into force on 1st June 2019.",
         [("regulation-2", "2019-05-01", ""), ("regulation-3", "2019-05-01", ""),
          ("regulation-9-2", "", "on the day on which section 4 of the Sample Act 2018 comes into force"),
          ("rest", "2019-06-01", "")]),
        ("These Regulations may be cited as the Sample Regulations 2019 and shall come into force as follows— (a)"
         " regulations 1 and 2 shall come into force on 5th May 2019; (b) regulation 3 shall come into force— (i) for"
         " the purposes of cases of one type, on 5th May 2019; (ii) for all other purposes, on 1st June 2019.",
         [("regulation-1", "2019-05-05", ""), ("regulation-2", "2019-05-05", ""),
          ("regulation-3", "2019-05-05", "for the purposes of cases of one type"),
          ("regulation-3", "2019-06-01", "for all other purposes")]),
        ("(1) Except for regulation 3, these Regulations come into force on 1st April 2019. (2) Regulation 3 comes into"
         " force on 1st October 2019.",
         [("except regulation-3", "", ""), ("rest", "2019-04-01", ""), ("regulation-3", "2019-10-01", "")]),
        ("(1) These Regulations come into force on 1st April 2019, subject to paragraph (2). (2) Regulation 3 comes"
         " into force when the Minister so decides.",
         [("rest", "2019-04-01", ""), ("regulation-3", "", "when the Minister so decides")]),
        ("(1) These Regulations come into force on exit day. (2) This Part (other than regulation 3) comes into force"
         " on 1st May 2019.", []),
        ("These Regulations come into force immediately after exit day.",
         [("whole", "2020-12-31",
           "immediately after IP completion day, as which exit day is to be read: 2020 c. 1, Sch. 5 para. 1")]),
        ("(1) Regulations 2 to 4 come into force on 1st May 2019. (2) Paragraph (21) of regulation 5 comes into force"
         " on 21st May 2019.",
         [("regulation-2..regulation-4", "2019-05-01", ""), ("regulation-5-21", "2019-05-21", "")]),
        ("(1) The following provisions come into force on 1st May 2019— (a) regulation 4; (b) Part 3, except regulation"
         " 25; (c) Parts 1 and 2 of Schedule 21 (and regulation 9 so far as it relates to them); (d) in Schedule 9,"
         " Part 6; (e) in regulation 7— (i) paragraphs (1) and (2). (2) The other provisions of these Regulations come"
         " into force on 1st June 2019.",
         [("regulation-4", "2019-05-01", ""), ("regulation-9", "2019-05-01", "so far as it relates to them"),
          ("schedule-21-part-1", "2019-05-01", ""), ("schedule-21-part-2", "2019-05-01", ""),
          ("schedule-9-part-6", "2019-05-01", "")]),
        ("These Regulations come into force— (a) for the purposes of regulations 1 and 2, 21 days after the day on"
         " which these Regulations are made, and (b) for all other purposes, on 1st May 2003.",
         [("regulation-1", "2003-02-21", ""), ("regulation-2", "2003-02-21", ""),
          ("whole", "2003-05-01", "for all other purposes")]),
        ("(1) These Regulations may be cited as Sample Regulations and come into force in accordance with paragraph"
         " (2). (2) These Regulations come into force on 1st May 2019.", [("whole", "2019-05-01", "")]),
        ("The preceding provisions of this Act come into force on such day as the Minister may by order appoint.",
         [("except regulation-1", "", ""), ("rest", "", "")]),
        ("Regulation 1 comes into force on 1st May 2019; and the other provisions come into force on such day as the"
         " Minister may by order appoint.", [("regulation-1", "2019-05-01", ""), ("rest", "", "")]),
        ("Regulation 1 comes into force on 1st May 2019; regulations 2 to 4 on 1st June 2019; the rest on a day that is"
         " appointed by order.",
         [("regulation-1", "2019-05-01", ""), ("regulation-2..regulation-4", "2019-06-01", ""), ("rest", "", "")]),
        ("Regulation 1 comes into force on such day as the Minister may appoint; and regulation 2 comes into force on"
         " 1st May 2019.", [("regulation-1", "", ""), ("regulation-2", "2019-05-01", "")]),
        ("Regulation 1 comes into force on 1st May 2019; all else is brought into force by order.", []),
        ("Regulation 1 comes into force on 1st May 2019; it extends to Wales.", [("regulation-1", "2019-05-01", "")]),
        ("The provisions of the Sample Act 2018 specified in the Schedule come into force on 1st May 2019.", []),
        ("Sections 2 and 3 of SA 2009 come into force on 1st May 2019.", []),
    ],
)  # fmt: skip
def test_what_a_regulation_says_of_several_provisions(text: str, told: list[tuple[str, str, str]]) -> None:
    steps = own_steps(place_of("regulation-1"), text, Origin(made="2003-01-31"))
    named = [
        (f"except {path}" if step.reach == "excepted" else path or step.reach, step.date, step.qualification)
        for step in steps for path in step.paths or ("",)
    ]  # fmt: skip
    assert sorted(named) == sorted(told)


def test_what_is_appointed_behind_a_semicolon_is_not_said_of_what_stands_before_it() -> None:
    text = "Sections 1 and 5 come into force on the day on which this sample Act is passed; the rest on days that {}."
    steps = own_steps(place_of("section-5"), text.format("regulations appoint"), ACT)
    assert [(step.paths, step.reach, step.date) for step in steps] == [
        (("section-1", "section-5"), "listed", "2018-12-31"),
        ((), "rest", ""),
    ]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("section-87", "The amendments made by this section come into force on 1 April 2020.", ["section-87"]),
        ("schedule-11-part-2-paragraph-18", "Paragraphs 1 to 3 of this Schedule come into force on 1 April 2020.",
         ["schedule-11-paragraph-1..schedule-11-paragraph-3"]),
        ("schedule-7-paragraph-4", "The amendments made by this Schedule come into force on 1 April 2020.", []),
        ("section-5", "In section 4 insert— (5) This section comes into force on 1 April 2020.", []),
        ("section-5", "Section 4 comes into force on 1 April 2020.", []),
    ],
)  # fmt: skip
def test_a_provision_under_another_heading_speaks_of_itself_alone(path: str, text: str, told: list[str]) -> None:
    steps = own_steps(place_of(path), text, ACT, is_headed=False)
    assert [named for step in steps for named in step.paths] == told


def test_where_nothing_is_said_the_law_on_acts_decides_and_for_instruments_nothing_does() -> None:
    days = {series: default_day(f"{series}/2021/4", Origin(assent="2021-04-29", made="2021-04-29")) for series in (
        "ukpga", "asp", "asc", "nia", "nisr", "uksi", "ssi", "wsi", "ukcm",
    )}  # fmt: skip
    assert {series: day and day.date for series, day in days.items()} == {
        "ukpga": "2021-04-29", "asp": "2021-04-30", "asc": "2021-04-30", "nia": "2021-04-29", "nisr": "2021-04-29",
        "uksi": None, "ssi": None, "wsi": None, "ukcm": None,
    }  # fmt: skip
    assert default_day("asp/2002/6", Origin(assent="2002-03-15")) is None


@pytest.mark.parametrize(
    "words",
    [
        "on such day as the Minister may by order made by statutory instrument appoint",
        "on such day as may be set by regulations made by the Minister",
        "in accordance with provision made by the Minister by order",
        "on a day to be appointed by order",
    ],
)
def test_a_day_that_is_left_to_a_minister_is_to_be_appointed(words: str) -> None:
    assert own_steps(place_of("section-9"), f"This Act comes into force {words}.", ACT)[0].date == ""
