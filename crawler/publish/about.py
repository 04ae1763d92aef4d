"""Pages about the round-up itself: its sources, its limits and licences, and its state for machines."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import CHANGES
from crawler.publish import standing as state
from crawler.publish.filtering import facets
from crawler.publish.settings import own
from crawler.publish.web import database, page, render
from crawler.text import stamp

_PUBLISHERS = """select p.id, p.name, p.jurisdiction, p.licence, p.licence_url, p.attribution, p.copy,
  (select count(*) from sources s where s.publisher = p.id) as sources from publishers p order by p.name"""

_CRAWLS = "select id, clock, started, ended, state, live, sample from crawls order by clock desc limit 5"


@page
async def sources(datasette: Datasette, request: Request) -> Response:
    """Give every source, how its reading stands, and what could not be checked."""
    stand = await state.standing(datasette)
    found, rest = await state.sources(datasette, stand)
    values = {
        "sources": found,
        "own_issues": [issue for issue in rest if issue["resolved"] is None],
        "mended": [issue for issue in rest if issue["resolved"] is not None],
        "crawls": await database(datasette).raw(_CRAWLS),
    }
    return await render(datasette, request, "sources.html", values)


@page
async def about(datasette: Datasette, request: Request) -> Response:
    """Give what this is and is not, whose words it shows, and how to cite and to subscribe."""
    settings = own(datasette)
    values = {
        "publishers": await database(datasette).raw(_PUBLISHERS),
        "public_url": settings.public_url,
        "authority": settings.authority,
        "facets": facets(),
        "changes": CHANGES,
    }
    return await render(datasette, request, "about.html", values)


@page
async def health(datasette: Datasette, request: Request) -> Response:
    """Give the state of the data for monitors: clock, age in seconds, open issues, sources that need a look."""
    stand = await state.standing(datasette)
    found, _ = await state.sources(datasette, stand)
    issues = await database(datasette).raw("select count(*) as open from issues where resolved is null")
    values = {
        "clock": stand.clock or None,
        "now": stamp(stand.now.replace(microsecond=0)),
        "age_seconds": int(stand.age.total_seconds()) if stand.clock else None,
        "overdue": stand.overdue,
        "sample": stand.sample,
        "issues_open": issues[0]["open"],
        "sources_in_trouble": [source["id"] for source in found if source["trouble"] in ("alarm", "never")],
    }
    return Response.json(values, headers={"Cache-Control": "no-store"})
