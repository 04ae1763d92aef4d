"""Where redirects lead, and where they may not."""

from itertools import pairwise

import pytest

from crawler.archive import Exchange
from tests.spiders.server import Reply, Server, document, listed
from tests.spiders.world import World


@pytest.mark.parametrize("whole", [False, True])
def test_redirect_is_followed_hop_by_hop(world: World, server: Server, whole: bool) -> None:
    server.feed([1])
    goal = f"{server.url}/new/1#part" if whole else "/new/1"
    server.pages["/d/1"] = Reply(status=301, headers={"Location": "/between"})
    server.pages["/between"] = Reply(status=302, headers={"Location": goal})
    server.put("/new/1", document(1))
    world.crawl()
    assert world.fetches("/d") + world.fetches("/b") + world.fetches("/n") == [
        ("/d/1", 301, "redirect"),
        ("/between", 302, "redirect"),
        ("/new/1", 200, "accepted"),
    ]
    ids = {e.link["exchange"] for e in world.archived() if isinstance(e, Exchange) and e.link["role"] == "document"}
    assert len(ids) == 1
    world.assert_rebuilds()


def test_redirects_out_of_bounds_are_not_followed(world: World, server: Server) -> None:
    goals = [
        ("/d/1", "leads in a circle"),
        ("https://elsewhere.example/x", "elsewhere.example is not a host of any source"),
        ("http://127.0.0.1:9/x", "127.0.0.1 is not a public host"),
        ("http://10.0.0.8/x", "10.0.0.8 is not a public host"),
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254 is not a public host"),
        ("http://2130706433/", "2130706433 is not a public host"),
        ("http://localhost/", "localhost is not a public host"),
        ("file:///etc/passwd", "leads to no web address"),
        ("http://[::1", "not an address"),
        ("//user:word@www.example.org/", "names a user"),
    ]
    listed(server, *range(1, len(goals) + 2))
    for number, (goal, _) in enumerate(goals, 1):
        server.pages[f"/d/{number}"] = Reply(status=302, headers={"Location": goal})
    world.crawl()
    assert world.documents() == {f"/d/{len(goals) + 1}"}
    said = {issue[2] for issue in world.issues() if issue[1] == "redirect"}
    assert len(said) == len(goals)
    for number, (_, reason) in enumerate(goals, 1):
        (words,) = [each for each in said if each.startswith(f"{server.url}/d/{number} redirects to ")]
        assert reason in words


def test_redirects_end_after_five(world: World, server: Server) -> None:
    server.feed([1])
    for n in range(1, 9):
        server.pages[f"/d/{n}"] = Reply(status=307, headers={"Location": f"/d/{n + 1}"})
    world.crawl()
    assert server.paths("/d/") == [f"/d/{n}" for n in range(1, 7)]
    assert "more than 5 redirects" in world.issues()[0][2]


@pytest.mark.process
def test_turn_of_what_is_not_asked_is_no_turn_of_a_redirect(world: World, server: Server) -> None:
    world.configure(host="delay: 0.25")
    listed(server, 1, 2, 3)
    server.put("/robots.txt", "User-agent: *\nDisallow: /d/1\nDisallow: /d/2\n", "text/plain")
    server.pages["/d/3"] = Reply(status=302, headers={"Location": "/e/3"})
    server.pages["/e/3"] = Reply(status=302, headers={"Location": "/f/3"})
    server.put("/f/3", document(3))
    world.crawl()
    gaps = [after.time - before.time for before, after in pairwise(server.asked)]
    assert server.paths()[-3:] == ["/d/3", "/e/3", "/f/3"] and min(gaps) > 0.2
