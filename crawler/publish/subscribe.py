"""The page on which a reader makes a feed of a filter, and sees beforehand how much would come."""

from datetime import timedelta
from textwrap import shorten
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Entry, Feed, Filter, chosen
from crawler.feeds.feed import LIMITS
from crawler.feeds.presets import place
from crawler.public.calendar import NOT_OF_DATES
from crawler.public.database import Connection
from crawler.public.entries import announced
from crawler.public.filters import FilterCounts, hits
from crawler.publish.calendar import address as calendar_address
from crawler.publish.filtering import asked, described, feed_of, form_choices, value_names
from crawler.publish.freshness import freshness
from crawler.publish.paths import own_origin
from crawler.publish.server.responses import ask, ask_kept, page, render
from crawler.publish.settings import own
from crawler.sources.vocabulary import ROLES
from crawler.text import moment, stamp
from crawler.wording import kind

FREE = ("document", "section")
"""The facets whose values no form can list: they stay as they are in the address."""

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland", "European Union")
"""The places that can be set for all readers at once; any other stands in the filter."""

HEADLINES = 3
"""Headlines of the last month that are shown for each role."""

MAX_TITLE = 50
"""Most characters of a title before a headline."""

_WORDS = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
"""What the forms of feeds are called."""
_ABOUT = {
    "atom": "For feed readers and Teams.",
    "rss": "For older mail programs, such as Outlook.",
    "json": "For programs.",
}


@page
async def subscribe(datasette: Datasette, request: Request) -> Response:
    """Return the page that makes a feed of a filter: its choices, its hits, and its addresses."""
    filter = await asked(datasette, request)
    places = filter.values("jurisdiction")
    names = await ask(datasette, value_names, filter)
    feed = await feed_of(datasette, filter)
    origin = "" if feed.public_url or own(datasette).is_copy else own_origin(request)
    values = {
        "filter": filter,
        "words": feed.words,
        "title_of_feed": feed.title,
        "filters": described(filter, names),
        "offered": await ask(datasette, form_choices, filter, every=True),
        "free": [pair for pair in filter.pairs if pair[0] in FREE],
        "hits": await count_hits(datasette, filter),
        "addresses": addresses(datasette, feed, origin),
        "origin": origin,
        "roles": await ask_kept(datasette, ("roles", places), _roles, places, (await freshness(datasette)).clock),
        "nations": NATIONS,
        "places": places,
        "limits": LIMITS,
        "unread": feed.unread,
    }
    return await render(datasette, request, "subscribe.html", values)


def _roles(connection: Connection, places: tuple[str, ...], clock: str) -> list[dict[str, Any]]:
    """Return each role with the query of its feed in some places, and what the last month had for it."""
    found = []
    for role, words in ROLES.items():
        filter = chosen([("role", role), *(("jurisdiction", place) for place in places)])
        counted = hits(connection, filter, moment(clock)) if clock else None
        newest = announced(connection, filter, limit=HEADLINES, skip=0) if counted and counted.month else ()
        since = stamp(moment(clock) - timedelta(days=30)) if clock else ""
        found.append(
            {
                "role": role,
                "words": words,
                "query": filter.query,
                "month": counted.month if counted else 0,
                "headlines": [(entry.id, alone(entry)) for entry in newest if entry.announced > since],
            }
        )
    return found


def alone(entry: Entry) -> str:
    """Return a headline that stands alone: of one without the title of its document, that comes first.

    Of a document whose title is not shown any more, it is its kind and publisher.
    """
    hidden = ", ".join(filter(None, (kind(entry.document_kind), entry.publisher_name)))
    named = hidden if entry.removed else entry.document_title
    title = "" if named in entry.headline else named
    return f"{shorten(title, MAX_TITLE, placeholder=' …')}: {entry.headline}" if title else entry.headline


async def count_hits(datasette: Datasette, filter: Filter) -> FilterCounts:
    """Return how often a filter had a hit, by the clock of the newest crawl."""
    clock = (await freshness(datasette)).clock
    if not clock:
        return FilterCounts(ever=0, more=False, month=0, week=0, last="")
    return await ask(datasette, hits, filter, moment(clock))


def addresses(datasette: Datasette, feed: Feed, origin: str) -> list[dict[str, Any]]:
    """Return the addresses of a feed and its calendar: ``words``, ``path`` to follow, and the ``address`` to copy.

    Where there is no public address, it is that of the ``origin`` which the reader asks.
    """
    found = []
    if not any(facet in NOT_OF_DATES for facet, _ in feed.filter.pairs):
        dated = f"feeds/{calendar_address(feed.filter)}"
        path = datasette.urls.path(dated)
        about = "Dates ahead; what moves or is cancelled follows."
        found.append(
            {"words": "Calendar", "about": about, "path": path, "address": feed.address(dated) or origin + path}
        )
    for form, words in _WORDS.items():
        path = datasette.urls.path(f"feeds/{feed.name(form)}")
        about = _ABOUT.get(form, "")
        found.append(
            {"words": words, "about": about, "path": path, "address": feed.self_address(form) or origin + path}
        )
    where = place(feed.filter)
    for form, words in _WORDS.items() if where and feed.filter.pairs else ():
        path = datasette.urls.path(f"feeds/{where}.{form}")
        address = feed.address(f"feeds/{where}.{form}") or origin + path
        about = "The same, at a short address."
        found.append({"words": f"{words}, as a file", "about": about, "path": path, "address": address})
    return found
