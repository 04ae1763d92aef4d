"""Recommendations and findings as sections, to whom they are addressed, and what answers them."""

from __future__ import annotations

import pytest

from crawler.model import Section
from crawler.toolkit import UNANSWERED, Lesson, Response, answers, is_same_title, lessons, response_to
from crawler.toolkit.lessons import addressee


def section(path: str, number: str = "", heading: str = "", text: str = "") -> Section:
    return Section(path=path, number=number, heading=heading, text=text)


REPORT = (
    section("introduction", text="A report."),
    section("recommendations", heading="Recommendations", text="We make these recommendations."),
    section("recommendation-1", "Recommendation 1", text="The Home Office should publish the figures."),
    section("recommendation-2", "Recommendation 2", "Training", "Police forces must train first responders."),
    section("finding-3-1", "Finding 3.1", text="Data were poor."),
    section("conclusion", heading="Conclusion", text="Recommendation 9 of last year was met."),
)


def test_named_parts_are_lessons() -> None:
    assert lessons(REPORT) == (
        Lesson(path="recommendation-1", kind="recommendation", number="1", addressee="The Home Office"),
        Lesson(path="recommendation-2", kind="recommendation", number="2", addressee="Police forces"),
        Lesson(path="finding-3-1", kind="finding", number="3.1", addressee=""),
    )


def test_numbered_parts_under_a_heading_are_lessons_until_it_ends() -> None:
    found = lessons([
        section("s", heading="Summary of recommendations"),
        section("a", "1", "The Home Office should act", "More."),
        section("b", "2", "Background", "Nothing is asked of anybody."),
        section("c", "3", "", "The NCA must report."),
        section("d", heading="Annex"),
        section("e", "4", "", "The council should not be here."),
    ])  # fmt: skip
    assert [(lesson.path, lesson.number, lesson.addressee) for lesson in found] == [
        ("a", "1", "The Home Office"), ("c", "3", "The NCA"),
    ]  # fmt: skip


def test_a_block_without_numbers_is_one_lesson() -> None:
    found = lessons([section("recs", heading="Key recommendations", text="The Home Office should act. So should we.")])
    assert found == (Lesson(path="recs", kind="recommendation", number="", addressee=""),)
    assert lessons([section("recs", heading="Recommendations")]) == ()
    assert lessons([section("r", heading="Recommendations of last year and what came of them", text="x")]) == ()


