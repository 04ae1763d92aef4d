"""``python -m tests.bench.scale [DIR [PAIRS]]``: how much faster two parse workers read an archive again than one.

DIR is a data folder; without it, one of PDF files is made. Of 0 pairs one worker reads it once, and its rate is told.
Pairs of runs are taken alternately, and the median of their ratios counts. Where other work wants the cores (a load
above their number), seconds of the clock say nothing; so the ratio is also computed from processor seconds, as on idle
cores: the writer alone, its workers side by side. The bound is what no schedule can pass, by the seconds of the run
with one worker.
"""

import os
import resource
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
from crawler.store import Store
from crawler.worker import Worker
from tests.bodies import pdf_making
from tests.fold import world
from tests.fold.world import START, Site

FILES, SHEETS = 80, 12
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
    """One rebuild: seconds by the clock, those of them that its own worker parsed; processor seconds of both."""

    whole: float
    parsing: float
    writer: float
    workers: float
    documents: int

    def idle(self, workers: int) -> float:
        """Return the least seconds on idle cores; with one worker, writer and worker wait for each other."""
        together = self.writer + self.workers
        return together if workers == 1 else _least(self.writer, self.workers, workers)

    def rate(self) -> str:
        """Return how many documents a second one core reads again, with writer and worker on it."""
        seconds = self.writer + self.workers
        return f"{self.documents:,} documents in {seconds:.1f} processor s: {self.documents / seconds:.0f} a second"

    def bound(self, workers: int) -> float:
        """Return how much faster at most this can be with so many workers on the cores of this machine."""
        return self.whole / _least(self.whole - self.parsing, self.parsing, workers)


def _least(writing: float, parsing: float, workers: int) -> float:
    return max(writing, parsing / workers, (writing + parsing) / (os.cpu_count() or 1))


def rebuilt(data: Path, workers: int) -> Run:
    """Read an archive again, into a database beside it."""
    (data / DATABASE).unlink(missing_ok=True)
    start, own, children = time.perf_counter(), time.process_time(), _of_children()
    with (
        Archive.open(data / ARCHIVE) as archive,
        pool.opened(workers, "") as beside,
        Timed(pool=beside) as worker,
    ):
        session.rebuild_into(data, archive, worker)
        whole = time.perf_counter() - start
    used = {"writer": time.process_time() - own, "workers": _of_children() - children}
    with Store.open(data / DATABASE) as store:
        documents = int(store.value("select count(*) from documents"))
    return Run(whole=whole, parsing=worker.waited, **used, documents=documents)


def _of_children() -> float:
    """Return the processor seconds of the processes that were begun here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    ratios, idle, bounds = [], [], []
    for _ in range(pairs):
        one, many = rebuilt(data, 1), rebuilt(data, WORKERS)
        ratios.append(one.whole / many.whole)
        idle.append(one.idle(1) / many.idle(WORKERS))
        bounds.append(one.bound(WORKERS))
        print(
            f"{one.whole:6.1f} s, {many.whole:6.1f} s with {WORKERS} workers: {ratios[-1]:.2f} x;"
            f" by processor time {idle[-1]:.2f} x; writer {one.writer / one.idle(1):.0%}",
            flush=True,
        )
    ratio, of_idle, bound = median(ratios), median(idle), median(bounds)
    return (
        f"{ratio:.2f} x with {WORKERS} workers on {os.cpu_count()} cores, {of_idle:.2f} x by processor time;"
        f" bound {bound:.2f} x: {ratio / bound:.2f} and {of_idle / bound:.2f} of it; load {os.getloadavg()[0]:.1f}"
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
        pairs = int(given[1]) if len(given) > 1 else PAIRS
        print(measure(data, pairs) if pairs else rebuilt(data, 1).rate())
    return 0


if __name__ == "__main__":
    sys.exit(main())
