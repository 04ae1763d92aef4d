"""A page, accepted: its documents, versions, statements and links enter the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.identifiers import address_of, page_alias
from crawler.ingest import (
    content_ids,
    differences,
    facts,
    identity,
    links,
    placements,
    redirects,
    slice_pages,
    statements,
)
from crawler.ingest import versions as ingest_versions
from crawler.ingest.readings import Read, Reading
from crawler.ingest.state import State
from crawler.model import Difference, Document, Page, Version
from crawler.protocols import slicing
from crawler.reconcile import availability, notes, selection
from crawler.reconcile.intents import AddChange
from crawler.reconcile.known import NotesState
from crawler.reconcile.reading import Origin
from crawler.reconcile.versions import VersionResult, is_weaker
from crawler.redaction.masked_pages import without_masked
from crawler.sources import hosts
from crawler.store import documents, issues, versions
from crawler.store.known import of_notes, of_page, of_selection
from crawler.store.writer import carry_out
from crawler.text import stamp

LISTINGS = ("listing", "next")
MAX_PROBLEMS_OF_A_KIND = 10
"""Most problems of one kind that are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What became of a page: why it is held (empty: it is not), and the kinds of issues it still has."""

    held: str = ""
    issues: frozenset[str] = frozenset()


def accept(state: State, read: Read, fetch: int) -> PageResult:
    """Store what a page says.

    An empty listing is held where documents are expected: an outage of a feed is never a statement.
    """
    listing = read.reading.capture.link.role in LISTINGS
    if is_slice := slicing.is_list(read.reading.capture.link):
        slice_pages.note(state, read)
    read = _without_refused(state, _without_redacted(read, is_list=listing), own=0 if listing else 1)
    read = read if listing else content_ids.apart(state, read)
    read = slice_pages.without_news(state, read) if is_slice else read
    page, reading = read.page or Page(), read.reading
    if listing and links.is_empty(state, reading, page):
        return PageResult(held="empty listing", issues=frozenset({"zero"}))
    page = placements.within(state, page, read)
    own = None if listing or not page.documents else page.documents[0]
    for document in page.documents:
        facts.recognise(state, document)
    state.first_read = frozenset()
    arrival = redirects.RedirectResult() if own is None else redirects.redirect_result(state, read, own, fetch)
    if arrival.held:
        return PageResult(held=arrival.held, issues=_elsewhere(state, read, arrival, fetch))
    standing = identity.OWN if own is None else identity.address_role(state, read, own, arrival, fetch)
    if own is not None and standing.place in ("copy", "other"):
        return _beside(state, read, own, standing, fetch)
    if own is not None and arrival.address:
        own = replace(own, url=arrival.address)
        page = replace(page, documents=(own, *page.documents[1:]))
    page = _selected(state, identity.without_copies(state, page, own, read), own, read)
    own = None if own is None else page.documents[0]
    return _enter(state, replace(read, page=page), own, fetch, (arrival, standing))


def _selected(state: State, page: Page, own: Document | None, read: Read) -> Page:
    """Return what is kept of a page: of what its source does not keep, no more than that it is there."""
    source, link = read.reading.source, read.reading.capture.link
    if link.role not in ("listing", "next", "document"):
        return page
    policy = selection.Policy(source=source, link=link, registry=state.registry, decisions=state.decisions)
    selected = selection.select(of_selection(state.store, page, source, link, state.clock), page, own, policy)
    carry_out(state.store, state.crawl, selected.intents)
    if own is not None and selected.is_first:
        state.first_read = frozenset({documents.resolve(state.store, own.id)})
    return selected.page


def _without_refused(state: State, read: Read, *, own: int) -> Read:
    """Return a page without documents and links at addresses that are never asked: files, and hosts of whoever asks.

    The first ``own`` documents are those of the page itself.
    """
    if (page := read.page) is None:
        return read
    beside = [each for each in page.documents[own:] if not each.url or _may_be_asked(state, each.url)]
    links = tuple(link for link in page.links if _may_be_asked(state, link.url))
    return replace(read, page=replace(page, documents=(*page.documents[:own], *beside), links=links))


def _may_be_asked(state: State, url: str) -> bool:
    host, full = hosts.with_port(url)
    known = state.registry.hosts.get(full)
    return url[:4].lower() == "http" and (hosts.is_public(host) or (known is not None and known.private))


def _without_redacted(read: Read, *, is_list: bool) -> Read:
    """Return a page without what is masked in it; its list is counted as before, also what was once cut out of it."""
    page, reading = read.page, read.reading
    if page is None:
        raise ValueError(f"{reading.capture.url}: no page to accept")
    left = reading.left_out
    if left.entries and page.entries is not None:
        newest = max(page.newest or "", left.newest) or None
        page = replace(page, entries=page.entries + left.entries, newest=newest)
    return replace(read, page=without_masked(page, is_list=is_list) if reading.reduced else page)


def _enter(
    state: State,
    read: Read,
    own: Document | None,
    fetch: int,
    found: tuple[redirects.RedirectResult, identity.AddressRole],
) -> PageResult:
    """Store the documents, versions, statements and links of a page.

    ``found`` is what redirects mean for the page, and what its address is to its document.
    """
    page = read.page or Page()
    arrival, standing = found
    if own is not None and (suspicion := _suspicion(state, read, own, fetch)):
        return PageResult(held=suspicion, issues=_problems(state, read, fetch, suspicion))
    fresh = False
    for document in page.documents:
        fresh |= facts.describe(state, document, read, fetch, own=document is own)
    about = "" if own is None else documents.resolve(state.store, own.id)
    origin = ingest_versions.origin_of(state, read, fetch)
    is_noted = own is not None and any(statement.kind == "note" for statement in page.statements)
    noted = of_notes(state.store, about, fetch) if is_noted else None
    news = notes.News() if own is None or noted is None else notes.enter(noted, own.id, page, origin)
    carry_out(state.store, state.crawl, news.intents)
    origin = replace(origin, is_noted=news.listed)
    joined = [(version, _join(state, _noted(version, own, news), origin)) for version in page.versions]
    fresh |= any(each.stored for _, each in joined)
    for statement in page.statements:
        statements.accept(state, statement, read.reading, fetch, about)
    if own is not None and noted is not None and news.notes:
        _tell_notes(state, noted, news, [each for each in joined if each[0].document == own.id], origin)
    if own is not None:
        _its_own_page(state, own, read, fetch, arrival)
        if standing.place == "new":
            identity.follow(state, standing, own.id, fetch)
    _mark(state, read, joined)
    placements.enter(state, page, read)
    links.offer(state, read, page, fetch, fresh=fresh)
    held = next((each.held for _, each in joined if each.held), "")
    return PageResult(held=held, issues=_problems(state, read, fetch, held))


def _suspicion(state: State, read: Read, own: Document, fetch: int) -> str:
    """Return why a page is held as a whole, empty where it is not: only its address says which document it is.

    What is there instead may be a notice, whose title is not that of the document, and whose links lead elsewhere.
    """
    name = documents.resolve(state.store, own.id)
    if not name.startswith("url:") or read.page is None:
        return ""
    told = (replace(each, document=name) for each in read.page.versions if each.document == own.id)
    origin = ingest_versions.origin_of(state, read, fetch)
    return next((reason for each in told if (reason := ingest_versions.suspicion(state, each, origin))), "")


def _noted(version: Version, own: Document | None, news: notes.News) -> Version:
    """Return a version of a page's own document with the note that belongs to what it changes."""
    return version if own is None or version.document != own.id else replace(version, note=news.of(version))


