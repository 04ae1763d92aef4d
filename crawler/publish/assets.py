"""The few files of the site that are no pages: its stylesheet, its icon, and the data themselves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.publish.server.responses import PUBLIC, MissingError, page
from crawler.publish.settings import STATIC

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
