"""Documents that are kept by hand and not watched."""

from __future__ import annotations

import json
from collections.abc import Iterable

from crawler.public.database import Connection, Row, row, rows

MAX_MATCHING = 10
"""Most of them that a search shows."""

_COLUMNS = "b.id, b.title, b.publisher, b.kind, b.date, b.identifier, b.url, b.reason, b.copies, b.note, b.checked"
_LISTED = f"select {_COLUMNS} from by_hand b where b.document is null order by b.publisher, b.date desc, b.title"
_MATCHING = f"""select {_COLUMNS} from by_hand_fts f join by_hand b on b.n = f.rowid
  where by_hand_fts match ? and b.document is null order by bm25(by_hand_fts, 8.0, 2.0, 6.0, 1.0), b.n
  limit {MAX_MATCHING}"""
_COUNTED = """select count(*) - count(document) as count, count(document) as taken_over, max(reviewed) as reviewed
  from by_hand"""


def listed(connection: Connection) -> list[Row]:
    """Return what no source has by now, by publisher, the newest first; ``copies`` is a list."""
    return [_read(each) for each in rows(connection, _LISTED)]


def matching(connection: Connection, words: Iterable[str]) -> list[Row]:
    """Return those that have all of some words, in any form, the best first; none where there are no words."""
    asked = " ".join('"' + word.replace('"', "") + '"' for word in words)
    return [_read(each) for each in rows(connection, _MATCHING, [asked])] if asked else []


def counted(connection: Connection) -> Row:
    """Return how many there are (``count``), how many a source ``taken_over``, and when they were ``reviewed``."""
    return row(connection, _COUNTED) or {"count": 0, "taken_over": 0, "reviewed": None}


def _read(found: Row) -> Row:
    return {**found, "copies": json.loads(found["copies"])}
