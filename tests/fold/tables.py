"""Two databases compared: interpreted tables by natural key, numbers of this database left out."""

from __future__ import annotations

import json
from typing import Any

from crawler.store import Store
from crawler.store.schema import OPERATIONAL


def interpreted(store: Store) -> dict[str, list[str]]:
    """Give every interpreted table as sorted rows, with surrogate numbers replaced by what they stand for."""
    fetches = {row["id"]: f"{row['exchange']}#{row['hop']}" for row in store.all("select * from fetches")}
    sections = {row["id"]: f"{row['document']}:{row['digest']}" for row in store.all("select * from sections")}
    found = {}
    for table in store.tables():
        if table in OPERATIONAL or table == "document_search":
            continue
        rows = [_natural(table, row, fetches, sections) for row in store.all(f"select * from {table}")]
        found[table] = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
    found["document_search"] = sorted(
        json.dumps([row["document"], row["title"], row["summary"], row["identifiers"]])
        for row in store.all("select * from document_search")
    )
    return found


def _natural(table: str, row: dict[str, Any], fetches: dict[int, str], sections: dict[int, str]) -> dict[str, Any]:
    row = dict(row)
    if table in ("fetches", "sections"):
        del row["id"]
    if row.get("fetch") is not None:
        row["fetch"] = fetches[row["fetch"]]
    for column in ("before_section", "after_section", "section"):
        if row.get(column) is not None:
            row[column] = sections[row[column]]
    if table == "versions":
        row["sections"] = [sections[number] for number in json.loads(row["sections"])]
    return row


def differences(one: Store, other: Store) -> list[str]:
    """Give the rows that only one of two databases has, by table; empty where they say the same."""
    left, right = interpreted(one), interpreted(other)
    found = []
    for table in sorted(left.keys() | right.keys()):
        a, b = left.get(table, []), right.get(table, [])
        found += [f"{table} only live: {row}" for row in a if row not in b]
        found += [f"{table} only rebuilt: {row}" for row in b if row not in a]
        if not found and len(a) != len(b):
            found.append(f"{table}: {len(a)} rows live, {len(b)} rebuilt")
    return found
