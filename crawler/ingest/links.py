"""Walks over listings: started, followed page by page until nothing is new, finished complete or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from crawler import protocols
from crawler.errors import ConfigError
from crawler.identifiers import address_of, page_alias
from crawler.ingest import backfill, placements
from crawler.ingest.readings import Read, Reading
from crawler.ingest.state import State
from crawler.model import TRACKED, Link, Page, Walk
from crawler.protocols import slicing
from crawler.sources import Source
from crawler.store import Row, aside, crawls, documents, fetches, frontier, issues, rechecks, relevance
from crawler.text import counted

PAGES = 50
"""Most pages of one walk, where the source has no option ``pages``."""


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
    for row in aside.left(state.store, source.id, source.protocol, decided, whole=whole):
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
        aside.asked(state.store, row)


def again(state: State, name: str, link: Mapping[str, Any], why: str) -> None:
    """Queue a page that was read before: by audit, or because it is doubtful whether it is still there."""
    rank = frontier.AUDIT if why in ("audit", "doubt") else frontier.ANNOUNCED
    frontier.offer(state.store, Link(**link), name, rank=rank, crawl=state.crawl, again=True)


def _rank(state: State, source: Source, role: str, fetch: int) -> int:
    """Return the rank of what a page leads to; what leads on from one that was left aside is as late as that."""
    if role not in ("listing", "next") and (why := fetches.why(state.store, fetch)) in ("aside", "backfill"):
        return frontier.ASIDE if why == "aside" else frontier.BACKFILL
    walked = crawls.source(state.store, source.id)["first_complete_walk"]
    return frontier.ANNOUNCED if walked else frontier.FIRST


def is_empty(state: State, reading: Reading, page: Page) -> bool:
    """Return whether a listing lists nothing although its source always has something."""
    if page.entries != 0 or reading.capture.link.role != "listing" or reading.source.expect.zero:
        return False
    finding = issues.Finding(
        source=reading.source.id,
        kind="zero",
        detail="the listing lists no document; its source always has some",
        subject=address_of(reading.capture.link),
    )
    issues.report(state.store, finding, crawl=state.crawl, clock=state.now)
    return True


def offer(state: State, read: Read, page: Page, fetch: int, *, fresh: bool) -> None:
    """Queue the links of a page; the next page of a listing only while this one had something new.

    The first walk of a list with a backfill reads its first page alone: the backfill reads the others.
    """
    source, role = read.reading.source, read.reading.capture.link.role
    if slicing.is_list(read.reading.capture.link):
        backfill.take(state, read, page)
        return
    rank = _rank(state, source, role, fetch) if page.links else frontier.ANNOUNCED
    known = 0
    follow: list[Link] = []
    for link in page.links:
        if link.role == "next":
            follow.append(link)
            continue
        before = frontier.known(state.store, link, source.id)
        known += before
        fresh |= frontier.offer(state.store, link, source.id, rank=rank, crawl=state.crawl)
        fresh = fresh or frontier.is_wanted(state.store, link, source.id)
    if page.entries is not None and (role in ("listing", "next") or source.followed is not None):
        _count(state, source, page, fetch, known)
    if follow and not fresh:
        fresh = _is_news_since(state, source, page)
    if follow and _goes_on(state, source, page, fresh=fresh):
        _follow(state, source, follow)
    if page.cursor is not None:
        state.store.set_meta(f"cursor {state.crawl} {source.id}", page.cursor)


def _goes_on(state: State, source: Source, page: Page, *, fresh: bool) -> bool:
    """Return whether a walk goes on behind a page: where something is new, or each walk reads everything.

    The first walk does, but where a backfill reads the list: then only behind an index, which lists nothing itself.
    """
    if crawls.source(state.store, source.id)["first_complete_walk"]:
        return fresh or page.cursor is not None
    return source.backfill is None or page.entries is None


def _is_news_since(state: State, source: Source, page: Page) -> bool:
    """Return whether a page lists something that the last complete walk did not know, where a walk broke off since."""
    since = crawls.broke_off(state.store, source.id, state.crawl)
    if since is None:
        return False
    names = [documents.resolve(state.store, document.id) for document in page.documents]
    return documents.listed_after(state.store, source.id, names, since)


def _count(state: State, source: Source, page: Page, fetch: int, known: int) -> None:
    names = [documents.resolve(state.store, document.id) for document in page.documents]
    listed = documents.listed_before(state.store, source.id, names, state.crawl)
    fetches.listed(state.store, fetch, page.entries, page.newest)
    crawls.count(state.store, state.crawl, source.id, documents=page.entries or 0, known=max(known, listed))
    if page.newest:
        crawls.newest(state.store, state.crawl, source.id, page.newest)


def tracked(state: State, name: str, asked: Mapping[str, Any], *, known: bool) -> None:
    """A document that its source tracks by itself was read or confirmed: it counts as listed, once if it moved."""
    if asked["facts"].get(TRACKED, "yes") != "yes":
        return
    if asked["why"] == "walk" and asked["role"] in ("document", "attachment"):
        crawls.count(state.store, state.crawl, name, documents=1, known=int(known))


def listed_as_before(state: State, name: str, last: Row) -> None:
    """A listing that did not change: it lists what it listed before."""
    entries = int(last["entries"] or 0)
    crawls.count(state.store, state.crawl, name, documents=entries, known=entries)
    if last["newest"]:
        crawls.newest(state.store, state.crawl, name, last["newest"])


def _follow(state: State, source: Source, links: list[Link]) -> None:
    cap = source.options.get("pages", PAGES)
    walked = fetches.pages_walked(state.store, state.crawl, source.id)
    if not isinstance(cap, int) or walked < cap:
        for link in links:
            frontier.offer(state.store, link, source.id, rank=frontier.LISTING, crawl=state.crawl, again=True)
        return
    row = crawls.source(state.store, source.id)
    finding = issues.Finding(
        source=source.id,
        kind="gap",
        detail=f"stopped after {counted(walked, 'page')} without meeting only what was known:"
        " something may be missing between",
        severity="alarm" if row["first_complete_walk"] else "note",
    )
    issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


def finish(state: State, payload: Mapping[str, Any]) -> None:
    """The engine has nothing left to ask of a walk: it was complete, or says why not."""
    name = payload["source"]
    left = frontier.drop_walk(state.store, name, state.crawl)
    held = fetches.held_listings(state.store, state.crawl, name)
    complete = bool(payload["complete"]) and not left and not held
    state.store.update(
        "runs", {"crawl": state.crawl, "source": name}, {"walk": "complete" if complete else "incomplete"}
    )
    if complete:
        placements.settle(state, state.registry.sources[name])
        issues.resolve_unread(state.store, clock=state.now, source=name, crawl=state.crawl)
    key = f"cursor {state.crawl} {name}"
    cursor = state.store.meta(key)
    if complete and cursor is not None:
        state.store.upsert("cursors", {"source": name, "cursor": cursor, "moved": state.now}, ["source"])
    state.store.drop_meta(key)
