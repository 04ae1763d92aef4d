"""The few files of the site that are no pages: its stylesheet, its icon, and the data themselves."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, Request, Response

from crawler.public.database import FILE
from crawler.publish.settings import STATIC
from crawler.publish.web import PUBLIC, MissingError, page

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FILES = {file.name: (file.read_bytes(), _TYPES[file.suffix]) for file in STATIC.iterdir() if file.suffix in _TYPES}


@page
async def icon(datasette: Datasette, request: Request) -> Response:
    """Give the icon to those that look for it where it stood before pages could name it: readers of feeds do."""
    body, content_type = _FILES["icon.svg"]
    return Response(body, headers={"Cache-Control": "public, max-age=86400"}, content_type=content_type)


@page
async def asset(datasette: Datasette, request: Request) -> Response:
    """Give a file of the site. Pages name it with its digest, so browsers may keep it."""
    try:
        body, content_type = _FILES[request.url_vars["name"]]
    except KeyError:
        raise MissingError("There is no such file.") from None
    return Response(body, headers={"Cache-Control": "public, max-age=86400"}, content_type=content_type)


@page
async def data(datasette: Datasette, request: Request) -> Response | AsgiFileDownload:
    """Return the public database as a file."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return AsgiFileDownload(
        str(PUBLIC[datasette].path), filename=FILE, content_type="application/vnd.sqlite3", headers=headers
    )
