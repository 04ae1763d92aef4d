"""When two pages are one document: under one content id of GOV.UK, and reached through redirects."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.identifiers import page_alias
from crawler.model import Document, Link, Page, Statement
from crawler.reconcile import versions
from crawler.reconcile.intents import Quarantine
from crawler.reconcile.known import ArrivalState, DocumentState, Names, TextsState
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
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


HTML = frozenset({"text/html", "application/xhtml+xml"})
PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectResult:
    """What a redirect to a page means: why it is held (empty: it is not), whether the page moved there for good.

    ``twin`` is a document already known under the new address, which is this one. ``address`` is the official address
    of the document, that where it lasts; empty where the page says it. ``lasting``: all redirects are permanent ones.
    ``joined``: the page is held as another document, and no other leads there: both were made one.
    """

    held: str = ""
    lasting: bool = True
    moved: bool = False
    twin: str = ""
    address: str = ""
    joined: bool = False
    intents: tuple[Quarantine, ...] = ()


NO_REDIRECT = RedirectResult()


def redirect_result(
    state: ArrivalState,
    names: Names,
    own: Document,
    origin: Origin,
    streams: Sequence[tuple[StreamState, Wording]],
) -> RedirectResult:
    """Return what the redirects before a page mean for its document."""
    capture = origin.capture
    lasting = all(status in PERMANENT for status in state.hops)
    name = page_alias(capture.url)
    row, known = names.documents[own.id], names.documents[name]
    is_unread = row is None or row.checked is None
    # 303 leads to one form of what was named, as CELLAR answers. What the text is was stated by what asked for it.
    is_named = not own.id.startswith("url:") and all(status == 303 for status in state.hops)
    is_there = lasting and not state.is_shared
    is_said = page_alias(own.url) != page_alias(capture.link.url)  # by the page itself
    address = capture.link.url if not is_there else "" if is_said else capture.url
    if capture.media_type not in HTML or is_named:
        moved = lasting and not is_unread and known is None
        return RedirectResult(moved=moved, address=address if is_there and not is_named else "")
    is_other = known is not None and (row is None or known.id != row.id)
    twin = name if lasting and is_other and names.id(name) == name else ""
    if is_unread or state.landing == capture.url:
        return RedirectResult(twin=twin, address="" if twin else address)
    if all(versions.says_the_same(*each, origin) for each in streams):
        moved = lasting and (known is None or bool(twin))
        return RedirectResult(twin=twin, address="" if twin else address, moved=moved)
    if origin.is_accepted:
        return RedirectResult(address=address)
    held = tuple(versions.confirm(*each, origin, "redirect") for each in streams)
    is_confirmed = all(versions.is_confirmed(each.held, origin) for each in held)
    if is_confirmed and not (twin or state.is_shared or is_other):
        return RedirectResult(address=address, moved=lasting and known is None, intents=held)
    return RedirectResult(
        held=f"leads to {capture.url}, which says something else",
        lasting=lasting,
        joined=is_confirmed and lasting and not state.is_shared and is_other,
        intents=held,
    )
