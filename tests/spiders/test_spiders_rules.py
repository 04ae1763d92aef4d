"""The rules on their own: robots.txt, redirects, pace, other tries, causes in words."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from twisted.internet.error import ConnectionLost, ConnectionRefusedError, TimeoutError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.archive import Answer
from crawler.sources import Host, loads
from crawler.spiders import redirects, robots, throttle
from crawler.spiders.handlers import cause
from crawler.spiders.session import Shutdown

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
SITE = "https://www.example.org"


def answer(status: int, *, body: bytes = b"x", truncated: str = "", **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(url=f"{SITE}/a", method="GET", time=NOW, status=status, headers=named, body=body, truncated=truncated)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /x", "/x/y", False),
        ("User-agent: *\n\n\nDisallow: /x\n\nDisallow: /z\n", "/z", False),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: *\r\nDisallow: /x\r\n", "/x", False),
        ("User-agent: *\rDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?c", True),
        ("User-agent: *\nDisallow: /a*z", "/abcz1", False),
        ("User-agent: *\nCrawl-delay: 5\nSitemap: /a\n\nDisallow: */data.pdf", "/a/2015/30/data.pdf", False),
        ("User-agent: *\nDisallow: /\nAllow: /open", "/open/1", True),
        ("User-agent: *\nAllow: /x\nDisallow: /x", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("user-AGENT: *\ndisALLOW: /x # why", "/x", False),
        ("User-agent: other\nDisallow: /", "/x", True),
        ("User-agent: other\nUser-agent: roundup\nDisallow: /x", "/x", False),
        ("User-agent: roundup\nDisallow: /x\nUser-agent: *\nDisallow: /y", "/y", True),
        ("User-agent: roundup\nDisallow: /x\n\nUser-agent: roundup\nDisallow: /y", "/x", False),
        ("User-agent: *\nDisallow: /%C3%A9", "/é", False),
        ("<!doctype html><html><body><h1>Welcome</h1><p>Disallow: everything</p></body></html>", "/x", True),
        ("", "/x", True),
    ],
)
def test_rules_are_read_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    """Trap UK-0.9: robots.txt: an empty line before its rules, wildcards without a slash."""
    rules = robots.read(200, text.encode())
    assert (rules.refusal(SITE + path) == "") is allowed


def test_rules_behind_the_first_half_megabyte_are_not_read() -> None:
    late = b"User-agent: *\n" + b"Allow: /none\n" * 38_000
    assert 490_000 < len(late) < robots.MAX_ROBOTS_BYTES
    assert robots.read(200, late + b"Disallow: /x\n").refusal(f"{SITE}/x")
    assert not robots.read(200, late * 2 + b"Disallow: /x\n").refusal(f"{SITE}/x")


@pytest.mark.parametrize(("status", "open_"), [(200, True), (404, True), (403, True), (429, False), (503, False)])
def test_status_decides_where_there_are_no_rules(status: int, open_: bool) -> None:
    assert (robots.read(status, b"").refusal(f"{SITE}/x") == "") is open_


def test_broken_body_closes() -> None:
    assert "cannot be decoded" in robots.read(200, None).refusal(f"{SITE}/x")


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Crawl-delay: 86400", 86400),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: nan", 0),
    ],
)
def test_crawl_delay_is_a_number(line: str, delay: float) -> None:
    assert robots.read(200, f"User-agent: *\n{line}\nDisallow: /x".encode()).delay == delay


REGISTRY = loads(
    """
publishers: {sample: {name: Sample Office, jurisdiction: United Kingdom}}
hosts:
  assets.example.net: {delay: 2}
  "127.0.0.1:8001": {private: true, delay: 0}
sources:
  - {id: a, publisher: sample, kind: guidance, protocol: feed, url: "https://www.example.org/feed", expect: {min: 1}}
