"""Europol: JSON inside a page, read to its own end; dates in seconds; a body of a shape nobody recorded."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import europol
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source
from tests.tiers import examples

SITE = "https://www.europol.europa.eu"
NEWSROOM = f"{SITE}/media-press/newsroom"
NODE = f"{SITE}/cms/api/node?url=%2Fmedia-press%2Fnewsroom%2Fnews%2Fsample"
PUBLIC = f"{SITE}/media-press/newsroom/news/sample"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
ENTRY = {"title": "Sample", "alias": "/media-press/newsroom/news/sample", "published": 1_700_000_000}


def source(url: str = NEWSROOM) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="news", protocol="europol", url=url, expect=Expect()
    )


def read(body: str | bytes, url: str = NEWSROOM, role: Role = "listing", media: str = "text/html") -> Page:
    facts = {"document": f"url:{PUBLIC}"} if role == "document" else {}
    made = Capture(
        url=url, time=NOW, link=Link(url=url, role=role, facts=facts), headers=(("Content-Type", media),),
        body=body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body,
    )  # fmt: skip
    return checked(europol.parse(made, source()), url)


def shown(*entries: Any, **more: Any) -> str:
    data = {"NodeLoader": {"node": {"lists": [{"items": list(entries)}], **more}}}
    return f"<html><script>window.SERVER_DATA={json.dumps(data)};</script></html>"


def node(**fields: Any) -> Page:
    return read(json.dumps({"title": "Sample", **fields}), NODE, "document", "application/json")


def words(page: Page) -> list[str]:
    return [section.text for version in page.versions for section in version.sections]


def test_a_walk_starts_at_the_address_of_the_source() -> None:
    assert list(protocols.start(source(), Walk(clock=NOW))) == [Link(url=NEWSROOM, role="listing")]
    assert protocols.problems(source()) == []


@pytest.mark.parametrize("title", ["a }; b", 'quote " and };', "};", "</ script>", "window.SERVER_DATA", "\u2028é"])
def test_text_inside_the_data_does_not_end_it(title: str) -> None:
    """Trap EU-2.1: Europol: data in a page, with `};` inside texts; a page with none or two."""
    page = read(shown({**ENTRY, "title": title}))
    assert [document.title for document in page.documents] == [" ".join(title.split())]


@pytest.mark.parametrize("written", ["window.SERVER_DATA = ", "window.SERVER_DATA=\n", "window . SERVER_DATA\t= "])
def test_spaces_around_the_assignment(written: str) -> None:
    assert len(read(shown(ENTRY).replace("window.SERVER_DATA=", written)).documents) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html><body>Newsroom</body></html>", "0 assignments"),
        (shown(ENTRY) + shown(ENTRY), "2 assignments"),
        (shown({**ENTRY, "title": "window.SERVER_DATA={}"}), "2 assignments"),
        ("<script>window.SERVER_DATA={;</script>", "is no JSON"),
        ("<script>window.SERVER_DATA=" + "[" * 100_000 + "</script>", "is no JSON"),
        ("<script>window.SERVER_DATA=[];</script>", "is no object"),
        ('<script>window.SERVER_DATA={"NodeLoader":{}};</script>', "node is missing"),
        ('<script>window.SERVER_DATA={"NodeLoader":{"node":{"title":"x"}}};</script>', "lists is missing"),
        ('<script>window.SERVER_DATA={"NodeLoader":{"node":{"lists":[]}}};</script>', "lists nothing"),
        ('<script>window.SERVER_DATA={"NodeLoader":{"node":{"lists":[{}]}}};</script>', "items is missing"),
    ],
)
def test_pages_that_hold_no_list(body: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(body)


def test_an_empty_list_lists_nothing() -> None:
    assert read(shown()).entries == 0


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        (1_700_000_000, "2023-11-14T22:13:20Z"),
        ("1700000000", "2023-11-14T22:13:20Z"),
        (1_700_000_000.9, "2023-11-14T22:13:20Z"),
        (1_700_000_000_000, None),
        (NOW.timestamp() + 90_000, None),
        (0, None),
        (-1, None),
        (True, None),
        (None, None),
        ("yesterday", None),
        ("9" * 40, None),
        (float("inf"), None),
    ],
)
def test_times(stated: Any, published: str | None) -> None:
    (document,) = node(published=stated).documents if stated != float("inf") else node().documents
    assert document.published == published
    if stated != float("inf"):
        assert read(shown({**ENTRY, "published": stated})).documents[0].published == published


def test_the_token_follows_title_and_date() -> None:
    def token(**changed: Any) -> str:
        return read(shown({**ENTRY, **changed})).links[0].token

    assert token() == token(noise=1)
    assert len({token(), token(title="Sample!"), token(published=1_700_000_001)}) == 3


def test_the_feed_is_followed_to_the_interface() -> None:
    """Trap EU-2.2: Europol's feed has ten entries without dates and cut texts."""
    link = f"<link>{PUBLIC}?utm_source=rss</link>"
    body = f'<rss version="2.0"><channel><title>x</title><item><title>Sample</title>{link}</item></channel></rss>'
    page = read(body, f"{SITE}/cms/api/rss/news", media="application/rss+xml")
    assert [(document.id, document.published) for document in page.documents] == [(f"url:{PUBLIC}", None)]
    assert [link.url for link in page.links] == [NODE] and page.versions == ()


