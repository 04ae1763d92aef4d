"""What a document is about, where one word is easily taken for another; and headings of provisions."""

import pytest

from crawler.classify.relevance import Classified, Texts, classify
from crawler.sources.vocabulary import TOPICS
from tests.classify.relevance.samples import said, topics, values

TO_REPORT = [
    "Report modern slavery",
    "Report suspected human trafficking",
    "How to report modern slavery",
    "Modern slavery: how to report it",
    "Duty to report human trafficking",
    "Report modern slavery as a first responder",
    "Modern slavery: report a concern",
    "Reporting modern slavery",
    "Please report any suspicions of human trafficking",
    "Report a victim of modern slavery",
]


@pytest.mark.parametrize("title", TO_REPORT)
def test_to_report_is_for_those_who_report_and_no_study(title: str) -> None:
    found = said(title, kind="guidance")
    assert found.band == "in"
    assert {topic.value for topic in found.topics} == {"identification_nrm"}
    assert values(found, "aimed_at") <= {"police", "local_authority"}
    assert "first_responder" in values(found, "role")
    assert "researcher" not in values(found, "role")


A_REPORT = [
    "Report on modern slavery",
    "Report: modern slavery in Wales",
    "Human trafficking: a report",
    "A report to Parliament and the public: human trafficking",
    "Government response to report on modern slavery",
    "Annual report modern slavery",
    "GRETA report human trafficking",
]


@pytest.mark.parametrize("title", A_REPORT)
def test_a_report_is_one(title: str) -> None:
    found = said(title)
    assert {topic.value for topic in found.topics} == {"data_monitoring"}
    assert "researcher" in values(found, "role")
    assert "first_responder" not in values(found, "role")


def test_the_duty_of_companies_to_report_is_not_that_of_first_responders() -> None:
    assert topics("Modern slavery reporting requirements", kind="guidance") == {"supply_chains"}


def test_what_is_not_about_it_does_not_become_so_because_one_reports_it() -> None:
    assert said("How to report a change of address").band == "out"
    assert said("Report benefit fraud").band == "out"


def _heading(text: str, kind: str = "act", changed: str = "") -> Classified:
    return classify(Texts(title=text, summary=changed, kind=kind), is_in=True)


