"""``python -m tests.bench.site [DIR]``: what readers wait for at 200,000 documents, and what an export costs.

A public database is made of the sample world, multiplied (:mod:`tests.bench.grown`), and served on loopback. Four
readers ask for one page after another all the while, and look at each for PAUSE_SECONDS; each page type is timed beside
them, from the request to the last byte of the answer. What is in DIR already is used again: delete it to make it
anew. Linux only.
"""

import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from crawler.cli.serve import environment
from tests.bench import grown
from tests.bench.addresses import Addresses, addresses
from tests.bench.child import peak
from tests.sample import replayed, world

DOCUMENTS = 200_000
PORT = 8_911
READERS = 4
PAUSE_SECONDS = 0.2
SWAPS = 5
PAGES_CHECKED = 20
"""Pages that are compared before, during and after swaps."""
MIB = 2**20

MAX_MEDIAN_MS, MAX_P95_MS, MAX_TABLE_MS = 100, 300, 200
MAX_SITE_MIB, MAX_EXPORT_CPU_SECONDS = 200, 90
TABLES = frozenset({"table", "table, one value", "table, facets", "row", "readers' SQL"})
SEED = 3


@dataclass(slots=True)
class Timed:
    """What a page type took, in milliseconds, and its answers by status."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, status: int, seconds: float) -> None:
        self.milliseconds.append(seconds * 1_000)
        self.statuses[status] = self.statuses.get(status, 0) + 1


def main(arguments: Sequence[str]) -> int:
    """Run the parts of the benchmark; return 1 where something takes more than it may."""
    if arguments[:1] == ["--export"]:
        from crawler.export import export
        from tests.bench.child import cpu

        began = time.monotonic()
        export(Path(arguments[1]))
        print(json.dumps({"cpu": cpu(0), "wall": time.monotonic() - began, "peak": peak()}))
        return 0
    if arguments:
        return _measure(Path(arguments[0]))
    with tempfile.TemporaryDirectory(prefix="bench-site-") as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> int:
    private = _private(folder)
    public = private.with_name("public.db")
    missed = _exported(private, public)
    wanted = addresses(public)
    with _served(private) as server:
        before = _bodies(wanted)
        with _readers(wanted) as read:
            timed = _timed(wanted)
            missed += _swapped(public, before, wanted)
        memory, used = peak(server.pid) / MIB, _cpu_seconds(server.pid)
    missed += _printed(timed)
    answers = read.asked + sum(len(measured.milliseconds) for measured in timed.values())
    print(
        f"\nreaders: {read.asked} answers, {read.wrong} of them 5xx; site process at most {memory:.0f} MiB,"
        f" {used / answers * 1_000:.0f} CPU ms an answer; load {os.getloadavg()[0]:.1f}"
    )
    missed += [f"readers got {read.wrong} answers 5xx"] if read.wrong else []
    missed += [f"the site process took {memory:.0f} MiB"] if memory > MAX_SITE_MIB else []
    print("\n" + ("\n".join(f"MISSED: {what}" for what in missed) or "all targets are met"))
    return 1 if missed else 0


def _private(folder: Path) -> Path:
    """Return the large private database, made where it is not there."""
    large = folder / "large" / "roundup.db"
    if not large.is_file():
        large.parent.mkdir(parents=True, exist_ok=True)
        part = large.with_name("growing.db")
        part.unlink(missing_ok=True)
        began = time.monotonic()
        grown.grow(_small(folder / "small"), part, DOCUMENTS)
        part.replace(large)
        print(f"grown in {time.monotonic() - began:.0f} s", flush=True)
    return large


def _small(folder: Path) -> Path:
    """Return the private database of the sample world, made where it is not there."""
    data = folder / "data"
    if not data.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        warc = replayed.packed(folder)
        for name in world.MOMENTS:
            replayed.replay(data, warc, name)
    return data / "roundup.db"


def _exported(private: Path, public: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.site", "--export", str(private)], check=True, capture_output=True, text=True
    )
    cost = json.loads(done.stdout)
    sizes = f"{private.stat().st_size / MIB:,.0f} MiB private, {public.stat().st_size / MIB:,.0f} MiB public"
    print(
        f"export: {cost['cpu']:.1f} CPU s, {cost['wall']:.1f} s, at most {cost['peak'] / MIB:.0f} MiB; {sizes}"
        f"; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    is_over = cost["cpu"] > MAX_EXPORT_CPU_SECONDS
    return [f"an export took {cost['cpu']:.1f} CPU s, not {MAX_EXPORT_CPU_SECONDS}"] if is_over else []


@contextmanager
def _served(private: Path) -> Iterator[subprocess.Popen[bytes]]:
    options = ("--public-url=https://bench.example", "--authority=bench.example", f"--port={PORT}")
    command = [sys.executable, "-m", "crawler", "site", str(private.with_name("public.db")), *options]
    with (
        (private.parent / "site.log").open("wb") as log,
        subprocess.Popen(command, stderr=log, env=environment()) as server,
    ):
        try:
            while True:
                try:
                    ask("/about")
                    break
                except ConnectionError:
                    if server.poll() is not None:
                        raise SystemExit(f"the site did not start: see {log.name}") from None
                    time.sleep(0.2)
            yield server
        finally:
            server.terminate()


def _cpu_seconds(process: int) -> float:
    """Return the processor seconds that a process used up to now."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(path: str) -> tuple[int, bytes]:
    """Return status and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass(slots=True)
class Read:
    """What the readers got."""

    asked: int = 0
    wrong: int = 0


@contextmanager
def _readers(wanted: Addresses) -> Iterator[Read]:
    """Let readers ask for pages of every type, one after another."""
    done, read, lock = threading.Event(), Read(), threading.Lock()
    every = [path for name, paths in wanted.items() if name not in TABLES for path in paths]

    def reader(number: int) -> None:
        rng = random.Random(number)
        while not done.wait(PAUSE_SECONDS):
            status, _ = ask(rng.choice(every))
            with lock:
                read.asked += 1
                read.wrong += status >= 500

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield read
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _timed(wanted: Addresses) -> Mapping[str, Timed]:
    """Ask for each address once, in an order made by chance, so that no type is timed in one moment."""
    timed = {name: Timed() for name in wanted}
    order = [(name, path) for name, paths in wanted.items() for path in paths]
    random.Random(SEED).shuffle(order)
    for name, path in order:
        began = time.perf_counter()
        status, _ = ask(path)
        timed[name].add(status, time.perf_counter() - began)
    return timed


def _bodies(wanted: Addresses) -> Mapping[str, str]:
    """Return a digest of each of some pages that tell no time of day."""
    chosen = [*wanted["document"][:PAGES_CHECKED], *wanted["feed of a facet"][:PAGES_CHECKED]]
    return {path: sha256(ask(path)[1]).hexdigest() for path in chosen}


def _swapped(public: Path, before: Mapping[str, str], wanted: Addresses) -> list[str]:
    """Put the same file anew in its place, several times under the readers: each page must stay as it is."""
    wrong = 0
    for _ in range(SWAPS):
        beside = public.with_name("public.db.beside")
        shutil.copyfile(public, beside)
        beside.replace(public)
        wrong += sum(digest != before[path] for path, digest in _bodies(wanted).items())
    return [f"{wrong} pages were not as before a swap"] if wrong else []


def _printed(timed: Mapping[str, Timed]) -> list[str]:
    """Print what each page type took; return what took more than it may."""
    missed: list[str] = []
    print(f"\n{'page':32}{'median ms':>10}{'p95 ms':>10}  answers")
    for name, measured in timed.items():
        middle = statistics.median(measured.milliseconds)
        slow = statistics.quantiles(measured.milliseconds, n=20, method="inclusive")[-1]
        limit = MAX_TABLE_MS if name in TABLES else MAX_MEDIAN_MS
        print(f"{name:32}{middle:10.0f}{slow:10.0f}  {dict(sorted(measured.statuses.items()))}")
        if middle > limit or (slow > MAX_P95_MS and name not in TABLES):
            missed.append(f"{name}: median {middle:.0f} ms, p95 {slow:.0f} ms")
        if wrong := sum(number for status, number in measured.statuses.items() if status >= 400):
            missed.append(f"{name}: {wrong} answers are no pages")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
