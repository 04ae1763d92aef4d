"""A feed with a thousand documents: what a second crawl asks, and what it finds."""

import pytest

from tests.spiders.server import Server, document
from tests.spiders.world import World

pytestmark = pytest.mark.slow


def changed(world: World, crawl: str) -> list[int]:
    """Return the numbers of the documents whose page was changed by its publisher, as a crawl saw it."""
    rows = world.rows(
        "select distinct c.document from changes c join versions v on v.id=c.version where c.crawl=? and"
        " c.cause='source' and v.representation='html' and c.kind<>'new'",
        crawl,
    )
    return sorted(int(row["document"].rpartition("/")[2]) for row in rows)


def announced(world: World, crawl: str) -> int:
    return int(world.rows("select count(*) as n from entries where crawl=?", crawl)[0]["n"])


def test_thousand_documents_cost_little_the_second_time(world: World, server: Server) -> None:
    numbers = range(1, 1001)
    for number in numbers:
        server.put(f"/d/{number}", document(number))
    server.feed(numbers)
    world.crawl()
    assert len(server.asked) == 1002 and len(world.documents()) == 1000

    server.clear()
    same = world.crawl()
    assert len(server.pages_asked()) <= 2 and len(server.paths("/robots.txt")) == 1
    assert announced(world, same.crawl) == 0

    edited = list(range(7, 1000, 50))
    assert len(edited) == 20
    for number in edited:
        server.put(f"/d/{number}", document(number, "second"))
    server.feed(numbers, state=dict.fromkeys(edited, "Second issue."))
    server.clear()
    second = world.crawl()
    assert len(server.pages_asked()) <= 1.2 * len(edited)
    assert changed(world, second.crawl) == edited
    assert announced(world, second.crawl) == len(edited)
    world.assert_rebuilds()


def test_edits_that_the_feed_does_not_show_are_found_by_audit(world: World, server: Server) -> None:
    """Trap UK-0.18b: what is withdrawn, moved or gone cannot be found by searching."""
    world.configure(source="    audit: 0.25")
    for number in range(1, 41):
        server.put(f"/d/{number}", document(number))
    server.feed(range(1, 41))
    world.crawl()
    edited = [3, 21, 40]
    for number in edited:
        server.put(f"/d/{number}", document(number, "second"))
    found: list[int] = []
    for _ in range(4):
        server.clear()
        found += changed(world, world.crawl().crawl)
        assert len(server.paths("/d/")) == 10
    assert sorted(found) == edited
    world.assert_rebuilds()
