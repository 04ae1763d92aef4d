"""The page that says whom to call in danger; its head stands before a search that asks for help too."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.publish.server.responses import page, render


@page
async def helplines(datasette: Datasette, request: Request) -> Response:
    """Return the page that says whom to call."""
    return await render(datasette, request, "help.html", {})
