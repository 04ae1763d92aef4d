"""What is kept of an answer, an exchange or a journal entry once something was redacted: the one rule for all times.

It holds for what is archived already and for what is received later, so that neither a feed that lists a release again
nor a copy of its bytes at another address brings back what was taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from crawler.archive import Answer, Cut, Exchange, Kept, decode
from crawler.archive.coding import decoded_partly
from crawler.archive.nameless import nameless, reason
from crawler.archive.records import digest as payload_digest
from crawler.errors import ParseError
from crawler.redacting import Marks, concealed, payloads
from crawler.redacting.cutting import opened
from crawler.run.trial import CODED, Headers, Met, Parse, Trial
from crawler.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of an answer: its address, headers, link, and body with what that lost, None where it lost nothing.

    ``own``: it is of something redacted, and nothing of it is kept but that it was there.
    """

    own: bool
    url: str
    headers: Headers
    link: dict[str, Any]
    body: bytes
    cut: Cut | None


class Withholding:
    """Applies marks to answers; ``parse`` tells whether a cut left everything else as it was."""

    def __init__(self, marks: Marks, parse: Parse | None) -> None:
        self.marks = marks
        self._parse = parse

    # What is archived

    def kept(self, exchange: Exchange, request: bytes, refers: str, sources: Mapping[str, Source]) -> Kept | None:
        """Give what is kept of an archived exchange, None where all of it is; the sources read it as they did then.

        ``request`` is the request as it was sent, ``refers`` the address of what a revisit refers to.
        """
        left = self.left(_of_exchange(exchange), sources)
        asked = self._request(request, exchange.url, left.own)
        told = concealed(refers) if refers and (left.own or self.marks.address(refers)) else refers
        # The body of a revisit stands elsewhere, and is looked at there.
        lost = None if exchange.redacted or exchange.revisit else left.cut
        before = (exchange.url, exchange.headers, exchange.link, refers, request)
        if lost is None and before == (left.url, left.headers, left.link, told, asked):
            return None
        return Kept(
            url=left.url, refers=told, headers=left.headers, request=asked, link=left.link, body=left.body, cut=lost
        )

    def _request(self, request: bytes, url: str, own: bool) -> bytes:
        """Give a request without what names something redacted."""
        text = request.decode("latin-1")
        if not own and not self.marks.within(text, url):
            return request
        head, _, _ = text.partition("\r\n\r\n")
        first, *headers = head.split("\r\n")
        method, _, rest = first.partition(" ")
        target = "/" + concealed(url).split("/", 3)[3] if own else self.marks.scrubbed(rest.rpartition(" ")[0], url)
        kept = [line for line in headers if not self.marks.within(line, url)]
        return "\r\n".join([f"{method} {target} HTTP/1.1", *kept, "", ""]).encode("latin-1", "replace")

    def retold(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Give a journal entry as it is kept."""
        return payload if kind == "redacted" else payloads.retold(kind, payload, self.marks)

    # What is received

    def answer(self, answer: Answer, link: Mapping[str, Any], sources: Mapping[str, Source]) -> tuple[Answer, Left]:
        """Give an answer as it may be archived, and what is left of it."""
        partly = b""
        try:
            body = decode(answer.headers, answer.body, url=answer.url)
        except ParseError:
            body, partly = answer.body, decoded_partly(answer.headers, answer.body)
        met = Met(
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

    def left(self, met: Met, sources: Mapping[str, Source]) -> Left:
        """Give what is left of an answer."""
        why = self._owned(met)
        body, lost = met.body, None
        if not why and (found := self._whole(met)):
            body, lost = b"", self._lost(met, found, whole=True)
            return self._rest(met, body, lost, own=False)
        if not why and met.body:
            trial = Trial(met, self.marks, sources, self._parse)
            why = trial.names
            if why and not trial.is_own:
                cut = trial.cut()
                lost = self._lost(met, why, whole=cut is None)
                body, left_out = cut or (b"", met.left_out)
                lost, why = replace(lost, left_out=left_out), ""
        if why:
            body, lost = b"", self._lost(met, why, whole=True)
        return self._rest(met, body, lost, own=bool(why))

    def _rest(self, met: Met, body: bytes, lost: Cut | None, *, own: bool) -> Left:
        """Give what is left of an answer beside its body."""
        return Left(
            own=own,
            url=concealed(met.url) if own or (not met.is_list and self.marks.within(met.url)) else met.url,
            headers=tuple(self._headers(met, own=own, lost=lost)),
            link=payloads.link(met.link, self.marks, own=own),
            body=body,
            cut=lost,
        )

    def _owned(self, met: Met) -> str:
        """Tell whether an answer is that of something redacted: by its address, its bytes, or what was asked for."""
        if met.is_list:  # It may name what was redacted, and much else.
            return ""
        return self.marks.address(met.url) or self.marks.body(met.digest) or payloads.leads(met.link, self.marks)

    def _whole(self, met: Met) -> str:
        """Tell whether all of a body goes although it is not that of something redacted alone."""
        if found := self.marks.quoting(met.digest) or (self.marks.body(met.digest) if met.is_list else ""):
            return found
        # What was broken off is read by nobody, and what came of it can be read by anybody.
        return self.marks.within(opened(met.partly, met.media)[0], met.url) if met.partly else ""

    def _lost(self, met: Met, why: str, *, whole: bool) -> Cut:
        reasons = dict.fromkeys(filter(None, (*met.reduced.split("; "), self.marks.why(why))))
        return Cut(
            reason="; ".join(reasons), payload_digest=met.payload_digest, body_digest=met.digest, whole=whole,
            left_out=met.left_out,
        )  # fmt: skip

    def _headers(self, met: Met, *, own: bool, lost: Cut | None) -> Iterator[tuple[str, str]]:
        """Give the headers that may be kept. Where an answer leads stays told, under what stands for the address."""
        for name, value in met.headers:
            lower = name.lower()
            if lower == "location":
                target = urljoin(met.url, value.strip())
                hidden = own or self.marks.address(target) or self.marks.within(value, met.url)
                yield name, concealed(target) if hidden else value
            elif own:
                yield from nameless([(name, value)])
            elif not self.marks.within(value, met.url):
                coded = lost is not None and lower in CODED
                yield f"X-Archive-Orig-{name}" if coded else name, value


def _of_exchange(exchange: Exchange) -> Met:
    partly = decoded_partly(exchange.headers, exchange.packed) if exchange.undecodable else b""
    return Met(
        url=exchange.url, time=exchange.time, method=exchange.method, status=exchange.status, headers=exchange.headers,
        body=exchange.body, partly=partly, link=exchange.link, payload_digest=exchange.payload_digest,
        digest=exchange.digest, reduced=exchange.reduced, left_out=exchange.left_out,
    )  # fmt: skip
