"""Pages about the round-up itself: its sources, its limits and licences, and its state for machines."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import CHANGES
from crawler.public import standing as questions
from crawler.public.database import Connection
from crawler.publish import bodies, objects
from crawler.publish.filtering import facets
from crawler.publish.freshness import freshness, rest
from crawler.publish.server.responses import ask, ask_kept, page, render
from crawler.publish.settings import own
from crawler.text import stamp


@page
async def sources(datasette: Datasette, request: Request) -> Response:
    """Return every source, how its reading stands, and what could not be checked."""
    values = await ask(datasette, _sources)
    groups = await ask_kept(datasette, "bodies", bodies.grouped)
    return await render(datasette, request, "sources.html", {**values, "groups": groups})


def _sources(connection: Connection) -> dict[str, object]:
    own_issues, mended = rest(connection)
    return {
        "sources": questions.sources(connection),
        "own_issues": own_issues,
        "mended": mended,
        "crawls": questions.crawls(connection),
    }


sources_as_json = objects.answers(_sources)


@page
async def about(datasette: Datasette, request: Request) -> Response:
    """Return what this is and is not, whose words it shows, and how to cite and to subscribe."""
    settings = own(datasette)
    values = {
        "publishers": await ask(datasette, questions.publishers),
        "public_url": settings.public_url,
        "authority": settings.authority,
        "facets": facets(),
        "changes": CHANGES,
    }
    return await render(datasette, request, "about.html", values)


@page
async def health(datasette: Datasette, request: Request) -> Response:
    """Return the state of the data for monitors, with 503 where it is overdue: clock, age, issues, sources."""
    stand = await freshness(datasette)
    sources = await ask(datasette, questions.sources)
    values = {
        "clock": stand.clock or None,
        "now": stamp(stand.now.replace(microsecond=0)),
        "age_seconds": int(stand.age.total_seconds()) if stand.clock else None,
        "overdue": stand.overdue,
        "sample": stand.sample,
        "issues_open": await ask(datasette, questions.open_issues),
        "sources_in_trouble": [source["id"] for source in sources if source["trouble"] in ("alarm", "never")],
    }
    return Response.json(values, status=503 if stand.overdue else 200, headers={"Cache-Control": "no-store"})
