"""A text, or the source of a page, in all the ways in which it may be read: unescaped, unquoted, without its tags."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

PIECE = 500_000
"""Characters of a text that are looked at together."""
OVERLAP = 4_000
"""Characters of a piece that stand in the one before it too: more than any title, address or id has."""
ADDRESS = re.compile(
    # Begun only where a run of such characters begins: of a long one without a slash each start would read it all.
    r"(?<![^\s\"'<>()\[\]{}|^`\\,;])[^\s\"'<>()\[\]{}|^`\\,;/?]*+[/?][^\s\"'<>\[\]{}|^`\\]*+"
)
"""What may be an address: neither it nor a name has a blank, a quotation mark or a bracket of a tag."""
NAME = re.compile(r"(?<![\w.:-])[A-Za-z0-9][\w.:-]{7,}+")
"""What may be an id."""
END = ".,;:!?)\u2019\u201d"
"""What ends a sentence behind an address."""

_ATTRIBUTE = re.compile(r"[hHsS][rR](?:[eE][fF]|[cC])\s*+=\s*+[\"']?([^\s\"'<>]++)")
_BORDER = re.compile(r"[\s<>\"']")
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BROKEN = re.compile(r"\\+[nrt]")
_SLASHED = re.compile(r"\\+(?=[/\"'])")
_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,5})\}|x([0-9a-fA-F]{2}))")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_QUOTED = re.compile("(?:%[0-9a-fA-F]{2})+")
_INNER = re.compile(r"https?:", re.IGNORECASE)
_SHORT = 4_000
"""Characters up to which a text with a percent sign is looked at both ways."""
_TIMES = 3
"""How often something may be escaped or quoted, one over the other."""


def pieces(text: str) -> Iterator[str]:
    """Give a long text piece by piece, each begun between words: a list of all its words would take too much memory.

    They overlap, so that what lies across a border stands whole in one of them.
    """
    for start in range(0, max(len(text), 1), PIECE):
        border = _BORDER.search(text, start - OVERLAP, start) if start else None
        begins = border.end() if border else max(start - OVERLAP, 0)
        yield text[begins : start + PIECE]


def unescaped(text: str) -> str:
    """Give the source of a page, or a text, with the escapes of JSON and of HTML undone, also one over the other.

    >>> unescaped("Caf\\\\\\\\u00e9 of Z&amp;amp;eacute;")
    'Caf\xe9 of Z\xe9'
    """
    if "\\" in text:
        text = _SLASHED.sub("", _ESCAPED.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text))
        text = _BROKEN.sub(" ", text)
        text = _HALVES.sub(lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    for _ in range(_TIMES):
        if "&" not in text:
            break
        before, text = text, html.unescape(text)
        if text == before:
            break
    return text


def unquoted(text: str) -> str:
    """Give a text without percent-encoding, also of what is encoded already.

    >>> unquoted("Caf%25C3%25A9 at 50%")
    'Caf\xe9 at 50%'
    """
    for _ in range(_TIMES):
        before, text = text, _QUOTED.sub(lambda match: unquote(match[0]), text)
        if text == before:
            break
    return text


def running(text: str) -> list[str]:
    """Give a text as words stand in it one behind the other: what its tags say is one, and what stands around them."""
    if "%" in text:
        plain = unquoted(text)
        text = f"{text}\n{plain}" if len(text) < _SHORT else plain
    if "<" not in text:
        return [text]
    # What is no more than a pair of brackets without its inner tags is one: a comment, a section of CDATA.
    bare = _INLINE.sub("", text)
    tags = dict.fromkeys([*_TAG.findall(text), *_TAG.findall(bare)] if "<!" in text else _TAG.findall(text))
    return [_TAG.sub(" ", bare), "\n".join(tags)]


def tokens(text: str) -> set[str]:
    """Give what stands between blanks, quotation marks and tags: an address or a name stands in one of them, whole."""
    for mark in "\"'<>":
        text = text.replace(mark, " ")
    return set(text.split())


def attributes(text: str) -> set[str]:
    """Give where links and pictures of a page lead, which may look like a word: the name of a file beside it."""
    return set(_ATTRIBUTE.findall(text))


def addresses(token: str) -> Iterator[str]:
    """Give everything in a token that may be an address: also one in another's query, or behind that of an archive.

    >>> list(addresses("https://a.example/to?u=https%3A%2F%2Fb.example%2Fx&t=1"))[-1]
    'https://b.example/x'
    """
    plain = unquoted(token) if "%" in token else token
    for text in dict.fromkeys((token, plain)):
        for found in ADDRESS.findall(text):
            yield from dict.fromkeys((found, found.rstrip(END)))
            for inner in _INNER.finditer(found, 1):
                for each in (found[inner.start() :], found[inner.start() :].partition("&")[0]):
                    yield from dict.fromkeys((each, each.rstrip(END)))


def names(token: str) -> Iterator[str]:
    """Give everything in a token that may be an id: it has a digit."""
    for text in {token, unquoted(token)} if "%" in token else (token,):
        for found in NAME.findall(text):
            plain = found.rstrip(".:-").casefold()
            if any(map(str.isdigit, plain)):
                yield plain
                yield plain.rpartition(":")[2]