def _tell_notes(
    state: State,
    noted: NotesState,
    news: notes.News,
    joined: Sequence[tuple[Version, VersionResult]],
    origin: Origin,
) -> None:
    """Announce the notes that are news, but one that the changes of the page's own text carry."""
    shown = versions.shown_as(state.store, noted.document)
    told = notes.tell(
        noted,
        news,
        origin,
        is_carried=any(each.changed for _, each in joined),
        is_weaker=any(is_weaker(shown, version.representation) for version, _ in joined),
    )
    if carry_out(state.store, state.crawl, told) and not told[0].silent:
        state.store.update("documents", {"id": noted.document}, {"changed": origin.time})


def _mark(state: State, read: Read, joined: Sequence[tuple[Version, VersionResult]]) -> None:
    """Choose anew which version is shown, and note which documents their publisher changed."""
    names = {documents.resolve(state.store, version.document) for version, _ in joined}
    changed = {documents.resolve(state.store, version.document) for version, each in joined if each.changed}
    for name in sorted(names):
        versions.show(state.store, name, state.now[:10])
    for name in sorted(changed):
        state.store.update("documents", {"id": name}, {"changed": stamp(read.reading.capture.time)})


def _join(state: State, version: Version, origin: Origin) -> VersionResult:
    name = documents.resolve(state.store, version.document)
    if documents.get(state.store, name) is None:
        raise ValueError(f"{origin.capture.url}: a version of {name}, which the page does not describe")
    return ingest_versions.join(state, replace(version, document=name), origin)


