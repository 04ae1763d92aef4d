"""The database file: opened, created, written in transactions; every failure is a StoreError that names the file."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from crawler.errors import SchemaError, StoreError
from crawler.store import schema
from crawler.store.row_cache import Row as Row
from crawler.store.row_cache import RowCache

KEYS_OF_A_STATEMENT = 10
"""So many keys, asked for at once, take about as long as a statement."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dumps(value: object) -> str:
    """Return a value as JSON text, the same text for the same value."""
    return _ENCODER.encode(value)


_FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""How SQLite fails; the second where its message quotes a damaged schema, which is no UTF-8 then."""


class Store:
    """The round-up's database.

    >>> with Store.open(":memory:") as store:
    ...     store.one("select count(*) as n from documents")
    {'n': 0}
    """

    def __init__(self, db: Database, path: str) -> None:
        self._db = db
        self._conn = db.conn
        self._remembered = RowCache(self.all)
        self.path = path
        self.pause: Callable[[int], None] | None = None
        """Called with how many statements are done, where somebody has to have a turn in between."""

    @classmethod
    def open(cls, path: str | Path, *, any_schema: bool = False) -> Self:
        """Open the database, creating it where there is none.

        With ``any_schema`` one that was made with another schema is opened, too: for those who take over from it.

        Raises:
            SchemaError: it was made with another schema.
            StoreError: the file is no database, or cannot be written.
        """
        try:
            db = Database(_connected(Path(path)))
            for pragma in (
                ()
                if _is_read_only(Path(path))
                else (
                    f"page_size={schema.PAGE_BYTES}",
                    "journal_mode=wal",
                    "synchronous=normal",
                    "wal_autocheckpoint=2048",
                    "foreign_keys=on",
                    "busy_timeout=30000",
                    "cache_size=-16384",
                    "temp_store=memory",
                )
            ):
                db.conn.execute(f"pragma {pragma}")
            if schema.is_empty(db.conn):
                schema.create(db.conn)
            is_known = any_schema or schema.is_current(db.conn)
        except (*_FAULTS, OSError) as error:
            raise _failed(path, error, "cannot open the database: ") from error
        if not is_known:
            db.close()
            raise SchemaError(
                f"{path}: was made by another version of this software;"
                " `roundup crawl` and `roundup rebuild` make it anew from the archive"
            )
        return cls(db, str(path))

    @staticmethod
    def is_at(path: Path) -> bool:
        """Return whether there is a database: a file cut to nothing is none, not one without rows to be shown."""
        return path.exists() and not (path.is_file() and path.stat().st_size == 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group writes: all of them happen, or none.

        Raises:
            StoreError: the database could not be written (disk full, locked, damaged).
        """
        try:
            with self._db.atomic():
                yield
        except BaseException as error:
            self._remembered.clear()  # What was written in it was rolled back.
            if isinstance(error, _FAULTS):
                raise _failed(self.path, error) from error
            raise

    def begin(self) -> None:
        """Open a transaction around those to come, until :meth:`commit`; one that is open stays open.

        What is lost with it in a kill stands in the archive, and is applied again.
        """
        if not self._conn.in_transaction:
            self._run("begin", ())

    def commit(self) -> None:
        """Write what was grouped by :meth:`begin`, if anything was.

        Raises:
            StoreError: the database could not be written.
        """
        if self._conn.in_transaction:
            self._run("commit", ())

    def do(self, sql: str, *values: object) -> int:
        """Run one statement and give the number of rows it touched."""
        return self._run(sql, values).rowcount

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row of a query, or None."""
        cursor = self._run(sql, values)
        row = self._fetched(cursor)
        return None if row is None else dict(zip(_columns(cursor), row, strict=True))

    def row(self, table: str, key: object) -> Row | None:
        """Return the row of a table of :data:`crawler.store.row_cache.KEYS` by its key, or None; not to be changed.

        It is remembered until it is written.
        """
        rows = self._remembered.get(table, key)
        return rows[0] if rows else None

    def rows(self, table: str, key: object) -> Sequence[Row]:
        """Return the rows of such a table that have a key, in no order; not to be changed."""
        return self._remembered.get(table, key)

    def load(self, table: str, keys: Iterable[str]) -> None:
        """Load the rows of such a table that have keys, at once: they are asked for next."""
        wanted = list(keys)
        self._remembered.load(table, wanted)
        if self.pause is not None:
            self.pause(len(wanted) // KEYS_OF_A_STATEMENT)

    def has_none(self, table: str, key: object) -> None:
        """Note that no row of such a table can have a key, as that of a document that was not there before."""
        self._remembered.remember(table, key, [])

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return every row of a query."""
        return self._rows(sql, values)

    def select(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Return every row of a query with named parameters."""
        return self._rows(sql, values)

    def value(self, sql: str, *values: object) -> Any:
        """Return the first column of the first row, or None."""
        row = self._fetched(self._run(sql, values))
        return None if row is None else row[0]

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        """Insert a row and give its rowid."""
        marks = ",".join("?" * len(row))
        cursor = self._execute(f"insert into {table} ({','.join(row)}) values ({marks})", tuple(row.values()))
        self._remembered.inserted(table, row, cursor.lastrowid)
        return cursor.lastrowid or 0

    def insert_new(self, table: str, row: Mapping[str, object], key: str) -> bool:
        """Insert a row unless there is one with the same key; return whether it was new."""
        marks = ",".join("?" * len(row))
        sql = f"insert into {table} ({','.join(row)}) values ({marks}) on conflict({key}) do nothing"
        return self._run(sql, tuple(row.values())).rowcount == 1

    def insert_all(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows that all have the same columns."""
        if not rows:
            return
        marks = ",".join("?" * len(rows[0]))
        sql = f"insert into {table} ({','.join(rows[0])}) values ({marks})"
        self._remembered.forget(sql)
        try:
            self._conn.executemany(sql, [tuple(row.values()) for row in rows])
        except _FAULTS as error:
            raise _failed(self.path, error) from error

    def upsert(self, table: str, row: Mapping[str, Any], key: Sequence[str]) -> None:
        """Insert a row, or update the one with the same key."""
        others = [column for column in row if column not in key]
        update = f"update set {','.join(f'{c}=excluded.{c}' for c in others)}" if others else "nothing"
        self._execute(
            f"insert into {table} ({','.join(row)}) values ({','.join('?' * len(row))})"
            f" on conflict({','.join(key)}) do {update}",
            tuple(row.values()),
        )
        self._remembered.replaced(table, row, key)

    def update(self, table: str, key: Mapping[str, object], row: Mapping[str, object]) -> None:
        """Set columns of the rows with a key."""
        sets = ",".join(f"{column}=?" for column in row)
        where = " and ".join(f"{column}=?" for column in key)
        self._execute(f"update {table} set {sets} where {where}", (*row.values(), *key.values()))
        self._remembered.updated(table, key, row)

    def meta(self, key: str) -> str | None:
        """Return one fact about this database, or None."""
        found = self.value("select value from meta where key=?", key)
        return None if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        """Record one fact about this database."""
        self.upsert("meta", {"key": key, "value": value}, ["key"])

    def drop_meta(self, key: str) -> None:
        """Forget one fact about this database."""
        self._run("delete from meta where key=?", (key,))

    def set_meta_now(self, key: str, value: str) -> None:
        """Record one fact about this database in a transaction of its own."""
        with self.transaction():
            self.set_meta(key, value)

    def tables(self) -> list[str]:
        """Return the names of all tables that hold rows of ours."""
        return [
            str(row["name"])
            for row in self.all(
                "select name from sqlite_master where type='table' and name not like '%!_fts%' escape '!'"
                " and name not like 'sqlite!_%' escape '!' and name not like '!_%' escape '!' order by name"
            )
        ]

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file and its references; empty when it is sound."""
        faults = [str(row["integrity_check"]) for row in self.all("pragma integrity_check")]
        broken = [f"{row['table']}: row without its {row['parent']}" for row in self.all("pragma foreign_key_check")]
        return [fault for fault in faults if fault != "ok"] + broken

    def settle(self) -> None:
        """Refresh the statistics of the query planner and write the log into the file."""
        self._run("pragma optimize=0x10002", ())
        if self.value("select 1 from sqlite_master where name='sqlite_stat4'"):
            self._run("delete from sqlite_stat4", ())  # It holds samples of what stands in indexes, for all to read.
        self._run("pragma wal_checkpoint(truncate)", ())

    def _fetched(self, cursor: sqlite3.Cursor) -> Any:
        try:
            return cursor.fetchone()
        except _FAULTS as error:
            raise _failed(self.path, error) from error

    def _rows(self, sql: str, values: Sequence[object] | Mapping[str, object]) -> list[Row]:
        cursor = self._run(sql, values)
        names = _columns(cursor)
        try:
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except _FAULTS as error:
            raise _failed(self.path, error) from error

    def _run(self, sql: str, values: Sequence[object] | Mapping[str, object]) -> sqlite3.Cursor:
        self._remembered.forget(sql)
        return self._execute(sql, values)

    def _execute(self, sql: str, values: Sequence[object] | Mapping[str, object]) -> sqlite3.Cursor:
        """Run a statement; whoever calls says which remembered rows it changed."""
        if self.pause is not None:
            self.pause(1)
        try:
            return self._conn.execute(sql, values)
        except _FAULTS as error:
            raise _failed(self.path, error) from error


def _is_read_only(path: Path) -> bool:
    """Return whether a database is there that this user may only read: in its directory it can write nothing."""
    return path.is_file() and not os.access(path.parent, os.W_OK)


def _connected(path: Path) -> sqlite3.Connection:
    """Return a connection; where this user can write nothing, one that only reads.

    Others may write it then: while they have it open, its log stands beside it, and it is read with their locks. Only
    where nobody has, SQLite is told that nobody does, because it cannot make the locks there.
    """
    if not _is_read_only(path):
        # One thread at a time: the event loop, and a long record by turns with it (crawler.run.writer).
        return sqlite3.connect(path, cached_statements=512, check_same_thread=False)
    log, locks = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    if log.exists() and not locks.exists() and log.stat().st_size:
        raise sqlite3.OperationalError(f"its directory is read-only, and {log.name} holds what was written last")
    how = "mode=ro" if locks.exists() else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, cached_statements=512)


def _columns(cursor: sqlite3.Cursor) -> list[str]:
    """Return the names of the columns of a query: rows by name from :class:`sqlite3.Row` cost half as much again."""
    return [column[0] for column in cursor.description or ()]


def _is_full(path: Path) -> bool:
    """Return whether nothing can be written where a database is: SQLite maps a file, and cannot tell why that fails."""
    try:
        return os.statvfs(path.parent).f_bavail == 0
    except OSError:
        return False


def _failed(path: str | Path, error: Exception, what: str = "") -> StoreError:
    """Return the error for a failure of SQLite; where the file itself is damaged, it names the way out."""
    damaged = not isinstance(error, OSError | sqlite3.OperationalError)
    if isinstance(error, UnicodeDecodeError):
        error = ValueError("database schema is damaged")
    if "readonly" in str(error):
        error = OSError("it can only be read: the disk or its directory is read-only")
    if "disk I/O error" in str(error) and _is_full(Path(path)):
        error = OSError("the disk is full")
    hint = "; `roundup rebuild` makes it anew from the archive" if damaged else ""
    return StoreError(f"{path}: {what}{error}{hint}")
