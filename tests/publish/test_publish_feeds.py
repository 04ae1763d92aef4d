"""Feeds as the site answers them: the archive of every filter, its addresses, and what a stranger may ask."""

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest

from crawler.feeds.feed import LIMITS
from tests.publish.publish_rows import WHERE, copied, site

BURST, LATER = "2026-11-10T10:00:00Z", "2026-12-01T10:00:00Z"
SITE = "https://roundup.example.org"


@pytest.fixture(scope="module")
def burst(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world after a crawl with 450 entries, and one in the month after."""
    path = tmp_path_factory.mktemp("burst") / "roundup.db"
    with copied(database, path) as world:
        for clock in (BURST, LATER):
            name = clock.translate({ord("-"): None, ord(":"): None})
            world.add("crawls", id=name, clock=clock, started=clock, ended=clock)
            for number in range(450 if clock == BURST else 1):
                id = f"{name[:8]}{number:03}"
                world.entry(id, None, f"Entry {id}", crawl=name, at=clock, document_kind=("act", "report")[number % 2])
                world.facets(id, topic=["data_monitoring"] if number < 3 else [])
        world.db.execute("update entries set crawl = '20261110T100000Z' where crawl like 'c%'")
    return path


@pytest.fixture
def shown(burst: Path) -> Any:
    return site(burst, WHERE)


async def walked(shown: Any, address: str) -> tuple[list[str], list[str]]:
    """Return the addresses of a chain of archives, and the ids of their entries, those of each part together."""
    seen, ids = list[str](), list[str]()
    while address:
        answer = await shown.client.get(address.removeprefix(SITE))
        assert answer.status_code == 200, address
        found = feedparser.parse(answer.content)
        assert not found.bozo and found.feed.subtitle.endswith(LIMITS)
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == urljoin(SITE, address)
        assert links.get("current", urljoin(SITE, address)) == urljoin(SITE, (seen or [address])[0])
        seen.append(address)
        ids += [entry.id.rpartition("/")[2] for entry in found.entries]
        address = links.get("prev-archive", "")
    return seen, ids


@pytest.mark.slow
@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize(
    ("name", "query", "count", "parts"),
    [
        ("changes", "", 451, ["2026-11-3", "2026-11-2", "2026-11-1"]),
        ("changes", "?kind=act", 226, ["2026-11-3", "2026-11-2", "2026-11-1"]),
        ("topic/data_monitoring", "", 4, ["2026-11-1"]),
        ("changes", "?kind=report&topic=data_monitoring", 1, ["2026-11-1"]),
    ],
)
async def test_each_filter_has_its_archive(
    shown: Any, form: str, name: str, query: str, count: int, parts: list[str]
) -> None:
    seen, ids = await walked(shown, f"/feeds/{name}.{form}{query}")
    assert seen[1:] == [f"{SITE}/feeds/{name}-{part}.{form}{query}" for part in parts]
    assert len({id for id in ids if id.startswith("2026")}) == count


async def test_json_feed_leads_on(shown: Any) -> None:
    first = (await shown.client.get("/feeds/changes.json?kind=act")).json()
    assert first["next_url"] == f"{SITE}/feeds/changes-2026-11-3.json?kind=act" and LIMITS in first["description"]
    last = (await shown.client.get("/feeds/changes-2026-11-1.json?kind=act")).json()
    assert "next_url" not in last and last["feed_url"] == f"{SITE}/feeds/changes-2026-11-1.json?kind=act"
    assert last["_roundup"]["id"] == first["_roundup"]["id"], "the archive is of the same feed"


@pytest.mark.parametrize(
    "name",
    [
        "changes-2026-12-1", "changes-2026-11-4", "changes-2026-11-0", "changes-2026-11-01", "changes-2026-1-1",
        "changes-0000-00-1", "changes-9999-99-9999", "changes-2026-11-1-1", "topic/data_monitoring-2026-11-9",
        "topic/nothing-2026-11-1", "kind/act-2026-12-1",
    ],
)  # fmt: skip
async def test_parts_that_there_are_not_are_not_found(shown: Any, name: str) -> None:
    for form in ("atom", "json", "rss"):
        assert (await shown.client.get(f"/feeds/{name}.{form}")).status_code == 404
    assert (await shown.client.get("/feeds/changes-2026-11-1.atom?kind=nothing")).status_code == 404


async def test_parts_are_asked_as_feeds_are(shown: Any) -> None:
    first = await shown.client.get("/feeds/changes-2026-11-1.rss")
    assert first.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert first.headers["access-control-allow-origin"] == "*"
    again = await shown.client.get("/feeds/changes-2026-11-1.rss", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await shown.client.request("HEAD", "/feeds/changes-2026-11-1.rss")
    assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])
