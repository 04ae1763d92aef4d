"""A hostile world: each route is a server of its own, with the outcome that is wanted of the source that reads it."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

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
            gap = frozenset({"gap", "trap"} if form == "listing" else {"gap"})  # Its pages are alike and followed.
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


# Answers that are no feed

FEED = {"Content-Type": "application/rss+xml"}
MIB = 1024 * 1024
PARAGRAPH = b"<p>Sample words of a page about exploitation.</p>"


def rss(*links: str, head: str = "", inside: str = "") -> str:
    """Return a feed with these links."""
    items = "".join(
        f"<item><title>Sample notice {n}</title><link>{link}</link><description>Sample words {n}.</description></item>"
        for n, link in enumerate(links)
    )
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>Sample</title>{inside}{items}</channel></rss>"
    )


def zipped(size: int, piece: bytes = PARAGRAPH) -> bytes:
    """Return so many bytes of a page, packed."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        for _ in range(size // (len(piece) * 1000)):
            file.write(piece * 1000)
    return packed.getvalue()


def statuses() -> Iterator[Route]:
    """Yield statuses that bring no list."""
    kinds = dict.fromkeys((204, 400, 401, 402, 404, 405, 410, 418, 451, 501), "status")
    kinds |= dict.fromkeys((403, 429, 500, 502, 503, 504, 520, 999), "status")
    for status, kind in kinds.items():
        reply = Reply(status=status, headers=FEED, body=rss("/d/1").encode())
        yield Route(name=f"status-{status}", answer=lambda *_, reply=reply: reply, issues=frozenset({kind}), most=3)
    left_alone = Reply(status=429, headers={"Retry-After": "9" * 30})
    yield Route(name="left-alone", answer=lambda *_: left_alone, issues=frozenset({"status"}), most=1)


