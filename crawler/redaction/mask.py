"""A body in which what names something redacted is masked; whether it names anything."""

from __future__ import annotations

import gzip
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from crawler.bodies.encoding import lossless
from crawler.redaction import decodings
from crawler.redaction.mark_hashes import words_text
from crawler.redaction.marks import Marks

Others = Collection[Collection[str]]
"""What each of several documents may be called."""
FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How files begin that are no text: PDF, office, pictures. Nothing is masked in them."""

_GZIP = b"\x1f\x8b"
_MAX_BYTES = 64 * 1024 * 1024
_PLAIN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){8,}+")
_LITTLE = re.compile(rb"(?:[\t\n\r\x20-\xff]\x00|[\x00-\xff][\x01-\x05\x1e\x1f\x20]){8,}+")
_BIG = re.compile(rb"(?:\x00[\t\n\r\x20-\xff]|[\x01-\x05\x1e\x1f\x20][\x00-\xff]){8,}+")
_HEX = re.compile(rb"(?<=<)(?:[0-9A-Fa-f]{2}\s*+){8,}+(?=>)")
_EDGE = re.compile(r"<(/?)(item|entry|url|li|tr|article)\b|[{}]", re.IGNORECASE)
"""Where what may be an entry of a list begins or ends."""
MAX_ENTRY_CHARACTERS = 200_000
MAX_DEPTH = 20
"""Most parts, one around the other, that are looked at to find the entry around a place."""
_NODE = re.compile(r"<[^<>\"]*|((?:\\.|[^<>\"\\])+)", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 4
"""Words of letters from which on a text is one that says something: a date has three."""
_BRACKET = re.compile(r"\((?=https?:)|\)(?=[/>])")
"""An address in PDF begins and ends with its bracket."""


def naming_decision(body: bytes, media: str, marks: Marks, base: str) -> str:
    """Return the id of the decision that a body names something of, empty where it names nothing that was redacted."""
    if not body.startswith(FILES):
        return marks.within(open_body(body, media)[0], base)
    texts = list(_texts(body))
    if not marks.within("\n".join(texts), base):  # It may find what none of them says alone, and misses nothing.
        return ""
    return next(filter(None, (marks.within(text, base) for text in texts)), "")


def mask_body(body: bytes, media: str, marks: Marks, base: str, others: Others | None = None) -> bytes:
    """Return a body in which everything is masked that names something redacted; empty where that cannot be done.

    ``others`` are what else a list lists may be called (:func:`words_text`), None for what is no list: of an entry that
    is about none of them all sentences are masked.
    """
    if body.startswith(FILES):
        return b""
    text, encoded = open_body(body, media)
    sentences = () if others is None else _sentences(text, marks, base, others)
    return encoded(marks.masked(text, base, sentences)) or b""


def _sentences(text: str, marks: Marks, base: str, others: Others) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand in the entries of a list that name something redacted, and no other document."""
    parts, behind = _Parts(text), 0
    for at in sorted(start for start, _, _ in marks.places(text, base)):
        if at >= behind:
            start, behind = _entry(text, at, parts, others)
            for match in _NODE.finditer(text, start, behind):
                if match[1] and " " in match[1].strip() and len(_WORDS.findall(match[1])) >= SENTENCE:
                    yield match.span(1)


def _entry(text: str, at: int, parts: _Parts, others: Others) -> tuple[int, int]:
    """Return where the entry begins and ends that stands around a place in a list; nothing where it is of another.

    It is the largest part around it with none of the others in it. Where what stands around that has one of them alone,
    it may be a part of that one.
    """
    entry = at, at
    for start, end in islice(parts.around(at), MAX_DEPTH):
        if end - start > MAX_ENTRY_CHARACTERS:
            break
        said = words_text(decodings.unescaped(text[start:end]).text)
        if found := sum(any(name in said for name in names) for names in others):
            return (at, at) if found == 1 else entry
        entry = start, end
    return entry


class _Parts:
    """The parts of a text that may be entries of a list, one in the other."""

    def __init__(self, text: str) -> None:
        self._spans = [(0, len(text))]
        self._parents = [-1]
        self._edges, self._inside = [0], [0]
        open_, names = [0], [""]
        for edge in _EDGE.finditer(text):
            name = (edge[2] or "{").lower()
            if edge[0] != "}" and not edge[1]:
                self._parents.append(open_[-1])
                self._spans.append((edge.start(), len(text)))
                open_.append(len(self._spans) - 1)
                names.append(name)
            elif name in names[-MAX_DEPTH:]:
                while names.pop() != name:
                    self._close(open_.pop(), edge.start())
                self._close(open_.pop(), edge.end())
            self._edges.append(edge.end())
            self._inside.append(open_[-1])

    def _close(self, part: int, end: int) -> None:
        self._spans[part] = self._spans[part][0], end

    def around(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield where the parts begin and end that stand around a place, the smallest first, without the whole."""
        part = self._inside[bisect_right(self._edges, at) - 1]
        while part > 0:
            yield self._spans[part]
            part = self._parents[part]


def open_body(body: bytes, media: str) -> tuple[str, Callable[[str], bytes | None]]:
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
