"""The page of one entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Feed, one, private, read, words
from crawler.feeds.private import taken_down
from crawler.publish import provisions, timeline
from crawler.publish.guard import Guarded, hash_only
from crawler.publish.paths import decode
from crawler.publish.settings import own
from crawler.publish.show import told_words
from crawler.publish.web import MissingError, database, page, render

_CAPTURES = f"""with told(fetch, document, part) as (
    select e.fetch, e.document, 0 from entries e where e.id = :id
    union select c.fetch, c.document, 1 from changes c where c.entry = :id
    union select v.fetch, c.document, 2 from changes c join versions v on v.id = c.previous where c.entry = :id)
  select f.url, f.time, f.status, f.file, f.offset, f.length, f.digest, f.bytes, f.exchange, d.title,
  min(told.part) as part from told join fetches f on f.id = told.fetch left join documents d on d.id = told.document
  where {taken_down("told.document")} is null group by f.id order by part = 2, part, f.time desc, f.id limit 60"""
"""The capture that the entry names first, then those of its other changes, then those they were compared with."""

_PLACES = f"""select d.id, d.url, d.title, d.current is not null and not {hash_only("d.id", "")} as is_shown
  from documents d where d.id in (select value from json_each(?)) and not {private("d.id")}"""


@page
async def entry(datasette: Datasette, request: Request) -> Response:
    """Give the page of an entry, announced or not."""
    wanted = decode(request.url_vars["id"])
    db = database(datasette)
    rows = await db.raw(one(), {"id": wanted})
    if not rows:
        raise MissingError("There is no entry with this address.")
    found = read(rows[0])
    settings = own(datasette)
    feed = Feed(authority=settings.authority, public_url=settings.public_url)
    captures = [] if found.removed else await db.all(_CAPTURES, {"id": wanted})
    values = {
        "entry": found,
        "told": await places(db, found),
        "tag": feed.entry_id(found),
        "captures": [row for row in captures if row["part"] < 2],
        "compared": [row for row in captures if row["part"] == 2],
        "citation": citation(found, feed),
    }
    return await render(datasette, request, "entry.html", values)


async def places(db: Guarded, found: Entry) -> list[dict[str, Any]]:
    """Give each difference told with its ``words``, and where to read its provision: ``official`` and ``ours``.

    These are empty where it stands nowhere: what was removed does so; a text that we may not show is not linked.
    """
    documents = json.dumps(sorted({told.document for told in found.told}))
    rows = {row["id"]: row for row in await db.raw(_PLACES, [documents])}
    lines = await timeline.in_lines(db, found.id)
    return [
        {
            "told": told,
            "words": lines.get((told.document, told.path, told.words)) or told_words(told),
            **_place(told.kind, told.path, rows.get(told.document)),
        }
        for told in found.told
    ]


def _place(kind: str, path: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    title = row["title"] if row else ""
    if row is None or not path or kind == "removed":
        return {"title": title, "official": "", "ours": ""}
    return {
        "title": title,
        "official": provisions.official(row["id"], row["url"], path),
        "ours": path if row["is_shown"] else "",
    }


def citation(found: Entry, feed: Feed) -> str:
    """Give the line with which to cite an entry."""
    dated = found.updated_by_publisher or found.published
    parts = [
        found.publisher_name,
        f"“{found.document_title or found.title}”",
        f"{'updated' if found.updated_by_publisher else 'published'} {words.day(dated)}" if dated else "",
        found.url,
        f"read {words.minute(found.capture_time)}" if found.capture_time else "",
        f"noted in {feed.address(f'entry/{found.id}') or feed.entry_id(found)}",
    ]
    return ", ".join(part for part in parts if part) + "."
