"""One child process that runs readers' SQL (:mod:`crawler.public.sql_child`), and what is said to it."""

import base64
import errno
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawler.errors import RoundupError, StoreError
from crawler.public.database import Identity
from crawler.public.sql_child import MAX_ANSWER_BYTES, MAX_MEMORY_BYTES, MAX_ROWS, MAX_SECONDS


class SqlError(RoundupError):
    """A statement has no answer."""


class SqlRefusedError(SqlError):
    """It does or reads something that no statement may."""


class SqlTimeoutError(SqlError):
    """It took longer than it may."""


class SqlTooLargeError(SqlError):
    """It or its answer is larger than may be."""


class SqlMemoryError(SqlTooLargeError):
    """It needs more memory than it may, or ended the process that it ran in."""


class SqlBusyError(SqlError):
    """Too many statements wait already; a moment later there may be room."""


class SqlMistakeError(SqlError):
    """It is no SQL, or names what there is not: the text is SQLite's own."""


class SqlParametersError(SqlMistakeError):
    """Its parameters do not fit it, or are of a kind that SQLite does not have."""


GRACE_SECONDS = 0.5
"""How much longer than its time limit a statement may take before its process is ended."""
START_SECONDS = 20.0
MAX_QUESTION_BYTES = 1_000_000
MAX_LINE_BYTES = MAX_ANSWER_BYTES + 100_000

_NO_ROOM = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE})

_CHILD = Path(__file__).with_name("sql_child.py")

SqlValue = str | int | float | bytes | None
Params = Sequence[object] | Mapping[str, object]

