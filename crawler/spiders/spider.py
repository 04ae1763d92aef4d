"""The one spider: it walks all sources, taking its requests from the frontier in the database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler import identifiers
from crawler.archive import Answer
from crawler.run import files
from crawler.run.options import Options, check
from crawler.spiders import scheduler
from crawler.spiders.handlers import ANSWER, LIMITS, SENT, STOP
from crawler.spiders.network import Download, Network
from crawler.spiders.session import Opened, Shutdown, open_crawl
from crawler.spiders.values import Limits, Sent

ROUND_THE_SCHEDULER: tuple[Request, ...] = ()
"""What Scrapy's scheduler gets to do: nothing; ``start`` has to be a generator all the same."""


class Roundup(scrapy.Spider):
    """Walks all sources of a registry.

    ``scrapy crawl roundup -a data=DIR -a sources=FILE`` opens the data directory itself; :func:`engine.crawl` hands
    over a crawl that is open. ``work`` is what it does, once it has begun.
    """

    name = "roundup"

    def __init__(
        self, *, data: str = "data", sources: str = "", minutes: str = "50",
        under_way: Opened | None = None, progress: scheduler.Progress = scheduler.silent, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(**kwargs)
        self.options = _options(data, sources, minutes) if under_way is None else under_way.crawl.options
        self.hosts = self.options.registry.hosts
        self.replay = None if under_way is None else under_way.replay
        self.stop: Shutdown | None = None
        self.work: asyncio.Task[None] | None = None
        self._under_way = under_way
        self._progress = progress

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Roundup:
        """Return the spider of a Scrapy process; where that ends early, it waits until the crawl is closed in order."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.finished, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Do everything; yields no request to Scrapy's scheduler, which has no part in this."""
        self.stop = Shutdown()
        self.work = asyncio.ensure_future(self._standalone() if self._under_way is None else self._drive())
        try:
            await asyncio.wait({self.work})
        except asyncio.CancelledError:
            self.stop.now()
            raise
        if self._under_way is None:
            self.work.result()
        for request in ROUND_THE_SCHEDULER:
            yield request

    async def finished(self) -> None:
        """Wait until the work is over."""
        if self.work is not None:
            await asyncio.wait({self.work})

    async def _standalone(self) -> None:
        with open_crawl(self.options) as self._under_way:
            await self._drive()
            self._under_way.crawl.end("interrupted" if self.stop and self.stop.hard.done() else "ended")

    async def _drive(self) -> None:
        assert self._under_way is not None and self.stop is not None
        loop = asyncio.get_running_loop()
        self.stop.ends = loop.time() + self.options.minutes * 60
        deadline = loop.call_at(self.stop.ends, self.stop.softly)
        try:
            network = Network(self._under_way.crawl, self._downloads(self._under_way, self.stop), self.stop)
            await scheduler.Scheduler(network, self._progress).run()
        finally:
            deadline.cancel()

    def _downloads(self, under_way: Opened, stop: Shutdown) -> Download:
        """Return what downloads: this process, or the workers of a cluster."""
        if under_way.cluster is None or under_way.replay is not None:
            return self._download
        from crawler.spiders.hands import Hands

        return Hands(under_way.cluster, self.hosts, stop, self._download).download

    async def _download(
        self, made: identifiers.Request, headers: Mapping[str, str], limits: Limits, sent: Sent
    ) -> Answer:
        """Make one request through Scrapy."""
        assert self.stop is not None
        meta = {LIMITS: limits, SENT: sent, STOP: self.stop.hard}
        request = Request(made.url, method=made.method, headers=dict(headers), body=made.body.encode(), meta=meta)
        await self.crawler.engine.download_async(request)
        answer: Answer = request.meta[ANSWER]
        return answer


def _options(data: str, sources: str, minutes: str) -> Options:
    """Return the options of a crawl that Scrapy's own command line starts."""
    path = Path(sources) if sources else files.default_sources()
    found = files.configured(path, os.environ)
    decisions, text = files.decided(None, path)
    options = Options(
        data=Path(data),
        registry=found.registry,
        sources_text=found.sources,
        local_text=found.local,
        decisions=decisions,
        decisions_text=text,
        minutes=float(minutes),
    )
    check(options)
    return options