def bodies() -> Iterator[Route]:
    """Yield bodies that are long, endless, packed, broken, slow, or not what they say."""
    page = PARAGRAPH * 40
    html = {"Content-Type": HTML}
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = rss(head=f"<!DOCTYPE r [<!ENTITY l0 'x'>{lol}]>", inside="<a>&l11;</a>")
    found: dict[str, tuple[str, Reply]] = {
        "part": ("cut", Reply(status=206, headers=html, body=page)),
        "empty": ("empty", Reply(headers=FEED)),
        "plain-64": ("cut", Reply(headers=html, body=PARAGRAPH * (64 * MIB // len(PARAGRAPH)))),
        "chunked-endless": ("cut", Reply(headers=html, pieces=[page * 20], endless=True, chunked=True)),
        "length-huge": ("cut", Reply(headers=html, body=page, length=10**12)),
        "slow-drip": ("cut", Reply(headers=html, pieces=[b"x"], pause=0.2, endless=True)),
        "gzip-bomb": ("cut", Reply(headers={**html, "Content-Encoding": "gzip"}, body=zipped(400 * MIB))),
        "gzip-22": ("cut", Reply(headers={**html, "Content-Encoding": "gzip"}, body=zipped(22 * MIB))),
        "gzip-twice": (
            "cut",
            Reply(headers={**html, "Content-Encoding": "gzip, gzip"}, body=gzip.compress(zipped(400 * MIB))),
        ),
        "deflate-bomb": (
            "cut",
            Reply(headers={**html, "Content-Encoding": "deflate"}, body=zlib.compress(bytes(200 * MIB))),
        ),
        "brotli": ("cut", Reply(headers={**html, "Content-Encoding": "br"}, body=b"\x0b\x02\x80" + page)),
        "no-gzip": ("cut", Reply(headers={**html, "Content-Encoding": "gzip"}, body=page)),
        "many-codings": ("cut", Reply(headers={**html, "Content-Encoding": "gzip, " * 50}, body=page)),
        "length-lies": ("cut", Reply(headers=html, body=page, length=len(page) + 50)),
        "reset": ("cut", Reply(headers=html, pieces=[page], length=10**6, reset=True)),
        "nothing": ("unreachable", Reply(status=0)),
        "head-endless": ("unreachable", Reply(pieces=[b"X-More: sample\r\n"] * 9, headless=True, endless=True)),
        "silent": ("unreachable", Reply(wait=4, status=0)),
        "entities": ("parse", Reply(headers=FEED, body=bomb.encode())),
        "deep-xml": ("parse", Reply(headers=FEED, body=b"<rss>" + b"<a>" * 200_000)),
        "deep-json": ("parse", Reply(headers={"Content-Type": JSON}, body=b'{"items":' + b"[" * 200_000)),
        "deep-html": ("parse", Reply(headers=html, body=b"<div>" * 200_000)),
        "numbers": ("parse", Reply(headers={"Content-Type": JSON}, body=b'{"version":' + b"9" * 100_000 + b"}")),
        "types": ("parse", Reply(headers={"Content-Type": JSON}, body=b'{"version":[],"items":{"a":1},"next_url":7}')),
        "zeros": ("parse", Reply(headers=FEED, body=bytes(MIB))),
        "utf-16": ("parse", Reply(headers=FEED, body="<rss/>".encode("utf-16")[:-1])),
        "picture": ("parse", Reply(headers={"Content-Type": "image/png"}, body=b"\x89PNG\r\n" + bytes(9000))),
        "challenge": ("challenge", Reply(headers={**html, "cf-mitigated": "challenge"}, body=page)),
        "soft404": ("soft404", Reply(headers=html, body=b"<title>Page not found</title><h1>Page not found</h1>")),
    }  # fmt: skip
    packed = zipped(50 * MIB)  # None of these is a long one as received.
    found |= {
        f"gzip-50-{n}": ("cut", Reply(headers={**html, "Content-Encoding": "gzip"}, body=packed)) for n in range(6)
    }
    for name, (kind, reply) in found.items():
        reply.validators = False
        yield Route(name=name, answer=lambda *_, reply=reply: reply, issues=frozenset({kind}), most=3)


# Ways out


def ways_out(canary: Server) -> Iterator[Route]:
    """Yield what leads where nothing may be asked."""
    host, port = canary.host, canary.port
    targets = {
        "canary": f"{canary.url}/a", "no-scheme": f"//{host}/a", "slashes": f"\\\\{host}\\a", "user": f"http://sample.invalid@{host}/a",
        "localhost": f"http://localhost:{port}/a", "number": f"http://2130706433:{port}/a", "short": f"http://127.1:{port}/a",
        "hexadecimal": f"http://0x7f000001:{port}/a", "octal": f"http://0177.0.0.1:{port}/a", "six": f"http://[::1]:{port}/a",
        "mapped": f"http://[::ffff:127.0.0.1]:{port}/a", "zero": f"http://0.0.0.0:{port}/a", "private": "http://10.0.0.8/a",
        "metadata": "http://169.254.169.254/latest", "file": "file:///etc/passwd", "script": "javascript:alert(1)",
        "data": "data:text/html,x", "ftp": f"ftp://{host}/a", "dot": f"http://localhost.:{port}/a", "wide": f"http://127。0。0。1:{port}/a",
    }  # fmt: skip
    for name, target in targets.items():
        reply = Reply(status=302, headers={"Location": target.encode().decode("latin-1")})
        yield Route(name=f"to-{name}", answer=lambda *_, reply=reply: reply, issues=frozenset({"redirect"}), most=6)

    def itself(server: Server, path: str) -> Reply:
        return Reply(status=301, headers={"Location": path})

    def onward(server: Server, path: str) -> Reply:
        return Reply(status=308, headers={"Location": f"/{number(path) + 1}"})

    yield Route(name="to-itself", answer=itself, issues=frozenset({"redirect"}), most=1)
    yield Route(name="onward", answer=onward, issues=frozenset({"redirect"}), most=6)
    listed = [each for each in targets.values() if "\\" not in each]
    yield Route(
        name="listed", answer=lambda server, _: rss(f"{server.url}/d/1", *map(escape, listed)), media=XML, most=1,
        issues=frozenset({"entry", "shared link"}),
    )  # fmt: skip

    def external(server: Server, path: str) -> str:
        return rss(f"{server.url}/d/1", head=f'<!DOCTYPE r [<!ENTITY x SYSTEM "{canary.url}/x">]>', inside="<a>&x;</a>")

    yield Route(name="entity", answer=external, media=XML, issues=frozenset(), most=1)

    def based(server: Server, path: str) -> str:
        refresh = f'<base href="{canary.url}/"><meta http-equiv=refresh content="0;url={canary.url}/r">'
        return f'{refresh}<ul><li class=e><a href="/d/1">Sample notice</a></li></ul><a class=n href="/next">More</a>'

    yield Route(name="base", answer=based, protocol="listing", more=LIST, issues=frozenset({"none read"}), most=1)

    def following(server: Server, path: str) -> str:
        return json_feed(server, 1, f"{canary.url}/next")

    yield Route(name="next-elsewhere", answer=following, media=JSON, issues=frozenset(), most=1)


def routes(canary: Server) -> list[Route]:
    """Return the routes of the world; ``canary`` must never be asked."""
    return [*lists(), *statuses(), *bodies(), *ways_out(canary)]
