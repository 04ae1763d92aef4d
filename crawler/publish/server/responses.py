"""Requests and answers: what every page and every answer has in common."""

from __future__ import annotations

import asyncio
import functools
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Request, Response

from crawler.errors import RoundupError
from crawler.feeds import UnknownFilterError
from crawler.public import danger
from crawler.public.database import Connection, PublicDatabase
from crawler.publish.server.error_pages import fault
from crawler.publish.templating import template

P = ParamSpec("P")
T = TypeVar("T")
Handler = Callable[[Datasette, Request], Awaitable[Response]]

_TITLES = {
    400: "That could not be asked",
    403: "Not shown",
    404: "Page not found",
    405: "Only for reading",
    503: "Too much at once",
}

MAX_QUESTIONS_AT_ONCE = 4
_ASKING = ThreadPoolExecutor(max_workers=MAX_QUESTIONS_AT_ONCE, thread_name_prefix="public")
PUBLIC: WeakKeyDictionary[Datasette, PublicDatabase] = WeakKeyDictionary()
"""The public database of each application of ours."""

_log = logging.getLogger(__name__)


class MissingError(RoundupError):
    """There is no such page: says what was looked for."""


async def ask(
    datasette: Datasette, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return the answer to a question of :mod:`crawler.public`, asked in a thread of its own."""
    asked = functools.partial(PUBLIC[datasette].ask, question, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_ASKING, asked)


async def ask_once(
    datasette: Datasette,
    key: Hashable,
    question: Callable[Concatenate[Connection, P], tuple[bytes, str]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> tuple[bytes, str]:
    """Return the same for a body and its time, kept under a key as long as the file is the same."""
    asked = functools.partial(PUBLIC[datasette].ask_once, key, question, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_ASKING, asked)


async def ask_kept(
    datasette: Datasette,
    key: Hashable,
    question: Callable[Concatenate[Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Return the answer to a question, kept in the same way: for what takes long and many ask."""

    def made(connection: Connection) -> tuple[bytes, str]:
        return pickle.dumps(question(connection, *args, **kwargs)), ""

    body, _ = await ask_once(datasette, key, made)
    answer: T = pickle.loads(body)  # our own bytes, made in this process
    return answer


def page(handler: Handler) -> Handler:
    """Return a handler that answers what it cannot find with our page for that."""

    @functools.wraps(handler)
    async def answer(datasette: Datasette, request: Request) -> Response:
        try:
            return await handler(datasette, request)
        except (MissingError, UnknownFilterError) as error:
            return await failure(datasette, request, 404, str(error))
        except QueryInterrupted:
            return await failure(datasette, request, 503, "This took too long. Please ask for less at a time.")

    return answer


async def render(datasette: Datasette, request: Request, name: str, values: Mapping[str, object]) -> Response:
    """Return a page made of a template."""
    body = await datasette.render_template(template(datasette, request, name), dict(values), request=request)
    return Response.html(body, headers={"Cache-Control": "public, max-age=60"})


def shows(name: str) -> Handler:
    """Return the handler of a page that is a template alone."""

    async def handler(datasette: Datasette, request: Request) -> Response:
        return await render(datasette, request, name, {})

    return page(handler)


async def failure(datasette: Datasette, request: Request, status: int, message: str) -> Response:
    """Return the page, or for .json addresses the JSON, that says why there is nothing else."""
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "error": str(message)}, status=status)
    values = {
        "title": _TITLES.get(status, "Something went wrong"),
        "status": status,
        "error": message,
        "asks_for_help": danger.asks_for_help(request.args.get("q") or ""),
    }
    body = await datasette.render_template(template(datasette, request, "error.html"), values, request=request)
    return Response.html(body, status=status)


async def explain(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """Return the page for what a handler raised. What nobody expected is logged, and its text not shown."""
    if found := fault(request, exception):
        _log.info("%s %s: %s", request.method, request.path, exception)
        return await failure(datasette, request, found.status, found.message)
    if request.method == "POST":
        # The words of an exception may hold some of what was posted, which is in no log: its place says enough.
        frames = traceback.extract_tb(exception.__traceback__)
        frame = next((each for each in reversed(frames) if "crawler" in each.filename), frames[-1])
        _log.error("POST %s: %s in %s, line %s", request.path, type(exception).__name__, frame.filename, frame.lineno)
    else:
        _log.error("%s %s", request.method, request.path, exc_info=exception)
    return await failure(datasette, request, 500, "This page could not be made. The fault has been noted.")
