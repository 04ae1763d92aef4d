"""Rows as CSV that a spreadsheet opens as words, never as formulas; all public tables as files for other tools."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TextIO

from crawler.errors import StorageError
from crawler.public import schema
from crawler.public.database import connect

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in a spreadsheet, also in its full-width form; see OWASP, CSV injection."""


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula.

    >>> cell("=HYPERLINK(1)"), cell("  @x"), cell("plain"), cell(None)
    ("'=HYPERLINK(1)", "'  @x", 'plain', '')
    """
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def write_rows(rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """Write rows as CSV (RFC 4180)."""
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)


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
            write_rows([columns], sheet)
            while found := cursor.fetchmany(1_000):
                write_rows(found, sheet)
                objects = (dict(zip(columns, row, strict=True)) for row in found)
                lines.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects)
                number += len(found)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error
    return number