_ERRORS: Mapping[str, type[SqlError]] = {
    "refused": SqlRefusedError,
    "time": SqlTimeoutError,
    "large": SqlTooLargeError,
    "memory": SqlMemoryError,
    "sql": SqlMistakeError,
    "parameters": SqlParametersError,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlQuestion:
    """A statement, its parameters (by place or by name), and how much of an answer is wanted."""

    sql: str
    params: Params = ()
    max_seconds: float = MAX_SECONDS
    max_rows: int = MAX_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlAnswer:
    """The names of the columns, and the rows; is_truncated where there are more rows than were wanted."""

    columns: tuple[str, ...]
    rows: list[tuple[SqlValue, ...]]
    is_truncated: bool


class SqlProcess:
    """One child process, asked by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Identity | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._is_ready = False
        self._is_ended = False

    @property
    def pid(self) -> int | None:
        """Return the number of the process; None where there is none."""
        return None if self._process is None else self._process.pid

    def start(self, file: Identity | None) -> None:
        """Have a process that reads this file, and has not ended.

        Raises:
            SqlBusyError: the system has no room for a process.
            StoreError: Python cannot be started, as where the user of the server may not read it.
        """
        if self._process is not None and (self._file != file or self._process.poll() is not None):
            self.stop()
        if self._process is None:
            self._spawn(file)

    def answer(self, line: bytes, seconds: float) -> SqlAnswer:
        """Return the answer to a question; a process that does not give one in time is ended, another one started.

        Raises:
            SqlError: there is none.
            StoreError: the database cannot be read.
        """
        if not self._is_ready:
            self._receive_ready()
        try:
            message = self._exchange(line, seconds + GRACE_SECONDS)
        except TimeoutError:
            self._restart()
            raise SqlTimeoutError(f"it took longer than {seconds:.1f} s") from None
        except (OSError, EOFError, ValueError, RecursionError):
            self._restart()
            limit = f"which may use {MAX_MEMORY_BYTES // 2**20} MB of memory"
            raise SqlMemoryError(f"the statement ended the process that it ran in, {limit}") from None
        if message.get("error") in ("memory", "file"):
            self._restart()
        return parse_answer(message, seconds)

    def end(self) -> None:
        """End the process for good, from any thread: who waits for it sees it end."""
        self._is_ended = True
        if (process := self._process) is not None:
            process.kill()

    def stop(self) -> None:
        """End the process, and forget it."""
        process, self._process = self._process, None
        ours, self._socket = self._socket, None
        if ours is not None:
            ours.close()
        if process is not None:
            process.kill()
            process.wait()

    def _restart(self) -> None:
        """Start another process now, so that it is there when the next question comes."""
        self.stop()
        self._spawn(self._file)

    def _spawn(self, file: Identity | None) -> None:
        ours, theirs = socket.socketpair()
        uri = f"file:{quote(os.fsencode(self._path))}?mode=ro&immutable=1"
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD), uri],
                    stdin=theirs.fileno(),
                    stdout=theirs.fileno(),
                    stderr=subprocess.DEVNULL,
                    env={name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"},
                    cwd="/",
                    start_new_session=True,
                )
            except OSError as error:
                ours.close()
                if error.errno in _NO_ROOM:
                    raise SqlBusyError("there is no room for another process at the moment") from error
                raise StoreError(f"{sys.executable}: cannot be started for readers' SQL: {error.strerror}") from error
        self._socket, self._file, self._is_ready = ours, file, False
        if self._is_ended:  # While it was started; who ends it has not seen it.
            self._process.kill()

    def _receive_ready(self) -> None:
        try:
            message = self._exchange(b"", START_SECONDS)
        except (OSError, EOFError, ValueError) as error:
            self.stop()
            raise StoreError(f"{self._path}: the process that reads it does not start") from error
        if "error" in message:
            self.stop()
            raise StoreError(f"{self._path}: {message['text']}")
        self._is_ready = True

    def _exchange(self, line: bytes, seconds: float) -> dict[str, Any]:
        """Send a line and return what the next one holds.

        Raises:
            TimeoutError: none came in time.
            EOFError: the process ended.
            OSError: the process ended before it had read the line.
            ValueError: it said something else than an answer.
        """
        if self._socket is None:
            raise EOFError
        deadline = time.monotonic() + seconds
        self._socket.settimeout(seconds)
        self._socket.sendall(line)
        data = bytearray()
        while not data.endswith(b"\n"):
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            piece = self._socket.recv(2**18)
            if not piece:
                raise EOFError
            data += piece
            if len(data) > MAX_LINE_BYTES:
                raise ValueError("no end of the line")
        return decode(data)


def decode(line: bytes | bytearray) -> dict[str, Any]:
    """Return what the child said.

    Raises:
        ValueError: it is no JSON.
    """
    message: dict[str, Any] = json.loads(line, object_hook=_decoded)
    return message


def parse_answer(message: dict[str, Any], seconds: float) -> SqlAnswer:
    """Return the answer that a message of the child holds; ``seconds`` is how long the statement was allowed to take.

    Raises:
        SqlError: it holds none.
        StoreError: the database cannot be read.
    """
    kind, text = message.get("error"), message.get("text", "")
    if kind == "file":
        raise StoreError(f"the public database: {text}")
    if kind == "time":
        raise SqlTimeoutError(f"it took longer than {seconds:.1f} s")
    if kind is not None:
        raise _ERRORS[kind](text)
    rows = [tuple(row) for row in message["rows"]]
    return SqlAnswer(columns=tuple(message["columns"]), rows=rows, is_truncated=message["is_truncated"])


def encode(question: SqlQuestion, seconds: float) -> bytes:
    """Return a question as the child reads it.

    Raises:
        SqlParametersError: a parameter is of a kind that SQLite does not have.
        SqlTooLargeError: the parameters hold more than they may.
    """
    params = question.params
    if isinstance(params, Mapping):
        encoded: object = {str(name): _encoded(value) for name, value in params.items()}
    else:
        encoded = [_encoded(value) for value in params]
    values = {"sql": question.sql, "params": encoded, "max_seconds": seconds, "max_rows": question.max_rows}
    try:
        line = json.dumps(values).encode() + b"\n"
    except ValueError as error:  # An integer of thousands of digits.
        raise SqlParametersError(str(error)) from error
    if len(line) > MAX_QUESTION_BYTES:
        raise SqlTooLargeError(f"a statement and its parameters may have {MAX_QUESTION_BYTES:,} bytes")
    return line


def _encoded(value: object) -> object:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if value is None or isinstance(value, str | int | float):
        return value
    raise SqlParametersError(f"a parameter cannot be of the kind {type(value).__name__}")


def _decoded(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if value.keys() == {"base64"} else value
