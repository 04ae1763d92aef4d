"""WARC files as a web to crawl: the newest capture of an address not later than a moment answers.

Response records alone suffice; requests, where there are any, tell the method. Only an index is kept in memory, about
half a kilobyte a capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from crawler.archive import foreign_warc, records
from crawler.archive.foreign_warc import Foreign, Message
from crawler.archive.values import Answer
from crawler.errors import ArchiveError, IdentifierError
from crawler.identifiers import same_address
from crawler.text import FIRST, LAST, moment

Kind = Literal["response", "resource", "revisit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capture:
    """One capture: where it stands, what it takes to choose it, and for a revisit what it refers to."""

    path: Path
    offset: int
    length: int
    kind: Kind
    record_id: str
    url: str
    address: str
    time: datetime
    status: int
    media_type: str
    method: str = "GET"
    posted: bytes = b""
    digest: str = ""
    refers: tuple[str, str, str] = ("", "", "")
    original: _Capture | None = None

    @property
    def where(self) -> str:
        """Return its place as problems name it."""
        return f"{self.path}: offset {self.offset}"


class Replay:
    """The captures of some WARC files.

    ``newest`` is the time of the newest capture that can answer, None where none can; ``problems`` says what in the
    files was left out and why.
    """

    def __init__(self, captures: Iterable[_Capture], problems: Iterable[str]) -> None:
        self._captures: dict[tuple[str, str, bytes], list[_Capture]] = {}
        newest: datetime | None = None
        for capture in captures:
            self._captures.setdefault((capture.method, capture.address, capture.posted), []).append(capture)
            newest = capture.time if newest is None else max(newest, capture.time)
        self.newest = newest
        self.problems = tuple(problems)

    @classmethod
    def open(cls, files: Sequence[Path], as_of: datetime | None = None) -> Replay:
        """Index WARC files; captures later than ``as_of`` are left out.

        Raises:
            ConfigError: a file is missing, cannot be read or is no WARC.
            ArchiveError: a file is damaged, with the offset.
        """
        index = _Index()
        for path in files:
            for record in foreign_warc.records(path, index.problems):
                index.add(record)
        captures = index.resolved()
        return cls((capture for capture in captures if as_of is None or capture.time <= as_of), index.problems)

    def answer(self, method: str, url: str, accept: str = "", body: bytes = b"") -> Answer | None:
        """Return what was recorded for a request, None where nothing was.

        ``url`` of the answer is the address as recorded: it may differ in http or https and in the order of its query.
        Among captures of one address those whose media type satisfies ``accept`` win, then the newest, then the one
        recorded later. ``time`` is when that capture was seen, ``request_headers`` are left empty. A POST is answered
        only by what was recorded for the same ``body``; a HEAD also by what a GET brought (RFC 9110, 9.3.2).

        Raises:
            ArchiveError: the file has changed since it was opened.
        """
        try:
            address = same_address(url)
        except IdentifierError:
            return None
        found = self._captures.get((method, address, body), [])
        if method == "HEAD":
            found = found or self._captures.get(("GET", address, b""), [])
        best: tuple[bool, datetime] | None = None
        chosen: _Capture | None = None
        for capture in found:
            rank = (accepts(accept, capture.media_type), capture.time)
            if best is None or rank >= best:
                best, chosen = rank, capture
        if chosen is None:
            return None
        answer = replace(_answer(chosen), request_body=body)
        return replace(answer, method="HEAD", body=b"", truncated="") if method == "HEAD" else answer


class _Index:
    """Gathers captures, requests and problems while files are read."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._captures: list[_Capture] = []
        self._requests: dict[str, tuple[str, bytes]] = {}
        self._concurrent: dict[str, list[str]] = {}

    def add(self, record: Foreign) -> None:
        """Record a record; those that are neither request nor capture are not of use."""
        url = record.fields.get("warc-target-uri", "")
        if not url.lower().startswith(("http://", "https://")):
            return
        if record.type == "request":
            method = record.block.partition(b" ")[0].decode("latin-1")
            posted = record.block.partition(b"\r\n\r\n")[2] if method == "POST" else b""
            for record_id in (record.fields.get("warc-record-id", ""), *_concurrent(record)):
                self._requests[record_id] = (method, posted)
        elif record.type in ("response", "resource", "revisit"):
            try:
                capture = _capture(record)
            except (ValueError, IdentifierError) as error:
                self.problems.append(f"{record.where}: {url}: {error}; left out")
            else:
                self._captures.append(capture)
                if names := _concurrent(record):
                    self._concurrent[capture.record_id] = names

    def resolved(self) -> list[_Capture]:
        """Return the captures that can answer, in the order they were recorded in."""
        originals = [capture for capture in self._captures if capture.kind == "response" and capture.status != 304]
        by_id = {capture.record_id: capture for capture in originals if capture.record_id}
        by_date = {(capture.address, capture.time): capture for capture in originals}
        by_digest = {(capture.address, capture.digest): capture for capture in originals if capture.digest}
        usable: list[_Capture] = []
        for capture in self._captures:
            method, posted = self._request(capture)
            capture = replace(capture, method=method, posted=posted)
            if capture.kind == "revisit":
                record_id, address, date = capture.refers
                original = by_id.get(record_id)
                if original is None and date:
                    original = by_date.get((address, moment(date)))
                original = original or by_digest.get((address or capture.address, capture.digest))
                if original is None:
                    self.problems.append(f"{capture.where}: {capture.url}: refers to nothing in these files; left out")
                    continue
                usable.append(replace(capture, original=original, media_type=original.media_type))
            elif capture.status == 304:
                self.problems.append(f"{capture.where}: {capture.url}: 304 that refers to no capture; left out")
            else:
                usable.append(capture)
        return usable

    def _request(self, capture: _Capture) -> tuple[str, bytes]:
        """Return method and body of the request that belongs to a capture, those of a GET where there is none."""
        names = (capture.record_id, *self._concurrent.get(capture.record_id, ()))
        return next((self._requests[name] for name in names if name and name in self._requests), ("GET", b""))


