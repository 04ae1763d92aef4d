"""The tables, as migrations. Add a function at the end; never edit one that shipped.

The words behind ``--`` are the descriptions of tables and columns: the data dictionary, the site and the tests read
them from here (:func:`described`), so that no column goes without one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from sqlite_utils import Database, Migrations

from crawler.store import privacy

migrations = Migrations("crawler")

OPERATIONAL = frozenset({"meta", "frontier", "frontier_askers", "aside", "entry_counts", "unclassified"})
"""Tables that only steer the crawl; the others are interpreted: equal after a rebuild, by natural key."""

SCRIPTS = ("tables.sql", "series.sql", "relevance.sql", "redactions.sql", "aside.sql", "put_off.sql")
"""The files that hold the tables, with the description of each table and column."""


@migrations()
def m001_first_tables(db: Database) -> None:
    """Create the first tables."""
    for statement in _statements(_script("tables.sql")):
        db.execute(statement)


@migrations()
def m002_leaves_out(db: Database) -> None:
    """Give versions of databases made before it was noted what they leave out: nothing."""
    if "leaves_out" not in db["versions"].columns_dict:
        db.execute("alter table versions add column leaves_out text not null default '[]'")


@migrations()
def m003_series(db: Database) -> None:
    """Create the tables of series, collections and judgments."""
    for statement in _statements(_script("series.sql")):
        db.execute(statement)


@migrations()
def m004_copies(db: Database) -> None:
    """Give aliases of databases made before it was noted whether they are copies: none is."""
    if "copy" not in db["aliases"].columns_dict:
        db.execute("alter table aliases add column copy integer not null default 0")


@migrations()
def m005_relevance(db: Database) -> None:
    """Create the tables of relevance, topics and the toolkit, and what sources and entries say of them."""
    if "keep" not in db["sources"].columns_dict:
        db.execute("alter table sources add column keep text not null default 'all'")
    for statement in _statements(_script("relevance.sql")):
        db.execute(statement)
    for column in ("why", "aimed_at", "look_for", "flags", "sure", "copies"):
        if column not in db["entries"].columns_dict:
            db.execute(f"alter table entries add column {column} text not null default '[]'")
    if "confirmed" not in db["entries"].columns_dict:
        db.execute("alter table entries add column confirmed integer not null default 1")


@migrations()
def m006_redactions(db: Database) -> None:
    """Create the tables of what was redacted."""
    for statement in _statements(_script("redactions.sql")):
        db.execute(statement)


@migrations()
def m007_aside(db: Database) -> None:
    """Create the table of what sources that are kept in part left aside."""
    for statement in _statements(_script("aside.sql")):
        db.execute(statement)


@migrations()
def m008_put_off(db: Database) -> None:
    """Create the table of families that are told of later."""
    for statement in _statements(_script("put_off.sql")):
        db.execute(statement)


@migrations()
def m009_hidden(db: Database) -> None:
    """Take what is never shown out of the search indexes of databases made before it was left out of them."""
    if "hidden" in db["documents"].columns_dict:
        return
    db.execute("alter table documents add column hidden integer not null default 0")
    db.execute("alter table sections add column indexed integer not null default 0")
    for statement in ("drop trigger sections_delete", "drop table sections_fts", *_searching(_script("tables.sql"))):
        db.execute(statement)
    privacy.fill(db)


def _searching(script: str) -> Iterator[str]:
    """Give the statements that make the search index of sections."""
    return (each for each in _statements(script) if re.search(r"\b(?:open_sections|sections_fts)\b", each))


def _script(name: str) -> str:
    return files("crawler.store").joinpath(name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """Give the statements of a script one by one: ``executescript`` would end the transaction of the migration."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a table holds (one row is …) and what each of its columns means, in their order."""

    name: str
    one_row: str
    columns: dict[str, str]


_TABLE = re.compile(r"^create table (\w+) \( -- (.+)$")
_COLUMN = re.compile(r"^  (\w+) .*?-- (.+)$")


def described() -> tuple[Described, ...]:
    """Give the description of every table and column, in the order of the schema."""
    tables: list[Described] = []
    for line in "".join(map(_script, SCRIPTS)).splitlines():
        if table := _TABLE.match(line):
            tables.append(Described(name=table[1], one_row=table[2], columns={}))
        elif tables and (column := _COLUMN.match(line)):
            tables[-1].columns[column[1]] = column[2]
    return tuple(tables)
