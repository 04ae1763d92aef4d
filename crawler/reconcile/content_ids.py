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
from crawler.model import Link, Page, Statement
from crawler.reconcile.known import DocumentState, Names, TextsState
from crawler.text import canonical

TITLE = 0.5
"""Least share of the words of the shorter title that titles of one document have in common."""
TEXT = 0.2
"""Least share of neighbouring words of the shorter text that two wordings of one document have in common."""


def apart(names: Names, page: Page, texts: TextsState) -> Page:
    """Return a doubtful page as that of a document of its own where it shares nothing but its id with the one held.

    So it stays once it was, and where both were read in one crawl, in one language: the one did not move to the other.
    """
    own = page.documents[0]
    name = page_alias(own.url)
    row, before = names.documents[own.id], names.documents[name]
    was_apart = before is not None and before.id == name and before.checked is not None
    if row is not None and (was_apart or texts.is_read_now or _is_other(page, row, texts)):
        return _renamed(page, own.id, name)
    return page


def _is_other(page: Page, row: DocumentState, texts: TextsState) -> bool:
    own = page.documents[0]
    if _shared(_words(own.title), _words(row.title)) >= TITLE:
        return False
    told = {version.language: version.sections for version in page.versions if version.document == own.id}
    compared = False
    for language, sections in told.items():
        held = texts.words[language]
        said = " ".join(f"{section.heading} {section.text}" for section in sections)
        if held is not None and _shared(_pairs(said), _pairs(held)) < TEXT:
            return True
        compared = compared or held is not None
    publishers = [set(filter(None, each.split("; "))) for each in (own.publisher or "", row.author)]
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
