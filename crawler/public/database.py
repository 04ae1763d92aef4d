"""The file that readers' questions are put to: opened read-only, and opened anew where an export replaced it."""

import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from crawler.errors import StoreError

FILE = "public.db"
"""Name of the public database in the data directory."""

LOOK_EVERY_SECONDS = 1.0
"""How often a thread looks whether the file was replaced."""

MAX_KEPT_BYTES = 8 * 2**20
"""Most bytes of bodies that are kept; the largest feeds have about two megabytes."""

AGAIN = "roundup export writes it anew"
_OF_THE_FILE = frozenset({10, 11, 14, 26})
"""SQLite's codes for a file that cannot be read, is damaged, gone or no database."""

P = ParamSpec("P")
T = TypeVar("T")
Connection = sqlite3.Connection
Row = dict[str, Any]
Identity = tuple[int, int, int]
Params = Mapping[str, object] | Sequence[object]


@dataclass(slots=True, kw_only=True)
class _Opened:
    connection: sqlite3.Connection
    file: Identity | None
    looked: float = 0.0


class PublicDatabase:
    """A public database, with a connection for each thread that asks.

    An export puts another file in its place. A thread sees that at its next question, at most
    ``LOOK_EVERY_SECONDS`` later; what is being answered then is answered from the file that it began with.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()

    def ask(self, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer to a question, a function of a connection and further arguments.

        Raises:
            StoreError: there is no such file, it is no database, or damaged.
        """
        try:
            return question(self._connection(), *args, **kwargs)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_THE_FILE:
                raise
            raise StoreError(f"{self.path}: {error}; {AGAIN}") from error

    def ask_once(
        self,
        key: Hashable,
        question: Callable[Concatenate[sqlite3.Connection, P], tuple[bytes, str]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[bytes, str]:
        """Return a body and its time, kept under a key while the file stays the same: many ask for the same feeds.

        Raises:
            StoreError: as :meth:`ask`.
        """
        self._connection()
        whole = (self._local.opened.file, key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        found = self.ask(question, *args, **kwargs)
        with self._lock:
            self._kept[whole] = found
            while sum(len(body) for body, _ in self._kept.values()) > MAX_KEPT_BYTES:
                self._kept.popitem(last=False)
        return found

    def _connection(self) -> sqlite3.Connection:
        opened: _Opened | None = getattr(self._local, "opened", None)
        now = time.monotonic()
        if opened is not None and now - opened.looked < LOOK_EVERY_SECONDS:
            return opened.connection
        file = identity(self.path)
        if opened is None or file not in (None, opened.file):
            before, opened = opened, _Opened(connection=connect(self.path), file=file)
            self._local.opened = opened
            if before is not None:  # Only now: where the new file cannot be opened, the next question tries again.
                before.connection.close()
        opened.looked = now
        return opened.connection


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read, and that takes the file for one that never changes.

    Raises:
        StoreError: there is no such file, or it is no database.
    """
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}; {AGAIN}") from error
    try:
        connection.execute("pragma query_only=1")
        if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError("it holds no table")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path}: {error}; {AGAIN}") from error
    connection.row_factory = sqlite3.Row
    return connection


def identity(path: Path) -> Identity | None:
    """Return the device, inode and time of a file, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns


def rows(connection: sqlite3.Connection, sql: str, params: Params = ()) -> list[Row]:
    """Return the rows of a statement of ours, by the names of their columns."""
    return [dict(row) for row in connection.execute(sql, params)]


def row(connection: sqlite3.Connection, sql: str, params: Params = ()) -> Row | None:
    """Return the first row of a statement of ours, None where there is none."""
    first = connection.execute(sql, params).fetchone()
    return None if first is None else dict(first)
