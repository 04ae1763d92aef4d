"""A crawl from its first request to its last: for each host with something to ask, as many at a time as it allows."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Protocol

from crawler.run.crawl import Crawl
from crawler.spiders import asking
from crawler.spiders.network import Network
from crawler.spiders.pace import Pace
from crawler.spiders.stop import Stop
from crawler.store import frontier

LOOK = 0.05
"""Least seconds between two looks for hosts that have something new to ask."""
REPORT = 0.5
"""Least seconds between two reports of progress."""


class Progress(Protocol):
    """Shows what is being done: a text, how much of it is done, and of how much (None: unknown)."""

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Show it."""
        ...


def silent(what: str, done: int, total: int | None = None) -> None:
    """Show no progress."""


class Drive:
    """One crawl under way. The frontier in the database is the only queue."""

    def __init__(self, network: Network, progress: Progress = silent) -> None:
        self._network = network
        self._crawl: Crawl = network.crawl
        self._stop: Stop = network.stop
        self._progress = progress
        self._news = asyncio.Event()
        self._workers: Counter[str] = Counter()
        self._left: set[str] = set()
        self._done = 0
        self._reported = 0.0

    async def run(self) -> None:
        """Ask everything there is to ask, or until it is stopped.

        Raises:
            StorageError: an answer could not be archived or applied; everything was broken off at once.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                while self._start_workers(tasks):
                    await self._news.wait()
                    self._news.clear()
                    await asyncio.sleep(LOOK)
        except ExceptionGroup as group:
            raise _first(group) from None
        self._report(now=True)

    def _start_workers(self, tasks: asyncio.TaskGroup) -> bool:
        """Start workers for the hosts that have something to ask; False where nobody is at work and nothing is left."""
        if not self._stop.asked:
            for host in self._crawl.hosts():
                pace = self._network.pace(host)
                for _ in range(pace.host.concurrency - self._workers[host] if host not in self._left else 0):
                    self._workers[host] += 1
                    tasks.create_task(self._work(host, pace))
        return self._workers.total() > 0

    async def _work(self, host: str, pace: Pace) -> None:
        """Ask a host one thing after another until nothing is left or it is to be left alone."""
        while not self._stop.asked:
            if pace.left:
                await self._leave(host, pace)
                break
            if self._network.live and not await pace.gate():
                break
            wanted = self._crawl.take(host)
            if wanted is None:
                break
            await asking.ask(self._network, wanted)
            self._count()
            self._news.set()
        self._workers[host] -= 1
        if not self._workers.total():
            self._news.set()

    async def _leave(self, host: str, pace: Pace) -> None:
        """Say of the listings of a host why they are not read; its pages stay queued for another crawl."""
        if host in self._left:
            return
        self._left.add(host)
        while (wanted := self._crawl.take(host)) is not None and wanted.rank == frontier.LISTING:
            link = self._crawl.link(wanted, self._crawl.exchange_id(), 0)
            await self._crawl.failed(wanted, link, wanted.url, "unreachable", pace.left)
            self._count()

    def _count(self) -> None:
        self._done += 1
        self._report()

    def _report(self, *, now: bool = False) -> None:
        time = asyncio.get_running_loop().time()
        if now or time - self._reported >= REPORT:
            self._reported = time
            self._progress("requests", self._done, self._done + frontier.queued(self._crawl.state.store))


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """Give the error that broke everything off."""
    error: Exception = group
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
