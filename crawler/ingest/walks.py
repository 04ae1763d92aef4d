"""Walks over listings: started, and finished complete or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from crawler import protocols
from crawler.errors import ConfigError
from crawler.identifiers import address_of, page_alias
from crawler.ingest import placements
from crawler.ingest.state import State
from crawler.model import TRACKED, Link, Walk
from crawler.sources import Source
from crawler.store import Row, crawls, documents, fetches, frontier, issues, list_pages, rechecks, relevance, skipped


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
        placements.settle(state, state.registry.sources[name])
        issues.resolve_unread(state.store, clock=state.now, source=name, crawl=state.crawl)
    key = f"cursor {state.crawl} {name}"
    cursor = state.store.meta(key)
    if complete and cursor is not None:
        state.store.upsert("cursors", {"source": name, "cursor": cursor, "moved": state.now}, ["source"])
    state.store.drop_meta(key)
