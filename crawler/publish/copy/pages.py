"""A page of the site as a file: its links lead to files, and what only a program can do says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from crawler.publish.settings import DATABASE
from crawler.publish.toolkit.parts import PARTS

_TAG = re.compile(r"<(?P<name>a|link|img|area)\b(?P<rest>[^>]*)>")
_WHERE = re.compile(r"""\b(?P<name>href|src)="(?P<value>[^"]*)\"""")
_FORM = re.compile(r"<form\b(?P<rest>[^>]*)>(?P<fields>.*?)</form>", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(action|class|method|role)="([^"]*)"')
_BUTTON = re.compile(r"<button\b.*?</button>", re.DOTALL)
_SEARCH = ("Search is not in this copy", "Search the served site")
_CHOICE = ("Choosing needs a served site: this copy is made of files", "Choose on the served site")
"""What stands in place of a form, without and with the address of a served site."""

PartOf = Callable[[str, str], int]
"""Returns in which part of the text of a document (the path of its page) a provision stands."""


class Linked:
    """A page with its links as files, and the addresses that it leads to (``found``).

    ``live`` is the address of a served site for what stands in no file, empty where there is none.
    """

    def __init__(self, at: Address, text: str, *, live: str, part_of: PartOf) -> None:
        self._at = at
        self._live = live.rstrip("/")
        self._part_of = part_of
        self.found: list[Address] = []
        self.text = _TAG.sub(self._tag, _FORM.sub(self._form, text))

    def _tag(self, tag: re.Match[str]) -> str:
        where = _WHERE.search(tag["rest"])
        if where is None:
            return tag[0]
        value = unescape(where["value"])
        if not value.startswith("/") or value.startswith("//"):
            return tag[0]
        to = self._to(value)
        if to is None and tag["name"] == "link":
            return ""
        to = to or self._elsewhere(value)
        rest = f'{tag["rest"][: where.start()]}{where["name"]}="{escape(to)}"{tag["rest"][where.end() :]}'
        return f"<{tag['name']}{rest}>"

    def _to(self, value: str) -> str | None:
        """Return the address of a file, None where the address of the site stands in none."""
        parts = urlsplit(value)
        query = parts.query
        given = dict(parse_qsl(query, keep_blank_values=True))
        if parts.path.startswith("/doc/") and "provision" in given:
            # One page for each provision would be too many: a text in parts leads to the part that has it.
            part = self._part_of(parts.path, given.pop("provision"))
            query = urlencode({**given, **({"part": part} if part > 1 else {})})
        found = address(parts.path, query)
        if found is None:
            return None
        self.found.append(found)
        return link(found.file, self._at.file) + (f"#{parts.fragment}" if parts.fragment else "")

    def _elsewhere(self, value: str) -> str:
        if self._live:
            return self._live + value
        return self._to(EXPLAINED) or ""

    def _form(self, form: re.Match[str]) -> str:
        told = dict(_ATTRIBUTE.findall(form["rest"]))
        where, name = unquote(unescape(told.get("action", "/"))), told.get("class", "")
        if told.get("method") == "post":  # What it asks can be printed; what would be answered to it is gone.
            return f'<div class="{name}">{_BUTTON.sub("", form["fields"])}</div>{self._instead(where, *_CHOICE)}'
        return self._instead(where, *(_SEARCH if told.get("role") == "search" else _CHOICE))

    def _instead(self, where: str, words: str, live_words: str) -> str:
        to = self._live + where if self._live else self._to(EXPLAINED) or ""
        return f'<p class="small"><a href="{escape(to)}">{live_words if self._live else words}</a></p>'


def moved(to: str) -> str:
    """Return a page that leads on to another address."""
    where = escape(to)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Moved</title>'
        f'<meta http-equiv="refresh" content="0; url={where}"></head>'
        f'<body><main><h1>Moved</h1><p><a href="{where}">To the page that has this address now</a></p></main>'
        "</body></html>\n"
    )


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
