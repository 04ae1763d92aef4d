"""What publishers changed in documents of a reading list since a day, or since a version that they name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from crawler.public import at_day, versions
from crawler.public.changes import BOTH_SECTIONS, PARTS, with_instruments
from crawler.public.database import Connection, Row, rows

MAX_DOCUMENTS = 50
"""Most documents of one list."""

MAX_CHANGES = 300
"""Most changes of one document that are read."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NO_NEWS = json.dumps([
    "first walk", "first reading", "new options", "newly listed", "known already", "told already",
    "weaker representation", "template", "parser", "coverage", "rules",
])  # fmt: skip
"""Silent changes that say nothing of what a publisher did since: see :mod:`crawler.outbox`."""

_HELD = """select n.value as asked, d.id, d.title, d.kind, d.current, d.private, d.has_copy, d.checked, d.first_seen,
  d.availability, d.availability_since, d.status from json_each(?) n
  left join documents d on d.id = coalesce((select document from aliases where alias = n.value), n.value)
  order by n.key"""
_CHANGED = f"""select c.id, c.document, d.title, d.kind as document_kind, d.private, c.kind, c.path, c.significance,
  c.verb, c.flags, c.before, c.after, c.words, c.occurred, c.seen, c.entry, c.reasons,
  coalesce(a.heading, b.heading, '') as heading, coalesce(a.number, b.number, '') as number,
  coalesce(b.path, '') as path_before, coalesce(b.heading, '') as heading_before,
  coalesce(b.number, '') as number_before, {PARTS}
  from documents d join changes c on c.document = d.id {BOTH_SECTIONS}
  where (d.id = :id or d.root = :id) and c.cause = 'source' and c.kind <> 'band'
  and c.silent not in (select value from json_each('{NO_NEWS}')) and not (c.kind = 'new' and d.id = :id)
  and (c.seen > :after or c.occurred >= :day)
  order by c.seen desc, d.id = :id desc, d.id, c.position, c.path limit {MAX_CHANGES}"""


def since(connection: Connection, ids: Sequence[str], stated: str) -> list[Row]:
    """Return documents in the order of their names with what changed in each, and in what hangs on it, since.

    ``stated`` is a day (``2026-01-01``; what was seen or began on it counts) or the label of a version, as ``v3.7``.
    Each has ``asked``, its name in the question; ``id``, empty where it is not held; ``unknown``, where it has no such
    version; ``after``, when that version was read; and ``changes``, of each provision the newest with ``times``, how
    often it changed.
    """
    return [_one(connection, held, stated) for held in rows(connection, _HELD, [json.dumps(list(ids))])]


def _one(connection: Connection, held: Row, stated: str) -> Row:
    after, day = stated, stated
    if held["id"] and not DAY.fullmatch(stated):
        after, day = _read(connection, held, stated), "9999"
    found = {**held, "id": held["id"] or "", "unknown": not after, "after": after, "changes": []}
    if not held["id"] or not after:
        return found
    listed = rows(connection, _CHANGED, {"id": held["id"], "after": after, "day": day})
    newest: dict[tuple[str, str, str], Row] = {}
    for change in with_instruments(connection, listed):
        key = (change["document"], change["path"], change["kind"] if not change["path"] else "")
        newest.setdefault(key, {**change, "times": 0})["times"] += 1
    return found | {"changes": list(newest.values()), "more": len(listed) == MAX_CHANGES}


def _read(connection: Connection, held: Row, label: str) -> str:
    """Return when the version with a label of the publisher was read, empty where none has it."""
    current = versions.version(connection, held["id"], held["current"] or "")
    name = at_day.before_since(connection, current, label) if current else None
    version = versions.version(connection, held["id"], name) if name else None
    return str(version["captured"]) if version else ""
