"""What is kept of an answer, an exchange or a journal entry once something was redacted: the one rule for all times.

It holds for what is archived already and for what is received later, so that neither a feed that lists a release again
nor a copy of its bytes at another address brings back what was taken out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from crawler.archive import Answer, Cut, Exchange, OmittedEntries, Replacement, decode
from crawler.archive.content_encoding import decoded_partly
from crawler.archive.records import digest as payload_digest
from crawler.archive.safe_headers import nameless, reason
from crawler.errors import ParseError
from crawler.identifiers import link_at
from crawler.model import Capture, Page
from crawler.redaction import Marks, concealed_address, journal, mask, masked_pages
from crawler.sources import Source

LISTINGS = ("listing", "next", "slice")
CODED = ("content-encoding", "content-length")
"""Headers that are no longer true of a body that was masked."""

Parse = Callable[[Capture, Source], Page]
"""Reads a capture; raises ParseError."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnswer:
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
    left_out: OmittedEntries = field(default_factory=OmittedEntries)

    @property
    def media(self) -> str:
        """Return the header that says what the body is."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")

    @property
    def is_list(self) -> bool:
        """Whether a list was asked for."""
        return self.link["role"] in LISTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class FilteredAnswer:
    """What is left of an answer: its address, headers, link, and body with what that lost, None where it lost nothing.

    ``own``: it is of something redacted, and nothing of it is kept but that it was there.
    """

    own: bool
    url: str
    headers: Headers
    link: dict[str, Any]
    body: bytes
    cut: Cut | None


class RedactionFilter:
    """Applies marks to answers; ``parse`` tells whether everything else is read as it was."""

    def __init__(self, marks: Marks, parse: Parse | None) -> None:
        self.marks = marks
        self._parse = parse

    # What is archived

    def kept(
        self, exchange: Exchange, request: bytes, refers: str, sources: Mapping[str, Source]
    ) -> Replacement | None:
        """Return what is kept of an archived exchange, None where all of it is; the sources read it as they did then.

        ``request`` is the request as it was sent, ``refers`` the address of what a revisit refers to.
        """
        left = self.left(_of_exchange(exchange), sources)
        asked = self._request(request, exchange.url, left.own)
        told = concealed_address(refers) if refers and (left.own or self.marks.address(refers)) else refers
        # The body of a revisit stands elsewhere, and is looked at there.
        lost = None if exchange.redacted or exchange.revisit else left.cut
        before = (exchange.url, exchange.headers, exchange.link, refers, request)
        if lost is None and before == (left.url, left.headers, left.link, told, asked):
            return None
        return Replacement(
            url=left.url, refers=told, headers=left.headers, request=asked, link=left.link, body=left.body, cut=lost
        )

    def _request(self, request: bytes, url: str, own: bool) -> bytes:
        """Return a request without what names something redacted."""
        text = request.decode("latin-1")
        if not own and not self.marks.within(text, url):
            return request
        head, _, _ = text.partition("\r\n\r\n")
        first, *headers = head.split("\r\n")
        method, _, rest = first.partition(" ")
        target = (
            "/" + concealed_address(url).split("/", 3)[3] if own else self.marks.masked(rest.rpartition(" ")[0], url)
        )
        kept = [line for line in headers if not self.marks.within(line, url)]
        return "\r\n".join([f"{method} {target} HTTP/1.1", *kept, "", ""]).encode("latin-1", "replace")

    def retold(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return a journal entry as it is kept."""
        return payload if kind == "redacted" else journal.retold(kind, payload, self.marks)

    # What is received

    def answer(
        self, answer: Answer, link: Mapping[str, Any], sources: Mapping[str, Source]
    ) -> tuple[Answer, FilteredAnswer]:
        """Return an answer as it may be archived, and what is left of it."""
        partly = b""
        try:
            body = decode(answer.headers, answer.body, url=answer.url)
        except ParseError:
            body, partly = answer.body, decoded_partly(answer.headers, answer.body)
        met = ReceivedAnswer(
            url=answer.url, time=answer.time, method=answer.method, status=answer.status, headers=answer.headers,
            body=body, partly=partly, link=link, payload_digest=payload_digest(answer.body),
            digest=sha256(body).hexdigest(),
        )  # fmt: skip
        left = self.left(met, sources)
        kept = answer.body if left.cut is None else left.body
        asked = tuple(pair for pair in answer.request_headers if not self.marks.within(pair[1], answer.url))
        posted = answer.request_body.decode("utf-8", "replace")
        told = answer.reason if not left.own and not self.marks.within(answer.reason) else ""
        return replace(
            answer,
            url=left.url,
            reason=told or reason(answer.status, answer.reason),
            headers=left.headers,
            body=kept,
            request_headers=asked,
            request_body=b"" if left.own or self.marks.within(posted) else answer.request_body,
        ), left

    # The rule

    def left(self, met: ReceivedAnswer, sources: Mapping[str, Source]) -> FilteredAnswer:
        """Return what is left of an answer."""
        if why := self._owned(met):
            return self._rest(met, b"", self._lost(met, why), own=True)
        if why := self._whole(met):
            return self._rest(met, b"", self._lost(met, why), own=False)
        masking = _Masking(met, self.marks, sources, self._parse)
        if not met.body or not (why := masking.names):
            return self._rest(met, met.body, None, own=False)
        if masking.is_own:
            return self._rest(met, b"", self._lost(met, why), own=True)
        body, left_out = masking.masked()
        lost = replace(self._lost(met, why), whole=not body, left_out=left_out)
        return self._rest(met, body, lost, own=False)

    def _rest(self, met: ReceivedAnswer, body: bytes, lost: Cut | None, *, own: bool) -> FilteredAnswer:
        """Return what is left of an answer beside its body."""
        return FilteredAnswer(
            own=own,
            url=concealed_address(met.url) if own or (not met.is_list and self.marks.within(met.url)) else met.url,
            headers=tuple(self._headers(met, own=own, lost=lost)),
            link=journal.link(met.link, self.marks, own=own),
            body=body,
            cut=lost,
        )

    def _owned(self, met: ReceivedAnswer) -> str:
        """Return whether an answer is that of something redacted: by its address, its bytes, or what was asked for."""
        if met.is_list:  # It may name what was redacted, and much else.
            return ""
        return self.marks.address(met.url) or self.marks.body(met.digest) or journal.leads(met.link, self.marks)

    def _whole(self, met: ReceivedAnswer) -> str:
        """Return whether all of a body goes although it is not that of something redacted alone."""
        if found := self.marks.quoting(met.digest) or (self.marks.body(met.digest) if met.is_list else ""):
            return found
        # What was broken off is read by nobody, and what came of it can be read by anybody.
        return self.marks.within(mask.open_body(met.partly, met.media)[0], met.url) if met.partly else ""

    def _lost(self, met: ReceivedAnswer, why: str) -> Cut:
        """Return what a record says whose whole body goes."""
        reasons = dict.fromkeys(filter(None, (*met.reduced.split("; "), self.marks.why(why))))
        return Cut(
            reason="; ".join(reasons), payload_digest=met.payload_digest, body_digest=met.digest, whole=True,
            left_out=met.left_out,
        )  # fmt: skip

    def _headers(self, met: ReceivedAnswer, *, own: bool, lost: Cut | None) -> Iterator[tuple[str, str]]:
        """Yield the headers that may be kept. Where an answer leads stays told, under what stands for the address."""
        for name, value in met.headers:
            lower = name.lower()
            if lower == "location":
                target = urljoin(met.url, value.strip())
                hidden = own or self.marks.address(target) or self.marks.within(value, met.url)
                yield name, concealed_address(target) if hidden else value
            elif own:
                yield from nameless([(name, value)])
            elif not self.marks.within(value, met.url):
                coded = lost is not None and lower in CODED
                yield f"X-Archive-Orig-{name}" if coded else name, value


