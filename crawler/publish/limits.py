"""How much of this machine one statement may use: the length of its words, its columns, and all that it answers.

SQLite's own time limit is not enough: ``select zeroblob(1e9)`` takes a gigabyte in no time, and a function that runs
over a long text cannot be interrupted. So a statement that a stranger wrote (``sql``, ``_where``) may hold only values
of a length at which no function of SQLite takes longer than the time limit: ``instr`` and ``replace`` are quadratic.
Ours, and those that Datasette makes of the names of tables and columns, can at most read what is stored.

Source of the limits: https://www.sqlite.org/limits.html.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from datasette.utils.sqlite import sqlite3

from crawler.errors import RoundupError

_STRANGERS = frozenset({"sql", "_where"})
"""Arguments that hold SQL of whoever asks."""


class TooMuchError(RoundupError):
    """An answer would be larger than one may be."""


class WrongSqlError(RoundupError):
    """A statement cannot be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Most characters or bytes of one value, and of all values of an answer."""

    value: int
    answer: int


OURS = Bounds(value=64_000_000, answer=64_000_000)
THEIRS = Bounds(value=500_000, answer=8_000_000)

_FIXED = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 200_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 64,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""Limits of every connection: no page of ours comes near them."""

_bounds: ContextVar[Bounds] = ContextVar("bounds", default=THEIRS)
_as_csv: ContextVar[bool] = ContextVar("as_csv", default=False)
_as_page: ContextVar[bool] = ContextVar("as_page", default=False)


def prepare(connection: Any) -> None:
    """Set the limits of a connection that hold for every statement."""
    for limit, most in _FIXED.items():
        connection.setlimit(limit, most)


def asked(path: str, query: bytes) -> None:
    """Set the bounds for the statements of the request at hand: narrow ones where it holds SQL."""
    names = {name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)}
    _bounds.set(THEIRS if names & _STRANGERS else OURS)
    _as_csv.set(path.endswith(".csv"))
    _as_page.set(not path.endswith((".csv", ".json")))


def is_page() -> bool:
    """Whether the request at hand is for a page, on which each value costs the time of making a cell."""
    return _as_page.get()


@contextmanager
def told() -> Iterator[None]:
    """Let no error of a statement be lost: a CSV file has no place for one, and Datasette would give an empty one.

    Raises:
        WrongSqlError: where the request at hand is for CSV, whatever SQLite raises.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _as_csv.get():
            raise WrongSqlError(str(error)) from error
        raise


def bounded(statement: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give what runs a statement on a connection, bounded as the request at hand is."""
    bounds = _bounds.get()

    def run(connection: Any) -> Any:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, bounds.value)
        connection.row_factory = _counting(bounds.answer)
        return statement(connection)

    return run


def _counting(most: int) -> Callable[[Any, tuple[object, ...]], Any]:
    """Give what makes the rows of one answer, and stops where they hold more than they may."""
    left = most

    def row(cursor: Any, values: tuple[object, ...]) -> Any:
        nonlocal left
        left -= _size(values)
        if left < 0:
            raise TooMuchError(f"The answer is larger than {most // 1_000_000} million characters. Ask for less of it.")
        return sqlite3.Row(cursor, values)

    return row


def _size(values: Iterable[object]) -> int:
    return sum(len(value) for value in values if isinstance(value, str | bytes))
