"""Answers, applied: accepted, unchanged, held, refused, missing or failed, for every source that asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.archive import Exchange, Journal
from crawler.errors import ParseError, RefusedError
from crawler.ingest import backfill, list_slices, pages, walks
from crawler.ingest.readings import Read, capture_of, is_redirect, read_last
from crawler.ingest.state import State
from crawler.model import SLICE
from crawler.reconcile import availability, links
from crawler.reconcile.intents import Answered, Count, NoteReaders, Settle
from crawler.reconcile.links import LISTINGS
from crawler.redaction.mark_hashes import is_concealed
from crawler.store import Row, fetches, frontier, issues, known
from crawler.store.writer import add_fetch as add_row
from crawler.text import stamp

READERS = frozenset({"accepted", "unchanged"})
"""What became of an answer for a source that could read it."""
ALARMS = frozenset({"challenge", "soft404", "cut", "empty", "fault"})
"""Alarms for a single page too: answers that pretend to be the document, for others may have been taken in, and what
our own code failed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RereadResult:
    """What became of an earlier capture that a source read again under its new options."""

    accepted: pages.PageResult = field(default_factory=pages.PageResult)
    error: ParseError | None = None


def apply(state: State, record: Exchange, reads: Sequence[Read]) -> None:
    """Apply one answer."""
    link = record.link
    fetch = add_fetch(state, link, url=record.url, time=stamp(record.time), record=record)
    if is_redirect(record):
        state.carry_out([Settle(fetch=fetch, outcome="redirect")])
        return
    if link["role"] == "robots":
        state.carry_out([Settle(fetch=fetch, outcome="accepted" if record.status < 400 else "refused")])
        return
    if link.get("retry"):
        reason = f"status {record.status}: asked again in the same crawl"
        state.carry_out([Settle(fetch=fetch, outcome="failed", reason=reason)])
        return
    source = link["asked"][0]["source"]
    state.carry_out([Count(source=source, more={"requests": 1, "bytes": len(record.body or record.packed)})])
    if record.redacted:
        _redacted(state, record, fetch)
        return
    if record.status == 304:
        state.carry_out([Count(source=source, more={"not_modified": 1})])
    _deal_out(state, record, fetch, reads)
    if any(SLICE in asked["facts"] for asked in record.link["asked"]):
        backfill.go_on_after(state, record.link)


