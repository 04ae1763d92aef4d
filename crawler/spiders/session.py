"""A crawl, opened and closed again around whatever drives it, and ended: softly (nothing new is begun), or at once."""

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

from crawler.archive import Replay
from crawler.run import pool, session
from crawler.run.cluster import Cluster
from crawler.run.crawl import Crawl
from crawler.run.opening import clock_of
from crawler.run.options import ARCHIVE, Options
from crawler.run.redact import planning
from crawler.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A crawl that was begun, the captures it reads instead of the network, if it does, and the cluster it has."""

    crawl: Crawl
    replay: Replay | None
    cluster: Cluster | None = None


@contextmanager
def open_crawl(options: Options, progress: session.Progress = session.silent) -> Iterator[Opened]:
    """Return a crawl that was begun, or one that was killed and is gone on with. Whoever drives it ends it.

    Raises:
        LockedError: another crawl or rebuild is running.
        StorageError: a file is damaged or cannot be written.
        ConfigError: the registry does not fit the archive.
    """
    read = (options.data / ARCHIVE, *options.replay)
    with (
        session.lock(options.data),
        pool.opened(options.workers, options.cluster, *read) as beside,
        Worker(pool=beside) as worker,
    ):
        planning.apply(options.data, options.decisions, worker, progress)
        replay = Replay.open(options.replay, options.as_of) if options.replay else None
        with session.open_state(options.data, worker, progress) as state:
            parse = planning.parser(session.reader(worker))
            crawl = Crawl(state, options, session.reader_in_loop(worker), parse, None if options.live else beside)
            crawl.begin(
                clock_of(options, replay.newest if replay else None), f"x{token_hex(3)}" if options.live else ""
            )
            yield Opened(crawl=crawl, replay=replay, cluster=beside if isinstance(beside, Cluster) else None)
        planning.apply(options.data, options.decisions, worker, progress)  # Copies that this crawl met.


class Shutdown:
    """Two futures that everything waits for. To be made inside a running event loop.

    ``ends`` is when, by the clock of the loop, nothing new will be begun any more.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.soft: asyncio.Future[None] = loop.create_future()
        self.hard: asyncio.Future[None] = loop.create_future()
        self.by_signal = False
        self.ends = math.inf

    @property
    def asked(self) -> bool:
        """Return whether nothing new is to be begun."""
        return self.soft.done()

    def softly(self) -> None:
        """Begin nothing new; what is under way is finished."""
        if not self.soft.done():
            self.soft.set_result(None)

    def now(self) -> None:
        """Break off what is under way, too."""
        self.softly()
        if not self.hard.done():
            self.hard.set_result(None)

    def on_signal(self) -> None:
        """Stop softly the first time, at once the second."""
        self.by_signal = True
        if self.asked:
            self.now()
        self.softly()

    async def sleep(self, seconds: float, *, through: bool = False) -> bool:
        """Wait; return whether it was for the whole time. ``through``: a soft stop does not wake it."""
        wake = self.hard if through else self.soft
        if seconds > 0 and not wake.done():
            await asyncio.wait({wake}, timeout=seconds)
        return not wake.done()
