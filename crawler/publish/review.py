"""What is judged: what waits for a person, and what our rules and decisions changed."""

import json
from datetime import timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.relevance import PATIENCE
from crawler.public import changes
from crawler.public import review as queue
from crawler.public.database import Connection
from crawler.publish import objects
from crawler.publish.freshness import freshness
from crawler.publish.paths import encode
from crawler.publish.server.responses import ask, page, render
from crawler.text import moment

MAX_LISTED = 500
"""Most documents on the page of corrections."""

MAX_ON_PAGE = 200
"""Most documents that wait on their page: each stands there with its reasons."""


@page
async def review(datasette: Datasette, request: Request) -> Response:
    """Answer with what waits for a person to decide whether it belongs in the round-up, the oldest first."""
    values = await ask(datasette, _waiting)
    waits, stand = values["waiting"], await freshness(datasette)
    values |= {
        "patience": PATIENCE.days,
        "oldest": _days(waits[0]["since"], stand.clock) if waits and stand.clock else 0,
    }
    return await render(datasette, request, "review.html", values)


def _waiting(connection: Connection) -> dict[str, Any]:
    """Return how many documents wait, and the oldest of them with what counted (``reasons``)."""
    rows = queue.waiting(connection, MAX_ON_PAGE)
    waits = [{**{name: row[name] for name in row if name != "why"}, "reasons": json.loads(row["why"])} for row in rows]
    return {"total": queue.number(connection), "waiting": waits}


as_json = objects.answers(_waiting)


@page
async def corrections(datasette: Datasette, request: Request) -> Response:
    """Answer with what our rules and decisions corrected, which is never news, and with what came of reports."""
    corrected = await ask(datasette, changes.corrections, MAX_LISTED + 1)
    reports = await ask(datasette, queue.reports)
    values = {
        "corrected": corrected[:MAX_LISTED],
        "more": len(corrected) > MAX_LISTED,
        "reports": [{**one, "path": f"{one['kind']}/{encode(one['about'])}" if one["kind"] else ""} for one in reports],
    }
    return await render(datasette, request, "corrections.html", values)


def _days(since: str, clock: str) -> int:
    return max(0, (moment(clock) - moment(since)) // timedelta(days=1))
