"""What documents of governance and resources state."""

import pytest

from crawler.classify.toolkit import ToolkitDocument, facts
from tests.classify.toolkit.toolkit_samples import known, places, values


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sample Forum: terms of reference", ["terms-of-reference"]),
        ("Information-sharing agreement", ["information-sharing-agreement"]),
        ("Data sharing protocol", ["information-sharing-agreement", "protocol"]),
        ("Memorandum of Understanding between A and B", ["memorandum-of-understanding"]),
        ("Modern slavery protocol for local authorities", ["protocol"]),
        ("Victim referral pathways", ["referral-pathway"]),
        ("Partnership agreement: a sample template", ["partnership-agreement"]),
        ("Joint working agreement between A and B", ["partnership-agreement"]),
        ("Multi-agency agreement", ["partnership-agreement"]),
        ("Joint-working protocol", ["partnership-agreement", "protocol"]),
        ("Service-level agreements with safe houses", ["service-level-agreement"]),
        ("Cytundeb partneriaeth", ["partnership-agreement"]),
        ("Samenwerkingsovereenkomst mensenhandel", ["partnership-agreement"]),
        ("The Economic Partnership Agreement with Testland", []),
        ("Partnership: an agreement was reached", []),
        ("Cylch gorchwyl y Fforwm", ["terms-of-reference"]),
        ("The Palermo Protocol", []),
        ("Protocol to prevent trafficking", []),
        ("Annual report of the forum", []),
    ],
)
def test_form_of_governance_stands_in_what_says_what_a_page_is(title: str, expected: list[str]) -> None:
    assert values("governance", "form", known(title=title)) == expected
    assert values("governance", "form", known(heading=title)) == expected
    assert values("governance", "form", known(f"See {title}")) == []
    assert values("governance", "form", known(title="Partnership checklist", heading=title)) == []


@pytest.mark.parametrize(
    ("document", "partnerships", "areas"),
    [
        (known(title="Sampleshire Modern Slavery Partnership: referral pathway"),
         ["Sampleshire Modern Slavery Partnership"], ["Sampleshire"]),
        (known(title="Terms of Reference of the Anti-Slavery Wales Forum"), ["Anti-Slavery Wales Forum"], []),
        (known(title="Toolkit", publisher="Sampleton City Council"), [], ["Sampleton City Council"]),
        (known(title="North Sample and Testshire Anti-Slavery Partnership protocol", publisher="Sampleton City "
                                                                                               "Council"),
         ["North Sample and Testshire Anti-Slavery Partnership"], ["North Sample and Testshire"]),
        (known(title="a protocol", publisher="Sample Charity"), [], []),
    ],
)  # fmt: skip
def test_partnership_and_area(document: ToolkitDocument, partnerships: list[str], areas: list[str]) -> None:
    assert values("governance", "partnership", document) == partnerships
    assert values("governance", "area", document) == areas


def test_editable_files_are_those_of_the_family() -> None:
    document = known(
        files="https://a.example/x.pdf https://a.example/b.DOCX?v=2 https://a.example/c.docx https://a.example/d.xlsx"
    )
    found = [fact for fact in facts("governance", document) if fact.field == "file"]
    assert [(fact.value, fact.words) for fact in found] == [
        ("docx", "https://a.example/b.DOCX?v=2"), ("xlsx", "https://a.example/d.xlsx"),
    ]  # fmt: skip
    assert values("governance", "file", known(files="https://a.example/docx https://a.example/x.docx.pdf")) == []


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("OGL-UK-3.0", ["yes"]),
        ("CC-BY-4.0", ["yes"]),
        ("CC-BY-NC-4.0", ["not-commercially"]),
        ("CC-BY-ND-4.0", ["no"]),
        ("All rights reserved", ["no"]),
        ("", []),
    ],
)
def test_whether_it_may_be_adapted_goes_by_the_licence(licence: str, expected: list[str]) -> None:
    document = known(licence=licence)
    assert values("governance", "adapt", document) == expected
    assert places("governance", "adapt", document) == ["source"] * len(expected)


def test_provisions_it_relies_on() -> None:
    document = known(
        "Partners act under section 52 of the Modern Slavery Act 2015 and s. 115 of the Crime and Disorder Act 1998."
    )
    assert values("governance", "provision", document) == ["ukpga/1998/37#section-115", "ukpga/2015/30#section-52"]
    assert values("governance", "law", document) == ["ukpga/1998/37", "ukpga/2015/30"]
    assert values("governance", "provision", known("See section 4 below.")) == []


@pytest.mark.parametrize(
    ("title", "uses"),
    [
        ("Anti-Slavery Day campaign pack", ["campaign"]),
        ("Guidance for businesses on working with the hospitality sector", ["partners"]),
        ("Survivor care standards", ["care-plan"]),
        ("Spotting the signs of exploitation: indicators", ["identify"]),
        ("Transparency in supply chains: a practical guide", ["supply-chain"]),
        ("Identify and refer victims; check your procurement", ["identify", "supply-chain"]),
        ("Adnabod dioddefwyr", ["identify"]),
        ("Signalen van mensenhandel herkennen", ["identify"]),
        ("A page about the office", []),
    ],
)
def test_use_of_a_resource(title: str, uses: list[str]) -> None:
    assert values("resources", "use", known(title=title)) == uses


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("NRM referral form", ["form"]),
        ("Handbook and checklist", ["checklist", "manual"]),
        ("Poster, leaflet and video", ["leaflet", "poster", "video"]),
        ("Toolkit with a template", ["template", "toolkit"]),
        ("Data tables", ["dataset"]),
        ("Canllaw ar gaethwasiaeth", ["guide"]),
        ("Handboek voor gemeenten", ["manual"]),
        ("Reforming the platform", []),
    ],
)
def test_form_of_a_resource(title: str, forms: list[str]) -> None:
    assert values("resources", "form", known(title=title)) == forms
    assert values("resources", "form", known(f"More: {title}")) == [], "in passing"
    assert values("resources", "form", known(title="Template", heading=title)) == ["template"], "the title says it"


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
