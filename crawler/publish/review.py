"""What is judged: what waits for a person, what our rules and decisions changed, and why a document is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, atom, jsonfeed, waiting
from crawler.feeds.private import taken_down
from crawler.publish import live
from crawler.publish.settings import own
from crawler.publish.standing import standing
from crawler.publish.web import database, page, render
from crawler.relevance import PATIENCE, borders
from crawler.text import moment

MOST = 500
"""Most documents on one of these pages."""

_WAITING = f"""select d.id, d.title, d.kind, d.url, d.jurisdiction, d.published, s.name as source_name, r.score,
  r.since, r.published as told, r.why, {taken_down("d.id", "main.")} as removed
  from relevance r join documents d on d.id = r.document join sources s on s.id = d.source
  where r.band = 'review' and d.parent is null order by r.since, r.score desc, d.id limit {MOST + 1}"""

_CORRECTED = f"""select c.seen, c.before, c.after, d.id, d.title, d.kind, r.decided_by,
  {taken_down("d.id", "main.")} as removed from changes c join documents d on d.id = c.document
  left join relevance r on r.document = d.id where c.kind = 'band'
  order by c.seen desc, d.title, c.id limit {MOST + 1}"""

_WHY = "select band, score, decided_by, why, since, published, rules from relevance where document = ?"
_FACETS = """select facet, value from document_facets where document = ? and facet <> 'jurisdiction'
  order by facet, value"""
_COPIES = """select c.document as id, c.relation, c.found_by, c.detail, d.title, d.url, p.name as publisher_name
  from copies c join documents d on d.id = c.document left join publishers p on p.id = d.publisher
  where c.original = ? union all
  select c.original, 'original', c.found_by, c.detail, d.title, d.url, p.name
  from copies c join documents d on d.id = c.original left join publishers p on p.id = d.publisher
  where c.document = ? order by 2, 1 limit 50"""


@page
async def review(datasette: Datasette, request: Request) -> Response:
    """Give what waits for a person to decide whether it belongs into the round-up, the oldest first."""
    found = [_judged(row) for row in await database(datasette).all(_WAITING)]
    stand = await standing(datasette)
    values = {
        "waiting": found[:MOST],
        "more": len(found) > MOST,
        "patience": PATIENCE.days,
        "oldest": _days(found[0]["since"], stand.clock) if found and stand.clock else 0,
    }
    return await render(datasette, request, "review.html", values)


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Give the same list as a feed."""
    settings, stand = own(datasette), await standing(datasette)
    made = Feed(authority=settings.authority, public_url=settings.public_url, sample=stand.sample)
    rows = await database(datasette).all(_WAITING)
    found = [waiting.read(row) for row in rows if row["removed"] is None][:MOST]
    is_atom = request.url_vars["form"] == "atom"
    body = waiting.atom(found, made) if is_atom else waiting.json_feed(found, made)
    return live.answer(request, body, (atom if is_atom else jsonfeed).TYPE, moment(waiting.updated(found)))


@page
async def corrections(datasette: Datasette, request: Request) -> Response:
    """Give what our own rules and decisions brought in or left out, the newest first: it is never news."""
    found = await database(datasette).all(_CORRECTED)
    return await render(datasette, request, "corrections.html", {"corrected": found[:MOST], "more": len(found) > MOST})


async def judged(datasette: Datasette, document: str) -> dict[str, Any]:
    """Give why a document is in the round-up or not: ``judged``, None before it was, and the ``borders`` of scores.

    Beside them stand its ``facets`` and its ``copies``.
    """
    db = database(datasette)
    rows = await db.all(_WHY, [document])
    facets: dict[str, list[str]] = {}
    for row in await db.all(_FACETS, [document]):
        facets.setdefault(row["facet"], []).append(row["value"])
    copies = await db.all(_COPIES, [document, document])
    return {"judged": _judged(rows[0]) if rows else None, "borders": borders(), "facets": facets, "copies": copies}


def _judged(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row with its ``reasons`` as values."""
    return {**row, "reasons": json.loads(row["why"])}


def _days(since: str, clock: str) -> int:
    return max(0, (moment(clock) - moment(since)) // timedelta(days=1))
