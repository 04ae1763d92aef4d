"""``python -m tests.bench.scale [DIR [PAIRS]]``: how much faster two parse workers read an archive again than one.

DIR is a data folder; without it, one of PDF files is made. Pairs of runs are taken alternately, and the median of their
ratios counts; where other work wants the cores (a load above their number), it says nothing. The bound is what no
schedule can pass: the writer works alone, each worker parses one file at a time, and all share the cores.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from crawler.archive import Archive
from crawler.model import Capture, Page
from crawler.run import pool, session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.sources import Source
from crawler.worker import Worker
from tests.bodies import pdf_making
from tests.fold import world
from tests.fold.world import START, Site

FILES, SHEETS = 40, 12
"""PDF files of the archive that is made, and pages of each."""
WORKERS = 2
PAIRS = 5


class Timed(Worker):
    """A parse worker that notes how long it was waited for."""

    waited = 0.0

    def read(self, capture: Capture, source: Source) -> Page:
        """Parse a capture."""
        start = time.perf_counter()
        try:
            return super().read(capture, source)
        finally:
            self.waited += time.perf_counter() - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds of one rebuild: all of it, and of these those that its own worker parsed."""

    whole: float
    parsing: float

    def bound(self, workers: int) -> float:
        """Return how much faster at most this can be with so many workers on the cores of this machine."""
        cores = os.cpu_count() or 1
        return self.whole / max(self.whole - self.parsing, self.parsing / workers, self.whole / min(cores, workers + 1))


def rebuilt(data: Path, workers: int) -> Run:
    """Read an archive again, into a database beside it."""
    (data / DATABASE).unlink(missing_ok=True)
    with (
        Archive.open(data / ARCHIVE) as archive,
        pool.opened(workers, "") as beside,
        Timed(pool=beside) as worker,
    ):
        start = time.perf_counter()
        session.rebuild_into(data, archive, worker)
        return Run(whole=time.perf_counter() - start, parsing=worker.waited)


def made(data: Path) -> None:
    """Crawl PDF files of many words into an empty folder; the files say that they are samples."""
    site, links = Site(), [f"https://a.sample.invalid/report-{number}.pdf" for number in range(FILES)]
    site.feed([(link, f"Sample report {number} on forced labour", "A report.") for number, link in enumerate(links)])
    for number, link in enumerate(links):
        said = " ".join(f"Sample sentence {place} of report {number} on forced labour." for place in range(12))
        blocks = [(f"{part}. {said}", 11.0, False) for part in range(SHEETS * 5)]
        body = pdf_making.pdf(pdf_making.flowed(blocks, number=True), title=f"Sample report {number}")
        site.pages[link] = (200, "application/pdf", body)
    world.crawl(data, site, START)


def measure(data: Path, pairs: int) -> str:
    """Return what came of pairs of rebuilds."""
    ratios, bounds, shares = [], [], []
    for _ in range(pairs):
        one, many = rebuilt(data, 1), rebuilt(data, WORKERS)
        ratios.append(one.whole / many.whole)
        bounds.append(one.bound(WORKERS))
        shares.append(one.parsing / one.whole)
        print(f"{one.whole:6.1f} s, {many.whole:6.1f} s with {WORKERS} workers: {ratios[-1]:.2f} x", flush=True)
    ratio, bound = median(ratios), median(bounds)
    return (
        f"{ratio:.2f} x with {WORKERS} workers on {os.cpu_count()} cores; bound {bound:.2f} x (the parser has"
        f" {median(shares):.0%} of the time), {ratio / bound:.2f} of it; load {os.getloadavg()[0]:.1f}"
    )


def main() -> int:
    """Measure a folder, or one that is made."""
    given = sys.argv[1:]
    with TemporaryDirectory(prefix="roundup-scale-") as scratch:
        data = Path(scratch) / "data"
        if given:
            shutil.copytree(Path(given[0]) / ARCHIVE, data / ARCHIVE)
        else:
            made(data)
        print(measure(data, int(given[1]) if len(given) > 1 else PAIRS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
