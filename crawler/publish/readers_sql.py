"""The public database as Datasette sees it: whatever SQL an address brings is run by :mod:`crawler.public.sql_worker`.

Table pages, facets, rows, canned queries and readers' own SQL all end in ``execute``. What Datasette itself asks about
the schema is asked here, on a connection that reads the same file.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, SupportsIndex, overload

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils.sqlite import sqlite3
from datasette.views.base import DatasetteError

from crawler.public.database import Identity, PublicDatabase, identity
from crawler.public.sql_child import MAX_ROWS, MAX_SECONDS
from crawler.public.sql_process import (
    SqlAnswer,
    SqlBusyError,
    SqlError,
    SqlMemoryError,
    SqlParametersError,
    SqlQuestion,
    SqlTimeoutError,
)
from crawler.public.sql_worker import SqlWorkers
from crawler.publish.server.responses import errors_for_csv, is_page, is_sheet
from crawler.text import counted

MAX_CELLS = 5_000
"""Values on one page: Datasette makes some 100,000 cells a second, and the site answers nobody meanwhile.

A statement's page shows its first rows; a table's page, which would lose rows that way, is refused. JSON and CSV hold
all rows.
"""

_OF_DATASETTE = frozenset({"PRAGMA schema_version", "PRAGMA database_list;"})
"""Statements that Datasette asks by ``execute`` and nobody else can: an address brings nothing but a SELECT."""
_MAGIC = re.compile(r":(_\w+)")


class SqlRunner(Protocol):
    """What answers questions: processes, or for tests the process at hand."""

    async def ask_in_loop(self, question: SqlQuestion) -> SqlAnswer:
        """Return the answer, or raise what there is instead."""

    def close(self) -> None:
        """Answer no more."""


class Row(tuple[Any, ...]):
    """A row as Datasette takes it from SQLite: its values by place, and by name."""

    _columns: tuple[str, ...]

    @classmethod
    def named(cls, columns: tuple[str, ...], values: Sequence[Any]) -> Row:
        """Return a row of these columns.

        >>> row = Row.named(("id", "Title"), [7, "x"])
        >>> row["title"], row[0], dict(row), row.keys()
        ('x', 7, {'id': 7, 'Title': 'x'}, ['id', 'Title'])
        """
        row = cls(values)
        row._columns = columns
        return row

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._columns)

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Any: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[Any, ...]: ...

    def __getitem__(self, key: SupportsIndex | slice | str) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for column, value in zip(self._columns, self, strict=True):
            if column.lower() == key.lower():
                return value
        raise IndexError(f"No item with that key: {key}")


class ReadersDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A public database whose every statement is run by worker processes, on the file that is there now."""

    def __init__(self, datasette: Datasette, path: Path, *, runner: SqlRunner | None = None) -> None:
        # For Datasette a file that may be replaced is a mutable one: it remembers neither its digest nor its size.
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._runner = runner or SqlWorkers(path)
        self._schema = PublicDatabase(path)
        self._counts: dict[str, int | None] = {}
        self._counted: Identity | None = None

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """Return the rows of a statement; all of them, or with ``truncate`` at most as many as a page may have.

        Raises:
            QueryInterrupted: it took longer than Datasette's limit, or ``custom_time_limit`` in milliseconds.
            sqlite3.OperationalError: it is refused, wrong, or its answer too large.
            DatasetteError: too many statements wait, status 503; it needs too much memory, status 400.
        """
        if sql in _OF_DATASETTE:
            return await super().execute(sql, params)
        milliseconds = min(custom_time_limit or self.ds.sql_time_limit_ms, self.ds.sql_time_limit_ms)
        question = SqlQuestion(
            sql=sql,
            params=_plain(params, sql),
            max_seconds=min(milliseconds / 1000, MAX_SECONDS),
            max_rows=self._max_rows(page_size or self.ds.page_size) if truncate else MAX_ROWS,
        )
        with errors_for_csv():
            answer = await self._answer(question)
            if answer.is_truncated and not truncate:
                raise sqlite3.OperationalError(f"the answer holds more than {MAX_ROWS:,} rows")
            most = _max_rows_of_page(answer, page_size) if truncate and is_page() else MAX_ROWS
        rows = [Row.named(answer.columns, values) for values in answer.rows[:most]]
        description = tuple((column, None, None, None, None, None, None) for column in answer.columns)
        if answer.is_truncated and is_sheet():
            told = f"Cut: an answer ends after {counted(len(rows), 'row')}. Narrow it, or take the whole file."
            rows.append(Row.named(answer.columns, [told, *[None] * (len(answer.columns) - 1)]))
        return Results(rows, answer.is_truncated or len(answer.rows) > most, description)

    def _max_rows(self, page_size: int) -> int:
        """Return how many rows a page may have: one more where it is full, so that it sees that another follows."""
        most: int = self.ds.max_returned_rows or MAX_ROWS
        return most + 1 if most == page_size else most

    async def _answer(self, question: SqlQuestion) -> SqlAnswer:
        try:
            return await self._runner.ask_in_loop(question)
        except SqlTimeoutError as error:
            raise QueryInterrupted(error, question.sql, question.params) from error
        except SqlBusyError as error:
            raise DatasetteError(str(error), title="Busy", status=503) from error
        except SqlMemoryError as error:  # Datasette would ask what is wrong SQL a second time.
            raise DatasetteError(str(error), title="Too much memory", status=400) from error
        except SqlParametersError as error:
            raise sqlite3.ProgrammingError(str(error)) from error
        except SqlError as error:
            raise sqlite3.OperationalError(str(error)) from error

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Return what a function of Datasette reads of the schema, on a connection of this process."""
        if self.ds.executor is None:
            return self._schema.ask(fn)
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._schema.ask, fn)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Return how many rows each table has: counted once for each file, in the time of a statement, not in limit."""
        file = identity(Path(self.path))
        if file != self._counted:
            self._counts, self._counted = await super().table_counts(limit=int(MAX_SECONDS * 1000)), file
        return self._counts

    def close(self) -> None:
        """End the processes."""
        self._runner.close()
        super().close()


def _max_rows_of_page(answer: SqlAnswer, page_size: int | None) -> int:
    """Return how many rows of an answer a page shows."""
    most = MAX_CELLS // max(1, len(answer.columns))
    if page_size is not None and len(answer.rows) > most:
        raise sqlite3.OperationalError(f"a page shows at most {most} rows of this: ask for fewer, or for JSON or CSV")
    return most


def _plain(params: Any, sql: str) -> Mapping[str, object] | Sequence[object]:
    """Return parameters as plain values; those that Datasette works out where they are asked for, as it does."""
    if params is None:
        return ()
    if not isinstance(params, Mapping):
        return list(params)
    plain = {str(name): value for name, value in dict(params).items()}
    if type(params) is not dict:
        for name in set(_MAGIC.findall(sql)):
            try:
                plain[name] = params[name]
            except KeyError:
                continue
    return plain
