"""Exchanges as groups of three records: link, request, answer. Written as one piece, read back the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.archive import records as warc
from crawler.archive.content_encoding import CUT_LIMIT, LIMIT, decode
from crawler.archive.members import LEVEL
from crawler.archive.records import LINK, Headers, Record, where
from crawler.archive.values import IDENTICAL, NOT_MODIFIED, Answer, Cut, Exchange, Journal, OmittedEntries, Place
from crawler.errors import ArchiveError, ParseError

_NO_BODY = (204, 304)
_PACKED = ("image/", "video/", "audio/", "application/pdf", "application/zip", "application/vnd.openxmlformats")
"""Media types that hardly shrink: packed at the lowest level, which costs a third of the time."""


Group = tuple[Record, Record, Record]
"""Link, request and response or revisit."""


@dataclass(frozen=True, slots=True)
class Refers:
    """The record a revisit refers to, as its fields name it; ``unsure`` where its body may have been taken out."""

    place: str
    record_id: str
    url: str
    date: str
    payload_digest: str = ""
    unsure: bool = False

    @staticmethod
    def of(record: Record) -> Refers:
        """Return how to refer to a response; for a revisit, to what it refers to itself."""
        if record.type == "revisit":
            return Refers(
                place=record.fields.get(warc.REFERS_TO_PLACE.lower(), ""),
                record_id=record["WARC-Refers-To"],
                url=record["WARC-Refers-To-Target-URI"],
                date=record["WARC-Refers-To-Date"],
                payload_digest=record.fields.get("warc-payload-digest", ""),
                unsure=True,
            )
        return Refers(
            place=str(record.place),
            record_id=record["WARC-Record-ID"],
            url=record["WARC-Target-URI"],
            date=record["WARC-Date"],
            payload_digest=payload_digest(record),
            unsure=warc.REDACTED_PAYLOAD.lower() in record.fields,
        )


def payload_digest(record: Record) -> str:
    """Return the digest of the body a response was received with, also where it was taken out."""
    return record.fields.get(warc.REDACTED_PAYLOAD.lower()) or record.fields.get("warc-payload-digest", "")


def kept_headers(headers: Iterable[tuple[str, str]], body: bytes, bodyless: bool = False) -> Headers:
    """Return the headers as archived: without a transfer coding, and with the length of the body that is kept.

    A header that is no longer true of the body is renamed, never dropped. ``bodyless`` leaves the length of an answer
    that has none by nature (HEAD, 204, 304) alone.
    """
    length = str(len(body))
    kept: list[tuple[str, str]] = []
    wrong = False
    for name, value in headers:
        lower = name.lower()
        if lower == "transfer-encoding":
            name = f"X-Archive-Orig-{name}"
        elif lower == "content-length" and not bodyless and value.strip() != length:
            name, wrong = f"X-Archive-Orig-{name}", True
        kept.append((name, value))
    if wrong:
        kept.append(("Content-Length", length))
    return tuple(kept)


def write_group(
    answer: Answer, link: Mapping[str, Any], revisit: str, refers: Refers | None, cut: Cut | None = None
) -> list[Piece]:
    """Return the three records of an exchange, to be written one behind the other in one piece.

    ``revisit`` is the kind of revisit or empty for a response; ``refers`` what it refers to; ``cut`` what its body lost
    before.

    Raises:
        ValueError, TypeError: the time has no zone, the status is none, or the link cannot be written as JSON.
    """
    if not 0 <= answer.status <= 999:  # It could be written, but never be read again.
        raise ValueError(f"{answer.url}: status {answer.status} is not one of HTTP")
    ids = [warc.new_id() for _ in range(3)]
    common = (("WARC-Date", warc.date(answer.time)), ("WARC-Target-URI", warc.address(answer.url)))
    concurrent = ("WARC-Concurrent-To", ids[2])
    journal = _piece("metadata", ids[0], (*common, concurrent), warc.FIELDS, warc.journal_block(warc.LINK, link))
    asked = _piece(
        "request",
        ids[1],
        (*common, concurrent),
        warc.REQUEST,
        warc.request_block(answer.method, answer.url, answer.request_headers, answer.request_body),
    )
    distance = (warc.LINK_DISTANCE, str(len(journal.data) + len(asked.data)))
    bodyless = answer.method == "HEAD" or answer.status in _NO_BODY
    headers = kept_headers(answer.headers, answer.body, bodyless)
    block = warc.http_block(f"HTTP/1.1 {answer.status:03d} {answer.reason}", headers)
    told = (("WARC-Truncated", answer.truncated), *_revisit_fields(revisit, refers), distance)
    fields = (*common, *_digests(answer, revisit, cut), *told)
    body = b"" if revisit else answer.body
    answered = _piece("revisit" if revisit else "response", ids[2], fields, warc.RESPONSE, block, _level(answer), body)
    return [journal, asked, answered]


def _digests(answer: Answer, revisit: str, cut: Cut | None) -> tuple[tuple[str, str], ...]:
    """Return the fields that say of which body an answer is, and what that lost."""
    if revisit == NOT_MODIFIED:
        return ()
    if cut is None:
        return (("WARC-Payload-Digest", warc.digest(answer.body)),)
    if revisit:  # A revisit has the digest that the body was received with; what it lost says the original.
        return (("WARC-Payload-Digest", cut.payload_digest),)
    return (("WARC-Payload-Digest", warc.digest(answer.body)), *cut_fields(cut))


def cut_fields(cut: Cut) -> tuple[tuple[str, str], ...]:
    """Return the fields that say what a body lost, why, and which digests it had."""
    return (
        (warc.REDACTED if cut.whole else warc.REDUCED, cut.reason),
        (warc.REDACTED_PAYLOAD, cut.payload_digest),
        (warc.REDACTED_BODY, cut.body_digest),
        (warc.LEFT_OUT, "" if cut.left_out == OmittedEntries() else str(cut.left_out)),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as bytes, and what it will read as; of an answer its ``block`` is the head alone."""

    data: bytes
    type: str
    fields: Mapping[str, str]
    block: bytes

    def at(self, file: str, offset: int) -> Record:
        """Return the record as read from where it was written."""
        return Record(Place(file=file, offset=offset, length=len(self.data)), self.type, self.fields, self.block)


