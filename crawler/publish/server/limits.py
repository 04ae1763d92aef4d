"""What the request at hand is for, as far as statements must know it: a page, on which each value costs, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from datasette.utils.sqlite import sqlite3

from crawler.errors import RoundupError

_as_csv: ContextVar[bool] = ContextVar("as_csv", default=False)
_as_page: ContextVar[bool] = ContextVar("as_page", default=False)


class WrongSqlError(RoundupError):
    """A statement cannot be run."""


def record_purpose(path: str) -> None:
    """Record what the request at hand is for."""
    _as_csv.set(path.endswith(".csv"))
    _as_page.set(not path.endswith((".csv", ".json")))


def is_page() -> bool:
    """Whether the request at hand is for a page, on which each value costs the time of making a cell."""
    return _as_page.get()


def is_sheet() -> bool:
    """Whether the request at hand is for CSV."""
    return _as_csv.get()


@contextmanager
def errors_for_csv() -> Iterator[None]:
    """Raise what goes wrong with a statement so that a CSV file tells it: Datasette would send an empty one.

    Raises:
        WrongSqlError: where the request at hand is for CSV, whatever SQLite raises.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _as_csv.get():
            raise WrongSqlError(str(error)) from error
        raise
