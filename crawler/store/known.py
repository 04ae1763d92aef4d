"""What is known before an answer is looked at, loaded for :mod:`crawler.reconcile`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from crawler.identifiers import address_of, page_alias
from crawler.model import Link, Page
from crawler.reconcile.known import AddressState, DocumentState, Known, NotesState, NotFound, StreamState, Verdict
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.versions import is_same, neighbours
from crawler.sources import Source
from crawler.store import (
    addresses,
    aside,
    changes,
    crawls,
    documents,
    fetches,
    history,
    outbox,
    quarantine,
    relevance,
    versions,
)
from crawler.store.store import Row, Store


def document_named(store: Store, link: Link) -> Row | None:
    """Return the document that a link leads to, by what its parent stated or by the address of its page."""
    stated = link.facts.get("document")
    return documents.get(store, documents.resolve(store, stated or page_alias(address_of(link))))


def of_page(store: Store, link: Link, fetch: int, clock: datetime, *, is_missing: bool = False) -> Known:
    """Return what is known of the document whose page a link asked for; where it ``is_missing``, of its addresses."""
    row = document_named(store, link)
    if row is None:
        return Known(clock=clock, fetch=fetch)
    aliases = addresses.addresses(store, row["id"]) if is_missing else []
    answers = ((alias, addresses.last_answer(store, alias.removeprefix("url:"))) for alias in aliases)
    return Known(
        clock=clock,
        fetch=fetch,
        is_watched=is_watched(store, fetches.get(store, fetch), row),
        document=row["id"],
        documents={row["id"]: _document(store, row)},
        addresses={
            alias: AddressState(fetch=last["id"], landing=last["landing"], is_good=last["outcome"] in addresses.GOOD)
            for alias, last in answers
            if last is not None
        },
    )


def of_statement(store: Store, document: str, fetch: int, clock: datetime, first_read: frozenset[str]) -> Known:
    """Return what is known of a document that a page says something of, with what was announced of it."""
    row = documents.find(store, document)
    if row is None:
        return Known(clock=clock, fetch=fetch)
    return Known(
        clock=clock,
        fetch=fetch,
        is_watched=is_watched(store, fetches.get(store, fetch), row),
        document=row["id"],
        documents={row["id"]: _document(store, row, with_changes=True)},
        first_read=first_read,
    )


def of_stream(store: Store, wording: Wording, origin: Origin, crawl: str, *, with_text: bool = True) -> StreamState:
    """Return what is known of the stream of a version; ``with_text`` what the version is compared with, too."""
    version, source = wording.version, origin.source
    heads = versions.stream(store, version)
    quarantined = quarantine.get(store, wording.stream(source))
    before, after = neighbours(heads, version, source)
    other = before or after
    if other is None or (before is not None and is_same(before, wording)):
        return StreamState(heads=heads, quarantined=quarantined)
    is_page = version.representation == "html" and version.document.startswith("url:") and origin.cause == "source"
    names = (version.document, origin.digest, "" if before is None else before.digest)
    return StreamState(
        heads=heads,
        neighbour=versions.load(store, versions.row(store, other.id)) if with_text else None,
        quarantined=quarantined,
        shown=versions.shown_as(store, version.document),
        others=versions.of_others(store, *names, crawl) if is_page and before else (),
        is_held_elsewhere=bool(is_page and before and quarantine.is_elsewhere(store, *names)),
        announced=changes.announced_by_others(store, version.document, before.id) if with_text and before else (),
        is_watched=bool(crawls.source(store, source.id)["first_complete_walk"]),
    )


def of_notes(store: Store, document: str, fetch: int) -> NotesState:
    """Return what is known of the notes on a document that exists."""
    row = documents.get(store, document)
    if row is None:
        raise KeyError(document)
    return NotesState(
        document=document,
        notes=tuple((each["number"], each["date"], each["note"]) for each in history.notes(store, document)),
        captured=versions.captured(store, document),
        current=row["current"],
        is_watched=is_watched(store, fetches.get(store, fetch), row),
    )


def of_selection(store: Store, page: Page, source: Source, link: Link, clock: datetime) -> Known:
    """Return what speaks for keeping what a page tells, where its source is kept in part."""
    skipped = aside.of_link(store, source.id, link)
    if source.keep == "all":
        return Known(clock=clock, link=link, skipped=skipped)
    tracked = relevance.tracked(store)
    tops = [each for each in page.documents if each.parent in (None, each.id)]
    verdicts = {each.id: _verdict(store, each.id, tracked) for each in tops}
    return Known(clock=clock, link=link, skipped=skipped, tracked=frozenset(tracked), verdicts=verdicts)


def _verdict(store: Store, document: str, tracked: Mapping[str, str]) -> Verdict:
    names = documents.names(store, documents.resolve(store, document))
    row, before = documents.get(store, names[0]), relevance.get(store, names[0])
    return Verdict(
        names=frozenset(names),
        summary=row["summary"] if row else "",
        band=before["band"] if before else None,
        sources=tuple(relevance.sources(store, names[0])),
        is_tied=bool(relevance.ties(store, names, tracked)),
    )


def of_closing(store: Store, crawl: str, clock: datetime) -> Known:
    """Return what a crawl did not find."""
    states: dict[str, DocumentState] = {}
    not_found: list[NotFound] = []
    for fetch in fetches.missing(store, crawl):
        address, row = _not_found(store, fetch)
        if row is None or row["availability"] != "suspect":
            continue
        states[row["id"]] = _document(store, row)
        not_found.append(
            NotFound(
                document=row["id"],
                fetch=fetch["id"],
                time=fetch["time"],
                source=fetch["source"],
                is_alive=fetches.is_alive(store, crawl, address),
                is_watched=is_watched(store, fetch, row),
            )
        )
    return Known(clock=clock, documents=states, not_found=tuple(not_found))


def _not_found(store: Store, fetch: Row) -> tuple[str, Row | None]:
    """Return the address that was asked for in vain, and its document."""
    hops = fetches.hops(store, fetch["exchange"], fetch["hop"])
    address = str(hops[0]["url"] if hops else fetch["url"])
    asked = (Link(url=address, role=each["role"], facts=each["facts"]) for each in json.loads(fetch["asked"]))
    return address, next((row for link in asked if (row := document_named(store, link)) is not None), None)


def is_watched(store: Store, fetch: Row, document: Row) -> bool:
    """Whether the source through which something is seen had a complete healthy walk before."""
    return bool(crawls.source(store, fetch["source"] or document["source"])["first_complete_walk"])


def _document(store: Store, row: Row, *, with_changes: bool = False) -> DocumentState:
    name = row["id"]
    is_withdrawn = row["availability"] == "withdrawn"
    asked = with_changes and not is_withdrawn
    return DocumentState(
        id=name,
        url=row["url"],
        current=row["current"],
        first_seen=row["first_seen"],
        checked=row["checked"],
        availability=row["availability"],
        since=row["availability_since"],
        answers=row["suspect_answers"],
        is_410=is_withdrawn and changes.status_behind(store, name, "withdrawn") == 410,
        withdrawals=changes.withdrawals(store, name) if asked else frozenset(),
        appearance=outbox.of_appearance(store, name) if asked else "",
    )
