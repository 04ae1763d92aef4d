"""Downloads by the workers of a cluster: hands, not crawlers. Pace, robots, redirects, tries and archive stay here.

A request goes to a worker by Dask's ``run``, outside its scheduling of tasks: what is lost with a worker, or with its
answer, is never asked again by Dask, whatever its settings. Each worker downloads as a crawl on its machine would:
with the limits of a request, and by its own check of the address that it connects to. A private host is a service of
this machine, and is asked from here.
"""

import asyncio
import math
import os
import pickle
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import identifiers
from crawler.archive import Answer
from crawler.run.cluster import CONNECT, LOOK, Cluster, require, version
from crawler.sources import Host
from crawler.sources.validators import with_port
from crawler.spiders import settings
from crawler.spiders.engine import event_loop
from crawler.spiders.handlers import ANSWER, LIMITS, SENT, STOP, NetworkHandler
from crawler.spiders.network import Download
from crawler.spiders.session import Shutdown
from crawler.spiders.size_limits import SHORT
from crawler.spiders.spider import Roundup
from crawler.spiders.values import Limits, Sent, UnansweredError

BACK = 30.0
"""Seconds beyond those of a request after which its worker counts as lost: it has given up by then."""

HOSTS = 3
"""Hosts in a row that a worker cannot reach before it is asked last: it may have no route or no DNS."""
ASIDE = 300.0
"""Seconds for which it is asked last; a worker that was lost, or refuses, as well."""
KEPT = 3600.0
"""Seconds for which a worker keeps a long body that nobody comes for."""
SHARED = "ROUNDUP_CLUSTER_SHARES_LOOPBACK"
"""The variable that says, where it is set, that all workers run on this machine: they ask its private hosts, too."""

Downloaded = tuple[Answer | UnansweredError, float, float, str]
"""What became of a request, and seconds by the worker's clock: since it was sent, and since its answer began.

Under the last, where it is not empty, the worker keeps the body, which is left out.
"""


