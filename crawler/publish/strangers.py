"""Ways around the shadows that SQL has, closed: whatever a stranger asks, in whatever words, reads what may be shown.

The shadows of :mod:`crawler.publish.guard` are tables of a WITH clause. ``main.sections`` reaches behind them, and so
does a statement that no such clause can be put before. Tables of SQLite itself hold the pages of the file as they are,
and statements of others.
"""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.sqlite import sqlite3

_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|$)|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\[[^\]]*\]|[^\W\d][\w$]*|\S", re.DOTALL
)
_SCHEMAS = frozenset({"main", "temp", "temporary"})
_INSIDE = frozenset({"sqlite_dbpage", "sqlite_stmt"})
_DENIED = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})


def refuse(sql: str) -> None:
    """Refuse a statement that names a table with its schema.

    Raises:
        sqlite3.OperationalError: it does.

    >>> refuse("select main from x where y = 'main.sections'")
    >>> refuse('select * from "MAIN" /* */ . [sections]')
    Traceback (most recent call last):
    ...
    sqlite3.OperationalError: name tables without a schema: sections, not main.sections
    """
    tokens = (token for token in _TOKEN.findall(sql) if not token.startswith(("--", "/*")))
    before = ""
    for token in tokens:
        if token == "." and before in _SCHEMAS:
            raise sqlite3.OperationalError("name tables without a schema: sections, not main.sections")
        before = _plain(token)


def _plain(token: str) -> str:
    """Give a name as it is meant, in small letters: any quotes may stand around it, also those of a text."""
    return token.strip("'\"`[]").lower()


def prepare(connection: Any) -> None:
    """Let a connection read none of what SQLite keeps for itself."""
    connection.set_authorizer(_may)


def _may(action: int, first: str | None, _second: str | None, _schema: str | None, _inside: str | None) -> int:
    if action in _DENIED or (action == sqlite3.SQLITE_READ and (first or "").lower() in _INSIDE):
        return int(sqlite3.SQLITE_DENY)
    return int(sqlite3.SQLITE_OK)
