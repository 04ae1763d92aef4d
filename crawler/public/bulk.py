"""The public tables as files for other tools: a CSV and a JSON Lines file each, and whose licence holds for what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crawler.errors import StorageError
from crawler.public import schema, sheets
from crawler.public.database import connect

_INSIDE = frozenset({"counts", "document_search", "facet_values", "passages", "section_parts", "terms"})
"""Tables that pages and search are made of."""

TABLES = tuple(table.name for table in schema.tables() if table.name not in _INSIDE)
"""Tables about the world."""

LICENCES = "licences"
"""Name of the files that say whose licence holds for the documents of each source."""

_LICENCES = """select s.id as source, s.name, p.id as publisher, p.name as publisher_name, p.licence, p.licence_url,
  p.attribution, p.copy from sources s join publishers p on p.id = s.publisher order by s.n"""


def write(public: Path, target: Path, progress: Callable[[str, int], None]) -> None:
    """Write every table, and the licences, of a public database into a folder, row by row.

    Raises:
        StorageError: a file could not be written, or has other rows than its table.
    """
    with closing(connect(public)) as connection:
        for number, name in enumerate(TABLES, 1):
            progress("tables as CSV and JSON Lines", number)
            written = _write(connection, f'select * from "{name}"', target / name)
            held = connection.execute(f'select count(*) from "{name}"').fetchone()[0]
            if written != held:
                raise StorageError(f"{target / name}: {written} rows written, the table has {held}")
        _write(connection, _LICENCES, target / LICENCES)


def _write(connection: sqlite3.Connection, sql: str, path: Path) -> int:
    """Write the rows of a statement in both forms, and return how many there are."""
    cursor = connection.execute(sql)
    columns = [column[0] for column in cursor.description]
    number = 0
    try:
        with (
            path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as sheet,
            path.with_suffix(".jsonl").open("w", encoding="utf-8") as lines,
        ):
            sheets.write([columns], sheet)
            while found := cursor.fetchmany(1_000):
                sheets.write(found, sheet)
                objects = (dict(zip(columns, row, strict=True)) for row in found)
                lines.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects)
                number += len(found)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error
    return number
