"""The parse worker: one child process that reads captures, with a memory limit and a deadline for each.

A capture that kills it or takes too long gives a LimitError that names the limit; the next one gets a new worker. One
that our code fails on gives a FaultError that names the place.
Nothing a page contains can stall or crash the crawl.
"""

import asyncio
import contextlib
import gc
import json
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing import connection
from pathlib import Path
from typing import Any, Protocol, Self

from crawler.errors import FaultError, LimitError, ParseError
from crawler.model import Capture, Page
from crawler.sources import Source

CODE = Path(__file__).resolve().parent
"""Where our code is."""
MEMORY = 768 * 1024 * 1024
"""Address space of the worker, in bytes."""
DEADLINE = 60.0
"""Seconds one capture may take."""
LONG = 100_000
"""Bytes of a body that is sent in a thread: the pipe does not hold it, and the child may still be beginning."""
PAGES = "crawler.protocols"
"""The module whose ``read`` makes pages of captures and their sources."""
_START = """
import json, sys
from importlib import import_module
sys.path[:] = json.loads(sys.argv[1])
from crawler.worker import serve
serve(import_module(sys.argv[2]).read, *map(int, sys.argv[3:]))
"""
_ALLOCATOR = "glibc.malloc.tcache_count=4000"
"""Pieces of memory of each size that are kept for the next page.

A page is thousands of small pieces, of which glibc keeps seven ready by itself. Where there is another allocator, the
variable means nothing. It is read before a program starts, so the worker cannot set it for itself.
"""
_SIZES = struct.Struct("!QQ")
"""What goes before a message: the number of its bytes, and of those of a long body that is not copied into it."""


Question = tuple[Capture, Source]
"""What is parsed, for whom. Equal questions have equal answers, where the code is the same."""
Answers = Sequence[Page | ParseError]


class Pool(Protocol):
    """Others that parse beside a worker: ``width`` lots at a time, each of ``captures``, or of so many ``bytes``."""

    width: int
    captures: int
    bytes: int

    def submit(self, questions: Sequence[Question]) -> Callable[[], Answers | None]:
        """Send questions; what it returns waits for the answers, None where there are none."""


