"""Requests and answers: what every page and every answer has in common."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from crawler.errors import RoundupError
from crawler.feeds import UnknownFilterError
from crawler.publish.guard import Guarded
from crawler.publish.settings import DATABASE

Handler = Callable[[Datasette, Request], Awaitable[Response]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No page of ours needs a script, a font or anything from elsewhere."""

_HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}

_log = logging.getLogger(__name__)


class MissingError(RoundupError):
    """There is no such page: says what was looked for."""


def database(datasette: Datasette) -> Guarded:
    """Give the database of the site."""
    found: Guarded = datasette.get_database(DATABASE)
    return found


def page(handler: Handler) -> Handler:
    """Give a handler that answers GET and HEAD only, and what it cannot find with our page for that."""

    @functools.wraps(handler)
    async def answer(datasette: Datasette, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response.text("Only GET and HEAD are answered here.", status=405, headers={"Allow": "GET, HEAD"})
        try:
            return await handler(datasette, request)
        except (MissingError, UnknownFilterError) as error:
            return await failed(datasette, request, 404, str(error))
        except QueryInterrupted:
            return await failed(datasette, request, 503, "This took too long. Please ask for less at a time.")

    return answer


async def render(datasette: Datasette, request: Request, template: str, values: Mapping[str, object]) -> Response:
    """Give a page made of a template."""
    body = await datasette.render_template(template, dict(values), request=request)
    return Response.html(body, headers={"Cache-Control": "public, max-age=60"})


async def failed(datasette: Datasette, request: Request, status: int, message: str | Markup) -> Response:
    """Give the page, or for .json addresses the JSON, that says why there is nothing else."""
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "error": str(message)}, status=status)
    titles = {400: "That could not be asked", 403: "Not shown", 404: "Page not found", 503: "Too much at once"}
    title = titles.get(status, "Something went wrong")
    values = {"title": title, "status": status, "error": message}
    body = await datasette.render_template("error.html", values, request=request)
    return Response.html(body, status=status)


async def explain(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """Give the page for what a handler raised. What nobody expected is logged, and its text not shown."""
    if isinstance(exception, Base400):
        return await failed(datasette, request, exception.status, exception.args[0] if exception.args else "")
    if isinstance(exception, DatasetteError) and exception.status < 500:
        message = exception.message
        return await failed(datasette, request, exception.status, Markup(message).striptags())
    _log.error("%s %s", request.method, request.path, exc_info=exception)
    return await failed(datasette, request, 500, "This page could not be made. The fault has been noted.")


App = Callable[..., Awaitable[None]]


def wrapped(app: App, base_url: str) -> App:
    """Give the application with our security headers on every answer, no body for HEAD, and mounted on ``base_url``.

    Datasette puts the base into addresses that it makes from the path of a request, where it stands already: so it
    gets requests without it, and redirects it makes from those get it back.
    """

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in _HEADERS]
                found = [(name, _based(name, value, base_url.encode())) for name, value in kept]
                message = {**message, "headers": [*found, *_HEADERS.items()]}
            elif message["type"] == "http.response.body" and is_head:
                message = {**message, "body": b""}
            await send(message)

        await app(_unbased(scope, base_url), receive, sending)

    return answer


def _unbased(scope: Any, base_url: str) -> Any:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    base = base_url.encode()
    if base == b"/" or not (raw + b"/").startswith(base):
        return scope
    rest = b"/" + raw[len(base) :]
    return {**scope, "raw_path": rest, "path": "/" + scope["path"][len(base_url) :]}


def _based(name: bytes, value: bytes, base: bytes) -> bytes:
    is_ours = name.lower() == b"location" and value.startswith(b"/") and not value.startswith((base, b"//"))
    return base + value[1:] if is_ours else value
