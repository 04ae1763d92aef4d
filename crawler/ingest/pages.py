"""A page, accepted: what is known is loaded, what it means is decided in :mod:`crawler.reconcile`, and carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.identifiers import address_of, page_alias
from crawler.ingest import backfill, list_slices, walks
from crawler.ingest.readings import Read, admitted, origin_of
from crawler.ingest.state import State
from crawler.model import Capture, Document, Page, Version
from crawler.protocols import slicing
from crawler.protocols.legislation.options import named_parts
from crawler.reconcile import availability, content_ids, facts, identity, links, notes, selection, statements, versions
from crawler.reconcile.content_ids import NO_REDIRECT, RedirectResult, redirect_result
from crawler.reconcile.identity import AddressRole
from crawler.reconcile.intents import Finding, Identify, NoteProblems, Show
from crawler.reconcile.known import Names, NotesState
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
from crawler.reconcile.versions import VersionResult
from crawler.store import arrivals, frontier
from crawler.store import known as load
from crawler.text import stamp

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
    link = read.reading.capture.link
    listing = link.role in links.LISTINGS
    if is_slice := slicing.is_list(link):
        list_slices.note(state, read)
    page, origin = admitted(state, read, is_list=listing), origin_of(state, read, fetch)
    names = _names(state, page, origin)
    if not listing and identity.is_doubtful(names, page):
        languages = {version.language for version in page.versions if version.document == page.documents[0].id}
        texts = arrivals.of_texts(state.store, names.id(page.documents[0].id), languages, state.crawl)
        page = content_ids.apart(names, page, texts)
        names = _names(state, page, origin)
    if is_slice:
        page = list_slices.without_news(state, page, origin)
    if listing and (empty := links.empty(page, origin.source, link)):
        state.carry_out([empty])
        return PageResult(held="empty listing", issues=frozenset({"zero"}))
    page = walks.within(state, page, origin) if page.placements else page
    if recognised := identity.recognise(names, page.documents):
        state.carry_out(recognised)
        names = _names(state, page, origin)
    return _arrive(state, page, names, origin, own=not listing and bool(page.documents))


def _names(state: State, page: Page, origin: Origin) -> Names:
    return arrivals.of_names(state.store, identity.names_on(page, origin))


def _arrive(state: State, page: Page, names: Names, origin: Origin, *, own: bool) -> PageResult:
    """Store a page once it is known which document it is about: its ``own`` is the first, a list has none."""
    arrival, role = NO_REDIRECT, identity.OWN
    if own:
        way = arrivals.of_arrival(state.store, names, page, origin, state.crawl)
        about = names.id(page.documents[0].id)
        streams = arrivals.of_streams(state.store, names, about, page, origin, state.crawl) if way.is_doubtful else ()
        if way.hops:
            arrival = redirect_result(way, names, page.documents[0], origin, streams)
            state.carry_out(arrival.intents)
        if arrival.held:
            return PageResult(held=arrival.held, issues=_elsewhere(state, page, origin, arrival))
        role = identity.address_role(way, names, page, origin, streams=streams, arrival=arrival)
        if role.intents:
            state.carry_out(role.intents)
            names = _names(state, page, origin)
        if role.place in ("copy", "other"):
            return _beside(state, page, names, origin, role)
        if arrival.address:
            page = replace(page, documents=(replace(page.documents[0], url=arrival.address), *page.documents[1:]))
    page, noted = identity.without_copies(names, page, page.documents[0] if own else None, origin)
    state.carry_out(noted)
    page, is_first = _selected(state, page, origin, own=own)
    first_read = {names.id(page.documents[0].id)} if own and is_first else set[str]()
    return _enter(state, page, names, origin, (arrival, role), first_read, own=own)


def _selected(state: State, page: Page, origin: Origin, *, own: bool) -> tuple[Page, bool]:
    """Return what is kept of a page, and whether its own document was left aside until now.

    Of what its source does not keep it is no more than that it is there.
    """
    source, link = origin.source, origin.capture.link
    if link.role not in (*links.LISTINGS, "document"):
        return page, False
    known = load.of_selection(state.store, page, source, link, state.clock)
    if source.keep == "all" and not known.skipped:
        return page, False
    policy = selection.Policy(source=source, link=link, registry=state.registry, decisions=state.decisions)
    selected = selection.select(known, page, page.documents[0] if own else None, policy)
    state.carry_out(selected.intents)
    return selected.page, selected.is_first


def _enter(
    state: State,
    page: Page,
    names: Names,
    origin: Origin,
    found: tuple[RedirectResult, AddressRole],
    first_read: set[str],
    *,
    own: bool,
) -> PageResult:
    """Store the documents, versions, statements and links of a page.

    ``found`` is what redirects mean for the page, and what its address is to its document; ``first_read`` are
    documents that were left aside until now.
    """
    arrival, role = found
    main = page.documents[0] if own else None
    named = "" if main is None else names.id(main.id)
    suspicion, met = _suspicion(state, page, named, origin)
    if suspicion:
        return PageResult(held=suspicion, issues=_problems(state, page, origin, suspicion))
    is_fresh = _describe(state, page, origin, main, first_read)
    told = [*(each.id for each in page.documents), *(each.document for each in page.versions)]
    names = arrivals.of_names(state.store, told)
    about = "" if main is None else names.id(main.id)
    is_noted = main is not None and any(statement.kind == "note" for statement in page.statements)
    noted = load.of_notes(state.store, about, origin.fetch) if is_noted else None
    news = notes.NO_NEWS if main is None or noted is None else notes.enter(noted, main.id, page, origin)
    state.carry_out(news.intents)
    origin = replace(origin, is_noted=news.listed)
    met = met if about == named and len(page.versions) == 1 else None
    joined = [(version, _join(state, names, _noted(version, main, news), origin, met)) for version in page.versions]
    is_fresh |= any(each.stored for _, each in joined)
    for statement in page.statements:
        known = load.of_statement(state.store, statement, origin, first_read)
        state.carry_out(statements.accept(known, statement, origin, about=about))
    if main is not None and noted is not None and news.notes:
        _tell_notes(state, noted, news, [each for each in joined if each[0].document == main.id], origin)
    if main is not None:
        _its_own_page(state, main, about, origin, arrival)
        names = arrivals.of_names(state.store, told) if arrival.twin else names
        if role.place == "new":
            state.carry_out(identity.follow(load.of_name(state.store, role.document, origin), role, main.id))
    _mark(state, names, joined, origin)
    if origin.source.followed is not None or origin.source.complete:
        walks.enter(state, page, origin)
    page = _offer(state, page, origin, is_fresh=is_fresh)
    held = next((each.held for _, each in joined if each.held), "")
    return PageResult(held=held, issues=_problems(state, page, origin, held))


def _describe(state: State, page: Page, origin: Origin, main: Document | None, first_read: set[str]) -> bool:
    """Store what a page says of documents; return whether one is new.

    To ``first_read`` the ``main`` one is added where its page is read for the first time.
    """
    is_fresh = False
    for document in page.documents:
        own, store = document is main, state.store
        name, merges = identity.strongest(arrivals.of_names(store, identity.names_of(document)), document)
        state.carry_out(merges)
        known = load.of_facts(store, name, document, origin, state.crawl, first_read, own=own)
        if own and (known.document is None or known.document.checked is None):
            first_read.add(name)
        state.carry_out(facts.describe(known, document, page, origin, own=own))
        is_fresh |= known.document is None
    return is_fresh


def _offer(state: State, page: Page, origin: Origin, *, is_fresh: bool) -> Page:
    """Queue the links of a page, and the next page of its list where its walk goes on; a circle is a problem of it."""
    source, link = origin.source, origin.capture.link
    if slicing.is_list(link):
        return replace(page, problems=(*page.problems, *backfill.take(state, page, origin)))
    walk = load.of_walk(state.store, page, source, origin.fetch, state.crawl)
    if queued := links.offered(walk, page, source, link):
        state.carry_out(queued)
        walk = replace(walk, is_waiting=frontier.is_waiting(state.store, page.links, source.id))
    state.carry_out(links.walked(walk, page, source, link, is_fresh=is_fresh))
    return replace(page, problems=(*page.problems, *links.circle(walk, page, source)))


_Met = tuple[Wording, StreamState]
"""A version with its digests, and what is known of its stream."""


def _suspicion(state: State, page: Page, name: str, origin: Origin) -> tuple[str, _Met | None]:
    """Hold a page as a whole whose document is known by its address alone; return why, empty where it is not held.

    What is there instead may be a notice, whose title is not that of the document, and whose links lead elsewhere.
    The last version is returned, too, where nothing was changed in its stream.
    """
    met = None
    for version in page.versions if name.startswith("url:") else ():
        if version.document == page.documents[0].id:
            wording = Wording.of(replace(version, document=name))
            stream = load.of_stream(state.store, wording, origin, state.crawl)
            result = versions.hold(stream, wording, origin)
            state.carry_out(result.intents)
            if result.held:
                return result.held, None
            met = None if result.intents else (wording, stream)
    return "", met


def _noted(version: Version, own: Document | None, news: notes.News) -> Version:
    """Return a version of a page's own document with the note that belongs to what it changes."""
    is_noted = own is not None and version.document == own.id and news.listed
    return replace(version, note=news.of(version)) if is_noted else version


