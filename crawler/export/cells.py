"""Values of cells: bounded, and written the same way each time."""

import json
import re
from functools import lru_cache
from sqlite3 import Connection

from crawler.feeds.entry import RUN, quoted_words, runs
from crawler.identifiers import report_numbers
from crawler.text import canonical, slug

MAX_CELL_CHARACTERS = 240_000
"""A cell stays under 1,000,000 bytes, whatever its characters: the limit of the connections that readers ask."""

MAX_REMEMBERED = 8_192
"""Values that are remembered once made: most rows have those of others."""

_FORMER = re.compile(r"\(\d{4} to \d{4}\)(?:;|$)")
"""The end of the name of a body that is no longer."""
_NO_NAME = re.compile(rf"[a-z0-9-]+|.*{_FORMER.pattern}")
"""An id of a body, or a name that it no longer has."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CUT = " … (cut here; the official page has all of it)"


def json_text(value: object) -> str:
    """Return a value as JSON text, the same text for the same value."""
    return "[]" if value in ((), []) else _JSON.encode(value)


def register(connection: Connection) -> None:
    """Add the functions that the statements of an export use."""
    connection.create_function("cell", 1, cell, deterministic=True)
    connection.create_function("quoted", 1, _quoted, deterministic=True)
    connection.create_function("issuer", 2, issuer, deterministic=True)
    connection.create_function("slug", 1, slug, deterministic=True)
    connection.create_function("numbers", 1, _numbers, deterministic=True)


def cell(text: str | None) -> str | None:
    """Return a text as long as a cell may be, and say where it was cut.

    >>> cell("short")
    'short'
    """
    return text if text is None or len(text) <= MAX_CELL_CHARACTERS else text[:MAX_CELL_CHARACTERS] + _CUT


@lru_cache(MAX_REMEMBERED)
def issuer(author: str, publisher: str) -> str:
    """Return who published a document: the first of the bodies that its page names, and whose site it is on.

    ``author`` holds names with semicolons between, among them former ones with years, or ids.

    >>> issuer("Home Office; UK Visas and Immigration; Border Force", "GOV.UK")
    'Home Office, UK Visas and Immigration and others (GOV.UK)'
    >>> issuer("", "GOV.UK"), issuer("Home Office", "Home Office")
    ('GOV.UK', 'Home Office')
    >>> issuer("Home Office; Ministry of Samples (2018 to 2021)", "GOV.UK")
    'Home Office and others (GOV.UK)'
    """
    names = [name for name in author.split("; ") if name and not _NO_NAME.fullmatch(name)]
    if not names or names[0] == publisher:
        return publisher
    is_more = len(names) > 2 or _FORMER.search(author) is not None
    first = ", ".join(names[:2]) + " and others" if is_more else " and ".join(names)
    return f"{first} ({publisher})" if publisher else first


def _numbers(text: str) -> str:
    return json_text([[found.kind, found.value] for found in report_numbers.numbers(canonical(text))])


def _quoted(words: str) -> str:
    return json_text([[word.op, word.text] for word in quoted_words(runs(words), run=RUN)])
