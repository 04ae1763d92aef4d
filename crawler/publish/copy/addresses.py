"""Where an address of the site stands in a folder of files, and how one file links another.

A page is a folder with an ``index.html``, so that its address stays that of the site; what an address asks with a
query becomes a folder below it. What only a program can answer (search, filters, tables) stands nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, quote

from crawler.publish.settings import DATABASE
from crawler.publish.toolkit.parts import PARTS

EXPLAINED = "/copy"
"""The page of a copy that says what it leaves out; the site itself has none."""

MAX_NAME_BYTES = 200
"""Longest name of a file or folder, as file systems take it."""

_SERVED = re.compile(
    rf"/{DATABASE}(?:[/.].*)?|/search(?:\..+)?|/-/.*|/\.(?:json|csv)|/health\.json|/(?:doc|entry|collection)/.+\.json"
)
"""Addresses that only a program answers; the objects of documents and entries stand in the data instead."""

_FACETS = ("topic", "role", "aimed_at", "exploitation", "toolkit", "jurisdiction", "kind")
_QUERIES: tuple[tuple[re.Pattern[str], tuple[frozenset[str], ...]], ...] = (
    (re.compile(r"/"), tuple(map(frozenset, (["page"], *((facet,) for facet in _FACETS))))),
    (re.compile(r"/"), tuple(frozenset({facet, "page"}) for facet in _FACETS)),
    (re.compile(r"/doc/.+"), tuple(map(frozenset, (["part"], ["version"], ["version", "part"], ["from", "to"])))),
    (re.compile(rf"/(?:{'|'.join(PARTS)})"), tuple(map(frozenset, (["page"], ["theme"])))),
    (re.compile(r"/(?:lessons|recommendations)"), tuple(map(frozenset, (["page"], ["report"], ["report", "page"])))),
    (re.compile(r"/judgments"), (frozenset({"provision"}),)),
    (re.compile(r"/issue/[0-9-]+"), (frozenset({"role"}),)),
)  # fmt: skip
"""Questions that are lists and texts in pieces, and the filters that pages themselves link: each has its own page."""

_ENDING = re.compile(r"\.(?:atom|rss|jsonl?|opml|ics|csv|txt|md|xml|css|svg|ico|db)$")
_FIRST = {"page": "1", "part": "1"}
"""Values that mean the address without them; the list by day of the home page begins with page 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of the site without its base: what is asked of it, and the file that holds the answer.

    ``file`` is relative to the folder, a page's with its ``index.html``.
    """

    path: str
    query: str
    file: str

    @property
    def asked(self) -> str:
        """Return path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


def address(path: str, query: str = "") -> Address | None:
    """Return where an address stands, None where only a program answers it.

    >>> address("/entry/aa01").file, address("/", "page=2").file, address("/feeds/changes.atom").file
    ('entry/aa01/index.html', 'page=2/index.html', 'feeds/changes.atom')
    >>> address("/").file
    'index.html'
    >>> address("/doc/x/index.html").file
    'doc/x/index~2Ehtml/index.html'
    >>> address("/search", "q=x"), address("/", "topic=a&topic=b"), address("/issue/2026-03.md", "role=police")
    (None, None, None)
    """
    if _SERVED.fullmatch(path):
        return None
    given = parse_qsl(query, keep_blank_values=True)
    pairs = [pair for pair in given if path == "/" or _FIRST.get(pair[0]) != pair[1]]
    if path.startswith("/assets/"):
        pairs = []
    if pairs and not _is_kept(path, dict(pairs), len(pairs)):
        return None
    asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    if _ENDING.search(path) and not path.startswith("/doc/"):
        return None if pairs else Address(path=path, query="", file=path.removeprefix("/"))
    steps = [*path.split("/"), asked.replace("%", "~")]
    return Address(path=path, query=asked, file="/".join([*(_name(step) for step in steps if step), "index.html"]))


def page_of(file: str) -> str:
    """Return a file as it is linked: a page by its folder."""
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def link(file: str, source: str) -> str:
    """Return the address of a file as written in another one.

    >>> link("entry/aa01/index.html", "doc/x/index.html"), link("index.html", "index.html"), link("a.css", "index.html")
    ('../../entry/aa01/', './', './a.css')
    """
    return ("../" * source.count("/") or "./") + page_of(file)


def _is_kept(path: str, pairs: Mapping[str, str], number: int) -> bool:
    names = frozenset(pairs)
    if path == "/" and number > 1 and pairs.get("page") != "1":
        return False  # A filter has its first page: all of them would be as many as there are entries.
    return len(names) == number and any(form.fullmatch(path) and names in kept for form, kept in _QUERIES)


def _name(step: str) -> str:
    """Return a step of a path as the name of a folder: never that of the file in it, and never too long."""
    name = "index~2Ehtml" if step == "index.html" else step
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    return f"{name.encode()[:100].decode(errors='ignore')}~{sha256(name.encode()).hexdigest()[:24]}"