def _join(state: State, names: Names, version: Version, origin: Origin, met: _Met | None) -> VersionResult:
    """Store a version unless its stream says the same already; compare it with its neighbour.

    ``met`` is that version as it was met before, but for its note: the digests are without it.
    """
    if names.is_new(version.document):
        raise ValueError(f"{origin.capture.url}: a version of {version.document}, which the page does not describe")
    version = replace(version, document=names.id(version.document))
    wording = Wording.of(version) if met is None else replace(met[0], version=version)
    stream = load.of_stream(state.store, wording, origin, state.crawl) if met is None else met[1]
    known = replace(stream, parts=named_parts(state.registry, version.document))
    result = versions.join(known, wording, origin)
    new = state.carry_out(result.intents)
    return replace(result, changed=result.changed and new > 0)


def _tell_notes(
    state: State,
    noted: NotesState,
    news: notes.News,
    joined: Sequence[tuple[Version, VersionResult]],
    origin: Origin,
) -> None:
    """Announce the notes that are news, but one that the changes of the page's own text carry."""
    is_weaker = any(versions.is_weaker(noted.shown, version.representation) for version, _ in joined)
    is_carried = any(each.changed for _, each in joined)
    told = notes.tell(noted, news, origin, is_carried=is_carried, is_weaker=is_weaker)
    if state.carry_out(told) and not told[0].silent:
        state.carry_out([Show(document=noted.document, changed=origin.time)])


