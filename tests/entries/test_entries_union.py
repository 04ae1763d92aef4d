"""What entries say of acts of the EU: application and transposition by the act's own words, and where data differ."""

import pytest

from crawler import law
from crawler.entries import union
from crawler.law import Step
from crawler.store import Row

TOP: Row = {"id": "celex:32001R9001", "representation": "structured", "label": ""}


def step(state: law.StepState, date: str, **more: object) -> Step:
    return Step(**{"path": "", "state": state, "date": date, "source": "own provision", **more})  # type: ignore[arg-type]


def of_measures(date: str, words: str) -> Step:
    return step("applies", date, provision=law.MEASURES, qualification=words, is_rest=True)


WHOLE, PART = step("applies", "2016-07-03", is_rest=True), step("applies", "2014-07-02", path="article-4")
OPEN = step("applies", "", path="article-7", qualification="from the date of application of the implementing acts")
MEASURES = step("applies", "2018-01-03", provision=law.MEASURES, is_rest=True)
LAST = step("to be transposed", "2017-07-03")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([WHOLE], ["It applies from 3 July 2016."]),
        ([WHOLE, PART], ["It applies from 3 July 2016, some of its provisions from 2 July 2014."]),
        ([WHOLE, OPEN], ["It applies from 3 July 2016; the day of some of its provisions depends on other acts."]),
        ([WHOLE, PART, OPEN], [
            "It applies from 3 July 2016, some of its provisions from 2 July 2014; the day of others depends on other "
            "acts.",
        ]),
        ([PART, OPEN], ["Some of its provisions apply from 2 July 2014; the day of others depends on other acts."]),
        ([step("applies", "2024-08-04", qualification="to 3 February 2025")],
         ["It applies from 4 August 2024 to 3 February 2025."]),
        ([PART], ["Some of its provisions apply from 2 July 2014."]),
        ([MEASURES, LAST], [
            "Member states are to transpose it by 3 July 2017.",
            "Member states apply their measures from 3 January 2018.",
        ]),
        ([MEASURES, of_measures("2019-09-03", "the provisions of Article 65(2)"),
          of_measures("2015-07-03", "nach Artikel 92")], [
            "Member states apply their measures from 3 January 2018; those on article 65(2) from 3 September "
            "2019; those on article 92 from 3 July 2015.",
        ]),
        ([MEASURES, of_measures("2019-09-03", "under Articles 4 and 5")], [
            "Member states apply their measures from 3 January 2018; some of them from 3 September 2019.",
        ]),
        ([of_measures("2015-07-03", "under Article 92")], []),
        ([step("to be transposed", "2017-07-03", qualification="before")],
         ["Member states are to transpose it before 3 July 2017."]),
        ([LAST, step("to be transposed", "2016-07-03", source="metadata")],
         ["Member states are to transpose it by 3 July 2017."]),
        ([step("to be appointed", "", qualification="on the day of its notification")],
         ["In force on the day of its notification; that day is not stated."]),
    ],
)  # fmt: skip
def test_application_and_transposition_stand_beside_entry_into_force(
    steps: list[Step], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.store.commencements.stated", lambda store, document: steps)
    assert [str(each) for each in union.of_new(None, TOP)] == said  # type: ignore[arg-type]


def test_a_short_part_of_an_act_is_told_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"text": "Regulation (EC) No 1/2001 (OJ L 1, p. 1) | || Regulation (EU) 2002/1 | Only Article 1"}]
    monkeypatch.setattr("crawler.store.commencements.stated", lambda store, document: [])
    monkeypatch.setattr("crawler.store.wordings.headings", lambda store, document: rows)
    told = [str(each) for each in union.of_new(None, {**TOP, "partial": 1})]  # type: ignore[arg-type]
    assert told == ["Its words: Regulation (EC) No 1/2001 (OJ L 1, p. 1); Regulation (EU) 2002/1: Only Article 1."]
    assert list(union.of_new(None, {**TOP, "partial": 1, "hash_only": 1})) == []  # type: ignore[arg-type]


def test_data_that_differ_from_the_words_of_an_act_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [step("in force", "2014-07-02"), step("in force", "2016-07-03", source="metadata"), WHOLE]
    monkeypatch.setattr("crawler.store.commencements.stated", lambda store, document: steps)
    assert [str(each) for each in union.differing_days(None, "x")] == [  # type: ignore[arg-type]
        "By its own words it is in force from 2 July 2014; its publisher\u2019s data state 3 July 2016."
    ]


def test_what_recitals_say_of_states_goes_with_the_entry_of_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Ireland is taking part in the adoption of this Regulation."
    monkeypatch.setattr("crawler.store.wordings.recitals", lambda store, document, words: [said])
    assert union.bound(None, TOP) == [("bound", "Ireland takes part")]  # type: ignore[arg-type]
    assert union.bound(None, {**TOP, "id": "ukpga/2015/30"}) == []  # type: ignore[arg-type]


def test_changes_are_told_with_the_day_of_the_newest_consolidation() -> None:
    labels = ("02014R0596-20160703 (001.002)", "02014R0596-20241204 (004.001)", "as published", "2026-03-06")
    rows = [{"label_after": label, "occurred": None} for label in labels]
    assert [str(each) for each in union.of_changes(rows)] == ["Read in the consolidated text of 4 December 2024."]
    assert list(union.of_changes(rows[2:])) == []
    assert list(union.of_changes([{**rows[1], "occurred": "2024-12-04"}])) == [], "the changes are told with that day"


@pytest.mark.parametrize(
    ("recitals", "closing", "said"),
    [
        ([], ["It shall be binding."], []),
        ([], ["This Regulation shall be binding in its entirety and directly\napplicable in all Member States."],
         [("bound", "all member states")]),
        ([], ["This Directive is addressed to the Member States."], [("bound", "all member states")]),
        ([], ["This Directive is addressed to the Member States in accordance with the Treaties."], []),
        ([], ["Les \u00c9tats membres sont destinataires de la pr\u00e9sente directive."],
         [("bound", "all member states")]),
        ([], ["Diese Verordnung ist in allen ihren Teilen verbindlich und gilt unmittelbar in jedem Mitgliedstaat."],
         [("bound", "all member states")]),
        (["Fines differ in Denmark."],
         ["This Regulation shall be binding in its entirety and directly applicable in all Member States."],
         [("bound", "all member states")]),
        (["Bound by the Schengen acquis, Denmark may decide within six months."],
         ["This Regulation shall be binding in its entirety and directly applicable in all Member States."], []),
    ],
)  # fmt: skip
def test_closing_words_count_where_no_recital_is_on_the_protocols(
    recitals: list[str], closing: list[str], said: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.store.wordings.recitals", lambda *_: recitals)
    monkeypatch.setattr("crawler.store.wordings.closing_words", lambda *_: closing)
    assert union.bound(None, TOP) == said  # type: ignore[arg-type]
