"""``python -m tests.bench.sql [FILE]``: attacks on readers' SQL, one after the other, beside an honest reader.

Prints the time of each, that of an honest statement asked meanwhile, and what the process of the site grew by. FILE is
a public database; without it a small one is built, on which the attacks are known to be what they say.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from crawler.errors import RoundupError
from crawler.public.database import connect
from crawler.public.sql_process import SqlQuestion
from crawler.public.sql_worker import SqlWorkers
from tests.public import sql_world
from tests.public.sql_attacks import attacks

MAX_SECONDS, MAX_GROWTH_MIB, MAX_PAGE_MS = 2.0, 20, 100
PAUSE_SECONDS = 0.01


def resident_mib() -> float:
    """Return the memory that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 2**20


async def read_pages(path: Path, times: list[float]) -> None:
    """Ask what a page of the site asks, on a connection of the site, again and again."""
    connection = connect(path)
    while True:
        start = time.perf_counter()
        connection.execute("select * from documents where kind = 'guidance' order by n limit 50").fetchall()
        times.append(time.perf_counter() - start)
        await asyncio.sleep(PAUSE_SECONDS)


async def read_beside(workers: SqlWorkers, times: list[float]) -> None:
    """Ask an honest statement through the same processes, again and again."""
    while True:
        start = time.perf_counter()
        await workers.ask_in_loop(SqlQuestion(sql="select kind, count(*) from documents group by kind"))
        times.append(time.perf_counter() - start)
        await asyncio.sleep(PAUSE_SECONDS)


async def attack_all(workers: SqlWorkers) -> float:
    """Ask every attack, print what became of it, and return the seconds of the slowest."""
    slowest = 0.0
    for attack in attacks():
        start = time.perf_counter()
        try:
            answer = await workers.ask_in_loop(SqlQuestion(sql=attack.sql, params=attack.params))
            outcome = f"{len(answer.rows)} rows"
        except RoundupError as error:
            outcome = f"{type(error).__name__}: {error}"
        seconds = time.perf_counter() - start
        slowest = max(slowest, seconds)
        print(f"{seconds:6.3f} s  {attack.name:58.58}  {outcome:.90}")
    return slowest


async def run(path: Path) -> int:
    """Measure, print, and return the exit code."""
    pages: list[float] = []
    honest: list[float] = []
    with SqlWorkers(path) as workers:
        await workers.ask_in_loop(SqlQuestion(sql="select count(*) from documents"))
        before, start = resident_mib(), time.perf_counter()
        beside = [asyncio.create_task(read_pages(path, pages)), asyncio.create_task(read_beside(workers, honest))]
        slowest = await attack_all(workers)
        for task in beside:
            task.cancel()
        total, growth = time.perf_counter() - start, resident_mib() - before
    print(f"\nattacks: {total:.1f} s, slowest {slowest:.2f} s; the process of the site grew by {growth:.1f} MiB")
    wrong = [] if slowest <= MAX_SECONDS else [f"an attack took more than {MAX_SECONDS} s"]
    wrong += [] if growth <= MAX_GROWTH_MIB else [f"the process grew by more than {MAX_GROWTH_MIB} MiB"]
    for name, times in (("pages of the site", pages), ("honest statements", honest)):
        median, p95 = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000
        print(f"{name}: {len(times)}, median {median:.1f} ms, p95 {p95:.1f} ms, most {max(times) * 1000:.1f} ms")
        wrong += [] if p95 <= MAX_PAGE_MS else [f"p95 of {name} is above {MAX_PAGE_MS} ms"]
    print("\n".join(wrong) or "as it may be")
    return 1 if wrong else 0


def main() -> int:
    """Measure on the file that is named, or on one that is built."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else sql_world.build(Path(scratch) / "public.db")
        return asyncio.run(run(path))


if __name__ == "__main__":
    sys.exit(main())
