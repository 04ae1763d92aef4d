"""Versions of a page: what is known of their streams is loaded, what is decided of them is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Version
from crawler.reconcile import versions
from crawler.reconcile.known import StreamState
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.versions import VersionResult
from crawler.store import commencements, documents, fetches
from crawler.store import versions as store
from crawler.store.known import of_stream
from crawler.store.writer import carry_out


def origin_of(state: State, read: Read, fetch: int) -> Origin:
    """Return how a page was read."""
    reading, row = read.reading, fetches.get(state.store, fetch)
    return Origin(
        clock=state.clock,
        source=reading.source,
        parser=state.parsers[reading.source.protocol],
        capture=reading.capture,
        cause=reading.cause,
        fetch=fetch,
        time=row["time"],
        digest=row["digest"],
        is_accepted=row["digest"] in state.decisions.accept,
    )


def join(state: State, version: Version, origin: Origin) -> VersionResult:
    """Store a version unless its stream says the same already; compare it with its neighbour."""
    wording = Wording.of(version)
    result = versions.join(of_stream(state.store, wording, origin, state.crawl), wording, origin)
    new = carry_out(state.store, state.crawl, result.intents)
    return replace(result, changed=result.changed and new > 0)


def suspicion(state: State, version: Version, origin: Origin) -> str:
    """Hold a version where it is suspicious; return why, empty where it would join its stream."""
    wording = Wording.of(version)
    known = of_stream(state.store, wording, origin, state.crawl, with_text=False)
    result = versions.hold(known, wording, origin)
    carry_out(state.store, state.crawl, result.intents)
    return result.held


def says_the_same(state: State, read: Read, document: str, fetch: int) -> bool:
    """Return whether a page says of a document what was read last, or something of which nothing was read yet."""
    return all(versions.says_the_same(*each) for each in _versions_of(state, read, document, fetch))


def said(state: State, read: Read, document: str, fetch: int) -> bool:
    """Return whether a document said at some time what a page says of it, whatever the title; or nothing comparable."""
    return all(versions.said(*each) for each in _versions_of(state, read, document, fetch))


def confirmed(state: State, read: Read, document: str, fetch: int) -> bool:
    """Hold what a page says of a document; return whether later crawls confirmed all of it."""
    found = [(versions.confirm(*each, "redirect"), each[2]) for each in _versions_of(state, read, document, fetch)]
    carry_out(state.store, state.crawl, [intent for intent, _ in found])
    return all(versions.is_confirmed(intent.held, origin) for intent, origin in found)


def _versions_of(state: State, read: Read, document: str, fetch: int) -> Iterator[tuple[StreamState, Wording, Origin]]:
    origin = origin_of(state, read, fetch)
    for version in read.page.versions if read.page else ():
        if documents.resolve(state.store, version.document) == document:
            wording = Wording.of(replace(version, document=document))
            yield of_stream(state.store, wording, origin, state.crawl, with_text=False), wording, origin


def come_into_force(state: State) -> None:
    """Show the wording that applies at the clock of the crawl, where a point in time that lay ahead has come."""
    for document in store.overdue(state.store, state.now[:10]):
        store.show(state.store, document, state.now[:10])
        commencements.note_due(state.store, document)