class _Masking:
    """An answer, read by the sources that asked for it: as it is, and once more when it was masked."""

    def __init__(self, met: ReceivedAnswer, marks: Marks, sources: Mapping[str, Source], parse: Parse | None) -> None:
        self._met = met
        self._marks = marks
        asked = {each["source"]: each for each in met.link["asked"]}
        self._asked = [(sources[name], each) for name, each in asked.items() if name in sources]
        self._parse = parse

    @cached_property
    def _pages(self) -> list[masked_pages.Read]:
        read = self._read(self._met.body)
        if not self._met.reduced:
            return read
        return [
            masked_pages.without_masked(page, is_list=self._met.is_list) if isinstance(page, Page) else page
            for page in read
        ]

    def _is_it(self, page: masked_pages.Read, count: int | None) -> str:
        listed = page.documents[:count] if isinstance(page, Page) else ()
        return next(filter(None, (masked_pages.is_it(each, self._marks, self._met.url) for each in listed)), "")

    @cached_property
    def names(self) -> str:
        """The id of the decision that the answer names something of.

        In a list also what no word of it says: an id may be made of several of its fields.
        """
        met = self._met
        if (found := mask.naming_decision(met.body, met.media, self._marks, met.url)) or not met.is_list:
            return found
        return next(filter(None, (self._is_it(page, None) for page in self._pages)), "")

    @property
    def is_own(self) -> bool:
        """Whether a page is about a redacted document although its address is another."""
        return not self._met.is_list and any(self._is_it(page, 1) for page in self._pages)

    def masked(self) -> tuple[bytes, OmittedEntries]:
        """Return the body without what names something redacted, and what a list listed that is not read there now.

        The body is empty where all else would be read otherwise.
        """
        met, left = self._met, self._met.left_out
        listed = masked_pages.marks_of_lists(self._marks, self._pages, met.url, is_list=met.is_list)
        body = mask.mask_body(met.body, met.media, listed.marks, met.url, listed.others)
        if not body or mask.naming_decision(body, met.media, self._marks, met.url):
            return b"", left
        for before, after in zip(self._pages, self._read(body), strict=True):
            if not masked_pages.is_as_before(before, after, self._marks, listed.marks, met.url, is_list=met.is_list):
                return b"", met.left_out
            if isinstance(before, Page) and isinstance(after, Page) and before.entries != after.entries:
                entries = met.left_out.entries + (before.entries or 0) - (after.entries or 0)
                left = OmittedEntries(entries=entries, newest=max(left.newest, before.newest or ""))
        return body, left

    def _read(self, body: bytes) -> list[masked_pages.Read]:
        """Return what each source reads in a body that stands where this one stood."""
        return [self._page(source, asked, body) for source, asked in self._asked]

    def _page(self, source: Source, asked: Mapping[str, Any], body: bytes) -> masked_pages.Read:
        met = self._met
        if self._parse is None:
            return ParseError(met.url, "nothing reads it here")
        facts = {name: asked[name] for name in ("role", "facts", "token")}
        link = link_at(met.link["url"], parent=asked["parent"], accept=met.link["accept"], **facts)
        headers = tuple(pair for pair in met.headers if body is met.body or pair[0].lower() not in CODED)
        capture = Capture(
            url=met.url, time=met.time, link=link, status=met.status, headers=headers, body=body, method=met.method
        )
        try:
            return self._parse(capture, source)
        except ParseError as error:
            return error


def _of_exchange(exchange: Exchange) -> ReceivedAnswer:
    partly = decoded_partly(exchange.headers, exchange.packed) if exchange.undecodable else b""
    return ReceivedAnswer(
        url=exchange.url, time=exchange.time, method=exchange.method, status=exchange.status, headers=exchange.headers,
        body=exchange.body, partly=partly, link=exchange.link, payload_digest=exchange.payload_digest,
        digest=exchange.digest, reduced=exchange.reduced, left_out=exchange.left_out,
    )  # fmt: skip
