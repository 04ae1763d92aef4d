"""Lists of very many entries: what they lead to is stored in batches, and the event loop has its turn between them."""

import asyncio
from collections.abc import Callable
from itertools import count

import pytest

from crawler.run import writer
from crawler.store import Store
from tests.spiders.hostile import XML, rss
from tests.spiders.server import listed
from tests.spiders.world import World, other

pytestmark = [pytest.mark.slow, pytest.mark.process]

ENTRIES = 1_000
TURNS = {"feed": 60, "sitemap": 10}
"""Turns of the event loop, at least, while so many entries are stored."""


@pytest.mark.parametrize("form", TURNS)
def test_a_list_of_very_many_entries_lets_the_event_loop_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    seen, by_turns = [], writer.by_turns

    async def counted(store: Store, work: Callable[[], None]) -> None:
        number = count()

        async def tick() -> None:
            while True:
                next(number)
                await asyncio.sleep(0)

        ticking = asyncio.ensure_future(tick())
        await by_turns(store, work)
        ticking.cancel()
        seen.append(next(number))

    monkeypatch.setattr(writer, "by_turns", counted)
    links = [f"{world.server.url}/long/{number}" for number in range(ENTRIES)]
    places = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    world.server.put("/long", rss(*links) if form == "feed" else f"<urlset>{places}</urlset>", XML)
    listed(world.server, 1, 2, 3)
    source = other(world.server, "/long").replace("    follow: true\n", "").replace(": feed", f": {form}")
    world.configure(more=source)
    # Of a sitemap the pages are not there: what is measured is the list.
    world.crawl(minutes=0.2 if form == "sitemap" else 5)
    assert len(seen) == 1 and seen[0] > TURNS[form], seen
    assert world.documents() == {"/d/1", "/d/2", "/d/3"} and world.issues_of("news") == []
    assert world.rows("select count(*) as n from frontier where url like '%/long/%'")[0]["n"] == (
        ENTRIES if form == "sitemap" else 0
    )
