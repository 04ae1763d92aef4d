"""Sheets: rows as CSV that a spreadsheet opens as words, never as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from datasette.utils.asgi import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in a spreadsheet, also in its full-width form; see OWASP, CSV injection."""


def cell(value: object) -> str:
    """Give a value as a cell that no spreadsheet takes for a formula.

    >>> cell("=HYPERLINK(1)"), cell("  @x"), cell("plain"), cell(None)
    ("'=HYPERLINK(1)", "'  @x", 'plain', '')
    """
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give rows as CSV (RFC 4180), with the names of the columns first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Give the answer that a browser saves as a file of this name; a mark at its start says that it is UTF-8."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "public, max-age=60",
    }
    body = "\ufeff" + written(columns, rows)
    return Response(body, status=200, headers=headers, content_type="text/csv; charset=utf-8")
