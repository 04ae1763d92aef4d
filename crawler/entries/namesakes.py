"""What is added to a headline where two documents would share one: number, date, publisher, language, address."""

import re
from collections.abc import Iterator, Sequence

from crawler.entries.dates import day
from crawler.entries.law import DRAFT, instrument
from crawler.entries.templates import Sentence, chain, say, source, structure
from crawler.identifiers.acts import ITEM
from crawler.sources.vocabulary import LANGUAGES
from crawler.store import Row, Store, families

_DATED = len("2026-01-01")
_YEAR = re.compile(r"\b(?:1[2-9]|20)\d{2}\b")
_TELLING = re.compile(r"/([^/]*[A-Za-z]{3}[^/]*)/?$")
"""An address whose last step says something."""
_TOLD = re.compile(r"(?<=[^/]/)([a-z]+(?:-[a-z0-9]+)+)(?=/|$)")
"""A step of an address that is several words."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")
_NUMBERED = re.compile(r"(?!url:|govuk:)[a-z]+:(.*\d.*)")
"""An id that is its publisher's own number."""


def distinction(store: Store, top: Row) -> Sentence | None:
    """Return what tells a document from those that have its title; None where none has, or nothing tells them apart.

    A law whose title has no year is told with its number.
    """
    if not _LATIN.search(top["title"]) and (step := _TOLD.findall(str(top["url"]))):
        return source(step[-1])  # of a title in another script its address says more
    own, *others = families.of_title(store, top["id"], top["title"])
    head = families.original(store, top["id"])
    if ITEM.fullmatch(top["id"]) and not _YEAR.search(top["title"]):
        return instrument(top["id"], "")
    return _apart([own, *(row for row in others if families.original(store, row["id"]) != head)])


def from_headline(store: Store, top: Row, headline: str, crawl: str) -> Sentence | None:
    """Return what tells a document from those of which an entry has the same headline, None where there is none."""
    return _apart(families.of_headline(store, top["id"], headline, crawl))


def _apart(rows: Sequence[Row]) -> Sentence | None:
    """Return what tells the document of the first row from the others."""
    parts: list[Sentence] = []
    own, *rivals = [tuple(_marks(row)) for row in rows]
    for place, (value, said) in enumerate(own):
        same = [marks for marks in rivals if marks[place][0] == value]
        if value and len(same) < len(rivals):
            parts.append(said)
            rivals = same
    return chain("comma", parts) if parts else None


def _marks(row: Row) -> Iterator[tuple[str, Sentence]]:
    """Yield what can tell a document from another, as it is compared and as it is shown, in the order of use."""
    number, date = str(row["id"]), str(row["published"] or "")[:_DATED]
    found = _NUMBERED.fullmatch(number)
    if isbn := DRAFT.fullmatch(number):
        yield number, structure(f"ISBN {isbn[1]}")
    elif ITEM.fullmatch(number) or number.startswith("celex:"):
        yield number, instrument(number, "")
    else:
        yield (found[1], source(found[1])) if found else ("", source(""))
    yield date, say("published on", day=structure(day(date)))
    yield str(row["publisher_name"] or ""), source(str(row["publisher_name"] or ""))
    language = LANGUAGES.get(str(row["language"] or "").partition("-")[0].lower(), "")
    yield language, structure(language)
    address = str(row["url"]).partition("://")[2]
    found = _TELLING.search(address)
    tail = found[1] if found else ""
    yield tail, source(tail)
    yield address, source(address)


def with_distinction(headline: Sentence, apart: Sentence) -> Sentence:
    """Return a headline with what tells its document from others."""
    return say("told apart", title=headline, apart=apart)
