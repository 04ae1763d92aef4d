"""What changed in documents since a day or a version: what was seen, what publishers state, what ended them."""

import json
import re
from collections.abc import Iterable, Sequence

from crawler.identifiers.document_numbers import held_as
from crawler.law import ENDED
from crawler.public import at_day, versions
from crawler.public.changes import BOTH_SECTIONS, PARTS, with_instruments
from crawler.public.database import Connection, Row, row, rows
from crawler.text import is_day

MAX_DOCUMENTS = 50
"""Most documents of one list."""

MAX_LISTED = 300
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
  order by c.seen desc, d.id = :id desc, d.id, c.position, c.path limit {MAX_LISTED}"""

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
    return found | {"changes": list(newest.values()), "more": len(listed) == MAX_LISTED, "followed": followed}


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


MAX_CHANGES = 2_000
MAX_NOTES = 20

_RESOLVED = """select n.value as name, coalesce(d.id, a.document, b.document, u.id,
    (select i.id from document_identifiers x join documents i on i.id = x.document where x.value = n.value
      order by i.n limit 1)) as id from json_each(?) n
  left join documents d on d.id = n.value left join aliases a on a.alias = n.value
  left join aliases b on b.alias = 'url:' || n.value left join documents u on u.id = 'url:' || n.value"""
_FIRST_PAGE = "select id from documents where url = ? order by parent is not null, n limit 1"
_DAY = "coalesce(nullif(c.occurred, ''), w.valid_from, substr(c.seen, 1, 10))"
_CHANGES = f"""select c.id, c.document, c.kind, c.verb, c.path, c.reasons, c.previous, c.version, c.after,
  {_DAY} as day, coalesce(c.occurred, '') <> '' as is_dated, w.valid_from is not null as in_text,
  (select e.id from entries e where e.id = c.entry and e.announced is not null) as entry, d.title, s.heading, s.number
  from documents d join changes c on c.document = d.id left join versions w on w.id = c.version left join sections s
    on s.n = coalesce(c.after_section, c.before_section)
  where d.root = (select root from documents where id = :id) and (:id in (d.root, d.id))
    and c.significance <> 'editorial' and c.kind not in ('new', 'moved', 'note', 'relocated', 'date')
    and (c.kind in ('withdrawn', 'gone', 'returned') or (c.cause = 'source'
      and c.silent not in (select value from json_each('{NO_NEWS}')))) and {_DAY} > :day
  order by day desc, c.position limit {MAX_CHANGES}"""
"""Those of a document and what hangs on it; what hangs on another one is alone.

A withdrawal counts whenever it was found: what was withdrawn before it was first read was no news, and is one here.
"""
_EFFECTS = f"""select e.type, e.affected_provision, e.affected_paths, e.affecting, e.affecting_provision, e.starts,
  e.day, e.applied, d.id as known, coalesce(d.title, nullif(e.affecting_title, '')) as title
  from effects e left join documents d on d.n = e.affecting_n
  where e.affected = ? and e.nature = 'textual' and e.dropped is null and e.day <> ''
    and (e.applied = 1 or e.required is not 0) order by e.day desc, e.id limit {MAX_CHANGES}"""
_NOTES = f"""select substr(date, 1, 10) as day, note from document_history where document = :id
  and substr(date, 1, 10) > :day order by date desc, number desc limit {MAX_NOTES}"""
_REPLACED = """select d.id, d.title, substr(d.published, 1, 10) as published from relations r
  join documents d on d.id = r.document where r.relation = 'replaces' and (r.target = :id
    or r.target_n = (select n from documents where id = :id)) order by d.published desc, d.id limit 5"""
_ENDS = "select max(date) as day from dates where document = ? and event = 'end of validity' and provision = ''"
_ENDED_ON = re.compile(r"(?:on|until) (\d{4}-\d\d-\d\d)(?! in this wording)")
_LACKS = "select partial, leaves_out from versions where id = ?"


def resolved(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the ids of the documents that are held, by the id, other name or address they are cited by."""
    wanted = sorted(set(names))
    spelled_so = {name: (name, *held_as(name)) for name in wanted}
    asked = json.dumps([each for every in spelled_so.values() for each in every])
    ids = {line["name"]: str(line["id"]) for line in rows(connection, _RESOLVED, [asked]) if line["id"]}
    found = {name: next(ids[each] for each in every if each in ids) for name, every in spelled_so.items()
             if not ids.keys().isdisjoint(every)}  # fmt: skip
    for name in wanted:
        if name not in found and name.startswith("https://") and (page := row(connection, _FIRST_PAGE, [name])):
            found[name] = str(page["id"])
    return found


def changes(connection: Connection, document: str, day: str) -> list[Row]:
    """Return what its publisher changed in a document and its attachments after a day, the newest first.

    ``day`` is that of the law or of the publisher where one is stated (``is_dated``), else that of the first text that
    has it (``in_text``), else that on which we saw it;
    ``reasons`` are as :func:`crawler.public.changes.changes` has them, ``entry`` is the entry that tells it.
    """
    return with_instruments(connection, rows(connection, _CHANGES, {"id": document, "day": day}))


def effects(connection: Connection, document: str) -> list[Row]:
    """Return the effects on the text of a law that have a day, the newest first; ``starts`` are all their days."""
    found = rows(connection, _EFFECTS, [document])
    return [
        {**line, "paths": json.loads(line["affected_paths"]),
         "days": sorted({line["day"], *(start["date"] for start in json.loads(line["starts"]) if start.get("date"))})}
        for line in found
    ]  # fmt: skip


def notes(connection: Connection, document: str, day: str) -> list[Row]:
    """Return the dated notes of a publisher on what it changed in a document after a day: ``day`` and ``note``."""
    return rows(connection, _NOTES, {"id": document, "day": day})


def replaced_by(connection: Connection, document: str) -> list[Row]:
    """Return the documents that say they replace one: id, title, published; the newest first."""
    return rows(connection, _REPLACED, {"id": document})


def ended(connection: Connection, held: Row) -> tuple[str, str]:
    """Return how a law ended as a whole and on which day; both empty where it did not, the day where none is told."""
    if held["status"] not in ENDED:
        return "", ""
    stated = _ENDED_ON.search(held["in_force"] or "")
    found = None if stated else row(connection, _ENDS, [held["id"]])
    return held["status"], stated[1] if stated else str(found["day"] or "")[:10] if found else ""


def lacks(connection: Connection, version: str) -> Row:
    """Return of a version whether it is ``partial``, and the kinds of provisions that it ``leaves_out``."""
    found = row(connection, _LACKS, [version]) or {"partial": 0, "leaves_out": "[]"}
    return {**found, "leaves_out": json.loads(found["leaves_out"] or "[]")}
