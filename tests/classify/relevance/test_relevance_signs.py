"""Words within longer ones that tell a topic, and weak signs that bring a title in only together."""

import pytest

from tests.classify.relevance.samples import said, topics

WITHIN_LONGER_WORDS = [
    ("Modern slavery partnership: terms of reference", "guidance", {"partnership_governance"}),
    ("Modern slavery awareness for airport staff", "guidance", {"training_awareness"}),
    ("Trafficking in children", "guidance", {"children"}),
    ("Trafficked into forced labour", "news", {"labour_exploitation"}),
    ("Trafficked for forced criminality", "news", {"criminal_exploitation"}),
    ("Modern slavery referral pathway", "guidance", {"identification_nrm", "partnership_governance"}),
    ("Indicators of forced labour", "guidance", {"identification_nrm", "labour_exploitation"}),
]


@pytest.mark.parametrize(("title", "kind", "expected"), WITHIN_LONGER_WORDS)
def test_words_that_name_the_subject_hide_no_topic(title: str, kind: str, expected: set[str]) -> None:
    assert topics(title, kind=kind) == expected


WEAK_SIGNS = [
    ("Detention services order: victims identified in removal centres", "immigration_status"),
    ("Grape pickers kept in squalor and paid nothing", "labour_exploitation"),
    ("Nurses tied by exit fees", "labour_exploitation"),
    ("Teenagers used by gangs to carry drugs", "criminal_exploitation"),
    ("Criminal appeals for victims wrongly prosecuted", "non_punishment"),
    ("Defendants who may be victims of trafficking", "non_punishment"),
    ("Duty to notify: factsheet for staff of public authorities", "identification_nrm"),
    ("Prostitution ring taken down", "sexual_exploitation"),
    ("Woman forced into unpaid housework", "domestic_servitude"),
    ("Trafficking ring in Romania and the UK: gang jailed", "enforcement_prosecution"),
    ("Cuckooing: the homes of tenants taken over", "criminal_exploitation"),
    ("Traffic in prostitution", "sexual_exploitation"),
    ("Convention against the traffic of minors", "children"),
    ("Running a section 45 defence", "non_punishment"),
    ("The s.45 defence at trial", "non_punishment"),
    ("Challenging men's demand for prostitution", "sexual_exploitation"),
    ("Slavery and forced labour: article 4 ECHR", "offences_law"),
]


@pytest.mark.parametrize(("title", "topic"), WEAK_SIGNS)
def test_weak_signs_together_bring_a_title_in(title: str, topic: str) -> None:
    found = said(title, kind="guidance")
    assert found.band == "in"
    assert topic in {each.value for each in found.topics}


ALONE = [
    "Survivors of torture in immigration detention",
    "Survivors of rape in the asylum system",
    "First responders: training for cardiac arrest",
    "First responder training: first aid",
    "Duty to notify a change of address",
    "Potential victims of fraud: what to do",
    "Disqualification from driving",
    "Fair recruitment: guidance for panels",
    "Recruiting teenagers as apprentices",
    "Conviction overturned",
    "Prison sentence for robber who attacked victims",
    "Offenders who are victims of bullying",
    "Survivors of violence in a detention centre",
    "NHS staff threatened and beaten at work",
    "Nurses paid thousands to work overtime",
    "Fishing crews and unpaid wages after insolvency",
    "Older vulnerable people targeted by criminals",
    "Recruiting young people to fight crime",
    "Devolved decision making in children's services",
    "Recruitment scams: how to spot a false advertisement",
    "IC-CP/Rec(2020)1: recommendation on the Istanbul Convention",
    "Community first responder guidance",
    "Residence permits for victims of domestic violence",
    "Directive 2011/93/EU on the sexual abuse and sexual exploitation of children",
    "A bank's statement on modern slavery 2024",
    "Trends of trafficking in falsified medicines",
    "Drug trafficking networks dismantled",
    "Slavery claims a place in the history of sugar",
    "Nurses and student loans",
    "Pickers wanted for the harvest",
    "Article 4 direction: prohibition of permitted development",
    "Article 4(1) direction on houses in multiple occupation: prohibition of change of use",
    "Planning permission, article 4 and the prohibition of demolition",
    "Road traffic and the safety of minors",
    "Challenging demand for housing",
    "Section 45 of the Companies Act",
]


@pytest.mark.parametrize("title", ALONE)
def test_such_signs_alone_do_not(title: str) -> None:
    assert said(title, kind="guidance").band != "in"


@pytest.mark.parametrize(
    ("title", "is_one"), [("Local partnership board", True), ("Pensions (Civil Partnership)", False)]
)
def test_a_civil_partnership_is_no_partnership_against_the_crime(title: str, is_one: bool) -> None:
    assert ("partnership_governance" in topics(f"Modern slavery: {title}", kind="guidance")) == is_one


@pytest.mark.parametrize(("title", "is_one"), [("Data on referrals", True), ("Data Protection Act 2018", False)])
def test_the_protection_of_data_is_no_monitoring(title: str, is_one: bool) -> None:
    assert ("data_monitoring" in topics(f"Modern slavery: {title}", kind="guidance")) == is_one
