"""One crawl in a process of its own, which prints what it cost: ``python -m tests.bench.child ours|bare …``.

Memory is read from /proc (Linux): the peak that ``getrusage`` gives counts that of the parent before ``exec``, too.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any


def peak(process: int | str = "self") -> int:
    """Return the largest resident memory of a process up to now, in bytes; 0 where it is gone."""
    try:
        found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return 0
    return int(found[1]) * 1024 if found else 0


def children() -> list[int]:
    """Return the numbers of the processes that this one began, by any of its threads."""
    return [int(each) for told in Path("/proc/self/task").glob("*/children") for each in told.read_text().split()]


def cpu(who: int) -> float:
    """Return the processor seconds of this process, or of its children that ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def ours(data: str, sources: str) -> dict[str, Any]:
    """Crawl as ``roundup crawl`` does; ``cpu`` is without ``export``, that of the public database and the feeds."""
    from crawler.run.options import Options
    from crawler.run.publish import feeds
    from crawler.sources import loads
    from crawler.spiders.engine import crawl

    worker = 0

    def look(what: str, done: int, total: int | None = None) -> None:
        nonlocal worker
        worker = max([worker, *(peak(child) for child in children())])

    text = Path(sources).read_text("utf-8")
    registry = loads(text, sources)
    result = crawl(Options(data=Path(data), registry=registry, sources_text=text), progress=look)
    crawled, memory = cpu(resource.RUSAGE_SELF), peak()
    feeds(Path(data), registry.settings)
    return {
        "outcomes": dict(result.outcomes),
        "worker": worker,
        "memory": memory,
        "export": cpu(resource.RUSAGE_SELF) - crawled,
    }


def bare(url: str, count: str) -> dict[str, Any]:
    """Ask for the same documents with a Scrapy spider that does nothing with them."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        got = 0

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(int(count)):
                yield scrapy.Request(f"{url}/d/{number}")

        def parse(self, response):  # type: ignore[no-untyped-def]
            Bare.got += 1

    concurrency = {"CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0}
    process = CrawlerProcess({**concurrency, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    process.start()
    return {"got": Bare.got}


if __name__ == "__main__":
    found = {"ours": ours, "bare": bare}[sys.argv[1]](*sys.argv[2:])
    own, worker = cpu(resource.RUSAGE_SELF), cpu(resource.RUSAGE_CHILDREN)
    print(json.dumps({"memory": peak(), **found, "cpu": own + worker - found.get("export", 0), "cpu_worker": worker}))