class Choice:
    """Which worker makes a request: the one with fewest under way, of those that have not just failed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.busy: Counter[str] = Counter()
        self._clock = clock
        self._unreached: defaultdict[str, set[str]] = defaultdict(set)
        self._failed: defaultdict[str, set[str]] = defaultdict(set)
        self._aside: dict[str, float] = {}

    def of(self, there: Sequence[str], host: str) -> str:
        """Return the worker for a host; who did not reach it comes behind the others, whoever is set aside, last."""
        now = self._clock()
        failed = self._failed.get(host, ())
        return min(there, key=lambda name: (self._aside.get(name, 0.0) > now, name in failed, self.busy[name]))

    def answered(self, worker: str, host: str) -> None:
        """Record that a worker had an answer of a host."""
        self._failed.pop(host, None)
        self._unreached.pop(worker, None)
        self._aside.pop(worker, None)

    def unreached(self, worker: str, host: str) -> None:
        """Record that a worker could not reach a host."""
        self._failed[host].add(worker)
        self._unreached[worker].add(host)
        if len(self._unreached[worker]) >= HOSTS:
            self.lost(worker)

    def lost(self, worker: str) -> None:
        """Record that a worker did not do what it was asked."""
        self._aside[worker] = self._clock() + ASIDE


class Hands:
    """The workers of a cluster, as what a crawl downloads with; ``own`` asks the hosts that are ``private``."""

    def __init__(self, cluster: Cluster, hosts: Mapping[str, Host], stop: Shutdown, own: Download) -> None:
        self._cluster = cluster
        self._stop = stop
        self._own = own
        private, none = frozenset(name for name, host in hosts.items() if host.private), frozenset[str]()
        self._here, self._private = (none, private) if os.environ.get(SHARED) else (private, none)
        self._there: list[str] = []
        self._looked = -LOOK
        self._choice = Choice(time.monotonic)
        self._prepared = asyncio.ensure_future(self._prepare())

    async def _prepare(self) -> None:
        """Let all workers import what they need, which would make the first requests late."""
        with suppress(Exception):
            await self._until(asyncio.wrap_future(self._cluster.ask(partial(self._cluster.client.run, _begun))), BACK)

    async def download(
        self, made: identifiers.Request, headers: Mapping[str, str], limits: Limits, sent: Sent
    ) -> Answer:
        """Make one request by the worker that has least to do.

        Raises:
            UnansweredError: no answer came, and why.
        """
        host = with_port(made.url)[1].lower()
        if host in self._here:
            return await self._own(made, headers, limits, sent)
        loop = asyncio.get_running_loop()
        await asyncio.wait({self._prepared})
        worker = self._choice.of(await self._workers(), host)
        packed = pickle.dumps((made, dict(headers), replace(limits, room=None), self._private))
        self._choice.busy[worker] += 1
        try:
            asked = self._asked(worker, download, version(), packed)
            found: Downloaded = pickle.loads(await self._until(asked, limits.seconds + BACK, worker))
            answer, since_sent, since_answer, kept = found
            sent(loop.time() - since_sent)
            if isinstance(answer, UnansweredError):
                if answer.passing:
                    self._choice.unreached(worker, host)
                raise answer
            self._choice.answered(worker, host)
            answer = replace(answer, time=datetime.now(UTC) - timedelta(seconds=since_answer))
            return replace(answer, body=await self._fetched(worker, kept, limits)) if kept else answer
        except UnansweredError:
            raise
        except Exception as error:  # whatever befell the worker, the scheduler or the way to them
            self._looked = -LOOK
            self._choice.lost(worker)
            sent(loop.time())
            reason = f"the worker of the cluster that asked it was lost ({type(error).__name__})"
            raise UnansweredError("unreachable", reason, passing=True) from error
        finally:
            self._choice.busy[worker] -= 1

    async def _fetched(self, worker: str, kept: str, limits: Limits) -> bytes:
        """Return a long body from its worker once there is room for it here."""
        if limits.room is not None:
            await self._until(asyncio.ensure_future(limits.room.take(limits.bytes)), None)
        body: bytes = await self._until(self._asked(worker, fetched, kept), limits.seconds + BACK, worker)
        return body

    def _asked(self, worker: str, function: Callable[..., Any], *given: object) -> asyncio.Future[Any]:
        call = partial(self._cluster.client.run, function, *given, workers=[worker])

        async def asked() -> Any:
            return (await call())[worker]

        return asyncio.wrap_future(self._cluster.ask(asked))

    async def _until(self, asked: asyncio.Future[Any], seconds: float | None, worker: str = "") -> Any:
        """Return what comes of something, which is cancelled where it is not waited for any more.

        A ``worker`` that is gone is not waited for: Dask tries half a minute to connect to one that died.
        """
        loop = asyncio.get_running_loop()
        end = math.inf if seconds is None else loop.time() + seconds
        waiting: set[asyncio.Future[Any]] = {asked, self._stop.hard}
        try:
            while True:
                left = min(end - loop.time(), LOOK if worker else math.inf)
                timeout = None if left == math.inf else max(left, 0.0)
                await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                if asked.done():
                    return asked.result()
                if self._stop.hard.done():
                    raise UnansweredError("lost", "stopped before it was answered")
                if loop.time() >= end:
                    raise TimeoutError
                if worker and (there := await self._look()) and worker not in there and not asked.done():
                    raise ConnectionError
        finally:
            asked.cancel()

    async def _look(self) -> Sequence[str]:
        """Return the workers that are there, looked up now and then; none where the scheduler does not answer."""
        now = asyncio.get_running_loop().time()
        if now - self._looked >= LOOK:
            self._looked = now
            looked = asyncio.wrap_future(self._cluster.ask(self._cluster.client.nthreads))
            try:
                self._there = list(await self._until(looked, CONNECT))
            except UnansweredError:
                raise
            except Exception:  # noqa: BLE001 - whatever befell the scheduler or the way to it
                self._there = []
        return self._there

    async def _workers(self) -> Sequence[str]:
        """Return the workers that are there; while there is none, wait for one."""
        while not (there := await self._look()):
            if not await self._stop.sleep(LOOK):
                raise UnansweredError("lost", "stopped before it was asked: the cluster has no workers")
        return there


# On a worker


_kept: dict[str, tuple[float, bytes]] = {}
"""Long bodies, each with when it was received."""


async def download(other: str, packed: bytes) -> bytes:
    """Make one request on a worker of the cluster; return what became of it (:data:`Downloaded`), pickled.

    Raises:
        ConfigError: the code here is another than that which asks.
    """
    require(other)
    found = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_download(*pickle.loads(packed)), _begin()))
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)


def fetched(kept: str) -> bytes:
    """Return a body that a worker kept, which lets it go."""
    return _kept.pop(kept)[1]


def _keep(body: bytes) -> str:
    now = time.monotonic()
    for old in [name for name, (since, _) in list(_kept.items()) if now - since > KEPT]:
        _kept.pop(old, None)
    name = token_hex(8)
    _kept[name] = now, body
    return name


async def _download(
    made: identifiers.Request, headers: Mapping[str, str], limits: Limits, private: frozenset[str]
) -> Downloaded:
    loop = asyncio.get_running_loop()
    sent = [loop.time()]
    meta = {LIMITS: limits, SENT: sent.append, STOP: loop.create_future()}
    request = Request(made.url, method=made.method, headers=dict(headers), body=made.body.encode(), meta=meta)
    try:
        await _handler(private).download_request(request)
    except UnansweredError as error:
        return error, loop.time() - sent[-1], 0.0, ""
    answer: Answer = request.meta[ANSWER]
    kept = _keep(answer.body) if len(answer.body) > SHORT else ""
    since_answer = (datetime.now(UTC) - answer.time).total_seconds()
    return replace(answer, body=b"") if kept else answer, loop.time() - sent[-1], since_answer, kept


@cache
def _handler(private: frozenset[str]) -> NetworkHandler:
    """Return what downloads: in it each address is checked when it is connected to."""
    crawler: Any = Crawler(Roundup, settings.settings(replay=False))
    crawler.spider = SimpleNamespace(hosts={name: Host(name=name, private=True) for name in private})
    return NetworkHandler(crawler)


def _begun() -> None:
    _begin()


_once = threading.Lock()


def _begin() -> asyncio.AbstractEventLoop:
    """Return the event loop of Twisted, which runs in a thread of its own beside that of Dask."""
    with _once:
        return _running()


@cache
def _running() -> asyncio.AbstractEventLoop:
    loop, ready = asyncio.new_event_loop(), threading.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        event_loop()
        loop.call_soon(ready.set)
        loop.run_forever()

    threading.Thread(target=run, name="twisted", daemon=True).start()
    ready.wait()
    return loop
