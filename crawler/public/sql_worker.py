"""Readers' SQL, run in processes of its own, which are ended where a statement takes too long.

No limit of SQLite holds while a statement is prepared: 400 characters can take gigabytes. So each statement goes to one
of a few child processes that may use little memory, read one file and do nothing else. Statements are run in the order
in which they were asked; where too many wait, the next is refused at once.
"""

import asyncio
import queue
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from crawler.errors import StoreError
from crawler.public.database import Identity, identity
from crawler.public.sql_child import MAX_SECONDS, MAX_SQL_BYTES
from crawler.public.sql_process import (
    GRACE_SECONDS,
    SqlAnswer,
    SqlBusyError,
    SqlError,
    SqlProcess,
    SqlQuestion,
    SqlTooLargeError,
    encode,
)

PROCESSES = 2
MAX_WAITING = 16
"""Statements that wait for a process; one more is refused."""
MAX_WAIT_SECONDS = 1.0
MAX_TOTAL_SECONDS = 1.8
"""From the question to its answer or refusal: a statement that waited long gets less time."""
LOOK_EVERY_SECONDS = 1.0
"""How often it is looked whether the file was replaced."""


class SqlWorkers:
    """A few child processes that answer questions about one database, and read it anew where it was replaced.

    They are started when they are first needed.
    """

    def __init__(
        self, path: Path, *, processes: int = PROCESSES, look_every_seconds: float = LOOK_EVERY_SECONDS
    ) -> None:
        self.path = path.absolute()
        self._look_every_seconds = look_every_seconds
        self._looked = float("-inf")
        self._file: Identity | None = None
        self._lock = threading.Lock()
        self._places = processes + MAX_WAITING
        self._asked = 0
        self._is_closed = False
        self._workers = [SqlProcess(self.path) for _ in range(processes)]
        self._idle: queue.SimpleQueue[SqlProcess] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="readers-sql")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, question: SqlQuestion) -> SqlAnswer:
        """Return the answer to a question; blocks for at most ``MAX_TOTAL_SECONDS``, and the start of a process.

        Raises:
            SqlError: there is none; the class says why.
            StoreError: the database cannot be read.
        """
        future = self._submit(question)
        try:
            return future.result(MAX_WAIT_SECONDS)
        except TimeoutError:
            if future.cancel():
                raise _busy() from None
            return future.result()

    async def ask_in_loop(self, question: SqlQuestion) -> SqlAnswer:
        """Return the answer to a question, and let the event loop go on meanwhile.

        Raises:
            SqlError: there is none; the class says why.
            StoreError: the database cannot be read.
        """
        future = self._submit(question)
        answer = asyncio.wrap_future(future)
        try:
            answered, _ = await asyncio.wait({answer}, timeout=MAX_WAIT_SECONDS)
            if not answered and future.cancel():
                raise _busy()
            return await answer
        finally:
            answer.cancel()  # Nobody waits for it any more; does nothing where there is an answer.

    def close(self) -> None:
        """End the processes, and what they are asked; who waits is refused."""
        with self._lock:
            self._is_closed = True
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()
        for worker in self._workers:
            worker.stop()

    def processes(self) -> list[int]:
        """Return the numbers of the processes that run now."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    def _submit(self, question: SqlQuestion) -> Future[SqlAnswer]:
        if len(question.sql) > MAX_SQL_BYTES:
            raise SqlTooLargeError(f"a statement may have {MAX_SQL_BYTES:,} characters")
        with self._lock:
            if self._is_closed:
                raise _closing()
            if self._asked >= self._places:
                raise _busy()
            future = self._threads.submit(self._answer, question, time.monotonic())
            self._asked += 1
        future.add_done_callback(self._leave)
        return future

    def _leave(self, _: Future[SqlAnswer]) -> None:
        with self._lock:
            self._asked -= 1

    def _answer(self, question: SqlQuestion, asked: float) -> SqlAnswer:
        left = MAX_TOTAL_SECONDS - GRACE_SECONDS - (time.monotonic() - asked)
        seconds = min(question.max_seconds, MAX_SECONDS, max(left, 0.1))
        line = encode(question, seconds)
        worker = self._idle.get()
        try:
            if self._is_closed:
                raise _closing()
            worker.start(self._current())
            return worker.answer(line, seconds)
        except (SqlError, StoreError):
            if self._is_closed:
                raise _closing() from None
            raise
        finally:
            self._idle.put(worker)

    def _current(self) -> Identity | None:
        """Return which file there is now: its device and inode; the one there was where it is missing."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked >= self._look_every_seconds:
                self._looked = now
                self._file = identity(self.path) or self._file
            return self._file


def _busy() -> SqlBusyError:
    return SqlBusyError("Many statements of other readers run at the moment. Please try again in a moment.")


def _closing() -> SqlBusyError:
    return SqlBusyError("The site is closing. Please ask again later.")
