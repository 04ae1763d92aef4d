"""What every table and column means, as Datasette's metadata."""

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.public import schema
from crawler.public.schema import Table

_SEARCHES = ("documents_fts", "passages_fts", "by_hand_fts")
_SHADOWS = ("", "_data", "_idx", "_docsize", "_config", "_content")
_LABELS = {
    "documents": "title", "entries": "title", "publishers": "name", "sources": "name", "topics": "label",
    "series": "name", "collections": "name", "by_hand": "title",
}  # fmt: skip
_NEWEST_FIRST = {"changes": "seen", "crawls": "clock", "issues": "since"}
_IN_ORDER = {"documents": "n", "entries": "n", "sources": "n", "announced_entries": "n", "stated_days": "date"}
"""Tables that have an order of their own: the newest documents and entries come first."""
_FIRST: Mapping[str, tuple[str, ...]] = {
    "changes": (
        "seen", "kind", "document", "path", "before", "after", "significance", "cause", "occurred", "note", "entry",
        "silent", "id",
    ),
    "documents": (
        "title", "kind", "jurisdiction", "publisher", "published", "updated", "in_force", "status", "availability",
        "url", "id",
    ),
    "effects": ("affected", "affected_provision", "type", "affecting", "affecting_provision", "in_force", "applied"),
    "entries": (
        "announced", "title", "summary", "kind", "document_kind", "jurisdiction", "occurred", "significance", "url",
        "id",
    ),
    "captures": ("time", "url", "status", "digest", "file", "offset", "length"),
    "issues": ("since", "source", "kind", "severity", "detail", "subject", "last_seen", "resolved"),
    "sections": ("document", "number", "heading", "text", "path", "status", "is_current"),
    "versions": ("captured", "document", "label", "valid_from", "title", "note", "representation", "language"),
}  # fmt: skip
"""Columns that people look for, by table: pages show them first; JSON and CSV keep the order of the schema."""

FOR_READERS = (
    "announced_entries", "entries", "changes", "documents", "current_sections", "sections", "versions",
    "version_sections", "captures", "annotations",
    "effects", "commencements", "in_force", "dates", "calendar", "stated_days", "document_history", "relations",
    "named_documents",
    "topics", "document_labels", "reasons", "entry_lists", "entry_sections", "duplicates", "document_identifiers",
    "resources", "lessons", "recommendations", "series", "series_editions", "collections", "collection_members",
    "collection_instruments", "unlisted", "judgments", "by_hand", "publishers", "sources", "completeness", "weeks",
    "issues",
)  # fmt: skip
"""Tables about the world; the others are those that pages and search are made of."""


def tables() -> dict[str, dict[str, Any]]:
    """Return the metadata of every table: description, columns, label, order; search indexes cannot be read."""
    found: dict[str, dict[str, Any]] = {table.name: _table(table) for table in (*schema.tables(), *schema.views())}
    for search in _SEARCHES:
        for shadow in _SHADOWS:
            found[search + shadow] = {"allow": False, "hidden": True}
    for name in ("documents", "document_search"):
        found[name] |= {"fts_table": "documents_fts", "fts_pk": "n"}
    found["passage_texts"] |= {"fts_table": "passages_fts", "fts_pk": "n"}
    return found


def descriptions() -> dict[str, str]:
    """Return what one row of each table is, by table."""
    return {name: table["description"] for name, table in tables().items() if "description" in table}


def leading(cells: Sequence[Mapping[str, Any]], table: str) -> list[Mapping[str, Any]]:
    """Return columns or cells of a table with those first that people look for; a link to the row stays where it is.

    >>> [cell["column"] for cell in leading([{"column": "id"}, {"column": "kind"}, {"column": "seen"}], "changes")]
    ['seen', 'kind', 'id']
    """
    order = {name: place for place, name in enumerate(("Link", "rowid", *_FIRST.get(table, ())))}
    return sorted(cells, key=lambda cell: order.get(cell["column"] if "column" in cell else cell["name"], len(order)))


def _table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {"description": f"One row is {table.one_row}.", "columns": dict(table.columns)}
    if table.name in _LABELS:
        found["label_column"] = _LABELS[table.name]
    if table.name in _NEWEST_FIRST:
        found["sort_desc"] = _NEWEST_FIRST[table.name]
    if table.name in _IN_ORDER:
        found["sort"] = _IN_ORDER[table.name]
    return found
