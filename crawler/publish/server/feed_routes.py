"""The feeds, made when they are asked for."""

import re
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter, opml
from crawler.feeds.facets import title
from crawler.feeds.feed import EPOCH, newest_update
from crawler.feeds.files import FORMS
from crawler.feeds.presets import OPEN, common, place
from crawler.feeds.presets import preset as named_feed
from crawler.public.database import Connection
from crawler.public.filters import announced_values
from crawler.public.parts import archive, entries_of, part_named, subscription
from crawler.publish.filtering import asked, feed_of
from crawler.publish.freshness import freshness
from crawler.publish.server.responses import MissingError, ask, ask_once, page
from crawler.text import moment

_PART = re.compile(r"(.+?)-(\d{4}-\d{2}-\d{1,4})")
"""The name of a common feed, and a part of its archive."""


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Return the newest entries of a filter, or a part of its archive, or "not modified" where the reader has them."""
    part = request.url_vars["part"] or ""
    return await _answered(datasette, request, await asked(datasette, request), part=part)


@page
async def common_feed(datasette: Datasette, request: Request) -> Response:
    """Return one of the feeds that also exist as files, under the same address below feeds/."""
    if request.query_string:
        raise MissingError("This feed has one filter, its name; for any other use /feeds/changes with a filter.")
    filters, name, part = await commons(datasette), request.url_vars["name"], ""
    filter = named_feed(filters, request.url_vars["facet"], name)
    if filter is None and (split := _PART.fullmatch(name)):
        name, part = split.groups()
        filter = named_feed(filters, request.url_vars["facet"], name)
    if filter is None:
        raise MissingError("There is no feed with this address.")
    return await _answered(datasette, request, filter, place(filter), part)


@page
async def feeds(datasette: Datasette, request: Request) -> Response:
    """Return the list of the feeds that also exist as files, as OPML."""
    every = await feed_of(datasette, Filter())
    made = [
        replace(every, filter=one, words=title(one.pairs), place=place(one))
        for one in (Filter(), *await commons(datasette))
    ]
    stand = await freshness(datasette)
    return answer(request, opml.render(made), opml.TYPE, moment(stand.clock or EPOCH))


async def commons(datasette: Datasette) -> tuple[Filter, ...]:
    """Return the filters of the feeds that also exist as files."""
    return common(await ask(datasette, announced_values, *OPEN))


async def _answered(
    datasette: Datasette, request: Request, filter: Filter, place: str = "changes", part: str = ""
) -> Response:
    feed, form = replace(await feed_of(datasette, filter, place), part=part), request.url_vars["form"]
    body, changed = await ask_once(datasette, (feed, form), _made, feed, form)
    return answer(request, body, FORMS[form].TYPE, moment(changed))


def _made(connection: Connection, feed: Feed, form: str) -> tuple[bytes, str]:
    """Return a feed or a part of its archive, and when it last changed."""
    filter, part = feed.filter, feed.part
    found = archive(connection, filter, part_named(part)) if part else subscription(connection, filter)
    if found is None:
        raise MissingError("There is no such part of this feed, or it is not closed: then the feed itself holds it.")
    entries = entries_of(connection, found)
    return FORMS[form].render(entries, replace(feed, before=found.before)), newest_update(entries)


def answer(request: Request, body: bytes, content_type: str, changed: datetime) -> Response:
    """Return an answer that readers may ask again cheaply: strong ETag, Last-Modified, 304 (RFC 9110 §13)."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed.replace(microsecond=0), usegmt=True),
        "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
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
    except (ValueError, TypeError, OverflowError):
        return False
