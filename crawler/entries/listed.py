"""What a publisher lists inside a document as its own changes, beside ours; what matches nothing by words is marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from crawler.changes.accounts import Change, Line, changes_seen, is_account, new_lines, unlisted_changes
from crawler.entries import provisions
from crawler.store import Row

LISTED, LISTED_ONLY, UNLISTED = "listed", "listed only", "unlisted"
"""Kinds of what an entry tells: a line that matches a change, one that matches none, changes that match no line."""
MAX_NAMED = 20
"""Most of our changes that are named as matching no line."""
_PROVISIONS = frozenset({"added", "removed", "changed", "renumbered"})


def listed_lines(rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """Yield each new line of the lists of changes in some documents, and which of our changes match none of them."""
    for row in rows:
        if row["kind"] not in ("added", "changed") or not is_account(str(row["heading"] or "")) or row.get("law"):
            continue
        lines = new_lines(str(row["before"] or ""), str(row["after"] or ""))
        if row["kind"] == "added":  # a list of all that ever was: of this version are its last lines
            lines = tuple(line for line in lines if line.version == lines[-1].version)
        own = [other for other in rows if other["document"] == row["document"] and other is not row]
        changes = {_change(other): other for other in own if _is_told(other)}
        for line in lines:
            is_seen = next(changes_seen(line, changes), None) is not None
            yield _detail(row, LISTED if is_seen else LISTED_ONLY, _heading(row, line), line.text)
        missing = (
            [str(provisions.name(changes[change])) for change in unlisted_changes(lines, changes)] if lines else []
        )
        if missing:
            more = f" and {len(missing) - MAX_NAMED} more" if len(missing) > MAX_NAMED else ""
            yield _detail(row, UNLISTED, str(row["heading"]), "; ".join(missing[:MAX_NAMED]) + more)


def _is_told(row: Row) -> bool:
    return row["kind"] in _PROVISIONS and row["significance"] != "editorial"


def _change(row: Row) -> Change:
    edits = "".join(f"{text} " for op, text in json.loads(row["words"]) if op != "=")
    return Change(
        path=str(row["path"]), heading=str(row["heading"] or ""), text=edits or f"{row['before']} {row['after']}"
    )


def _heading(row: Row, line: Line) -> str:
    stated = " ".join(part for part in (line.version, line.date) if part)
    return f"{row['heading']}, {stated}" if stated else str(row["heading"])


def _detail(row: Row, kind: str, heading: str, text: str) -> dict[str, object]:
    return {
        "kind": kind,
        "verb": "",
        "document": row["document"],
        "path": row["path"],
        "heading": heading,
        "words": [["=", text]],
    }
