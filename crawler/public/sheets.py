"""Rows as CSV that a spreadsheet opens as words, never as formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in a spreadsheet, also in its full-width form; see OWASP, CSV injection."""


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula.

    >>> cell("=HYPERLINK(1)"), cell("  @x"), cell("plain"), cell(None)
    ("'=HYPERLINK(1)", "'  @x", 'plain', '')
    """
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def write(rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """Write rows as CSV (RFC 4180)."""
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
