"""What a page of training states, field by field: stated, not stated, stated both ways; and words that sound alike."""

import pytest

from crawler.classify.toolkit import ToolkitDocument, facts
from tests.classify.toolkit.toolkit_samples import known, places, values


def field(name: str, text: str, **rest: str) -> list[str]:
    return values("training", name, known(text, **rest))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This e-learning takes around 45 minutes.", ["45 minutes"]),
        ("Duration: 1.5 hours", ["1.5 hours"]),
        ("Length - 30 to 45 minutes. Level 1.", ["30 to 45 minutes"]),
        ("A two-day course for investigators", ["2 days"]),
        ("a half-day course", ["half a day"]),
        ("The session lasts half an hour.", ["half an hour"]),
        ("The modules take 20 mins to complete.", ["20 minutes"]),
        ("One hour webinar, then a 90-minute workshop", ["1 hour", "90 minutes"]),
        ("Hyd: 40 munud", ["40 minutes"]),
        ("De cursus duurt 2 uur.", ["2 hours"]),
        ("A free half-day course.", ["half a day"]),
        ("A practitioner course of half a day.", ["half a day"]),
        ("Free, 2 hours, online.", ["2 hours"]),
        ("A six-week course, then two and a half hours to complete the test", ["2.5 hours", "6 weeks"]),
        ("It takes about two weeks to get a decision.", []),
        ("One day. Two hours on, he was found.", []),
        # Times that are not how long the training is.
        ("The helpline is open 24 hours a day, 365 days a year.", []),
        ("A decision is made within 5 working days. Victims have a 30 day recovery period.", []),
        ("You must refer within 48 hours.", []),
        ("Training for first responders.", []),
    ],
)
def test_length(text: str, expected: list[str]) -> None:
    assert field("length", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The course is free of charge.", ["free"]),
        ("Free e-learning for all staff", ["free"]),
        ("It is free to access.", ["free"]),
        ("Cost: free", ["free"]),
        ("There is no charge for this session.", ["free"]),
        ("Cost: \u00a3120 per delegate", ["paid"]),
        ("The fee is \u00a345 plus VAT", ["paid"]),
        ("The cost of this training course is \u00a399.", ["paid"]),
        ("Free places for members; \u00a350 for non-members", ["free", "paid"]),
        ("Fully funded places are available.", ["free"]),
        ("Price: \u00a30", ["free"]),
        ("Price: \u00a30.00 per person", ["free"]),
        ("Price: \u00a30.50", ["paid"]),
        ("The course is not free.", ["paid"]),
        ("It is not free of charge.", ["paid"]),
        ("Mae\u2019r cwrs ar gael am ddim.", ["free"]),
        ("A free half-day course.", ["free"]),
        ("Free, 2 hours, online.", ["free"]),
        ("Free", ["free"]),
        ("No booking needed: free course", ["free"]),
        ("No, it is free.", ["free"]),
        ("\u00a350 per person, one day, face-to-face", ["paid"]),
        # What is denied is not stated.
        ("There is no free course.", []),
        ("This is not a free course.", []),
        ("We do not currently offer any free training.", []),
        ("We don\u2019t offer free places.", []),
        ("No fees apply.", []),
        ("Modern slavery costs \u00a33 billion; it costs us \u00a333.5m a day.", []),
        ("Slavery-free training materials", []),
        ("None. Nil.", []),
        ("Deelname is kosteloos.", ["free"]),
        # Free, and money, that are no price of the training.
        ("Everyone has a right to live free from slavery.", []),
        ("Call the freephone helpline. Slavery-free supply chains.", []),
        ("Companies with a turnover of \u00a336 million must publish a statement.", []),
        ("The charge was dropped. Offenders were fined \u00a3500.", []),
        ("Freedom of movement", []),
        ("It cut the cost of the welfare system by \u00a312 million.", []),
        ("", []),
    ],
)
def test_cost(text: str, expected: list[str]) -> None:
    assert field("cost", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You will receive a certificate at the end.", ["yes"]),
        ("A certificate of completion is available.", ["yes"]),
        ("No certificate is issued.", ["no"]),
        ("We do not provide certificates for this webinar.", ["no"]),
        ("You will not receive a certificate.", ["no"]),
        ("CPD accredited. Download your certificate.", ["cpd", "yes"]),
        ("It counts towards your annual CPD.", ["cpd"]),
        ("Byddwch yn cael tystysgrif cwblhau.", ["yes"]),
        ("U ontvangt een certificaat.", ["yes"]),
        ("Bring a birth certificate. A certificate of sponsorship is needed.", []),
        ("Certificates", []),
        # Two courses on one page, one with and one without.
        ("Module 1: you will receive a certificate. Module 2: no certificate.", ["no", "yes"]),
    ],
)
def test_certificate(text: str, expected: list[str]) -> None:
    assert field("certificate", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An awareness course on modern slavery.", ["awareness"]),
        ("Introductory training for all.", ["awareness"]),
        ("First responder training, level 2", ["practitioner"]),
        ("Advanced course for detectives", ["specialist"]),
        ("Level 1 and level 3 are open.", ["awareness", "specialist"]),
        ("Hyfforddiant ymwybyddiaeth i bawb", ["awareness"]),
        ("Een basistraining mensenhandel", ["awareness"]),
        ("Victims get specialist support from specialist lawyers.", []),
        ("We raise awareness at every level.", []),
    ],
)
def test_level(text: str, expected: list[str]) -> None:
    assert field("level", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E-learning and two webinars", ["e-learning", "webinar"]),
        ("Delivered in person, with slides", ["classroom", "slides"]),
        ("Face-to-face training", ["classroom"]),
        ("Watch our short films, then read the booklet.", ["booklet", "video"]),
        ("This course is run twice a year.", ["course"]),
        ("Of course, in due course, a course of action", []),
        ("Modiwl e-ddysgu a gweminar", ["e-learning", "webinar"]),
        ("Een online cursus", ["course", "e-learning"]),
    ],
)
def test_form(text: str, expected: list[str]) -> None:
    assert field("form", text) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (known("This training is aimed at police officers and housing officers."), ["housing", "police"]),
        (known("Police forces and councils. All may.", heading="Who is this for?"), ["local_authority", "police"]),
        (known("A council guide", title="Modern slavery: a council guide"), ["local_authority"]),
        (known(title="Course: labour inspectors"), ["labour_inspectors"]),
        (known(title="Training for social workers"), ["adult_social_care", "childrens_services"]),
        (known("E-learning for NHS staff. Call the police if somebody is in danger."), ["health"]),
        (known("Target audience: teachers, charities and employers"), ["business", "education", "ngo_support"]),
        (known("Who should attend: nurses and landlords"), ["health", "housing"]),
        (known("Mae\u2019r hyfforddiant ar gyfer yr heddlu ac awdurdodau lleol."), ["local_authority", "police"]),
        (known("De training is bedoeld voor gemeenten en zorgverleners."), ["health", "local_authority"]),
        (known("The police arrested nine. Employers were fined. Councils met."), []),
        (known(title="Police response to modern slavery"), []),
    ],
)  # fmt: skip
def test_audience(document: ToolkitDocument, expected: list[str]) -> None:
    assert values("training", "audience", document) == expected


