"""The feeds, made when they are asked for."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter, atom, jsonfeed, newest, read
from crawler.feeds.feed import updated
from crawler.publish.filtering import asked, described
from crawler.publish.settings import own
from crawler.publish.standing import standing
from crawler.publish.web import database, page
from crawler.text import moment


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Give the newest entries of a filter as Atom or JSON Feed, or "not modified" where the reader has them."""
    filter = await asked(datasette, request)
    made = await _feed(datasette, filter)
    entries = tuple(read(row) for row in await database(datasette).raw(*newest(filter)))
    form = atom if request.url_vars["form"] == "atom" else jsonfeed
    return answer(request, form.render(entries, made), form.TYPE, moment(updated(entries)))


async def _feed(datasette: Datasette, filter: Filter) -> Feed:
    settings, stand = own(datasette), await standing(datasette)
    return Feed(
        authority=settings.authority,
        public_url=settings.public_url,
        filter=filter,
        words=", ".join(one["words"] for one in await described(datasette, filter)),
        sample=stand.sample,
    )


def answer(request: Request, body: bytes, content_type: str, changed: datetime) -> Response:
    """Give an answer that readers may ask again cheaply: strong ETag, Last-Modified, 304 (RFC 9110 §13)."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed.replace(microsecond=0), usegmt=True),
        "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
        "Access-Control-Allow-Origin": "*",
    }
    if _has(request, tag, changed):
        return Response(b"", status=304, headers=headers, content_type=content_type)
    return Response(body, headers=headers, content_type=content_type)


def _has(request: Request, tag: str, changed: datetime) -> bool:
    """Say whether the reader has this already; If-None-Match wins over If-Modified-Since."""
    if match := request.headers.get("if-none-match"):
        known = [one.strip().removeprefix("W/") for one in match.split(",")]
        return tag in known or "*" in known
    since = request.headers.get("if-modified-since")
    if not since:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
