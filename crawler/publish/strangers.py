"""Ways around the shadows that SQL has, closed: whatever a stranger asks, in whatever words, reads what may be shown.

The shadows of :mod:`crawler.publish.guard` are tables of a WITH clause. ``main.sections`` reaches behind them, and so
does a statement that no such clause can be put before. Tables of SQLite itself hold the pages of the file as they are,
and statements of others.
"""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.sqlite import sqlite3

_SCHEMA = re.compile(r"(?<![\w$])(?:main|temp|temporary)[\"'`\]]?[\s\ufeff]*(?:\.|/\*|--)", re.I)
"""A schema, with or without quotes, before its dot or before a comment; for SQLite a byte order mark is a blank, too.

Wherever it stands, in a text as well: what SQLite takes for a text is not for us to say. It knows parameters that hold
a quote, such as ``:x(')``.
"""
_INSIDE = frozenset({"sqlite_dbpage", "sqlite_stmt"})
_DENIED = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})


def refuse(sql: str) -> None:
    """Refuse a statement that names a table with its schema, or may do so.

    Raises:
        sqlite3.OperationalError: it does.

    >>> refuse("select main from x where y = 'in the main'")
    >>> refuse('select * from "MAIN" /* */ . [sections]')
    Traceback (most recent call last):
    ...
    sqlite3.OperationalError: name tables without a schema: sections, not main.sections
    """
    if _SCHEMA.search(sql):
        raise sqlite3.OperationalError("name tables without a schema: sections, not main.sections")


def prepare(connection: Any) -> None:
    """Let a connection read none of what SQLite keeps for itself."""
    connection.set_authorizer(_may)


def _may(action: int, first: str | None, _second: str | None, _schema: str | None, _inside: str | None) -> int:
    if action in _DENIED or (action == sqlite3.SQLITE_READ and (first or "").lower() in _INSIDE):
        return int(sqlite3.SQLITE_DENY)
    return int(sqlite3.SQLITE_OK)
