"""Traps: ever new addresses of one shape whose pages say nothing of their own, as the days of an empty calendar."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import unquote, urlsplit

from crawler.bodies.dates import is_month
from crawler.text import canonical

MIN_PAGES = 20
"""Pages of one shape that say nothing of their own, in one crawl, which make a trap."""
SHARED = 1 / 20
"""A word on this share of the pages of a shape, and on three of them, is the site's, as a day of the week is."""
MIN_SHARED = 3
MAX_NUMBERS = 6
"""Most numbers, ids with a digit and months that a page may have to itself; one with a table has more."""
MAX_CHARACTERS = 5_000
"""A longer text is no trap: whatever it repeats, somebody may need it."""

_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[^\W_]*\d[^\W_]*", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")
_DAY = re.compile("(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_FILES = frozenset(["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "zip"])
"""A page that names a file leads to something of its own, asked for or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinPage:
    """A short page, the crawl that read it first, its document, address, and the words of its title and text."""

    document: str
    url: str
    crawl: str
    words: str


def shape(url: str) -> str:
    """Return an address with every number and id in it replaced.

    >>> shape("https://a.sample.invalid/calendar/2031-03-04?session=4f2a&view=day")
    'https://a.sample.invalid/calendar/#-#-#?session=#&view=day'
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}{_ID.sub('#', unquote(parts.path + query))}"


def traps(pages: Sequence[ThinPage]) -> Mapping[str, frozenset[str]]:
    """Return the documents without anything of their own by the shape of their addresses, where these are many."""
    by_shape: dict[str, list[ThinPage]] = defaultdict(list)
    for page in pages:
        by_shape[shape(page.url)].append(page)
    hollow = {each: _hollow(found) for each, found in by_shape.items() if len(found) >= MIN_PAGES and "#" in each}
    return {each: found for each, found in hollow.items() if len(found) >= MIN_PAGES}


def _hollow(pages: Sequence[ThinPage]) -> frozenset[str]:
    """Return the documents of those pages on which nothing stands but what others of their shape say, and numbers.

    Neither a word nor a sentence, but for numbers, months and days of the week in it, is their own.
    """
    said = {page.document: set(_WORD.findall(canonical(page.words).casefold())) for page in pages}
    on_pages = Counter(word for words in said.values() for word in words)
    least = max(MIN_SHARED, SHARED * len(pages))
    own = {name: [word for word in words if on_pages[word] < least] for name, words in said.items()}
    sentences = {page.document: _sentences(page.words) for page in pages}
    on_few = {each for each, number in Counter(chain.from_iterable(sentences.values())).items() if number < MIN_SHARED}
    return frozenset(
        name for name, words in own.items()
        if len(words) <= MAX_NUMBERS and all(any(map(str.isdigit, word)) or is_month(word) for word in words)
        and _FILES.isdisjoint(said[name]) and on_few.isdisjoint(sentences[name])
    )  # fmt: skip


def _sentences(text: str) -> set[str]:
    """Return the sentences of a text, without numbers, months and days of the week."""
    found = (_WORD.findall(canonical(each).casefold()) for each in _SENTENCE.split(text))
    return {" ".join(word for word in words if not (_ID.fullmatch(word) or is_month(word) or _DAY.fullmatch(word)))
            for words in found}  # fmt: skip
