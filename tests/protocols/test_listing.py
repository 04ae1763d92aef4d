import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ConfigError, ParseError, RefusedError
from crawler.model import Capture, Link, Walk
from crawler.protocols import listing
from crawler.sources import Expect, Source
from crawler.sources.diagnostics import keys_of
from tests.tiers import examples

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
URL = "https://office.sample.invalid/list"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def source(*, zero: bool = False, **options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="office", kind="guidance", protocol="listing", url=URL,
        expect=Expect(zero=zero), options={"entry": "li", **options}, jurisdiction="United Kingdom",
    )  # fmt: skip


def capture(body: str | bytes, link: Link | None = None, media_type: str = "text/html", url: str = "") -> Capture:
    link = link or Link(url=URL, role="listing")
    content = body.encode() if isinstance(body, str) else body
    return Capture(url=url or link.url, time=NOW, link=link, headers=(("Content-Type", media_type),), body=content)


def urls(body: str, **options: Any) -> list[str]:
    return [document.url for document in listing.parse(capture(body), source(**options)).documents]


def test_a_walk_starts_at_the_address_of_the_source() -> None:
    assert list(protocols.start(source(), Walk(clock=NOW))) == [Link(url=URL, role="listing")]


def test_addresses_are_absolute_canonical_and_each_once() -> None:
    body = (
        "<li><a href='/a?utm_source=x&b=2&a=1#top'>One</a><li><a href='http://OFFICE.sample.invalid:80/c'>Two</a>"
        "<li><a href='/a?a=1&b=2'>One again</a><li><a href='d'>Three</a>"
    )
    assert urls(body) == [
        "https://office.sample.invalid/a?a=1&b=2",
        "http://office.sample.invalid/c",
        "https://office.sample.invalid/d",
    ]
    assert urls(f"<base href='https://cdn.sample.invalid/x/'>{body}")[-1] == "https://cdn.sample.invalid/x/d"
    assert urls(body, include="/[ad]", exclude=r"\?") == ["https://office.sample.invalid/d"]
    assert urls(body, drop_parameters=["B"])[0] == "https://office.sample.invalid/a?a=1"


def test_an_entry_may_be_its_link_or_stand_in_it() -> None:
    assert urls("<a class=x href=/a>A</a>", entry="a.x") == ["https://office.sample.invalid/a"]
    assert urls("<a href=/a><div class=x>A</div></a>", entry=".x") == ["https://office.sample.invalid/a"]
    assert urls("<li><a href=/no>n</a><p class=l><a href=/a>A</a></p>", link=".l") == [
        "https://office.sample.invalid/a"
    ]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:x()",
        "mailto:a@b.example",
        "#",
        "#top",
        "ftp://a.example/",
        "http://[",
        "//",
        "http://u:p@a.example/",
    ],
)
def test_what_is_no_address_is_told_and_the_rest_is_read(href: str) -> None:
    page = listing.parse(
        capture(f"<li><a href='{href}'>x</a><li><a href='{href}'>y</a><li><a href=/ok>ok</a>"), source()
    )
    assert [document.title for document in page.documents] == ["ok"]
    assert [(problem.kind, problem.detail) for problem in page.problems] == [
        ("entry without an http(s) address", f"2, the first: {href!r}")
    ]


def test_a_picture_before_the_title_does_not_name_the_document() -> None:
    body = "<a href=/a><img src=x></a><a href=/a>Name</a><a href=/b><img alt='From picture'></a><a href=/c></a>"
    page = listing.parse(capture(body), source(entry="a"))
    assert [document.title for document in page.documents] == [
        "Name", "From picture", "Document without a title (office.sample.invalid/c)",
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["Read more", "Download", "View PDF", "Weiterlesen", "»"])
def test_words_of_a_link_that_say_nothing_do_not_name_the_document(said: str) -> None:
    page = listing.parse(capture(f"<li><h4>Sample report</h4><a href=/a>{said}</a>"), source(entry="li"))
    assert [document.title for document in page.documents] == ["Sample report"]