@pytest.mark.parametrize(
    "body",
    [
        "<p>One.</p><h2>Two</h2><p>Three.</p>",
        ["<p>One.</p>", "<h2>Two</h2><p>Three.</p>"],
        [{"type": "text", "value": "<p>One.</p>"}, {"content": {"html": "<h2>Two</h2><p>Three.</p>"}}],
        {"items": [{"text": "<p>One.</p><h2>Two</h2>"}, {"body": "Three."}]},
    ],
)
def test_bodies_of_any_shape(body: Any) -> None:
    page = node(introduction="<p>First.</p>", summary="Not twice.", body=body)
    assert words(page) == ["First. One.", "Three."] and page.problems == ()


def test_what_cannot_be_read_is_told() -> None:
    page = node(introduction="Sample.", body={"rows": [1]})
    assert words(page) == ["Sample."]
    assert [(problem.kind, problem.detail) for problem in page.problems] == [("unread", "$.body: dict")]
    assert [problem.kind for problem in node().problems] == ["no text"]


def test_a_node_in_a_wrapper_and_in_a_page() -> None:
    inner = {"title": "Sample", "alias": "/media-press/newsroom/news/sample", "body": "<p>One.</p>"}
    wrapped = read(json.dumps({"node": inner}), NODE, "document", "application/json")
    page = read(
        f"<script>window.SERVER_DATA={json.dumps({'NodeLoader': {'node': inner}})};</script>", PUBLIC, "document"
    )
    assert wrapped == page == node(**inner)
    assert page.documents[0].url == PUBLIC


def test_crime_areas_stand_in_the_summary() -> None:
    areas = [{"title": "Trafficking in Human Beings"}, {"title": None}, 7, {"title": "Organised crime"}]
    (document,) = node(summary="<p>Sample.</p>", crimeAreas=areas).documents
    assert document.summary == "Sample. Crime areas: Trafficking in Human Beings, Organised crime."


def test_a_node_needs_a_title() -> None:
    with pytest.raises(ParseError, match=r"\$\.title is empty"):
        node(title=" ")


@pytest.mark.parametrize(
    "alias", ["http://[", "javascript:x()", "//elsewhere.sample.invalid/", "mailto:a@b.example", "/\x00"]
)
def test_an_alias_that_is_no_path_is_told(alias: str) -> None:
    page = read(shown({**ENTRY, "alias": alias}, ENTRY))
    assert [document.id for document in page.documents] == [f"url:{PUBLIC}"]
    assert page.problems[0].detail.startswith("1, the first: entry 1: ")
    try:
        node(alias=alias)
    except ParseError as error:
        assert "no usable alias" in error.reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800<p>x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def survives(body: str | bytes, url: str, role: Role, media: str) -> None:
    try:
        read(body, url, role, media)
    except ParseError as error:
        assert error.url == url and error.reason


@examples(150)
@given(
    body=st.binary() | st.sampled_from([b"window.SERVER_DATA={}", b"<rss>", b"[" * 100_000, b'{"title":"\\ud800"}']),
    role=st.sampled_from(["listing", "next", "document", "attachment"]),
    media=st.sampled_from(["text/html", "application/json", "application/rss+xml", ""]),
)
def test_any_bytes(body: bytes, role: Role, media: str) -> None:
    survives(body, NODE, role, media)


@examples(150)
@given(
    fields=st.dictionaries(
        st.sampled_from(["title", "alias", "published", "introduction", "body", "crimeAreas"]), VALUES
    )
)
def test_any_values(fields: dict[str, Any]) -> None:
    survives(json.dumps({"title": "Sample", **fields}), NODE, "document", "application/json")
    survives(shown(fields, {**ENTRY, **fields}), NEWSROOM, "listing", "text/html")
