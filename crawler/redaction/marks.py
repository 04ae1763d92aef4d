"""Whether and where something redacted is named: an address, an id, a body, a title in running text, a copy of a text.

Titles are found by their first four words, whose short hash is looked up for every run of four words of a text, then by
all of their words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import get_args
from urllib.parse import quote, urljoin
from zlib import crc32

from crawler.bodies.naming import says_nothing
from crawler.redaction import decodings, mark_hashes
from crawler.redaction.decodings import View
from crawler.redaction.mark_hashes import (
    MIN_TITLE_WORDS,
    Kind,
    Redacted,
    first,
    last,
    mark_hash,
    spell_address,
    words_of,
)

ALIKE = 12
"""Marks of 16 that a text shares with a redacted one to be a copy of it: about three quarters of the wording."""

MIN_CODE_CHARACTERS = 5
"""Characters of a number or a code by which an entry of a list is known."""

_ADDRESS = re.compile(
    # Begun only where a run of such characters begins: of a long one without a slash each start would read it all.
    r"(?<![^\s\"'<>()\[\]{}|^`\\,;])[^\s\"'<>()\[\]{}|^`\\,;/?]*+[/?][^\s\"'<>\[\]{}|^`\\]*+"
)
"""What may be an address: neither it nor a name has a blank, a quotation mark or a bracket of a tag."""
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*+=\s*+(?:\"([^\"<>]++)\"|'([^'<>]++)'|([^\s\"'<>]++))", re.IGNORECASE)
"""Where links and pictures of a page lead, which may look like a word: the name of a file beside it."""
_INNER = re.compile(r"https?:", re.IGNORECASE)
_HOST = re.compile(r"(?:url:)?https?://[^/?#]*", re.IGNORECASE)
_END = ".,;:!?)\u2019\u201d"
"""What ends a sentence behind an address."""
_NAME = re.compile(r"(?<![\w.:-])(?=[\w.:-]*\d)[A-Za-z0-9][\w.:-]{7,}+")
"""What may be an id: it has a digit."""
_LINK = re.compile(r"[^<>]*+(?:>(?:(?!</?a\b).){0,4000}?(?=</a\b)|(?=>))", re.IGNORECASE | re.DOTALL)
_SAID = re.compile(r"(?:\A|>)([^<>]+)|\b(?:title|alt|aria-label)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.IGNORECASE)
_TAG = re.compile(r"(?:<|&lt;|\\+u003[cC])[/!]?[A-Za-z-](?:(?!&[lg]t;|\\+u003[cCeE])[^<>])*(?:>|&gt;|\\+u003[eE])")
_SIGN = re.compile(
    r"(?P<kept>\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|html?|csv|zip|json|xml|png|jpe?g|gif)\b)"
    r"|(?P<number>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
    r"|\\+(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[nrtbf])|&(?:amp;)*#?\w+;|(?:%(?:25)*[0-9a-fA-F]{2})+"
    "|[^\\W_][\u0300-\u036f]*",
    re.IGNORECASE,
)
"""What is masked at once: UUIDs, escapes, letters and digits. What kind of file an address leads to may stay."""


class Marks:
    """The marks of everything that was redacted. Every question gives the id of the decision, empty for none."""

    def __init__(self, redacted: Iterable[Redacted]) -> None:
        self.redacted = {each.id: each for each in redacted}
        self._by: dict[Kind, dict[str, str]] = {kind: {} for kind in get_args(Kind)}
        for mark in sorted((mark for each in self.redacted.values() for mark in each.marks), key=str):
            self._by[mark.kind].setdefault(mark.value, mark.redaction)
        self._addresses = {value.partition(":")[2]: found for value, found in self._by["address"].items()}
        self._lasts = frozenset(int(value.partition(":")[0], 16) for value in self._by["address"])
        self._short: re.Pattern[str] | None = None
        self._phrases: dict[int, dict[int, dict[str, str]]] = {}
        for value, found in self._by["phrase"].items():
            count, beginning, digest = value.split(":")
            self._phrases.setdefault(int(beginning, 16), {}).setdefault(int(count), {})[digest] = found

    def __bool__(self) -> bool:
        return bool(self.redacted)

    def why(self, redaction: str) -> str:
        """Return what a record says that lost something by a decision."""
        return self.redacted[redaction].why

    def address(self, url: str, base: str = "") -> str:
        """Return whether an address is redacted; a relative one stands on the page ``base``."""
        if not self._addresses or last(url) not in self._lasts:
            return ""
        try:
            whole = urljoin(base, url) if base else url
        except ValueError:
            return ""
        found = spell_address(whole)
        return self._addresses.get(mark_hash(found), "") if found else ""

    def name(self, identifier: str) -> str:
        """Return whether an id is that of a redacted document."""
        if identifier.startswith("url:"):
            return self.address(identifier[4:])
        return self._by["name"].get(mark_hash(identifier.casefold()), "")

    def title(self, text: str) -> str:
        """Return whether a text is the title of a redacted document, word for word."""
        words = words_of(text)
        digests = self._phrases.get(first(*words[:MIN_TITLE_WORDS]), {}).get(len(words), {})
        return digests.get(mark_hash(" ".join(words)), "")

    def body(self, digest: str) -> str:
        """Return whether a body, by the SHA-256 it has without coding, is redacted."""
        return self._by["body"].get(digest, "")

    def quoting(self, digest: str) -> str:
        """Return whether a body quotes something redacted, and is of a kind that cannot be masked."""
        return self._by["capture"].get(digest, "")

    def alike(self, marks: Collection[int]) -> str:
        """Return whether a text, by its marks, is a copy of a redacted one."""
        wanted = set(marks)
        for value, found in self._by["text"].items():
            if len(wanted.intersection(map(int, value.split(",")))) >= ALIKE:
                return found
        return ""

    def within(self, text: str, base: str = "") -> str:
        """Whether a text, or the source of a page at ``base``, names a redacted document: address, id or title."""
        return next((found for _, _, found in self.places(text, base)), "")

    def places(self, text: str, base: str = "") -> Iterator[tuple[int, int, str]]:
        """Yield where a text names redacted documents (offsets of its start and end), and which."""
        for begins, piece in decodings.pieces(text):
            for view, start, end, found in self._places(decodings.unescaped(piece), base):
                start, end = view.span(start, end)
                yield begins + start, begins + end, found

    def _places(self, seen: View, base: str) -> Iterator[tuple[View, int, int, str]]:
        plain = decodings.unquoted(seen)
        for view in (seen,) if plain is seen else (seen, plain):
            yield from self._addresses_in(view, base)
            yield from self._names_in(view)
        if self._phrases:
            for each in decodings.running(plain):
                yield from self._phrases_in(decodings.composed(each))
        for match in self._short.finditer(seen.text) if self._short else ():
            yield seen, *match.span(), next(iter(self.redacted))

    def _addresses_in(self, view: View, base: str) -> Iterator[tuple[View, int, int, str]]:
        """Yield where addresses of redacted documents stand, behind their hosts, and the words of links to them."""
        if not self._addresses:
            return
        text = view.text
        linked = (match.span(match.lastindex or 0) for match in _ATTRIBUTE.finditer(text))
        for start, end in (*_addresses(text), *linked):
            if found := self.address(text[start:end], base):
                host = _HOST.match(text, start, end)
                yield view, host.end() if host else start, end, found
                yield from ((view, *place, found) for place in _words_of_link(text, start, end))

    def _names_in(self, view: View) -> Iterator[tuple[View, int, int, str]]:
        known = self._by["name"]
        for match in _NAME.finditer(view.text) if known else ():
            name = match[0].rstrip(".:-").casefold()
            for part in (name, name.rpartition(":")[2]):
                if found := known.get(mark_hash(part)):
                    yield view, match.start() + len(name) - len(part), match.start() + len(name), found

    def _phrases_in(self, view: View) -> Iterator[tuple[View, int, int, str]]:
        known, words = self._phrases, decodings.words(view)
        plain = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
        runs = list(map(crc32, map(b" ".join, zip(*(plain[at:] for at in range(MIN_TITLE_WORDS)), strict=False))))
        if known.keys().isdisjoint(runs):
            return
        places = decodings.places(view)
        for at in [at for at, run in enumerate(runs) if run in known]:
            for count, digests in known[runs[at]].items():
                if found := digests.get(mark_hash(" ".join(words[at : at + count]))):
                    yield view, places[at][0], places[at + count - 1][1], found

    def masked(self, text: str, base: str = "", more: Iterable[tuple[int, int]] = ()) -> str:
        """Return a text in which everything that names a redacted document is masked: letters are x, digits 1.

        ``more`` are other places to mask.

        >>> from crawler.redaction.mark_hashes import phrase
        >>> found = frozenset(phrase("1", words_of("Sample Person Zzyzx charged")))
        >>> Marks([Redacted(id="1", reason="", date="", marks=found)]).masked("On Sample Person <b>Zzyzx</b> charged!")
        'On Xxxxxx Xxxxxx <b>Xxxxx</b> xxxxxxx!'
        """
        hidden = bytearray(len(text))
        for start, end in (*((start, end) for start, end, _ in self.places(text, base)), *more):
            position = start
            for tag in _TAG.finditer(text, start, end):
                hidden[position : tag.start()] = b"\1" * (tag.start() - position)
                position = tag.end()
            hidden[position:end] = b"\1" * (end - position)
        made, position = [], 0
        for run in re.finditer(b"\1+", hidden):
            made += [text[position : run.start()], _SIGN.sub(_mask, text[run.start() : run.end()])]
            position = run.end()
        return "".join([*made, text[position:]])

    def also(self, redaction: str, texts: Collection[str], names: Collection[str]) -> Marks:
        """Return these marks with more texts, ids and addresses (``url:``) that name a document.

        A text of few words does only where nothing stands beside it, unless it is a number or a code.
        """
        more = [mark for text in texts for mark in mark_hashes.phrase(redaction, words_of(text))]
        more += [mark for name in names for mark in mark_hashes.id_marks(redaction, name)]
        known = self.redacted[redaction]
        found = Marks([*self.redacted.values(), replace(known, marks=known.marks.union(more))])
        if short := {_short(text) for text in texts if 0 < len(words_of(text)) < MIN_TITLE_WORDS}:
            found._short = re.compile("|".join(sorted(short)), re.IGNORECASE)
        return found


def _short(text: str) -> str:
    """Return a pattern of a text of few words."""
    if len(text) >= MIN_CODE_CHARACTERS and not text.isalpha() and " " not in text:
        return rf"(?<!\w){re.escape(text)}(?!\w)"
    between = r"[^\w<>\"']"
    words = rf"{between}+".join(map(re.escape, re.findall(r"[^\W_]+", text)))
    return rf"(?<=[>\"']){between}*{words}{between}*(?=[<\"'])"


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where an address may stand: also one in another's query, or behind that of an archive.

    >>> text = "https://a.example/to?u=https://b.example/x&t=1"
    >>> sorted({text[start:end] for start, end in _addresses(text)})[-1]
    'https://b.example/x&t=1'
    """
    for match in _ADDRESS.finditer(text):
        inner = [each.start() for each in _INNER.finditer(text, match.start() + 1, match.end())]
        for start in (match.start(), *inner):
            whole = text[start : match.end()]
            for each in {whole, whole.partition("&")[0] if inner and start > match.start() else whole}:
                yield from {(start, start + len(each)), (start, start + len(each.rstrip(_END)))}


def _words_of_link(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of a link stand in whose tag an address was found."""
    opened = text.rfind("<", 0, start)
    if text[opened : opened + 2].lower() != "<a" or ">" in text[opened:start]:
        return
    if link := _LINK.match(text, end):
        for match in _SAID.finditer(text, opened, link.end()):
            yield from (match.span(group) for group in (1, 2, 3) if not says_nothing(match[group] or ""))


def _mask(match: re.Match[str]) -> str:
    """Return what stands in the place of a letter, a digit or an escape; escapes of other signs stay."""
    sign = match[0]
    if match["kept"]:
        return sign
    if match["number"]:
        return re.sub("[^-]", "1", sign)
    if len(sign) > 1:
        if sign[0] == "%":
            return "".join(
                _masked(each) if each.isalnum() else quote(each, safe="")
                for each in decodings.unquoted(View(sign)).text
            )
        said = decodings.unescaped(sign).text if sign[0] in "\\&" else sign[0]
        return "".join(map(_masked, said)) if any(map(str.isalnum, said)) else sign
    return _masked(sign)


def _masked(letter: str) -> str:
    """Return what stands in the place of a letter or a digit: of its kind, so that what was a number still is one."""
    return "1" if letter.isdigit() else "X" if letter.isupper() else "x"
