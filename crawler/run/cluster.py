"""The machines of a Dask scheduler: they parse ahead of the fold, and download for a crawl.

``distributed`` is imported here alone, and only where a cluster is asked for. What goes there and back is bytes: its
own packing of our values costs ten times as much. A task carries the version of the code that must read it.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Self

from crawler.errors import ConfigError
from crawler.run import session
from crawler.worker import Answers, Question, Worker

CAPTURES = 16
"""Small pages that go together: a task costs the scheduler some milliseconds."""
BYTES = 500_000
CONNECT = 10.0
"""Seconds in which the scheduler has to answer."""


class Cluster:
    """The workers of one scheduler. Each parses with parse workers of its own, with their limits."""

    captures = CAPTURES
    bytes = BYTES

    def __init__(self, client: Any) -> None:
        self.client = client
        self.width = max(1, sum(self._threads().values()))
        self._tasks = client.get_executor(pure=False, retries=0)

    @classmethod
    @contextmanager
    def opened(cls, address: str) -> Iterator[Self]:
        """Connect to a scheduler.

        Raises:
            ConfigError: there is none, it has no workers, or one of them has other code than this machine.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise ConfigError("--cluster needs `pip install 'counter-trafficking-roundup[cluster]'`") from error
        try:
            client: Any = Client(address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise ConfigError(f"{address}: no Dask scheduler answers there: {error}") from error
        with client:
            found = cls(client)
            found._check(address)
            yield found

    def _check(self, address: str) -> None:
        if not self.workers():
            raise ConfigError(f"{address}: the scheduler has no workers")
        others = [name for name, code in self.client.run(_code).items() if code != session.interpreter()]
        if others:
            raise ConfigError(f"{address}: other code than here is at work at {', '.join(others)}; install the same")

    def workers(self) -> list[str]:
        """Return the addresses of the workers that are there now; none where the scheduler does not answer."""
        try:
            return list(self._threads())
        except Exception:  # noqa: BLE001 - whatever befell the scheduler or the way to it
            return []

    def _threads(self) -> dict[str, int]:
        """Return how many threads each worker has."""
        return dict(self.client.nthreads())

    def submit(self, questions: Sequence[Question]) -> Callable[[], Answers | None]:
        """Have captures parsed; what it returns waits for the answers, None where the cluster has none."""
        task = self._tasks.submit(parse, session.interpreter(), pickle.dumps(questions, pickle.HIGHEST_PROTOCOL))

        @cache
        def answers() -> Answers | None:
            try:
                found: Answers = pickle.loads(task.result())
            except Exception:  # noqa: BLE001 - whatever befell a machine or the way to it, this one can parse it, too
                return None
            return found

        return answers


def _code() -> str:
    return session.interpreter()


_version = cache(session.interpreter)
_own = threading.local()
"""The parse worker of each thread of a Dask worker."""


def parse(version: str, packed: bytes) -> bytes:
    """Parse pickled questions on a worker of the cluster; return the answers, pickled.

    Raises:
        ConfigError: the code here is another than that which asks.
    """
    if version != _version():
        raise ConfigError("other code is at work here")
    if not hasattr(_own, "worker"):
        _own.worker = Worker()
    return pickle.dumps(_own.worker.answers(pickle.loads(packed)), pickle.HIGHEST_PROTOCOL)
