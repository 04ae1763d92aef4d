"""SHERLOC: paging by offset, a filter that may be ignored, and cases of which only the title is taken."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import sherloc
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source
from tests.tiers import examples

CASES = "https://www.unodc.org/cld/v3/sherloc/cldb/data.json"
LAWS = CASES.replace("cldb", "legdb")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def source(url: str = CASES, **options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="case_law", protocol="sherloc", url=url, expect=Expect(),
        options=options,
    )  # fmt: skip


def first(url: str = CASES, cursor: str = "", **options: Any) -> Link:
    (link,) = protocols.start(source(url, **options), Walk(clock=NOW, cursor=cursor))
    return link


def read(body: Any, link: Link | None = None, media: str = "application/json", **options: Any) -> Page:
    link = link or first()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    made = Capture(url=link.url, time=NOW, link=link, headers=(("Content-Type", media),), body=content)
    base = LAWS if "legdb" in link.url or link.role == "document" else CASES
    return checked(sherloc.parse(made, source(base, **options)), link.url)


def case(number: int, **more: Any) -> dict[str, Any]:
    uri = f"/case-law-doc/traffickingpersonscrimetype/gbr/2026/sample_{number}.html"
    values = {"page_title": f"Sample {number}", "en#__el.caseLaw.crimeTypes_s": "Trafficking in persons", **more}
    return {"id": f"2200,en,{uri}", "uri": uri, "values": values}


def law(number: int, **more: Any) -> dict[str, Any]:
    prefix = "legislation.nationalLawArticle@"
    values = {f"{prefix}title_s1": "Sample Act", f"{prefix}article_s1": f"Article {number}", **more}
    return {"uri": f"/legislation/nld/sample_act/article_{number}.html", "values": values}


def found(*results: Any, total: int = 12) -> dict[str, Any]:
    return {"found": total, "results": list(results)}


def criteria(link: Link) -> dict[str, Any]:
    return dict(json.loads(parse_qs(urlsplit(link.url).query)["criteria"][0]))


def kinds(page: Page) -> list[str]:
    return [problem.kind for problem in page.problems]


def test_the_first_question() -> None:
    assert first().url.startswith(f"{CASES}?lng=en&criteria=%7B")
    assert criteria(first()) == {
        "filters": [{"fieldName": "en#__el.caseLaw.crimeTypes_s", "value": "Trafficking in persons"}],
        "startAt": 0,
        "sortings": "",
    }
    filters = criteria(first(LAWS, country="Netherlands (Kingdom of the)", crime_type="Smuggling of migrants"))[
        "filters"
    ]
    assert [each["fieldName"] for each in filters] == [
        "en#__el.legislation.crimeTypes_s", "en#legislation@country_label_s",
    ]  # fmt: skip
    assert [each["value"] for each in filters] == ["Smuggling of migrants", "Netherlands (Kingdom of the)"]


def test_options() -> None:
    assert protocols.problems(source()) == protocols.problems(source(LAWS, texts=True)) == []
    wrong = protocols.problems(source("https://www.unodc.org/cld/v3/sherloc/x/data.json"))
    assert len(wrong) == 1
    assert "name people" in protocols.problems(source(CASES, texts=True))[0]
    with pytest.raises(ConfigError):
        protocols.start(source(CASES, texts=True), Walk(clock=NOW))


def test_pages_follow_one_another_to_the_end() -> None:
    """Trap EU-4.5: UNODC: ten cases a page, a hundred laws, all crimes together."""
    link, seen = first(), []
    for _ in range(9):
        start = criteria(link)["startAt"]
        page = read(found(*(case(n) for n in range(start, min(start + 5, 12)))), link)
        seen += [document.title for document in page.documents]
        if not (following := [each for each in page.links if each.role == "next"]):
            break
        (link,) = following
    assert seen == [f"Sample {number}" for number in range(12)]


def test_a_page_without_results_is_the_end_whatever_the_total() -> None:
    assert read(found()).links == ()
    assert kinds(read(found(case(1), case(2)), pages=1)) == ["gap"]


def test_the_whole_is_walked_again_when_the_number_differs() -> None:
    assert read(found(case(1))).cursor == "12"
    same = read(found(case(1)), first(cursor="12"))
    assert same.cursor is None and same.links[-1].facts["found"] == "12"
    assert read(found(case(1), total=13), first(cursor="12")).cursor == "13"
    assert read(found(case(1), total=13), same.links[-1]).cursor == "13"


def test_summaries_of_cases_are_never_taken() -> None:
    """Trap EU-4.7: SHERLOC: cases name people."""
    body = found(case(1, **{"//caseLaw/factSummary/html": "<p>Invented Person was a victim.</p>"}))
    page = read(body)
    assert "Invented" not in json.dumps(asdict(page))
    (document,) = page.documents
    assert (document.kind, document.summary, page.versions) == ("case_law", None, ())


def test_results_of_other_crimes_show_that_the_filter_was_ignored() -> None:
    other = case(2, **{"en#__el.caseLaw.crimeTypes_s": ["Drug offences", "Corruption"]})
    page = read(found(case(1), other, case(3, **{"en#__el.caseLaw.crimeTypes_s": None})))
    assert [document.title for document in page.documents] == ["Sample 1", "Sample 3"] and page.entries == 2
    assert "the filter was ignored" in page.problems[0].detail


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("Tue Oct 15 00:00:00 CEST 2024", "2024-10-15"),
        ("Mon Jan 01 00:00:00 CET 2024", "2024-01-01"),
        ("2024-10-15", "2024-10-15"),
        ("2024", "2024"),
        ("Tue Feb 31 00:00:00 CET 2024", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_dates_of_verdicts(stated: str | None, published: str | None) -> None:
    page = read(found(case(1, **{"caseLaw@decisionVerdictDate_s1": stated})))
    assert page.documents[0].published == published


def test_a_case_is_known_by_its_path() -> None:
    twin = case(1)
    twin["uri"] = "//case-law-doc//traffickingpersonscrimetype/gbr/2026/sample_1.html"
    page = read(found(case(1), twin))
    assert [document.id for document in page.documents] == [
        "sherloc:case-law-doc/traffickingpersonscrimetype/gbr/2026/sample_1"
    ]
    for uri in ("https://elsewhere.sample.invalid/a.html", "a.html", "", "/", "//["):
        page = read(found({**case(1), "uri": uri, "values": {"page_title": "Sample", "uri": ""}}))
        assert page.documents == () or "elsewhere" not in page.documents[0].url


def test_articles_of_laws_and_their_texts() -> None:
    country = {"en#legislation@country_label_s1": "United Kingdom of Great Britain and Northern Ireland"}
    assert read(found(law(1, **country)), first(LAWS)).links[0].role == "next"
    page = read(found(law(1, **country)), first(LAWS, texts=True), texts=True)
    assert (page.documents[0].title, page.documents[0].jurisdiction) == (
        "Sample Act \u2014 Article 1",
        "United Kingdom",
    )
    link = page.links[0]
    assert link.url == "https://www.unodc.org/cld/legislation/nld/sample_act/article_1.html?lng=en&tmpl=sherloc"
    text = b"<html><body><h1>Legislation</h1><div class='originalText'><p>1. Sample.</p></div><p>Menu</p></body></html>"
    article = read(text, link, "text/html", texts=True)
    assert article.documents[0].id == page.documents[0].id
    assert [section.text for section in article.versions[0].sections] == ["1. Sample."]
    assert kinds(read(b"<html><body>Menu</body></html>", link, "text/html", texts=True)) == ["no text"]


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=2)
FIELDS = [
    "page_title", "uri", "en#__el.caseLaw.crimeTypes_s", "en#caseLaw@country_label_s1",
    "caseLaw@decisionVerdictDate_s1",
    "legislation.nationalLawArticle@title_s1", "legislation.nationalLawArticle@article_s1",
]  # fmt: skip


def survives(body: Any, link: Link, media: str = "application/json") -> None:
    try:
        read(body, link, media)
    except ParseError as error:
        assert error.url == link.url and error.reason


@examples(150)
@given(
    body=st.binary() | st.sampled_from([b"[" * 100_000, b"{}", b'{"found":1,"results":[{}]}', b"<html>"]),
    url=st.sampled_from(
        [CASES, LAWS, f"{CASES}?criteria=%5B", f"{CASES}?criteria=%7B%22startAt%22:-1%7D", "https://x.invalid/"]
    ),
    role=st.sampled_from(["listing", "next", "document", "attachment"]),
)
def test_any_bytes(body: bytes, url: str, role: Role) -> None:
    survives(body, Link(url=url, role=role, facts={"document": "sherloc:x", "title": "Sample"}), "text/html")


@examples(150)
@given(values=st.dictionaries(st.sampled_from(FIELDS), VALUES), uri=VALUES, total=VALUES)
def test_any_values(values: dict[str, Any], uri: Any, total: Any) -> None:
    for link in (first(), first(LAWS, texts=True)):
        survives({"found": total, "results": [{"uri": uri, "values": values}, case(1), law(1)]}, link)
        survives(found({"uri": "/a.html", "values": values}), link)
