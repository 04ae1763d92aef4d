"""WARC records as bytes: written, and read back strictly (https://iipc.github.io/warc-specifications/, WARC/1.1).

Digests are ``sha256:<hexadecimal>``: warcio and FastWARC verify them, pywb takes them, ``sha256sum`` gives the same.
Journal entries are ``application/warc-fields``, which viewers such as pywb leave out of their index of pages.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from crawler.archive.members import LEVEL, Member, compress
from crawler.archive.values import Place
from crawler.errors import ArchiveError
from crawler.text import moment

FIELDS = "application/warc-fields"
REQUEST = "application/http;msgtype=request"
RESPONSE = "application/http;msgtype=response"
LINK = "link"
REDACTED = "X-Roundup-Redacted"
REDUCED = "X-Roundup-Reduced"
LEFT_OUT = "X-Roundup-Left-Out"
REDACTED_PAYLOAD = "X-Roundup-Redacted-Payload-Digest"
REDACTED_BODY = "X-Roundup-Redacted-Body-Digest"
REFERS_TO_PLACE = "X-Roundup-Refers-To-Place"
LINK_DISTANCE = "X-Roundup-Link-Distance"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"

_END = b"\r\n\r\n"
_BREAKS = re.compile(r"[\x00\r\n]+")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f]")
_STATUS = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: (.*))?")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record: type, fields (names in lower case, values of repeated ones joined by a space) and block."""

    place: Place
    type: str
    fields: Mapping[str, str]
    block: bytes

    def __getitem__(self, name: str) -> str:
        """Return a field that a record of this type must have.

        Raises:
            ArchiveError: it has none.
        """
        value = self.fields.get(name.lower())
        if value is None:
            raise ArchiveError(f"{where(self.place)}: {self.type} record without {name}")
        return value

    @property
    def time(self) -> datetime:
        """Return the time of the record."""
        try:
            return moment(self["WARC-Date"])
        except ValueError as error:
            raise ArchiveError(f"{where(self.place)}: {error}") from error


def where(place: Place) -> str:
    """Return a place as errors name it."""
    return f"{place.file}: offset {place.offset}"


def new_id() -> str:
    """Return a new record id."""
    return f"<urn:uuid:{uuid4()}>"


def address(url: str) -> str:
    """Return an address as it may stand in a field: white space and control characters percent-encoded.

    >>> address("https://example.org/a b")
    'https://example.org/a%20b'
    """
    return _NOT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", url)


def date(time: datetime) -> str:
    """Return an aware time as WARC-Date, always with microseconds: readers count the digits of a fraction.

    Raises:
        ValueError: the time has no zone.
    """
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone")
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def digest(data: bytes, more: bytes = b"") -> str:
    """Return a digest as fields hold it."""
    found = sha256(data)
    found.update(more)
    return f"sha256:{found.hexdigest()}"


def one_line(value: str) -> str:
    """Return the value of a field as it will be read: on one line, without white space around it."""
    return (value if value.isprintable() else _BREAKS.sub(" ", value)).strip(" \t")


def record(fields: Iterable[tuple[str, str]], block: bytes, level: int = LEVEL, body: bytes = b"") -> bytes:
    """Return one record as a gzip member: the fields given, then the digest and length of its block.

    The ``body`` is the rest of the block: a long one is not copied.
    """
    lines = [f"{name}: {one_line(value)}\r\n" for name, value in fields if value]
    of_block = f"WARC-Block-Digest: {digest(block, body)}\r\nContent-Length: {len(block) + len(body)}"
    head = f"WARC/1.1\r\n{''.join(lines)}{of_block}\r\n\r\n"
    return compress(head.encode("utf-8", "replace"), block, body, _END, level=level)