def _mark(state: State, names: Names, joined: Sequence[tuple[Version, VersionResult]], origin: Origin) -> None:
    """Choose anew which version is shown, and note which documents their publisher changed."""
    shown = {names.id(version.document) for version, _ in joined}
    changed = {names.id(version.document) for version, each in joined if each.changed}
    seen = stamp(origin.capture.time)
    state.carry_out(
        Show(document=name, day=state.now[:10], changed=seen if name in changed else "") for name in sorted(shown)
    )


def _its_own_page(state: State, own: Document, name: str, origin: Origin, arrival: RedirectResult) -> None:
    """A page about one document: it is there, at this address, which may be a new one."""
    if not origin.is_fresh:
        return
    capture = origin.capture
    state.carry_out([Identify(alias=page_alias(address_of(capture.link)), document=name)])
    if arrival.twin:
        name, merges = identity.joined(arrivals.of_names(state.store, [name, arrival.twin]), name, arrival.twin)
        state.carry_out(merges)
    if own.availability == "withdrawn":
        return
    found(state, capture, origin.fetch, stated_ok=own.availability == "ok")
    if arrival.moved:
        state.carry_out(identity.moved(load.of_name(state.store, name, origin), capture))


def found(state: State, capture: Capture, fetch: int, *, stated_ok: bool = False) -> None:
    """The page that a link asked for was read or confirmed. ``stated_ok``: it says that it is not withdrawn."""
    known = load.of_page(state.store, capture.link, fetch, state.clock)
    state.carry_out(availability.found(known, capture, stated_ok=stated_ok))


