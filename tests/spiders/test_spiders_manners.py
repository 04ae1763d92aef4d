"""How hosts are treated: robots.txt, pace, Retry-After, back-off, and hosts that are left alone."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from tests.spiders.server import Asked, Reply, Server, document, listed
from tests.spiders.world import World

pytestmark = pytest.mark.process


def gaps(server: Server, start: str = "") -> list[float]:
    times = [each.time for each in server.asked if each.path.startswith(start)]
    return [after - before for before, after in pairwise(times)]


def test_disallowed_page_is_not_asked_and_said(world: World, server: Server) -> None:
    listed(server, 1, 2)
    server.put("/robots.txt", "User-agent: *\nDisallow: /d/2\n", "text/plain")
    world.crawl()
    assert server.pages_asked() == ["/feed", "/d/1"]
    (issue,) = world.issues()
    assert issue[1] == "robots" and issue[2] == f"robots.txt of {server.host} does not allow it"
    world.assert_rebuilds()


def test_rules_for_our_token_win_over_those_for_all(world: World, server: Server) -> None:
    listed(server, 1)
    server.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: Roundup\nDisallow: /none\n", "text/plain")
    world.crawl()
    assert world.documents() == {"/d/1"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_is_not_there_allows_all(world: World, server: Server, status: int) -> None:
    listed(server, 1)
    server.pages["/robots.txt"] = Reply(status=status, body=b"User-agent: *\nDisallow: /\n")
    world.crawl()
    assert world.documents() == {"/d/1"} and server.paths("/robots") == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_fails_closes_the_host_for_now(world: World, server: Server, status: int) -> None:
    listed(server, 1)
    server.pages["/robots.txt"] = Reply(status=status)
    result = world.crawl()
    assert server.pages_asked() == [] and result.outcomes == {"news": "failed"}
    assert world.issues() == [("news", "robots", f"robots.txt could not be had: status {status}")]
    del server.pages["/robots.txt"]
    assert world.crawl().outcomes == {"news": "healthy"}
    assert world.issues() == [] and world.documents() == {"/d/1"}
    world.assert_rebuilds()


def test_server_that_does_not_answer_is_unreachable(world: World, server: Server) -> None:
    server.close()
    result = world.crawl()
    assert result.outcomes == {"news": "failed"}
    assert world.issues() == [("news", "unreachable", "robots.txt could not be had: connection refused")]


def test_robots_is_followed_through_redirects(world: World, server: Server) -> None:
    listed(server, 1)
    server.pages["/robots.txt"] = Reply(status=301, headers={"Location": "/elsewhere/robots.txt"})
    server.put("/elsewhere/robots.txt", "User-agent: roundup\nDisallow: /d\n", "text/plain")
    world.crawl()
    assert "/d/1" not in server.paths()
    assert world.issues()[0][1] == "robots"
    statuses = [(each.url.removeprefix(server.url), each.status) for each in world.exchanges("/robots.txt")]
    assert statuses == [("/robots.txt", 301)] and len(world.exchanges("/elsewhere/robots.txt")) == 1


def test_pages_wait_for_robots_of_their_own_host(world: World, server: Server) -> None:
    other = Server()
    try:
        other.put("/robots.txt", "User-agent: *\nDisallow: /secret\n", "text/plain")
        other.put("/d/7", document(7))
        server.feed([], more=f"{other.url}/d/7 {other.url}/secret/8")
        world.text = world.text.replace("hosts:", f'hosts:\n  "{other.host}": {{private: true, delay: 0}}')
        world.crawl()
        assert other.paths() == ["/robots.txt", "/d/7"]
    finally:
        other.close()


def test_delay_and_concurrency_are_those_of_the_host(world: World, server: Server) -> None:
    """Trap UK-2.14: GOV.UK answers 429 at 7 requests a second."""
    world.configure(host="delay: 0.25, concurrency: 4")
    listed(server, 1, 2, 3)
    world.crawl()
    assert len(server.asked) == 5 and min(gaps(server)) > 0.2
    world.configure(host="delay: 0, concurrency: 3")
    for number in range(4, 24):
        server.put(f"/d/{number}", document(number), wait=0.05)
    server.feed(range(1, 24))
    server.clear()
    world.crawl()
    assert server.most == 3


def test_crawl_delay_wins_where_it_is_stricter(world: World, server: Server) -> None:
    """Trap UK-0.13: legislation.gov.uk: how many requests are fair has changed."""
    listed(server, 1, 2, 3)
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    world.crawl()
    assert min(gaps(server, "/d/")) > 0.25


def test_long_crawl_delay_is_obeyed_and_told(world: World, server: Server) -> None:
    """What fits is asked, the rest stays queued, and the crawl does not wait for a turn that comes after its end."""
    listed(server, 1, 2, 3)
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 900\n", "text/plain")
    began = time.monotonic()
    assert world.crawl(minutes=5 / 60).outcomes == {"news": "failed"}
    assert time.monotonic() - began < 60 and server.paths() == ["/robots.txt"]
    ((source, kind, detail),) = world.issues()
    assert (source, kind) == ("news", "slow")
    assert detail.startswith(f"{server.host} asks for 900 seconds between two requests: within the 0.0833333 minutes")
    world.assert_rebuilds()
    server.put("/robots.txt", "", "text/plain")
    time.sleep(1)  # crawls are told apart by the second they begin in
    assert world.crawl().outcomes == {"news": "healthy"}
    assert len(world.documents()) == 3 and world.issues() == []
    world.assert_rebuilds()


def test_documents_of_a_slow_host_wait_for_other_crawls(world: World, server: Server) -> None:
    """The list is asked first; that its documents take many crawls is worth a note, and the source is healthy."""
    slow = Server()
    try:
        slow.put("/robots.txt", "User-agent: *\nCrawl-delay: 12\n", "text/plain")
        for number in range(4):
            slow.put(f"/d/{number}", document(number))
        server.feed(range(0), more=" ".join(f"{slow.url}/d/{number}" for number in range(4)))
        world.text = world.text.replace("hosts:", f'hosts:\n  "{slow.host}": {{private: true, delay: 0}}')
        for crawls, left in enumerate((4, 4), 1):
            assert world.crawl(minutes=3 / 60).outcomes == {"news": "healthy"}
            assert slow.paths() == ["/robots.txt"] * crawls
            ((source, kind, detail),) = world.issues()
            assert (source, kind) == ("news", "slow") and f"{left} of its pages could not be asked" in detail
            tries = world.rows("select tries from frontier where state='queued'")
            assert [row["tries"] for row in tries] == [0] * left, "nothing failed"
        world.assert_rebuilds()
    finally:
        slow.close()


@pytest.mark.slow
def test_pages_of_a_host_that_asks_to_be_left_alone_are_counted(world: World, server: Server) -> None:
    listed(server, *range(1, 6))
    for number in range(1, 6):
        server.pages[f"/d/{number}"] = Reply(status=503, headers={"Retry-After": "86400"})
    world.crawl()
    ((_, detail),) = [each for each in world.issues_of("news") if each[0] == "slow"]
    assert "asks to be left alone for 86,400 seconds; 4 of its pages could not be asked" in detail
    world.assert_rebuilds()


def test_waiting_host_holds_no_place_of_another(world: World, server: Server) -> None:
    slow = Server()
    try:
        for number in range(40):
            slow.put(f"/d/{number}", document(number))
        links = " ".join(f"{slow.url}/d/{number}" for number in range(40))
        server.feed(range(1, 61), more=links)
        for number in range(1, 61):
            server.put(f"/d/{number}", document(number))
        entry = f'hosts:\n  "{slow.host}": {{private: true, delay: 0.5, concurrency: 16}}'
        world.text = world.text.replace("hosts:", entry)
        world.crawl(minutes=5 / 60)
        assert len(server.paths("/d/")) == 60 and 4 <= len(slow.paths("/d/")) <= 11
    finally:
        slow.close()


def turns(*replies: Reply) -> object:
    """Return an answerer that gives one reply after another, the last one for ever."""
    left = list(replies)

    def answer(asked: Asked) -> Reply:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


PAGE = Reply(headers={"Content-Type": "text/html"}, body=document(1).encode())


@pytest.mark.parametrize(
    "busy",
    [
        Reply(status=503, headers={"Retry-After": "1"}),
        Reply(status=429, headers={"Retry-After": "1"}),
        Reply(status=502),
        Reply(status=504),
        Reply(status=202),
    ],
    ids=lambda reply: str(reply.status),
)
def test_busy_server_is_asked_again_after_a_while(world: World, server: Server, busy: Reply) -> None:
    """Trap UK-0.12: legislation.gov.uk: 202 while a text is made, 403, 429, 432, 436: back off, and never "gone"."""
    server.feed([1])
    server.pages["/d/1"] = turns(busy, PAGE)  # type: ignore[assignment]
    world.crawl()
    assert world.documents() == {"/d/1"} and world.issues() == []
    (waited,) = gaps(server, "/d/1")
    assert waited > (0.95 if busy.headers else 0.05)
    assert world.fetches("/d/1") == [("/d/1", busy.status, "failed"), ("/d/1", 200, "accepted")]
    world.assert_rebuilds()


def test_retry_after_may_be_a_date(world: World, server: Server) -> None:
    server.feed([1])

    def busy(asked: Asked) -> Reply:
        until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        return PAGE if len(server.paths("/d/1")) else Reply(status=503, headers={"Retry-After": until})

    server.pages["/d/1"] = busy
    world.crawl()
    assert world.documents() == {"/d/1"} and 0.8 < gaps(server, "/d/1")[0] < 4


@pytest.mark.parametrize("wanted", ["soon", "", "-5", f"Tue, 24 Nov 2026 10:00:00 +{'9' * 20}"])
def test_retry_after_that_says_nothing_is_none(world: World, server: Server, wanted: str) -> None:
    server.feed([1])
    replies = [Reply(status=503, headers={"Retry-After": wanted}), PAGE]
    server.pages["/d/1"] = lambda asked: replies[len(server.paths("/d/1"))]
    world.crawl()
    assert world.documents() == {"/d/1"} and len(server.paths("/d/1")) == 2


def test_server_that_stays_busy_is_given_up_for_now(world: World, server: Server) -> None:
    listed(server, 1, 2)
    server.pages["/d/1"] = Reply(status=503)
    world.crawl()
    assert server.paths("/d/1") == ["/d/1"] * 3 and world.documents() == {"/d/2"}
    rows = world.rows("select outcome, reason from fetches where url like '%/d/1' order by id")
    assert [row["outcome"] for row in rows] == ["failed"] * 3
    assert world.rows("select tries from frontier where url like '%/d/1'")[0]["tries"] == 1
    server.put("/d/1", document(1))
    world.crawl()
    assert world.documents() == {"/d/1", "/d/2"}


@pytest.mark.parametrize("wanted", ["3600", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"], ids=lambda wanted: wanted[:12])
def test_long_retry_after_leaves_the_host_for_another_crawl(world: World, server: Server, wanted: str) -> None:
    world.configure(host="delay: 0, concurrency: 1")
    listed(server, *range(1, 10))
    server.pages["/d/1"] = Reply(status=503, headers={"Retry-After": wanted})
    world.crawl()
    assert server.paths("/d/") == ["/d/1"]
    assert world.rows("select count(*) as n from frontier where state='queued'")[0]["n"] == 9
    server.put("/d/1", document(1))
    world.crawl()
    assert len(world.documents()) == 9


def test_host_that_only_fails_is_left_alone(world: World, server: Server) -> None:
    world.configure(host="delay: 0, concurrency: 1")
    listed(server, *range(1, 31))
    for number in range(1, 31):
        server.pages[f"/d/{number}"] = Reply(status=500)
    world.crawl()
    assert len(server.paths("/d/")) == 5
    tried = world.rows("select count(*) as n from frontier where tries=1")
    assert tried[0]["n"] == 5


def test_rate_is_halved_when_the_server_says_so(world: World, server: Server) -> None:
    """Trap UK-5.1: a storm of 5xx or 429 says that we are too fast."""
    world.configure(host="delay: 0, concurrency: 1")
    listed(server, *range(1, 7))
    server.pages["/d/1"] = Reply(status=403)
    server.pages["/d/2"] = Reply(status=436)
    world.crawl()
    assert min(gaps(server, "/d/")[2:]) > 0.15
    assert len(world.documents()) == 4


def test_failing_source_does_not_stop_the_others(world: World, server: Server) -> None:
    dead = Server()
    dead.close()
    more = f"""
  - id: dead
    publisher: sample
    kind: report
    protocol: feed
    url: {dead.url}/feed
    topics: [offences_law]
    expect: {{min: 1}}
"""
    world.configure(more=more)
    world.text = world.text.replace("hosts:", f'hosts:\n  "{dead.host}": {{private: true, delay: 0}}')
    listed(server, 1, 2)
    assert world.crawl().outcomes == {"news": "healthy", "dead": "failed"}
    assert [issue[:2] for issue in world.issues()] == [("dead", "unreachable")]


@pytest.mark.parametrize("asked", ["100", "99999999999999999999"])
def test_long_retry_after_does_not_keep_a_crawl_from_ending(world: World, server: Server, asked: str) -> None:
    listed(server, 1, 2, 3)
    server.pages["/d/1"] = Reply(status=503, headers={"Retry-After": asked})
    server.pages["/d/2"] = Reply(status=302, headers={"Location": "/d/3"}, wait=0.5)
    began = time.monotonic()
    assert world.crawl(minutes=2 / 60).outcomes == {"news": "healthy"}
    assert time.monotonic() - began < 60
    queued = {
        row["url"].removeprefix(server.url) for row in world.rows("select url from frontier where state='queued'")
    }
    assert {"/d/1", "/d/2"} <= queued
    world.assert_rebuilds()
