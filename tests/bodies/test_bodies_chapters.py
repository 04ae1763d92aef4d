"""Chapters and annexes of manuals and reports: which headings open one, and the paths of what stands in them."""

from datetime import UTC, datetime

import pytest

from crawler.bodies.headings import Headed, sections
from crawler.bodies.html import document
from crawler.model import Capture, Link
from crawler.wording import where

MANUAL = [(1, "1 Aims"), (2, "Scope"), (1, "2 Referral"), (2, "Consent"), (1, "3 Support"), (2, "Who pays")]


def paths(headings: list[tuple[int, str]]) -> list[str]:
    parts = [Headed(level=level, identity="", heading=heading, text="Words.") for level, heading in headings]
    return [section.path for section in sections(parts, chaptered=True)]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        # What follows a chapter on its level, and what is named a part alone, is in none.
        ([(1, "Glossary"), (2, "Terms")], ["glossary", "terms"]),
        ([(3, "Costs"), (1, "Part 2: Forms"), (2, "Adults")], ["chapter-3-costs", "part-2-forms", "adults"]),
        ([(1, "Annex B: Forms"), (2, "Adults")], ["annex-b", "annex-b-adults"]),
        ([(1, "Bijlage 1: Lijst"), (3, "Bronnen")], ["bijlage-1", "bijlage-1-bronnen"]),
        # Set as nothing else is: the next number says that it is a chapter, or that it is of one nobody saw.
        ([(3, "4 Courts"), (2, "4.1 Bail"), (2, "Costs")], ["chapter-4", "chapter-4-bail", "chapter-4-costs"]),
        ([(3, "Courts"), (2, "4.1 Bail")], ["chapter-3-courts", "bail"]),
        ([(3, "9 Not one"), (3, "9.1 Of this")], ["chapter-3-not-one", "of-this"]),
        # A list of tables by chapters.
        ([(1, "Tables"), (2, "Chapter 2"), (3, "Costs")], ["tables", "chapter-2-2", "costs"]),
        ([(2, "Recommendation 4: pay")], ["recommendation-4"]),
        (
            [(2, "Recommendation 4: pay"), (1, "4 Ends"), (2, "Recommendation 4: pay")],
            ["chapter-3-recommendation-4", "chapter-4", "chapter-4-recommendation-4"],
        ),
    ],
)  # fmt: skip
def test_what_opens_a_chapter_and_what_stands_in_it(more: list[tuple[int, str]], found: list[str]) -> None:
    own = [
        "chapter-1", "chapter-1-scope", "chapter-2", "chapter-2-consent", "chapter-3", "chapter-3-who-pays",
    ]  # fmt: skip
    assert paths(MANUAL + more) == own + found


def test_named_chapters_count_and_not_the_numbers_in_them() -> None:
    inner = [(2, "1. Who"), (3, "Adults"), (2, "2. How"), (3, "Forms"), (2, "3. When"), (3, "Days")]
    found = paths([(1, "Chapter 1: Aims"), *inner, (1, "Chapter 2: Referral"), (1, "Chapter 3: Support"), *inner[:2]])
    assert found[:4] == ["chapter-1", "chapter-1-who", "chapter-1-adults", "chapter-1-how"]
    assert found[7:] == ["chapter-2", "chapter-3", "chapter-3-who", "chapter-3-adults"]


def test_a_place_in_a_manual_is_told_with_its_chapter() -> None:
    assert where("chapter-3-who-pays", "Who pays") == "Chapter 3: Who pays"
    assert where("annex-b-adults", "Adults") == "Annex B: Adults"


def test_a_manual_in_one_page_of_html_has_its_chapters_and_annexes() -> None:
    headings = [*MANUAL, (1, "Annex B: Forms"), (2, "Adults")]
    inside = "".join(f"<h{level + 1}>{words}</h{level + 1}><p>Words of {words}.</p>" for level, words in headings)
    url = "https://sample.invalid/manual"
    link = Link(url=url, role="document")
    body = f"<html><body><main><h1>Manual</h1>{inside}</main></body></html>".encode()
    time = datetime(2026, 11, 24, tzinfo=UTC)
    read = document(Capture(url=url, time=time, link=link, headers=(("Content-Type", "text/html"),), body=body))
    assert [section.path for section in read.sections] == [
        "chapter-1", "chapter-1-scope", "chapter-2", "chapter-2-consent", "chapter-3", "chapter-3-who-pays",
        "annex-b", "annex-b-adults",
    ]  # fmt: skip
