"""WARC files of anybody, compressed or not, read record by record. Heads are read by warcio, which knows their ways.

That nothing is cut or damaged is checked here: warcio reads over it.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.archive.members import MAGIC, Fault, Member, next_record, open_to_read, read_member, walk
from crawler.archive.records import Headers
from crawler.errors import ArchiveError, ConfigError

MAX_BYTES = 66 * 1024 * 1024
"""Bytes of one unpacked record that are read: the largest body that a host may send, and its head."""
_MAX_HEAD_BYTES = 64 * 1024
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"(\d{3})(?: (.*))?")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Foreign:
    """One record of a foreign file: type, fields (names in lower case, repeated ones joined by a space) and block."""

    file: Path
    offset: int
    length: int
    type: str
    fields: dict[str, str]
    block: bytes

    @property
    def where(self) -> str:
        """Return its place as problems name it."""
        return f"{self.file}: offset {self.offset}"


@dataclass(frozen=True, slots=True)
class Message:
    """An HTTP response as recorded: the body without transfer coding, ``whole`` where that ends as it should."""

    status: int
    reason: str
    headers: Headers
    body: bytes
    whole: bool = True


def records(path: Path, problems: list[str]) -> Iterator[Foreign]:
    """Yield the records of a WARC file; what had to be left out is added to ``problems``.

    Left out are a last record that the file cuts off, and records too large for memory.

    Raises:
        ConfigError: there is no such file, it cannot be read, or it does not begin with a whole WARC record.
        ArchiveError: the file is damaged, with the offset.
    """
    start = first_bytes(path)
    if not start:
        raise ConfigError(f"{path}: no WARC file: it is empty")
    with open_to_read(path) as fd:
        found = _compressed(path, fd, problems) if start.startswith(MAGIC) else _plain(path, fd, problems)
        first = _first(path, fd, found)
        if first is None:
            cause = (problems.pop() if problems else "it holds no record").removeprefix(f"{path}: ")
            raise ConfigError(f"{path}: no WARC file: {cause}")
        yield first
        yield from found


def first_bytes(path: Path) -> bytes:
    """Return the first bytes of a file that a person named.

    Raises:
        ConfigError: there is no such file, or it cannot be read.
    """
    try:
        with open_to_read(path) as fd:
            return os.pread(fd, len(MAGIC), 0)
    except ArchiveError as error:
        raise ConfigError(str(error)) from error


def _first(path: Path, fd: int, found: Iterator[Foreign]) -> Foreign | None:
    """Return the first record, None where there is none."""
    try:
        return next(found, None)
    except ArchiveError as error:
        if next_record(fd, 1) is not None:
            raise
        raise ConfigError(f"{path}: no WARC file: {str(error).removeprefix(f'{path}: ')}") from error


def record_at(path: Path, offset: int, length: int) -> Foreign:
    """Return one record again.

    Raises:
        ArchiveError: none stands there any more.
    """
    with open_to_read(path) as fd:
        if os.pread(fd, len(MAGIC), offset) == MAGIC:
            found = read_member(fd, offset)
            if isinstance(found, Fault):
                raise ArchiveError(f"{path}: offset {offset}: {found.reason}")
            return _parsed(path, found)
        return _parsed(path, Member(offset, length, os.pread(fd, length, offset)))


def _compressed(path: Path, fd: int, problems: list[str]) -> Iterator[Foreign]:
    """Yield the records of a file that has each in a gzip member."""
    cut: Fault | None = None
    for found in walk(fd, largest=MAX_BYTES):
        if cut is not None:  # Something readable stands behind it, so it was not the end of the file that cut it.
            raise ArchiveError(f"{path}: offset {cut.offset}: damaged")
        if isinstance(found, Fault):
            if not found.cut:
                raise ArchiveError(f"{path}: offset {found.offset}: {found.reason}")
            cut = found
        elif found.over:
            problems.append(f"{path}: offset {found.offset}: record of more than {MAX_BYTES} bytes left out")
        else:
            yield _parsed(path, found)
    if cut is not None:
        problems.append(f"{path}: offset {cut.offset}: {cut.reason}; left out")


def _plain(path: Path, fd: int, problems: list[str]) -> Iterator[Foreign]:
    """Yield the records of a file that is not compressed."""
    size = os.fstat(fd).st_size
    offset = 0
    while offset < size:
        start = os.pread(fd, _MAX_HEAD_BYTES, offset)
        blank = len(start) - len(start.lstrip(b"\r\n"))
        if blank:
            offset += blank
            continue
        length = _plain_length(path, offset, start)
        if length is None or offset + length > size:
            problems.append(f"{path}: offset {offset}: the file ends within this record; left out")
            return
        if length > MAX_BYTES:
            problems.append(f"{path}: offset {offset}: record of more than {MAX_BYTES} bytes left out")
        else:
            yield _parsed(path, Member(offset, length, os.pread(fd, length, offset)))
        offset += length


def _plain_length(path: Path, offset: int, start: bytes) -> int | None:
    """Return the length of a record that is not compressed, None where the file ends within its head."""
    if not start.startswith(b"WARC/") and not b"WARC/".startswith(start):
        raise ArchiveError(f"{path}: offset {offset}: not a WARC record: {start[:40]!r}")
    end = _EMPTY_LINE.search(start)
    if end is None:
        if len(start) < _MAX_HEAD_BYTES:
            return None
        raise ArchiveError(f"{path}: offset {offset}: head of more than {_MAX_HEAD_BYTES} bytes")
    return end.end() + _content_length(path, offset, _fields(path, offset, start[: end.end()]))


def _parsed(path: Path, member: Member) -> Foreign:
    """Return the record that a member holds, and nothing else."""
    end = _EMPTY_LINE.search(member.data, 0, _MAX_HEAD_BYTES)
    if not member.data.startswith(b"WARC/") or end is None:
        raise ArchiveError(f"{path}: offset {member.offset}: not a WARC record: {member.data[:40]!r}")
    fields = _fields(path, member.offset, member.data[: end.end()])
    length = _content_length(path, member.offset, fields)
    block, behind = member.data[end.end() : end.end() + length], member.data[end.end() + length :]
    if len(block) < length:
        raise ArchiveError(f"{path}: offset {member.offset}: Content-Length {length}, but the block has {len(block)}")
    if behind.strip():
        raise ArchiveError(
            f"{path}: offset {member.offset}: more than one record in a gzip member; mend it with 'warcio recompress'"
        )
    return Foreign(path, member.offset, member.length, fields.get("warc-type", ""), fields, block)


def _fields(path: Path, offset: int, head: bytes) -> dict[str, str]:
    """Return the fields of a head."""
    try:
        parsed = StatusAndHeadersParser(["WARC/"]).parse(BytesIO(head))
    except (StatusAndHeadersParserException, EOFError) as error:
        raise ArchiveError(f"{path}: offset {offset}: not a WARC record: {error}") from error
    fields: dict[str, str] = {}
    for name, value in parsed.headers:
        name = name.lower()
        fields[name] = f"{fields[name]} {value}" if name in fields else value
    if "warc-target-uri" in fields:  # Some writers put it in angle brackets, as the grammar of WARC/1.0 did.
        fields["warc-target-uri"] = fields["warc-target-uri"].removeprefix("<").removesuffix(">")
    return fields


def _content_length(path: Path, offset: int, fields: dict[str, str]) -> int:
    """Return the length of the block."""
    stated = fields.get("content-length", "")
    if not stated.isdecimal():
        raise ArchiveError(f"{path}: offset {offset}: Content-Length {stated!r}")
    return int(stated)


def digest_fits(record: Foreign) -> bool:
    """Return whether the block is what its digest says; a digest that is missing or of an unknown kind fits."""
    algorithm, _, stated = record.fields.get("warc-block-digest", "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return True
    found = hashlib.new(algorithm, record.block, usedforsecurity=False).digest()
    stated = stated.rstrip("=")
    folded = (found.hex(), base64.b32encode(found).decode().rstrip("=").lower())
    exact = (base64.b64encode(found), base64.urlsafe_b64encode(found))
    return stated.lower() in folded or stated in [text.decode().rstrip("=") for text in exact]


def message(block: bytes) -> Message | None:
    """Return the HTTP response that a block holds, None where it holds none."""
    stream = BytesIO(block)
    parser = StatusAndHeadersParser(["HTTP/"], verify=False)
    parser.decode_header = _latin_1  # As sent: guessing UTF-8 would change headers when they are archived again.
    try:
        head = parser.parse(stream)
    except EOFError:
        return None
    match = _STATUS.fullmatch(head.statusline)
    if match is None or not head.protocol.startswith("HTTP/"):
        return None
    headers = tuple((name, value) for name, value in head.headers)
    body, whole = stream.read(), True
    if any(name.lower() == "transfer-encoding" and value.lower() == "chunked" for name, value in headers):
        body, whole = dechunk(body)
    return Message(int(match[1]), match[2] or "", headers, body, whole)


def dechunk(body: bytes) -> tuple[bytes, bool]:
    """Return a body without chunks, and whether it is whole (https://www.rfc-editor.org/rfc/rfc9112#section-7.1).

    A body that does not begin with a chunk is given as it is: some recorders undo the coding and keep its header.

    >>> dechunk(b"5\\r\\nhello\\r\\n0\\r\\n\\r\\n"), dechunk(b"5\\r\\nhel"), dechunk(b"<html>")
    ((b'hello', True), (b'hel', False), (b'<html>', True))
    """
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts), True
        start = match.end()
        parts.append(body[start : start + size])
        position = start + size
        if body[position : position + 2] != b"\r\n":
            return b"".join(parts), False
        position += 2
    return (b"".join(parts), False) if parts else (body, True)


def _latin_1(line: bytes) -> str:
    """Return a line of a head, byte for byte."""
    return line.decode("latin-1")
