"""Sitemaps: indexes, gzip, other namespaces, 50,000 addresses, and which pages count."""

import gzip
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role, Walk
from crawler.protocols import sitemap
from crawler.protocols.page_contract import checked
from crawler.sources import Expect, Source
from tests.tiers import examples

SITE = "https://prosecutors.sample.invalid"
MAP = f"{SITE}/sitemap.xml"
PAGE = f"{SITE}/guidance/sample"
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def source(**options: Any) -> Source:
    return Source(
        id="sample", name="Sample", publisher="sample", kind="guidance", protocol="sitemap", url=MAP, expect=Expect(),
        options=options,
    )  # fmt: skip


def read(found: str | bytes, link: Link | None = None, media: str = "application/xml", **options: Any) -> Page:
    link = link or Link(url=MAP, role="listing")
    content = found.encode() if isinstance(found, str) else found
    made = Capture(url=link.url, time=NOW, link=link, headers=(("Content-Type", media),), body=content)
    return checked(sitemap.parse(made, source(**options)), link.url)


def urlset(*places: str, root: str = "urlset") -> str:
    inner = "url" if root == "urlset" else "sitemap"
    return f'<{root} xmlns="{NAMESPACE}">{"".join(f"<{inner}>{place}</{inner}>" for place in places)}</{root}>'


def loc(path: str, changed: str = "") -> str:
    url = path if "://" in path else f"{SITE}{path}"
    return f"<loc>\n  {url} </loc>" + (f"<lastmod>{changed}</lastmod>" if changed else "")


def urls(page: Page) -> list[str]:
    return [link.url.removeprefix(SITE) for link in page.links]


def test_a_walk_starts_at_the_address_of_the_source() -> None:
    assert list(protocols.start(source(), Walk(clock=NOW))) == [Link(url=MAP, role="listing")]


def test_the_time_of_change_is_the_token() -> None:
    page = read(urlset(loc("/a", "2026-11-20T09:00:00+00:00"), loc("/b"), loc("/c", "2026-11"), loc("/d", "soon")))
    assert [link.token for link in page.links] == ["2026-11-20T09:00:00Z", "", "2026-11", ""]
    assert page.entries == 4 and page.newest == "2026-11-20T09:00:00Z" and page.documents == ()


def test_beginnings_of_paths_choose_pages() -> None:
    body = urlset(loc("/guidance/a"), loc("/cy/guidance/a"), loc("/guidance/old/b"), loc("/guidance-notes"), loc("/"))
    assert urls(read(body, include=["/guidance/"], exclude=["/guidance/old/"])) == ["/guidance/a"]
    assert urls(read(body, exclude=["/cy/"])) == ["/guidance/a", "/guidance/old/b", "/guidance-notes", "/"]
    assert len(read(body).links) == 5


def test_each_page_once_with_its_latest_change() -> None:
    body = urlset(loc("/a?utm_source=x", "2026-01-02"), loc("/a", "2026-01-01"), loc("/a?view=1#top", "2026-01-03"))
    page = read(body, drop_parameters=["view"])
    assert [(link.url, link.token) for link in page.links] == [(f"{SITE}/a", "2026-01-03")]


def test_pictures_translations_and_other_hosts_are_no_pages() -> None:
    more = (
        f'<image:image xmlns:image="i"><image:loc>{SITE}/x.png</image:loc></image:image>'
        f'<l:link xmlns:l="l" href="{SITE}/cy/a"/><!-- a comment --><?pi x?>'
    )
    body = urlset(
        more + loc("/a") + more,
        loc("https://elsewhere.sample.invalid/a"),
        loc("https://www.prosecutors.sample.invalid/b"),
    )
    assert urls(read(body)) == ["/a", "https://www.prosecutors.sample.invalid/b"]
    law = "https://www.legislation.gov.uk"
    link = Link(url=f"{law}/sitemap.xml", role="listing")
    assert read(urlset(loc(f"{law}/ukpga/2015/30"), loc(f"{law}/help")), link).links[0].url == f"{law}/help"


def test_without_a_namespace_too() -> None:
    assert urls(read(urlset(loc("/a")).replace(f' xmlns="{NAMESPACE}"', ""))) == ["/a"]


