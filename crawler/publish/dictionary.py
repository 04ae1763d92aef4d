"""What every table and column means, as Datasette's metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.store.schema import Described, described

_SEARCHES = ("document_search_fts", "document_search_trigram", "sections_fts")
_SHADOWS = ("", "_data", "_idx", "_docsize", "_config", "_content")
_LABELS = {
    "documents": "title", "entries": "title", "publishers": "name", "sources": "name", "topics": "label",
    "series": "name", "collections": "name",
}  # fmt: skip
_NEWEST_FIRST = {
    "changes": "seen",
    "crawls": "clock",
    "documents": "first_seen",
    "entries": "announced",
    "issues": "since",
    "runs": "crawl",
    "versions": "captured",
}
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
    "fetches": ("time", "url", "status", "outcome", "reason", "source", "role", "digest", "file", "offset", "length"),
    "issues": ("since", "source", "kind", "severity", "detail", "subject", "last_seen", "resolved"),
    "sections": ("document", "number", "heading", "text", "path", "status", "newest"),
    "versions": ("captured", "document", "label", "valid_from", "title", "note", "representation", "language"),
}  # fmt: skip
"""Columns that people look for, by table: pages show them first; JSON and CSV keep the order of the schema."""

FOR_READERS = (
    "entries", "changes", "documents", "sections", "versions", "version_sections", "effects", "dates", "relations",
    "topics", "document_topics", "document_facets", "relevance", "entry_facets", "entry_sections", "copies",
    "references_of", "toolkit_facts", "lessons", "series", "series_editions", "collections", "collection_members",
    "judgments", "publishers", "sources", "issues",
)  # fmt: skip
"""Tables about the world; the others say how it was read."""


def tables() -> dict[str, dict[str, Any]]:
    """Give the metadata of every table: description, columns, label, order; search indexes cannot be read."""
    found: dict[str, dict[str, Any]] = {table.name: _table(table) for table in described()}
    found["version_sections"] = _view(found)
    found["open_sections"] = {"allow": False, "hidden": True}
    for search in _SEARCHES:
        for shadow in _SHADOWS:
            found[search + shadow] = {"allow": False, "hidden": True}
    found["sections"] |= {"fts_table": "sections_fts", "fts_pk": "id"}
    found["document_search"] |= {"fts_table": "document_search_fts", "fts_pk": "id"}
    return found


def descriptions() -> dict[str, str]:
    """Give what one row of each table is, by table."""
    return {name: table["description"] for name, table in tables().items() if "description" in table}


def leading(cells: Sequence[Mapping[str, Any]], table: str) -> list[Mapping[str, Any]]:
    """Give columns or cells of a table with those first that people look for; a link to the row stays where it is.

    >>> [cell["column"] for cell in leading([{"column": "id"}, {"column": "kind"}, {"column": "seen"}], "changes")]
    ['seen', 'kind', 'id']
    """
    order = {name: place for place, name in enumerate(("Link", "rowid", *_FIRST.get(table, ())))}
    return sorted(cells, key=lambda cell: order.get(cell["column"] if "column" in cell else cell["name"], len(order)))


def _table(table: Described) -> dict[str, Any]:
    found: dict[str, Any] = {"description": f"One row is {table.one_row}.", "columns": dict(table.columns)}
    if table.name in _LABELS:
        found["label_column"] = _LABELS[table.name]
    if table.name in _NEWEST_FIRST:
        found["sort_desc"] = _NEWEST_FIRST[table.name]
    return found


def _view(tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Give the description of the view, from those of the tables it joins."""
    sections = tables["sections"]["columns"]
    return {
        "description": "One row is one section of one version, in the order of the version.",
        "columns": {
            "version": "the version",
            "document": "the document",
            "position": "place in the version, from 0",
            "section": "number of the section in this database",
            **{name: sections[name] for name in ("path", "number", "heading", "text", "status")},
        },
    }
