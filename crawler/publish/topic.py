"""A topic on one page: what changed, the days ahead, and what is current in law, guidance, reports and proposals."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SHELVES
from crawler.feeds import Filter, chosen, suggestions
from crawler.public import curated, toolkit
from crawler.public.database import Connection
from crawler.public.entries import announced
from crawler.public.standing import sources
from crawler.public.toolkit import Resources
from crawler.publish import objects
from crawler.publish.filtering import feed_of
from crawler.publish.freshness import Freshness, freshness
from crawler.publish.home import ahead
from crawler.publish.server.responses import MissingError, ask_kept, page, render
from crawler.publish.toolkit.cards import view
from crawler.publish.toolkit.parts import NOT_OURS, PARTS
from crawler.sources.vocabulary import TOPICS

FIRST = 5
"""Entries, and documents of each shelf, on the page; all of them are a link away."""


@page
async def topic(datasette: Datasette, request: Request) -> Response:
    """Return the page of a topic."""
    name, found = await _asked(datasette, request)
    listed: dict[str, Resources] = found["libraries"]
    values = {
        "topic": name,
        "words": TOPICS[name],
        "not_ours": NOT_OURS,
        **found,
        "shelves": [(PARTS[part], replace(listed[part], cards=[*map(view, listed[part].cards)])) for part in SHELVES],
        "rest": [(PARTS[part], listed[part].total) for part in PARTS if part not in SHELVES],
    }
    return await render(datasette, request, "topic.html", values)


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same as objects."""
    name, found = await _asked(datasette, request)
    feed = await feed_of(datasette, chosen([("topic", name)]))
    values = {
        "entries": [objects.entry(entry, feed) for entry in found["entries"]],
        "dates": [asdict(day) for day in found["ahead"]],
        "judgments": found["judgments"],
        **{part: {"total": listed.total, part: listed.cards} for part, listed in found["libraries"].items()},
    }
    return await objects.answer(datasette, values)


async def _asked(datasette: Datasette, request: Request) -> tuple[str, dict[str, Any]]:
    """Return the topic that an address names, and what there is on it."""
    name = request.url_vars["topic"]
    if name not in TOPICS:
        raise MissingError(suggestions.value("Topic", name, TOPICS))
    stand = await freshness(datasette)
    return name, await ask_kept(datasette, ("topic", name), _read, chosen([("topic", name)]), stand)


def _read(connection: Connection, filter: Filter, stand: Freshness) -> dict[str, Any]:
    """Return what the page shows, all of it as of one export."""
    values = {"topic": filter.values("topic")}
    return {
        "entries": announced(connection, filter, limit=FIRST),
        "ahead": ahead(connection, filter, stand),
        "judgments": curated.listed_judgments(connection, values["topic"][0], FIRST),
        "libraries": {
            part: toolkit.page(connection, part, values, limit=FIRST if part in SHELVES else 0, offset=0)
            for part in PARTS
        },
        "unread": sum(source["trouble"] in ("alarm", "never") for source in sources(connection)),
    }
