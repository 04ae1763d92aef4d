"""Versions of our own code: nobody has to remember to raise a number.

:func:`parsers` and :func:`rows` say by which code captures are read: a version for each protocol, and one for what
compares pages and stores them. :func:`derives` says by which code that is judged and told: relevance, toolkit,
duplicates, health, entries. What only shows it (feeds, export, publish, cli) is in neither.

``make versions`` computes them, which takes seconds, and writes them to ``code_versions.json``; here they are read, and
the releases of the packages of others that read captures are added.
"""

import json
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

FILE = Path(__file__).with_suffix(".json")
ROWS = "rows"
"""Name of the version of what makes rows of pages, beside the protocols."""
DERIVES = "derives"
"""Name of the version of what is derived from them."""
INTERPRETER = "interpreter"
"""Under this a database notes what :func:`interpreter` returned when it was made."""
NOTE = "note"
"""The last line of the file; it never changes, so that git can merge the others line by line."""


def parsers() -> dict[str, str]:
    """Return the version of each protocol's parser by its name: 12 hexadecimal digits."""
    return {name: _version(name) for name in _written() if name not in (ROWS, DERIVES, NOTE)}


def rows() -> str:
    """Return the version of what makes rows of pages."""
    return _version(ROWS)


def derives() -> str:
    """Return the version of what is derived from rows."""
    return _version(DERIVES)


def interpreter() -> str:
    """Return the versions of everything that makes rows of the archive, as JSON: what reads it, and what is derived."""
    reads = {**parsers(), ROWS: rows()}
    return json.dumps({"reads": reads, "derives": derives()}, sort_keys=True, separators=(",", ":"))


@cache
def _written() -> dict[str, str]:
    """Return what ``make versions`` wrote by name: a digest and the packages whose releases count, between blanks."""
    found: dict[str, str] = json.loads(FILE.read_text("utf-8"))
    return found


def _version(name: str) -> str:
    digest, *packages = _written()[name].split()
    releases = (f"{package} {_release(package)}" for package in packages)
    return sha256("\0".join((digest, *releases)).encode()).hexdigest()[:12]


@cache
def _release(package: str) -> str:
    """Return the release of an installed package; reading its metadata takes a millisecond each time."""
    return metadata.version(package)
