"""Answers for programs: what a page shows, as JSON objects with the names of the tables."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Feed
from crawler.public.database import Connection
from crawler.publish.freshness import freshness
from crawler.publish.server.responses import Handler, ask, page


async def answer(datasette: Datasette, values: Mapping[str, object], *, next: str = "") -> Response:
    """Return values as JSON, with the clock of what they were read from and the address of what follows (``next``).

    ``next`` is null where nothing follows; ``clock`` where nothing was read completely yet.
    """
    stand = await freshness(datasette)
    body = {"clock": stand.clock or None, "sample": stand.sample, **values, "next": next or None}
    return Response(
        json.dumps(body, ensure_ascii=False),
        headers={"Cache-Control": "public, max-age=60"},
        content_type="application/json; charset=utf-8",
    )


def answers(question: Callable[[Connection], Mapping[str, object]]) -> Handler:
    """Return the handler of a page that answers a question of the public database, as objects."""

    async def handler(datasette: Datasette, request: Request) -> Response:
        return await answer(datasette, await ask(datasette, question))

    return page(handler)


def entry(shown: Entry, feed: Feed) -> dict[str, Any]:
    """Return an entry with the names of the table ``entries``, and the id that it has in feeds (``tag``)."""
    values = asdict(shown)
    details = [{**told, "words": [[word["op"], word["text"]] for word in told["words"]]} for told in values.pop("told")]
    labels = values.pop("facets")
    return {"tag": feed.entry_id(shown), **values, "details": details, "labels": labels}
