"""What changed in documents, and what tells it."""

import json
from collections.abc import Sequence

from crawler.identifiers.acts import called
from crawler.public.database import Connection, Row, rows

MAX_CHANGES = 500
"""Most changes of a document, or told by an entry, that are read."""

MAX_STEPS = 200
"""Most versions between two, of which the reasons of changes are read."""

MAX_ENTRIES = 100
"""Most entries about a document that are listed."""

PARTS = """a.parts as parts_after, b.parts as parts_before, coalesce(length(a.text), 0) as length_after,
  coalesce(length(b.text), 0) as length_before, coalesce(a.status, '') as status_after,
  coalesce(b.status, '') as status_before"""
BOTH_SECTIONS = "left join sections a on a.n = c.after_section left join sections b on b.n = c.before_section"
"""The provisions after and before a change, and of these what its words need to be laid out."""

_LISTED = f"""select c.id, c.kind, c.path, c.cause, c.significance, c.note, c.occurred, c.seen, c.silent, c.verb,
  c.reasons, c.entry,
  coalesce(a.heading, b.heading, '') as heading, coalesce(a.number, b.number, '') as number,
  coalesce(b.path, '') as path_before, coalesce(b.heading, '') as heading_before,
  coalesce(b.number, '') as number_before
  from changes c {BOTH_SECTIONS} where c.document = ?
  order by c.seen desc, c.cause, c.position, c.path limit {MAX_CHANGES}"""
_WORDS = f"""select c.id, c.kind, c.before, c.after, c.words, {PARTS} from json_each(?) j
  join changes c on c.id = j.value {BOTH_SECTIONS}"""
_TOLD = f"""select c.document, c.kind, c.path, c.before, c.after, c.words, coalesce(a.heading, '') as heading_after,
  coalesce(a.number, '') as number_after, coalesce(b.heading, '') as heading_before,
  coalesce(b.number, '') as number_before, {PARTS} from changes c
  {BOTH_SECTIONS} where c.entry = ? limit {MAX_CHANGES}"""
_BETWEEN = f"""select c.id, c.kind, c.path, c.significance, c.verb, c.flags, c.before, c.after, c.words,
  coalesce(a.path, b.path, c.path) as section,
  coalesce(a.heading, b.heading, '') as heading, coalesce(a.number, b.number, '') as number,
  coalesce(b.path, '') as path_before, coalesce(b.heading, '') as heading_before,
  coalesce(b.number, '') as number_before, {PARTS} from changes c {BOTH_SECTIONS}
  where c.version = :after and c.previous = :before order by c.position, c.path limit {MAX_CHANGES}"""
_CHAIN = f"""with recursive steps(version, previous) as (
    select distinct version, previous from changes where version = :after
    union select c.version, c.previous from steps s join changes c on c.version = s.previous
      where s.previous <> :before limit {MAX_STEPS})
  """
_STEPS = f"{_CHAIN} select previous from steps"
_REASONS = f"""{_CHAIN} select coalesce(a.path, b.path) as path, c.reasons from steps s
  join changes c on c.version = s.version and c.previous = s.previous {BOTH_SECTIONS}
  where c.cause = 'source' and c.reasons <> '[]' and coalesce(a.path, b.path) is not null
  order by c.seen, c.position"""
_MADE = """select j.value as section, c.kind, c.verb, c.occurred, c.seen, e.id as entry from json_each(:sections) j
  join changes c on c.after_section = j.value left join entries e on e.id = c.entry and e.announced is not null
  where c.document = :document and c.cause = 'source' and c.kind in ('added', 'changed', 'omitted')
  order by c.seen, c.id"""
_ENTRIES = f"""select e.id, e.title, e.announced, e.seen, e.state, coalesce(e.occurred, '') as occurred from (
    select id from entries where document = :document
    union select entry from changes where document = :document and entry is not null) about
  cross join entries e on e.id = about.id order by e.seen desc, e.id limit {MAX_ENTRIES}"""