class Worker:
    """The child process. Answers come in the order of the questions: it is asked one at a time.

    ``module`` is imported by the child alone; its function ``read`` is what is asked. A child that ``is_silent`` writes
    nothing, to no file and not to the standard error of its parent.
    ``pool`` is where what it will be asked may be parsed before.

    >>> with Worker() as worker:
    ...     worker.deadline
    60.0
    """

    def __init__(
        self, *, module: str = PAGES, memory: int = MEMORY, deadline: float = DEADLINE, is_silent: bool = False,
        pool: Pool | None = None,
    ) -> None:  # fmt: skip
        self._module = module
        self._is_silent = is_silent
        self.memory = memory
        self.deadline = deadline
        self.pool = pool
        self.restarts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, capture: Capture, source: Source) -> Page:
        """Parse one capture in the child; blocks until it answers, dies or passes its deadline.

        Raises:
            ParseError: as the protocol does; LimitError where the child died or was too slow, FaultError where our own
                code failed.
        """
        page: Page = self.ask(capture, source)
        return page

    def ask(self, capture: Capture, *given: object) -> Any:
        """Return what the function of the child makes of a capture and what is given with it; blocks like :meth:`read`.

        Raises:
            ParseError: as :meth:`read`.
        """
        pipe = self._started()
        try:
            _send(pipe, capture, *given)
            return self._answer(pipe, capture, in_time=bool(connection.wait([pipe], self.deadline)))
        except (EOFError, OSError) as error:
            raise self._death(capture) from error

    def answers(self, questions: Sequence[Question]) -> Answers:
        """Parse captures one after another: a page of each, or the error that says why there is none."""
        found: list[Page | ParseError] = []
        for capture, source in questions:
            try:
                found.append(self.read(capture, source))
            except ParseError as error:
                found.append(without_traceback(error))
        return found

    async def read_in_loop(self, capture: Capture, source: Source) -> Page:
        """Parse one capture in the child, and let the event loop go on meanwhile.

        Raises:
            ParseError: as :meth:`read`.
        """
        if len(capture.body) > LONG:
            return await self._in_thread(capture, source)
        pipe, loop = self._started(), asyncio.get_running_loop()
        ready: asyncio.Future[bool] = loop.create_future()
        try:
            _send(pipe, capture, source)
            loop.add_reader(pipe.fileno(), _settle, ready, True)
            deadline = loop.call_later(self.deadline, _settle, ready, False)
            in_time = None
            try:
                in_time = await ready
            finally:
                deadline.cancel()
                loop.remove_reader(pipe.fileno())
                if in_time is None:
                    self._stop()  # Its answer must not be taken for that to the next question.
            page: Page = self._answer(pipe, capture, in_time=in_time)
            return page
        except (EOFError, OSError) as error:
            raise self._death(capture) from error

    async def _in_thread(self, capture: Capture, source: Source) -> Page:
        """Ask in a thread: what is longer than the pipe holds is sent as fast as the child takes it."""
        asking = asyncio.ensure_future(asyncio.to_thread(self.read, capture, source))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            asking.add_done_callback(lambda done: done.exception())
            self._stop()  # Its answer must not be taken for that to the next question.
            raise

    def _answer(self, pipe: socket.socket, capture: Capture, *, in_time: bool) -> Any:
        if not in_time:
            self._stop()
            raise LimitError(capture.url, f"reading it took longer than {self.deadline:g} seconds")
        (answer,) = received(pipe)
        if isinstance(answer, ParseError):
            raise answer
        return answer

    def _death(self, capture: Capture) -> LimitError:
        limit = f"limit {self.memory // 2**20} MiB of memory"
        return LimitError(capture.url, f"reading it killed the worker ({self._stop()}); {limit}")

    def peak(self) -> int:
        """Return the peak memory of the workers that ended, in bytes."""
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    @property
    def process(self) -> int | None:
        """Return the number of the child; None where there is none now."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._stop()

    def _started(self) -> socket.socket:
        if self._pipe is not None and self._process is not None and self._process.poll() is None:
            return self._pipe
        if self._process is not None:
            self._stop()
            self.restarts += 1
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = self._begun(theirs.fileno())
        self._pipe = ours
        return ours

    def _begun(self, pipe: int) -> subprocess.Popen[bytes]:
        """Begin the child: a Python of its own, that imports from where this one does, and knows nothing else of it."""
        stated = os.environ.get("GLIBC_TUNABLES", "")
        tunables = stated if "tcache_count" in stated else ":".join(filter(None, (stated, _ALLOCATOR)))
        numbers = map(str, (pipe, self.memory, int(self._is_silent)))
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(sys.path), self._module, *numbers],
            env={**os.environ, "GLIBC_TUNABLES": tunables},
            pass_fds=[pipe],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if self._is_silent else None,
        )

    def _stop(self) -> str:
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.shutdown(socket.SHUT_RDWR)  # A thread that waits for it is told.
            pipe.close()
        if process is None:
            return "not running"
        try:
            code = process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def without_traceback(error: ParseError) -> ParseError:
    """Return an error that keeps nothing: its traceback holds the capture, and often itself, until all is collected."""
    error.__traceback__ = None
    return error


def _settle(ready: asyncio.Future[bool], in_time: bool) -> None:
    if not ready.done():
        ready.set_result(in_time)


def _send(pipe: socket.socket, first: object, *more: object) -> None:
    """Send a message, its size before it, in one go: in two it wakes up whoever waits for it twice."""
    body = b""
    if isinstance(first, Capture) and len(first.body) > LONG:
        first, body = replace(first, body=b""), first.body
    data = pickle.dumps((first, *more), pickle.HIGHEST_PROTOCOL)
    parts = (_SIZES.pack(len(data), len(body)), data, body)
    sent = pipe.sendmsg(parts)
    for part in parts:
        if sent < len(part):
            pipe.sendall(memoryview(part)[sent:])
        sent = max(0, sent - len(part))


def received(pipe: socket.socket) -> tuple[Any, ...]:
    """Wait for a message.

    Raises:
        EOFError: there comes none any more.
    """
    size, of_body = _SIZES.unpack(_exactly(pipe, _SIZES.size))
    first, *more = pickle.loads(_exactly(pipe, size))
    return (replace(first, body=_exactly(pipe, of_body)) if of_body else first, *more)


def _exactly(pipe: socket.socket, size: int) -> bytes:
    data = pipe.recv(size, socket.MSG_WAITALL)
    while len(data) < size:  # A signal came between, or the end.
        more = pipe.recv(size - len(data), socket.MSG_WAITALL)
        if not more:
            raise EOFError
        data += more
    return data


def serve(read: Callable[..., Any], descriptor: int, memory: int, is_silent: int) -> None:
    """Answer until the pipe closes. Ctrl-C is for the parent, which ends this process when it is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if is_silent:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # What was imported stays; the trees of a page are freed by their counts. The collector only looks for cycles.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    with contextlib.suppress(EOFError, ConnectionError), socket.socket(fileno=descriptor) as pipe:
        while True:
            capture, *given = received(pipe)
            _send(pipe, _answer(read, capture, given))


def _answer(read: Callable[..., Any], capture: Capture, given: Sequence[object]) -> Any:
    try:
        return read(capture, *given)
    except ParseError as error:
        return error
    except MemoryError:
        return LimitError(capture.url, "reading it needs more memory than the worker may have")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our fault, and must not end the reading of others
        return FaultError(capture.url, _place(error))


def _place(error: Exception) -> str:
    """Return which exception was raised where: in the innermost place that is in our code.

    >>> _place(ValueError("words of a page"))
    'our code failed: ValueError'
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(CODE)]
    where = [
        f"{Path(each.filename).relative_to(CODE.parent)}, line {each.lineno} ({each.name})" for each in frames[-1:]
    ]
    return f"our code failed: {' in '.join([type(error).__name__, *where])}"
