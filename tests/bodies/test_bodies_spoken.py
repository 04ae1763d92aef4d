"""Alternatives of images and what form fields offer are text of a page, and a change of them is told."""

import pytest

from crawler.bodies.html import fragment
from crawler.changes import compare
from crawler.model import Version

FORM = (
    "<h2>Sample referral</h2><p>See <img src='a.png' alt='{image}'> first.</p><form action='/refer' method='post'>"
    "<label>Age <select name='age'><option>{option}</option><option>Adult</option></select></label>"
    "<p><span class='hint'>{hint}</span> <input type='text' name='name' placeholder='{placeholder}'></p></form>"
)
SAID = {
    "image": "Flowchart of the sample referral process",
    "option": "Child",
    "hint": "As on the sample card",
    "placeholder": "Full name",
}


def text(html: str) -> str:
    return " ".join(section.text for section in fragment(html, url="https://a.sample.invalid/"))


def version(html: str) -> Version:
    sections = fragment(html, url="https://a.sample.invalid/")
    return Version(document="url:https://a.sample.invalid/", title="Sample", sections=sections, representation="html")


def test_all_that_a_form_says_is_text() -> None:
    assert text(FORM.format(**SAID)) == (
        "See (image: Flowchart of the sample referral process) first. Age (Child; Adult) As on the sample card"
        " (Full name)"
    )


@pytest.mark.parametrize("part", SAID)
def test_a_change_of_it_is_told(part: str) -> None:
    other = SAID | {part: f"{SAID[part]} or another sample"}
    (difference,) = compare(version(FORM.format(**SAID)), version(FORM.format(**other)))
    assert difference.significance == "substantive"
    assert "or another sample" in "".join(word.text for word in difference.words if word.op == "+")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Sample text.<img src='a.png' alt='Sample office logo'></p>",
        "<p>Sample text.<img src='a.png' alt=''></p>",
        "<p>Sample text.</p><form role='search'><input type='text' placeholder='Find a sample here'></form>",
        "<p>Sample text.</p><form class='filter'><select><option>All samples</option></select></form>",
        "<p>Sample text.</p><input type='hidden' placeholder='Nobody sees this'>",
    ],
)
def test_logos_and_the_forms_of_the_site_are_none(html: str) -> None:
    assert text(html) == "Sample text."


def test_of_a_long_list_the_first_choices_are_read() -> None:
    options = "".join(f"<option>Sample country {number}</option>" for number in range(300))
    assert text(f"<p>Where?</p><select>{options}</select>").count("Sample country") == 100
