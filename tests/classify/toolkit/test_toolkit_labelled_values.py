"""What pages of training state behind labels: a heading and its short text, lines with a colon, rows, terse lines."""

from pathlib import Path

import pytest

from crawler.bodies.html import fragment
from crawler.classify.toolkit import ToolkitDocument, facts
from crawler.classify.toolkit.vocabulary import OTHER
from tests.classify.toolkit.toolkit_samples import known, places, values

COURSES = Path("data/sample/moment-2/training.sample.invalid")


def stated(document: ToolkitDocument, field: str) -> list[tuple[str, str]]:
    return [(fact.value, fact.words) for fact in facts("training", document) if fact.field == field]


@pytest.mark.parametrize(
    ("heading", "text", "field", "expected"),
    [
        ("Cost", "Free", "cost", [("free", "Free")]),
        ("Price", "\u00a350", "cost", [("paid", "\u00a350")]),
        ("Price:", "EUR 50", "cost", [("paid", "EUR 50")]),
        ("How much does it cost?", "There is a small fee.", "cost", [("paid", "a small fee")]),
        ("Fee", "\u00a30", "cost", [("free", "\u00a30")]),
        ("Cost", "Free for members, \u00a350 for others", "cost", [("free", "Free"), ("paid", "\u00a350")]),
        ("Cost", "Not free", "cost", [("paid", "Not free")]),
        ("Cost", "Contact us for a quote.", "cost", [(OTHER, "Contact us for a quote")]),
        ("Duration", "Two hours", "length", [("2 hours", "Two hours")]),
        ("Length", "45 minutes", "length", [("45 minutes", "45 minutes")]),
        ("Duration", "half a day", "length", [("half a day", "half a day")]),
        ("Duration", "one day", "length", [("1 day", "one day")]),
        ("How long is the course?", "An hour and a half", "length", [("1.5 hours", "An hour and a half")]),
        ("Duration", "1 hour 30 minutes", "length", [("1 hour 30 minutes", "1 hour 30 minutes")]),
        ("Duration", "At your own pace", "length", [("At your own pace", "At your own pace")]),
        ("Certificate", "Yes", "certificate", [("yes", "Yes")]),
        ("Certificate", "No", "certificate", [("no", "No")]),
        ("Certificate", "No. 1234", "certificate", []),
        ("Certificate number", "1234", "certificate", []),
        ("Certificate", "You do not receive a certificate.", "certificate", [("no", "do not receive a certificate")]),
        ("Level", "Awareness", "level", [("awareness", "Awareness")]),
        ("Level", "2", "level", [("practitioner", "2")]),
        ("Level", "All levels", "level", [(OTHER, "All levels")]),
        ("Format", "Online", "form", [("e-learning", "Online")]),
        ("Delivery", "Live online", "form", [("webinar", "Live online")]),
        ("For whom", "Police officers", "audience", [("police", "Police")]),
        ("For whom", "Staff who may refer. Others too.", "audience", [(OTHER, "Staff who may refer")]),
        ("Suitable for", "Interpreters", "audience", [(OTHER, "Interpreters")]),
        ("Provider", "Sample Slavery Foundation", "provider", [("Sample Slavery Foundation",) * 2]),
        ("Provider", "Joan Example", "provider", []),
        # Headings and texts that are no label and its value.
        ("Cost", "\u00a31,200 per person", "cost", [("paid", "\u00a31,200")]),
        ("Cost", "Slavery takes \u00a33 billion a year.", "cost", [(OTHER, "Slavery takes \u00a33 billion a year")]),
        ("Cost to society", "Slavery costs \u00a33 billion.", "cost", []),
        ("Price", "The price of freedom. " * 20, "cost", []),
        ("Level", "", "level", []),
        ("Who we are", "A charity of Sampleshire", "audience", []),
        ("Who should attend?", "Interpreters and drivers", "audience", [(OTHER, "Interpreters and drivers")]),
        ("Notes", "Yes", "certificate", []),
    ],
)
def test_a_heading_and_its_short_text_are_read_together(
    heading: str, text: str, field: str, expected: list[tuple[str, str]]
) -> None:
    document = known(text, heading=heading)
    assert stated(document, field) == expected
    assert places("training", field, document) == ["about"] * len(expected)