def _concurrent(record: Foreign) -> list[str]:
    """Return the ids of the records that were made together with one."""
    return record.fields.get("warc-concurrent-to", "").split()


def _capture(record: Foreign) -> _Capture:
    """Return the capture a record holds."""
    fields = record.fields
    if records.REDACTED.lower() in fields:
        raise ValueError(f"body was taken out: {fields[records.REDACTED.lower()]}")
    if "warc-segment-number" in fields:
        raise ValueError("record is cut into segments")
    if not foreign_warc.digest_fits(record):
        raise ValueError("block is not what WARC-Block-Digest says")
    url, time = fields["warc-target-uri"], moment(fields.get("warc-date", ""))
    if not FIRST <= time < LAST:
        raise ValueError(f"WARC-Date {fields['warc-date']} is no time at which the web was read")
    status, media_type = 200, fields.get("content-type", "")
    refers = ("", "", "")
    if record.type == "revisit":
        date, target = fields.get("warc-refers-to-date", ""), fields.get("warc-refers-to-target-uri", "")
        refers = (fields.get("warc-refers-to", ""), same_address(target) if target else "", date and _checked(date))
    elif record.type == "response":
        message = _response(record.block)
        status, media_type = message.status, _header(message, "content-type")
    return _Capture(
        path=record.file,
        offset=record.offset,
        length=record.length,
        kind="revisit" if record.type == "revisit" else "resource" if record.type == "resource" else "response",
        record_id=fields.get("warc-record-id", ""),
        url=url,
        address=same_address(url),
        time=time,
        status=status,
        media_type=media_type,
        digest=fields.get("warc-payload-digest", "").lower(),
        refers=refers,
    )


def _checked(date: str) -> str:
    """Return a date that can be read."""
    moment(date)
    return date


def _response(block: bytes) -> Message:
    """Return the HTTP response of a block."""
    message = foreign_warc.message(block)
    if message is None:
        raise ValueError("block is no HTTP response")
    transfer = _header(message, "transfer-encoding").strip().lower()
    if transfer not in ("", "chunked", "identity"):
        raise ValueError(f"unknown transfer coding {transfer!r}")
    return message


def _header(message: Message, wanted: str) -> str:
    """Return the first value of a header, or the empty text."""
    return next((value for name, value in message.headers if name.lower() == wanted), "")


def _answer(capture: _Capture) -> Answer:
    """Return the answer a capture holds; a revisit has the body of its original, and its head where it brings none."""
    held = capture.original or capture
    record = foreign_warc.record_at(held.path, held.offset, held.length)
    if held.kind == "resource":
        length = str(len(record.block))
        headers = (("Content-Type", held.media_type), ("Content-Length", length))
        message = Message(200, "OK", headers, record.block)
    else:
        try:
            message = _response(record.block)
        except ValueError as error:
            raise ArchiveError(f"{held.where}: {error}") from error
    truncated = record.fields.get("warc-truncated", "") or ("" if message.whole else "disconnect")
    if capture.kind == "revisit":
        revisit = foreign_warc.record_at(capture.path, capture.offset, capture.length)
        own = foreign_warc.message(revisit.block)
        if own is not None and own.status != 304:
            message = replace(message, status=own.status, reason=own.reason, headers=own.headers)
    return Answer(
        url=capture.url,
        method=capture.method,
        time=capture.time,
        status=message.status,
        reason=message.reason,
        headers=message.headers,
        body=message.body,
        truncated=truncated,
    )


def accepts(accept: str, content_type: str) -> bool:
    """Return whether a media type satisfies an Accept header; the most specific range counts (RFC 9110, 12.5.1).

    >>> accepts("application/json, text/*;q=0.5", "text/html; charset=utf-8"), accepts("application/json", "text/html")
    (True, False)
    """
    if not accept.strip():
        return True
    media_type = content_type.partition(";")[0].strip().lower()
    kind = media_type.partition("/")[0]
    quality = dict(map(_range, accept.split(",")))
    for name in (media_type, f"{kind}/*", "*/*"):
        if name and name in quality:
            return quality[name] > 0
    return False


def _range(text: str) -> tuple[str, float]:
    """Return a media range and its weight; one that is no number does not exclude."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((part[2:].strip() for part in parameters if part.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 1.0