_INSTRUMENTS = """select j.value as instrument, d.id as known, coalesce(d.title,
    (select max(e.affecting_title) from effects e where e.affecting = j.value), '') as title
  from json_each(?) j left join aliases a on a.alias = j.value
  left join documents d on d.id = coalesce(a.document, j.value)"""
_CORRECTIONS = """select newest.seen, newest.before, newest.after, d.id, d.title, d.kind from (
    select id, document, seen, before, after from changes where kind = 'band' order by seen desc, id limit ?) newest
  cross join documents d on d.id = newest.document order by newest.seen desc, d.title, newest.id"""
"""The newest are chosen first: one change of our rules can correct very many at once."""


def changes(connection: Connection, document: str) -> list[Row]:
    """Return the newest changes of a document by its publisher or our rules, without their words.

    ``reasons`` are by what each came about: ``instrument``, ``provision``, ``date``, ``basis``, ``part``, and the
    instrument's ``title`` and, where it is held, its id (``known``).
    """
    return with_instruments(connection, rows(connection, _LISTED, [document]))


def with_instruments(connection: Connection, listed: Sequence[Row]) -> list[Row]:
    """Return rows with their ``reasons`` read from JSON, each with what its instrument is called."""
    found = [{**row, "reasons": json.loads(row["reasons"])} for row in listed]
    names = {reason[0] for row in found for reason in row["reasons"]}
    held = rows(connection, _INSTRUMENTS, [json.dumps(sorted(names))])
    known = {row["instrument"]: {**row, "title": row["title"] or called(row["instrument"])} for row in held}
    return [{**row, "reasons": [known[name] | _reason(*rest) for name, *rest in row["reasons"]]} for row in found]


def _reason(provision: str, date: str, basis: str, part: str = "") -> Row:
    return {"provision": provision, "date": date, "basis": basis, "part": part}


def with_words(connection: Connection, changes: Sequence[Row]) -> list[Row]:
    """Return changes with their words and the parts of the provisions before and after."""
    words = {change["id"]: change for change in rows(connection, _WORDS, [json.dumps([c["id"] for c in changes])])}
    return [{**change, **words[change["id"]]} for change in changes]


def told_by(connection: Connection, entry: str) -> list[Row]:
    """Return the changes that an entry tells, with their words."""
    return rows(connection, _TOLD, [entry])


def changes_between(connection: Connection, before: str, after: str) -> list[Row]:
    """Return the changes from a version to the next one, with their words, in the order of the text."""
    return rows(connection, _BETWEEN, {"before": before, "after": after})


def reasons_between(connection: Connection, before: str, after: str) -> dict[str, list[Row]] | None:
    """Return by what provisions came about from one version to another, step by step, by the path of the section.

    None where no changes lead from one to the other: then nobody looked for reasons.
    """
    ends = {"before": before, "after": after}
    if all(step["previous"] != before for step in rows(connection, _STEPS, ends)):
        return None
    found: dict[str, list[Row]] = {}
    for row in with_instruments(connection, rows(connection, _REASONS, ends)):
        found.setdefault(row["path"], []).extend(row["reasons"])
    return found


def entries(connection: Connection, document: str) -> list[Row]:
    """Return the entries about a document, or that tell a change of it, the newest first."""
    return rows(connection, _ENTRIES, {"document": document})


def made(connection: Connection, document: str, sections: Sequence[int]) -> dict[int, Row]:
    """Return by what change wordings came about, by the ``n`` of the section; those held from the first have none."""
    found = rows(connection, _MADE, {"document": document, "sections": json.dumps(list(sections))})
    return {row["section"]: row for row in found}


def corrections(connection: Connection, most: int) -> list[Row]:
    """Return what our rules and decisions brought in or left out later, the newest first."""
    return rows(connection, _CORRECTIONS, [most])