def test_an_index_leads_to_its_sitemaps_in_every_walk() -> None:
    """Trap UK-4.7: CPS: an index of sitemaps with `?page=`, a second language, a folder that was renamed."""
    places = (loc("/sitemap.xml?page=1", "2026-11-24"), loc("/sitemap.xml?page=2"), loc("/news.xml"), loc("/news.xml"))
    page = read(urlset(*places, root="sitemapindex"))
    assert [(link.role, link.token) for link in page.links] == [("next", "")] * 3
    # Without a count an index is no empty list; with a cursor the walk goes on though the index is what it was.
    assert page.entries is None and page.cursor
    assert urls(read(urlset(*places, root="sitemapindex"), maps=["/sitemap.xml?"])) == [
        "/sitemap.xml?page=1", "/sitemap.xml?page=2",
    ]  # fmt: skip
    capped = read(urlset(*places, root="sitemapindex"), pages=2)
    assert len(capped.links) == 2 and [problem.kind for problem in capped.problems] == ["gap"]


def test_more_pages_than_the_cap_are_a_gap_and_the_latest_are_read() -> None:
    body = urlset(*(loc(f"/{day}", f"2026-01-{day:02}") for day in range(1, 11)), loc("/none"))
    page = read(body, documents=3)
    assert urls(page) == ["/10", "/9", "/8"] and page.entries == 11
    assert [(problem.kind, problem.detail) for problem in page.problems] == [
        ("gap", "11 pages, of which the 3 that changed last are read")
    ]
    assert read(body, documents=11).problems == ()


def test_gzip_whatever_it_is_called() -> None:
    packed = gzip.compress(urlset(loc("/a")).encode())
    assert urls(read(packed, media="application/xml")) == ["/a"]
    for cut in (packed[:-9], packed[:12], packed[:2], packed[:20] + b"x" * 30):
        with pytest.raises(ParseError, match="not gzip"):
            read(cut)


@pytest.mark.slow
def test_a_bomb_is_told_by_its_size() -> None:
    with pytest.raises(ParseError, match="more than 52428800 bytes"):
        read(gzip.compress(b" " * (sitemap.MAX_SITEMAP_BYTES + 1)))


@pytest.mark.slow
def test_fifty_thousand_addresses() -> None:
    body = urlset(
        *(
            loc(f"/guidance/{number}" if number % 10 == 0 else f"/news/{number}", "2026-11-20")
            for number in range(50_000)
        )
    )
    started = time.process_time()
    page = read(gzip.compress(body.encode()), include=["/guidance/"], documents=5000)
    assert len(page.links) == 5000 and page.problems == ()
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html><body>Not here</body></html>", "html is neither"),
        ('<rss version="2.0"/>', "rss is neither"),
        ("", "the body is empty"),
        (urlset(loc("/a"))[:-5], "not well-formed"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&c;</loc></url></urlset>', "not well-formed"),
    ],
)
def test_what_is_no_sitemap(body: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(body)


def test_entities_of_a_file_are_not_read() -> None:
    body = f'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hostname">]>{urlset("<loc>" + SITE + "/&a;</loc>")}'
    with pytest.raises(ParseError, match="refers to an entity"):
        read(body)


def test_pages_are_read_as_those_behind_a_list() -> None:
    facts = {"document": f"url:{PAGE}", "title": "sample", "changed": "2026-11-20"}
    body = "<html lang='en'><body><nav>Menu</nav><div id='x'><h1>Sample</h1><p>Text.</p></div></body></html>"
    page = read(body, Link(url=PAGE, role="document", facts=facts), "text/html", body="#x")
    (document,) = page.documents
    assert (document.id, document.title, document.updated) == (f"url:{PAGE}", "Sample", "2026-11-20")
    assert [section.text for section in page.versions[0].sections] == ["Text."]


def test_options() -> None:
    assert protocols.problems(source(include=["/a/"], exclude=[], maps=["/s"], documents=1, pages=1, body="main")) == []
    wrong = protocols.problems(source(include=["a/", 7], documents=0, pages=True, body=">", language="English"))
    assert [line.partition(":")[0] for line in wrong] == [
        "options.language", "options.body", "options.include[1]", "options.include[2]", "options.documents",
        "options.pages",
    ]  # fmt: skip


@examples(200)
@given(
    body=st.binary()
    | st.builds(lambda inner: b"<urlset><url><loc>" + inner + b"</loc></url></urlset>", st.binary(max_size=40))
    | st.builds(
        lambda inner: urlset(loc(f"//{inner}"), loc(f"https://[{inner}")).encode("utf-8", "replace"),
        st.text(max_size=9),
    ),
    role=st.sampled_from(["listing", "next", "document", "attachment"]),
)
def test_any_bytes(body: bytes, role: Role) -> None:
    link = Link(url=MAP, role=role, facts={"document": f"url:{PAGE}", "title": "Sample"})
    try:
        read(body, link, "text/html")
    except ParseError as error:
        assert error.url == MAP and error.reason
