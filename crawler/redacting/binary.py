"""Files that are no text, such as PDF, office and pictures: what reads as text in them, and such a file without it.

A cut would move everything behind it, and most such files say where their parts stand. So bytes are overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FILES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How files begin that are no text: PDF, office, pictures."""
MOST = 200
"""Most places that are overwritten in one file."""

_PLAIN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){8,}+")
_LITTLE = re.compile(rb"(?:[\t\n\r\x20-\xff]\x00|[\x00-\xff][\x01-\x05\x1e\x1f\x20]){8,}+")
_BIG = re.compile(rb"(?:\x00[\t\n\r\x20-\xff]|[\x01-\x05\x1e\x1f\x20][\x00-\xff]){8,}+")
_HEX = re.compile(rb"(?<=<)(?:[0-9A-Fa-f]{2}\s*+){8,}+(?=>)")
_LINE = re.compile(rb"[^\r\n]++")
_PIECE = re.compile(rb"[^\r\n()<>\[\]]++")

_BRACKET = re.compile(r"\((?=https?:)|\)(?=[/>])")
_RECORD = re.compile(rb"PK(?=[\x01-\x08])")
"""How the records of a zip file begin, right behind the name of a part."""

Marked = Callable[[str], str]
"""Tells whether a text names something redacted: gives the id of the decision, empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Bytes that read as text, where they begin, and the bytes that stand for nothing in them."""

    start: int
    raw: bytes
    coding: str = "utf-8"
    blank: bytes = b" "

    @property
    def text(self) -> str:
        """Give what they say."""
        if not self.coding:
            raw = bytes.fromhex(self.raw.decode("ascii"))
            return raw.decode("utf-16-be" if raw.startswith(b"\xfe\xff") else "latin-1", "replace")
        # An address in PDF begins and ends with its bracket.
        return _BRACKET.sub(lambda match: f"{match[0]} ", self.raw.decode(self.coding, "replace"))


def is_file(body: bytes) -> bool:
    """Tell whether a body is a file that is no text."""
    return body.startswith(FILES)


def named(body: bytes, marked: Marked) -> str:
    """Tell whether what reads as text in a file names something redacted: give the id of the decision."""
    found = list(_runs(body))
    if not marked("\n".join(run.text for run in found)):  # It may find what no run says alone, and misses nothing.
        return ""
    return next(filter(None, (marked(run.text) for run in found)), "")


def overwritten(body: bytes, marked: Marked, fits: Callable[[bytes], bool]) -> bytes | None:
    """Give a file in which nothing that reads as text names something redacted; None where it would be read otherwise.

    First only what stands between brackets is overwritten, then the line, then all that reads as text around it.
    """
    found = [run for run in _runs(body) if marked(run.text)]
    tried: set[tuple[tuple[int, int, bytes], ...]] = set()
    for parts in (_PIECE, _LINE, None):
        places = tuple(place for run in found for place in _places(run, parts, marked))
        if places in tried or len(places) > MOST:
            continue
        tried.add(places)
        made = bytearray(body)
        for start, end, blank in places:
            made[start:end] = blank * ((end - start) // len(blank))
        without = bytes(made)
        if not named(without, marked) and fits(without):
            return without
    return None


def _places(run: _Run, parts: re.Pattern[bytes] | None, marked: Marked) -> Iterator[tuple[int, int, bytes]]:
    """Give the parts of a run that are marked, all of it where none of them is alone."""
    none = True
    if parts is not None and run.coding == "utf-8":
        for part in parts.finditer(run.raw):
            if marked(part[0].decode("utf-8", "replace")):
                none = False
                yield run.start + part.start(), run.start + part.end(), run.blank
    if none:
        yield run.start, run.start + len(run.raw), run.blank


def _runs(body: bytes) -> Iterator[_Run]:
    """Give everything in a file that reads as text, in each of the codings in which files hold text."""
    for match in _PLAIN.finditer(body):
        end = match.end() - 2 if _RECORD.match(body, match.end() - 2) else match.end()
        yield _Run(start=match.start(), raw=body[match.start() : end])
    for pattern, coding in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
        for match in pattern.finditer(body):
            yield _Run(start=match.start(), raw=match[0], coding=coding, blank=" ".encode(coding))
    yield from (_Run(start=match.start(), raw=match[0], coding="", blank=b"0") for match in _HEX.finditer(body))
