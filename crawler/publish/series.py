"""Pages of what people keep by hand: series and their editions, collections, judgments of UK courts."""

from __future__ import annotations

import json
from datetime import timedelta

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.entries.series import often
from crawler.public import curated
from crawler.publish.paths import decode
from crawler.publish.web import MissingError, ask, page, render

MAX_EDITIONS = 12
"""Editions of a series that its page lists; the table has all."""

MAX_DOCUMENTS = 200
"""Most documents of one source of a collection that are listed."""


@page
async def series(datasette: Datasette, request: Request) -> Response:
    """Answer with every series: how it stands, its newest editions, and when the next one is expected."""
    rows = await ask(datasette, curated.series, MAX_EDITIONS)
    listed = [{**row, "cadence": often(timedelta(seconds=row["every"]))} for row in rows]
    return await render(datasette, request, "series.html", {"series": listed, "shown": MAX_EDITIONS})


@page
async def collections(datasette: Datasette, request: Request) -> Response:
    """Answer with the collections, and what else is kept by hand."""
    values = {
        "collections": await ask(datasette, curated.collections),
        "judgments": await ask(datasette, curated.judgments_reviewed),
    }
    return await render(datasette, request, "collections.html", values)


@page
async def collection(datasette: Datasette, request: Request) -> Response:
    """Answer with a collection: documents that it names, held or not, then those of its sources, newest first."""
    row = await ask(datasette, curated.collection, decode(request.url_vars["id"]), MAX_DOCUMENTS)
    if row is None:
        raise MissingError("There is no collection with this address.")
    values = {"collection": row, "named": row["named"], "read": row["read"], "most": MAX_DOCUMENTS}
    return await render(datasette, request, "collection.html", values)


@page
async def judgments(datasette: Datasette, request: Request) -> Response:
    """Answer with the judgments that are kept by hand, newest first, and when that list was last reviewed."""
    rows = await ask(datasette, curated.judgments)
    listed = [{**row, "provisions": json.loads(row["provisions"])} for row in rows]
    values = {"judgments": listed, "reviewed": max((row["reviewed"] for row in rows), default="")}
    return await render(datasette, request, "judgments.html", values)
