"""Pages whose links are followed: what each leads to, within the most documents that its source may have."""

from __future__ import annotations

from dataclasses import replace

from crawler.identifiers import address_of
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Page, Problem
from crawler.store import placements as store
from crawler.text import counted


def within(state: State, page: Page, read: Read) -> Page:
    """Return a page without what is too much, and without what another page of its source announces.

    Several pages may lead to one document under different words: the first one says what it is called.
    """
    follow = read.reading.source.followed
    if follow is None or not page.placements:
        return page
    elsewhere = store.elsewhere(state.store, read.reading.source.id, address_of(read.reading.capture.link))
    names = list(dict.fromkeys(each.document for each in page.placements))
    room = max(0, follow.max_documents - len(elsewhere))
    fresh = [name for name in names if name not in elsewhere]
    left = set(fresh[room:])
    others = {name for name in names if elsewhere.get(name)}
    problems = page.problems
    if left:
        total, most = counted(len(elsewhere) + len(fresh), "document"), follow.max_documents
        told = f"{total} behind its links so far, of which the first {most} are read, as follow.max_documents says"
        problems = (*problems, Problem(kind="gap", detail=told))
    return replace(
        page,
        documents=tuple(each for each in page.documents if each.id not in left | others),
        links=tuple(each for each in page.links if each.facts.get("document") not in left | others),
        placements=tuple(each for each in page.placements if each.document not in left),
        problems=problems,
    )


def enter(state: State, page: Page, read: Read) -> None:
    """Record what stands on a page whose links are followed."""
    source, link = read.reading.source, read.reading.capture.link
    if source.followed is not None:
        described = {each.id for each in page.documents}
        store.put(state.store, source.id, address_of(link), page.placements, described)
