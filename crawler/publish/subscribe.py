"""The page on which a reader makes a feed of a filter, and sees beforehand how much would come."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter
from crawler.feeds.feed import LIMITS
from crawler.feeds.presets import place
from crawler.public.calendar import NOT_OF_DATES
from crawler.public.filters import FilterCounts, hits
from crawler.publish.calendar import address as calendar_address
from crawler.publish.filtering import asked, described, feed_of, form_choices, value_names
from crawler.publish.freshness import freshness
from crawler.publish.server.responses import ask, page, render
from crawler.text import moment

FREE = ("document", "section")
"""The facets whose values no form can list: they stay as they are in the address."""

_WORDS = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
"""What the forms of feeds are called."""


@page
async def subscribe(datasette: Datasette, request: Request) -> Response:
    """Return the page that makes a feed of a filter: its choices, its hits, and its addresses."""
    filter = await asked(datasette, request)
    names = await ask(datasette, value_names, filter)
    feed = await feed_of(datasette, filter)
    values = {
        "filter": filter,
        "words": feed.words,
        "title_of_feed": feed.title,
        "filters": described(filter, names),
        "offered": await ask(datasette, form_choices, filter, every=True),
        "free": [pair for pair in filter.pairs if pair[0] in FREE],
        "hits": await count_hits(datasette, filter),
        "addresses": addresses(datasette, feed),
        "is_absolute": bool(feed.public_url),
        "limits": LIMITS,
    }
    return await render(datasette, request, "subscribe.html", values)


async def count_hits(datasette: Datasette, filter: Filter) -> FilterCounts:
    """Return how often a filter had a hit, by the clock of the newest crawl."""
    clock = (await freshness(datasette)).clock
    if not clock:
        return FilterCounts(ever=0, more=False, month=0, week=0, last="")
    return await ask(datasette, hits, filter, moment(clock))


def addresses(datasette: Datasette, feed: Feed) -> list[dict[str, Any]]:
    """Return the addresses of a feed and its calendar: ``words``, ``path`` to follow, and the ``address`` to copy."""
    found = []
    for form, words in _WORDS.items():
        path = datasette.urls.path(f"feeds/{feed.name(form)}")
        found.append({"words": words, "path": path, "address": feed.self_address(form) or path})
    if not any(facet in NOT_OF_DATES for facet, _ in feed.filter.pairs):
        dated = f"feeds/{calendar_address(feed.filter)}"
        path = datasette.urls.path(dated)
        found.append({"words": "Calendar of dates", "path": path, "address": feed.address(dated) or path})
    where = place(feed.filter)
    for form, words in _WORDS.items() if where and feed.filter.pairs else ():
        path = datasette.urls.path(f"feeds/{where}.{form}")
        address = feed.address(f"feeds/{where}.{form}") or path
        found.append({"words": f"{words}, as a file", "path": path, "address": address})
    return found
