"""The press corner: references, translations, paging; names of spokespersons stay where they are."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import presscorner
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source
from tests.tiers import examples

API = "https://ec.europa.eu/commission/presscorner/api"
SEARCH = f"{API}/search?language=en&text=trafficking&pagesize=2&pagenumber=1"
FEED = f"{API}/rss?language=en"
DOCUMENT = f"{API}/documents?reference=IP/26/1&language=en"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def source(url: str = SEARCH, **options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="news", protocol="presscorner", url=url, expect=Expect(),
        options=options,
    )  # fmt: skip


def read(
    body: Any, url: str = SEARCH, role: Role = "listing", facts: dict[str, str] | None = None, **options: Any
) -> Page:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    media = "application/rss+xml" if url == FEED else "application/json"
    link = Link(url=url, role=role, facts=facts or {})
    made = Capture(url=url, time=NOW, link=link, headers=(("Content-Type", media),), body=content)
    return checked(presscorner.parse(made, source(**options)), url)


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {
        "refCode": f"IP/26/{number}",
        "title": f"Sample {number}",
        "eventDate": "2026-11-23",
        "languageCode": "EN",
        **more,
    }


def found(*entries: Any, total: int = 5, page: int = 1, size: int = 2) -> dict[str, Any]:
    return {"totalNumber": total, "pageNumber": page, "pageSize": size, "docuLanguageListResources": list(entries)}


def document(**more: Any) -> dict[str, Any]:
    text = {"title": "Sample", "htmlContent": "<p>Sample.</p>", **more.pop("text", {})}
    return {"refCd": "IP/26/1", "eventDate": "2026-11-23", "docuLanguageResource": text, **more}


def test_options() -> None:
    assert protocols.problems(source()) == protocols.problems(source(FEED)) == []
    assert list(protocols.start(source(), Walk(clock=NOW))) == [Link(url=SEARCH, role="listing")]
    wrong = source("https://ec.europa.eu/commission/presscorner/home/en", language="English", pages=0)
    assert len(protocols.problems(wrong)) == 2
    with pytest.raises(ConfigError, match="expected an ISO 639-1 code"):
        protocols.start(wrong, Walk(clock=NOW))


def test_paging() -> None:
    page = read(found(entry(1), entry(2)))
    (link,) = [link for link in page.links if link.role == "next"]
    assert link.url == SEARCH.replace("pagenumber=1", "pagenumber=2") and page.total == 5
    assert read(found(entry(5), page=3), SEARCH.replace("pagenumber=1", "pagenumber=3")).links[-1].role == "document"
    assert read(found(page=2), link.url).links == ()
    # A search that ignores the number of the page would be asked for ever.
    again = read(found(entry(1), entry(2), page=1), link.url)
    assert [each.role for each in again.links] == ["document", "document"]
    assert again.problems[0].detail == "asked for page 2, got page 1; 1 document not read"
    assert [problem.kind for problem in read(found(entry(1), entry(2)), pages=1).problems] == ["gap"]
    assert read({"docuLanguageListResources": [entry(1)]}, f"{API}/latestnews?language=en").total is None


def test_search_and_feed_name_one_release_alike() -> None:
    """Trap EU-2.6: Commission: the language of a release, its number in two spellings, pages that moved."""
    link = "https://ec.europa.eu/commission/presscorner/detail/en/ip_26_1"
    item = f"<item><title>Sample 1</title><link>{link}</link></item>"
    feed = read(f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode(), FEED)
    search = read(found(entry(1)))
    assert [each.id for each in feed.documents] == [each.id for each in search.documents] == ["presscorner:IP/26/1"]
    assert feed.documents[0].url == search.documents[0].url == link
    assert feed.links[0].url == search.links[0].url == DOCUMENT


def test_a_release_that_is_listed_twice_is_one() -> None:
    page = read(found(entry(1), entry(1, title="Sample again")))
    assert [each.title for each in page.documents] == ["Sample 1"] and page.entries == 2


def test_the_token_follows_what_the_list_says() -> None:
    def token(**more: Any) -> str:
        return read(found(entry(1, **more))).links[0].token

    assert token() == token(docutype={"code": "IP"})
    assert len({token(), token(title="Other"), token(leadText="Lead"), token(eventDate="2026-11-24")}) == 4


def test_translations_are_versions_of_one_document() -> None:
    pages = [
        read(document(text={"language": code}), DOCUMENT.replace("=en", f"={code.lower()}"), "document")
        for code in ("EN", "FR")
    ]
    assert {page.documents[0].id for page in pages} == {"presscorner:IP/26/1"}
    assert [page.versions[0].language for page in pages] == ["en", "fr"]


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ({"publishDate": "2026-11-23T11:42:00.123+01:00"}, "2026-11-23T10:42:00"),
        ({"publishDate": "soon"}, "2026-11-23"),
        ({"eventDate": "soon"}, None),
        ({"eventDate": None}, None),
    ],
)
def test_dates(stated: dict[str, Any], published: str | None) -> None:
    found = read(document(**stated), DOCUMENT, "document").documents[0].published
    assert found == published or (found or "").startswith(published or "?")


def test_names_of_spokespersons_are_left_out() -> None:
    contacts = [{"firstName": "Invented", "lastName": "Spokesperson", "email": "i@sample.invalid"}]
    page = read(document(contactsResource=contacts, commissionerResource=contacts), DOCUMENT, "document")
    assert "Invented" not in json.dumps(asdict(page)) and page.versions


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "docuLanguageResource is missing"),
        ({"docuLanguageResource": {"htmlContent": "x"}, "refCd": "IP/26/1"}, "title is missing"),
        (document(refCd="1"), "no reference"),
        ([], "not an object"),
        (b"<html>", "no JSON"),
    ],
)
def test_what_is_no_document(body: Any, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(body, DOCUMENT, "document")


def test_another_document_than_was_asked_for_is_refused() -> None:
    with pytest.raises(ParseError, match="is presscorner:IP/26/1, where presscorner:IP/26/2 was asked for"):
        read(document(), DOCUMENT, "document", {"document": "presscorner:IP/26/2"})


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.lists(st.none(), max_size=2)
    | st.just("\ud800")
)
FIELDS = [
    "refCode",
    "refCd",
    "title",
    "leadText",
    "eventDate",
    "publishDate",
    "languageCode",
    "htmlContent",
    "subtitle",
]


def survives(body: Any, url: str, role: Role) -> None:
    try:
        read(body, url, role)
    except ParseError as error:
        assert error.url == url and error.reason


@examples(150)
@given(
    body=st.binary() | st.sampled_from([b"[" * 100_000, b"{}", b"<rss>", b"null"]),
    url=st.sampled_from([SEARCH, FEED, DOCUMENT]),
    role=st.sampled_from(["listing", "next", "document", "attachment"]),
)
def test_any_bytes(body: bytes, url: str, role: Role) -> None:
    survives(body, url, role)


@examples(150)
@given(fields=st.dictionaries(st.sampled_from(FIELDS), VALUES), numbers=st.tuples(VALUES, VALUES, VALUES))
def test_any_values(fields: dict[str, Any], numbers: tuple[Any, Any, Any]) -> None:
    total, page, size = numbers
    survives(found({**entry(1), **fields}, total=total, page=page, size=size), SEARCH, "listing")
    survives({**document(), **fields, "docuLanguageResource": {"title": "Sample", **fields}}, DOCUMENT, "document")
