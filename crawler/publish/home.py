"""The home page: latest entries, what could not be checked, what waits, and what publishers dated lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Filter, newest, read
from crawler.publish.filtering import asked, described, kept, named, offered
from crawler.publish.reach import band
from crawler.publish.standing import Standing, sources, standing
from crawler.publish.web import MissingError, database, page, render
from crawler.text import moment

PAGE = 30
"""Entries on one page."""

ALARMS = 8
"""Sources that could not be checked, with the reason; of further ones the names are told."""

_LAST = 2000

RECENT = 25
"""Documents listed that publishers dated lately; how many more there are is told."""

_RECENT = f"""select d.id, d.title, d.kind, d.jurisdiction, d.published, {band("d.id")} as band,
  count(*) over () as number from documents d
  where d.published >= ? and d.published <= ? and d.parent is null and {band("d.id")} <> 'out'
    and not exists (select 1 from copies c where c.document = d.id)
  order by d.published desc, d.id limit {RECENT}"""

_NUMBERS = """select (select count(*) from documents) as documents,
  (select count(*) from sources where enabled = 1) as sources,
  (select coalesce(sum(entries), 0) from entry_counts where facet = 'change') as entries"""

_WAITING = """select count(*) as number, min(r.since) as since from relevance r
  join documents d on d.id = r.document where r.band = 'review' and d.parent is null"""


@page
async def home(datasette: Datasette, request: Request) -> Response:
    """Give the home page, or a later page of its entries, narrowed by a filter."""
    filter = await asked(datasette, request, besides=("page",))
    number = _number(request.args.get("page"))
    stand = await standing(datasette)
    found = await entries(datasette, filter, number)
    if not found and number > 1:
        raise MissingError(f"There is no page {number} of these entries.")
    sources_found, rest = await sources(datasette, stand)
    values = {
        "days": by_day(found[:PAGE]),
        "filter": filter,
        "filters": described(filter, await named(datasette, filter)),
        "offered": await offered(datasette, filter),
        "kept": kept(filter),
        "page": number,
        "older": len(found) > PAGE,
        "alarms": [source for source in sources_found if source["trouble"] == "alarm"],
        "never": [source for source in sources_found if source["trouble"] == "never"],
        "most": ALARMS,
        "off": [source for source in sources_found if source["trouble"] == "off"],
        "own_issues": [issue for issue in rest if issue["resolved"] is None],
        **await recent(datasette, stand),
        "waiting": await waiting(datasette, stand),
        "numbers": (await database(datasette).raw(_NUMBERS))[0],
    }
    return await render(datasette, request, "home.html", values)


async def entries(datasette: Datasette, filter: Filter, number: int) -> list[Entry]:
    """Give the entries of a page, and one more where there are older ones."""
    statement = newest(filter, limit=PAGE + 1, skip=(number - 1) * PAGE, by="announced")
    return [read(row) for row in await database(datasette).raw(*statement)]


def by_day(found: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Give entries in groups by the day they were announced."""
    return [(day, list(group)) for day, group in groupby(found, key=lambda entry: entry.announced[:10])]


async def recent(datasette: Datasette, stand: Standing) -> dict[str, Any]:
    """Give what publishers dated in the last 60 days before the newest crawl, announced or not, newest first.

    What is out, and copies of what is listed, are left out of ``recent``; ``recent_all`` asks the table for everything.
    """
    if not stand.clock:
        return {"recent": []}
    clock = moment(stand.clock)
    since, until = (clock - timedelta(days=60)).date().isoformat(), (clock + timedelta(days=1)).date().isoformat()
    wanted = {"published__gte": since, "published__lte": until, "parent__isnull": 1, "_sort_desc": "published"}
    found = await database(datasette).all(_RECENT, [since, until])
    return {"recent": found, "recent_all": urlencode(wanted)}


async def waiting(datasette: Datasette, stand: Standing) -> dict[str, int]:
    """Give how many documents wait for a person to decide, and for how many days the oldest does."""
    row = (await database(datasette).raw(_WAITING))[0]
    days = (moment(stand.clock) - moment(row["since"])).days if row["since"] and stand.clock else 0
    return {"number": row["number"], "days": max(days, 0)}


def _number(text: str | None) -> int:
    if text in (None, ""):
        return 1
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= _LAST:
        raise MissingError(f"There is no page {text!r} of these entries.")
    return int(text[:6])