def test_a_title_calls_a_course_by_its_name() -> None:
    assert values("training", "form", known(title="Course: first responders")) == ["course"]
    assert values("training", "form", known("The course of the year", title="A matter of course")) == []


def test_provider_is_what_the_page_states_else_its_publisher() -> None:
    stated = known(
        "The course was developed by the Sample Slavery Foundation and is run by Sample Police.", publisher="P"
    )
    assert values("training", "provider", stated) == ["Sample Police", "Sample Slavery Foundation"]
    assert places("training", "provider", stated) == ["about", "about"]
    silent = known("A course.", publisher="Sample Office")
    assert values("training", "provider", silent) == ["Sample Office"] and places("training", "provider", silent) == [
        "source"
    ]
    assert values("training", "provider", known("A course.")) == []


def test_names_of_people_are_no_providers() -> None:
    assert field("provider", "The course was written by Marigold Sampleton, and is provided by Joan Example.") == []


@pytest.mark.parametrize(
    ("document", "expected", "place"),
    [
        (known(title="Guidance for Scotland", jurisdiction="United Kingdom"), ["Scotland"], "title"),
        (known(summary="For staff in England and Wales."), ["England and Wales"], "summary"),
        (known("The training is available in Wales and Northern Ireland."), ["Northern Ireland", "Wales"], "about"),
        (known("A course.", jurisdiction="United Kingdom"), ["United Kingdom"], "source"),
        (known(title="Cwrs i Gymru: hyfforddiant Cymru"), ["Wales"], "title"),
        (known("Victims came from Ireland."), [], ""),
        (known(title="The Human Trafficking and Exploitation (Scotland) Act 2015"), [], ""),
    ],
)
def test_nation(document: ToolkitDocument, expected: list[str], place: str) -> None:
    assert values("training", "nation", document) == expected
    assert {*places("training", "nation", document)} == ({place} if expected else set())


def test_the_law_it_was_written_against() -> None:
    document = known(
        "It covers section 52 of the Modern Slavery Act 2015, the Sample Licensing Act 1999, Directive 2011/36/EU and "
        "S.I. 2015/1743. It follows the statutory guidance, version 3.8. Ask your council."
    )
    assert values("training", "law", document) == [
        "Sample Licensing Act 1999", "celex:32011L0036", "ukpga/2015/30", "uksi/2015/1743",
    ]  # fmt: skip
    assert values("training", "guidance", document) == ["statutory guidance, version 3.8"]
    assert values("training", "law", known("Deddf Caethwasiaeth Fodern 2015")) == ["ukpga/2015/30"]
    assert values("training", "law", known("Act now. In 2015 the Act of 1833 was old.")) == []


@pytest.mark.parametrize(
    "heading", ["Further support and links", "References", "See also", "Footnotes", "Meer informatie"]
)
def test_what_a_page_says_of_others_is_not_what_it_states_of_itself(heading: str) -> None:
    text = "A free awareness course for police officers takes 45 minutes; see the Modern Slavery Act 2015."
    assert facts("training", known(text, heading=heading)) == ()
    assert facts("training", known(text, heading="About this course")) != ()


def test_where_nothing_is_stated_there_is_no_fact() -> None:
    assert facts("training", known("Read this page.", title="A page")) == ()
    assert facts("training", known(title="")) == ()


def test_guidance_is_named_with_the_title_before_it() -> None:
    for text, expected in (
        ("This follows the Modern Slavery statutory guidance, version 3.", "Modern Slavery statutory guidance"),
        ("It uses modern slavery statutory guidance version 2.", "modern slavery statutory guidance version"),
        ("See our guidance version 1.0.", "guidance version"),
        ("Follow the Statutory Guidance for Wales (v3.5), then ask.", "the Statutory Guidance for Wales (v3.5)"),
        ("In Care and Support Statutory Guidance v4.1 it says so.", "Care and Support Statutory Guidance v"),
    ):
        (found,) = values("training", "guidance", known(text))
        assert found.startswith(expected) and found in text
