"""Rows that are remembered by a key until they are written: the fold asks for the same ones often for a page."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

Row = dict[str, Any]

KEYS = {
    "documents": "id", "aliases": "alias", "document_sources": "document", "fetches": "id", "sources": "id",
    "publishers": "id", "crawls": "id", "in_force": "document",
}  # fmt: skip
"""Tables whose rows are remembered, and by which column. A key has several rows in ``document_sources`` alone.

No trigger and no foreign key writes to them: a statement names what it changes.
"""
SEVERAL = "document_sources"
MAX_KEYS = 2_000
"""Keys of a table whose rows are remembered at most: those of the page at hand are some ten, of a list some hundred."""
_WRITTEN = re.compile(r"(?:insert (?:or \w+ )?into|update (?:or \w+ )?|delete from)\s*(\w+)", re.IGNORECASE)
_WRITES = re.compile(r"\b(?:insert|update|delete|replace)\b", re.IGNORECASE)


class RowCache:
    """Rows by table and key; ``ask`` asks the database for all rows of a query.

    It holds for one connection that alone writes: what another process writes is not seen.
    """

    def __init__(self, ask: Callable[..., list[Row]]) -> None:
        self._ask = ask
        self._rows: dict[str, dict[object, list[Row]]] = {table: {} for table in KEYS}
        self._columns: dict[str, Row] = {}

    def get(self, table: str, key: object) -> list[Row]:
        """Return the rows of a table that have a key; not to be changed."""
        rows = self._rows[table]
        if key not in rows:
            self.remember(table, key, self._ask(f"select * from {table} where {KEYS[table]}=?", key))
        return rows[key]

    def load(self, table: str, keys: Iterable[str]) -> None:
        """Remember the rows of keys by one query, as many as are remembered at most."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._rows[table]][:MAX_KEYS]
        if len(missing) < 2:
            return
        column, found = KEYS[table], dict[str, list[Row]]((key, []) for key in missing)
        sql = f"select * from {table} where {column} in (select value from json_each(?))"
        for row in self._ask(sql, json.dumps(missing)):
            found[row[column]].append(row)
        for key, rows in found.items():
            self.remember(table, key, rows)

    def inserted(self, table: str, row: Mapping[str, object], number: int | None) -> None:
        """Note that a row was inserted, under a ``number`` where it has no key."""
        if table in KEYS:
            column = KEYS[table]
            new = {**self._defaults(table), column: number, **row}
            if table != SEVERAL:
                self.remember(table, new[column], [new])
            else:
                self._rows[table].pop(new[column], None)

    def replaced(self, table: str, row: Mapping[str, Any], key: Iterable[str]) -> None:
        """Note that a row was inserted, or took the place of the one with the same values of a key."""
        if table in KEYS:
            name = row[KEYS[table]]
            before = self._rows[table].pop(name, None)
            if before is not None and len(row) == len(self._defaults(table)):
                others = [one for one in before if any(one[column] != row[column] for column in key)]
                self.remember(table, name, [*others, dict(row)])

    def updated(self, table: str, key: Mapping[str, object], row: Mapping[str, object]) -> None:
        """Note that columns of the rows with a key were set."""
        if table not in KEYS:
            return
        rows, column = self._rows[table], KEYS[table]
        if column not in key or column in row:
            rows.clear()
        elif key[column] in rows:
            is_all = len(key) == 1
            before = rows[key[column]]
            rows[key[column]] = [{**one, **row} if is_all or _has(one, key) else one for one in before]

    def forget(self, sql: str) -> None:
        """Forget the rows that a statement may change."""
        for table in _written(sql):
            self._rows[table].clear()

    def clear(self) -> None:
        """Forget all rows."""
        for rows in self._rows.values():
            rows.clear()

    def remember(self, table: str, key: object, found: list[Row]) -> None:
        """Remember that these rows have a key, and no others."""
        rows = self._rows[table]
        if len(rows) >= MAX_KEYS and key not in rows:
            del rows[next(iter(rows))]
        rows[key] = found

    def _defaults(self, table: str) -> Row:
        """Return the columns of a table with the value that each has where none is given."""
        if table not in self._columns:
            columns = ((row["name"], row["dflt_value"]) for row in self._ask(f"pragma table_info({table})"))
            self._columns[table] = {name: value and ast.literal_eval(value) for name, value in columns}
        return self._columns[table]


def _has(row: Row, key: Mapping[str, object]) -> bool:
    return all(row[column] == value for column, value in key.items())


@lru_cache(maxsize=1024)
def _written(sql: str) -> tuple[str, ...]:
    """Return the tables that a statement may change: all, where it is of no kind known here."""
    if sql[:7].lower() in ("select ", "pragma ") or sql in ("begin", "commit"):
        return ()
    if sql[:5].lower() == "with " and not _WRITES.search(sql):
        return ()
    table = _WRITTEN.match(sql)
    return tuple(KEYS) if table is None else tuple(KEYS.keys() & {table[1].lower()})
