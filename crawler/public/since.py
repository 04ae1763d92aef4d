"""What publishers changed in documents of a reading list since a day, or since a version that they name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crawler.public import at_day, versions
from crawler.public.changes import BOTH_SECTIONS, PARTS, with_instruments
from crawler.public.database import Connection, Row, rows
from crawler.text import is_day

MAX_DOCUMENTS = 50
"""Most documents of one list."""

MAX_CHANGES = 300
"""Most changes of one document that are read."""

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

_READ = """select min(captured) as captured from versions where document = :document
  and representation = :representation and language = :language and (id = :id or valid_from > :valid_from)"""


def since(connection: Connection, ids: Sequence[str], stated: str) -> list[Row]:
    """Return documents in the order of their names with what changed in each, and in what hangs on it, since.

    ``stated`` is a day (``2026-01-01``; what was seen or began on it counts) or the label of a version, as ``v3.7``.
    Each has ``asked``, its name in the question; ``id``, empty where it is not held; ``unknown``, where it has no such
    version; ``after``, when that version was read; ``changes``, of each provision the newest with ``times``, how
    often it changed; and ``followed``, the day of a later wording that is held and has other sections, even where we
    saw no change: what was read later was not seen to change. Of a day it is empty where there are changes.
    """
    return [_one(connection, held, stated) for held in rows(connection, _HELD, [json.dumps(list(ids))])]


def _one(connection: Connection, held: Row, stated: str) -> Row:
    by_day, base = is_day(stated), None
    current = versions.version(connection, held["id"], held["current"] or "") if held["id"] else None
    if current is not None:
        name = at_day.before_since(connection, current, stated)
        base = versions.version(connection, held["id"], name) if name else None
    after, day = (stated, stated) if by_day else _begun(connection, base) if base else ("", "")
    found = {**held, "id": held["id"] or "", "unknown": not after, "after": after, "changes": [], "followed": ""}
    if not held["id"] or not after:
        return found
    listed = rows(connection, _CHANGED, {"id": held["id"], "after": after, "day": day})
    newest: dict[tuple[str, str, str], Row] = {}
    for change in with_instruments(connection, listed):
        key = (change["document"], change["path"], change["kind"] if not change["path"] else "")
        newest.setdefault(key, {**change, "times": 0})["times"] += 1
    is_asked = base is not None and not held["private"] and not (by_day and newest)
    followed = _followed(connection, current, base) if is_asked and current and base else ""
    return found | {"changes": list(newest.values()), "more": len(listed) == MAX_CHANGES, "followed": followed}


def _begun(connection: Connection, version: Row) -> tuple[str, str]:
    """Return when a wording, or one that followed it, was read first, and the end of the day on which it began.

    Earlier wordings are read later than those that followed.
    """
    if not version["valid_from"]:
        return str(version["captured"]), "9999"
    first = rows(connection, _READ, version)[0]["captured"]
    return str(first), f"{version['valid_from']}T24"


def _followed(connection: Connection, current: Row, version: Row) -> str:
    """Return the day of the first wording after a dated one that has other sections, empty where there is none."""
    own = set(versions.section_numbers(connection, version["id"]))
    later = (one for one in at_day.stream(connection, current) if one.since > (version["valid_from"] or "9999"))
    return next((one.since for one in later if set(one.sections) != own), "")
