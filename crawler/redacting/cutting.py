"""A body without the parts that name something redacted, and with everything else as it was received."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crawler.bodies.encoding import lossless
from crawler.redacting.trees import Node, entries, tree

GZIP = b"\x1f\x8b"
"""How a file of gzip begins."""
_LARGEST = 64 * 1024 * 1024
MOST = 60
"""Most cuts that are made in one body: one that needs more is about what was redacted."""
LISTS = 40
"""Most lists of one body that are looked through."""
TRIES = 40
"""Most parts that are tried for one cut: each is a body that is read."""
LONG = 4_000
"""Characters of a paragraph beyond which it is tried to cut less than all of it."""

Marked = Callable[[str], object]
"""Tells whether a piece of the source names something redacted."""
Fits = Callable[[bytes], bool]
"""Tells whether a body is read as before, but for what was redacted."""
Named = Callable[[bytes], int]
"""Tells how many redacted documents are read in a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knife:
    """What decides where to cut. ``media`` is the header that says what a body is.

    ``listing``: it is a list, whose entries go as a whole, with all that they say: the largest part is taken out that
    leaves the others as they were. Elsewhere it is the nearest paragraph, row or line.
    """

    marked: Marked
    fits: Fits
    named: Named
    media: str
    listing: bool


def cut(body: bytes, knife: Knife) -> bytes | None:
    """Give a body without the parts that name something redacted; None where the rest would be read otherwise."""
    text, encoded = opened(body, knife.media)

    def fits(smaller: str) -> bool:
        made = encoded(smaller)
        return made is not None and knife.fits(made)

    def named(smaller: str) -> int:
        made = encoded(smaller)
        return 0 if made is None else knife.named(made)

    for _ in range(MOST):
        if knife.marked(text):
            smaller = _without_one(text, knife, fits)
        elif knife.listing and named(text):
            smaller = _without_entry(text, knife.media, fits, named)
        else:
            return encoded(text) if fits(text) else None
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


def _without_entry(text: str, media: str, fits: Callable[[str], bool], named: Callable[[str], int]) -> str | None:
    """Give a list without the first entry that is a redacted document, although no word of it says so.

    An id may be made of several of its fields, and an address from them. So parts of the list are read as if there were
    no others, halved until one entry is left.
    """
    for kids in entries(tree(text, media))[:LISTS]:
        first, behind = 0, len(kids)
        while behind - first > 1:
            half = (first + behind) // 2
            first, behind = (first, half) if named(_alone(text, kids, first, half)) > 0 else (half, behind)
        start, end = kids[first].span
        smaller = text[:start] + text[end:]
        if named(_alone(text, kids, first, behind)) > 0 and fits(smaller):
            return smaller
    return None


def _alone(text: str, kids: list[Node], first: int, behind: int) -> str:
    """Give a text with some entries of a list only."""
    return text[: kids[0].start] + text[kids[first].start : kids[behind - 1].end] + text[kids[-1].end :]


def _without_one(text: str, knife: Knife, fits: Callable[[str], bool]) -> str | None:
    """Give a text without the first part that is marked."""
    for node in _candidates(_chain(tree(text, knife.media), text, knife.marked), listing=knife.listing):
        start, end = node.span
        smaller = text[:start] + text[end:]
        if fits(smaller):
            return smaller
    return None


def _chain(root: Node, text: str, marked: Marked) -> list[Node]:
    """Give the parts that hold a marked place, one in the other, from the largest to the smallest, without the whole.

    Below each part its largest one is gone down as far as it is marked, found by halves; then the others are looked at.
    So nothing is looked at more often than its depth can be halved, however deep a page is nested.
    """
    found, node = list[Node](), root
    while True:
        heavy = list(_heavy(node))
        first, behind = 0, len(heavy)  # The first so many are marked.
        while first < behind:
            half = (first + behind) // 2
            if marked(text[heavy[half].start : heavy[half].end]):
                first = half + 1
            else:
                behind = half
        found += heavy[:first]
        node = heavy[first - 1] if first else node
        beside = heavy[first] if first < len(heavy) else None
        inner = (kid for kid in node.kids if kid is not beside and marked(text[kid.start : kid.end]))
        if (kid := next(inner, None)) is None:
            return found
        found.append(kid)
        node = kid


def _heavy(node: Node) -> Iterator[Node]:
    """Give the largest part of a part, its largest, and so on."""
    while node.kids:
        node = max(node.kids, key=lambda kid: kid.end - kid.start)
        yield node


def _candidates(chain: list[Node], *, listing: bool) -> Iterator[Node]:
    """Give the parts to try, best first; of a page without end only the outermost and the innermost."""
    if len(chain) > TRIES:
        chain = [*chain[: TRIES // 2], *chain[-TRIES // 2 :]]
    if listing:
        yield from chain
        return
    block = next((at for at in range(len(chain) - 1, -1, -1) if chain[at].block), len(chain) - 1)
    if chain and chain[block].end - chain[block].start > LONG:  # It holds more than one paragraph.
        yield from reversed(chain[block + 1 :])
    yield from reversed(chain[: block + 1])
    yield from reversed(chain[block + 1 :])
