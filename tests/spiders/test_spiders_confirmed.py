"""A server that says for ever that nothing changed: it is asked in full within a stated number of crawls."""

import pytest

from crawler.run import crawl
from tests.spiders.server import Asked, Reply, Server, document, listed
from tests.spiders.world import World

pytestmark = pytest.mark.slow


def for_ever(server: Server, path: str) -> None:
    """Let a server say of its page that it is as it was to whoever asks so, whatever became of it."""
    page = server.pages[path]
    assert isinstance(page, Reply)
    page.headers["ETag"], page.validators = '"1"', False

    def answer(asked: Asked) -> Reply:
        return Reply(status=304) if "if-none-match" in asked.headers else page

    server.pages[path] = answer


def words(world: World, number: int) -> str:
    (row,) = world.rows("select count(*) as n from sections where document like ? and text like '%second wording%'",
                        f"%/d/{number}")  # fmt: skip
    return "second" if row["n"] else "first"


def test_an_audit_finds_what_a_server_denies_in_two_rounds(world: World, server: Server) -> None:
    world.configure(source="    audit: 0.5")
    listed(server, 1, 2)
    world.crawl()
    for number in (1, 2):
        server.put(f"/d/{number}", document(number, "second"))
        for_ever(server, f"/d/{number}")
    found = []
    for _ in range(4):  # 2 / audit
        world.crawl()
        found.append([words(world, number) for number in (1, 2)])
    assert "second" not in found[0] and found[-1] == ["second", "second"], found
    assert len(server.paths("/d/")) == 2 + 4
    world.assert_rebuilds()


def test_a_list_that_never_changes_is_asked_in_full(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "MAX_CONFIRMED", 3)
    listed(server, 1)
    for_ever(server, "/feed")
    world.crawl()
    server.put("/d/2", document(2))
    server.feed([1, 2])
    for_ever(server, "/feed")
    for expected in (1, 1, 1, 2):
        world.crawl()
        assert len(world.documents()) == expected
