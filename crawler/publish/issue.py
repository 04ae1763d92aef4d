"""The issue of a month for a reader: the digest of a filter as a page to print, as Markdown and as plain text."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter
from crawler.feeds.digest import FORMS, Digest, Period, sentences
from crawler.feeds.digest.values import Item
from crawler.public import calendar, digest, overview
from crawler.public.database import Connection
from crawler.publish import filtering
from crawler.publish.filtering import asked, described, feed_of, form_choices, value_names
from crawler.publish.freshness import freshness
from crawler.publish.paths import encode
from crawler.publish.server.responses import MissingError, ask, ask_kept, page, render
from crawler.wording import day

MOST = 500
"""Most entries of an issue: the newest."""
AHEAD = timedelta(days=61)
"""How far behind its month an issue names dates."""
MAX_DATES = 60
PLACES = 5
"""Places that the picture of months names; the others are together."""
OTHERS = "Elsewhere, or not stated"
_FORMS = {"md": ("markdown", "text/markdown; charset=utf-8"), "txt": ("text", "text/plain; charset=utf-8")}


@page
async def issue(datasette: Datasette, request: Request) -> Response:
    """Return the issue of a month; ``.md`` and ``.txt`` give the same as text."""
    filter, stand = await asked(datasette, request), await freshness(datasette)
    month, form = request.url_vars["month"], request.url_vars["form"]
    if not stand.clock:
        raise MissingError("There is no issue yet: nothing has been read completely.")
    feed, period = await feed_of(datasette, filter), filtering.period(month, stand.clock)
    found, more = await ask_kept(datasette, ("issue", feed, month), _made, feed, period)
    if form:
        name, content_type = _FORMS[form]
        return Response(FORMS[name](found), headers={"Cache-Control": "public, max-age=300"}, content_type=content_type)
    query = f"?{filter.query}" if filter.pairs else ""
    before = (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]
    values = {
        "month": month,
        "query": query,
        "filter": filter,
        "filters": described(filter, await ask(datasette, value_names, filter)),
        "offered": await _offered(datasette, filter),
        "digest": found,
        "groups": [(heading, [_item(item) for item in items]) for heading, items in found.groups],
        "gaps": sentences.gaps(found),
        "opening": sentences.opening(found),
        "closing": sentences.closing(found),
        "more": more,
        "is_open": period.until == stand.clock,
        "address": feed.address(f"issue/{month}{query}"),
        "before": before if found.began and before >= found.began[:7] else "",
    }
    return await render(datasette, request, "issue.html", values)


async def _offered(datasette: Datasette, filter: Filter) -> list[dict[str, Any]]:
    return [one for one in await ask(datasette, form_choices, filter) if one["facet"] in ("role", "jurisdiction")]


def _item(item: Item) -> dict[str, Any]:
    """Return an item in the words that a digest has for it."""
    return {
        "entry": item.entry,
        "lead": item.lead,
        "headline": sentences.headline(item),
        "body": sentences.body(item),
        "listed": sentences.listed(item),
        "context": sentences.context(item),
    }


def _made(connection: Connection, feed: Feed, period: Period) -> tuple[Digest, int]:
    """Return the digest of a month with what is superseded and what begins after it, and how many entries are left."""
    changed = digest.changed_since(connection, feed.filter, period.since)
    ids = [id for id, updated in changed if updated <= period.until]
    found = digest.digest(connection, feed, period, digest.entries_of(connection, ids[:MOST], feed.filter))
    lists = (
        ("Superseded, as the publisher states", _superseded(connection, feed, found)),
        ("Coming in the two months after, as stated when last read", _coming(connection, feed, period)),
    )
    return replace(found, lists=(*found.lists, *(one for one in lists if one[1]))), max(len(ids) - MOST, 0)


def _superseded(connection: Connection, feed: Feed, found: Digest) -> tuple[tuple[str, str], ...]:
    documents = [item.entry.document for _, items in found.groups for item in items if item.entry.document]
    return tuple(
        (f"{row['old']}: replaced by {row['new']}", feed.address(f"doc/{encode(row['id'])}"))
        for row in overview.superseded(connection, documents)
    )


def _coming(connection: Connection, feed: Feed, period: Period) -> tuple[tuple[str, str], ...]:
    """Return the days of the two months after a period, those of one document on one day together."""
    if any(facet in calendar.NOT_OF_DATES for facet, _ in feed.filter.pairs):
        return ()
    last = date.fromisoformat(period.last_day)
    until = (last + AHEAD).isoformat()
    days = calendar.days(connection, feed.filter, (last + timedelta(days=1)).isoformat(), most=10 * MAX_DATES)
    found = {
        (one.date, one.document, one.event): (
            f"{day(one.date)}: {one.what[:1].lower()}{one.what[1:]}, {one.title}",
            feed.address(f"doc/{encode(one.document)}"),
        )
        for one in days
        if one.date <= until and not one.is_gone
    }
    return tuple(found.values())[:MAX_DATES]


@page
async def issues(datasette: Datasette, request: Request) -> Response:
    """Return the months that have an issue, with how much was published in each and where it applies."""
    stand, filter = await freshness(datasette), await asked(datasette, request)
    since = (date.fromisoformat(stand.clock[:10]) - timedelta(days=365)).isoformat()[:7] if stand.clock else "9999"
    rows = await ask_kept(datasette, ("issues", since), _counted, since)
    total = Counter[str]()
    for _, counts in rows:
        total.update(counts)
    named = [name for name, _ in total.most_common() if name][:PLACES]
    bars = [
        (month, {name: n for name in named if (n := counts.get(name, 0))} | _rest(counts, named))
        for month, counts in rows
    ]  # fmt: skip
    names = [*named, *([OTHERS] if any(OTHERS in counts for _, counts in bars) else [])]
    values = {
        "filter": filter,
        "query": f"?{filter.query}" if filter.pairs else "",
        "offered": await _offered(datasette, filter),
        "bars": bars,
        "names": names,
    }
    return await render(datasette, request, "issues.html", values)


def _rest(counts: dict[str, int], named: list[str]) -> dict[str, int]:
    others = sum(number for name, number in counts.items() if name not in named)
    return {OTHERS: others} if others else {}


def _counted(connection: Connection, since: str) -> list[tuple[str, dict[str, int]]]:
    months: dict[str, dict[str, int]] = {}
    for row in overview.months(connection, since):
        months.setdefault(row["month"], {})[row["jurisdiction"]] = row["number"]
    return sorted(months.items())
