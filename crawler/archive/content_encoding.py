"""Content codings undone, with a limit: gzip and deflate, also one over the other (RFC 9110, section 8.4).

Only codings of the standard library, so that a rebuild reads the same on every machine. Ask servers for
``Accept-Encoding: gzip, deflate``.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO

from crawler.errors import LimitError, ParseError
from crawler.text import counted

LIMIT = 64 * 1024 * 1024
"""Bytes that a body may have without its coding. What is archived was received under it: never make it less."""

CUT_LIMIT = 1024 * 1024
"""The same of a body that was cut, where no more was received: nothing is read of it."""

_MAX_CODINGS = 4
_MAX_MEMBERS = 10_000
_CHUNK = 64 * 1024
_AT_ONCE = 1024 * 1024
_STEP = 512
_GZIP_MAGIC = b"\x1f\x8b"
_FILES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What files begin with that are not read as one tree: PDF, ZIP, OLE."""
_BEGINNING = 4096


def decode(headers: Iterable[tuple[str, str]], body: bytes, limit: int = LIMIT, url: str = "body") -> bytes:
    """Return a body without the content codings its headers name.

    Raises:
        LimitError: it has more bytes than the limit.
        ParseError: a coding is not known, or the body is not what its coding says; ``url`` names the body.

    >>> decode([("Content-Encoding", "identity")], b"plain", 10)
    b'plain'
    """
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    codings = [coding.strip().lower() for coding in named.split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if len(codings) > _MAX_CODINGS:
        raise LimitError(url, f"{counted(len(codings), 'content coding')}, more than the limit of {_MAX_CODINGS}")
    for coding in reversed(codings):
        if body:
            body = _undo(coding, body, limit, url)
    if len(body) > limit:
        raise LimitError(url, f"body has more than the limit of {limit} bytes")
    return body


def decoded_partly(headers: Iterable[tuple[str, str]], body: bytes, limit: int = LIMIT) -> bytes:
    """Return as much of a body as its codings can be undone, where they cannot be undone in full.

    >>> import gzip
    >>> decoded_partly([("Content-Encoding", "gzip")], gzip.compress(b"words " * 9)[:-9])
    b'words words words words words words words words words '
    """
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    for coding in [each.strip().lower() for each in named.split(",")][::-1][:_MAX_CODINGS]:
        if coding in ("gzip", "x-gzip", "deflate"):
            found = (_as_far(body, wbits, limit) for wbits in (16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS))
            body = max(found, key=len)
    return body[:limit]


def is_long_text(headers: Iterable[tuple[str, str]], body: bytes, most: int) -> bool:
    """Return whether a body without its codings is more than so many bytes of text; a gzip file is what is in it.

    >>> is_long_text([], b"words", 4), is_long_text([], b"%PDF-1.7", 4)
    (True, False)
    """
    headers = list(headers)
    for _ in range(_MAX_CODINGS + 1):
        try:
            beginning = decode(headers, body, most)[:_BEGINNING]
            is_long = False
        except LimitError:
            beginning = decoded_partly(headers, body[:_BEGINNING], _BEGINNING)
            is_long = True
        except ParseError:
            return False
        if not beginning.startswith(_GZIP_MAGIC):
            return is_long and not beginning.startswith(_FILES)
        headers.insert(0, ("Content-Encoding", "gzip"))
    return False  # Nothing here unpacks it; a file can be made that unpacks to itself for ever.


def _as_far(body: bytes, wbits: int, limit: int) -> bytes:
    """Return what a deflate stream or all members of a gzip body unpack to, up to where they are broken."""
    parts, left, position = list[bytes](), limit, 0
    unpacker = zlib.decompressobj(wbits)
    while position < len(body) and left >= 0:
        packed = body[position : position + _STEP]
        before = unpacker.copy()
        try:
            parts.append(unpacker.decompress(packed, left + 1))
        except zlib.error:
            with suppress(zlib.error):  # Byte by byte: what stands before the fault is wanted, too.
                parts.extend(before.decompress(packed[at : at + 1]) for at in range(len(packed)))
            break
        left -= len(parts[-1])
        position += len(packed) - len(unpacker.unused_data)
        if unpacker.eof:
            if not body.startswith(_GZIP_MAGIC, position):
                break
            unpacker = zlib.decompressobj(wbits)
    return b"".join(parts)


def _undo(coding: str, body: bytes, limit: int, url: str) -> bytes:
    """Return a body without one coding."""
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, 16 + zlib.MAX_WBITS, coding, limit, url)
    if coding == "deflate":
        # Some servers send the bare stream without the wrapping the standard asks for:
        # https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
        wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, coding, limit, url)
    raise ParseError(url, f"unknown content coding {coding!r}")


def _inflate(body: bytes, wbits: int, coding: str, limit: int, url: str) -> bytes:
    """Return what a deflate stream or all members of a gzip body unpack to; bytes behind are left, as browsers do."""
    unpacked, counted_first = BytesIO(), False
    for part in _unpacked(body, wbits, coding, limit, url):
        if unpacked.tell() >= _AT_ONCE and not counted_first:
            counted_first = True
            for _ in _unpacked(body, wbits, coding, limit, url):
                pass  # What is too long, or breaks off, is told before it takes memory.
        unpacked.write(part)
    return unpacked.getvalue()


def _unpacked(body: bytes, wbits: int, coding: str, limit: int, url: str) -> Iterator[bytes]:
    """Yield what a body unpacks to, at most a mebibyte at a time."""
    left, position, members, more = limit, 0, 0, False
    while members == 0 or body.startswith(_GZIP_MAGIC, position):
        unpacker = zlib.decompressobj(wbits)
        while not unpacker.eof:
            packed = body[position : position + _CHUNK]
            if not packed and not more:
                raise ParseError(url, f"{coding} body ends early")
            try:
                part = unpacker.decompress(packed, min(left + 1, _AT_ONCE))
            except zlib.error as error:
                raise ParseError(url, f"not {coding}: {str(error).rpartition(': ')[2]}") from error
            left, more = left - len(part), len(part) == _AT_ONCE
            if left < 0:
                raise LimitError(url, f"{coding} body unpacks to more than the limit of {limit} bytes")
            yield part
            position += len(packed) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
        members += 1
        if members > _MAX_MEMBERS:
            raise LimitError(url, f"{coding} body has more than the limit of {_MAX_MEMBERS} members")
