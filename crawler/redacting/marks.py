"""Whether something redacted is named: an address, an id, a body, a title in running text, a text that is its copy.

Titles are found by their first four words, whose short hash is looked up for every run of four words of a text, then by
all of their words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import get_args
from urllib.parse import urljoin
from zlib import crc32

from crawler.redacting import views
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

REMEMBERED = 100_000
"""Most words of pages that are remembered to be neither an address nor an id that is redacted."""
_LONG = 200
"""Characters of one that is not remembered."""


class Marks:
    """The marks of everything that was redacted. Every question gives the id of the decision, empty for none."""

    def __init__(self, redacted: Iterable[Redacted]) -> None:
        self.redacted = {each.id: each for each in redacted}
        self._by: dict[Kind, dict[str, str]] = {kind: {} for kind in get_args(Kind)}
        for mark in sorted((mark for each in self.redacted.values() for mark in each.marks), key=str):
            self._by[mark.kind].setdefault(mark.value, mark.redaction)
        self._addresses = {value.partition(":")[2]: found for value, found in self._by["address"].items()}
        self._lasts = frozenset(int(value.partition(":")[0], 16) for value in self._by["address"])
        self._harmless: set[str] = set()
        self._beside: set[str] = set()
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
        for piece in views.pieces(text):
            seen = views.unescaped(piece)
            if found := self._token_in(seen, base) or self._phrase_in(seen):
                return found
        return ""

    def _token_in(self, text: str, base: str) -> str:
        """Tell whether an address or an id stands in a text. Most of its words were met before, on another page."""
        if not self._addresses and not self._by["name"]:
            return ""
        new = views.tokens(text) - self._harmless
        for each in sorted(views.attributes(text) - self._beside):
            if found := self.address(each, base):
                return found
            if last(each) not in self._lasts:
                self._remember(self._beside, each)
        for token in sorted(new):
            may_be = [each for each in views.addresses(token) if last(each) in self._lasts]
            found = next(filter(None, (self.address(each, base) for each in may_be)), "") or self._name_in(token)
            if found:
                return found
            if not may_be:
                self._remember(self._harmless, token)
        return ""

    def _remember(self, harmless: set[str], token: str) -> None:
        """Remember that a token names nothing redacted, on whatever page it stands."""
        if len(token) <= _LONG:
            if len(harmless) >= REMEMBERED:
                harmless.clear()
            harmless.add(token)

    def _name_in(self, token: str) -> str:
        known = self._by["name"]
        return next(filter(None, (known.get(hashed(each), "") for each in views.names(token))), "") if known else ""

    def _phrase_in(self, text: str) -> str:
        if not self._phrases:
            return ""
        for view in views.running(text):
            for _, _, found in self._phrases_at(words_of(view)):
                return found
        return ""

    def _phrases_at(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Give where phrases stand among words (first, behind the last), and whose they are."""
        known = self._phrases
        plain = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
        runs = list(map(crc32, map(b" ".join, zip(*(plain[at:] for at in range(LEAST)), strict=False))))
        if known.keys().isdisjoint(runs):
            return
        for at in [at for at, run in enumerate(runs) if run in known]:
            for count, digests in known[runs[at]].items():
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
        line = views.ADDRESS.sub(lambda match: self._hidden(match[0], base), line)
        line = views.NAME.sub(lambda match: unnamed(match[0]) if self.name(match[0]) else match[0], line)
        places = list(WORD.finditer(line))
        end = len(line)
        for begins, behind, _ in reversed(list(self._phrases_at([place[0].casefold() for place in places]))):
            # Where one title holds another, what stands behind both stays.
            behind_it = min(places[behind - 1].end(), end)
            end = places[begins].start()
            line = f"{line[:end]}{TAKEN}{line[behind_it:]}"
        return "" if self.within(line, base) else line

    def _hidden(self, candidate: str, base: str) -> str:
        for end in ("", views.END):
            plain = candidate.rstrip(end) if end else candidate
            start = plain.find("http")  # What stands before it is the scheme of an id, such as "url:".
            start = max(start, 0)
            if self.address(plain[start:], base):
                return f"{plain[:start]}{concealed(urljoin(base, plain[start:]))}{candidate[len(plain) :]}"
        return candidate
