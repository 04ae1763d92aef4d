"""What changed in a document since a day: what was seen, what its publisher states, and what ended it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from crawler.identifiers.acts import spelled
from crawler.identifiers.document_numbers import held_as
from crawler.law import ENDED
from crawler.public.changes import with_instruments
from crawler.public.database import Connection, Row, row, rows
from crawler.public.since import NO_NEWS

MAX_CHANGES = 2_000
MAX_NOTES = 20

_RESOLVED = """select n.value as name, coalesce(d.id, a.document, b.document, u.id,
    (select i.id from document_identifiers x join documents i on i.id = x.document where x.value = n.value
      order by i.n limit 1)) as id from json_each(?) n
  left join documents d on d.id = n.value left join aliases a on a.alias = n.value
  left join aliases b on b.alias = 'url:' || n.value left join documents u on u.id = 'url:' || n.value"""
_LAWS = "select id, title from documents where kind in ('act', 'asp', 'si', 'legislation') and title <> '' order by n"
_PAPERS = """select id, root, title from documents where title <> '' and not private and kind in
  ('guidance', 'statutory_guidance', 'manual', 'policy_paper', 'form', 'notice', 'collection') order by id <> root, n"""
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


def titles(connection: Connection) -> dict[str, str]:
    """Return the ids of the laws that are held by their titles in small letters, as citations are looked up.

    And those of guidance and other papers by their titles as they are written. Of several laws there is none; of
    several papers that are no parts of one the id is empty.
    """
    laws: dict[str, str] = {}
    for line in rows(connection, _LAWS):
        name = spelled(line["title"])
        laws[name] = "" if name in laws else str(line["id"])
    papers: dict[str, tuple[str, str]] = {}
    for line in rows(connection, _PAPERS):
        known = papers.setdefault(line["title"], (line["root"], line["id"]))
        if known[0] != line["root"]:
            papers[line["title"]] = ("", "")
    return {name: id for name, id in laws.items() if id} | {title: id for title, (_, id) in papers.items()}


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