def _beside(state: State, page: Page, names: Names, origin: Origin, role: AddressRole) -> PageResult:
    """A page of a document that is followed at another address: it is there, and says nothing new of it."""
    state.carry_out([identity.named_only(names.id(page.documents[0].id), origin, {})])
    other = role.place == "other"
    if not other and origin.is_fresh:
        found(state, origin.capture, origin.fetch)
    page = _offer(state, page, origin, is_fresh=False)
    problems = _problems(state, page, origin, "")
    if not other:
        return PageResult(issues=problems)
    finding = Finding(
        source=origin.source.id,
        kind="two texts",
        detail=f"says something else than {role.before}, where its document is now",
        subject=address_of(origin.capture.link),
        severity="note",
    )
    state.carry_out([finding])
    return PageResult(held=finding.detail, issues=problems | {finding.kind})


def _elsewhere(state: State, page: Page, origin: Origin, arrival: RedirectResult) -> frozenset[str]:
    """Raise that a page leads to something else; where it does so for a while only, others may do so too.

    That it leads to the page of another document from now on is told once.
    """
    if arrival.joined:
        state.carry_out(identity.leads(load.of_name(state.store, page.documents[0].id, origin), origin.capture))
    finding = Finding(
        source=origin.source.id,
        kind="redirect",
        detail=arrival.held,
        subject=address_of(origin.capture.link),
        severity="note" if arrival.lasting else "alarm",
    )
    state.carry_out([finding])
    return frozenset({"redirect"})


def _problems(state: State, page: Page, origin: Origin, held: str) -> frozenset[str]:
    """Raise what the parser found in a page that was read all the same, and note it for answers that it is as before.

    Several problems of one kind are one issue.
    """
    told: dict[str, list[str]] = {}
    for problem in page.problems:
        told.setdefault(problem.kind, []).append(problem.detail)
    found = {kind: _gathered(details) for kind, details in told.items()}
    source, url = origin.source.id, address_of(origin.capture.link)
    report(state, source, url, found)
    state.carry_out([NoteProblems(fetch=origin.fetch, source=source, problems=dict(found))])
    if held:
        found["shrunk"] = held
        report(state, source, url, {"shrunk": held}, "alarm")
    return frozenset(found)


def report(
    state: State, source: str, url: str, problems: Mapping[str, str], severity: Literal["alarm", "note"] = "note"
) -> None:
    """Raise problems of a page that was read, or that is as it was when they were found: a detail for each kind."""
    state.carry_out(
        Finding(source=source, kind=kind, detail=detail, subject=url, severity=severity)
        for kind, detail in problems.items()
    )


def _gathered(details: Sequence[str]) -> str:
    """Return details in a row, the first ones in full.

    >>> _gathered(["a", "b", "a"])
    'a; b'
    """
    each = list(dict.fromkeys(details))
    more = len(each) - MAX_PROBLEMS_OF_A_KIND
    return "; ".join(each[:MAX_PROBLEMS_OF_A_KIND]) + (f"; and {more} more" if more > 0 else "")
