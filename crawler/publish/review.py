"""What is judged: what waits for a person, and what our rules and decisions changed."""

from __future__ import annotations

import json
from datetime import timedelta

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, atom, jsonfeed
from crawler.feeds import waiting as queue
from crawler.public import changes
from crawler.public.review import waiting
from crawler.publish import live
from crawler.publish.settings import own
from crawler.publish.standing import standing
from crawler.publish.web import ask, page, render
from crawler.relevance import PATIENCE
from crawler.text import moment

MAX_LISTED = 500
"""Most documents on one of these pages."""


@page
async def review(datasette: Datasette, request: Request) -> Response:
    """Answer with what waits for a person to decide whether it belongs into the round-up, the oldest first."""
    waits = [{**row, "reasons": json.loads(row["why"])} for row in await ask(datasette, waiting, MAX_LISTED + 1)]
    stand = await standing(datasette)
    values = {
        "waiting": waits[:MAX_LISTED],
        "more": len(waits) > MAX_LISTED,
        "patience": PATIENCE.days,
        "oldest": _days(waits[0]["since"], stand.clock) if waits and stand.clock else 0,
    }
    return await render(datasette, request, "review.html", values)


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Answer with the same list as a feed."""
    settings, stand = own(datasette), await standing(datasette)
    made = Feed(authority=settings.authority, public_url=settings.public_url, sample=stand.sample)
    items = [queue.read(row) for row in await ask(datasette, waiting, MAX_LISTED)]
    is_atom = request.url_vars["form"] == "atom"
    body = queue.atom(items, made) if is_atom else queue.json_feed(items, made)
    return live.answer(request, body, (atom if is_atom else jsonfeed).TYPE, moment(queue.updated(items)))


@page
async def corrections(datasette: Datasette, request: Request) -> Response:
    """Answer with what our own rules and decisions brought in or left out, the newest first: it is never news."""
    corrected = await ask(datasette, changes.corrections, MAX_LISTED + 1)
    values = {"corrected": corrected[:MAX_LISTED], "more": len(corrected) > MAX_LISTED}
    return await render(datasette, request, "corrections.html", values)


def _days(since: str, clock: str) -> int:
    return max(0, (moment(clock) - moment(since)) // timedelta(days=1))
