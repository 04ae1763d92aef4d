"""Walks over listings, and over the links of pages: begun, finished complete or not, and what became of a list."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from crawler import protocols
from crawler.changes.placements import ListChange, compare
from crawler.errors import ConfigError
from crawler.identifiers import address_of, page_alias
from crawler.ingest.state import State
from crawler.model import TRACKED, Link, Page, Placement, Problem, Walk
from crawler.reconcile.reading import Origin
from crawler.sources import Source
from crawler.store import Row, crawls, documents, fetches, frontier, issues, list_pages, rechecks, relevance, skipped
from crawler.store import placements as store
from crawler.store.placements import ACCEPT_DROP, has_dropped
from crawler.text import counted, moment


def within(state: State, page: Page, origin: Origin) -> Page:
    """Return a page without what is too much, and without what another page of its source announces.

    Several pages may lead to one document under different words: the first one says what it is called.
    """
    follow = origin.source.followed
    if follow is None:
        return page  # A list that is read by selectors has its own bounds.
    elsewhere = store.elsewhere(state.store, origin.source.id, address_of(origin.capture.link))
    names = list(dict.fromkeys(each.document for each in page.placements if each.document))
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


def enter(state: State, page: Page, origin: Origin) -> None:
    """Record what stands on a page whose links are followed, and to which further pages its menu leads."""
    source, address = origin.source.id, address_of(origin.capture.link)
    store.put(state.store, source, address, page.placements, {each.id for each in page.documents})
    store.lead(state.store, source, address, [address_of(each) for each in page.links if each.role == "next"])


def lead_on(state: State, source: Source, page: str) -> None:
    """Queue the pages to which the menu of a page that is as it was leads."""
    further = store.led_to(state.store, source.id, page) if source.followed is not None or source.complete else []
    for link in rechecks.lists(state.store, source.id, further):
        frontier.offer(state.store, link, source.id, rank=frontier.LISTING, crawl=state.crawl, again=True)


def settle(state: State, source: Source) -> None:
    """Compare a complete list, walked to its end, with what the last such walk left, and record what happened to it.

    Where one of its pages was not read, or it lists less than its source must have, nothing is said of it; where it
    may list nothing, an empty list is told. Nor is anything at its first walk, where it is read otherwise since, or
    where it has dropped: that is noted for :func:`crawler.health.assess.assess`, and the new normal after a while.
    """
    if not source.complete:
        return
    pages = _reachable(state, source)
    if not store.read_whole(state.store, state.crawl, source.id, pages):
        return
    now = store.of_pages(state.store, source.id, pages)
    listed = sum(map(len, now.values()))
    if listed < source.expect.min and not (listed == 0 and source.expect.zero):
        return
    scope, key = crawls.scope(crawls.source(state.store, source.id)), f"list {source.id}"
    before, after = store.settled(state.store, source.id), [each for found in now.values() for each in found]
    if state.store.meta(key) == scope:
        changes = compare(before, after)
        if changes and (reason := _dropped(source, len(before), now)):
            since = (store.noted_drop(state.store, source.id) or {"since": state.now})["since"]
            if state.clock - moment(since) < ACCEPT_DROP:
                return store.note_drop(state.store, source.id, since, reason)
        shown = [(each, _page_of(each, now)) for each in changes]
        store.note(state.store, state.crawl, source.id, shown, state.now)
    store.note_drop(state.store, source.id)
    state.store.set_meta(key, scope)
    store.settle(state.store, source.id, now, state.now)


def _dropped(source: Source, was: int, now: dict[str, list[Placement]]) -> str:
    """Return why a list is suspiciously shorter than it was, or one page of it stands in the place of another."""
    listed = sum(map(len, now.values()))
    if has_dropped(listed, was):
        return f"lists {counted(listed, 'document')}; it listed {was}"
    said: set[tuple[tuple[str, str], ...]] = set()
    for page, found in now.items() if source.followed is None else ():
        entries = tuple((each.title, each.url) for each in found)
        if len(entries) > 1 and entries in said:
            return f"{page} lists what another page of it lists"
        said.add(entries)
    return ""


def _page_of(change: ListChange, now: dict[str, list[Placement]]) -> str:
    """Return the page that shows a change, the first one where it shows nowhere any more."""
    placed = change.after or change.before
    heading = "" if placed is None else placed.heading
    holding = (page for page, found in now.items() if any(each.heading == heading for each in found))
    return next(holding, next(iter(now), ""))


def _reachable(state: State, source: Source) -> list[str]:
    """Return the pages of a list: those that a source names, and those to which their menus lead, in order."""
    links: Iterable[Link] = protocols.start(source, Walk(clock=state.clock))
    found = dict.fromkeys(address_of(link) for link in links)
    waiting = list(found)
    while waiting:
        for url in store.led_to(state.store, source.id, waiting.pop(0)):
            if url not in found:
                found[url] = None
                waiting.append(url)
    return list(found)


def start(state: State, name: str) -> None:
    """Queue the first links of a walk: listings, and documents that are tracked one by one. All are asked each time."""
    source = state.registry.sources[name]
    walk = Walk(clock=state.clock, cursor=crawls.cursor(state.store, name))
    try:
        links = list(protocols.start(source, walk))
    except ConfigError as error:
        finding = issues.Finding(source=name, kind="config", detail=str(error))
        issues.report(state.store, finding, crawl=state.crawl, clock=state.now)
        return
    relevance.untrack(state.store, name)
    moved = rechecks.led_to(state.store, name, {address_of(link) for link in links if TRACKED in link.facts})
    for link in (*links, *moved):
        frontier.offer(state.store, link, name, rank=frontier.LISTING, crawl=state.crawl, again=True)
        if link.role == "document" and source.keep == "all":
            named = link.facts.get("document") or page_alias(address_of(link))
            relevance.track(state.store, named, name)
    _read_after_all(state, source, walked=True)


def let_in(state: State, walked: Collection[str]) -> None:
    """Queue pages left aside of documents that were let in since, by sources that are not due: all but those walked."""
    for source in state.registry.sources.values():
        if source.enabled and source.id not in walked:
            _read_after_all(state, source, walked=False)


def _read_after_all(state: State, source: Source, *, walked: bool) -> None:
    """Queue what a source left aside, of documents that are not out any more; all of it if it is kept as a whole now.

    A list is asked again in a walk alone.
    """
    decided = {documents.resolve(state.store, name): band for name, band in state.decisions.relevance.items()}
    whole = walked and source.keep == "all"
    for row in skipped.left(state.store, source.id, source.protocol, decided, whole=whole):
        listing = row["role"] in ("listing", "next")
        if listing and not walked:
            continue
        if row["words"]:
            fetches.forget_reader(state.store, row["url"], row["accept"], source.id)
        rank = frontier.ANNOUNCED if row["let_in"] else frontier.ASIDE
        frontier.offer(
            state.store, rechecks.link(row), source.id,
            rank=frontier.LISTING if listing else rank, crawl=state.crawl, again=bool(row["words"]),
        )  # fmt: skip
        skipped.asked(state.store, row)


def again(state: State, name: str, link: Mapping[str, Any], why: str) -> None:
    """Queue a page that was read before: by audit, or because it is doubtful whether it is still there."""
    rank = frontier.AUDIT if why in ("audit", "doubt") else frontier.ANNOUNCED
    frontier.offer(state.store, Link(**link), name, rank=rank, crawl=state.crawl, again=True)


def listed_as_before(state: State, name: str, last: Row) -> None:
    """A listing that did not change: it lists what it listed before."""
    entries = int(last["entries"] or 0)
    crawls.count(state.store, state.crawl, name, documents=entries, known=entries)
    if last["newest"]:
        crawls.newest(state.store, state.crawl, name, last["newest"])


def finish(state: State, payload: Mapping[str, Any]) -> None:
    """The engine has nothing left to ask of a walk: it was complete, or says why not."""
    name = payload["source"]
    left = list_pages.drop_walk(state.store, name, state.crawl)
    held = fetches.held_listings(state.store, state.crawl, name)
    complete = bool(payload["complete"]) and not left and not held
    state.store.update(
        "runs", {"crawl": state.crawl, "source": name}, {"walk": "complete" if complete else "incomplete"}
    )
    if complete:
        settle(state, state.registry.sources[name])
        issues.resolve_unread(state.store, clock=state.now, source=name, crawl=state.crawl)
    key = f"cursor {state.crawl} {name}"
    cursor = state.store.meta(key)
    if complete and cursor is not None:
        state.store.upsert("cursors", {"source": name, "cursor": cursor, "moved": state.now}, ["source"])
    state.store.drop_meta(key)
