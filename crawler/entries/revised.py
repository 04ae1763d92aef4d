"""A guard: an Act read as enacted, and then as first revised, did not change on that day.

The text as enacted and the revised one are marked up differently, and years of amendments lie between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.entries.due import Due
from crawler.entries.headlines import LAW, REVISED
from crawler.entries.law import MADE
from crawler.entries.provisions import KINDS
from crawler.store import Row


def first_read(due: Due) -> Due:
    """Return a family with one row for all that differs between the text as enacted or made and the first revised."""
    rows = [row for row in due.rows if _is_first(row)]
    if not rows:
        return due
    whole = {"kind": REVISED, "path": "", "heading": "", "words": "[]", "flags": "[]", "occurred": None}
    of_document: dict[str, Row] = {}
    for row in rows:
        of_document.setdefault(row["document"], {**row, **whole})
    others = [row for row in due.rows if not _is_first(row)]
    folded = tuple(str(row["id"]) for row in rows)
    return replace(due, rows=[*of_document.values(), *others], folded=(*due.folded, *folded))


def is_first_read(rows: Sequence[Row]) -> bool:
    """Whether changes hold nothing but that the first revised text was read."""
    return all(row["kind"] == REVISED for row in rows)


def _is_first(row: Row) -> bool:
    of_law = row["kind"] in KINDS and row["protocol"] == LAW
    return bool(of_law and row["label_before"] in MADE and row["label_after"] not in MADE)
