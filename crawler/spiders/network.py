"""Everything that is asked goes through here: robots.txt first, at the pace of its host, few at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler import __version__
from crawler.archive import Answer, Exchange, decode
from crawler.errors import ParseError
from crawler.identifiers import Request
from crawler.model import FORM
from crawler.run.crawl import Crawl
from crawler.sources import Host
from crawler.sources.validators import with_port
from crawler.spiders import redirects, robots, throttle
from crawler.spiders.robots import Rules
from crawler.spiders.session import Shutdown
from crawler.spiders.throttle import Throttle
from crawler.spiders.values import Limits, Memory, Room, Sent, UnansweredError
from crawler.store.frontier import host_of

IN_FLIGHT = 16
"""Requests that are under way at one time, over all hosts."""

LONG = 32 * 1024 * 1024
"""Bytes of bodies of more than a mebibyte that are in memory at one time, from their last byte until they were applied.

One that is longer by itself is alone there.
"""

Download = Callable[[Request, Mapping[str, str], Limits, Sent], Awaitable[Answer]]
"""Makes one request, and tells when it was sent; raises UnansweredError."""


class Network:
    """What a crawl asks servers, or the captures of a replay, which knows no pace."""

    def __init__(self, crawl: Crawl, download: Download, stop: Shutdown) -> None:
        self.crawl = crawl
        self.stop = stop
        self.live = crawl.options.live
        self.hosts = crawl.options.registry.hosts
        self.allowed = redirects.allowed_hosts(crawl.options.registry)
        self._download = download
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._memory = Memory(LONG)
        self._paces: dict[str, Throttle] = {}
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._agent = f"{robots.AGENT}/{__version__} (+{crawl.options.registry.settings.contact})"

    def pace(self, host: str) -> Throttle:
        """Return the pace of a host, named as the frontier names it: with its port where the address has one."""
        found = self._paces.get(host)
        if found is None:
            name, full = with_port(f"http://{host}/")
            entry = self.hosts.get(full) or self.hosts.get(name) or Host(name=host)
            found = self._paces[host] = Throttle(entry, self.stop)
        return found

    def room(self) -> Room:
        """Return what lets a long body wait until others are done with."""
        return Room(self._memory)

    async def get(
        self, request: Request, headers: Mapping[str, str], room: Room, *, largest: int | None = None
    ) -> Answer:
        """Make one request when it is the turn of its host; whoever asks gives back the ``room``.

        Raises:
            UnansweredError: no answer came, and why.
        """
        pace = self.pace(host_of(request.url))
        if self.live and not await pace.turn():
            raise UnansweredError("lost", "stopped before it was asked")
        most = min(largest or pace.host.max_bytes, pace.host.max_bytes)
        limits = Limits(seconds=pace.host.timeout, bytes=most, room=room)
        async with self._slots:
            return await self._download(request, self._headers(request, headers), limits, pace.sent)

    def _headers(self, request: Request, more: Mapping[str, str]) -> dict[str, str]:
        parts = urlsplit(request.url)
        host = parts.netloc.rpartition("@")[2].removesuffix({"http": ":80", "https": ":443"}[parts.scheme])
        about = {"Content-Type": request.media or FORM} if request.method == "POST" else {}
        return {"Host": host, "User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", **about, **more}

    async def rules(self, url: str) -> Rules:
        """Return what robots.txt says for an address; it is asked for once."""
        origin = robots.origin(url)
        task = self._rules.get(origin)
        if task is None:
            task = self._rules[origin] = asyncio.ensure_future(self._read_rules(origin))
        return await task

    async def _read_rules(self, origin: str) -> Rules:
        rules = await self._follow(f"{origin}/robots.txt")
        if self.live:
            pace = self.pace(host_of(origin))
            pace.crawl_delay(rules.delay)
            if rules.closed:
                pace.leave(rules.closed)
        return rules

    async def _follow(self, url: str) -> Rules:
        """Return the rules behind an address, through its redirects."""
        seen = [url]
        while True:
            try:
                status, stated, body = await self._robots(seen[-1])
            except UnansweredError as error:
                return await self._without(seen[-1], error)
            if stated is None:
                return robots.read(status, body)
            target = redirects.target(seen[-1], stated)
            if len(seen) > redirects.HOPS:
                return robots.OPEN
            if reason := redirects.refusal(target, seen, self.allowed, self.hosts.values()):
                return Rules(closed=f"robots.txt could not be had: {seen[-1]} redirects to {target}: {reason}")
            seen.append(target)

    async def _without(self, url: str, error: UnansweredError) -> Rules:
        """Return the rules where there is no answer: nothing is allowed, but a replay may lack them."""
        if error.kind == "not-recorded":
            return robots.OPEN
        await self.crawl.robots_failed(url, error.reason)
        return Rules(closed=f"robots.txt could not be had: {error.reason}", kind=error.kind)

    async def _robots(self, url: str) -> tuple[int, str | None, bytes | None]:
        """Return status, redirect and body (None where cut) of a robots.txt, after as many tries as it takes."""
        known = self.crawl.known_robots(url)
        if known is not None:
            return _read_again(known)
        pace = self.pace(host_of(url))
        for attempt in range(throttle.MAX_TRIES):
            final = attempt == throttle.MAX_TRIES - 1 or not self.live or self.stop.asked
            room = self.room()
            try:
                answer = await self.get(Request(url=url), {}, room, largest=robots.MAX_ROBOTS_BYTES)
                await self._archive(answer, url)
            except UnansweredError as error:
                if final or not error.passing or not await self.stop.sleep(pace.step * (attempt + 1)):
                    raise
                continue
            finally:
                room.give_back()
            wait = None if final else throttle.wait(answer, pace.step, attempt, datetime.now(UTC))
            if wait is None or not await self.stop.sleep(wait):
                return answer.status, redirects.location(answer), _decoded(answer)
        raise AssertionError("the last try returns or raises")

    async def _archive(self, answer: Answer, url: str) -> None:
        if self.live or self.crawl.is_newer(url, "", answer.time):
            await self.crawl.robots(answer)


def _decoded(answer: Answer) -> bytes | None:
    """Return the body of a robots.txt; cut at our limit it is good enough, broken off it is not."""
    if answer.truncated not in ("", "length"):
        return None
    try:
        return decode(answer.headers, answer.body, url=answer.url)
    except ParseError:
        return None


def _read_again(known: Exchange) -> tuple[int, str | None, bytes | None]:
    """Return what :meth:`Network._robots` gave before this crawl was killed."""
    whole = known.truncated in ("", "length") and not known.undecodable
    stated = next((value for name, value in known.headers if name.lower() == "location"), None)
    is_redirect = redirects.is_redirect(known.status)
    return known.status, stated if is_redirect else None, known.body if whole else None
