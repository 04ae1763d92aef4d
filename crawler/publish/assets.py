"""The files of the site that are no pages: its stylesheet, icon and data, and what search engines are told."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds.feed import EPOCH
from crawler.public import sitemap as questions
from crawler.publish.freshness import freshness
from crawler.publish.paths import encode
from crawler.publish.server.feed_routes import answer
from crawler.publish.server.responses import PUBLIC, MissingError, ask, page
from crawler.publish.settings import DATABASE, STATIC, own
from crawler.sources.vocabulary import TOPICS
from crawler.text import moment

PIECE_BYTES = 2**20
"""How much of the data is read and sent at a time: each piece costs a turn of the event loop."""

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FILES = {file.name: (file.read_bytes(), _TYPES[file.suffix]) for file in STATIC.iterdir() if file.suffix in _TYPES}


@page
async def icon(datasette: Datasette, request: Request) -> Response:
    """Return the icon to those that look for it where it stood before pages could name it: readers of feeds do."""
    body, content_type = _FILES["icon.svg"]
    return Response(body, headers={"Cache-Control": "public, max-age=86400"}, content_type=content_type)


@page
async def asset(datasette: Datasette, request: Request) -> Response:
    """Return a file of the site. Pages name it with its digest, so browsers may keep it."""
    try:
        body, content_type = _FILES[request.url_vars["name"]]
    except KeyError:
        raise MissingError("There is no such file.") from None
    return Response(body, headers={"Cache-Control": "public, max-age=86400"}, content_type=content_type)


class Download:
    """The public database as an answer: the file that is there when it begins, whatever takes its place meanwhile."""

    def __init__(self, path: Path, *, is_head: bool) -> None:
        self.headers = {
            "content-type": "application/vnd.sqlite3",
            "content-disposition": f'attachment; filename="{path.name}"',
            "cache-control": "public, max-age=300",
        }
        self._path = path
        self._is_head = is_head

    async def asgi_send(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """Send it piece by piece, read outside the event loop; for HEAD nothing is read."""
        loop = asyncio.get_running_loop()
        with self._path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            headers = {**self.headers, "content-length": str(size)}
            raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": raw})
            while not self._is_head and (piece := await loop.run_in_executor(None, file.read, PIECE_BYTES)):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


@page
async def data(datasette: Datasette, request: Request) -> Response | Download:
    """Return the public database as a file.

    Raises:
        MissingError: there is none at the moment.
    """
    path = PUBLIC[datasette].path
    if not path.is_file():
        raise MissingError("There is no file of the data at the moment.")
    return Download(path, is_head=request.method == "HEAD")


ROWS = 5_000
"""Most documents, or entries, behind one file of the sitemap; https://www.sitemaps.org allows ten times as many."""

_PAGES = (
    "", "about", "accessibility", "by-hand", "calendar", "check", "checklist", "collections", "coming-into-force",
    "corrections", "governance", "help", "issue", "judgments", "library", "privacy", "recommendations", "resources",
    "series", "sources", "training", "withdrawn", *(f"topic/{topic}" for topic in TOPICS),
)  # fmt: skip
"""Pages that are there whatever was read."""

_NOT_FOR_ROBOTS = (DATABASE, "public.db", "search", "subscribe", "review")
"""Pages that are questions, or have one address for each row, column and filter; and what nobody has decided about."""

_PATHS = {"documents": "doc", "entries": "entry"}
"""The parts of the sitemap, and where the pages of each stand."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@page
async def robots(datasette: Datasette, request: Request) -> Response:
    """Return robots.txt (RFC 9309): a sample is closed; else every page is open but questions to the data."""
    stand, base = await freshness(datasette), datasette.setting("base_url")
    if stand.sample:
        lines = ["# Sample: invented text, not law.", "User-agent: *", "Disallow: /"]
    else:
        closed = (f"Disallow: {base}{path}" for path in (*_NOT_FOR_ROBOTS, "*?"))
        lines = ["User-agent: *", f"Allow: {base}feeds/", *closed]
        if public := own(datasette).public_url.rstrip("/"):
            lines += ["", f"Sitemap: {quote(public, safe=':/[]%')}/sitemap.xml"]
    return Response.text("\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=3600"})


@page
async def sitemap(datasette: Datasette, request: Request) -> Response:
    """Return the files of the sitemap (https://www.sitemaps.org/protocol.html#index)."""
    public = await _public(datasette)
    names = ["pages-1"]
    for name, count in (await ask(datasette, questions.sizes)).items():
        names += [f"{name}-{number}" for number in range(1, -(-count // ROWS) + 1)]
    listed = "".join(f"<sitemap><loc>{escape(f'{public}/sitemap/{name}.xml')}</loc></sitemap>\n" for name in names)
    return await _xml(datasette, request, f'<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n')


@page
async def sitemap_file(datasette: Datasette, request: Request) -> Response:
    """Return one file of the sitemap: our own pages, or some of the documents or entries that anybody may find."""
    public = await _public(datasette)
    part, number = request.url_vars["part"], int(request.url_vars["number"])
    if part == "pages":
        rows: list[tuple[str, str]] = [(path, "") for path in _PAGES] if number == 1 else []
    else:
        found = await ask(datasette, questions.listed, part, limit=ROWS, skip=(number - 1) * ROWS) if number else []
        rows = [(f"{_PATHS[part]}/{encode(row['id'])}", row["changed"]) for row in found]
    return await _xml(datasette, request, f'<urlset xmlns="{_SPACE}">\n{"".join(_urls(public, rows))}</urlset>\n')


def _urls(public: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for path, changed in rows:
        when = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(f'{public}/{path}')}</loc>{when}</url>\n"


async def _public(datasette: Datasette) -> str:
    """Return the public address of the site, without a slash at its end."""
    public = own(datasette).public_url.rstrip("/")
    if not public or (await freshness(datasette)).sample:
        raise MissingError("There is no sitemap: this site has no public address, or shows a sample.")
    return public


async def _xml(datasette: Datasette, request: Request, words: str) -> Any:
    stand = await freshness(datasette)
    return answer(request, f"{_HEAD}{words}".encode(), "application/xml; charset=utf-8", moment(stand.clock or EPOCH))
