"""What may differ between two dumps: numbers of one machine, and tables and columns that left or got another name.

A later step that drops or renames something says so here; everything else has to be equal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

OPERATIONAL = frozenset(
    {"_sqlite_migrations", "meta", "frontier", "frontier_askers", "skipped", "pending_classification", "entry_counts"}
)
"""Tables that only steer a crawl; they are never dumped."""
SEARCH = ("document_search", "sections_fts", "sqlite_")
"""What names of tables begin with that are search indexes, or belong to SQLite; they are never dumped."""
MACHINE = {
    "crawls": frozenset({"started", "ended", "software", "parsers", "file", "offset", "length"}),
    "fetches": frozenset({"exchange", "file", "offset", "length"}),
    "relevance": frozenset({"rules"}),
}
"""Columns that hold places on this machine, times of a clock on the wall, versions of code, the order of requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Names of the older dump: tables and columns that are dropped, and those that are called otherwise now.

    Columns are given as ``table.column``, with the older name of the table.
    """

    dropped_tables: frozenset[str] = frozenset()
    dropped_columns: frozenset[str] = frozenset()
    renamed_tables: Mapping[str, str] = field(default_factory=dict)
    renamed_columns: Mapping[str, str] = field(default_factory=dict)

    def rows(self, table: str, rows: Iterator[Row]) -> tuple[str, Iterator[Row]]:
        """Return the present name of a table, and its rows with the present names of their columns."""
        return self.renamed_tables.get(table, table), (self._row(table, row) for row in rows)

    def _dropped(self, table: str) -> list[str]:
        return [each for each in self.dropped_columns if each.startswith(f"{table}.")]

    def _row(self, table: str, row: Row) -> Row:
        left_out = {*MACHINE.get(table, ()), *(each.partition(".")[2] for each in self._dropped(table))}
        kept = {name: value for name, value in row.items() if name not in left_out}
        return {self.renamed_columns.get(f"{table}.{name}", name): value for name, value in kept.items()}


DECLARED = Declared(
    dropped_tables=frozenset({"put_off"}),
    dropped_columns=frozenset(
        {"documents.hidden", "documents.silent", "documents.announced", "sections.indexed", "changes.silent",
         "changes.entry", "relevance.published", "relevance.unconfirmed"}
    ),
)  # fmt: skip
"""What has changed since commit ebd0ebf: the search indexes leave the database of a crawl, and table ``outbox`` alone
says what is announced. Only what is told of though nobody confirmed it has ``relevance.unconfirmed``."""
