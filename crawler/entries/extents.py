"""Provisions that differ by place, in extent or in words: one place for such a provision would be wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from crawler.entries import part_read
from crawler.entries.templates import Sentence, say, source
from crawler.entries.word_limits import words
from crawler.feeds.weight import BOUND, PARTED
from crawler.identifiers import affected
from crawler.store import Row, Store, wordings
from crawler.wording import OF_PROVISIONS

MAX_WORDS = 40
"""Most words of a note that is repeated."""
TOLD = 2
_SEPARATE = re.compile(r"\bextends to [^.;]{3,80} only; a separate version\b", re.IGNORECASE)
_EXTENT = re.compile(r"\bexten(?:d|ds|ded|t)\b", re.IGNORECASE)


def parted(note: str, path: str) -> bool:
    """Whether a note at a provision says of a part of it where it extends, or that it reads otherwise elsewhere.

    >>> parted("S. 1 extends E.W. except s. 1(2) which extends G.B.", "section-1")
    True
    >>> parted("For the extent of s. 1 outside the U.K. see s. 22(7)", "section-1")
    False
    """
    if _SEPARATE.search(note):
        return True
    return bool(_EXTENT.search(note)) and any(each.startswith(f"{path}-") for each in affected(note))


def facets(store: Store, top: Row) -> list[tuple[str, str]]:
    """Return that what alone was read of a law extends to different places, as a value of the facet ``bound``."""
    part = part_read.part_read(store, top)
    paths = part.paths if part is not None else ()
    return [(BOUND, PARTED)] if paths and len(_notes(store, top, paths)) == len(paths) else []


def sentences(store: Store, top: Row, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield the notes on where parts of provisions extend: of what alone was read of a new law, or of what changed."""
    part = part_read.part_read(store, top)
    changed = [row["path"] for row in rows if row["kind"] in OF_PROVISIONS and row["document"] == top["id"]]
    for note in list(_notes(store, top, changed or (part.paths if part is not None else ())).values())[:TOLD]:
        yield say("extents differ", note=source(note))


def _notes(store: Store, top: Row, paths: Collection[str]) -> dict[str, str]:
    """Return the first note on different extents at each of some provisions that has one."""
    found: dict[str, str] = {}
    for row in wordings.extent_notes(store, top["id"]):
        path, note = str(row["path"]), " ".join(str(row["text"]).split())
        if path in paths and parted(note, path) and words(note) <= MAX_WORDS:
            found.setdefault(path, note)
    return found
