"""A real Dask scheduler with workers on the loopback interface, each in a process of its own; and 40 hosts to crawl."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.errors import ConfigError
from crawler.run.cluster import Cluster
from crawler.spiders.hands import SHARED
from tests.spiders.server import Server, document

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds that a machine with other work may take to start a process."""


class Machines:
    """A scheduler and its workers, which stand for machines."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0", "--host", "127.0.0.1")
        self.workers = [self._worker(number) for number in range(count)]

    @property
    def address(self) -> str:
        """Return the address of the scheduler."""
        return str(json.loads(self._file.read_text("utf-8"))["address"])

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        local = str(self._folder / f"worker-{number}")
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--local-directory", local)

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{what}.log").open("ab")
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(self._file)]
        return subprocess.Popen(
            [*command, "--no-dashboard", *arguments], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def wait(self) -> None:
        """Wait until all are there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(ConfigError, FileNotFoundError), Cluster.opened(self.address) as found:
                if len(found.workers()) == len(self.workers):
                    return
            time.sleep(0.2)

    def close(self) -> None:
        """End all."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()


@contextmanager
def machines(folder: Path, count: int = 2) -> Iterator[Machines]:
    """Start a scheduler and workers."""
    found = Machines(folder, count)
    try:
        found.wait()
        yield found
    finally:
        found.close()


class Hosts:
    """Servers with a feed and some pages each; the log of each holds when it was asked what."""

    def __init__(self, count: int, pages: int, delay: float) -> None:
        self.servers = [Server() for _ in range(count)]
        self.pages = pages
        self.delay = delay
        for server in self.servers:
            server.put("/robots.txt", "User-agent: *\nDisallow: /none\n", "text/plain")
            self.publish(server, "first")

    def publish(self, server: Server, words: str) -> None:
        """Serve the pages of a host in a wording."""
        for number in range(self.pages):
            server.put(f"/d/{number}", document(number, words if number % 2 else "first"), wait=0.05)
        server.feed(range(self.pages), state={number: words for number in range(self.pages) if number % 2})

    def registry(self) -> str:
        """Return a registry with a source for each host."""
        hosts = "".join(f'  "{server.host}": {{private: true, delay: {self.delay}}}\n' for server in self.servers)
        sources = "".join(
            f"  - {{id: host-{number}, publisher: sample, kind: guidance, protocol: feed, url: {server.url}/feed,"
            " follow: true, topics: [offences_law], expect: {min: 1}}\n"
            for number, server in enumerate(self.servers)
        )
        return (
            "settings: {contact: watch@sample.invalid, authority: sample.invalid}\n"
            "publishers:\n  sample: {name: Sample Office, jurisdiction: United Kingdom}\n"
            f"hosts:\n{hosts}sources:\n{sources}"
        )

    def asked(self) -> int:
        """Return how many requests came in so far."""
        return sum(len(server.asked) for server in self.servers)

    def clear(self) -> None:
        """Forget the logs."""
        for server in self.servers:
            server.clear()

    def close(self) -> None:
        """Stop all."""
        for server in self.servers:
            server.close()


def command(*arguments: str) -> subprocess.Popen[str]:
    """Start a command of the program."""
    return subprocess.Popen(
        [sys.executable, "-m", "crawler", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env={**os.environ, SHARED: "1"},
    )  # fmt: skip
