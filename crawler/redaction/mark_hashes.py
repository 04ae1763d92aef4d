"""The hashes under which a redacted document is known: of its addresses, ids, bodies and titles, never its words.

A list of what was redacted that could be read would be the register of people that a redaction takes out. So addresses,
ids and titles are kept as SHA-256.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal
from urllib.parse import unquote, urlsplit
from zlib import crc32

from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url, same_address
from crawler.redaction import decodings

Kind = Literal["address", "name", "body", "capture", "phrase", "text"]
"""``body`` is one of the document itself, ``capture`` one of another that quotes it and cannot be masked."""

MIN_TITLE_WORDS = 4
"""Fewest words of a title by which a document is known: of fewer, other texts have the same."""

MIN_ID_CHARACTERS = 8
"""Characters of an id below which it is looked for as a whole only."""
_ROUTES = ("{", "!", "/")
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_CONCEALED = re.compile(r"https?://[^/?#]+/redacted/[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing by which a redacted document is known, as a hash; ``redaction`` is the id of the decision."""

    redaction: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """One decision to redact, as the archive keeps it: why, since when, and by what the document is known."""

    id: str
    reason: str
    date: str
    marks: frozenset[Mark] = frozenset()

    @property
    def why(self) -> str:
        """Return what a record says that lost something."""
        return f"{self.date}: {self.reason}"


def mark_hash(text: str) -> str:
    """Return the hash under which an address, a name or the words of a title are kept."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@lru_cache(maxsize=4096)
def spell_address(url: str) -> str:
    """Return the spelling of an address by which it is known again; empty where it is none, or that of a whole site.

    >>> spell_address("http://www.example.org/a/?utm_source=x#top") == spell_address("https://example.org/a")
    True
    >>> spell_address("https://example.org/"), spell_address("mailto:a")
    ('', '')
    >>> spell_address('https://example.org/app#{"id":"1"}') == spell_address("https://example.org/app")
    False
    """
    try:
        found = same_address(canonical_url(url))
    except IdentifierError:
        return ""
    found = found.replace("https://www.", "https://", 1)
    parts, fragment = urlsplit(found), unquote(url.partition("#")[2])
    if fragment.startswith(_ROUTES):  # It is no place on a page, but chooses the page.
        return f"{found}#{fragment}"
    return found if parts.query else found.rstrip("/") if parts.path.strip("/") else ""


def concealed_address(url: str) -> str:
    """Return what stands in the place of an address that must not be kept: its host, and the hash of it.

    >>> concealed_address("https://example.org/a-name")[:29], len(concealed_address("https://example.org/a-name"))
    ('https://example.org/redacted/', 61)
    """
    if is_concealed(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:  # A text that only begins as an address does, with a bracket where a host stands.
        return concealed_id(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/redacted/{mark_hash(spell_address(url) or url)}"


def is_concealed(url: str) -> bool:
    """Return whether an address stands in the place of one that must not be kept."""
    return _CONCEALED.fullmatch(url) is not None


def concealed_id(identifier: str) -> str:
    """Return what stands in the place of an id that must not be kept."""
    return f"redacted:{mark_hash(identifier.casefold())}"


def address(redaction: str, url: str) -> Iterator[Mark]:
    """Yield the mark of an address, none where it is that of a whole site, or names a place on a page of many."""
    found = spell_address(url)
    if found and ("#" in found or "#" not in url):
        yield Mark(redaction=redaction, kind="address", value=f"{last(found):08x}:{mark_hash(found)}")


def name(redaction: str, identifier: str) -> Iterator[Mark]:
    """Yield the marks of an id: of the whole, and of what stands behind its scheme, where that names it alone."""
    local = identifier.partition(":")[2]
    whole = {identifier.casefold()}
    if len(local) >= MIN_ID_CHARACTERS and any(map(str.isdigit, local)):
        whole.add(local.casefold())
    yield from (Mark(redaction=redaction, kind="name", value=mark_hash(each)) for each in sorted(whole))


def id_marks(redaction: str, name_or_address: str) -> Iterator[Mark]:
    """Return the marks of an id, or of an address behind ``url:``."""
    is_address = name_or_address.startswith("url:")
    return address(redaction, name_or_address[4:]) if is_address else name(redaction, name_or_address)


def phrase(redaction: str, words: Sequence[str]) -> Iterator[Mark]:
    """Yield the mark of the words of a title; none of fewer than can be told from other words."""
    if len(words) >= MIN_TITLE_WORDS:
        value = f"{len(words)}:{first(*words[:MIN_TITLE_WORDS]):08x}:{mark_hash(' '.join(words))}"
        yield Mark(redaction=redaction, kind="phrase", value=value)


def words_of(text: str) -> list[str]:
    """Return the words of a text as phrases are made of.

    >>> words_of("A sample-person\u2019s_name: Zzyzx")
    ['a', 'sample', 'person', 's', 'name', 'zzyzx']
    """
    return decodings.words(decodings.composed(decodings.View(unicodedata.normalize("NFC", text))))


def words_text(text: str) -> str:
    """Return the words of a text between blanks, so that one can be looked for in another.

    >>> words_text("A person") in words_text("Of a person:")
    True
    """
    return f" {' '.join(words_of(text))} "


def first(*words: str) -> int:
    """Return a short hash of words, by which titles are looked for."""
    return crc32(" ".join(words).encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=50_000)
def last(url: str) -> int:
    """Return a short hash of the last part of a path, by which most addresses are told apart at once."""
    path = _HOST.sub("", url, count=1).partition("#")[0].partition("?")[0].rstrip("/")
    return crc32(unquote(path.rpartition("/")[2]).casefold().encode("utf-8", "surrogatepass"))
