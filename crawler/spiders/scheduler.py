"""A crawl from its first request to its last: for each host with something to ask, as many at a time as it allows."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from crawler.run.crawl import Crawl
from crawler.run.under_way import Progress as Progress
from crawler.spiders import fetch
from crawler.spiders.network import Network
from crawler.spiders.session import Shutdown
from crawler.spiders.throttle import SLOW, Throttle
from crawler.store import frontier
from crawler.store.frontier import QueuedRequest, Requester
from crawler.text import counted

LOOKED_AT = 200
"""Queued requests of a host that are looked at: those that are next, listings first."""


async def tell(crawl: Crawl, pace: Throttle, host: str, unasked: Iterable[QueuedRequest]) -> None:
    """Say in the journal which sources wait for pages of a host that asks for long delays, or was left.

    It is noted at the address of the robots.txt. Where a list is among the pages, its source was not read in full.
    The pages stay queued; a host that is asked often enough gets no such note.

    Raises:
        StorageError: the journal could not be written.
    """
    if pace.asked < SLOW and not pace.left:
        return
    left = list(islice(_left(crawl, host, unasked), LOOKED_AT))
    askers = _askers(left)
    if not askers:
        return
    pages = f"{counted(len(left), 'page')} or more" if len(left) == LOOKED_AT else f"{len(left)} of its pages"
    why = f"asks for {pace.asked:g} seconds between two requests: within the {crawl.options.minutes:g} minutes of a"
    why = f"{pace.left};" if pace.left else f"{why} crawl"
    reason = f"{host} {why} {pages} could not be asked, and wait for the next"
    scheme = left[0].url.partition("://")[0]
    note = QueuedRequest(
        id=0,
        url=f"{scheme}://{host}/robots.txt",
        accept="",
        host=host,
        rank=frontier.LISTING,
        tries=0,
        askers=askers,
    )
    link = crawl.link(note, crawl.exchange_id(), 0)
    await crawl.failed(note, link, note.url, "slow", reason, final=False)


def _left(crawl: Crawl, host: str, unasked: Iterable[QueuedRequest]) -> Iterator[QueuedRequest]:
    yield from unasked
    while (wanted := crawl.take(host)) is not None:
        yield wanted


def _askers(left: Iterable[QueuedRequest]) -> tuple[Requester, ...]:
    """Return each source that waits once, as one that waits for a list if it waits for any."""
    lists: dict[str, bool] = {}
    for wanted in left:
        for asker in wanted.askers:
            lists[asker.source] = lists.get(asker.source, False) or wanted.rank == frontier.LISTING
    return tuple(
        Requester(
            source=source,
            role="listing" if is_list else "document",
            parent=None,
            facts={},
            token="",
            why="announced",
        )
        for source, is_list in sorted(lists.items(), key=lambda each: not each[1])
    )


LOOK = 0.05
"""Least seconds between two looks for hosts that have something new to ask."""
REPORT = 0.5
"""Least seconds between two reports of progress."""


def silent(what: str, done: int, total: int | None = None) -> None:
    """Show no progress."""


class Scheduler:
    """One crawl under way. The frontier in the database is the only queue."""

    def __init__(self, network: Network, progress: Progress = silent) -> None:
        self._network = network
        self._crawl: Crawl = network.crawl
        self._stop: Shutdown = network.stop
        self._progress = progress
        self._news = asyncio.Event()
        self._fresh = True
        self._workers: dict[asyncio.Task[None], str] = {}
        self._left: set[str] = set()
        self._unasked: dict[str, list[QueuedRequest]] = {}
        self._done = 0
        self._reported = 0.0

    async def run(self) -> None:
        """Ask everything there is to ask, or until it is stopped.

        Raises:
            StorageError: an answer could not be archived or applied; everything was broken off at once.
        """
        try:
            while self._fresh or self._workers:
                self._start_workers()
                if self._workers:
                    await self._news.wait()
                    self._news.clear()
                self._collect()
                await asyncio.sleep(LOOK)
        finally:
            for task in self._workers:
                task.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)
        if not self._stop.by_signal:
            for host, unasked in self._unasked.items():
                await tell(self._crawl, self._network.pace(host), host, unasked)
        self._report(now=True)

    def _start_workers(self) -> None:
        """Start workers for the hosts that have something to ask, if anything came in since the last look."""
        fresh, self._fresh = self._fresh, False
        if not fresh or self._stop.asked:
            return
        at_work = Counter(self._workers.values())
        for host in self._crawl.hosts():
            pace = self._network.pace(host)
            over = host in self._left or host in self._unasked
            for _ in range(0 if over else pace.host.concurrency - at_work[host]):
                task = asyncio.ensure_future(self._work(host, pace))
                task.add_done_callback(lambda _: self._news.set())
                self._workers[task] = host

    def _collect(self) -> None:
        """Drop the workers that are done; the first error of one is raised."""
        for task in [task for task in self._workers if task.done()]:
            del self._workers[task]
            task.result()

    async def _work(self, host: str, pace: Throttle) -> None:
        """Ask a host one thing after another until nothing is left or it is to be left alone."""
        while not self._stop.asked and not pace.left:
            wanted = self._crawl.take(host)
            if wanted is None:
                return
            if self._network.live and not await pace.gate() and not pace.left:
                self._unasked.setdefault(host, []).append(wanted)
                return
            if pace.left:
                await self._give_up(wanted, pace)
                break
            await fetch.ask(self._network, wanted)
            self._count()
        if pace.left:
            await self._leave(host, pace)

    async def _leave(self, host: str, pace: Throttle) -> None:
        """Say of the listings of a host why they are not read; its pages stay queued for another crawl."""
        if host in self._left:
            return
        self._left.add(host)
        while (wanted := self._crawl.take(host)) is not None and wanted.rank == frontier.LISTING:
            await self._give_up(wanted, pace)
        if wanted is not None:
            self._unasked.setdefault(host, []).append(wanted)

    async def _give_up(self, wanted: QueuedRequest, pace: Throttle) -> None:
        if wanted.rank == frontier.LISTING:
            link = self._crawl.link(wanted, self._crawl.exchange_id(), 0)
            await self._crawl.failed(wanted, link, wanted.url, "unreachable", pace.left)
            self._count()
        else:
            self._unasked.setdefault(wanted.host, []).append(wanted)

    def _count(self) -> None:
        self._done += 1
        self._fresh = True
        self._news.set()
        self._report()

    def _report(self, *, now: bool = False) -> None:
        time = asyncio.get_running_loop().time()
        if now or time - self._reported >= REPORT:
            self._reported = time
            waiting = frontier.queued(self._crawl.state.store)
            self._progress(self._slowest(waiting), self._done, self._done + sum(waiting.values()))

    def _slowest(self, waiting: Mapping[str, int]) -> str:
        """Say which host takes longest with what is queued now, and how long at its pace; of a replay nothing."""
        seconds = {host: number * self._network.pace(host).delay for host, number in waiting.items()}
        if not self._network.live or not seconds:
            return "requests"
        slowest = max(seconds, key=seconds.__getitem__)
        return f"requests; the slowest host is {slowest}, about {_about(seconds[slowest])}"


def _about(seconds: float) -> str:
    """Return a time to wait in words.

    >>> _about(20), _about(3000), _about(9000)
    ('a minute', '50 minutes', '2.5 hours')
    """
    if seconds < 90:
        return "a minute"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
