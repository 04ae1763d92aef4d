"""Documents that the partnership checklist cites, as we hold them, and what changed in them."""

import json
from collections.abc import Iterable, Mapping, Sequence

from crawler.public.database import Connection, Row, rows

MAX_CHANGES = 5_000

_NAMED = """select n.value as name, coalesce(d.id, a.document) as id from json_each(?) n
  left join documents d on d.id = n.value left join aliases a on a.alias = n.value
  where coalesce(d.id, a.document) is not null"""

_HELD = """with cited as (select value from json_each(:ids)),
  family as (select id from documents where id in cited union select id from documents where parent in cited)
  select d.id, d.parent, d.title, d.availability, d.availability_since, d.checked, d.first_seen,
  v.label, v.valid_from, v.captured, v.digest, b.label as then_label, b.valid_from as then_valid_from,
  b.captured as then_captured, b.digest as then_digest
  from documents d left join versions v on v.id = d.current left join versions b on b.id = (select x.id from versions x
    where x.document = d.id and x.representation = v.representation and x.language = v.language
    and coalesce(x.valid_from, substr(x.captured, 1, 10)) <= :reviewed
    order by coalesce(x.valid_from, x.captured) desc, x.captured desc limit 1)
  where d.id in family order by v.captured desc, d.id"""

_CHANGES = f"""with cited as (select value from json_each(:ids)),
  family as (select id from documents where id in cited union select id from documents where root in cited)
  select c.id, c.document, d.root, d.parent, d.title, c.kind, c.path, c.seen, c.occurred, c.entry,
  c.previous, c.version, s.heading, s.number from changes c join documents d on d.id = c.document
  left join sections s on s.n = coalesce(c.after_section, c.before_section)
  where c.document in family and c.cause = 'source' and c.significance <> 'editorial' and c.silent = ''
  and (c.seen >= :day or c.occurred >= :day) order by c.seen desc, c.position, c.id limit {MAX_CHANGES}"""

_WITH_TEXT = """select j.value as document from json_each(?) j
  where exists (select 1 from sections s where s.document = j.value and s.is_current = 1)"""
_AT = """select j.key from json_each(:paths) j where exists (select 1 from sections s
  where s.document = :document and s.is_current = 1 and s.path = j.value)"""
_BELOW = """select 1 from sections where document = ? and path > ? || '-' and path < ? || '.'
  and is_current = 1 limit 1"""


def named(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """Return the ids of documents that are held, by the names that were asked for."""
    return {line["name"]: line["id"] for line in rows(connection, _NAMED, [json.dumps(list(names))])}


def held(connection: Connection, ids: Sequence[str], reviewed: str) -> list[Row]:
    """Return documents and their attachments, each with its version of now, and that of the day of a review."""
    return rows(connection, _HELD, {"ids": json.dumps(list(ids)), "reviewed": reviewed})


def changes_since(connection: Connection, ids: Sequence[str], day: str) -> list[Row]:
    """Return what publishers changed in documents and all that hangs on them, as far as it may be announced at all."""
    return rows(connection, _CHANGES, {"ids": json.dumps(list(ids)), "day": day})


def missing(connection: Connection, cited: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the provisions (document, path) that do not stand in the text that we hold, where we hold one.

    One stands there where a section has its path, or one inside it, or one that it lies in.
    """
    asked = sorted(set(cited))
    documents = json.dumps(sorted({document for document, _ in asked}))
    with_text = {line["document"] for line in rows(connection, _WITH_TEXT, [documents])}
    return {(id, path) for id, path in asked if id in with_text and not _stands(connection, id, path)}


def _stands(connection: Connection, document: str, path: str) -> bool:
    steps = path.split("-")
    above = ["-".join(steps[:length]) for length in range(1, len(steps) + 1)]
    keys: Mapping[str, object] = {"document": document, "paths": json.dumps(above)}
    return bool(rows(connection, _AT, keys) or rows(connection, _BELOW, [document, path, path]))
