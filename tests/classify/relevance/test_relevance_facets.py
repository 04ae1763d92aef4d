"""What a document is about and whom it concerns: every topic is given, facets hold what their lists have."""

from __future__ import annotations

import pytest

from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES, TOOLKIT, TOPICS
from tests.classify.relevance.samples import said, topics, values

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
