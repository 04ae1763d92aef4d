"""Whether something redacted is named: an address, an id, a body, a title in running text, a text that is its copy.

Titles are found by their first four words, whose short hash is looked up for every run of four words of a text, then by
all of their words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import get_args
from urllib.parse import unquote, urljoin
from zlib import crc32

from crawler.redacting.hashes import (
    LEAST,
    WORD,
    Kind,
    Redacted,
    concealed,
    first,
    hashed,
    last,
    spelled,
    unnamed,
    words_of,
)

ALIKE = 12
"""Marks of 16 that a text shares with a redacted one to be a copy of it: about three quarters of the wording."""
TAKEN = "[redacted]"
"""What stands where a title stood."""

PIECE = 500_000
"""Characters of a text that are looked at together."""
OVERLAP = 4_000
"""Characters of a piece that stand in the one before it too: more than any title, address or id has."""
_BORDER = re.compile(r"[\s<>\"']")
_GAP = re.compile(rb" ")
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BROKEN = re.compile(r"\\[nrt]")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_QUOTED = re.compile("(?:%[0-9a-fA-F]{2})+")
_ADDRESS = re.compile(
    # Begun only where a run of such characters begins: of a long one without a slash each start would read it all.
    r"(?<![^\s\"'<>()\[\]{}|^`\\,;])[^\s\"'<>()\[\]{}|^`\\,;/?]*+[/?][^\s\"'<>\[\]{}|^`\\]*+"
)
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*[\"']?([^\s\"'<>]+)", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w.:-])[A-Za-z0-9][\w.:-]{7,}+")
_SHORT = 4_000
"""Characters up to which a text with a percent sign is looked at both ways."""
_END = ".,;:!?)\u2019\u201d"


class Marks:
    """The marks of everything that was redacted. Every question gives the id of the decision, empty for none."""

    def __init__(self, redacted: Iterable[Redacted]) -> None:
        self.redacted = {each.id: each for each in redacted}
        self._by: dict[Kind, dict[str, str]] = {kind: {} for kind in get_args(Kind)}
        for mark in sorted((mark for each in self.redacted.values() for mark in each.marks), key=str):
            self._by[mark.kind].setdefault(mark.value, mark.redaction)
        self._addresses = {value.partition(":")[2]: found for value, found in self._by["address"].items()}
        self._lasts = frozenset(int(value.partition(":")[0], 16) for value in self._by["address"])
        self._phrases: dict[int, dict[int, dict[str, str]]] = {}
        for value, found in self._by["phrase"].items():
            count, beginning, digest = value.split(":")
            self._phrases.setdefault(int(beginning, 16), {}).setdefault(int(count), {})[digest] = found

    def __bool__(self) -> bool:
        return bool(self.redacted)

    def why(self, redaction: str) -> str:
        """Give what a record says that lost something by a decision."""
        return self.redacted[redaction].why

    def address(self, url: str, base: str = "") -> str:
        """Tell whether an address is redacted; a relative one stands on the page ``base``."""
        if not self._addresses or last(url) not in self._lasts:
            return ""
        try:
            whole = urljoin(base, url) if base else url
        except ValueError:
            return ""
        found = spelled(whole)
        return self._addresses.get(hashed(found), "") if found else ""

    def name(self, identifier: str) -> str:
        """Tell whether an id is that of a redacted document."""
        if identifier.startswith("url:"):
            return self.address(identifier[4:])
        return self._by["name"].get(hashed(identifier.casefold()), "")

    def title(self, text: str) -> str:
        """Tell whether a text is the title of a redacted document, word for word."""
        words = words_of(text)
        digests = self._phrases.get(first(*words[:LEAST]), {}).get(len(words), {})
        return digests.get(hashed(" ".join(words)), "")

    def body(self, digest: str) -> str:
        """Tell whether a body, by the SHA-256 it has without coding, is redacted."""
        return self._by["body"].get(digest, "")

    def quoting(self, digest: str) -> str:
        """Tell whether a body quotes something redacted, and is of a kind that cannot be cut."""
        return self._by["capture"].get(digest, "")

    def alike(self, marks: Collection[int]) -> str:
        """Tell whether a text, by its marks, is a copy of a redacted one."""
        wanted = set(marks)
        for value, found in self._by["text"].items():
            if len(wanted.intersection(map(int, value.split(",")))) >= ALIKE:
                return found
        return ""

    def within(self, text: str, base: str = "") -> str:
        """Tell whether a text, or the source of a page at ``base``, names a redacted document: address, id or title."""
        for piece in _pieces(text):
            seen = _unescaped(piece)
            if found := self._address_in(seen, base) or self._name_in(seen) or self._phrase_in(seen):
                return found
        return ""

    def _address_in(self, text: str, base: str) -> str:
        if not self._addresses:
            return ""
        for pattern in (_ADDRESS, _ATTRIBUTE):
            for candidate in pattern.findall(text):
                for end in {candidate, candidate.rstrip(_END)}:
                    if found := self.address(end, base):
                        return found
        return ""

    def _name_in(self, text: str) -> str:
        known = self._by["name"]
        if not known:
            return ""
        for token in {match.rstrip(".:-").casefold() for match in _NAME.findall(text)}:
            if any(map(str.isdigit, token)):
                for part in (token, token.rpartition(":")[2]):
                    if found := known.get(hashed(part), ""):
                        return found
        return ""

    def _phrase_in(self, text: str) -> str:
        if not self._phrases:
            return ""
        if "%" in text:
            plain = _QUOTED.sub(lambda match: unquote(match[0]), text)
            text = f"{text}\n{plain}" if len(text) < _SHORT else plain
        views = [text]
        if "<" in text:
            # What tags say is read by itself, and the words around them as if there were none.
            views = [_TAG.sub(" ", _INLINE.sub("", text)), "\n".join(_TAG.findall(text))]
        for view in views:
            for _, _, found in self._phrases_at(words_of(view)):
                return found
        return ""

    def _phrases_at(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Give where phrases stand among words (first, behind the last), and whose they are."""
        known = self._phrases
        text = " ".join(words).encode("utf-8", "surrogatepass")
        starts = [0, *(match.end() for match in _GAP.finditer(text))]
        runs = zip(starts, [*starts[LEAST:], len(text) + 1], strict=False)
        for at in [at for at, (start, end) in enumerate(runs) if crc32(text[start : end - 1]) in known]:
            for count, digests in known[first(*words[at : at + LEAST])].items():
                found = digests.get(hashed(" ".join(words[at : at + count])), "")
                if found:
                    yield at, at + count, found

    def scrubbed(self, text: str, base: str = "") -> str:
        """Give a text without what names a redacted document, line by line; a line that cannot be mended is empty.

        >>> from crawler.redacting.hashes import phrase
        >>> found = frozenset(phrase("1", words_of("Sample Person Zzyzx charged")))
        >>> Marks([Redacted(id="1", reason="", date="", marks=found)]).scrubbed("On Sample Person Zzyzx charged: read")
        'On [redacted]: read'
        """
        if not self.within(text, base):
            return text
        return "\n".join(self._mended(line, base) if self.within(line, base) else line for line in text.split("\n"))

    def _mended(self, line: str, base: str) -> str:
        line = _ADDRESS.sub(lambda match: self._hidden(match[0], base), line)
        line = _NAME.sub(lambda match: unnamed(match[0]) if self.name(match[0]) else match[0], line)
        places = list(WORD.finditer(line))
        end = len(line)
        for begins, behind, _ in reversed(list(self._phrases_at([place[0].casefold() for place in places]))):
            # Where one title holds another, what stands behind both stays.
            behind_it = min(places[behind - 1].end(), end)
            end = places[begins].start()
            line = f"{line[:end]}{TAKEN}{line[behind_it:]}"
        return "" if self.within(line, base) else line

    def _hidden(self, candidate: str, base: str) -> str:
        for end in ("", _END):
            plain = candidate.rstrip(end) if end else candidate
            start = plain.find("http")  # What stands before it is the scheme of an id, such as "url:".
            start = max(start, 0)
            if self.address(plain[start:], base):
                return f"{plain[:start]}{concealed(urljoin(base, plain[start:]))}{candidate[len(plain) :]}"
        return candidate


def _pieces(text: str) -> Iterator[str]:
    """Give a long text piece by piece, each begun between words: a list of all its words would take too much memory.

    They overlap, so that what lies across a border stands whole in one of them.
    """
    for start in range(0, max(len(text), 1), PIECE):
        border = _BORDER.search(text, start - OVERLAP, start) if start else None
        begins = border.end() if border else max(start - OVERLAP, 0)
        yield text[begins : start + PIECE]


def _unescaped(text: str) -> str:
    """Give the source of a page, or a text, with the escapes of JSON and of HTML undone, also one over the other."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\\/", "/").replace('\\"', '"')
        text = _BROKEN.sub(" ", text)
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text