def add_fetch(state: State, link: Mapping[str, Any], *, url: str, time: str, record: Exchange | None = None) -> int:
    """Insert the row of one request; its outcome is settled later."""
    asked = link["asked"]
    names = [a["source"] for a in asked]
    known = state.registry.sources
    header = _header(record)
    return add_row(
        state.store,
        {
            "crawl": state.crawl,
            "exchange": link["exchange"],
            "hop": link["hop"],
            "url": url if link["hop"] else link["url"],
            "accept": link["accept"],
            "role": link["role"],
            "source": next((name for name in names if name in known), None),
            "asked": asked,
            "time": time,
            "status": record.status if record else None,
            "outcome": "failed",
            "reason": "",
            "etag": header("etag"),
            "last_modified": header("last-modified"),
            "media_type": header("content-type").partition(";")[0].strip().lower(),
            "bytes": len(record.body or record.packed) if record else 0,
            "digest": record.digest if record else "",
            "options_digest": {n: known[n].options_digest for n in names if n in known},
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


def _deal_out(state: State, record: Exchange, fetch: int, reads: Sequence[Read]) -> None:
    """Serve every source that asked by itself: those that had the page parsed, and those that read it so before.

    Where somebody has it confirmed, the fetch is that; else the first asker decides. Only sources that could read it
    are noted as its readers: the others are to have it parsed again.
    """
    again = {read.reading.source.id: _read_again(state, read) for read in reads if read.reading.fetch is not None}
    fresh = {read.reading.source.id: read for read in reads if read.reading.fetch is None}
    results = {name: _serve(state, record, fetch, read) for name, read in fresh.items()}
    left = [asked for asked in record.link["asked"] if asked["source"] not in fresh]
    outcome, reason = next(iter(results.values()), ("", ""))
    if left or not results:
        outcome, reason = ("not modified" if record.status == 304 else "unchanged"), ""
    state.carry_out([Settle(fetch=fetch, outcome=outcome, reason=reason)])
    last = fetches.last_read(state.store, record.link["url"], record.link["accept"], fetch) if left else None
    for asked in left:
        name = asked["source"]
        if name in state.registry.sources:
            own = read_last(state, record.link, name, last, fetch) or last
            results[name] = _confirm(state, record, fetch, asked, own, again.get(name))
    readers = tuple(name for name, (got, _) in results.items() if got in READERS)
    state.carry_out([NoteReaders(fetch=fetch, sources=readers)])


def _serve(state: State, record: Exchange, fetch: int, read: Read) -> tuple[str, str]:
    asked = _asked(record.link, read.reading.source.id)
    capture = read.reading.capture
    is_list = asked["role"] in (*LISTINGS, "slice")
    if not is_list and availability.says_missing(capture, read.page, read.error):
        before = known.of_page(state.store, capture.link, fetch, state.clock, is_missing=True)
        state.carry_out(availability.missing(before, capture))
        _answered(state, record.link, asked)
        return "missing", f"status {record.status}"
    if read.error is not None:
        return _refused(state, record.link, asked, read.error)
    is_known = asked["role"] != "slice" and known.document_named(state.store, capture.link) is not None
    accepted = pages.accept(state, read, fetch)
    state.carry_out(links.tracked(read.reading.source.id, asked, known=is_known))
    if SLICE in asked["facts"]:
        list_slices.note_number(state, record.link, read.reading.source.id)
    _answered(state, record.link, asked, accepted.issues)
    return ("quarantined", accepted.held) if accepted.held else ("accepted", "")


def _asked(link: Mapping[str, Any], source: str) -> dict[str, Any]:
    return next(dict(a) for a in link["asked"] if a["source"] == source)


def _refused(state: State, link: Mapping[str, Any], asked: Mapping[str, Any], error: ParseError) -> tuple[str, str]:
    """No document in it: the page is asked again in later crawls, a bounded number of times."""
    fail(state, {**link, "asked": [asked]}, error.kind, error.reason)
    state.carry_out([Count(source=asked["source"], more={"failed": 1})])
    refused = isinstance(error, RefusedError) and error.kind == "status"
    return ("failed" if refused else "quarantined"), f"{error.kind}: {error.reason}"


def fail(state: State, link: Mapping[str, Any], kind: str, reason: str) -> None:
    """Record that a request brought nothing for its askers."""
    alive = fetches.is_alive(state.store, state.crawl, link["url"])
    given_up = frontier.failed(state.store, link, state.crawl, alive=alive)
    for asked in link["asked"]:
        if asked["source"] not in state.registry.sources:
            continue
        listing = asked["role"] in LISTINGS
        finding = issues.Finding(
            source=asked["source"],
            kind=kind,
            detail=reason if listing or not given_up else f"{reason}; given up after {frontier.MAX_TRIES} crawls",
            subject=link["url"],
            severity="alarm" if listing or kind in ALARMS else "note",
        )
        issues.report(state.store, finding, crawl=state.crawl, clock=state.now)
    backfill.stopped(state, link, kind, reason)


def leave(state: State, link: Mapping[str, Any]) -> None:
    """A replay has no answer for it: no issue and no step towards gone; it stays queued for another crawl."""
    frontier.leave(state.store, link, state.crawl)
    backfill.stopped(state, link, "not-recorded", "a replay has no answer for it")


def _answered(state: State, link: Mapping[str, Any], asked: Mapping[str, Any], still: Collection[str] = ()) -> None:
    """Record that a source has its answer; its issues are resolved, but for the kinds ``still`` found."""
    answered = Answered(link=link, source=asked["source"], token=asked["token"], still=frozenset(still))
    state.carry_out([answered])


def _redacted(state: State, record: Exchange, fetch: int) -> None:
    """Record an answer whose body is not kept.

    Where it is not that of what was redacted itself, something is missing.
    """
    link = record.link
    is_list = link["role"] in LISTINGS
    outcome = "quarantined" if is_list else "refused"
    state.carry_out([Settle(fetch=fetch, outcome=outcome, reason=f"redacted: {record.redacted}")])
    _settle_askers(state, link)
    for asked in link["asked"]:
        if asked["source"] in state.registry.sources and not is_concealed(record.url):
            finding = issues.Finding(
                source=asked["source"],
                kind="redacted",
                detail=f"its body is not kept ({record.redacted}): nothing was read of it",
                subject=link["url"],
                severity="alarm" if is_list else "note",
            )
            issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


def _settle_askers(state: State, link: Mapping[str, Any]) -> None:
    for asked in link["asked"]:
        _answered(state, link, asked)


def _confirm(
    state: State, record: Exchange, fetch: int, asked: dict[str, Any], last: Row | None, again: RereadResult | None
) -> tuple[str, str]:
    """The page is as it was read last: nothing to parse; ``again`` is how a source could read it that reads otherwise.

    What was wrong with those bytes is wrong with them still. Gives outcome and reason for the source.
    """
    if again is not None and again.error is not None:
        return _refused(state, record.link, asked, again.error)
    source = state.registry.sources[asked["source"]]
    is_list = asked["role"] in LISTINGS
    if last is not None and (is_list or (last["entries"] is not None and source.followed is not None)):
        fetches.listed(state.store, fetch, last["entries"], last["newest"])
        if again is None:
            walks.listed_as_before(state, source.id, last)
            walks.lead_on(state, source, record.link["url"])
    if last is None or not is_list:
        pages.found(state, capture_of(state, record, asked), fetch)
        state.carry_out(links.tracked(source.id, asked, known=True))
    problems = issues.problems_noted(last, source.id)
    pages.report(state, source.id, record.link["url"], problems)
    if record.status != 304:
        issues.note_problems(state.store, fetch, source.id, problems)
    still = {*problems, *(again.accepted.issues if again is not None else ())}
    _answered(state, record.link, asked, still)
    if again is not None and again.accepted.held:
        return "quarantined", again.accepted.held
    return "unchanged", ""


def _read_again(state: State, read: Read) -> RereadResult:
    """An earlier capture under new options: what differs is our coverage, never the publisher's doing."""
    if read.page is None or read.reading.fetch is None:
        return RereadResult(error=read.error)
    accepted = pages.accept(state, read, read.reading.fetch)
    if not accepted.held:
        source = read.reading.source
        noted = NoteReaders(fetch=read.reading.fetch, sources=(source.id,), options_digest=source.options_digest)
        state.carry_out([noted])
    return RereadResult(accepted=accepted)


def deliver(state: State, record: Journal, reads: Sequence[Read]) -> None:
    """An answer of this crawl for a source that asked for it later, or once more: then it is as it was."""
    asked, link = record.payload["asked"], record.payload["link"]
    if not reads and asked["source"] in state.registry.sources:
        row = fetches.of_exchange(state.store, record.payload["exchange"], record.payload["hop"])
        _answered(state, link, asked, issues.problems_noted(row, asked["source"]))
    for read in reads:
        if read.error is not None:
            _refused(state, link, asked, read.error)
        else:
            fetch, source = int(read.reading.fetch or 0), read.reading.source
            accepted = pages.accept(state, read, fetch)
            if not accepted.held:
                noted = NoteReaders(fetch=fetch, sources=(source.id,), options_digest=source.options_digest)
                state.carry_out([noted])
            _answered(state, link, asked, accepted.issues)
    backfill.go_on_after(state, link)