def _its_own_page(state: State, own: Document, read: Read, fetch: int, arrival: redirects.RedirectResult) -> None:
    """A page about one document: it is there, at this address, which may be a new one."""
    reading = read.reading
    if reading.cause != "source" or reading.fetch is not None:
        return
    name = documents.resolve(state.store, own.id)
    documents.add_alias(state.store, page_alias(address_of(reading.capture.link)), name)
    if arrival.twin:
        name = facts.join(state, name, arrival.twin)
    if own.availability == "withdrawn":
        return
    found(state, reading, fetch, stated_ok=own.availability == "ok")
    row = documents.get(state.store, name)
    if arrival.moved and row is not None:
        documents.add_alias(state.store, page_alias(reading.capture.url), name)
        capture = reading.capture
        difference = Difference(kind="relocated", path="", old=capture.hops[0], new=capture.url)
        differences.of_document(state, row, AddChange(document=name, difference=difference, fetch=fetch))


def found(state: State, reading: Reading, fetch: int, *, stated_ok: bool = False) -> None:
    """The page that a link asked for was read or confirmed. ``stated_ok``: it says that it is not withdrawn."""
    known = of_page(state.store, reading.capture.link, fetch, state.clock)
    carry_out(state.store, state.crawl, availability.found(known, reading.capture, stated_ok=stated_ok))


def _beside(state: State, read: Read, own: Document, standing: identity.AddressRole, fetch: int) -> PageResult:
    """A page of a document that is followed at another address: it is there, and says nothing new of it."""
    identity.note(state, own, read, listed=False)
    other = standing.place == "other"
    if not other and read.reading.cause == "source" and read.reading.fetch is None:
        found(state, read.reading, fetch)
    if read.page is not None:
        links.offer(state, read, read.page, fetch, fresh=False)
    problems = _problems(state, read, fetch, "")
    if not other:
        return PageResult(issues=problems)
    finding = issues.Finding(
        source=read.reading.source.id,
        kind="two texts",
        detail=f"says something else than {standing.before}, where its document is now",
        subject=address_of(read.reading.capture.link),
        severity="note",
    )
    issues.report(state.store, finding, crawl=state.crawl, clock=state.now)
    return PageResult(held=finding.detail, issues=problems | {finding.kind})


def _elsewhere(state: State, read: Read, arrival: redirects.RedirectResult, fetch: int) -> frozenset[str]:
    """Raise that a page leads to something else; where it does so for a while only, others may do so too.

    That it leads to the page of another document from now on is told once.
    """
    if arrival.joined and read.page is not None:
        row = documents.get(state.store, documents.resolve(state.store, read.page.documents[0].id))
        capture = read.reading.capture
        if row is not None:
            differences.leads(state, row, capture.hops[0], capture.url, fetch)
    finding = issues.Finding(
        source=read.reading.source.id,
        kind="redirect",
        detail=arrival.held,
        subject=address_of(read.reading.capture.link),
        severity="note" if arrival.lasting else "alarm",
    )
    issues.report(state.store, finding, crawl=state.crawl, clock=state.now)
    return frozenset({"redirect"})


def _problems(state: State, read: Read, fetch: int, held: str) -> frozenset[str]:
    """Raise what the parser found in a page that was read all the same, and note it for answers that it is as before.

    Several problems of one kind are one issue.
    """
    told: dict[str, list[str]] = {}
    for problem in read.page.problems if read.page else ():
        told.setdefault(problem.kind, []).append(problem.detail)
    found = {kind: _gathered(details) for kind, details in told.items()}
    source, url = read.reading.source.id, address_of(read.reading.capture.link)
    report(state, source, url, found)
    issues.note_problems(state.store, fetch, source, found)
    if held:
        found["shrunk"] = held
        report(state, source, url, {"shrunk": held}, "alarm")
    return frozenset(found)


def report(
    state: State, source: str, url: str, problems: Mapping[str, str], severity: Literal["alarm", "note"] = "note"
) -> None:
    """Raise problems of a page that was read, or that is as it was when they were found: a detail for each kind."""
    for kind, detail in problems.items():
        finding = issues.Finding(source=source, kind=kind, detail=detail, subject=url, severity=severity)
        issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


def _gathered(details: Sequence[str]) -> str:
    """Return details in a row, the first ones in full.

    >>> _gathered(["a", "b", "a"])
    'a; b'
    """
    each = list(dict.fromkeys(details))
    more = len(each) - MAX_PROBLEMS_OF_A_KIND
    return "; ".join(each[:MAX_PROBLEMS_OF_A_KIND]) + (f"; and {more} more" if more > 0 else "")
