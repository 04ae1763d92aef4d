"""What answers recommendations and findings: by number, as a whole, or not at all."""

import pytest

from crawler.classify.toolkit import UNANSWERED, Response, answers, is_same_title, lessons, response_to
from crawler.model import Section
from tests.classify.toolkit.lessons_samples import REPORT, section


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
    return {each.path: (answer.document, answer.path) for each, answer in answers(lessons(REPORT), [response]).items()}


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
    found = {lesson.path: answer for lesson, answer in answers(lessons(REPORT), [cover, annex]).items()}
    assert (found["recommendation-2"].document, found["recommendation-2"].path) == ("annex", "y")
    assert (found["recommendation-1"].document, found["recommendation-1"].path) == ("annex", UNANSWERED)


def test_answers_to_entries_of_a_list() -> None:
    report = lessons(
        [section("s", heading="Recommendations", text="R1. The NCA should act.\nR2. The NCA should report.")]
    )
    named = Response(document="answer", sections=(section("a", "Recommendation 1", text="Accepted."),))
    assert [(each.number, answer.path) for each, answer in answers(report, [named]).items()] == [
        ("R1", "a"), ("R2", UNANSWERED),
    ]  # fmt: skip
    # Two lists that both begin with 1, and letters, which no response is read for.
    twice = lessons([
        section("s", heading="Recommendations to the police", text="1. The NCA should act.\n2. The NCA should count."),
        section("t", heading="Recommendations for councils", text="1. The council should act."),
        section("u", heading="Key recommendations", text="(a) The NCA should act.\n(b) The NCA should report."),
    ])  # fmt: skip
    assert [(each.number, answer.path) for each, answer in answers(twice, [named]).items()] == [
        ("1", ""), ("2", UNANSWERED), ("1", ""), ("a", ""), ("b", ""),
    ]  # fmt: skip


def test_answers_to_numbered_paragraphs() -> None:
    report = lessons(
        [section("s", heading="Victims", text="34. We recommend that the NCA acts.\n36. We recommend a register.")],
        running=True,
    )
    by_paragraph = Response(document="answer", sections=(section("a", text="The NCA acts. (Paragraph 34) Agreed."),))
    assert [answer.path for answer in answers(report, [by_paragraph]).values()] == ["a", UNANSWERED]
    by_number = Response(document="answer", sections=(section("a", "Recommendation 34", text="Agreed."),))
    assert [answer.path for answer in answers(report, [by_number]).values()] == ["", ""]
