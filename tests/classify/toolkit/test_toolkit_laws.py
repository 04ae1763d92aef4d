"""Laws of the toolkit: whatever a page says, what is read of it stands there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.classify.toolkit import PARTS, SOURCE, ToolkitDocument, facts, lessons
from crawler.classify.toolkit.answers import Response, is_same_title, numbers, response_to
from crawler.classify.toolkit.vocabulary import CLOSED, IN_OTHER_WORDS, OPEN, OTHER
from crawler.model import Section
from crawler.sources.validators import is_open

WORDS = st.sampled_from([
    "free", "of charge", "\u00a3", "120", "per delegate", "course", "training", "for", "police officers", "Scotland",
    "section", "52", "of the",
    "Modern Slavery Act 2015", "Directive 2011/36/EU", "takes", "45", "minutes", "half", "day",
    "certificate", "no", "aimed at", "provided by", "Sample Council", "Partnership", "terms of reference", "protocol",
    "guidance", "version", "3.8", "Recommendation", "1", "should", "The Home Office", ".", ";", ":", "\n", "(", ")",
    "-", "\u2013", "poster", "supply chain", "NRM", "c. 30", "S.I. 2015/1743", "i", "\u0130", "\ufb01", "a" * 200,
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
SECTIONS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4).map(
    lambda rows: tuple(
        Section(path=f"p-{place}", number=number, heading=heading, text=text)
        for place, (number, heading, text) in enumerate(rows)
    )
)


@given(title=TEXTS, summary=TEXTS, sections=SECTIONS, part=st.sampled_from(PARTS))
def test_words_stand_at_their_place_and_values_are_of_their_list(
    title: str, summary: str, sections: tuple[Section, ...], part: str
) -> None:
    known = ToolkitDocument(
        title=title, summary=summary, sections=sections, publisher="Sample Office", licence="OGL-UK-3.0"
    )
    at = {"title": (title,), "summary": (summary,)} | {each.path: (each.heading, each.text) for each in sections}
    found = facts(part, known)
    assert len({(fact.field, fact.value) for fact in found}) == len(found)
    for fact in found:
        assert fact.field in {*CLOSED[part], *OPEN[part]}
        assert fact.value and fact.words and len(fact.words) <= 160
        if fact.field in CLOSED[part]:
            other = {OTHER} if part == "training" and fact.field in IN_OTHER_WORDS else set()
            assert fact.value in {*CLOSED[part][fact.field], *other}
        if fact.place != SOURCE:
            assert any(fact.words in text for text in at[fact.place]), fact
    assert facts(part, known) == found


@given(sections=SECTIONS, title=TEXTS, other=TEXTS)
def test_lessons_and_answers_of_any_text(sections: tuple[Section, ...], title: str, other: str) -> None:
    text = {each.path: f"{each.heading}\n{each.text}" for each in sections}
    for lesson in lessons(sections):
        assert lesson.path in text and lesson.addressee in text[lesson.path]
    numbers(Response(document="d", sections=sections))
    response_to(title)
    assert is_same_title(title, other) == is_same_title(other, title)


@pytest.mark.slow
def test_a_huge_text_takes_no_time() -> None:
    for run in (
        "Cost: Level: Free 2 hours, ",
        "no free course for all ",
        "training for the police takes 45 minutes and costs ",
        "( [ £ 1 ",
        "A " * 20,
        "section 5 of the Act ",
    ):
        text = run * (2_000_000 // len(run))
        known = ToolkitDocument(title=run * 100, summary=text[:20_000], sections=(Section(path="p", text=text),))
        started = time.process_time()
        for part in PARTS:
            facts(part, known)
        lessons(known.sections)
        numbers(Response(document="d", sections=known.sections))
        assert time.process_time() - started < 5, run


def test_what_may_be_adapted_is_what_the_registry_calls_open() -> None:
    assert is_open("OGL-UK-3.0") and not is_open("CC-BY-NC-4.0")


def test_a_law_is_told_in_its_sentence_where_what_is_read_of_it_has_no_name() -> None:
    said = (
        "Section 2 was amended by paragraph 49 of that Schedule and section 58 of the Modern Slavery Act 2015 (c. 30)."
    )
    found = facts("resources", ToolkitDocument(title="Sample notes", sections=(Section(path="p", text=said),)))
    assert [(fact.value, fact.words) for fact in found if fact.field == "law"] == [("ukpga/2015/30", said)]
