"""GOV.UK listings: what a source may ask, how pages follow, what is left out, and feeds that have ended."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler import protocols
from crawler.errors import ConfigError, ParseError, RefusedError
from crawler.model import Link, Walk
from crawler.protocols import govuk
from crawler.text import moment
from tests.protocols.govuk_samples import body_of, capture_of, fixture, source

SEARCH = "https://www.gov.uk/api/search.json"
WALK = Walk(clock=moment("2026-07-03T06:00:00Z"))


def first(url: str = SEARCH, **options: object) -> list[Link]:
    return list(protocols.start(source(url, **options), WALK))


def test_search_source_asks_newest_first_with_the_fields_that_are_read() -> None:
    (link,) = first(organisation="sample-office", search={"filter_content_store_document_type": ["guidance", "form"]})
    assert link.role == "listing"
    assert link.url.startswith(f"{SEARCH}?filter_organisations=sample-office&")
    assert "filter_content_store_document_type%5B%5D=guidance&filter_content_store_document_type%5B%5D=form" in link.url
    asked = dict(parse_qsl(urlsplit(link.url).query))
    assert asked["order"] == "-public_timestamp"
    assert asked["fields"].split(",")[:2] == ["title", "link"]
    assert "content_id" in asked["fields"]
    assert 1 <= int(asked["count"]) <= 1500


def test_address_with_its_own_parameters_is_asked_as_written() -> None:
    url = f"{SEARCH}?filter_organisations=national-crime-agency&count=1000"
    assert [link.url for link in first(url)] == [url]


def test_options_win_over_the_address() -> None:
    (link,) = first(f"{SEARCH}?count=10&q=a", search={"count": 50})
    assert "count=50" in link.url
    assert "q=a" in link.url
    assert "count=10" not in link.url


def test_items_are_asked_in_every_walk() -> None:
    links = first("https://www.gov.uk/api/content", items=["/guidance/a", "/b"])
    assert [(link.role, link.url) for link in links] == [
        ("document", "https://www.gov.uk/api/content/guidance/a"),
        ("document", "https://www.gov.uk/api/content/b"),
    ]
    feed = "https://www.gov.uk/government/organisations/sample-office.atom"
    assert [link.url for link in first(feed, items=["/b"])] == [feed, "https://www.gov.uk/api/content/b"]


def test_loopback_host_is_kept() -> None:
    (link,) = first("http://127.0.0.1:8001/api/search.json", search={"q": "a"})
    assert link.url.startswith("http://127.0.0.1:8001/api/search.json?q=a&")
    body = body_of("search")
    found = govuk.parse(capture_of(body, link.url, "listing"), source())
    assert {urlsplit(each.url).netloc for each in found.links} == {"127.0.0.1:8001"}
    assert found.documents[0].url.startswith("https://www.gov.uk/")


def test_each_phrase_is_searched_for_by_itself_word_for_word() -> None:
    urls = [link.url for link in first(phrases=["slavery", "forced labour"], organisation="home-office")]
    assert [url.split("&", 2)[0] for url in urls] == [f"{SEARCH}?q=%22slavery%22", f"{SEARCH}?q=%22forced%20labour%22"]
    assert all("&filter_organisations=home-office&" in url for url in urls)


def test_withdrawn_pages_are_listed_where_asked_for_and_asked_again_once_they_are() -> None:
    """The Search API leaves them out, unless a switch says otherwise that its manual does not name."""
    (link,) = first(search={"q": "a", "filter_is_withdrawn": True}, withdrawn=True)
    assert "&filter_is_withdrawn=true&debug=include_withdrawn&" in link.url and link.url.endswith(",is_withdrawn")
    body = body_of("search")
    before, *_ = govuk.parse(capture_of(body, SEARCH, "listing"), source()).links
    body["results"][0]["is_withdrawn"] = True
    after, *_ = govuk.parse(capture_of(body, SEARCH, "listing"), source()).links
    assert after.token == f"{before.token} withdrawn"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"search": {"debug": "yes"}}, "unknown parameter 'debug'"),
        ({"phrases": ["a b"], "search": {"q": "a"}}, "phrases are what is searched for"),
        ({"phrases": ['"a b"']}, "without quotes"),
        ({"search": {"filter_organisation": "a"}}, 'did you mean "organisations"'),
        ({"search": {"titel": "a"}}, "unknown parameter 'titel'"),
        ({"search": {"order": "link"}}, "order 'link' is not one of"),
        ({"search": {"order": "-public_timestamps"}}, 'did you mean "public_timestamp"'),
        ({"search": {"fields": "title,withdrawn"}}, "unknown field 'withdrawn'"),
        ({"search": {"count": 1501}}, "count '1501' is no number up to 1500"),
        ({"search": {"count": "-1"}}, "count '-1' is no number"),
        ({"search": {"start": 0}}, "start is set by the walk"),
        ({"search": {"q": "a" * 513}}, "q has 513 characters"),
        ({"search": {"filter_public_timestamp": "from:2026-02-30"}}, "no range of dates"),
        ({"search": {"q": {"a": 1}}}, "a mapping; expected text"),
        ({"search": "q"}, "'q'; expected a mapping"),
        ({"organisation": "Home Office"}, "expected a slug such as home-office"),
        ({"document_types": ["guidence"]}, "'guidence' is no document type"),
        ({"items": ["guidance/a"]}, "is no path of a page"),
        ({"items": ["/a?b"]}, "is no path of a page"),
        ({"pages": 0}, "expected at least 1"),
        ({"pages": True}, "true; expected a whole number"),
        ({"organisations": "a"}, 'did you mean "organisation"'),
    ],
)
def test_mistake_in_the_options_is_told(options: dict[str, Any], reason: str) -> None:
    """Trap UK-0.18: the Search API answers 422 to what it does not know, and has limits on count and start."""
    (told,) = protocols.problems(source(**options))
    assert reason in told
    with pytest.raises(ConfigError, match="sample-govuk"):
        first(**options)


@pytest.mark.parametrize(
    ("url", "options", "reason"),
    [
        ("https://www.gov.uk/search/all.atom?keywords=a", {}, "robots.txt"),
        (f"{SEARCH}?order=link", {}, "order 'link'"),
        (f"{SEARCH}?filter_organisations%5B%5D=a&start=900001", {}, "start '900001'"),
        ("https://www.gov.uk/government/organisations/a.atom", {"organisation": "a"}, "belong to /api/search.json"),
        ("https://www.gov.uk/guidance/a", {}, "no listing and no Content API page"),
        ("https://www.gov.uk/api/content", {}, "no listing and no Content API page"),
    ],
)
def test_mistake_in_the_address_is_told(url: str, options: dict[str, Any], reason: str) -> None:
    """Trap UK-2.1: robots.txt of GOV.UK forbids `/search/all`."""
    (told,) = protocols.problems(source(url, **options))
    assert reason in told


@pytest.mark.parametrize(
    "url",
    [
        SEARCH,
        f"{SEARCH}?filter_organisations%5B%5D=home-office&filter_public_timestamp=from:2026-01-01,to:2026-01-31",
        "https://www.gov.uk/government/feed",
        "https://www.gov.uk/government/organisations/home-office.cy.atom",
        "https://www.gov.uk/search/policy-papers-and-consultations.atom?keywords=a&organisations%5B%5D=home-office",
        "https://www.gov.uk/api/content/guidance/a",
    ],
)
def test_good_address_has_no_problem(url: str) -> None:
    assert protocols.problems(source(url)) == []


def test_pages_of_a_search_follow_until_the_total() -> None:
    body = body_of("search")
    asked = fixture("search")
    assert [link.role for link in govuk.parse(asked, source()).links].count("next") == 1
    last = govuk.parse(capture_of(body | {"start": 3}, asked.url, "next"), source())
    assert [link for link in last.links if link.role == "next"] == []
    beyond = govuk.parse(capture_of(body | {"results": [], "start": 12}, asked.url, "next"), source())
    assert (beyond.links, beyond.entries, beyond.problems) == ((), 0, ())


def test_page_cap_is_a_gap() -> None:
    found = govuk.parse(fixture("search"), source(pages=1))
    assert not [link for link in found.links if link.role == "next"]
    assert ("gap", "stopped after 1 page; 3 results not read") in {(each.kind, each.detail) for each in found.problems}
    assert [link for link in govuk.parse(fixture("search"), source(pages=2)).links if link.role == "next"]


def test_limit_of_the_search_api_is_a_gap() -> None:
    body = body_of("search") | {"start": 899_999, "total": 1_000_000}
    found = govuk.parse(capture_of(body, fixture("search").url, "next"), source())
    assert not [link for link in found.links if link.role == "next"]
    assert [each.kind for each in found.problems] == ["unknown document type", "gap"]


def test_document_types_choose() -> None:
    """Trap UK-0.19: slavery statements of departments fill a search for modern slavery."""
    found = govuk.parse(fixture("search"), source(document_types=["modern_slavery_statement"]))
    assert [document.title for document in found.documents] == ["Sample Office: modern slavery statement"]
    assert found.entries == 1


def test_silent_minor_edit_does_not_move_the_token_of_a_listing() -> None:
    body = body_of("search")
    body["results"][0]["updated_at"] = "2030-01-01T00:00:00Z"
    again = govuk.parse(capture_of(body, fixture("search").url, "listing"), source())
    assert again == govuk.parse(fixture("search"), source())


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("link", None, r"\$\.results\[0\]\.link is empty"),
        ("link", "https://", r"\$\.results\[0\]\.link is 'https://', no address"),
        ("title", 7, r"\$\.results\[0\]\.title is a number, not text"),
        ("content_id", "1", r"\$\.results\[0\]\.content_id is '1', no UUID"),
        ("public_timestamp", "yesterday", r"\$\.results\[0\]\.public_timestamp is 'yesterday', not an ISO 8601 time"),
        ("organisations", "a", r"\$\.results\[0\]\.organisations is text, not a list"),
    ],
)
def test_wrong_result_is_named(key: str, value: object, reason: str) -> None:
    body = body_of("search")
    body["results"][0][key] = value
    with pytest.raises(ParseError, match=reason):
        govuk.parse(capture_of(body, SEARCH, "listing"), source())


def test_feed_that_has_ended_is_refused() -> None:
    """Trap UK-0.20: a feed that was retired is a sound feed that says so."""
    asked = fixture("finder-feed")
    body = asked.body.replace(b"Sample guidance on exploitation", b"This feed has ended")
    with pytest.raises(RefusedError) as told:
        govuk.parse(replace(asked, body=body), source())
    assert told.value.kind == "ended"


def test_feed_without_entries_lists_nothing() -> None:
    asked = fixture("organisation-feed")
    head = asked.body.partition(b"  <entry>")[0]
    found = govuk.parse(replace(asked, body=head + b"</feed>"), source())
    assert (found.entries, found.newest, found.links) == (0, None, ())


def test_same_page_with_a_later_major_update_is_the_same_link_with_another_token() -> None:
    """Trap UK-2.5: in feeds of organisations a page is a new entry after each major update; no second page."""
    asked = fixture("organisation-feed")
    later = replace(asked, body=asked.body.replace(b"2026-07-02T10:30:00+01:00", b"2026-07-09T10:30:00+01:00"))
    before, after = (govuk.parse(each, source()).links[0] for each in (asked, later))
    assert before.url == after.url
    assert (before.token, after.token) == ("2026-07-02T09:30:00Z", "2026-07-09T09:30:00Z")


def test_pages_of_a_finder_only_where_asked_for() -> None:
    asked = fixture("finder-feed")
    assert not [link for link in govuk.parse(asked, source()).links if link.role == "next"]
    (link,) = [link for link in govuk.parse(asked, source(pages=2)).links if link.role == "next"]
    assert link.url == "https://www.gov.uk/search/policy-papers-and-consultations.atom?keywords=sample&page=2"
    second = replace(asked, url=link.url)
    assert not [link for link in govuk.parse(second, source(pages=2)).links if link.role == "next"]


def test_organisation_feed_has_no_next_page() -> None:
    assert not [
        link for link in govuk.parse(fixture("organisation-feed"), source(pages=9)).links if link.role == "next"
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no XML"),
        (b"<html><body><p>Not found</p></body></html>", "no Atom feed: the root element is html"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id></entry></feed>", "has no title"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title></entry></feed>", "has no id"),
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:a</id><title>a</title></entry></feed>",
            "has no address",
        ),
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>https://www.gov.uk/a#x</id><title>a</title></entry>"
            b"</feed>",
            "was updated at ''",
        ),
        (b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><feed>&e;</feed>", "no Atom feed|no XML"),
    ],
)
def test_wrong_feed_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        govuk.parse(replace(fixture("organisation-feed"), body=body), source())


def test_capture_of_nothing_known_is_refused() -> None:
    with pytest.raises(ParseError, match="neither search results, a feed"):
        govuk.parse(capture_of({}, "https://www.gov.uk/guidance/a"), source())
