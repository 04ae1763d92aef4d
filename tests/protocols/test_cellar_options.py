"""The options of a source, and the first links of its walks."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest

from crawler import protocols
from crawler.errors import ConfigError
from crawler.model import Link, Walk
from crawler.protocols.cellar import addresses
from tests.protocols.cellar_samples import RESOURCE, SITE, source

CLOCK = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def first(cursor: str = "", url: str = addresses.SPARQL, **options: Any) -> list[Link]:
    return list(protocols.start(source(url, **options), Walk(clock=CLOCK, cursor=cursor)))


def query(link: Link) -> str:
    return parse_qs(link.body)["query"][0]


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"feed": "weather"}, "expected one of address, items, search, notifications"),
        ({"feed": "items"}, "names no act"),
        ({"feed": "items", "items": ["2011/36/EU"]}, "'2011/36/EU'"),
        ({"feed": "items", "items": ["02011L0036-20240714"]}, "is no CELEX number of an act"),
        ({"feed": "items", "items": ["un:A/RES/64/293"]}, "is no CELEX number of an act"),
        ({"feed": "items", "items": ["32011L0036"], "related": ["weather"]}, "'weather' is no relation"),
        ({"feed": "search"}, "needs concepts, titles, agents or bodies"),
        ({"feed": "search", "types": ["DIR"]}, "needs concepts, titles, agents or bodies"),
        ({"feed": "search", "concepts": ["trafficking"]}, "options.concepts"),
        ({"feed": "search", "titles": ['x" } DROP']}, "options.titles"),
        ({"feed": "search", "agents": ["COM> <x"]}, "options.agents"),
        ({"feed": "search", "agents": ["COM"], "types": ["SONG"]}, "unknown resource type 'SONG'"),
        ({"feed": "notifications", "classes": ["act preparatory"]}, "options.classes"),
        ({"since": "2026-02-30"}, "options.since"),
        ({"days": 0}, "options.days"),
        ({"minutes": -1}, "options.minutes"),
        ({"windows": "many"}, "options.windows"),
        ({"language": "en"}, "options.language"),
        ({"sparql_method": "put"}, "options.sparql_method"),
    ],
)
def test_what_is_wrong_is_told(options: dict[str, Any], wrong: str) -> None:
    assert wrong in "\n".join(protocols.problems(source(**options)))
    with pytest.raises(ConfigError, match="source eu"):
        first(**options)


def test_what_is_right_is_accepted() -> None:
    right: list[dict[str, Any]] = [
        {},
        {
            "feed": "items",
            "items": ["32011L0036", "12016E/TXT", "62011CJ0001"],
            "related": ["amendments", "corrigenda"],
        },
        {
            "feed": "search",
            "concepts": ["5933", "c_433922a6"],
            "titles": ["trafficking in human beings"],
            "types": ["DIR"],
        },
        {"feed": "notifications", "items": ["32011L0036"], "classes": ["act_preparatory_council"]},
    ]
    for options in right:
        assert protocols.problems(source(**options)) == []


@pytest.mark.parametrize(
    ("url", "role", "accept"),
    [
        (f"{addresses.SPARQL}?query=SELECT", "listing", addresses.RESULTS),
        (f"{addresses.NOTIFICATIONS}?startDate=2026-08-05", "listing", addresses.ATOM),
        (f"{RESOURCE}/celex/32011L0036", "document", addresses.NOTICE),
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32011L0036", "document", ""),
    ],
)
def test_an_address_is_asked_as_it_is(url: str, role: str, accept: str) -> None:
    assert first(url=url) == [Link(url=url, role=role, accept=accept)]  # type: ignore[arg-type]


def test_tracked_acts_are_asked_about_together_and_what_stands_around_them() -> None:
    acts, around = first("2026-11-23", feed="items", items=["32024L1712", "32011L0036"])
    assert acts.method == "POST" and acts.role == "listing"
    assert 'VALUES ?celex { "32011L0036"^^xsd:string "32024L1712"^^xsd:string }' in query(acts)
    assert acts.facts == {"asked": "32011L0036 32024L1712", "cursor": "2026-11-25"}
    assert "?framework" in query(around) and "resource_legal_corrects_resource_legal" not in query(around)
    only = first(feed="items", items=["32011L0036"], related=["corrigenda"])[1]
    assert (
        "resource_legal_corrects_resource_legal" in query(only) and "amends" not in query(only).partition("OPTIONAL")[0]
    )


def test_many_acts_are_asked_about_in_several_questions() -> None:
    """Trap EU-1.11: questions that are too costly are refused; some endpoints take POST only."""
    assert len(first("2026-11-23", feed="items", items=[f"32001L{number:04d}" for number in range(1, 102)])) == 6


def test_until_the_endpoint_has_answered_each_act_is_asked_for_by_itself() -> None:
    *_, one, other = first(feed="items", items=["32024L1712", "32011L0036"])
    assert [one.url, other.url] == [f"{RESOURCE}/celex/32011L0036", f"{RESOURCE}/celex/32024L1712"]
    assert (one.role, one.accept, one.facts) == ("document", addresses.NOTICE, {"document": "celex:32011L0036"})


def test_a_search_covers_every_day_once_and_then_only_what_may_be_new() -> None:
    """Trap EU-1.15: a filter by date drops works whose date is malformed."""
    links = first(feed="search", concepts=["5933"], since="2024-01-01")
    spans = [query(link).partition("FILTER(?doc_date >= ")[2][:48] for link in links]
    assert [span[1:11] for span in spans] == ["2024-01-01", "2025-01-01", "2026-01-02", ""]
    assert "2026-11-25" in query(links[-2]), "in Brussels it is the next day"
    assert query(links[-1]).count("FILTER NOT EXISTS { ?work cdm:work_date_document ?day }") == 2, "without any date"
    assert {link.facts["cursor"] for link in links} == {"2026-11-25"}
    later = first("2026-11-20", feed="search", concepts=["5933"])
    assert len(later) == 2 and '"2026-10-06"^^xsd:date' in query(later[0])
    assert 'STR(?modified) >= "2026-11-20"' in query(later[1])
    assert "doc_date >=" not in query(later[1]), "late comers are found whatever their date"


def test_a_search_by_agent_type_and_title() -> None:
    link, _ = first(
        feed="search", agents=["COM", "CONSIL"], types=["SWD"], titles=["human trafficking"], since="2026-01-01"
    )
    asked = query(link)
    assert "corporate-body/COM> <http://publications.europa.eu/resource/authority/corporate-body/CONSIL>" in asked
    assert "?work cdm:work_created_by_agent ?agent" in asked and "resource-type/SWD>" in asked
    assert "bif:contains \"'human trafficking'\"" in asked


def test_bodies_are_asked_for_by_name_and_their_publications_under_all_properties() -> None:
    """General publications have dates and concepts of their own, and a body that has no code is told."""
    names, dated, _ = first(feed="search", bodies=["Europol"], concepts=["5933"], since="2026-01-01")
    called = 'VALUES ?body { "Europol"@en } { ?agent skos:prefLabel ?body } UNION { ?agent skos:altLabel ?body }'
    assert names.facts == {"bodies": "Europol"} and "COUNT(DISTINCT ?work)" in query(names)
    assert query(dated).count(called) == 2, "counted, and listed"
    for each in ("publication_general_date_publication ?doc_date", "publication_general_is_about_concept_eurovoc"):
        assert each in query(dated)


def test_where_nothing_around_acts_is_wanted_nothing_is_asked() -> None:
    """A question without a relation would ask for every work there is."""
    links = first(feed="items", items=["32011L0036"], related=[])
    assert [link.role for link in links] == ["listing", "document"]


def test_a_document_of_the_council_is_asked_for_by_its_number_in_every_walk() -> None:
    (link,) = first("2026-11-23", feed="items", items=["consil:ST_8665_2021_INIT"])
    assert link.url == f"{RESOURCE}/consil/ST_8665_2021_INIT" and link.accept == addresses.NOTICE
    assert link.facts == {"document": "consil:ST_8665_2021_INIT", "tracked": "yes"}


def test_what_cites_an_act_is_asked_for_by_author() -> None:
    around = first("2026-11-23", feed="items", items=["32012L0029"], related=["cited_by"], agents=["COM", "EP"])[1]
    authors = "corporate-body/COM> <http://publications.europa.eu/resource/authority/corporate-body/EP> }"
    assert "?work cdm:work_cites_work ?framework" in query(around) and authors in query(around)


def test_questions_are_put_into_the_address_where_the_source_says_so() -> None:
    link, _ = first(feed="search", concepts=["5933"], since="2026-01-01", sparql_method="get")
    assert link.method == "GET" and link.url.startswith(f"{addresses.SPARQL}?query=")
    assert "SELECT DISTINCT ?work" in unquote(link.url)


def test_the_same_walk_asks_the_same() -> None:
    both: list[dict[str, Any]] = [{"feed": "items", "items": ["32011L0036"]}, {"feed": "search", "concepts": ["5933"]}]
    for options in both:
        assert first("2026-11-20", **options) == first("2026-11-20", **options)


def test_notifications_are_asked_in_windows() -> None:
    links = first("2026-11-24T20:00:00Z", feed="notifications", items=["32011L0036"], minutes=30, windows=2)
    assert [link.url.startswith(f"{SITE}/webapi/notification/ingestion?startDate=2026-11-24T2") for link in links] == [
        True
    ] * 2
    assert links[-1].facts["cursor"] == "2026-11-24T21:00:00Z" and "behind" in links[-1].facts
