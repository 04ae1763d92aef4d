"""A hostile world: each route is a server of its own, with the outcome that is wanted of the source that reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.spiders.server import Asked, Reply, Server

XML, ATOM, JSON = "application/xml", "application/atom+xml", "application/feed+json"
HTML = "text/html; charset=utf-8"
LIST = "options: {entry: li.e, next: a.n}"
BACKFILL = "backfill: {by: page, per_run: 60}"


@dataclass(frozen=True, kw_only=True)
class Route:
    """What a server does, and how it is to be taken.

    ``answer`` makes the answer to each path but that of robots.txt. ``issues`` are the kinds of issues of its source
    in the end, ``most`` the requests that are made at most, ``more`` further keys of the source.
    """

    name: str
    answer: Callable[[Server, str], Reply | str]
    issues: frozenset[str]
    most: int
    protocol: str = "feed"
    more: str = ""
    media: str = HTML
    path: str = "/0"
    least: int = 1
    server: Server = field(default_factory=Server)

    def source(self) -> str:
        """Return the source in the registry that reads the route."""
        more = f", {self.more}" if self.more else ""
        return (
            f"  - {{id: {self.name}, publisher: sample, kind: guidance, protocol: {self.protocol}, topics:"
            f' [offences_law], url: "{self.server.url}{self.path}", expect: {{min: {self.least}}}{more}}}\n'
        )

    def serve(self) -> None:
        """Begin to answer."""

        def reply(asked: Asked) -> Reply:
            made = self.answer(self.server, asked.path)
            return made if isinstance(made, Reply) else Reply(body=made.encode(), headers={"Content-Type": self.media})

        self.server.fallback = reply


def number(path: str) -> int:
    """Return the number at the end of a path."""
    return int("0" + "".join(each for each in path[-6:] if each.isdigit()))


# Lists whose pages lead on


def sitemap_index(urls: Iterable[str]) -> str:
    """Return an index of sitemaps."""
    inside = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'


def atom(server: Server, here: int, url: str, rel: str = "next") -> str:
    """Return a page of a feed in Atom with one entry."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample</title><id>urn:x</id><link rel="{rel}" href="{url}"/>'
        f"<updated>2026-01-01T00:00:00Z</updated><entry><id>urn:{here}</id><title>Sample notice {here}</title>"
        f'<link href="{server.url}/d/{here}"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>'
    )


def json_feed(server: Server, here: int, url: str) -> str:
    """Return a page of a JSON Feed with one entry."""
    item = {"id": str(here), "url": f"{server.url}/d/{here}", "title": f"Sample notice {here}"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Sample", "next_url": url, "items": [item]}
    return json.dumps(feed)


def listing(here: int, url: str) -> str:
    """Return a page of a list in HTML with one entry; what is behind the entry is a page like it."""
    entry = f'<li class=e><a href="/d/{here}">Sample notice {here}</a></li>'
    return f'<title>Sample {here}</title><p>Sample notice {here}.</p><ul>{entry}</ul><a class=n href="{url}">More</a>'


def page_of(form: str, server: Server, here: int, following: int) -> str:
    """Return a page of a list in some form, and the one it leads to."""
    url = f"{server.url}/{following}"
    return {
        "sitemap": lambda: sitemap_index([url]),
        "atom": lambda: atom(server, here, url),
        "archive": lambda: atom(server, here, url, "prev-archive"),
        "json": lambda: json_feed(server, here, url),
        "listing": lambda: listing(here, url),
    }[form]()


FORMS: Mapping[str, Mapping[str, Any]] = {
    "sitemap": {"protocol": "sitemap", "media": XML, "least": 0},
    "atom": {"media": ATOM},
    "archive": {"media": ATOM},
    "json": {"media": JSON},
    "listing": {"protocol": "listing", "more": LIST},
}


def lists() -> Iterable[Route]:
    """Yield lists that lead to themselves, round in a circle, on for ever, and to ever more pages."""
    for form, how in FORMS.items():
        ends = frozenset({"circle"} if form != "archive" else ())
        one = {"sitemap": 1, "listing": 2}.get(form, 1)

        def itself(server: Server, path: str, form: str = form) -> str:
            return page_of(form, server, number(path), number(path))

        def pair(server: Server, path: str, form: str = form) -> str:
            return page_of(form, server, number(path), 1 - number(path) % 2)

        def endless(server: Server, path: str, form: str = form) -> str:
            return page_of(form, server, number(path), number(path) + 1)

        own = frozenset() if form == "listing" else ends  # A list whose next page is itself has none.
        yield Route(name=f"{form}-itself", answer=itself, issues=own, most=one, **how)
        yield Route(name=f"{form}-pair", answer=pair, issues=ends, most=4, **how)
        if form != "archive":
            few = how if form in ("atom", "listing") else {**how, "more": "options: {pages: 6}"}
            gap = frozenset({"gap"})
            yield Route(name=f"{form}-endless", answer=endless, issues=gap, most=102, **few)

    def tree(server: Server, path: str) -> str:
        return sitemap_index(f"{server.url}/{number(path) * 10 + each}" for each in range(10))

    yield Route(
        name="sitemap-tree", answer=tree, issues=frozenset({"gap"}), most=51, protocol="sitemap", media=XML, least=0
    )

    def back(server: Server, path: str) -> str:
        return listing(number(path), f"/{1 - number(path) % 2}")

    options = f"{LIST}, {BACKFILL}"
    yield Route(
        name="backfill-pair", answer=back, issues=frozenset({"circle"}), most=6, protocol="listing", more=options
    )


def routes() -> list[Route]:
    """Return the routes of the world."""
    return list(lists())
