"""Downloads by the workers of a cluster: hands, not crawlers. Pace, robots, redirects, tries and archive stay here.

A request goes to a worker by Dask's ``run``, outside its scheduling of tasks: what is lost with a worker, or with its
answer, is never asked again by Dask, whatever its settings. Each worker downloads as a crawl on its machine would:
with the limits of a request, and by its own check of the address that it connects to.
"""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import identifiers
from crawler.archive import Answer
from crawler.run.cluster import Cluster
from crawler.sources import Host
from crawler.spiders import settings
from crawler.spiders.engine import event_loop
from crawler.spiders.handlers import ANSWER, LIMITS, SENT, STOP, NetworkHandler
from crawler.spiders.network import IN_FLIGHT
from crawler.spiders.shutdown import Shutdown
from crawler.spiders.spider import Roundup
from crawler.spiders.values import Limits, Sent, UnansweredError

BACK = 30.0
"""Seconds beyond those of a request after which its worker counts as lost: it has given up by then."""

LOOK = 2.0
"""Seconds after which it is looked again which workers there are."""

Downloaded = tuple[Answer | UnansweredError, float, float]
"""What became of a request, and seconds by the worker's clock: since it was sent, and since its answer began."""


class Hands:
    """The workers of a cluster, as what a crawl downloads with."""

    def __init__(self, cluster: Cluster, hosts: Mapping[str, Host], stop: Shutdown) -> None:
        self._cluster = cluster
        self._stop = stop
        self._private = frozenset(name for name, host in hosts.items() if host.private)
        self._threads = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="hands")
        self._there: list[str] = []
        self._looked = -LOOK
        self._busy: Counter[str] = Counter()

    @classmethod
    @contextmanager
    def opened(cls, cluster: Cluster, hosts: Mapping[str, Host], stop: Shutdown) -> Iterator[Self]:
        """Let all workers import what they need, which would make the first requests late; in the end begin no more."""
        cluster.client.run(_prepare)
        found = cls(cluster, hosts, stop)
        try:
            yield found
        finally:
            found._threads.shutdown(wait=False, cancel_futures=True)

    async def download(
        self, made: identifiers.Request, headers: Mapping[str, str], limits: Limits, sent: Sent
    ) -> Answer:
        """Make one request by the worker that has least to do.

        Raises:
            UnansweredError: no answer came, and why.
        """
        loop = asyncio.get_running_loop()
        worker = await self._least_busy()
        self._busy[worker] += 1
        packed = pickle.dumps((made, dict(headers), replace(limits, room=None), self._private))
        running = loop.run_in_executor(
            self._threads, partial(self._cluster.client.run, download, packed, workers=[worker])
        )
        waiting: set[asyncio.Future[Any]] = {running, self._stop.hard}
        try:
            await asyncio.wait(waiting, timeout=limits.seconds + BACK, return_when=asyncio.FIRST_COMPLETED)
            if self._stop.hard.done() and not running.done():
                raise UnansweredError("lost", "stopped before it was answered")
            if not running.done():
                raise TimeoutError
            found: Downloaded = pickle.loads(running.result()[worker])
        except UnansweredError:
            raise
        except Exception as error:  # whatever befell the worker, the scheduler or the way to them
            self._looked = -LOOK
            sent(loop.time())
            reason = f"the worker of the cluster that asked it was lost ({type(error).__name__})"
            raise UnansweredError("unreachable", reason, passing=True) from error
        finally:
            self._busy[worker] -= 1
        answer, since_sent, since_answer = found
        sent(loop.time() - since_sent)
        if isinstance(answer, UnansweredError):
            raise answer
        return replace(answer, time=datetime.now(UTC) - timedelta(seconds=since_answer))

    async def _least_busy(self) -> str:
        """Return the worker with fewest requests under way; while there is none, wait for one.

        Raises:
            UnansweredError: none came before the crawl was to end.
        """
        loop = asyncio.get_running_loop()
        while not self._there or loop.time() - self._looked >= LOOK:
            self._looked = loop.time()
            self._there = await loop.run_in_executor(self._threads, self._cluster.workers)
            if not self._there and not await self._stop.sleep(LOOK):
                raise UnansweredError("lost", "stopped before it was asked: the cluster has no workers")
        return min(self._there, key=lambda name: self._busy[name])


# On a worker


async def download(packed: bytes) -> bytes:
    """Make one request on a worker of the cluster; return what became of it (:data:`Downloaded`), pickled."""
    found = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_download(*pickle.loads(packed)), _begin()))
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)


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
        return error, loop.time() - sent[-1], 0.0
    answer: Answer = request.meta[ANSWER]
    return answer, loop.time() - sent[-1], (datetime.now(UTC) - answer.time).total_seconds()


@cache
def _handler(private: frozenset[str]) -> NetworkHandler:
    """Return what downloads: in it each address is checked when it is connected to."""
    crawler: Any = Crawler(Roundup, settings.settings(replay=False))
    crawler.spider = SimpleNamespace(hosts={name: Host(name=name, private=True) for name in private})
    return NetworkHandler(crawler)


def _prepare() -> None:
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
