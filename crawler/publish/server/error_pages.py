"""What went wrong, as an answer: whose fault it is, and the words for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, NotFound, Request
from datasette.utils.sqlite import sqlite3
from datasette.views.base import DatasetteError
from markupsafe import Markup

from crawler.publish.server.limits import WrongSqlError
from crawler.publish.settings import DATABASE

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
