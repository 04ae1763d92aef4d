"""Sheets: rows as CSV that a spreadsheet opens as words, never as formulas."""

import io
import re
from collections.abc import Iterable, Sequence

from datasette.utils.asgi import Response

from crawler.public.sheets import is_formula, write_rows

_CELL = re.compile(r'(^|,|\r\n)(?:(")([^"]*(?:""[^"]*)*)"|([^",\r\n]*))')
_BELOW_ZERO = re.compile(r"-\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII)


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180), with the names of the columns first."""
    out = io.StringIO()
    write_rows([columns], out)
    write_rows(rows, out)
    return out.getvalue()


def rewritten(rows: bytes) -> bytes:
    r"""Return rows that Datasette wrote as CSV, whole ones, with cells that no spreadsheet takes for a formula.

    >>> rewritten(b'1,"=1,1",-2\r\n=2,"a""=b"\r\n')
    b'1,"\'=1,1",-2\r\n\'=2,"a""=b"\r\n'
    """
    return _CELL.sub(_rewritten, rows.decode("utf-8", "replace")).encode()


def _rewritten(found: re.Match[str]) -> str:
    start, quote, quoted, plain = found.groups(default="")
    text = quoted or plain
    is_safe = _BELOW_ZERO.fullmatch(text) or not is_formula(text)
    return found[0] if is_safe else f"{start}{quote}'{text}{quote}"


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return the answer that a browser saves as a file of this name; a mark at its start says that it is UTF-8."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "public, max-age=60",
    }
    body = "\ufeff" + written(columns, rows)
    return Response(body, status=200, headers=headers, content_type="text/csv; charset=utf-8")