def test_the_token_follows_what_the_entry_says_and_nothing_else() -> None:
    def token(title: str, date: str, noise: str, words: str) -> str:
        body = f"<li class='{noise}'><h3><a href='/a'>{title}</a></h3><i>{date}</i><p>{words}</p><b>{noise}</b>"
        (link,) = listing.parse(capture(body), source(date="i", summary="p")).links
        return link.token

    first = token("Title", "5 January 2026", "n1", "words")
    assert first and first == token("Title", "05/01/2026", "n2", "words")
    others = {token("Title!", "5 January 2026", "", "words"), token("Title", "6 January 2026", "", "words")}
    assert len(others | {first, token("Title", "5 January 2026", "", "other")}) == 4


def test_a_list_without_entries_is_empty_and_names_the_selector_unless_none_is_normal() -> None:
    with pytest.raises(RefusedError, match=r"no element matches the selector 'li\.report' of options\.entry") as raised:
        listing.parse(capture("<p>x"), source(entry="li.report"))
    assert raised.value.kind == "zero"
    assert listing.parse(capture("<p>x"), source(zero=True)).entries == 0


def test_next_pages() -> None:
    body = "<li><a href=/a>A</a></li><div class=next><a href='?page=2#x'>Next</a></div>"
    page = listing.parse(capture(body), source(next=".next"))
    assert page.links[-1] == Link(url=f"{URL}?page=2", role="next", facts={"page": "2"})
    second = Link(url=f"{URL}?page=2", role="next", facts={"page": "2"})
    assert [link.role for link in listing.parse(capture(body, second), source(next=".next")).links] == ["document"]
    capped = listing.parse(capture(body), source(next=".next", pages=1))
    assert [problem.kind for problem in capped.problems] == ["gap"]
    assert [link.role for link in capped.links] == ["document"]
    assert len(listing.parse(capture(body), source(next=".missing")).links) == 1


def test_counted_pages_end_with_the_first_that_is_empty() -> None:
    wanted = source(page_parameter="page")
    page = listing.parse(capture("<li><a href=/a>A</a>"), wanted)
    assert page.links[-1].url == f"{URL}?page=2"
    assert listing.parse(capture("<p>nothing", page.links[-1]), wanted).links == ()
    with pytest.raises(ParseError, match=r"options\.entry"):
        listing.parse(capture("<p>nothing"), wanted)
    with pytest.raises(ParseError, match=r"options\.entry"):  # The first page of a slice.
        listing.parse(capture("<p>nothing", Link(url=URL, role="next", facts={"slice": "0/0"})), wanted)


def test_a_law_in_a_list_keeps_its_own_identity_and_is_not_read_here() -> None:
    page = listing.parse(capture("<li><a href='https://www.legislation.gov.uk/ukpga/2015/30'>Act</a>"), source())
    (act,) = page.documents
    assert (act.id, act.kind, act.publisher, page.links) == ("ukpga/2015/30", None, None, ())


def detail(body: str | bytes, *, media_type: str = "text/html", url: str = "", **facts: str) -> Capture:
    return capture(body, Link(url=f"{URL}/one", role="document", facts=facts), media_type, url)


def test_the_page_wins_over_the_list_and_the_list_fills_in() -> None:
    stated = {"document": "url:https://office.sample.invalid/one", "title": "From list", "published": "2026-01"}
    page = listing.parse(detail("<h1>Own</h1><p>words", **stated), source())
    # The date of the list is noted with what the list says: the page does not state it.
    assert [(d.id, d.title, d.published) for d in page.documents] == [(stated["document"], "Own", None)]
    assert page.versions[0].title == "Own"
    untitled = listing.parse(detail("<p>words", **stated), source())
    assert (untitled.documents[0].title, untitled.versions[0].title) == ("From list", "From list")
    dated = "<meta property='article:published_time' content='2026-02-03'><p>words"
    assert listing.parse(detail(dated, **stated), source()).documents[0].published == "2026-02-03"
    assert listing.parse(detail("<p>words"), source(language="cy")).versions[0].language == "cy"
    assert listing.parse(detail("<p>words"), source()).documents[0].id == f"url:{URL}/one"


