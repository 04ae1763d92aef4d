"""Pages of what people keep by hand: series and their editions, collections, judgments of UK courts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.entries.series import often
from crawler.feeds.private import taken_down
from crawler.publish.guard import Guarded
from crawler.publish.paths import decode
from crawler.publish.web import MissingError, database, page, render

SHOWN = 12
"""Editions of a series that its page lists; the table has all."""

MOST = 200
"""Most documents of one source of a collection that are listed."""

_SERIES = """select s.*, p.name as publisher_name,
  (select count(*) from series_editions e where e.series = s.id) as count
  from series s join publishers p on p.id = s.publisher order by s.position, s.id"""

_EDITIONS = """select e.document, e.date, e.stated, d.title, d.availability from series_editions e
  join documents d on d.id = e.document where e.series = ?
  order by e.date is null, e.date desc, e.document limit ?"""

_SOURCES = """select s.id, s.name, s.enabled from json_each(?) j join sources s on s.id = j.value order by j.key"""

_COLLECTIONS = """select c.id, c.name, c.about,
  (select count(*) from collection_members m where m.collection = c.id and m.kind = 'document') as documents,
  (select count(*) from collection_members m where m.collection = c.id and m.kind = 'source') as sources
  from collections c order by c.position, c.id"""

_FACTS = f"""d.id, d.title, d.kind, d.status, d.availability, d.availability_since, d.published, d.updated,
  d.in_force, d.changed, {taken_down("d.id", "main.")} as removed"""
"""What is told of a document; where ``removed`` is a day, only its title, which says so."""

_NAMED = f"""select m.member, {_FACTS} from collection_members m left join aliases a on a.alias = m.member
  left join documents d on d.id = coalesce(a.document, m.member)
  where m.collection = ? and m.kind = 'document' order by m.position"""

_READ = """select m.member, s.id, s.name, s.enabled, s.reason, s.last_success from collection_members m
  left join sources s on s.id = m.member where m.collection = ? and m.kind = 'source' order by m.position"""

_DOCUMENTS = f"""select {_FACTS} from document_sources x join documents d on d.id = x.document
  where x.source = ? and d.parent is null
  order by coalesce(d.published, d.updated, d.first_seen) desc, d.id limit ?"""

_JUDGMENTS = "select citation, court, date, url, provisions, note, reviewed from judgments order by date desc, citation"


@page
async def series(datasette: Datasette, request: Request) -> Response:
    """Give every series: how it stands, its newest editions, and when the next one is expected."""
    db = database(datasette)
    found = [await _with_editions(db, row) for row in await db.raw(_SERIES)]
    return await render(datasette, request, "series.html", {"series": found, "shown": SHOWN})


async def _with_editions(db: Guarded, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a series with its newest ``editions``, its ``cadence``, and ``read``: who would list the next one."""
    return {
        **row,
        "cadence": often(timedelta(seconds=row["every"])),
        "editions": await db.all(_EDITIONS, [row["id"], SHOWN]),
        "read": await db.raw(_SOURCES, [row["sources"]]),
    }


@page
async def collections(datasette: Datasette, request: Request) -> Response:
    """Give the collections, and what else is kept by hand."""
    db = database(datasette)
    judgments = await db.raw("select count(*) as count, max(reviewed) as reviewed from judgments")
    values = {"collections": await db.raw(_COLLECTIONS), "judgments": judgments[0]}
    return await render(datasette, request, "collections.html", values)


@page
async def collection(datasette: Datasette, request: Request) -> Response:
    """Give the page of a collection: documents that it names, held or not, then those of its sources, newest first."""
    db, wanted = database(datasette), decode(request.url_vars["id"])
    rows = await db.raw("select id, name, about from collections where id = ?", [wanted])
    if not rows:
        raise MissingError("There is no collection with this address.")
    named = await db.all(_NAMED, [wanted])
    read = [
        {**source, "documents": await db.all(_DOCUMENTS, [source["member"], MOST])}
        for source in await db.raw(_READ, [wanted])
    ]
    values = {"collection": rows[0], "named": named, "read": read, "most": MOST}
    return await render(datasette, request, "collection.html", values)


@page
async def judgments(datasette: Datasette, request: Request) -> Response:
    """Give the judgments that are kept by hand, newest first, and when that list was last reviewed."""
    rows = await database(datasette).raw(_JUDGMENTS)
    found = [{**row, "provisions": json.loads(row["provisions"])} for row in rows]
    values = {"judgments": found, "reviewed": max((row["reviewed"] for row in rows), default="")}
    return await render(datasette, request, "judgments.html", values)
