"""One file with what readers may see, written whole and put in the place of the old one in one step."""

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from crawler.errors import StorageError, StoreError
from crawler.export import (
    calendar,
    cells,
    documents,
    entries,
    lessons,
    registry,
    search,
    stale,
    toolkit,
    visibility,
    wordings,
)
from crawler.public import schema
from crawler.public.database import FILE

PAGE_BYTES = 8192
CACHE_KIB = 131072
READ_CACHE_KIB = 262144
"""Twice as much as for the new one, as it is read in the order of readers: a seventh fewer pages are read with it."""
PRAGMAS = (f"page_size={PAGE_BYTES}", "journal_mode=off", "synchronous=off", f"cache_size=-{CACHE_KIB}",
           "temp_store=memory")  # fmt: skip
"""A half-written file is thrown away, so it needs no journal."""

_READ_BY_KEY = frozenset({"document_search", "reasons"})
"""Tables with one way to their rows, as those inside an index of texts have: how many there are decides nothing."""

_ABOUT = """insert into about select key, value from (
    select 'schema' as key, :schema as value union all select 'clock', :clock
    union all select 'began', (select coalesce(min(seen), '') from entries)
    union all select 'sample', (select cast(coalesce(max(sample), 0) as text) from p.crawls)
    union all select 'authority', coalesce((select value from p.meta where key = 'authority'), '')
    union all select 'public_url', coalesce((select value from p.meta where key = 'public_url'), '')
    union all select 'reports', coalesce((select value from p.meta where key = 'reports'), '[]')
    union all select 'schedule', (select cast(coalesce(min(schedule), 86400) as text) from p.sources where enabled = 1)
    union all select 'issues_open', (select cast(count(*) as text) from p.issues where resolved is null)
    union all select 'sources', (select cast(count(*) as text) from sources where enabled = 1)
    union all select 'documents', (select cast(count(*) as text) from documents)
    union all select 'entries', (select cast(count(*) as text) from entries where announced is not null))
  order by key"""

_CLOCK = "select coalesce(max(clock), '') from p.crawls where state = 'ended'"

_COUNTS = """insert into counts
  select 'documents', '', '', count(*) from documents
  union all select 'documents', 'kind', kind, count(*) from documents group by kind
  union all select 'documents', 'topic', value, count(*) from document_labels where facet = 'topic' group by value
  union all select 'review', '', '', count(*) from documents where band = 'review' and parent is null
  order by 1, 2, 3"""

Progress = Callable[[str, int], None]
"""Called with what is being done; see :data:`crawler.run.session.Progress`."""


def export(private: Path, progress: Progress = lambda what, done: None) -> Path:
    """Write ``public.db`` beside the private database, and return its path.

    It is a pure function of that database: the same database gives the same bytes. Readers see the old file until
    the new one is whole.

    Raises:
        StoreError: the private database is damaged, or does not fit this software.
        StorageError: the file cannot be written.
    """
    target = private.with_name(FILE)
    part = private.with_name(f"{FILE}.part")
    try:
        part.unlink(missing_ok=True)
        with _without_collector():
            _write(part, private, progress)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except sqlite3.Error as error:
        raise _failure(error, part, private) from error
    except OSError as error:
        raise StorageError(f"{part}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return target


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave the collector of cycles off: rows make none, and looking for them took 4 % of an export."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(part: Path, private: Path, progress: Progress) -> None:
    with closing(sqlite3.connect(f"file:{quote(str(part))}", uri=True, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"pragma {pragma}")
        connection.executescript(schema.without_indexes())
        connection.execute("attach ? as p", [f"file:{quote(str(private))}?mode=rw"])
        connection.execute(f"pragma p.cache_size=-{READ_CACHE_KIB}")
        connection.execute("begin")
        cells.register(connection)
        clock = str(connection.execute(_CLOCK).fetchone()[0])
        _fill(connection, clock, progress)
        connection.execute("commit")
        connection.execute("detach p")
        for table in schema.tables():
            if table.name not in _READ_BY_KEY:
                connection.execute(f"analyze main.{table.name}")


def _fill(connection: sqlite3.Connection, clock: str, progress: Progress) -> None:
    """Fill all tables; indexes are made once a table is full, which takes half as long."""
    progress("export: what may be seen", 0)
    visibility.decide(connection)
    documents.fill(connection)
    documents.fill_effects(connection)
    _index(connection)
    entries.prepare(connection)
    progress("export: texts and changes", 0)
    wordings.fill(connection)
    entries.fill(connection)
    _index(connection)
    stale.fill(connection)
    registry.fill(connection, clock)
    calendar.fill(connection, clock)
    _index(connection)
    toolkit.prepare(connection)
    lessons.fill(connection)
    toolkit.fill(connection, clock)
    entries.count(connection)
    connection.execute(_COUNTS)
    connection.execute(_ABOUT, {"schema": schema.VERSION, "clock": clock})
    progress("export: search", 0)
    search.fill(connection)
    _index(connection, empty_too=True)


def _index(connection: sqlite3.Connection, *, empty_too: bool = False) -> None:
    """Make the indexes of tables that hold rows by now, as far as they are not there."""
    made = {name for (name,) in connection.execute("select name from sqlite_master where type = 'index'")}
    for name, (table, statement) in schema.indexes().items():
        is_filled = empty_too or connection.execute(f"select 1 from {table} limit 1").fetchone()
        if name not in made and is_filled:
            connection.execute(statement)


def _failure(error: sqlite3.Error, part: Path, private: Path) -> StoreError | StorageError:
    """Return what failed: writing the new file, where its disk is full or broken, else reading the old one."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StorageError(f"{part}: {error}")
    return StoreError(f"{private}: cannot be exported: {error}; `roundup rebuild` makes it anew from the archive")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
