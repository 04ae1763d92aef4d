"""Answers, applied: accepted, unchanged, held, refused, missing or failed, for every source that asked."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crawler.archive import Exchange, Journal
from crawler.errors import ParseError, RefusedError
from crawler.ingest import absence, pages, walks
from crawler.ingest.readings import Read, Reading, capture_of, is_redirect
from crawler.ingest.state import State
from crawler.store import crawls, fetches, frontier, issues
from crawler.text import stamp

LISTINGS = ("listing", "next")
LIES = frozenset({"challenge", "soft404", "cut", "empty"})
"""Answers that pretend to be the document: an alarm for a single page too, for others may have been taken in."""


def apply(state: State, record: Exchange, reads: Sequence[Read]) -> None:
    """Apply one answer."""
    link = record.link
    fetch = add_fetch(state, link, url=record.url, time=stamp(record.time), record=record)
    if is_redirect(record):
        fetches.settle(state.store, fetch, "redirect")
        return
    if link["role"] == "robots":
        fetches.settle(state.store, fetch, "accepted" if record.status < 400 else "refused")
        return
    if link.get("retry"):
        fetches.settle(state.store, fetch, "failed", f"status {record.status}: asked again in the same crawl")
        return
    source = link["asked"][0]["source"]
    crawls.count(state.store, state.crawl, source, requests=1, bytes=len(record.body))
    fresh = [read for read in reads if read.reading.fetch is None]
    for read in reads:
        if read.reading.fetch is not None:
            _read_again(state, read, read.reading.fetch)
    if record.redacted:
        fetches.settle(state.store, fetch, "refused", f"redacted: {record.redacted}")
        _settle_askers(state, link)
    elif record.status == 304:
        crawls.count(state.store, state.crawl, source, not_modified=1)
        _unchanged(state, record, fetch, "not modified")
    elif not fresh:
        _unchanged(state, record, fetch, "unchanged")
    else:
        _first_answer(state, record, fetch, fresh)


def add_fetch(state: State, link: Mapping[str, Any], *, url: str, time: str, record: Exchange | None = None) -> int:
    """Insert the row of one request; its outcome is settled later."""
    asked = link["asked"]
    names = [a["source"] for a in asked]
    known = state.registry.sources
    header = _header(record)
    return fetches.add(
        state.store,
        {
            "crawl": state.crawl,
            "exchange": link["exchange"],
            "hop": link["hop"],
            "url": url if link["hop"] else link["url"],
            "accept": link["accept"],
            "role": link["role"],
            "source": next((name for name in names if name in known), None),
            "asked": json.dumps(asked, ensure_ascii=False, sort_keys=True),
            "time": time,
            "status": record.status if record else None,
            "outcome": "failed",
            "reason": "",
            "etag": header("etag"),
            "last_modified": header("last-modified"),
            "media_type": header("content-type").partition(";")[0].strip().lower(),
            "bytes": len(record.body) if record else 0,
            "digest": record.digest if record else "",
            "reading": json.dumps({n: known[n].reading for n in names if n in known}, sort_keys=True),
            "entries": None,
            "newest": None,
            "file": record.place.file if record else "",
            "offset": record.place.offset if record else 0,
            "length": record.place.length if record else 0,
        },
    )


def _header(record: Exchange | None) -> Any:
    headers = {} if record is None else {name.lower(): value for name, value in reversed(record.headers)}
    return lambda name: headers.get(name, "")


def _first_answer(state: State, record: Exchange, fetch: int, fresh: Sequence[Read]) -> None:
    """An answer that was parsed: the first asker decides what became of the fetch, each is served by itself."""
    outcome, reason = "accepted", ""
    for place, read in enumerate(fresh):
        got = _serve(state, record, fetch, read)
        if place == 0:
            outcome, reason = got
    fetches.settle(state.store, fetch, outcome, reason)


def _serve(state: State, record: Exchange, fetch: int, read: Read) -> tuple[str, str]:
    asked = _asked(record.link, read.reading.source.id)
    if asked["role"] not in LISTINGS and absence.says_missing(record, read):
        absence.missing(state, read.reading, fetch, gone=record.status == 410)
        _answered(state, record.link, asked)
        return "missing", f"status {record.status}"
    if read.error is not None:
        return _refused(state, record.link, asked, read.error)
    known = absence.document_of(state, read.reading) is not None
    accepted = pages.accept(state, read, fetch)
    walks.tracked(state, read.reading.source.id, asked, known=known)
    _answered(state, record.link, asked, accepted.issues)
    return ("held", accepted.held) if accepted.held else ("accepted", "")


def _asked(link: Mapping[str, Any], source: str) -> dict[str, Any]:
    return next(dict(a) for a in link["asked"] if a["source"] == source)


def _refused(state: State, link: Mapping[str, Any], asked: Mapping[str, Any], error: ParseError) -> tuple[str, str]:
    """No document in it: the page is asked again in later crawls, a bounded number of times."""
    fail(state, {**link, "asked": [asked]}, error.kind, error.reason)
    crawls.count(state.store, state.crawl, asked["source"], failed=1)
    refused = isinstance(error, RefusedError) and error.kind == "status"
    return ("failed" if refused else "held"), f"{error.kind}: {error.reason}"


def fail(state: State, link: Mapping[str, Any], kind: str, reason: str) -> None:
    """Note that a request brought nothing for its askers."""
    given_up = frontier.failed(state.store, link["url"], link["accept"], state.crawl)
    for asked in link["asked"]:
        if asked["source"] not in state.registry.sources:
            continue
        listing = asked["role"] in LISTINGS
        finding = issues.Finding(
            source=asked["source"],
            kind=kind,
            detail=reason if listing or not given_up else f"{reason}; given up after {frontier.MAX_TRIES} crawls",
            subject=link["url"],
            severity="alarm" if listing or kind in LIES else "note",
        )
        issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


def leave(state: State, link: Mapping[str, Any]) -> None:
    """A replay has no answer for it: no issue and no step towards gone; it stays queued for another crawl."""
    frontier.leave(state.store, link["url"], link["accept"], state.crawl)


def _answered(state: State, link: Mapping[str, Any], asked: Mapping[str, Any], still: Collection[str] = ()) -> None:
    """Note that a source has its answer; what was wrong with the page is mended, but for the kinds ``still`` found."""
    frontier.answered(state.store, link["url"], link["accept"], {asked["source"]: asked["token"]})
    issues.resolve_subject(state.store, clock=state.now, source=asked["source"], subject=link["url"], still=still)


def _settle_askers(state: State, link: Mapping[str, Any]) -> None:
    for asked in link["asked"]:
        _answered(state, link, asked)


def _unchanged(state: State, record: Exchange, fetch: int, outcome: str) -> None:
    """The page is as it was read last: nothing to parse, only to confirm."""
    link = record.link
    fetches.settle(state.store, fetch, outcome)
    last = fetches.last_read(state.store, link["url"], link["accept"], fetch)
    for asked in link["asked"]:
        source = state.registry.sources.get(asked["source"])
        if source is None:
            continue
        if asked["role"] in LISTINGS and last is not None:
            fetches.listed(state.store, fetch, last["entries"], last["newest"])
            walks.listed_as_before(state, source.id, last)
        else:
            capture = capture_of(state, record, asked)
            absence.found(state, Reading(capture=capture, source=source), fetch)
            walks.tracked(state, source.id, asked, known=True)
        _answered(state, link, asked)


def _read_again(state: State, read: Read, fetch: int) -> None:
    """An earlier capture under new options: what differs is our coverage, never the publisher's doing."""
    if read.page is not None:
        pages.accept(state, read, fetch)


def deliver(state: State, record: Journal, reads: Sequence[Read]) -> None:
    """An answer of this crawl for a source that asked for it later."""
    asked, link = record.payload["asked"], record.payload["link"]
    for read in reads:
        if read.error is not None:
            _refused(state, link, asked, read.error)
        else:
            accepted = pages.accept(state, read, int(read.reading.fetch or 0))
            _answered(state, link, asked, accepted.issues)
