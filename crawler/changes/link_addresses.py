"""Addresses shown behind links: the reading of a page shows them where the words of a link say nothing.

A link that got other words did not come or go. An address that the other version has anywhere in a provision is told
as neither added nor removed, nor is one behind *here* in a sentence that stayed: that link had words that say more.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from crawler.changes.significance import TARGET
from crawler.model import Word
from crawler.text import LINK_TARGET

_ADDRESS = re.compile(
    rf"\s*({LINK_TARGET.pattern}|(?:https?://|\bwww\.)[^\s()]*[^\s().,;:?!])(?:\s+\Z)?", re.IGNORECASE
)
_HEAD = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\b(?:here|link|online|site|website|yma|ar-lein|ici|lien|en ligne|cliquez ici|hier|hier klicken)\s*\Z", re.I
)
"""Words of a link that do not say where it leads."""
_BEGINS = re.compile(r"[.?!\n]\s+\S")
"""A text in which a sentence begins."""


def unlinked(shown: Sequence[Word], before: str, after: str) -> Iterator[Word]:
    """Yield words, addresses of links that did not come as kept, those of links that did not go left out.

    >>> old, new = "Aid in Sampleland is told here.", "Aid in Sampleland is told here (www.aid.example/a)."
    >>> shown = [Word(op="=", text=old[:-1]), Word(op="+", text=" (www.aid.example/a)"), Word(op="=", text=".")]
    >>> [word.op + word.text for word in unlinked(shown, old, new)]
    ['=Aid in Sampleland is told here', '= (www.aid.example/a)', '=.']
    """
    known = {"+": set(_addresses(before)), "-": set(_addresses(after))}
    said = ""
    for number, word in enumerate(shown):
        if word.op == "=":
            said = word.text
            yield word
            continue
        beside = shown[number + 1 : number + 2] if word.op == "-" else shown[max(number - 1, 0) : number]
        other = "".join(each.text for each in beside if each.op not in ("=", word.op))
        yield from _of_edit(word, said, other, known[word.op])


def _of_edit(word: Word, said: str, other: str, known: set[str]) -> Iterator[Word]:
    """Yield the pieces of an edit behind what was said before; ``other`` is what stands on the other side of it."""
    start = 0
    is_replaced = _ADDRESS.search(other) is not None
    for match in _ADDRESS.finditer(word.text):
        ahead = said + word.text[: match.start()]
        is_named = "@" in match[1] or TARGET.fullmatch(match[1]) is not None or not _SAYS_NOTHING.search(ahead)
        is_new = not other.strip() and (not said.strip() or _BEGINS.search(ahead[len(said.rstrip()[:-1]) :]))
        if plain(match[1]) not in known and (is_named or is_replaced or is_new):
            continue
        if match.start() > start:
            yield Word(op=word.op, text=word.text[start : match.start()])
        if word.op == "+":
            yield Word(op="=", text=match[0])
        start = match.end()
    if start < len(word.text):
        yield Word(op=word.op, text=word.text[start:])


def with_tails_kept(shown: Iterable[Word]) -> Iterator[Word]:
    """Yield words; where what was removed ends with all that was added, that is kept: an address parted them.

    >>> pieces = (Word(op="-", text="about aid is told here"), Word(op="+", text="is told here"))
    >>> [word.op + word.text for word in with_tails_kept(pieces)]
    ['-about aid ', '=is told here']
    """
    is_tail = False
    for word, following in pairwise((*shown, Word(op="=", text=""))):
        if (word.op, following.op) == ("-", "+") and word.text.endswith(f" {following.text}"):
            yield Word(op="-", text=word.text[: len(word.text) - len(following.text)])
            is_tail = True
        elif word.text:
            yield Word(op="=", text=word.text) if is_tail else word
            is_tail = False


def plain(address: str) -> str:
    """Return an address in one way of writing; beside its host, capital letters make it another one.

    >>> plain("(https://www.Sample.invalid/a%20B/)"), plain("sample.invalid/a B")
    ('sample.invalid/a B', 'sample.invalid/a B')
    """
    host, slash, path = unquote(_HEAD.sub("", address.strip("()"), count=1)).partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/")


def without(text: str) -> str:
    """Return a text without addresses."""
    return _ADDRESS.sub(" ", text)


def _addresses(text: str) -> Iterator[str]:
    return (plain(match[1]) for match in _ADDRESS.finditer(text))