PROVISIONS = {
    "act": [
        ("Slavery, servitude and forced or compulsory labour", {"offences_law"}),
        ("Human trafficking", {"offences_law"}),
        ("Meaning of exploitation", {"offences_law"}),
        ("Committing offence with intent to commit offence under section 2", {"offences_law"}),
        ("Penalties", {"offences_law"}),
        ("Sentencing", {"enforcement_prosecution"}),
        ("Confiscation of assets", {"enforcement_prosecution"}),
        ("Power to make slavery and trafficking reparation orders", {"enforcement_prosecution"}),
        ("Forfeiture of land vehicle, ship or aircraft", {"enforcement_prosecution"}),
        ("Slavery and trafficking risk orders", {"enforcement_prosecution"}),
        ("Enforcement powers in relation to ships: England and Wales", {"enforcement_prosecution"}),
        ("Hot pursuit of ships in Scotland or Northern Ireland waters", {"enforcement_prosecution"}),
        ("The Independent Anti-slavery Commissioner", {"data_monitoring"}),
        ("Strategic plans and annual reports", {"data_monitoring"}),
        ("Duty to co-operate with Commissioner", {"partnership_governance"}),
        ("Defence for slavery or trafficking victims who commit an offence", {"non_punishment"}),
        ("Special measures for witnesses in criminal proceedings", {"victim_support"}),
        ("Civil legal aid for victims of slavery", {"victim_support"}),
        ("Independent child trafficking guardians", {"children"}),
        ("Guidance about identifying and supporting victims", {"identification_nrm", "victim_support"}),
        ("Presumption about age", {"children"}),
        ("Duty to notify Secretary of State about suspected victims", {"identification_nrm"}),
        ("Overseas domestic workers", {"domestic_servitude"}),
        ("Transparency in supply chains etc", {"supply_chains"}),
        ("Provision of information relating to being a victim of slavery or human trafficking", {"identification_nrm"}),
        ("Late compliance with slavery or trafficking information notice", {"identification_nrm"}),
        ("Identified potential victims: recovery period", {"identification_nrm", "victim_support"}),
        ("Identified potential victims etc: disqualification from protection", {"identification_nrm"}),
        ("Identified potential victims etc: assistance and support", {"identification_nrm", "victim_support"}),
        ("Leave to remain for victims of slavery or human trafficking", {"immigration_status"}),
        ("Duty to notify National Crime Agency about suspected victims", {"identification_nrm"}),
        ("Paying for sexual services of a person", {"sexual_exploitation"}),
        ("Strategy on offences under sections 1 and 2", {"data_monitoring"}),
        (
            "Assistance and support pending determination by competent authority",
            {"identification_nrm", "victim_support"},
        ),
        ("Compensation for victims of trafficking", {"victim_support"}),
        ("Independent guardian", {"children"}),
        ("Defence for slavery and trafficking victims in relation to certain offences", {"non_punishment"}),
    ],
    "asp": [
        ("Offence of human trafficking", {"offences_law"}),
        ("Aggravation involving a child", {"offences_law", "children"}),
        ("Lord Advocate's instructions about prosecution of victims", {"non_punishment"}),
        ("Duty to secure support and assistance", {"victim_support"}),
        ("Presumption of age", {"children"}),
        ("Trafficking and exploitation prevention orders", {"enforcement_prosecution"}),
        ("Trafficking and exploitation strategy", {"data_monitoring"}),
        ("Duty to notify and provide information about victims", {"identification_nrm"}),
    ],
    "directive": [
        ("Offences concerning trafficking in human beings", {"offences_law"}),
        ("Incitement, aiding and abetting, and attempt", {"offences_law"}),
        ("Liability of legal persons", {"offences_law"}),
        ("Seizure and confiscation", {"enforcement_prosecution"}),
        ("Non-prosecution or non-application of penalties to the victim", {"non_punishment"}),
        ("Investigation and prosecution", {"enforcement_prosecution"}),
        ("Assistance and support for victims of trafficking in human beings", {"victim_support"}),
        ("Assistance, support and protection for unaccompanied child victims", {"children", "victim_support"}),
        ("Compensation to victims", {"victim_support"}),
        ("National rapporteurs or equivalent mechanisms", {"data_monitoring"}),
        ("Data collection and statistics", {"data_monitoring"}),
        ("Coordination of the Union strategy against trafficking", {"partnership_governance"}),
    ],
    "regulation": [
        ("Prohibition of products made with forced labour", {"supply_chains"}),
        ("Union Network Against Forced Labour Products", {"supply_chains"}),
        ("Database of forced labour risk areas or products", {"supply_chains"}),
        ("Preliminary phase of investigations", {"supply_chains"}),
        ("Customs controls", {"supply_chains"}),
        ("Economic operators", {"supply_chains"}),
    ],
}
GENERAL = {"offences_law"}
"""A provision of an instrument about the offence is about the offence, too."""


@pytest.mark.parametrize(
    ("kind", "heading", "expected"),
    [(kind, heading, expected) for kind, headings in PROVISIONS.items() for heading, expected in headings],
)
def test_a_heading_tells_what_a_provision_is_about(kind: str, heading: str, expected: set[str]) -> None:
    found = {topic.value for topic in _heading(heading, kind).topics}
    assert expected <= found <= expected | GENERAL


def test_a_change_of_provisions_is_aimed_at_those_who_work_by_them() -> None:
    found = _heading(
        "Duty to notify; Recovery period",
        changed="a specified public authority must notify the Secretary of State within 28 days; 45 days",
    )
    assert {topic.value for topic in found.topics} == {"identification_nrm", "victim_support"}
    assert {"police", "local_authority", "ngo_support"} <= values(found, "aimed_at")
    assert {"first_responder", "local_authority", "caseworker"} <= values(found, "role")
    assert "researcher" not in values(found, "role")


def test_a_heading_says_what_it_is_about_though_no_word_of_it_weighs() -> None:
    assert said("Recovery period", kind="act").topics == ()
    assert [topic.value for topic in _heading("Recovery period").topics][:1] == ["victim_support"]