def read_record(file: str, member: Member) -> Record:
    """Read one of our records.

    Raises:
        ArchiveError: it is none, or its length is not what it says.
    """
    place = Place(file=file, offset=member.offset, length=member.length)
    end = member.data.find(_END)
    if not member.data.startswith(b"WARC/1.1\r\n") or end < 0 or member.over:
        raise ArchiveError(f"{where(place)}: not a WARC/1.1 record of at most the size kept")
    fields = read_fields(member.data[10 : end + 2])
    start = end + len(_END)
    stated = fields.get("content-length", "")
    if not stated.isdecimal() or len(member.data) != start + int(stated) + len(_END):
        raise ArchiveError(f"{where(place)}: Content-Length {stated or 'missing'} does not fit the record")
    return Record(place, fields.get("warc-type", ""), fields, member.data[start : -len(_END)])


def read_fields(head: bytes) -> dict[str, str]:
    """Return the fields of a record, names in lower case."""
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            name, value = name.strip(" \t").lower(), value.strip(" \t")
            fields[name] = f"{fields[name]} {value}" if name in fields else value
    return fields


def fields_block(fields: Mapping[str, str]) -> bytes:
    """Return the block of a warcinfo record."""
    return "".join(f"{name}: {one_line(value)}\r\n" for name, value in fields.items()).encode("utf-8", "replace")


def journal_block(kind: str, payload: Mapping[str, Any]) -> bytes:
    """Return the block of a journal entry.

    Raises:
        ValueError, TypeError: the payload cannot be written as JSON.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    head = f"kind: {kind}\r\npayload: "
    try:
        return f"{head}{text}\r\n".encode()
    except UnicodeEncodeError:
        return f"{head}{json.dumps(payload, separators=(',', ':'), allow_nan=False)}\r\n".encode()


def read_journal_block(entry: Record) -> tuple[str, dict[str, Any]]:
    """Return kind and payload of a journal entry.

    Raises:
        ArchiveError: it is none.
    """
    kind, _, payload = entry.block.partition(b"\r\n")
    try:
        if not kind.startswith(b"kind: ") or not payload.startswith(b"payload: "):
            raise ValueError("no kind and payload")
        value = json.loads(payload[9:])
        if not isinstance(value, dict):
            raise ValueError("the payload is no object")
        return kind[6:].decode(), value
    except ValueError as error:
        raise ArchiveError(f"{where(entry.place)}: not a journal entry: {error}") from error


def http_block(start: str, headers: Iterable[tuple[str, str]], body: bytes = b"") -> bytes:
    """Return an HTTP message.

    Headers are written as they came, in Latin-1; UTF-8 where a value does not fit in there.
    """
    lines = [start, *(f"{name}: {value}" for name, value in headers)]
    return b"".join((*(_encoded(line) + b"\r\n" for line in lines), b"\r\n", body))


def request_block(method: str, url: str, headers: Headers, body: bytes = b"") -> bytes:
    """Return a request as sent; the Host header is added where the caller left it to its library."""
    parts = urlsplit(address(url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not any(name.lower() == "host" for name, _ in headers):
        headers = (("Host", parts.netloc.rpartition("@")[2]), *headers)
    return http_block(f"{method} {target} HTTP/1.1", headers, body)


def read_http(message: Record) -> tuple[int, Headers, bytes]:
    """Return status, headers and body of a response or revisit record.

    Raises:
        ArchiveError: its block is no HTTP response.
    """
    status, headers = read_http_head(message)
    return status, headers, message.block.partition(_END)[2]


def read_http_head(message: Record) -> tuple[int, Headers]:
    """Return status and headers of a response or revisit record.

    Raises:
        ArchiveError: its block is no HTTP response.
    """
    end = message.block.find(_END)
    first, *lines = message.block[: end if end >= 0 else None].decode("latin-1").split("\r\n")
    match = _STATUS.fullmatch(first)
    if match is None:
        raise ArchiveError(f"{where(message.place)}: not an HTTP response: {first[:80]!r}")
    pairs = (line.partition(":") for line in lines)
    return int(match[1]), tuple((name, value.strip(" \t")) for name, _, value in pairs)


def _encoded(line: str) -> bytes:
    """Return a line of an HTTP head, line breaks inside it made spaces."""
    line = _BREAKS.sub(" ", line)
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")