def _piece(
    kind: str, record_id: str, fields: tuple[tuple[str, str], ...], media_type: str, block: bytes, level: int = LEVEL,
    body: bytes = b"",
) -> Piece:  # fmt: skip
    """Return a record with the fields every record has."""
    whole = (("WARC-Type", kind), ("WARC-Record-ID", record_id), *fields, ("Content-Type", media_type))
    data = warc.record(whole, block, level, body)
    return Piece(data, kind, {name.lower(): warc.one_line(value) for name, value in whole if value}, block)


def journal_piece(kind: str, payload: Mapping[str, Any], date: str) -> Piece:
    """Return the record of a journal entry."""
    return _piece("metadata", warc.new_id(), (("WARC-Date", date),), warc.FIELDS, warc.journal_block(kind, payload))


def info_piece(file: str, info: Mapping[str, str], date: str) -> Piece:
    """Return the first record of a file: which file it is, and what its writer says of itself."""
    told = {"format": "WARC File Format 1.1", **info}
    block = warc.fields_block(told)
    return _piece("warcinfo", warc.new_id(), (("WARC-Date", date), ("WARC-Filename", file)), warc.FIELDS, block)


def _revisit_fields(revisit: str, refers: Refers | None) -> tuple[tuple[str, str], ...]:
    """Return the fields that make a record a revisit."""
    if not revisit:
        return ()
    profile = ("WARC-Profile", f"{warc.PROFILE}{revisit}")
    if refers is None:
        return (profile,)
    return (
        profile,
        ("WARC-Refers-To", refers.record_id),
        ("WARC-Refers-To-Target-URI", refers.url),
        ("WARC-Refers-To-Date", refers.date),
        (warc.REFERS_TO_PLACE, refers.place),
    )


def _level(answer: Answer) -> int:
    """Return the level of gzip that is worth its time."""
    if answer.header("content-encoding") or answer.header("content-type").lower().startswith(_PACKED):
        return 1
    return LEVEL


