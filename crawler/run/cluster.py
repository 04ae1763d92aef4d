"""The machines of a Dask scheduler: they parse ahead of the fold, and download for a crawl.

``distributed`` is imported here alone, and only where a cluster is asked for. What goes there and back is bytes: its
own packing of our values costs ten times as much. A task carries the version of the code that must read it.
"""

import asyncio
import json
import pickle
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Self

from crawler.errors import ConfigError
from crawler.run import session
from crawler.worker import DEADLINE, Answers, Question, Worker

CAPTURES = 16
"""Small pages that go together: a task costs the scheduler some milliseconds."""
BYTES = 500_000
CONNECT = 10.0
"""Seconds in which the scheduler has to answer."""
PATIENCE = 3 * DEADLINE
"""Seconds for which captures that are needed now are waited for."""
LOOK = 2.0
"""Seconds after which it is looked again which workers there are."""


class Cluster:
    """The workers of one scheduler. Each parses with parse workers of its own, with their limits."""

    captures = CAPTURES
    bytes = BYTES

    def __init__(self, client: Any) -> None:
        self.client = client
        self.width = max(1, sum(self._now(client.nthreads).values()))
        self._tasks = client.get_executor(pure=False, retries=0)
        self._patience = PATIENCE

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
            try:
                found = cls(client)
                found._check(address)
            except TimeoutError as error:
                raise ConfigError(f"{address}: scheduler or workers do not answer") from error
            yield found

    def _check(self, address: str) -> None:
        if not self.workers():
            raise ConfigError(f"{address}: the scheduler has no workers")
        found = self._now(partial(self.client.run, version, on_error="return"))
        others = [name for name, code in found.items() if code != version()]
        if others:
            raise ConfigError(f"{address}: other code than here is at work at {', '.join(others)}; install the same")

    def workers(self) -> list[str]:
        """Return the addresses of the workers that are there now; none where the scheduler does not answer."""
        try:
            return list(self._now(self.client.nthreads))
        except Exception:  # noqa: BLE001 - whatever befell the scheduler or the way to it
            return []

    def ask(self, call: Callable[[], Awaitable[Any]]) -> Future[Any]:
        """Have the client make a call of its own in its event loop: no thread waits there for what never comes."""

        async def asked() -> Any:
            return await call()

        return asyncio.run_coroutine_threadsafe(asked(), self.client.loop.asyncio_loop)

    def _now(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Return what a call of the client gives."""
        asked = self.ask(call)
        try:
            return asked.result(CONNECT)
        finally:
            asked.cancel()

    def submit(self, questions: Sequence[Question]) -> Callable[[], Answers | None]:
        """Have captures parsed; what it returns waits for the answers, None where the cluster has none."""
        packed = pickle.dumps(questions, pickle.HIGHEST_PROTOCOL)
        try:
            task = self._tasks.submit(parse, version(), packed)
        except Exception:  # noqa: BLE001 - as below
            return lambda: None

        @cache
        def answers() -> Answers | None:
            try:
                found: Answers = pickle.loads(self._result(task))
            except Exception:  # noqa: BLE001 - whatever befell a machine or the way to it, this one can parse it, too
                return None
            return found

        return answers

    def _result(self, task: Future[Any]) -> Any:
        """Return the result of a task, which is waited for while there are workers, and not for ever.

        Where one came too late, those after it are not waited for until one has come in time.
        """
        end = time.monotonic() + self._patience
        while not task.done():
            left = end - time.monotonic()
            wait([task], min(LOOK, max(left, 0.0)))
            if not task.done() and (left <= 0 or not self.workers()):
                self._patience = 0.0
                task.cancel()
                raise TimeoutError
        self._patience = PATIENCE
        return task.result()


@cache
def version() -> str:
    """Return the version of all that reads captures here: our code, what it uses, Python and libxml2."""
    from lxml.etree import LIBXML_VERSION

    return json.dumps([session.interpreter(), sys.version_info[:2], LIBXML_VERSION])


_own = threading.local()
"""The parse worker of each thread of a Dask worker."""


def require(other: str) -> None:
    """Refuse what other code asks of a worker.

    Raises:
        ConfigError: the code here is another than that which asks.
    """
    if other != version():
        raise ConfigError("other code is at work here")


def parse(other: str, packed: bytes) -> bytes:
    """Parse pickled questions on a worker of the cluster; return the answers, pickled.

    Raises:
        ConfigError: as :func:`require`.
    """
    require(other)
    if not hasattr(_own, "worker"):
        _own.worker = Worker()
    return pickle.dumps(_own.worker.answers(pickle.loads(packed)), pickle.HIGHEST_PROTOCOL)
