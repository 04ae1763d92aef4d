"""Rows that are remembered until their table is written to: the fold asks for the same ones often for a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Row = dict[str, Any]

TABLES = ("documents", "aliases", "document_sources", "fetches", "sources", "publishers")
"""Tables whose rows are remembered. No trigger and no foreign key writes to them: a statement names what it changes."""
MAX_ROWS = 1_000
"""Rows of a table that are remembered at most: those of the page at hand are some ten."""
_NAMES = re.compile(rf"\b(?:{'|'.join(TABLES)})\b", re.IGNORECASE)


class RowCache:
    """First rows of queries, by table; ``ask`` asks the database for one.

    It holds for one connection that alone writes: what another process writes is not seen.
    """

    def __init__(self, ask: Callable[..., Row | None]) -> None:
        self._ask = ask
        self._rows: dict[str, dict[object, Row | None]] = {table: {} for table in TABLES}

    def get(self, table: str, sql: str, values: tuple[object, ...]) -> Row | None:
        """Return the first row of a query about one table alone, None where there is none."""
        rows, key = self._rows[table], (sql, values)
        if key not in rows:
            if len(rows) >= MAX_ROWS:
                rows.clear()
            rows[key] = self._ask(sql, *values)
        return rows[key]

    def forget(self, sql: str) -> None:
        """Forget the rows that a statement may change."""
        for table in _written(sql):
            self._rows[table].clear()

    def clear(self) -> None:
        """Forget all rows."""
        for rows in self._rows.values():
            rows.clear()


@lru_cache(maxsize=1024)
def _written(sql: str) -> tuple[str, ...]:
    """Return the tables that a statement may change: all, where it is of no kind known here."""
    verb = sql.split(None, 1)[0].lower()
    if verb in ("select", "pragma", "begin", "commit"):
        return ()
    return tuple(name.lower() for name in _NAMES.findall(sql)) if verb in ("insert", "update", "delete") else TABLES