def read_exchange(group: Group, *, original: Record | None = None, body: bytes | None = None) -> Exchange:
    """Return the exchange that three records make.

    ``original`` is the response that an identical-payload revisit refers to; ``body`` the body as received, where the
    caller still has it.

    Raises:
        ArchiveError: a record is not what it should be.
    """
    link, request, answered = group
    source = original or answered
    revisit = revisit_of(answered)
    original_place = original.place if original else None
    if revisit == IDENTICAL and original is None:
        original_place = Place.of(answered.fields.get(warc.REFERS_TO_PLACE.lower(), ""))
    status, headers = warc.read_http_head(answered)
    if body is None:
        body = warc.read_http(original or answered)[2]
    url = answered["WARC-Target-URI"]
    undecodable, packed = "", b""
    try:
        most = max(CUT_LIMIT, len(body)) if answered.fields.get("warc-truncated") else LIMIT
        body = decode(headers, body, most, url)
    except ParseError as error:
        body, undecodable, packed = b"", error.reason, body
    return Exchange(
        place=answered.place,
        time=answered.time,
        url=url,
        method=request.block.partition(b" ")[0].decode("latin-1"),
        status=status,
        headers=headers,
        body=body,
        link=warc.read_journal_block(link)[1],
        truncated=answered.fields.get("warc-truncated", ""),
        revisit=revisit,
        original=original_place,
        record_id=answered["WARC-Record-ID"],
        payload_digest=payload_digest(answered),
        undecodable=undecodable,
        packed=packed,
        redacted=source.fields.get(warc.REDACTED.lower(), ""),
        redacted_digest=source.fields.get(warc.REDACTED_BODY.lower(), ""),
        reduced=source.fields.get(warc.REDUCED.lower(), ""),
        left_out=OmittedEntries.of(source.fields.get(warc.LEFT_OUT.lower(), "")),
    )


def revisit_of(record: Record) -> str:
    """Return the kind of a revisit, empty for a response.

    Raises:
        ArchiveError: a kind that is not ours.
    """
    if record.type != "revisit":
        return ""
    kind = record["WARC-Profile"].removeprefix(warc.PROFILE)
    if kind not in (IDENTICAL, NOT_MODIFIED):
        raise ArchiveError(f"{warc.where(record.place)}: unknown revisit profile {kind!r}")
    return kind


def read_journal(entry: Record) -> Journal:
    """Return the journal entry a metadata record holds."""
    kind, payload = warc.read_journal_block(entry)
    return Journal(place=entry.place, time=entry.time, kind=kind, payload=payload)


_LINK = f"kind: {LINK}\r\n".encode()


class Grouping:
    """Puts the records of one file together, one by one; ``open`` are those of an exchange that is not whole yet."""

    def __init__(self) -> None:
        self.open: list[Record] = []

    def add(self, record: Record) -> Record | Group | None:
        """Return a journal entry or a whole exchange; None where more belongs to it, and for a file's own warcinfo.

        Raises:
            ArchiveError: a record where none of its type can stand; the exchange that was open is given up.
        """
        stands, self.open = self.open, []
        if not stands and record.type == "metadata":
            if not record.block.startswith(_LINK):
                return record
            self.open = [record]
        elif len(stands) == 1 and record.type == "request":
            self.open = [*stands, record]
        elif len(stands) == 2 and record.type in ("response", "revisit"):
            return _together(stands[0], stands[1], record)
        elif stands or record.type != "warcinfo":
            expected = ("a journal entry or link", "the request of a link", "the answer to a request")[len(stands)]
            raise ArchiveError(f"{where(record.place)}: {record.type or 'untyped'} record, expected {expected}")
        return None

    def close(self) -> None:
        """Say that the file is at its end.

        Raises:
            ArchiveError: within an exchange.
        """
        if self.open:
            raise ArchiveError(f"{where(self.open[0].place)}: the file ends within this exchange")


def _together(link: Record, request: Record, answered: Record) -> Group:
    """Return the three as a group if they name each other."""
    for record in (link, request):
        if record["WARC-Concurrent-To"] != answered["WARC-Record-ID"]:
            raise ArchiveError(f"{where(record.place)}: {record.type} record does not belong to the answer behind it")
    return link, request, answered
