"""The plugin of Datasette: only hooks that its 0.65 and its 1.0 have alike."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from crawler.feeds import NAME, PROMISE
from crawler.public import danger
from crawler.publish import (
    about,
    api,
    assets,
    calendar,
    documents,
    entries,
    home,
    issue,
    notices,
    paths,
    review,
    search,
    series,
    since,
    stale,
    subscribe,
    template_filters,
)
from crawler.publish.check import pages as check
from crawler.publish.checklist import pages
from crawler.publish.copy.explained import explained
from crawler.publish.dictionary import FOR_READERS, descriptions
from crawler.publish.freshness import freshness
from crawler.publish.server import feed_routes
from crawler.publish.server.middleware import App, with_security_headers
from crawler.publish.server.responses import MissingError, explain, page, shows
from crawler.publish.settings import DATABASE, STYLE, own, settings
from crawler.publish.toolkit import lessons, libraries, parts
from crawler.sources.helplines import load_helplines

hookimpl = HookimplMarker("datasette")
"""The marker of Datasette, with its types."""

_DESCRIPTIONS = descriptions()
_PAGES = {"documents": "doc", "entries": "entry"}
_NAMED = {"document": "doc", "parent": "doc", "entry": "entry"}
"""Columns that hold the id of something with a page of its own."""


@page
async def _closed(datasette: Datasette, request: Request) -> Response:
    raise MissingError("This page is not shown.")


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Return our pages; they come before those of Datasette."""
    if settings(datasette) is None:
        return []
    return [
        (r"^/$", home.home),
        (r"^/\.json$", home.as_json),
        (r"^/\.csv$", entries.as_sheet),
        (r"^/entry/(?P<id>[^/]+)\.(?P<form>txt|md)$", entries.form),
        (r"^/entry/(?P<id>[^/]+)\.json$", entries.as_json),
        (r"^/entry/(?P<id>[^/]+)$", entries.entry),
        (r"^/doc/(?P<id>.+)$", documents.document),
        (r"^/search$", search.search),
        (r"^/help$", shows("help.html")),
        (r"^/search\.json$", search.as_json),
        (r"^/search\.(?P<form>atom|feed\.json)$", search.feed),
        (r"^/sources$", about.sources),
        (r"^/sources\.json$", about.sources_as_json),
        (r"^/series$", series.series),
        (r"^/series\.json$", series.series_as_json),
        (r"^/collections$", series.collections),
        (r"^/collections\.json$", series.collections_as_json),
        (r"^/collection/(?P<id>[^/]+)$", series.collection),
        (r"^/judgments$", series.judgments),
        (r"^/by-hand$", series.documents_by_hand),
        (r"^/by-hand\.json$", series.documents_by_hand_as_json),
        (r"^/check$", check.check),
        (r"^/checklist$", pages.checklist),
        (r"^/checklist\.json$", pages.questions),
        *((rf"^/{part}$", libraries.shows(part)) for part in parts.PARTS),
        (r"^/toolkit$", shows("toolkit.html")),
        (r"^/library$", libraries.library),
        (r"^/library\.json$", libraries.library_as_json),
        *((rf"^/{part}\.csv$", libraries.saves(part)) for part in ("library", *parts.PARTS)),
        *((rf"^/{part}\.json$", libraries.answers(part)) for part in parts.PARTS),
        (r"^/recommendations$", lessons.lessons),
        (r"^/recommendations\.csv$", lessons.as_sheet),
        (r"^/recommendations\.json$", lessons.as_json),
        (r"^/lessons(?P<ending>\.csv|\.json)?$", lessons.moved),
        (r"^/issue$", issue.issues),
        (r"^/issue/(?P<month>\d{4}-\d{2})(?:\.(?P<form>md|txt))?$", issue.issue),
        (r"^/review$", review.review),
        (r"^/review\.json$", review.as_json),
        (r"^/since$", since.since),
        (r"^/since\.json$", since.as_json),
        (r"^/stale$", stale.stale),
        (r"^/stale\.json$", stale.as_json),
        (r"^/feeds/stale\.(?P<form>atom|json|rss)$", stale.feed),
        (r"^/feeds/review\.(?P<form>atom|json|rss)$", notices.waiting),
        (r"^/feeds/health\.(?P<form>atom|json|rss)$", notices.health),
        (r"^/feeds/checked\.(?P<form>atom|json|rss)$", notices.checked),
        (r"^/corrections$", review.corrections),
        (r"^/about$", about.about),
        (r"^/privacy$", shows("privacy.html")),
        (r"^/accessibility$", shows("accessibility.html")),
        (r"^/api$", api.api),
        (r"^/copy$", explained),
        (r"^/health\.json$", about.health),
        (r"^/feeds/changes(?:-(?P<part>[0-9-]{8,12}))?\.(?P<form>atom|json|rss)$", feed_routes.feed),
        (r"^/feeds/feeds\.opml$", feed_routes.feeds),
        (r"^/feeds/(?P<facet>[a-z_]+)/(?P<name>[a-z0-9_-]+)\.(?P<form>atom|json|rss)$", feed_routes.common_feed),
        (r"^/feeds/dates\.ics$", calendar.feed),
        (r"^/calendar$", calendar.calendar),
        (r"^/calendar\.json$", calendar.as_json),
        (r"^/coming-into-force$", calendar.coming),
        (r"^/coming-into-force\.json$", calendar.coming_as_json),
        (r"^/topic/(?P<topic>[^/]+)\.json$", home.topic_as_json),
        (r"^/topic/(?P<topic>[^/]+)$", home.topic),
        (r"^/withdrawn$", libraries.withdrawn),
        (r"^/withdrawn\.csv$", libraries.withdrawn_as_sheet),
        (r"^/withdrawn\.json$", libraries.withdrawn_as_json),
        (r"^/subscribe$", subscribe.subscribe),
        (r"^/assets/(?P<name>[^/]+)$", assets.asset),
        (r"^/favicon\.ico$", assets.icon),
        (r"^/public\.db$", assets.data),
        (r"^/robots\.txt$", assets.robots),
        (r"^/sitemap\.xml$", assets.sitemap),
        (r"^/sitemap/(?P<part>pages|documents|entries)-(?P<number>[0-9]{1,5})\.xml$", assets.sitemap_file),
        # Datasette's own pages tell about the machine, or are for people who log in; its files serve no page of ours.
        (r"^/-(?!/metadata(\.json)?$)(/|$)", _closed),
    ]


