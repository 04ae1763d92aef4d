"""Documents asked for by their number: what is asked, what they are called, what leads nowhere."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler import protocols
from crawler.errors import IdentifierError, RefusedError
from crawler.identifiers import numbered
from crawler.model import Capture, Page, Walk
from crawler.sources import Expect, Source

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SYMBOLS = "https://documents.un.org/api/symbol/access?s={number}&l=en&t=pdf"
PAGE = "<html lang=en><body><main><h1>Human Rights Council</h1><p>Safe harvests: report of a rapporteur</p></main>"


def source(**more: Any) -> Source:
    stated: dict[str, Any] = {"id": "un", "name": "Sample", "publisher": "p", "kind": "report", "url": SYMBOLS}
    return Source(**{**stated, "protocol": "numbered", "expect": Expect(), **more})


def read(title: str = "", url: str = "", **more: Any) -> Page:
    others = {"A/HRC/1/2": ["https://closed.example/1"]}
    page = "https://docs.un.org/en/{number}"
    asked = source(options={"items": {"A/HRC/1/2": title}, "page": page, "also": others}, **more)
    (link,) = protocols.start(asked, Walk(clock=NOW))
    headers = (("Content-Type", "text/html"),)
    return protocols.read(
        Capture(url=url or link.url, time=NOW, link=link, body=PAGE.encode(), headers=headers, status=200), asked
    )


def test_each_number_is_an_address_and_an_id() -> None:
    asked = source(options={"items": {"A/HRC/1/2": "Sample", "S/RES/2331(2016)": ""}})
    first, other = protocols.start(asked, Walk(clock=NOW))
    assert first.url == "https://documents.un.org/api/symbol/access?s=A/HRC/1/2&l=en&t=pdf"
    assert (first.facts["document"], other.facts["document"]) == ("un:A/HRC/1/2", "un:S/RES/2331(2016)")
    assert "title" not in other.facts


@pytest.mark.parametrize(
    ("title", "shown", "problems"),
    [
        ("Safe harvests", "Safe harvests", []),
        ("Unsafe harvests", "Human Rights Council", ["differing text"]),
        ("", "Human Rights Council", []),
    ],
)
def test_a_title_of_the_source_counts_where_it_stands_in_the_text(title: str, shown: str, problems: list[str]) -> None:
    page = read(title)
    (document,) = page.documents
    assert (document.id, document.title) == ("un:A/HRC/1/2", shown)
    assert document.url == "https://docs.un.org/en/A/HRC/1/2" and page.versions[0].title == shown
    assert document.aliases == ("https://closed.example/1",), "not the file that the address led to"
    assert [each.kind for each in page.problems] == problems


def test_a_page_that_says_that_there_is_nothing_is_no_document() -> None:
    with pytest.raises(RefusedError) as refused:
        read(url="https://ks.echr.coe.int/web/echr-ks/page-404")
    assert refused.value.kind == "soft404"
    asked = source(url="https://files.example/{number}", options={"items": {"report-404": ""}})
    (link,) = protocols.start(asked, Walk(clock=NOW))
    page = Capture(url=link.url, time=NOW, link=link, body=PAGE.encode(), headers=(("Content-Type", "text/html"),))
    assert protocols.read(page, asked).versions, "a number is no status"


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"options": {}}, "names no document"),
        ({"url": "https://undocs.org/en", "options": {"items": {"A/1": ""}}}, "with {number} in it"),
        ({"options": {"items": {"A/1": ""}, "page": "undocs.org/{number}"}}, "options.page"),
        ({"options": {"items": {"A/1": ""}, "also": {"A/2": ["https://p.example/"]}}}, "A/2 is none of the items"),
    ],
)
def test_what_is_wrong_is_told(more: dict[str, Any], wrong: str) -> None:
    assert wrong in "\n".join(protocols.problems(source(**more)))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://data.consilium.europa.eu/doc/document/ST-6481-2021-ADD-2/en/pdf", "consil:ST_6481_2021_ADD_2"),
        ("http://publications.europa.eu/resource/consil/ST_11536_2026_INIT", "consil:ST_11536_2026_INIT"),
        ("https://www.un.org/en/ga/search/view_doc.asp?symbol=a/res/64/293", "un:A/RES/64/293"),
        ("https://docs.un.org/A/HRC/47/34/Add.1", "un:A/HRC/47/34/ADD.1"),
        ("https://undocs.org/about", ""),
        ("https://rm.coe.int/16800d3812", "coe:16800d3812"),
        ("https://rm.coe.int/16800d3812?format=html", "coe:16800d3812"),
        ("https://rm.coe.int/CoERMPublicCommonSearchServices/DisplayDCTMContent?documentId=1", ""),
        ("https://www.un.org/en/about-us", ""),
    ],
)  # fmt: skip
def test_numbers_are_read_from_addresses(url: str, name: str) -> None:
    if name:
        assert numbered(url) == name
        return
    with pytest.raises(IdentifierError):
        numbered(url)
