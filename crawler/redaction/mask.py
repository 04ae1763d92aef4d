"""A body in which what names something redacted is masked; whether it names anything."""

from __future__ import annotations

import gzip
import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator

from crawler.bodies.encoding import lossless
from crawler.redaction import views
from crawler.redaction.hashes import worded
from crawler.redaction.marks import Marks

FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How files begin that are no text: PDF, office, pictures. Nothing is masked in them."""

_GZIP = b"\x1f\x8b"
_MAX_BYTES = 64 * 1024 * 1024
_PLAIN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){8,}+")
_LITTLE = re.compile(rb"(?:[\t\n\r\x20-\xff]\x00|[\x00-\xff][\x01-\x05\x1e\x1f\x20]){8,}+")
_BIG = re.compile(rb"(?:\x00[\t\n\r\x20-\xff]|[\x01-\x05\x1e\x1f\x20][\x00-\xff]){8,}+")
_HEX = re.compile(rb"(?<=<)(?:[0-9A-Fa-f]{2}\s*+){8,}+(?=>)")
_ENTRY = re.compile(r"<(item|entry|url|li|tr|article)\b.{0,20000}?</\1\s*>|\{[^{}]*\}", re.DOTALL | re.IGNORECASE)
"""What may be an entry of a list."""
_NODE = re.compile(r"<[^<>\"]*|((?:\\.|[^<>\"\\])+)", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 4
"""Words of letters from which on a text is one that says something: a date has three."""
_BRACKET = re.compile(r"\((?=https?:)|\)(?=[/>])")
"""An address in PDF begins and ends with its bracket."""


def named(body: bytes, media: str, marks: Marks, base: str) -> str:
    """Return the id of the decision that a body names something of, empty where it names nothing that was redacted."""
    if not body.startswith(FILES):
        return marks.within(opened(body, media)[0], base)
    texts = list(_texts(body))
    if not marks.within("\n".join(texts), base):  # It may find what none of them says alone, and misses nothing.
        return ""
    return next(filter(None, (marks.within(text, base) for text in texts)), "")


def masked(body: bytes, media: str, marks: Marks, base: str, others: Collection[str] | None = None) -> bytes:
    """Return a body in which everything is masked that names something redacted; empty where that cannot be done.

    ``others`` are the titles (:func:`worded`) of all else that a list lists, None for what is no list: of an entry that
    has none of them all sentences are masked.
    """
    if body.startswith(FILES):
        return b""
    text, encoded = opened(body, media)
    sentences = () if others is None else _sentences(text, marks, base, others)
    return encoded(marks.masked(text, base, sentences)) or b""


def _sentences(text: str, marks: Marks, base: str, others: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand in the entries of a list that name something redacted, and no other document."""
    named = sorted(start for start, _, _ in marks.places(text, base))
    for entry in _ENTRY.finditer(text):
        at = bisect_left(named, entry.start())
        if at < len(named) and named[at] < entry.end():
            said = worded(views.unescaped(entry[0]).text)
            if not any(title in said for title in others):
                yield from (
                    match.span(1) for match in _NODE.finditer(text, *entry.span())
                    if match[1] and " " in match[1].strip() and len(_WORDS.findall(match[1])) >= SENTENCE
                )  # fmt: skip


def opened(body: bytes, media: str) -> tuple[str, Callable[[str], bytes | None]]:
    """Return the text of a body, and what makes a body of a text again; sitemaps may be files of gzip."""
    if not body.startswith(_GZIP):
        return lossless(body, media)
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(body, _MAX_BYTES)
    except zlib.error:
        unpacked = b""
    if not unpacker.eof or unpacker.unused_data:
        return lossless(body, media)
    text, encoded = lossless(unpacked)

    def packed(changed: str) -> bytes | None:
        plain = encoded(changed)
        return None if plain is None else gzip.compress(plain, mtime=0)

    return text, packed


def _texts(body: bytes) -> Iterator[str]:
    """Yield everything in a file that reads as text, in each of the codings in which files hold text."""
    for match in _PLAIN.finditer(body):  # Behind the name of a part of a zip file the next record begins with PK.
        yield _BRACKET.sub(r"\g<0> ", match[0].removesuffix(b"PK").decode("utf-8", "replace"))
    for pattern, coding in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
        yield from (match[0].decode(coding, "replace") for match in pattern.finditer(body))
    for match in _HEX.finditer(body):
        raw = bytes.fromhex(match[0].decode("ascii"))
        yield raw.decode("utf-16-be" if raw.startswith(b"\xfe\xff") else "latin-1", "replace")
