"""Who parses ahead of the fold: threads with a parse worker each, or the machines of a cluster."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import LifoQueue

from crawler.worker import Answers, Pool, Question, Worker

MOST = 4
"""Parse workers of one machine, where nobody says how many: more wait for the one writer but with PDF files."""
LARGE = 8 * 2**20
"""Bytes of an archive from which on more than one pays: each takes half a second to start."""


class Threads:
    """So many threads with a parse worker each, which keeps its limits; a worker begins when it is first needed."""

    captures = 1
    bytes = 0

    def __init__(self, count: int) -> None:
        self.width = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="parse")
        self._workers = [Worker() for _ in range(count)]
        self._idle: LifoQueue[Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, questions: Sequence[Question]) -> Callable[[], Answers]:
        """Have captures parsed; what it returns waits for the answers."""
        return self._threads.submit(self._parse, questions).result

    def _parse(self, questions: Sequence[Question]) -> Answers:
        worker = self._idle.get()
        try:
            return worker.answers(questions)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            if worker.process is not None:
                with suppress(ProcessLookupError):
                    os.kill(worker.process, signal.SIGKILL)
        self._threads.shutdown()
        for worker in self._workers:
            worker.close()


@contextmanager
def opened(workers: int | None, cluster: str, *read: Path) -> Iterator[Pool | None]:
    """Open a pool of so many workers, or the cluster at an address; None where one worker parses it all.

    ``read`` are the files and directories that are read: where nobody says how many, it depends on their size.

    Raises:
        ConfigError: there is no such cluster, or it has other code.
    """
    if cluster:
        from crawler.run.cluster import Cluster

        with Cluster.opened(cluster) as found:
            yield found
        return
    count = _enough(read) if workers is None else workers
    if count < 2:
        yield None
        return
    threads = Threads(count)
    try:
        yield threads
    finally:
        threads.close()


def _enough(read: Sequence[Path]) -> int:
    """Return how many workers pay."""
    files = (file for path in read for file in ([path] if path.is_file() else path.glob("*.warc.gz")))
    large = sum(file.stat().st_size for file in files) >= LARGE
    return min(MOST, os.cpu_count() or 1) if large else 1
