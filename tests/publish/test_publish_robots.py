"""What search engines are told: nothing of a sample, and of a real site nothing that may name people."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from crawler.publish import assets
from crawler.publish.paths import encode
from tests.publish.publish_rows import (
    ACT,
    CASE,
    GUIDANCE,
    NEWS,
    NOW,
    REMOVED,
    SECRET,
    SHUT,
    SHUT_REPORT,
    TAKEN,
    WHERE,
    copied,
    site,
)

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLIC = "https://roundup.example.org"


async def locations(here: Any, path: str) -> list[str]:
    answer = await here.client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/xml")
    root = etree.fromstring(answer.content)
    assert root.tag in (f"{SPACE}urlset", f"{SPACE}sitemapindex")
    return [str(each.text) for each in root.iter(f"{SPACE}loc")]


async def every(here: Any) -> list[str]:
    """All addresses of the sitemap, file by file."""
    found = []
    for file in await locations(here, "/sitemap.xml"):
        assert file.startswith(f"{PUBLIC}/sitemap/")
        found += await locations(here, urlsplit(file).path)
    return found


@pytest.mark.slow
async def test_the_sitemap_lists_pages_that_are_there_and_nothing_that_may_name_people(database: Path) -> None:
    here = site(database, replace(WHERE, public_url=PUBLIC), now=NOW)
    listed = await every(here)
    assert len(listed) == len(set(listed))
    for id in (ACT, GUIDANCE):
        assert f"{PUBLIC}/doc/{encode(id)}" in listed
    for id in (NEWS, CASE, TAKEN):
        assert f"{PUBLIC}/doc/{encode(id)}" not in listed
    for address in listed:
        answer = await here.client.get(urlsplit(address).path or "/")
        assert answer.status_code == 200, address
        assert 'name="robots"' not in answer.text, address
    for id in (NEWS, CASE, TAKEN):
        assert '<meta name="robots" content="noindex">' in (await here.client.get(f"/doc/{encode(id)}")).text


async def test_what_is_out_or_waits_is_not_listed(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        row = {"score": 0.0, "decided_by": "words", "why": "[]", "since": "2026-03-02T06:00:00Z", "rules": "1"}
        world.add("relevance", document=ACT, band="out", **row)
    here = site(path, replace(WHERE, public_url=PUBLIC), now=NOW)
    assert f"{PUBLIC}/doc/{encode(ACT)}" not in await every(here)
    assert '<meta name="robots" content="noindex">' in (await here.client.get(f"/doc/{encode(ACT)}")).text


async def test_files_hold_some_rows_each_and_together_all(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = site(database, replace(WHERE, public_url=PUBLIC), now=NOW)
    whole = await every(here)
    monkeypatch.setattr(assets, "ROWS", 2)
    files = await locations(here, "/sitemap.xml")
    assert len(files) > 5
    assert sorted(await every(here)) == sorted(whole)
    assert await locations(here, "/sitemap/documents-99999.xml") == []
    assert await locations(here, "/sitemap/documents-0.xml") == []
    assert (await here.client.get("/sitemap/people-1.xml")).status_code == 404


async def test_robots_txt_of_a_real_site(database: Path) -> None:
    here = site(database, replace(WHERE, public_url=f"{PUBLIC}/", base_url="/"), now=NOW)
    answer = await here.client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.splitlines() == [
        "User-agent: *", "Allow: /feeds/", "Disallow: /roundup", "Disallow: /public.db", "Disallow: /search",
        "Disallow: /subscribe", "Disallow: /review", "Disallow: /*?", "", f"Sitemap: {PUBLIC}/sitemap.xml",
    ]  # fmt: skip


async def test_a_site_without_a_public_address_has_no_sitemap(database: Path) -> None:
    here = site(database, replace(WHERE, public_url=""), now=NOW)
    assert "Sitemap" not in (await here.client.get("/robots.txt")).text
    for path in ("/sitemap.xml", "/sitemap/pages-1.xml"):
        assert (await here.client.get(path)).status_code == 404


async def test_a_sample_is_closed(sample_database: Path) -> None:
    here = site(sample_database, replace(WHERE, public_url=PUBLIC), now=NOW)
    assert (await here.client.get("/robots.txt")).text.splitlines()[1:] == ["User-agent: *", "Disallow: /"]
    assert (await here.client.get("/sitemap.xml")).status_code == 404
    assert '<meta name="robots" content="noindex">' in (await here.client.get("/")).text


PAGES = (
    *(f"/doc/{encode(name)}" for name in (NEWS, TAKEN, CASE, f"{CASE}/judgment")),
    f"/doc/{encode(NEWS)}?from=n1&to=n2", "/entry/bb01", "/entry/bb02", "/entry/bb03", "/?kind=news",
    "/feeds/changes.atom?source=news", "/feeds/changes.json?source=news", "/sources", "/roundup/entries.json",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
async def test_bodies_of_private_documents_stand_nowhere(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    assert answer.status_code in (200, 404), (path, answer.text[-300:])
    assert SECRET not in answer.text and REMOVED not in answer.text


@pytest.mark.parametrize("words", [SECRET, REMOVED, f"{SECRET} arrested", SECRET[:6]])
async def test_search_does_not_look_into_them(shown: Any, words: str) -> None:
    assert "Nothing here answers" in (await shown.client.get("/search", params={"q": words})).text


async def test_what_may_be_shown_is(shown: Any) -> None:
    news = (await shown.client.get(f"/doc/{encode(NEWS)}")).text
    assert "Two charged in sample case" in news and "22 November 2026" in news and "Sample Home Office" in news
    assert ">Official page</a>" in news
    taken = (await shown.client.get(f"/doc/{encode(TAKEN)}")).text
    assert "Removed by the publisher on" in taken and ">Official page</a>" not in taken
    rows = (await shown.client.get("/roundup/documents.json?kind=news&_shape=array&_col=title")).json()
    assert {row["title"] for row in rows} == {"Two charged in sample case"}, "of what was removed there is no row"
    found = (await shown.client.get("/search?q=charged")).text
    assert "Two charged in sample case" in found
    other = (await shown.client.get(f"/doc/{encode('https://news.example/' + REMOVED + '-old')}")).text
    assert "Removed by the publisher on" in other, "whoever has another name of it learns no more"


async def test_a_removal_reaches_the_feed_as_an_update(shown: Any) -> None:
    items = {item["id"][-4:]: item for item in (await shown.client.get("/feeds/changes.json")).json()["items"]}
    assert items["bb02"]["title"] == "Removed by the publisher on 20 November 2026"
    assert "external_url" not in items["bb02"]
    assert items["bb01"]["title"] == "Two charged in sample case" and "external_url" in items["bb01"]


async def test_shut_texts_are_quoted_and_no_more(shown: Any) -> None:
    compared = (await shown.client.get(f"/doc/{encode(SHUT_REPORT)}?from=s1&to=s2")).text
    assert "[added: </span>15" in compared and "No licence known to us lets us show" in compared
    page = f"/doc/{encode(SHUT_REPORT)}?from=s1&to=s2"
    for path in ("/entry/bb04", page, "/roundup/changes/ch7.json", "/", "/feeds/changes.atom"):
        text = (await shown.client.get(path)).text
        assert text.count(SHUT) < 100, path
    assert SHUT not in (await shown.client.get("/roundup/sections.json?_shape=array&_size=max")).text
    for path in ("/search", "/search.json", "/search.atom"):
        assert SHUT not in (await shown.client.get(f"{path}?q=goes+on+for+long")).text
