"""Requests and answers: what every page and every answer has in common, what is posted, and what goes wrong."""

import asyncio
import functools
import logging
import pickle
import re
import traceback
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.utils.sqlite import sqlite3
from datasette.views.base import DatasetteError
from jinja2 import Environment, Template
from markupsafe import Markup

from crawler.errors import RoundupError
from crawler.feeds import UnknownFilterError
from crawler.public import danger
from crawler.public.database import Connection, PublicDatabase
from crawler.publish.settings import DATABASE

P = ParamSpec("P")
T = TypeVar("T")
Handler = Callable[[Datasette, Request], Awaitable[Response]]

_TITLES = {
    400: "That could not be asked",
    403: "Not shown",
    404: "Page not found",
    405: "Only for reading",
    414: "Too much at once",
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
        "asks_for_help": danger.asks_for_help((request.args.get("q") or "")[:2_000]),
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


_ASKED_WRONGLY = (ValueError, LookupError, TypeError, ArithmeticError, sqlite3.Error)
"""What the pages of Datasette raise where an argument is none that they can read: they do not look before."""

_OF_THE_FILE = frozenset({3, 5, 6, 8, 10, 11, 13, 14, 15, 17, 22, 26})
"""SQLite's codes for what no question can cause: no permission, locked, damaged, full, gone …"""

_PLAIN = re.compile(rf"/{DATABASE}(?:/[^/.]+)?")
_ROW = re.compile(rf"/{DATABASE}/[^/]+/.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What to answer: a status, and the words for it."""

    status: int
    message: str


def fault(request: Request, exception: Exception) -> Fault | None:
    """Return what to answer where whoever asked can do something about it, None where the fault is ours."""
    if isinstance(exception, NotFound) and not request.path.startswith(f"/{DATABASE}"):
        # Datasette takes the first part of any other address for the name of a database.
        return Fault(status=404, message="There is no page with this address.")
    if isinstance(exception, Base400):
        return Fault(status=exception.status, message=str(exception.args[0]) if exception.args else "")
    if isinstance(exception, DatasetteError):
        # Its status is 500 where none is given, as for a column that cannot be sorted by; ours is 503 for busy.
        status = exception.status if exception.status != 500 else 400
        return Fault(status=status, message=Markup(exception.message).striptags())
    if isinstance(exception, WrongSqlError):
        return Fault(status=400, message=str(exception))
    if isinstance(exception, QueryInterrupted):
        return Fault(status=400, message="This took too long. Please ask for less at a time.")
    return _of_question(request, exception) if isinstance(exception, _ASKED_WRONGLY) else None


def _of_question(request: Request, exception: Exception) -> Fault | None:
    """Return the answer to what the table pages could not read; a page without any argument is asked rightly."""
    code = getattr(exception, "sqlite_errorcode", 0) & 0xFF
    if not request.path.startswith(f"/{DATABASE}") or code in _OF_THE_FILE:
        return None
    if _PLAIN.fullmatch(request.path) and not request.query_string:
        return None
    if _ROW.fullmatch(request.path) and isinstance(exception, sqlite3.ProgrammingError):
        return Fault(status=404, message="There is no row with this key.")
    return Fault(status=400, message="The address asks for something that this page cannot give.")


class _Template(Template):
    async def render_async(self, *args: Any, **values: Any) -> str:
        """Return the page, without the event loop."""
        return self.render(*args, **values)


_ENVIRONMENTS: WeakKeyDictionary[Datasette, Environment] = WeakKeyDictionary()


def template(datasette: Datasette, request: Request, name: str) -> Template:
    """Return a template of ours, for ``datasette.render_template``."""
    if datasette not in _ENVIRONMENTS:
        # Its 0.65 has one environment, its 1.0 gives one for a request.
        of_request = getattr(datasette, "get_jinja_environment", None)
        shared: Environment = of_request(request) if of_request else datasette.jinja_env
        environment = shared.overlay(enable_async=False)
        environment.template_class = _Template
        _ENVIRONMENTS[datasette] = environment
    return _ENVIRONMENTS[datasette].get_template(name)


MAX_UPLOAD_SECONDS = 60.0
"""Most time that a form may take to arrive."""

KEPT_NOWHERE = {"Cache-Control": "no-store"}
"""Headers of what is answered to a form."""


class PostedError(RoundupError):
    """What was posted cannot be read: says why, for who posted it, with a ``status``."""

    status = 400


class TooLargeError(PostedError):
    """More was posted than a form can hold."""

    status = 413


async def body(request: Request, media_type: str, most: int) -> bytes:
    """Return the body of a form of a media type and of at most so many bytes.

    Raises:
        PostedError: it is of another type, too long (TooLargeError), too slow, or broke off.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise PostedError(f"A form is sent as {media_type}, as browsers do by themselves.")
    stated = request.headers.get("content-length", "")
    if stated and (not (stated.isascii() and stated.isdigit()) or len(stated) > 20):
        raise PostedError("This request does not say properly how long it is.")
    if stated and int(stated) > most:
        raise TooLargeError(_too_large(most))
    found, is_more = bytearray(), True
    try:
        async with asyncio.timeout(MAX_UPLOAD_SECONDS):
            while is_more:
                message = await request.receive()
                if message["type"] != "http.request":
                    raise PostedError("The form broke off before its end.")
                found += message.get("body", b"")
                is_more = message.get("more_body", False)
                if len(found) > most:
                    raise TooLargeError(_too_large(most))
    except TimeoutError as error:
        raise PostedError(f"The form took longer than {MAX_UPLOAD_SECONDS:g} seconds to arrive.") from error
    return bytes(found)


def _too_large(most: int) -> str:
    return f"What is sent here may be at most {most // 1000:,} kilobytes long. Nothing was kept."


_as_csv: ContextVar[bool] = ContextVar("as_csv", default=False)
_as_page: ContextVar[bool] = ContextVar("as_page", default=False)


class WrongSqlError(RoundupError):
    """A statement cannot be run."""


def record_purpose(path: str) -> None:
    """Record what the request at hand is for."""
    _as_csv.set(path.endswith(".csv"))
    _as_page.set(not path.endswith((".csv", ".json")))


def is_page() -> bool:
    """Whether the request at hand is for a page, on which each value costs the time of making a cell."""
    return _as_page.get()


def is_sheet() -> bool:
    """Whether the request at hand is for CSV."""
    return _as_csv.get()


@contextmanager
def errors_for_csv() -> Iterator[None]:
    """Raise what goes wrong with a statement so that a CSV file tells it: Datasette would send an empty one.

    Raises:
        WrongSqlError: where the request at hand is for CSV, whatever SQLite raises.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _as_csv.get():
            raise WrongSqlError(str(error)) from error
        raise
