"""What must be true of the bytes of a PDF before anything reads them: whole, and not larger inside than it may be."""

from __future__ import annotations

import re
import zlib

from crawler.errors import ParseError

STREAM = 96 * 2**20
"""Most bytes one stream may expand to; pictures, which are never expanded here, do not count."""
WHOLE = 512 * 2**20
"""Most bytes all streams of a file may expand to."""

_HEADER = b"%PDF-"
_MAX_HEADER_OFFSET = 1024
"""Bytes within which the header must stand (ISO 32000-1, annex H, implementation note 13)."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DESCRIBED = 4096
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_PIECE = 2**18


def guard(body: bytes, url: str) -> None:
    """Check that bytes may be read as a PDF.

    Raises:
        ParseError: no PDF, a PDF cut off before its end, or one that expands beyond :data:`STREAM` or :data:`WHOLE`.
    """
    if _HEADER not in body[: _MAX_HEADER_OFFSET + len(_HEADER)]:
        raise ParseError(url, f"no PDF: it begins with {body[:12]!r}")
    # The last thing in a PDF is where its table of contents stands. A file that a broken transfer cut ends before.
    if body.rfind(b"startxref") < body.rfind(b"endobj"):
        raise ParseError(url, "a PDF that is cut off: after its last object nothing says where its objects stand")
    total = 0
    for match in _STREAM.finditer(body):
        if not _is_zlib(body[match.end() : match.end() + 2]) or _is_picture(body, match.start()):
            continue
        total += _expanded(body, match.end(), url)
        if total > WHOLE:
            raise ParseError(url, f"a PDF that expands to more than {WHOLE // 2**20} MiB")


def _is_zlib(start: bytes) -> bool:
    return len(start) == 2 and start[0] & 0x0F == 8 and int.from_bytes(start) % 31 == 0


def _is_picture(body: bytes, place: int) -> bool:
    described = body[max(0, place - _DESCRIBED) : place]
    return _PICTURE.search(described, max(0, described.rfind(b"obj"))) is not None


def _expanded(body: bytes, place: int, url: str) -> int:
    """Return the size of a stream once expanded; nothing of it is kept."""
    expander, total = zlib.decompressobj(), 0
    try:
        while place < len(body) and not expander.eof:
            left = body[place : place + _PIECE]
            place += _PIECE
            while left and not expander.eof:
                total += len(expander.decompress(left, _PIECE))
                left = expander.unconsumed_tail
                if total > STREAM:
                    raise ParseError(url, f"a PDF with a stream that expands to more than {STREAM // 2**20} MiB")
    except zlib.error:
        return total  # no stream after all, or a damaged one: the reader decides
    return total