@pytest.mark.parametrize("heading", ["", " ", "1", "\u2026"])
def test_a_heading_that_says_nothing_is_about_nothing(heading: str) -> None:
    assert _heading(heading, kind="").topics == ()


def test_headings_bring_no_document_in() -> None:
    for headings in PROVISIONS.values():
        weightless = [heading for heading, _ in headings if not said(heading).score]
        assert all(said(heading).band == "out" for heading in weightless)
    for heading in ("Presumption about age", "Customs controls", "Economic operators", "Liability of legal persons"):
        assert said(heading).band == "out"


CASES = [
    ("SILIADIN v. FRANCE", {"domestic_servitude", "offences_law"}),
    ("CHOWDURY AND OTHERS v. GREECE", {"labour_exploitation", "offences_law"}),
    ("S.M. v. CROATIA", {"sexual_exploitation"}),
    ("V.C.L. AND A.N. v. THE UNITED KINGDOM", {"non_punishment", "children"}),
    ("Basfar v Wong [2022] UKSC 20", {"domestic_servitude"}),
]


@pytest.mark.parametrize(("title", "expected"), CASES)
def test_a_leading_case_is_about_its_subject(title: str, expected: set[str]) -> None:
    assert topics(title, kind="case_law") == expected


SEVERAL = [
    ("Identifying and supporting victims of modern slavery", "guidance", {"identification_nrm", "victim_support"}),
    ("Council of Europe Convention on Action against Trafficking in Human Beings (CETS No. 197)", "treaty",
     {"offences_law", "victim_support"}),
    ("Labour exploitation: spot the signs", "guidance", {"labour_exploitation"}),
    ("Supply chains: an offence of using products of forced labour", "news", {"supply_chains"}),
    ("An inspection of the immigration system and the exploitation of workers in hotels", "report",
     {"labour_exploitation"}),
    ("The Nationality and Borders Act 2022 (Commencement No. 7) Regulations 2024", "si",
     {"identification_nrm", "immigration_status"}),
    ("Joint investigation team: human traffickers convicted in Spain", "news",
     {"cross_border_cooperation", "enforcement_prosecution"}),
    ("Transnational referral mechanism for victims of trafficking", "manual",
     {"identification_nrm", "cross_border_cooperation"}),
    ("Immunity from prosecution for trafficked persons", "news", {"non_punishment"}),
    ("Recovery & reflection: support & care for victims of human trafficking", "guidance", {"victim_support"}),
    ("Post-NRM living", "guidance", {"victim_support"}),
    ("Vietnamese boys found tending cannabis plants", "news", {"children", "criminal_exploitation"}),
    ("Convictions of trafficked children", "news", {"children", "non_punishment"}),
    ("Drug dealers took over the flats of tenants", "news", {"criminal_exploitation"}),
    ("Couple kept a maid locked in for years", "news", {"domestic_servitude"}),
    ("Deportation of trafficking victims", "news", {"immigration_status"}),
    ("Modern slavery statistics: potential victims referred", "statistics",
     {"data_monitoring", "identification_nrm"}),
    ("Anti-slavery course for first responders", "training", {"training_awareness"}),
    ("Modern slavery: what homelessness services can do", "guidance", {"identification_nrm", "victim_support"}),
    ("Survivors of trafficking still waiting for leave", "report", {"immigration_status", "victim_support"}),
    ("GRETA report on Utopia, third evaluation round: access to justice and effective remedies for victims", "report",
     {"data_monitoring"}),
    ("Car washes in towns: workers and modern slavery", "news", {"labour_exploitation"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "kind", "expected"), SEVERAL)
def test_some_titles_are_about_several_things(title: str, kind: str, expected: set[str]) -> None:
    assert topics(title, kind=kind) == expected


IN_OTHER_LANGUAGES = [
    ("Rapport concernant la lutte contre la traite des \u00eatres humains", "data_monitoring"),
    ("Identification des victimes de la traite", "identification_nrm"),
    ("Opferschutz: Menschenhandel", "victim_support"),
    ("Kinderhandel und Menschenhandel", "children"),
    ("Formazione: tratta di esseri umani", "training_awareness"),
    ("Handel lud\u017ami: zatrzymani sprawcy", "enforcement_prosecution"),
    ("Raport privind traficul de persoane", "data_monitoring"),
    ("Ley integral contra la trata de personas", "offences_law"),
    ("Caethwasiaeth fodern: hyfforddiant", "training_awareness"),
    ("Seksuele uitbuiting en mensenhandel", "sexual_exploitation"),
]


@pytest.mark.parametrize(("title", "topic"), IN_OTHER_LANGUAGES)
def test_basic_words_of_other_languages_tell_the_topic(title: str, topic: str) -> None:
    assert topic in topics(title)


def test_the_council_of_europe_is_no_council_of_a_town_and_a_network_of_criminals_none_of_partners() -> None:
    assert "partnership_governance" not in topics("Council of Europe: trafficking in human beings", kind="report")
    assert "local_authority" not in values(said("Network for human trafficking taken down"), "aimed_at")


def test_the_longest_words_tell_the_topic() -> None:
    assert topics("Human trafficking: financial indicators", kind="report") == {"enforcement_prosecution"}
    assert "data_monitoring" not in topics("EU strategy on combatting trafficking in human beings", kind="guidance")


def test_words_in_the_name_of_an_act_count_less() -> None:
    act = "Human Trafficking and Exploitation (Criminal Justice and Support for Victims) Act (Northern Ireland) 2015"
    assert "victim_support" not in topics(f"{act}: independent guardian")
    assert "victim_support" in topics("Human trafficking: support for victims")


def test_goods_made_by_forced_labour_are_a_matter_of_supply_chains() -> None:
    assert "supply_chains" in topics("A ban on goods made using forced labour", kind="news")
    assert "supply_chains" not in topics("Victims of forced labour in agriculture", kind="news")


def test_victims_who_commit_offences_are_a_matter_of_non_punishment() -> None:
    assert "non_punishment" in topics("Guidance for prosecutors: victims of trafficking who commit offences")
    assert "non_punishment" not in topics("Offences against victims of trafficking")


TERMS = {
    "offences_law": "servitude; Palermo Protocol; ECAT; CETS 197; removal of organs; penalties",
    "enforcement_prosecution": "STPO; TERO; reparation order; joint investigation team; maritime powers",
    "non_punishment": "section 45 defence; section 22 defence; Schedule 4 offences; non-prosecution; Brecani",
    "identification_nrm": "first responder; FRO; duty to notify; reasonable grounds; MAAP; bad faith; indicators",
    "victim_support": "MSVCC; recovery needs assessment; safe house; counselling; legal aid; trauma-informed",
    "immigration_status": "VTS; MSDL; KTT; residence permit; discretionary leave; Directive 2004/81",
    "children": "ICTG; ICTA; age assessment; presumption of age; unaccompanied children; care leavers",
    "labour_exploitation": "GLAA; GLA; DLME; Fair Work Agency; LMEU; seasonal worker scheme; nail bars; C29",
    "sexual_exploitation": "pop-up brothels; adult services websites; section 53A; sex trafficking; demand reduction",
    "domestic_servitude": "overseas domestic workers; ODW; diplomatic household; C189; Ewins review; tied visas",
    "criminal_exploitation": "county lines; cuckooing; forced begging; forced criminality; cannabis cultivation",
    "supply_chains": "TISC; statement registry; PPN 009; exclusion grounds; CSDDD; omnibus; import ban; Xinjiang",
    "cross_border_cooperation": "EMPACT; Europol; Eurojust; JHA agencies; joint action day; CBSS; La Strada",
    "partnership_governance": "multi-agency; terms of reference; information sharing agreement; referral pathway",
    "training_awareness": "e-learning; toolkit; Anti-Slavery Day; webinar; poster; MSTDG",
    "data_monitoring": "statistics; annual report; GRETA; NAO; HASC; prevalence; typology; evaluation; Eurostat",
}


def test_terms_of_every_topic_are_there() -> None:
    assert TERMS.keys() == set(TOPICS)


@pytest.mark.parametrize(
    ("topic", "term"), [(topic, term) for topic, terms in TERMS.items() for term in terms.split("; ")]
)
def test_a_term_of_the_field_tells_its_topic(topic: str, term: str) -> None:
    assert topic in topics(f"Human trafficking: {term}")


SECTIONS = [
    ("II. Overview of the legal and policy framework for action against trafficking", {"offences_law"}),
    ("III.1.c.i. Comprehensive approach and co-ordination", {"partnership_governance"}),
    ("III. 1. e. Measures to discourage demand (Article 6)", {"sexual_exploitation"}),
    ("III. 1. g. Border measures (Article 7)", {"identification_nrm"}),
    ("IV.6. Dommages (Article 15)", {"victim_support"}),
    ("IV.7. Sanctions (articles 22, 23 et 27)", {"enforcement_prosecution"}),
    ("IV.9. Protection of the persons concerned (Articles 28 and 30)", {"enforcement_prosecution", "victim_support"}),
    ("IV.10. Authorities (Article 29)", {"enforcement_prosecution", "partnership_governance"}),
    ("V.5. D\u00e9lai de r\u00e9tablissement et de r\u00e9flexion", {"victim_support"}),
    ("V.7. Permis de s\u00e9jour", {"immigration_status"}),
    ("VI. Conclusions", {"data_monitoring"}),
]
"""Headings of reports on a country: the article of the convention says what a section is about."""


@pytest.mark.parametrize(("heading", "expected"), SECTIONS)
def test_a_section_of_a_report_on_a_country_is_about_its_article(heading: str, expected: set[str]) -> None:
    assert topics(heading, "GRETA", "report", summary="GRETA evaluation report on Norway, round 3.") == expected


CONVENTIONS = [
    ("Modern slavery: a guide for railway staff", "", {"identification_nrm"}),
    ("Modern slavery: guidance for suppliers and buyers", "", {"supply_chains"}),
    ("Spot the signs of human trafficking", "", {"identification_nrm"}),
    ("Modern slavery pocketbook", "Calderdale Safeguarding Adults Board", {"identification_nrm"}),
    ("Modern slavery pocketbook", "IASC partnership toolkit", {"identification_nrm"}),
    ("Growers and supermarkets sign charter against slavery", "", {"supply_chains"}),
    ("Protected, not punished: a call for trafficked people", "", {"non_punishment"}),
    ("Trafficked women behind bars", "", {"non_punishment"}),
    ("Appeals by victims of trafficking against their convictions", "", {"non_punishment"}),
    ("Measuring modern slavery", "", {"data_monitoring"}),
    ("Police and modern slavery: an inspection by HMICFRS", "", {"data_monitoring", "enforcement_prosecution"}),
    ("Anti-Slavery Commissioner warns of debt bondage on farms", "", {"labour_exploitation"}),
    ("Sample Valley Anti-Slavery Network", "", {"partnership_governance"}),
    ("Maid of an ambassador kept as a slave", "", {"domestic_servitude"}),
    ("Visas that trap: care workers abused and silent", "", {"labour_exploitation", "immigration_status"}),
    ("Modern slavery: council officers to look out for signs", "", {"identification_nrm"}),
    ("Trafficking survivors: a report", "", {"victim_support"}),
    ("Vulnerable men forced to work at car wash", "", {"labour_exploitation"}),
    (
        "Traffickers jailed after joint action with Slovak police",
        "",
        {"enforcement_prosecution", "cross_border_cooperation"},
    ),
]
"""What the coding manual gives where no standing term of a topic is named."""


@pytest.mark.parametrize(("title", "publisher", "expected"), CONVENTIONS)
def test_what_is_said_without_a_standing_term_follows_the_manual(
    title: str, publisher: str, expected: set[str]
) -> None:
    assert topics(title, publisher, "guidance") == expected


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Return of children forcibly transferred and deported by Russia", {"children"}),
        ("Deported Ukrainian children: forcible deportation is a war crime", {"children"}),
        ("Deportation of children by the Home Office to Sampleland", {"children", "immigration_status"}),
    ],
)
def test_deportation_by_an_occupying_state_is_no_question_of_immigration(title: str, about: set[str]) -> None:
    found = classify(Texts(title=title, kind="parliament"), is_in=True)
    assert {topic.value for topic in found.topics} == about
    assert ("caseworker" in values(found, "role")) == ("immigration_status" in about)
