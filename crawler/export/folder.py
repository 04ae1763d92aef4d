"""A folder that a plain Datasette serves as it is: the public file, what its columns mean, queries, and settings.

Datasette 0.65 reads ``settings.json``, 1.0 ``datasette.yaml``, both ``metadata.json``; each ignores the other's. A
plain Datasette has none of the protections of the site, so readers' SQL is off in both.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from hashlib import file_digest
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawler.errors import ConfigError, StorageError
from crawler.public import named, schema
from crawler.public.database import FILE

DATABASE = "public"
"""Name that a plain Datasette gives the database: that of the file."""

SETTINGS = {
    "suggest_facets": False,
    "sql_time_limit_ms": 500,
    "facet_time_limit_ms": 100,
    "max_returned_rows": 500,
    "allow_csv_stream": False,
    "default_allow_sql": False,
    "num_sql_threads": 4,
}
"""Measured on 200,000 documents (``make bench-site``)."""

TITLE = "Counter-trafficking round-up: the data"
_SEARCHES = {
    "documents": ("documents_fts", "n"),
    "document_search": ("documents_fts", "n"),
    "passage_texts": ("passages_fts", "n"),
}
"""The index of each table that can be searched, and the column of the table that has its numbers."""


def folder(public: Path, target: Path) -> list[Path]:
    """Write a folder for a plain Datasette, and return its files.

    Raises:
        ConfigError: there is no public file yet.
        StorageError: the folder cannot be written.
    """
    if not public.is_file():
        raise ConfigError(f"{public}: there is no public database yet; crawl first, or run roundup export")
    try:
        target.mkdir(parents=True, exist_ok=True)
        part = target / f"{FILE}.part"
        shutil.copyfile(public, part)
        part.replace(target / FILE)
        queries = named.metadata()
        texts = {
            "metadata.json": _json({"title": TITLE, "databases": {DATABASE: {**_described(), "queries": queries}}}),
            "settings.json": _json(SETTINGS),
            "datasette.yaml": _json({"settings": SETTINGS, "databases": {DATABASE: {"queries": queries}}}),
            "inspect-data.json": _json({DATABASE: _inspected(target / FILE)}),
        }
        for name, text in texts.items():
            _put(target / name, text)
    except OSError as error:
        raise StorageError(f"{target}: {error.strerror or error}") from error
    return [target / FILE, *(target / name for name in texts)]


def _described() -> dict[str, Any]:
    tables: dict[str, dict[str, Any]] = {
        table.name: {"description": f"One row is {table.one_row}.", "columns": table.columns}
        for table in (*schema.tables(), *schema.views())
    }
    for name, (index, key) in _SEARCHES.items():
        tables.setdefault(name, {}).update(fts_table=index, fts_pk=key)
    return {"tables": tables}


def _inspected(path: Path) -> dict[str, Any]:
    """Return what ``datasette inspect`` would: without it each start counts every row."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table' order by 1")]
        counts = {name: {"count": connection.execute(f'select count(*) from "{name}"').fetchone()[0]} for name in names}
    return {"hash": _digest(path), "size": path.stat().st_size, "file": FILE, "tables": counts}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _put(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