def test_other_languages() -> None:
    found = lessons([
        section("argymhelliad-3", "Argymhelliad 3", text="Dylai Llywodraeth Cymru gyhoeddi data."),
        section("aanbeveling-2", "Aanbeveling 2", text="De minister van Justitie en Veiligheid moet cijfers "
                                                       "publiceren."),
        section("constat-1", "Constat 1", text="Peu de victimes."),
    ])  # fmt: skip
    assert [(lesson.kind, lesson.number, lesson.addressee) for lesson in found] == [
        ("recommendation", "3", "Llywodraeth Cymru"),
        ("recommendation", "2", "De minister van Justitie en Veiligheid"),
        ("finding", "1", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Home Office should do so.", "The Home Office"),
        ("Within six months, the NCA must report.", "the NCA"),
        ("By 31 March 2027, all chief constables should have a plan.", "all chief constables"),
        ("The Home Office, working with the NCA, should act.", "The Home Office"),
        ("The Home Office, the NCA and police forces should act.", "The Home Office, the NCA and police forces"),
        ("We recommend that the Welsh Government should act.", "the Welsh Government"),
        ("GRETA urges the Dutch authorities to train judges.", "the Dutch authorities"),
        ("To the Home Office: publish the data.", "the Home Office"),
        ("Local authorities need to record this.", "Local authorities"),
        ("The Home Office should ask the police to record it.", "The Home Office"),
        # Nobody is named.
        ("This should be done soon.", ""),
        ("Training must be better.", ""),
        ("More should be done by the Home Office.", ""),
        ("There must be no gaps.", ""),
        ("Ms Sample should resign.", ""),
        ("Data were poor.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_addressee_as_written(text: str, expected: str) -> None:
    assert addressee("", text) == expected
    assert expected in text


def test_addressee_of_a_heading_wins() -> None:
    assert addressee("The Ministry of Justice should act", "The police must wait.") == "The Ministry of Justice"
    assert addressee("Training", "The police must wait.") == "The police"


@pytest.mark.parametrize(
    ("title", "report"),
    [
        ("Government response to the report on child trafficking", "report on child trafficking"),
        ("UK Government's response to Modern slavery: a review", "Modern slavery: a review"),
        ("Review of modern slavery: government response", "Review of modern slavery"),
        ("Review of modern slavery \u2013 response", "Review of modern slavery"),
        ("Ymateb to the annual report", "annual report"),
        ("Police response to modern slavery", ""),
        ("Responding to modern slavery", ""),
        ("First responders", ""),
        ("Response", ""),
    ],
)
def test_titles_of_responses(title: str, report: str) -> None:
    assert response_to(title) == report


def test_short_titles_are_never_the_same() -> None:
    assert is_same_title("annual report 2020", "Annual report 2020") is False
    assert is_same_title("the hidden crime of labour abuse", "Hidden crime of labour abuse.") is True
    assert is_same_title("the hidden crime of labour abuse 2021", "Hidden crime of labour abuse 2022") is False


def answered(*sections: Section, partial: bool = False) -> dict[str, tuple[str, str]]:
    response = Response(document="answer", sections=sections, partial=partial)
    return {path: (answer.document, answer.path) for path, answer in answers(lessons(REPORT), [response]).items()}


def test_a_response_answers_by_number() -> None:
    found = answered(section("recommendation-1", "Recommendation 1", text="Accepted."))
    assert found == {"recommendation-1": ("answer", "recommendation-1"), "recommendation-2": ("answer", UNANSWERED)}


def test_ranges_and_lists_are_read() -> None:
    assert answered(section("b", heading="Recommendations 1 to 3", text="Accepted."))["recommendation-2"] == (
        "answer",
        "b",
    )
    found = answered(section("c", text="We accept recommendations 2 and 5. On findings 3.1 and 4: noted."))
    assert found == {
        "recommendation-1": ("answer", UNANSWERED), "recommendation-2": ("answer", "c"), "finding-3-1": ("answer", "c"),
    }  # fmt: skip
    assert "finding-3-1" not in answered(section("c", text="We accept recommendation 1."))


def test_numbers_are_whole() -> None:
    assert (
        answered(section("c", text="Recommendation 11 and recommendation 2.4 are met."))["recommendation-1"][1]
        == UNANSWERED
    )
    assert (
        answered(section("c", text="Recommendation 11 and recommendation 2.4 are met."))["recommendation-2"][1]
        == UNANSWERED
    )


def test_a_response_without_numbers_answers_as_a_whole() -> None:
    whole = {"recommendation-1": ("answer", ""), "recommendation-2": ("answer", "")}
    assert answered(section("c", text="We accept everything.")) == whole
    assert answered() == whole


def test_what_was_read_in_part_leaves_nothing_out() -> None:
    found = answered(section("a", "Recommendation 1", text="Accepted."), partial=True)
    assert found == {"recommendation-1": ("answer", "a"), "recommendation-2": ("answer", "")}


def test_without_a_response_there_is_no_answer() -> None:
    assert answers(lessons(REPORT), []) == {}


def test_of_several_responses_the_one_that_has_the_number_answers() -> None:
    cover = Response(document="cover", sections=(section("x", text="See the annex."),))
    annex = Response(document="annex", sections=(section("y", "Recommendation 2", text="Accepted."),))
    found = answers(lessons(REPORT), [cover, annex])
    assert (found["recommendation-2"].document, found["recommendation-2"].path) == ("annex", "y")
    assert (found["recommendation-1"].document, found["recommendation-1"].path) == ("annex", UNANSWERED)
