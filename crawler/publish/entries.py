"""The page of one entry."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Feed, one, read, words
from crawler.publish.paths import decode
from crawler.publish.settings import own
from crawler.publish.web import MissingError, database, page, render

_FETCH = """select f.url, f.time, f.status, f.file, f.digest, f.bytes from fetches f
  join entries e on e.fetch = f.id where e.id = ?"""


@page
async def entry(datasette: Datasette, request: Request) -> Response:
    """Give the page of an entry, announced or not."""
    wanted = decode(request.url_vars["id"])
    rows = await database(datasette).raw(one(), {"id": wanted})
    if not rows:
        raise MissingError("There is no entry with this address.")
    found = read(rows[0])
    settings = own(datasette)
    feed = Feed(authority=settings.authority, public_url=settings.public_url)
    captures = [] if found.removed else await database(datasette).raw(_FETCH, [wanted])
    values = {
        "entry": found,
        "tag": feed.entry_id(found),
        "capture": captures[0] if captures else None,
        "citation": citation(found, feed),
    }
    return await render(datasette, request, "entry.html", values)


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
