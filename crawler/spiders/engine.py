"""One crawl from start to end, in this process."""

import asyncio
import gc
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from crawler.run.options import Options
from crawler.spiders import scheduler, settings
from crawler.spiders.session import Opened, open_crawl
from crawler.spiders.spider import Roundup
from crawler.store import crawls

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """What became of a crawl: its id, the outcome of each source it walked, and whether a signal ended it early."""

    crawl: str
    outcomes: Mapping[str, str]
    interrupted: bool


def crawl(options: Options, *, progress: scheduler.Progress = scheduler.silent) -> CrawlResult:
    """Make one crawl, from begin to end, and return what became of it. Blocks; can be called again.

    After ``options.minutes`` nothing new is asked; the same at SIGINT or SIGTERM, and at the second of them what is
    under way is broken off, too. In each case the crawl is ended in order.

    Raises:
        LockedError: another crawl or rebuild is running.
        StorageError: the archive or the database could not be written. Everything was broken off at once, and the next
            crawl goes on where this one stopped.
        ConfigError: the registry does not fit the archive.
    """
    # Scrapy and Twisted stay until the end: the collector need not look through them with every page.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    with open_crawl(options, progress) as under_way:
        interrupted = _run(under_way, progress)
        under_way.crawl.end("interrupted" if interrupted else "ended")
        runs = crawls.runs(under_way.crawl.state.store, under_way.crawl.id)
        outcomes = {str(run["source"]): str(run["outcome"]) for run in runs}
        return CrawlResult(crawl=under_way.crawl.id, outcomes=outcomes, interrupted=interrupted)


def _run(under_way: Opened, progress: scheduler.Progress) -> bool:
    """Run a crawl by Scrapy; return whether a signal ended it early."""
    loop = event_loop()

    async def main() -> bool:
        runner = AsyncCrawlerRunner(settings.settings(replay=under_way.replay is not None))
        scrapy = runner.create_crawler(Roundup)
        running = runner.crawl(scrapy, under_way=under_way, progress=progress)
        with _signals(loop, scrapy):
            await running
        spider = scrapy.spider
        assert isinstance(spider, Roundup) and spider.work is not None and spider.stop is not None
        spider.work.result()
        return spider.stop.by_signal

    return loop.run_until_complete(main())


def event_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop under Twisted's reactor, which is started once a process and never stopped.

    A reactor that was run cannot be run again; one that is only started serves as many crawls as are wanted. It has no
    threads of its own here: names are resolved by asyncio.
    """
    install_reactor(settings.TWISTED_REACTOR)
    from twisted.internet import reactor

    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    asyncio.set_event_loop(loop)
    return loop


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, scrapy: object) -> Iterator[None]:
    """End the crawl in order on signals, where this is the main thread, which alone gets them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop() -> None:
        spider = getattr(scrapy, "spider", None)
        if isinstance(spider, Roundup) and spider.stop is not None:
            spider.stop.on_signal()

    for each in SIGNALS:
        loop.add_signal_handler(each, stop)
    try:
        yield
    finally:
        for each in SIGNALS:
            loop.remove_signal_handler(each)
