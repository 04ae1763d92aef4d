"""A little world without sockets: pages by address, and an engine that drives a crawl over them in this process."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from crawler import protocols
from crawler.archive import Answer, Archive
from crawler.errors import ParseError
from crawler.ingest import Read, Reading, State
from crawler.ingest.readings import REDIRECTS
from crawler.run import fold, session
from crawler.run.crawl import Crawl
from crawler.run.options import ARCHIVE, DATABASE, Options
from crawler.run.redact import planning
from crawler.sources import loads
from crawler.store import Store
from tests.fold.tables import differences

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
SOURCES = """
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  sample: {name: Sample Office, jurisdiction: United Kingdom}
sources:
  - id: news
    publisher: sample
    kind: guidance
    protocol: feed
    url: https://a.sample.invalid/feed.xml
    follow: true
    topics: [offences_law]
    expect: {min: 1}
"""


class Killed(Exception):
    """The process was killed here."""


@dataclass
class Site:
    """What servers answer: a status, a media type and a body by address; ``moves`` are redirects.

    ``tags``: it gives each body an ETag, and the engine asks conditionally, as the real one does. ``slow`` says how
    much later than the others an address answers.
    """

    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    moves: dict[str, tuple[int, str]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    tags: bool = False
    slow: dict[str, timedelta] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, url: str, body: str, *, status: int = 200, media: str = "text/html") -> None:
        self.pages[url] = (status, media, body.encode())

    def feed(self, entries: list[tuple[str, str, str]], url: str = "https://a.sample.invalid/feed.xml") -> None:
        items = "".join(
            f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
            for link, title, text in entries
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>'
        self.put(url, body, media="application/rss+xml")

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        self.asked.append(url)
        time += self.slow.get(url, timedelta(0))
        if url in self.down:
            return None
        status, media, body = self.pages.get(url, (404, "text/html", b"<h1>Not found</h1>"))
        headers = [("Content-Type", media)]
        if url in self.moves:
            status, target = self.moves[url]
            headers, body = [("Location", target)], b""
        elif self.tags and status == 200:
            tag = f'"{sha256(body).hexdigest()[:12]}"'
            headers.append(("ETag", tag))
            if validators.get("If-None-Match") == tag:
                status, body = 304, b""
        return Answer(
            url=url, method="GET", time=time, status=status, reason="", headers=tuple(headers), body=body,
            request_headers=(("User-Agent", "sample"),),
        )  # fmt: skip


def read(reading: Reading) -> Read:
    """Parse in this process."""
    try:
        return Read(reading=reading, page=protocols.read(reading.capture, reading.source))
    except ParseError as error:
        return Read(reading=reading, page=None, error=error)


def options(data: Path, text: str = SOURCES) -> Options:
    return Options(data=data, registry=loads(text, "sources.yaml"), sources_text=text)


@contextmanager
def opened(data: Path) -> Iterator[State]:
    """Open as a session does, without the worker."""
    with Archive.open(data / ARCHIVE) as archive, Store.open(data / DATABASE) as store:
        state = State(store=store, archive=archive, parsers=session.parsers())
        state.resume()
        fold.catch_up(state, read)
        yield state


def crawl(
    data: Path,
    site: Site,
    clock: datetime,
    *,
    text: str = SOURCES,
    kill: Callable[[int], bool] = lambda n: False,
    late: Callable[[int], bool] = lambda n: False,
) -> None:
    """Crawl once; ``kill(n)`` ends it before the n-th request, ``late(n)`` says that its time is over then."""

    async def run(one: Crawl) -> None:
        n = 0
        while True:
            ask = next((found for host in one.hosts() if (found := one.take(host))), None)
            if ask is None or late(n + 1):
                return
            n += 1
            if kill(n):
                raise Killed
            if await one.deliver(ask):
                continue
            exchange = one.exchange_id()
            link = one.link(ask, exchange, 0)
            answer = site.answer(ask.url, clock + timedelta(seconds=n), one.validators(ask))
            hop = 0
            while answer is not None and answer.status in REDIRECTS and hop < 5:
                await one.answered(ask, link, answer, final=False)
                hop += 1
                link = one.link(ask, exchange, hop)
                target = urljoin(answer.url, dict(answer.headers)["Location"])
                answer = site.answer(target, clock + timedelta(seconds=n, milliseconds=hop))
            if answer is None:
                await one.failed(ask, link, ask.url, "unreachable", "connection refused")
            else:
                await one.answered(ask, link, answer, final=True)

    with opened(data) as state:
        one = Crawl(state, options(data, text), read, planning.parser(read))
        one.begin(clock)
        asyncio.run(run(one))
        one.end()


def rebuilt(data: Path) -> Store:
    """Return the database that the archive alone makes."""
    store = Store.open(":memory:")
    with Archive.open(data / ARCHIVE, read_only=True) as archive:
        fold.catch_up(State(store=store, archive=archive, parsers=session.parsers()), read)
    return store


def same(data: Path) -> None:
    """Hold that a rebuild from the archive gives the database that is there."""
    with Store.open(data / DATABASE) as one, rebuilt(data) as other:
        assert differences(one, other) == []


def rows(store: Store, table: str) -> list[dict[str, Any]]:
    return store.all(f"select * from {table}")
