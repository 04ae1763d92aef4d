"""Versions of our own code: nobody has to remember to raise a number.

:func:`parsers` and :func:`rows` say by which code captures are read: a version for each protocol, and one for what
compares pages and stores them. :func:`derives` says by which code that is judged and told: relevance, toolkit,
duplicates, health, entries. What only shows it (feeds, export, publish, cli) is in neither.

``make versions`` computes them, which takes seconds, and writes them to ``code_versions.json``; here they are read, and
the releases of the packages of others that read captures are added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")
ROWS = "rows"
"""Name of the version of what makes rows of pages, beside the protocols."""


def parsers() -> dict[str, str]:
    """Return the version of each protocol's parser by its name: 12 hexadecimal digits."""
    return {name: _version(code) for name, code in _written()["reads"].items() if name != ROWS}


def rows() -> str:
    """Return the version of what makes rows of pages."""
    return _version(_written()["reads"][ROWS])


def derives() -> str:
    """Return the version of what is derived from rows."""
    return _version(_written()["derives"])


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def _version(code: Mapping[str, Any]) -> str:
    releases = (f"{name} {metadata.version(name)}" for name in code["packages"])
    return sha256("\0".join((code["digest"], *releases)).encode()).hexdigest()[:12]
