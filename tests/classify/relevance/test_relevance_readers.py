"""Whom documents concern: by stated rules, as the hundred documents that were judged by hand show."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.classify.relevance import Texts, classify
from crawler.classify.relevance.labels import load_labels
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES, TOOLKIT, TOPICS
from tests.classify.relevance.samples import OTHERS, said, topics, values

JUDGED = Path(__file__).with_name("judged.jsonl")
"""Documents, what the rules gave, and whether it was right by the coding manual; ``rule`` is the reader."""
IDENTIFYING = (
    "refer", "identif", "report", "sign", "indicat", "notif", "nrm", "recogni", "spot", "detect", "first respon",
    "screen", "helpline", "look for", "safeguard", "pathway", "risk profile",
)  # fmt: skip
"""Beginnings of words by which a text speaks of finding, referring or reporting victims."""


def test_of_a_hundred_documents_nine_in_ten_roles_and_addressees_are_right() -> None:
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row in rows:
        found = classify(Texts(**{name: row[name] for name in ("title", "summary", "publisher", "kind")}))
        for name, facet in (("roles", "role"), ("aimed_at", "aimed_at")):
            for value in values(found, facet):
                given[name] += 1
                right[name] += row[name].get(value, {"right": False})["right"]
    assert len(rows) == 100
    for name in ("roles", "aimed_at"):
        assert given[name] > 80
        assert right[name] >= 0.9 * given[name]


def test_first_responders_are_told_only_where_words_say_what_they_do() -> None:
    labels = [label for path in OTHERS for label in load_labels(path)]
    wrong = []
    for label in labels:
        found = classify(label.texts(summary=True))
        words = f"{label.title} {label.summary}".lower()
        if "first_responder" in values(found, "role") and not any(sign in words for sign in IDENTIFYING):
            wrong.append(label.title)
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "kind", "role", "aimed_at"),
    [
        ("Modern slavery: how first responders refer victims to the NRM", "guidance", {"first_responder"}, set()),
        ("Duty to notify the Home Office of potential victims of modern slavery", "guidance",
         {"first_responder", "local_authority"}, {"police", "local_authority"}),
        ("Modern slavery: challenging conclusive grounds decisions", "guidance", {"caseworker"},
         {"judges_and_defence"}),
        ("Section 45 defence for victims of modern slavery", "guidance", {"prosecutor", "caseworker"},
         {"judges_and_defence"}),
        ("Modern slavery victims as defendants: guidance for prosecutors", "guidance", {"prosecutor"}, {"prosecutors"}),
        ("Modern slavery statement registry", "guidance", {"compliance"}, {"business"}),
        ("Slavery and human trafficking: statistics", "statistics", {"researcher"}, {"policy_and_research"}),
        ("Safe houses for victims of trafficking", "guidance", {"caseworker"}, {"ngo_support"}),
        ("Trafficking in children: guardians", "guidance", {"local_authority"}, {"childrens_services"}),
        ("Victims of trafficking: debate on safe houses", "debate", {"researcher"}, {"policy_and_research"}),
        ("Modern slavery: written evidence on help for victims", "report", {"researcher"}, {"policy_and_research"}),
        ("Anti-slavery partnership: information sharing agreement", "template", {"police", "local_authority"}, set()),
    ],
)  # fmt: skip
def test_readers_follow_from_topic_kind_and_words(title: str, kind: str, role: set[str], aimed_at: set[str]) -> None:
    found = said(title, kind=kind)
    assert role <= values(found, "role")
    assert aimed_at <= values(found, "aimed_at")
    assert "first_responder" not in values(found, "role") - role


@pytest.mark.parametrize(
    ("title", "kind", "aimed_at"),
    [
        ("Modern slavery: materials for health staff", "resource", {"health"}),
        ("Anti-slavery partnership: hotelier training", "training", {"business"}),
        ("Anti-slavery partnership: university training", "training", {"education"}),
        ("Supporting victims of modern slavery: guidance for councils", "guidance", {"local_authority"}),
        ("Forced labour: a handbook for labour inspectors", "manual", {"labour_inspectors"}),
        ("Cuckooing: guidance for those who work with vulnerable adults", "guidance", {"adult_social_care"}),
        ("Modern Slavery Act 2015: legal guidance", "guidance", set()),
        ("The Gangmasters (Licensing) Act 2004 (Commencement) Order", "si", {"labour_inspectors", "business"}),
        ("Tackling modern slavery: partnership annual report", "report", {"local_authority"}),
        ("County lines: children used to carry drugs", "news", {"childrens_services"}),
    ],
)
def test_whom_the_title_names_it_is_for_and_nobody_where_no_words_tell(
    title: str, kind: str, aimed_at: set[str]
) -> None:
    assert "trainer" not in values(said("Modern slavery: are you a victim? Poster", kind="training"), "role")
    summary = "Resources for anti-slavery partnerships." if kind in ("resource", "training") else ""
    assert values(said(title, kind=kind, summary=summary), "aimed_at") == aimed_at


@pytest.mark.parametrize("kind", ["guidance", "act", "si", "resource", "report"])
def test_kind_and_publisher_alone_give_neither_topic_nor_reader(kind: str) -> None:
    parts = (("p1", "Devices would have had to be withdrawn along the supply chain. " * 3),)
    found = classify(Texts(title="Log frame template", kind=kind, publisher="Rights Lab", parts=parts), is_in=True)
    assert found.topics == ()
    assert not values(found, "aimed_at") | values(found, "role") | values(found, "exploitation")


def test_what_is_mentioned_in_a_text_makes_no_tool_of_it() -> None:
    texts = Texts(title="Modern slavery: how first responders refer", kind="guidance")
    said_of = replace(texts, parts=(("p1", "Ask the anti-slavery partnership. " * 9),))
    assert "governance" not in values(classify(said_of), "toolkit")
    assert "governance" in values(classify(replace(texts, title="Anti-slavery partnership: members")), "toolkit")


@pytest.mark.parametrize(
    ("others", "mentions", "exploitation"), [(10, 2, {"labour"}), (10, 1, set()), (3000, 1, set())]
)
def test_a_mention_in_passing_tells_no_kind_of_exploitation(others: int, mentions: int, exploitation: set[str]) -> None:
    text = "The registrar keeps a register. " * others + "See the Gangmasters (Licensing) Act 2004. " * mentions
    found = classify(Texts(title="Registers Act 2018", kind="act", parts=(("section-1", text),)), is_in=True)
    assert values(found, "exploitation") == exploitation


def test_at_most_three_of_each_are_told() -> None:
    found = said(
        "Modern slavery: safe houses, prosecution and child victims: training of police in schools", kind="guidance"
    )
    assert len(values(found, "role")) <= 3
    assert len(values(found, "aimed_at")) <= 3


def test_every_value_says_what_gave_it() -> None:
    found = said("Border Force: how to refer victims of trafficking", kind="guidance")
    for facet in ("role", "aimed_at"):
        assert all(each.reasons for each in found.facets[facet])


TOPICS_OF = [
    ("Modern slavery prosecutions: guidance", "Crown Prosecution Service", "enforcement_prosecution"),
    ("Section 45 defence for victims of modern slavery", "", "non_punishment"),
    ("National Referral Mechanism: guidance", "Home Office", "identification_nrm"),
    ("Modern Slavery Victim Care Contract", "Home Office", "victim_support"),
    ("Discretionary leave for victims of modern slavery", "Home Office", "immigration_status"),
    ("Child trafficking: practice guide", "", "children"),
    ("Gangmasters (Licensing) Act 2004", "", "labour_exploitation"),
    ("Trafficking for sexual exploitation", "", "sexual_exploitation"),
    ("Overseas domestic workers", "", "domestic_servitude"),
    ("County lines", "", "criminal_exploitation"),
    ("Modern slavery statement registry", "", "supply_chains"),
    ("Joint action days against human trafficking", "Europol", "cross_border_cooperation"),
    ("Anti-slavery partnership: terms of reference", "", "partnership_governance"),
    ("Modern slavery training", "", "training_awareness"),
    ("Annual report on modern slavery", "", "data_monitoring"),
    ("Council of Europe Convention on Action against Trafficking in Human Beings", "", "offences_law"),
]


@pytest.mark.parametrize(("title", "publisher", "topic"), TOPICS_OF)
def test_each_topic_is_given(title: str, publisher: str, topic: str) -> None:
    assert topic in topics(title, publisher)


def test_every_topic_is_tested() -> None:
    assert {topic for _, _, topic in TOPICS_OF} == set(TOPICS)


def test_facets_hold_values_of_the_closed_lists() -> None:
    found = said("Labour exploitation in adult social care: training for police and local authorities", "", "training")
    assert values(found, "aimed_at") == {"police", "local_authority", "adult_social_care"}
    assert values(found, "exploitation") == {"labour"}
    assert "training" in values(found, "toolkit")
    assert values(found, "role") == {"trainer"}
    for facet, known in (("aimed_at", AIMED_AT), ("exploitation", EXPLOITATION), ("toolkit", TOOLKIT), ("role", ROLES)):
        assert values(found, facet) <= set(known)


def test_what_is_out_has_neither_topics_nor_facets() -> None:
    found = said("Report on children, police and training", "Europol", "report")
    assert (found.band, found.topics, dict(found.facets)) == ("out", (), {})