@pytest.mark.parametrize(
    ("canonical", "aliases"),
    [
        ("https://office.sample.invalid/real", ("https://office.sample.invalid/real",)),
        ("/real?utm_medium=x", ("https://office.sample.invalid/real",)),
        ("https://other.sample.invalid/real", ()),
        ("https://office.sample.invalid/", ()),
        (URL, ()),
        (f"{URL}/one", ()),
        ("http://[", ()),
    ],
)
def test_the_canonical_address_of_the_same_host_is_an_alias_and_never_the_id(canonical: str, aliases: object) -> None:
    page = listing.parse(detail(f"<link rel=canonical href='{canonical}'><p>words"), source())
    assert (page.documents[0].id, page.documents[0].aliases) == (f"url:{URL}/one", aliases)


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("<div role=banner><div><h3><span>This is not the latest release in the series: </span><a href=/s>A</a></h3>"
         "</div><p>Latest release:</p><p><a href='/may'>7 May</a></p></div><p>words", "/may"),
        ("<p>This is not the latest release. <a href='/latest'>View latest release</a></p><p>words", "/latest"),
        ("<p>We know that this is not the latest release. <a href=/latest>Latest release</a>", ""),
        ("<p>words <a href=/latest>Latest release</a>", ""),
    ],
)  # fmt: skip
def test_a_page_that_is_not_the_latest_release_leads_to_that(page: str, target: str) -> None:
    found = listing.parse(detail(page), source()).statements
    wanted = {"relation": "later release", "target": f"url:https://office.sample.invalid{target}"}
    assert [each.fields for each in found] == ([wanted] if target else [])


def test_where_a_redirect_led_is_an_alias() -> None:
    page = listing.parse(detail("<p>words", url="https://office.sample.invalid/moved"), source())
    assert page.documents[0].aliases == ("https://office.sample.invalid/moved",)
    assert page.documents[0].url == f"{URL}/one"


@pytest.mark.parametrize(
    ("media_type", "named"),
    [
        ("application/vnd.ms-powerpoint", "an old PowerPoint presentation (.ppt)"),
        ("application/json", "a file of type application/json"),
    ],
)
def test_a_file_of_a_kind_that_is_not_read_is_named(media_type: str, named: str) -> None:
    page = listing.parse(detail(b"sample" * 400, media_type=media_type, title="Form"), source())
    assert (page.documents[0].title, page.versions) == ("Form", ())
    assert [(problem.kind, problem.detail) for problem in page.problems] == [("unread", f"not read: {named}")]


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "application/pdf"])
def test_a_damaged_file_is_refused_whatever_its_server_calls_it(media_type: str) -> None:
    with pytest.raises(ParseError, match="damaged PDF"):
        listing.parse(detail(b"%PDF-1.4", media_type=media_type, title="Form"), source())


def test_a_file_has_the_title_of_its_link_else_its_own_else_its_name() -> None:
    def title(stated: str, body: bytes) -> str:
        facts = {"title": stated} if stated else {}
        link = Link(url=f"{URL}/table.csv", role="document", facts=facts)
        return listing.parse(capture(body, link, "text/csv"), source()).documents[0].title

    assert title("Sample figures", b"a,b\n") == "Sample figures"
    assert title("", b"a,b\n") == "table (CSV file without a title, office.sample.invalid)"


def test_html_without_a_media_type_is_read() -> None:
    assert listing.parse(detail("<!DOCTYPE html><p>words", media_type=""), source()).versions


