"""Two pages under one content id of GOV.UK: translations and moved pages are one document, unrelated pages are not.

Where the id alone says that a page is a document held at another address, its facts are asked. Where nothing led from
there to here, its title has other words, and so has its text in the same language, it is a document of its own; so it
is where no text in its language is held and none of its publishers is one of the other's, and where both stand at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from itertools import pairwise

from crawler.identifiers import page_alias
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Document, Link, Page, Statement
from crawler.store import Row, documents, versions
from crawler.text import canonical

TITLE = 0.5
"""Least share of the words of the shorter title that titles of one document have in common."""
TEXT = 0.2
"""Least share of neighbouring words of the shorter text that two wordings of one document have in common."""
_ID = re.compile(r"govuk:[0-9a-f-]+")


def apart(state: State, read: Read) -> Read:
    """Return a page as that of a document of its own where it shares nothing but its id with the one that is held."""
    page = read.page
    if page is None or not page.documents or not _ID.fullmatch(page.documents[0].id):
        return read
    own = page.documents[0]
    row = documents.get(state.store, documents.resolve(state.store, own.id))
    if row is None or row["checked"] is None or _is_reached(state, own, row):
        return read
    if not (_was_apart(state, own) or _stands_beside(state, page, row) or _is_other(state, page, row)):
        return read
    return replace(read, page=_renamed(page, own.id, page_alias(own.url)))


def _is_reached(state: State, own: Document, row: Row) -> bool:
    """Return whether an address of a page is one of the document that is held, or was found to lead there."""
    addresses = [page_alias(url) for url in (own.url, *own.aliases)]
    return any(documents.resolve(state.store, name) == row["id"] for name in addresses)


def _was_apart(state: State, own: Document) -> bool:
    """Return whether a page was read before as a document of its own, under its address."""
    name = page_alias(own.url)
    known = documents.get(state.store, documents.resolve(state.store, name))
    return known is not None and known["id"] == name and known["checked"] is not None


def _stands_beside(state: State, page: Page, row: Row) -> bool:
    """Return whether both pages were read in this crawl, in one language: the one did not move to the other."""
    languages = {version.language for version in page.versions if version.document == page.documents[0].id}
    return any(versions.is_read_in(state.store, str(row["id"]), language, state.crawl) for language in languages)


def _is_other(state: State, page: Page, row: Row) -> bool:
    own = page.documents[0]
    if _shared(_words(own.title), _words(str(row["title"]))) >= TITLE:
        return False
    texts = {version.language: version.sections for version in page.versions if version.document == own.id}
    compared = False
    for language, sections in texts.items():
        held = versions.words_in(state.store, str(row["id"]), language)
        said = " ".join(f"{section.heading} {section.text}" for section in sections)
        if held is not None and _shared(_pairs(said), _pairs(held)) < TEXT:
            return True
        compared = compared or held is not None
    publishers = [set(filter(None, each.split("; "))) for each in (own.publisher or "", str(row["author"]))]
    return not compared and all(publishers) and publishers[0].isdisjoint(publishers[1])


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", canonical(text)))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(re.findall(r"\w+", canonical(text))))


def _shared(one: Set[object], two: Set[object]) -> float:
    least = min(len(one), len(two))
    return len(one & two) / least if least else 1.0


def _renamed(page: Page, old: str, new: str) -> Page:
    """Return a page with another id for its own document, and for what hangs on it."""

    def named(name: str) -> str:
        return new + name.removeprefix(old) if name == old or name.startswith(f"{old}/") else name

    def parent(name: str | None) -> str | None:
        return None if name is None else named(name)

    def links(found: Iterable[Link]) -> Iterable[Link]:
        for link in found:
            facts = {key: named(value) if key == "document" else value for key, value in link.facts.items()}
            yield replace(link, parent=parent(link.parent), facts=facts)

    def statement(one: Statement) -> Statement:
        return replace(one, document=named(one.document))

    return replace(
        page,
        documents=tuple(replace(each, id=named(each.id), parent=parent(each.parent)) for each in page.documents),
        versions=tuple(replace(each, document=named(each.document)) for each in page.versions),
        statements=tuple(map(statement, page.statements)),
        links=tuple(links(page.links)),
    )
