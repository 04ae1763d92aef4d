"""What is known before an answer is looked at, loaded for :mod:`crawler.reconcile`."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from operator import or_

from crawler.identifiers import address_of, page_alias
from crawler.model import Document, Link, Page, Statement
from crawler.reconcile import facts
from crawler.reconcile.known import DocumentState, FactsState, Known, NotesState, NotFound, Verdict, WalkState
from crawler.reconcile.links import LISTINGS
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
from crawler.reconcile.versions import is_same, neighbours
from crawler.sources import Source
from crawler.store import (
    addresses,
    changes,
    crawls,
    documents,
    fetches,
    frontier,
    health,
    history,
    list_pages,
    outbox,
    quarantine,
    relevance,
    skipped,
    statements,
    versions,
)
from crawler.store.store import Row, Store


def capture(store: Store, fetch: int) -> tuple[str, str]:
    """Return time and digest of a capture."""
    row = fetches.get(store, fetch)
    return row["time"], row["digest"]


def document_named(store: Store, link: Link) -> Row | None:
    """Return the document that a link leads to, by what its parent stated or by the address of its page."""
    stated = link.facts.get("document")
    return documents.get(store, documents.resolve(store, stated or page_alias(address_of(link))))


def of_page(store: Store, link: Link, fetch: int, clock: datetime, *, is_missing: bool = False) -> Known:
    """Return what is known of the document whose page a link asked for; where it ``is_missing``, of its addresses."""
    known = _of_row(store, document_named(store, link), fetch, clock)
    aliases = addresses.addresses(store, known.document) if is_missing and known.document else []
    answers = ((alias, addresses.last_answer(store, alias.removeprefix("url:"))) for alias in aliases)
    return replace(
        known,
        addresses={alias: last for alias, last in answers if last is not None},
    )


def of_name(store: Store, name: str, origin: Origin) -> Known:
    """Return what is known of a document by a name, and whether it was told that its page leads where it does."""
    known = _of_row(store, documents.get(store, documents.resolve(store, name)), origin.fetch, origin.clock)
    return replace(known, is_told=changes.leads(store, known.document, origin.capture.url))


def _of_row(store: Store, row: Row | None, fetch: int, clock: datetime) -> Known:
    if row is None:
        return Known(clock=clock, fetch=fetch)
    return Known(
        clock=clock,
        fetch=fetch,
        is_watched=is_watched(store, fetches.get(store, fetch), row),
        document=row["id"],
        documents={row["id"]: document_state(store, row)},
    )


def of_statement(
    store: Store, statement: Statement, origin: Origin, first_read: Collection[str] = frozenset()
) -> Known:
    """Return what is known of the document of which a page states something."""
    row = documents.find(store, statement.document) if statement.kind not in ("effect", "note") else None
    if row is None:
        return Known(clock=origin.clock, fetch=origin.fetch)
    fields, name, source = statement.fields, row["id"], origin.source.id
    known = _of_row(store, row, origin.fetch, origin.clock)
    match statement.kind:
        case "alias" if (led := documents.find(store, fields["alias"])) is not None:
            watched = is_watched(store, fetches.get(store, origin.fetch), led)
            is_told = changes.leads(store, led["id"], row["url"])
            both = {**known.documents, led["id"]: document_state(store, led)}
            return replace(known, documents=both, led=led["id"], is_told=is_told, is_watched=watched)
        case "date":
            key = (name, fields["event"], fields.get("provision", ""), fields.get("qualification", ""))
            return replace(
                known, dates=statements.dates(store, *key), position=crawls.source(store, source)["position"]
            )
        case "status":
            return replace(known, said=documents.said(store, name, source))
        case "withdrawn":
            state = document_state(store, row, with_changes=True)
            return replace(known, documents={name: state}, first_read=frozenset(first_read))
        case _:
            return known


def of_facts(
    store: Store, name: str, document: Document, origin: Origin, crawl: str, first_read: Collection[str], *, own: bool
) -> FactsState:
    """Return what is known of a document that a page describes, under its strongest ``name``."""
    row, source, asked = documents.get(store, name), crawls.source(store, origin.source.id), origin.fetch
    names = (*document.aliases, *facts.addresses(document))
    state = FactsState(
        name=name,
        document=None if row is None else document_state(store, row),
        said=documents.said(store, name, source["id"]),
        unnamed=tuple(each for each in names if documents.get(store, documents.resolve(store, each)) is None),
        jurisdiction=crawls.jurisdiction(store, source["publisher"]),
        is_watched=is_watched(store, fetches.get(store, asked), row or {"source": source["id"]}),
    )
    if row is not None:
        return state
    parent = facts.parent_of(document, origin, own=own)
    above = None if parent is None else documents.get(store, documents.resolve(store, parent))
    state = replace(
        state,
        is_watched_source=bool(source["first_complete_walk"]),
        is_reached_anew=source["first_options"] != crawls.scope(source),
        last_walk=source["last_walk"],
        why=fetches.why(store, asked),
    )
    if above is None:
        return state
    # One that appears with its own page was named by the only reading of the parent's page that there is.
    is_first_read = above["id"] in first_read or (own and fetches.is_read_once(store, above["id"]))
    appearance = outbox.of_appearance(store, above["id"])
    return replace(
        state,
        parent=replace(document_state(store, above), appearance=appearance),
        is_parent_new=documents.is_new(store, above["id"], crawl),
        is_parent_first_read=is_first_read,
        is_added=bool(document.title) and versions.is_named_anew(store, above["id"], str(document.title)),
    )


def of_stream(store: Store, wording: Wording, origin: Origin, crawl: str, *, with_text: bool = True) -> StreamState:
    """Return what is known of the stream of a version; ``with_text`` what the version is compared with, too."""
    version, source = wording.version, origin.source
    heads = versions.stream(store, version, origin.fetch)
    quarantined = quarantine.get(store, wording.stream(source))
    before, after = neighbours(heads, version, source)
    other = before or after
    # One feed holds the texts of several documents: only where a page has one do others say what it says.
    is_page = version.representation == "html" and version.document.startswith("url:") and origin.cause == "source"
    is_page = is_page and origin.capture.link.role not in LISTINGS
    names = (version.document, origin.digest, "" if before is None else before.digest)
    if other is None or (before is not None and is_same(before, wording)):
        is_held = is_page and other is None and quarantine.is_elsewhere(store, *names, wording.digest)
        return StreamState(heads=heads, quarantined=quarantined, is_held_elsewhere=is_held)
    return StreamState(
        heads=heads,
        neighbour=versions.load(store, versions.row(store, other.id)) if with_text else None,
        quarantined=quarantined,
        shown=versions.shown_as(store, version.document),
        others=versions.of_others(store, *names, crawl) if is_page and before else (),
        is_held_elsewhere=bool(is_page and before and quarantine.is_elsewhere(store, *names, wording.digest)),
        was_shared=bool(is_page and before and versions.is_of_several(store, version.document, before)),
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
        shown=versions.shown_as(store, document),
        is_watched=is_watched(store, fetches.get(store, fetch), row),
    )


def of_selection(store: Store, page: Page, source: Source, link: Link, clock: datetime) -> Known:
    """Return what speaks for keeping what a page tells, where its source is kept in part."""
    left = skipped.of_link(store, source.id, link)
    if source.keep == "all":
        return Known(clock=clock, link=link, skipped=left)
    tracked = relevance.tracked(store)
    tops = [each for each in page.documents if each.parent in (None, each.id)]
    verdicts = {each.id: _verdict(store, each.id, tracked) for each in tops}
    return Known(clock=clock, link=link, skipped=left, tracked=frozenset(tracked), verdicts=verdicts)


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


def of_walk(store: Store, page: Page, source: Source, fetch: int, crawl: str) -> WalkState:
    """Return what is known of the walk to which a page belongs, before its links are queued."""
    links = [link for link in page.links if link.role != "next"]
    names = [documents.resolve(store, document.id) for document in page.documents]
    following = [link for link in page.links if link.role == "next"]
    since = crawls.broke_off(store, source.id, crawl) if following else None
    pages = list_pages.pages_of_walk(store, source.id, crawl) if following else {}
    return WalkState(
        fetch=fetch,
        why=fetches.why(store, fetch),
        is_watched=bool(crawls.source(store, source.id)["first_complete_walk"]),
        offered=tuple(map(or_, frontier.known(store, links, source.id), frontier.repeats(links))),
        is_news=since is not None and documents.listed_after(store, source.id, names, since),
        listed=0 if page.entries is None else documents.listed_before(store, source.id, names, crawl),
        met=tuple(fetches.is_walked(store, link, source.id, crawl) for link in following),
        pages=sum(pages.values()),
        lists=pages.get("listing", 0),
    )


def of_closing(store: Store, crawl: str, clock: datetime) -> Known:
    """Return what a crawl did not find."""
    states: dict[str, DocumentState] = {}
    not_found: list[NotFound] = []
    rows = fetches.missing(store, crawl)
    unread = {source for source in {row["source"] for row in rows} if health.is_unread(store, crawl, source or "")}
    for fetch in rows:
        address, row = _not_found(store, fetch)
        if row is None or row["availability"] != "suspect":
            continue
        states[row["id"]], is_410 = document_state(store, row), fetch["status"] == 410
        not_found.append(
            NotFound(
                document=row["id"],
                fetch=fetch["id"],
                time=fetch["time"],
                source=fetch["source"],
                is_alive=fetch["source"] not in unread and (is_410 or fetches.is_alive(store, crawl, address)),
                is_410=is_410,
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


def document_state(store: Store, row: Row, *, with_changes: bool = False) -> DocumentState:
    """Return where a document is, by its row; with notes and dates of its withdrawals where they matter."""
    name = row["id"]
    is_withdrawn = row["availability"] == "withdrawn"
    asked = with_changes and not is_withdrawn
    return DocumentState(
        id=name,
        url=row["url"],
        title=row["title"],
        kind=row["kind"],
        parent=row["parent"],
        publisher=row["publisher"],
        author=row["author"],
        status=row["status"],
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