@hookimpl
def startup(datasette: Datasette) -> None:
    """Compile the patterns of searches that ask for help: the first reader does not wait for it."""
    if settings(datasette) is not None:
        danger.asks_for_help("")


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Give templates our words."""
    if settings(datasette) is not None:
        env.filters.update(template_filters.FILTERS)


@hookimpl
def extra_template_vars(datasette: Datasette) -> Callable[[], Awaitable[dict[str, object]]] | None:
    """Return every template, also those of Datasette, what stands on every page."""
    found = settings(datasette)
    if found is None:
        return None
    told = about.Contact(found)

    async def values() -> dict[str, object]:
        stand = await freshness(datasette)
        return {
            "stand": stand,
            "contact": told,
            "is_copy": own(datasette).is_copy,
            "site_name": NAME,
            "promise": PROMISE,
            "style": STYLE,
            "helplines": load_helplines(),
            "described_tables": _DESCRIPTIONS,
            "tables_for_readers": FOR_READERS,
        }

    return values


@hookimpl
def render_cell(row: Any, value: object, column: str, table: str, database: str, datasette: Datasette) -> Markup | None:
    """Return titles as links to our pages and web addresses as links, and nothing else that looks like an address.

    What is named by its number of this file is shown by its label: such numbers stand in no address.
    """
    if settings(datasette) is None or database != DATABASE:
        return None
    if isinstance(value, dict) and isinstance(value["value"], int):
        return Markup('<span dir="auto">{}</span>').format(value["label"] or "no title")
    if isinstance(value, dict) and column in _NAMED:
        path = f"{_NAMED[column]}/{paths.encode(value['value'])}"
        return Markup('<a href="{}" dir="auto">{}</a>').format(datasette.urls.path(path), value["label"] or "no title")
    if not isinstance(value, str):
        return None
    if column == "title" and table in _PAGES and "id" in set(row.keys()):
        path = f"{_PAGES[table]}/{paths.encode(row['id'])}"
        return Markup('<a href="{}" dir="auto">{}</a>').format(datasette.urls.path(path), value or "no title")
    return template_filters.outside(value) if value.startswith(("https://", "http://")) else None


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """Answer what was raised with our page alone; Datasette's own handler would print the variables of every frame."""
    outcome = yield
    if settings(datasette) is not None:
        outcome.force_result([explain(datasette, request, exception)])


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Put our security headers on every answer, and the site where it is mounted."""
    if settings(datasette) is None:
        return lambda app: app
    return lambda app: with_security_headers(app, datasette)
