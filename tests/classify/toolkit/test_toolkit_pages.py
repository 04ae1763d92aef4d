"""Pages as they are laid out and worded elsewhere: what they do not say of themselves is not told."""

from __future__ import annotations

import pytest

from tests.classify.toolkit.toolkit_samples import known, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our 24 hour helpline is free and confidential.", []),
        ("Parking is free.", []),
        ("Calls are free.", []),
        ("It is free from jargon.", []),
        ("Please feel free to contact us for a free quote.", []),
        ("The council charges \u00a375 for a licence.", []),
        ("The course is free.", ["free"]),
        ("The council charges \u00a375 for a place.", ["paid"]),
        ("The session is free and open to all.", ["free"]),
        ("The training is free for members, \u00a345 for non-members.", ["free", "paid"]),
        ("Mae'r cwrs hwn am ddim.", ["free"]),
    ],
)
def test_what_is_free_is_the_training(text: str, expected: list[str]) -> None:
    assert sorted(values("training", "cost", known(text))) == expected


@pytest.mark.parametrize(
    ("title", "nation"),
    [
        ("Slavery training pack (Scotland)", "Scotland"),
        ("Training (Wales)", "Wales"),
        ("The Human Trafficking and Exploitation (Scotland) Act 2015: a course", "GB"),
        ("The Justice (Northern Ireland) Order explained", "GB"),
    ],
)
def test_a_place_in_brackets_is_one_unless_a_law_has_it_in_its_title(title: str, nation: str) -> None:
    assert values("training", "nation", known("Sample.", title=title, jurisdiction="GB")) == [nation]


def test_welsh_pages_say_how_long_and_whether_there_is_a_certificate() -> None:
    page = known("Mae'r cwrs yn para 2 awr. Byddwch yn derbyn tystysgrif.")
    assert values("training", "length", page) == ["2 hours"]
    assert values("training", "certificate", page) == ["yes"]
    assert values("training", "certificate", known("Ni fyddwch yn derbyn dim. Dim tystysgrif.")) == ["no"]


def test_staff_of_health_and_social_care_are_both() -> None:
    page = known("Aimed at: health and social care staff.")
    assert values("training", "audience", page) == ["adult_social_care", "health"]


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Modern Slavery Partnership \u2013 Terms of Reference", []),
        ("National Anti-Slavery Network: terms of reference", []),
        ("Human Trafficking Forum", []),
        ("Welsh Government Anti-Slavery Leadership Group", []),
        ("Sampleshire Modern Slavery Partnership: terms of reference", ["Sampleshire"]),
    ],
)
def test_the_theme_of_a_partnership_is_no_place(title: str, area: list[str]) -> None:
    assert values("governance", "area", known("Sample.", title=title)) == area


def test_signs_are_for_those_who_identify_and_a_slogan_is_no_campaign() -> None:
    assert values("resources", "use", known("Sample.", title="Spot the signs: a leaflet")) == ["identify"]
    assert values("resources", "use", known("Sample.", title="Poster: spot the signs")) == ["campaign", "identify"]


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Film and television industry: labour in brief", []),
        ("Trapped: a film", ["video"]),
        ("Folder structure for evidence", []),
        ("Folder over mensenhandel", ["leaflet"]),
    ],
)
def test_words_that_are_a_form_only_in_some_places(title: str, forms: list[str]) -> None:
    assert values("resources", "form", known("Sample.", title=title)) == forms
