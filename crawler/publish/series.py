"""Pages of what people keep by hand: series, collections, judgments of UK courts, documents that are not watched."""

from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import select
from crawler.public import curated
from crawler.public.database import Connection
from crawler.publish import objects
from crawler.publish.paths import decode
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.sources.vocabulary import TOPICS
from crawler.text import slug
from crawler.wording import often

MAX_EDITIONS = 12
"""Editions of a series that its page lists; the table has all."""

MAX_PROVISION = 200
"""Most characters of the name of a provision."""

MAX_JUDGMENTS = 200
"""Most judgments that sources list which the page shows."""

MAX_DOCUMENTS = 200
"""Most documents of one source of a collection that are listed."""


@page
async def series(datasette: Datasette, request: Request) -> Response:
    """Answer with every series: how it stands, its newest editions, and when the next one is expected."""
    rows = await ask(datasette, curated.series, MAX_EDITIONS)
    listed = [{**row, "cadence": often(timedelta(seconds=row["every"]))} for row in rows]
    return await render(datasette, request, "series.html", {"series": listed, "shown": MAX_EDITIONS})


series_as_json = objects.answers(lambda connection: {"series": curated.series(connection, MAX_EDITIONS)})


@page
async def collections(datasette: Datasette, request: Request) -> Response:
    """Answer with the collections, and what else is kept by hand."""
    return await render(datasette, request, "collections.html", await ask(datasette, _collections))


def _collections(connection: Connection) -> dict[str, Any]:
    return {
        "collections": curated.collections(connection),
        "judgments": curated.judgments_reviewed(connection),
        "by_hand": curated.counted(connection),
    }


collections_as_json = objects.answers(_collections)


@page
async def collection(datasette: Datasette, request: Request) -> Response:
    """Answer with a collection: documents that it names, held or not, then those of its sources, newest first."""
    id = decode(request.url_vars["id"])
    row = await ask(datasette, curated.collection, id, MAX_DOCUMENTS)
    if row is None and (row := await ask(datasette, curated.collection, id.removesuffix(".json"), MAX_DOCUMENTS)):
        return await objects.answer(datasette, {"collection": row})
    if row is None:
        raise MissingError("There is no collection with this address.")
    functions = [(name, list(found)) for name, found in groupby(row["instruments"], itemgetter("function"))]
    values = {
        "collection": row,
        "named": row["named"],
        "read": row["read"],
        "functions": functions,
        "most": MAX_DOCUMENTS,
    }
    return await render(datasette, request, "collection.html", values)


@page
async def judgments(datasette: Datasette, request: Request) -> Response:
    """Answer with the judgments that sources list and that are kept by hand, newest first.

    ``?topic=`` leaves of the first those of one, ``?provision=`` of the second those that name one.
    """
    provision, topic = request.args.get("provision") or "", request.args.get("topic") or ""
    if topic and topic not in TOPICS:
        raise MissingError(select.unknown_value("Topic", topic, TOPICS))
    if len(provision) > MAX_PROVISION or (provision and not slug(provision)):
        raise MissingError("There is no provision with this name.")
    values = {
        "asked": provision,
        "topic": topic,
        "topics": TOPICS,
        "listed": [] if provision else await ask(datasette, curated.listed_judgments, topic, MAX_JUDGMENTS),
        "judgments": await ask(datasette, curated.judgments, provision),
        "by_provision": await ask(datasette, curated.by_provision, provision),
        "reviewed": (await ask(datasette, curated.judgments_reviewed))["reviewed"],
    }
    return await render(datasette, request, "judgments.html", values)


@page
async def documents_by_hand(datasette: Datasette, request: Request) -> Response:
    """Answer with the documents that are kept by hand and not watched, by publisher."""
    return await render(datasette, request, "by_hand.html", await ask(datasette, _by_hand))


def _by_hand(connection: Connection) -> dict[str, Any]:
    return {"documents": curated.listed(connection), "counted": curated.counted(connection)}


documents_by_hand_as_json = objects.answers(_by_hand)
