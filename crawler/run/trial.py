"""A cut tried on the parser: what a body says without something redacted must be what it said before, in all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import ne
from typing import Any

from crawler.archive import LeftOut
from crawler.errors import ParseError
from crawler.identifiers import link_at
from crawler.model import Capture, Page
from crawler.redacting import Knife, Marks, binary, cut
from crawler.redacting.cutting import GZIP, opened
from crawler.redacting.pages import Reader
from crawler.sources import Source

LISTINGS = ("listing", "next")
CODED = ("content-encoding", "content-length")
"""Headers that are no longer true of a body that was cut."""

Parse = Callable[[Capture, Source], Page]
"""Reads a capture; raises ParseError."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An answer that is looked at: as it came or as it is archived, its body without content coding.

    ``partly`` is as much of it as could be unpacked, where that cannot be undone.
    """

    url: str
    time: datetime
    method: str
    status: int
    headers: Headers
    body: bytes
    link: Mapping[str, Any]
    payload_digest: str
    digest: str
    partly: bytes = b""
    reduced: str = ""
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def media(self) -> str:
        """Give the header that says what the body is."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")

    @property
    def is_list(self) -> bool:
        """Tell whether a list was asked for."""
        return self.link["role"] in LISTINGS


class Trial:
    """An answer, read by the sources that asked for it: with ``parse``, as it is and with parts of it left out."""

    def __init__(self, met: Met, marks: Marks, sources: Mapping[str, Source], parse: Parse | None) -> None:
        self._met = met
        self._marks = marks
        asked = {each["source"]: each for each in met.link["asked"]}
        self._asked = [(sources[name], each) for name, each in asked.items() if name in sources]
        self._parse = parse
        self._reader = Reader(marks=marks, base=met.url)

    @cached_property
    def names(self) -> str:
        """Tell whether the answer names something redacted: give the id of the decision.

        In a list also what no word of it says: an id may be made of several of its fields.
        """
        if found := self._said():
            return found
        if not self._met.is_list:
            return ""
        read = (each for page in self._pages if isinstance(page, Page) for each in page.documents)
        return next(filter(None, map(self._reader.is_it, read)), "")

    def _said(self) -> str:
        """Tell whether words name something redacted. Of a file that is no text, what reads as text is looked at."""
        if binary.is_file(self._met.body):
            return binary.named(self._met.body, self._marked)
        return self._marked(opened(self._met.body, self._met.media)[0])

    def _marked(self, text: str) -> str:
        return self._marks.within(text, self._met.url)

    @property
    def is_own(self) -> bool:
        """Tell whether a page is about a redacted document although its address is another."""
        if self._met.is_list:
            return False
        read = [page for page in self._pages if isinstance(page, Page) and page.documents]
        return any(self._reader.is_it(page.documents[0]) for page in read)

    @cached_property
    def _pages(self) -> list[Page | ParseError]:
        return self._read(self._met.body)

    def cut(self) -> tuple[bytes, LeftOut] | None:
        """Give the body without what names something redacted, and what that was; None where the rest would change."""
        if binary.is_file(self._met.body):
            body = binary.overwritten(self._met.body, self._marked, self._fits)
        else:
            listing = self._met.is_list and any(isinstance(page, Page) for page in self._pages)
            body = cut(
                self._met.body,
                Knife(marked=self._marked, fits=self._fits, named=self._named, media=self._met.media, listing=listing),
            )
        return None if body is None else (body, self._left_out(body))

    def _fits(self, body: bytes) -> bool:
        packed = self._met.body[:2] == body[:2] == GZIP
        lost = None if packed else len(self._met.body) - len(body) or sum(map(ne, self._met.body, body))
        return all(map(self._same, self._pages, self._read(body), [lost] * len(self._pages)))

    def _same(self, before: Page | ParseError, after: Page | ParseError, lost: int | None) -> bool:
        """Tell whether a body is read as before after a cut, or refused as before."""
        if isinstance(before, Page):
            return isinstance(after, Page) and self._reader.same(before, after, lost)
        return isinstance(after, ParseError) and (type(after), after.kind) == (type(before), before.kind)

    def _named(self, body: bytes) -> int:
        """Give how many redacted documents are read in a body; -1 where it cannot be read."""
        read = self._read(body)
        if not all(isinstance(page, Page) for page in read):
            return -1
        return sum(bool(self._reader.is_it(each)) for page in read if isinstance(page, Page) for each in page.documents)

    def _left_out(self, body: bytes) -> LeftOut:
        """Give what a list listed that was cut out of it, beside what was before."""
        left = self._met.left_out
        for before, after in zip(self._pages, self._read(body), strict=True):
            if isinstance(before, Page) and isinstance(after, Page) and before.entries is not None:
                entries = left.entries + before.entries - (after.entries or 0)
                return LeftOut(entries=entries, newest=max(left.newest, before.newest or ""))
        return left

    def _read(self, body: bytes) -> list[Page | ParseError]:
        """Give what each source reads in a body that stands where this one stood."""
        return [self._page(source, asked, body) for source, asked in self._asked]

    def _page(self, source: Source, asked: Mapping[str, Any], body: bytes) -> Page | ParseError:
        met = self._met
        if self._parse is None:
            return ParseError(met.url, "nothing reads it here")
        facts = {name: asked[name] for name in ("role", "facts", "token")}
        link = link_at(met.link["url"], parent=asked["parent"], accept=met.link["accept"], **facts)
        headers = (
            met.headers if body is met.body else tuple(pair for pair in met.headers if pair[0].lower() not in CODED)
        )
        capture = Capture(
            url=met.url, time=met.time, link=link, status=met.status, headers=headers, body=body, method=met.method
        )
        try:
            return self._parse(capture, source)
        except ParseError as error:
            return error