def test_a_list_that_is_no_html_is_an_error() -> None:
    with pytest.raises(ParseError, match="application/json where a list in HTML is expected"):
        listing.parse(capture("{}", media_type="application/json"), source())
    with pytest.raises(ParseError, match="no links of role 'statement'"):
        listing.parse(capture("<li>", Link(url=URL, role="statement")), source())


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"entry": "li["}, r"options\.entry: 'li\[' is no CSS selector"),
        ({"entry": ""}, r"options\.entry: ''; expected a length of at least 1"),
        ({"entry": 3}, r"options\.entry: 3; expected text"),
        ({"link": "a::text"}, r"options\.link: 'a::text' is no CSS selector"),
        ({"body": "a:nonsense"}, r"options\.body: .* is no CSS selector"),
        ({"include": "("}, r"options\.include: '\(' is no regular expression"),
        ({"next": "a", "page_parameter": "p"}, r"options\.page_parameter: .* not both"),
        ({"pages": 0}, r"options\.pages: 0; expected at least 1"),
        ({"pages": True}, r"options\.pages: true; expected a whole number"),
        ({"drop_parameters": [[1]]}, r"options\.drop_parameters\[1\]: a list; expected text"),
        ({"language": "English"}, r"options\.language: 'English'"),
    ],
)
def test_wrong_options_are_told_without_fetching(options: dict[str, Any], wrong: str) -> None:
    (line,) = protocols.problems(source(**options))
    assert re.search(wrong, line)
    with pytest.raises(ConfigError, match=wrong):
        protocols.start(source(**options), Walk(clock=NOW))


def test_right_options_are_not() -> None:
    every: dict[str, Any] = {
        "entry": "li:has(a)", "link": ":scope > a", "title": "h3", "date": "time", "summary": "p", "month_first": True,
        "language": "cy", "next": "a[rel~=next]", "first_page": 0, "pages": 3, "include": "a", "exclude": "b",
        "drop_parameters": ["x"], "total": ".n", "body": "main", "detail_title": "h1",
    }  # fmt: skip
    assert protocols.problems(source(**every)) == []
    assert {*every, "page_parameter"} == set(keys_of(listing.Options))


@examples(200)
@given(
    st.one_of(st.binary(max_size=200), st.lists(st.sampled_from([
        b"<li>", b"<a href='//['>", b"<a href=/a>", b"</a>", b"<base href='http://['>", b"<time datetime=9999-99-99>",
        b"<h1>", b"words", b"\xff\xfe", b"<link rel=canonical href='http://['>", b"<html lang=\x00>", b"<main>",
        b"<script type='application/ld+json'>{\"datePublished\": 1}</script>", b"<meta name=dcterms.date content=x>",
    ]), max_size=12).map(b"".join)),
    st.sampled_from(["listing", "next", "document", "attachment", "statement"]),
    st.sampled_from(["text/html", "text/html; charset=utf-16", "", "application/xhtml+xml", "image/png"]),
)  # fmt: skip
def test_any_bytes_give_a_page_or_a_parse_error(body: bytes, role: Any, media_type: str) -> None:
    wanted = source(date="time", summary="p", next="a", body="main", detail_title="h1")
    for each in (wanted, replace(wanted, options={"entry": "a", "page_parameter": "p"})):
        try:
            page = listing.parse(capture(body, Link(url=URL, role=role), media_type), each)
        except ParseError:
            continue
        assert page == listing.parse(capture(body, Link(url=URL, role=role), media_type), each)


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the shared recordings are not beside the project")
def test_a_recorded_list() -> None:
    body = (RECORDINGS / "www.parliament.uk/committees-az.html").read_bytes()
    selectors = source(entry="a[href*='/business/committees/committees-a-z/']")
    page = listing.parse(capture(body), selectors)
    assert page.entries is not None and page.entries > 100
    assert "Administration Committee" in {document.title for document in page.documents}
    assert page == listing.parse(capture(body), selectors)
