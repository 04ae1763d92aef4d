"""A body without the parts that name something redacted, and with everything else as it was received."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

from crawler.bodies.encoding import lossless
from crawler.redacting.trees import Node, tree

GZIP = b"\x1f\x8b"
"""How a file of gzip begins."""
_LARGEST = 64 * 1024 * 1024
MOST = 60
"""Most cuts that are made in one body: one that needs more is about what was redacted."""
LONG = 4_000
"""Characters of a paragraph beyond which it is tried to cut less than all of it."""

Marked = Callable[[str], object]
"""Tells whether a piece of the source names something redacted."""
Fits = Callable[[bytes], bool]
"""Tells whether a body is read as before, but for what was redacted."""


def cut(body: bytes, content_type: str, marked: Marked, fits: Fits, *, entries: bool) -> bytes | None:
    """Give a body without the parts that are ``marked``; None where nothing can be cut so that the rest ``fits``.

    ``entries``: it is a list, whose entries go as a whole, with all that they say: the largest part is taken out that
    leaves the others as they were. Elsewhere it is the nearest paragraph, row or line.
    """
    text, encoded = opened(body, content_type)
    for _ in range(MOST):
        if not marked(text):
            found = encoded(text)
            return found if found is not None and fits(found) else None
        smaller = _without_one(text, marked, lambda one: (found := encoded(one)) is not None and fits(found), entries)
        if smaller is None:
            return None
        text = smaller
    return None


def opened(body: bytes, content_type: str) -> tuple[str, Callable[[str], bytes | None]]:
    """Give the text of a body, and what makes a body of a text again; sitemaps may be files of gzip."""
    if not body.startswith(GZIP):
        return lossless(body, content_type)
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(body, _LARGEST)
    except zlib.error:
        unpacked = b""
    if not unpacker.eof or unpacker.unused_data:
        return lossless(body, content_type)
    text, encoded = lossless(unpacked)

    def packed(changed: str) -> bytes | None:
        plain = encoded(changed)
        return None if plain is None else gzip.compress(plain, mtime=0)

    return text, packed


def _without_one(text: str, marked: Marked, fits: Callable[[str], bool], entries: bool) -> str | None:
    """Give a text without the first part that is marked."""
    for node in _candidates(_chain(tree(text), text, marked), entries=entries):
        start, end = node.span
        smaller = text[:start] + text[end:]
        if fits(smaller):
            return smaller
    return None


def _chain(root: Node, text: str, marked: Marked) -> list[Node]:
    """Give the parts that hold the first marked place, from the largest to the smallest, without the whole."""
    found, node = [], root
    while (inner := next((kid for kid in node.kids if marked(text[kid.start : kid.end])), None)) is not None:
        found.append(inner)
        node = inner
    return found


def _candidates(chain: list[Node], *, entries: bool) -> Iterator[Node]:
    """Give the parts to try, best first."""
    if entries:
        yield from chain
        return
    block = next((at for at in range(len(chain) - 1, -1, -1) if chain[at].block), len(chain) - 1)
    if chain and chain[block].end - chain[block].start > LONG:  # It holds more than one paragraph.
        yield from reversed(chain[block + 1 :])
    yield from reversed(chain[: block + 1])
    yield from reversed(chain[block + 1 :])
