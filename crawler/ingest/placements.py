"""Pages whose links are followed: what each leads to, and what happened to the whole list once it was walked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler import protocols
from crawler.changes.placements import ListChange, compare
from crawler.identifiers import address_of
from crawler.ingest.state import State
from crawler.model import Link, Page, Placement, Problem, Walk
from crawler.reconcile.reading import Origin
from crawler.sources import Source
from crawler.store import crawls, frontier, rechecks
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
