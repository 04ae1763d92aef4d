"""A topic on one page: what changed, the days ahead, and what is current in law, guidance, reports and proposals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SHELVES
from crawler.feeds import Filter, chosen, suggestions
from crawler.public import toolkit
from crawler.public.database import Connection
from crawler.public.entries import announced
from crawler.public.standing import sources
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
    name = request.url_vars["topic"]
    if name not in TOPICS:
        raise MissingError(suggestions.value("Topic", name, TOPICS))
    stand = await freshness(datasette)
    found = await ask_kept(datasette, ("topic", name), _read, chosen([("topic", name)]), stand)
    values = {"topic": name, "words": TOPICS[name], "not_ours": NOT_OURS, **found}
    return await render(datasette, request, "topic.html", values)


def _read(connection: Connection, filter: Filter, stand: Freshness) -> dict[str, Any]:
    """Return what the page shows, all of it as of one export."""
    values = {"topic": filter.values("topic")}
    found = {
        part: toolkit.page(connection, part, values, limit=FIRST if part in SHELVES else 0, offset=0) for part in PARTS
    }
    return {
        "entries": announced(connection, filter, limit=FIRST),
        "ahead": ahead(connection, filter, stand),
        "shelves": [(PARTS[part], replace(found[part], cards=[*map(view, found[part].cards)])) for part in SHELVES],
        "rest": [(PARTS[part], found[part].total) for part in PARTS if part not in SHELVES],
        "unread": sum(source["trouble"] in ("alarm", "never") for source in sources(connection)),
    }
