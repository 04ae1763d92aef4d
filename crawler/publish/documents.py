"""The page of one document: its facts, its history, two versions compared, and its text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import private, telling
from crawler.feeds.private import taken_down
from crawler.feeds.words import provision
from crawler.publish import comparing, lessons, review, timeline
from crawler.publish.guard import Guarded
from crawler.publish.paths import decode, encode
from crawler.publish.shadows import hash_only
from crawler.publish.web import MissingError, database, page, render

PART = 150
"""Sections on one page."""

_LONGEST = 200
"""Most characters of a path."""

_DOCUMENT = """select d.*, p.name as publisher_name, p.licence, p.attribution, s.name as source_name
  from documents d join sources s on s.id = d.source left join publishers p on p.id = coalesce(d.publisher, s.publisher)
  where d.id = ?"""

_SHOWN = f"""select {private("d.id")} as private, {taken_down("d.id")} as removed, {hash_only("d.id", "")} as hash_only
  from documents d where d.id = ?"""

_TELLING = ("id", "title", "url", "author", "summary", "published", "updated")
"""What a document says of itself, which is shown no more once it was removed."""

_SECTIONS = """select s.path, s.number, s.heading, s.text, s.status, s.parts from versions v, json_each(v.sections) j
  join sections s on s.id = j.value where v.id = ? order by j.key limit ? offset ?"""
_PLACE = """select j.key as place, s.path from versions v, json_each(v.sections) j join sections s on s.id = j.value
  where v.id = ? and (s.path = ? or exists (select 1 from json_each(s.parts) p where json_extract(p.value, '$[0]') = ?))
  order by s.path <> ? limit 1"""

_DROPPED = """(select min(later.time) from fetches stated join fetches later on later.url = stated.url
    and later.id > stated.id and later.outcome = 'accepted'
    where stated.id = e.fetch and stated.role = 'document') as dropped"""
"""Since when the page of a law that stated an effect last has been read without it, null where it still states it."""

_TABLES: Mapping[str, str] = {
    "children": """select id, title, kind, availability, published, changed from documents where parent = ?
      order by published desc, title limit 200""",
    "listed": """select s.id, s.name, x.first_seen, x.last_seen from document_sources x
      join sources s on s.id = x.source where x.document = ? order by s.position""",
    "aliases": "select alias from aliases where document = ? order by alias limit 100",
    "dates": """select event, provision, date, qualification from dates where document = ?
      order by date desc, event limit 200""",
    "relations": """select r.relation, r.target, coalesce(a.document, d.id) as known, d.title from relations r
      left join aliases a on a.alias = r.target left join documents d on d.id = coalesce(a.document, r.target)
      where r.document = ? order by r.relation, r.target limit 200""",
    "effects_on": f"""select e.affected_provision, e.affecting, e.affecting_provision, e.type, e.applied, e.in_force,
      d.id as known, d.title, {_DROPPED} from effects e left join documents d on d.id = e.affecting where e.affected = ?
      order by e.seen desc, e.id limit 200""",
    "effects_of": f"""select e.affected, e.affected_provision, e.affecting_provision, e.type, e.applied, e.in_force,
      d.id as known, d.title, {_DROPPED} from effects e left join documents d on d.id = e.affected where e.affecting = ?
      order by e.seen desc, e.id limit 200""",
    "topics": """select t.id, t.label, x.band, x.why from document_topics x join topics t on t.id = x.topic
      where x.document = ? and x.band <> 'out' order by x.score desc""",
}


@page
async def document(datasette: Datasette, request: Request) -> Response:
    """Give the page of a document; another identifier of it leads there."""
    db, wanted = database(datasette), decode(request.url_vars["id"])
    found = await db.all(_DOCUMENT, [wanted]) or await _removed(db, wanted)
    if not found:
        other = await db.all("select document from aliases where alias = ?", [wanted])
        if not other:
            raise MissingError("There is no document with this address.")
        return Response.redirect(datasette.urls.path(f"doc/{encode(other[0]['document'])}"))
    shown = (await db.raw(_SHOWN, [wanted]))[0]
    values: dict[str, Any] = {"d": found[0], "is_law": found[0]["kind"] in telling.LAW, **shown}
    if shown["removed"] is None:
        values |= {name: await db.all(sql, [wanted]) for name, sql in _TABLES.items()}
        values |= await review.judged(datasette, wanted)
        values |= await lessons.of(datasette, wanted)
        values |= {"parent": await _parent(db, found[0]["parent"])}
        values |= await timeline.history(db, wanted, found[0]["first_seen"], found[0]["published"])
    if not shown["private"]:
        values |= await _text(db, found[0], bool(shown["hash_only"]), request)
        values |= await comparing.asked(db, wanted, request, bool(shown["hash_only"]))
    return await render(datasette, request, "document.html", values)


async def _removed(db: Guarded, wanted: str) -> list[dict[str, Any]]:
    """Give a document that names people and that its publisher took down, to whoever has its id: as good as nothing."""
    rows = await db.raw(f"{_DOCUMENT} and {taken_down('d.id')} is not null", [wanted])
    return [row | dict.fromkeys(_TELLING, "") | {"parent": None} for row in rows]


async def _parent(db: Guarded, parent: str | None) -> dict[str, Any] | None:
    rows = await db.all("select id, title from documents where id = ?", [parent]) if parent else []
    return rows[0] if rows else None


async def _text(db: Guarded, found: Mapping[str, Any], is_shut: bool, request: Request) -> dict[str, Any]:
    """Give the version shown, its contents, and one part of its sections: that with the provision asked for ``at``."""
    versions = await db.all("select * from versions where id = ?", [found["current"]])
    if not versions:
        return {"version": None, "contents": [], "sections": [], "parts": 0, "part": 1, "at": None}
    parts = max(1, -(-len(json.loads(versions[0]["sections"])) // PART))
    at = await _at(db, found["current"], request.args.get("at"))
    number = at["place"] // PART + 1 if at and at["path"] else _number(request.args.get("part"), parts)
    contents = await db.all(
        "select path, number, heading, position / ? + 1 as part from version_sections where version = ?"
        " order by position limit 3000",
        [PART, found["current"]],
    )
    sections = [] if is_shut else await db.all(_SECTIONS, [found["current"], PART, (number - 1) * PART])
    return {
        "version": versions[0], "contents": contents, "sections": sections, "parts": parts, "part": number, "at": at,
    }  # fmt: skip


def _number(part: str | None, parts: int) -> int:
    number = int(part) if part and part.isascii() and part.isdigit() and len(part) < 6 else 1
    if not 1 <= number <= parts or (part and not part.isdigit()):
        raise MissingError(f"There is no part {part!r} of this text.")
    return number


async def _at(db: Guarded, version: str, wanted: str | None) -> dict[str, Any] | None:
    """Give the place of a provision by its path, or of the nearest that would hold it; None where none was asked for.

    ``path`` is that of the section found, empty where there is none; ``missing`` what was asked for and is not there.
    """
    if not wanted:
        return None
    missing = provision(wanted) or wanted.replace("-", " ")
    steps = wanted[:_LONGEST].split("-")
    for length in range(len(steps), 0, -1):
        path = "-".join(steps[:length])
        if rows := await db.all(_PLACE, [version, path, path, path]):
            return {**rows[0], "missing": "" if length == len(steps) and path == wanted else missing}
    return {"place": 0, "path": "", "missing": missing}
