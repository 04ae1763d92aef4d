"""Promise 6: no register of people. The file holds nothing of it (tests/export); these are pages made of the file."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.publish.paths import encode
from tests.publish.publish_rows import CASE, NEWS, REMOVED, SECRET, SHUT, SHUT_REPORT, TAKEN

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