def test_rows_of_a_table_and_lists_of_terms() -> None:
    page = (
        "<main><h1>T</h1><table><tr><th>Cost</th><td>Free</td></tr><tr><td>Level: 2</td></tr></table><dl><dt>Length"
        "</dt><dd>45 minutes</dd><dt>Certificate</dt><dd>Yes</dd></dl><ul><li>Format: in person</li></ul></main>"
    )
    document = ToolkitDocument(title="T", sections=fragment(page, url="https://a.sample.invalid/"))
    found = {fact.field: fact.value for fact in facts("training", document)}
    assert found == {
        "cost": "free", "level": "practitioner", "length": "45 minutes", "certificate": "yes", "form": "classroom",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("Cost: Free", "cost", [("free", "Free")]),
        ("Cost: Free Duration: Two hours", "length", [("2 hours", "Two hours")]),
        ("Cost: to be confirmed", "cost", [(OTHER, "to be confirmed")]),
        ("Price \u00a350 Level Awareness", "level", [("awareness", "Awareness")]),
        ("Free 2 hours", "cost", [("free", "Free")]),
        ("Free, 2 hours, online.", "form", [("e-learning", "online")]),
        ("The cost: human lives. Price controls, and Level crossings.", "cost", []),
        ("Price controls, and Level crossings.", "level", []),
        ("Certificate No 1234", "certificate", []),
        ("A workshop for interpreters.", "audience", [(OTHER, "interpreters")]),
        ("A strategy aimed at ending modern slavery; designed for tablets.", "audience", []),
        ("This file may not be suitable for drivers, or for users of assistive technology.", "audience", []),
        ("It is suitable for users of assistive technology.", "audience", []),
        ("Courses for others, in numbers", "audience", []),
    ],
)
def test_lines_that_name_what_they_state(text: str, field: str, expected: list[tuple[str, str]]) -> None:
    assert stated(known(text), field) == expected


def test_words_that_are_none_of_ours_give_way_to_those_that_are() -> None:
    document = known("All levels", heading="Level", title="An advanced course")
    assert values("training", "level", document) == ["specialist"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first-responders", {"audience": [OTHER], "level": ["practitioner"], "length": ["4 hours", "half a day"],
                              "cost": ["paid"], "certificate": ["yes"], "provider": ["Sample Training Body"]}),
        ("labour-inspectors", {"audience": ["labour_inspectors"], "level": ["specialist"], "length": ["1 day"],
                               "cost": ["paid"], "certificate": [], "form": ["classroom", "course"]}),
        ("landlords", {"audience": ["housing"], "level": ["awareness"], "length": ["45 minutes"], "cost": ["free"],
                       "certificate": ["yes"], "provider": ["Sample Northshire Anti-Slavery Partnership"]}),
        ("prosecutors", {"audience": ["prosecutors"], "level": ["specialist"], "length": ["2 days"], "cost": [],
                         "certificate": ["cpd"], "law": ["Sample Exploitation Act 2001"]}),
        ("teachers", {"audience": ["education"], "level": ["awareness"], "length": ["2 hours"], "cost": ["free"],
                      "certificate": ["no"], "form": ["course", "webinar"]}),
        ("interpreters", {"form": ["workshop"], "cost": [], "length": [], "level": [], "certificate": []}),
    ],
)  # fmt: skip
def test_the_sample_courses_show_what_they_state(name: str, expected: dict[str, list[str]]) -> None:
    page = (COURSES / f"{name}.html").read_text(encoding="utf-8")
    body = page[page.index("<main>") : page.index("</main>")]
    title = page.partition("<h1>")[2].partition("</h1>")[0]
    document = ToolkitDocument(title=title, sections=fragment(body, url="https://a.sample.invalid/"))
    for field, wanted in expected.items():
        assert values("training", field, document) == wanted, field
