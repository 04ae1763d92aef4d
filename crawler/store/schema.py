"""The tables: one schema, and the number by which a database says that it was made with it.

Until 1.0 there are no migrations: a database made with another schema is made anew from the archive.

The words behind ``--`` in ``schema.sql`` are the descriptions of tables and columns: the data dictionary, the site and
the tests read them from here (:func:`described`), so that no column goes without one.
"""

import re
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

SCRIPT = files("crawler.store").joinpath("schema.sql").read_text(encoding="utf-8")

OPERATIONAL = frozenset({"meta", "frontier", "frontier_askers", "skipped", "pending_classification"})
"""Tables that only steer the crawl; the others are interpreted: equal after a rebuild, by natural key."""

PAGE_BYTES = 8192
"""Size of a page of the file: provisions of a thousand bytes leave a fifth of a smaller one empty."""


def digest(script: str) -> int:
    """Return the number of a schema for ``pragma user_version``; its descriptions and its layout do not count.

    >>> digest("create table t ( -- one thing\\n  n integer );") == digest("create table t ( n integer );")
    True
    >>> digest("create table t (n integer);") == digest("create table t (m integer);")
    False
    """
    words = " ".join(re.sub("--.*", "", script).split())
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") & 0x7FFFFFFF or 1


VERSION = digest(SCRIPT)


def create(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty database: all of them, or none.

    Raises:
        sqlite3.Error: it is not empty, or cannot be written.
    """
    try:
        connection.executescript(f"begin immediate;\n{SCRIPT}\npragma user_version={VERSION};\ncommit;")
    except sqlite3.Error:
        connection.rollback()
        raise


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was created in a database yet."""
    return connection.execute("select 1 from sqlite_master limit 1").fetchone() is None


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether a database was made with the schema at work here."""
    return bool(connection.execute("pragma user_version").fetchone() == (VERSION,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a table holds (one row is …) and what each of its columns means, in their order."""

    name: str
    one_row: str
    columns: dict[str, str]


_TABLE = re.compile(r"^create table (\w+) \( -- (.+)$")
_COLUMN = re.compile(r"^  (\w+) .*?-- (.+)$")


def described() -> tuple[Described, ...]:
    """Return the description of every table and column, in the order of the schema."""
    tables: list[Described] = []
    for line in SCRIPT.splitlines():
        if table := _TABLE.match(line):
            tables.append(Described(name=table[1], one_row=table[2], columns={}))
        elif tables and (column := _COLUMN.match(line)):
            tables[-1].columns[column[1]] = column[2]
    return tuple(tables)