""",
    "sources.yaml",
)


@pytest.mark.parametrize(
    ("start", "goal", "ok"),
    [
        (f"{SITE}/a", f"{SITE}/b", True),
        ("http://www.example.org/a", f"{SITE}/a", True),
        (f"{SITE}/a", "https://example.org/a", True),
        (f"{SITE}/a", "https://assets.example.net/a.pdf", True),
        (f"{SITE}/a", "https://cdn.assets.example.net/a.pdf", False),
        (f"{SITE}/a", "https://evil-example.org/a", False),
        (f"{SITE}/a", "https://www.example.org.evil.example/a", False),
        (f"{SITE}/a", "http://127.0.0.1:8001/a", False),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8001/b", True),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/b", False),
        ("https://linked.example.com/a", "https://www.linked.example.com/b", True),
        (f"{SITE}/a", "ftp://www.example.org/a", False),
        (f"{SITE}/a", "https://www.example.org:99999/a", False),
    ],
)
def test_redirects_stay_with_hosts_that_are_known(start: str, goal: str, ok: bool) -> None:
    allowed = redirects.allowed_hosts(REGISTRY)
    assert (redirects.refusal(goal, [start], allowed, REGISTRY.hosts.values()) == "") is ok


@pytest.mark.parametrize(
    ("stated", "goal"),
    [
        ("/b#top", f"{SITE}/b"),
        ("b c", f"{SITE}/b%20c"),
        ("//example.org/x", "https://example.org/x"),
        ("?page=2", f"{SITE}/a?page=2"),
        ("/caf\u00c3\u00a9", f"{SITE}/caf%C3%A9"),
        ("/a%2Fb?q=%C3%A9", f"{SITE}/a%2Fb?q=%C3%A9"),
    ],
)
def test_location_becomes_an_address(stated: str, goal: str) -> None:
    assert redirects.target(f"{SITE}/a", stated) == goal


def test_only_redirects_with_a_location_are_redirects() -> None:
    assert redirects.location(answer(302, Location="/b")) == "/b"
    assert redirects.location(answer(304, Location="/b")) is None
    assert redirects.location(answer(302)) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), (" 7 ", 7), ("Mon, 02 Mar 2026 06:01:30 GMT", 90), ("Sun, 01 Mar 2026 00:00:00 GMT", 0)],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert throttle.retry_after(answer(503, Retry_After=value), NOW) == seconds


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "٣"])
def test_retry_after_that_is_neither_is_ignored(value: str) -> None:
    assert throttle.retry_after(answer(503, Retry_After=value), NOW) is None


def test_waits_before_other_tries_grow_and_end() -> None:
    assert [throttle.wait(answer(503), 10, attempt, NOW) for attempt in (0, 1)] == [10, 20]
    assert throttle.wait(answer(429, Retry_After="45"), 10, 0, NOW) == 45
    assert throttle.wait(answer(429, Retry_After="121"), 10, 0, NOW) is None
    assert throttle.wait(answer(202, body=b""), 10, 0, NOW) == 10
    assert throttle.wait(answer(200, truncated="disconnect"), 10, 0, NOW) == 10
    for final in (answer(200), answer(202), answer(404), answer(500), answer(200, truncated="length")):
        assert throttle.wait(final, 10, 0, NOW) is None


async def test_pace_is_the_strictest_of_entry_and_crawl_delay() -> None:
    host = throttle.Throttle(Host(name="a.example", delay=2), Shutdown())
    host.crawl_delay(1)
    assert host.delay == 2
    host.crawl_delay(900)
    assert (host.delay, host.asked) == (900, 900), "however long: it is their house"
    host.slow_down(0)
    assert host.delay == 900, "what answers teach has a limit, but never one below what was asked for"


@pytest.mark.process
async def test_crawl_delay_counts_from_the_robots_txt_and_voids_turns_put_aside() -> None:
    stop = Shutdown()
    host = throttle.Throttle(Host(name="a.example", delay=0), stop)
    began = asyncio.get_running_loop().time()
    assert await asyncio.gather(*(host.gate() for _ in range(3))) == [True] * 3
    assert await host.turn(), "robots.txt itself"
    host.crawl_delay(0.2)
    assert all(await asyncio.gather(host.turn(), host.turn()))
    assert asyncio.get_running_loop().time() - began >= 0.39


@pytest.mark.process
async def test_delay_counts_from_when_a_request_was_sent() -> None:
    host = throttle.Throttle(Host(name="a.example", delay=0.1), Shutdown())
    assert await host.turn()
    sent = asyncio.get_running_loop().time() + 0.1
    host.sent(sent)
    host.sent(sent - 1)
    assert await host.turn() and asyncio.get_running_loop().time() >= sent + 0.1


@pytest.mark.process
async def test_turn_that_is_given_up_is_waited_for_again() -> None:
    host = throttle.Throttle(Host(name="a.example", delay=0.1), Shutdown())
    began = asyncio.get_running_loop().time()
    assert await host.gate()
    host.void()
    host.void()
    assert await host.turn() and await host.turn()
    assert asyncio.get_running_loop().time() - began >= 0.19


async def test_turn_after_the_end_is_not_waited_for() -> None:
    stop = Shutdown()
    loop = asyncio.get_running_loop()
    host = throttle.Throttle(Host(name="a.example", delay=60), stop)
    began = stop.ends = loop.time() + 5
    assert await host.turn() and not await host.turn() and not await host.gate()
    assert loop.time() < began


async def test_pace_halves_and_recovers_but_never_below_its_base() -> None:
    host = throttle.Throttle(Host(name="a.example", delay=2), Shutdown())
    host.slow_down(0)
    assert host.delay == 10
    host.slow_down(0)
    assert host.delay == 20
    for _ in range(throttle.RECOVERED * 10):
        host.good()
    assert host.delay == 2


async def test_host_is_left_after_failures_in_a_row_only() -> None:
    host = throttle.Throttle(Host(name="a.example"), Shutdown())
    for _ in range(throttle.FAILURES - 1):
        host.failed("status 500")
    host.good()
    for _ in range(throttle.FAILURES - 1):
        host.failed("status 500")
    assert host.left == ""
    host.failed("status 503")
    assert host.left == "left for another crawl after 5 failures in a row, the last: status 503"


@pytest.mark.process
async def test_turns_are_apart_and_broken_off_at_once() -> None:
    stop = Shutdown()
    host = throttle.Throttle(Host(name="a.example", delay=0.1), stop)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await asyncio.gather(*(host.turn() for _ in range(4))) == [True] * 4
    assert loop.time() - began >= 0.29
    slow = throttle.Throttle(Host(name="a.example", delay=50), stop)
    assert await slow.turn()
    waiting = asyncio.ensure_future(slow.turn()), asyncio.ensure_future(slow.gate())
    await asyncio.sleep(0)
    stop.softly()
    assert await waiting[1] is False and not waiting[0].done()
    stop.now()
    assert await waiting[0] is False


def test_causes_are_told_in_words() -> None:
    refused: Any = ConnectionRefusedError
    slow: Any = TimeoutError
    wrapped: Any = ResponseFailed
    failure: Any = Failure
    assert cause(refused()) == "connection refused"
    assert cause(slow()) == "connecting took too long"
    assert cause(wrapped([failure(ConnectionLost())])).startswith("ConnectionLost: ")
