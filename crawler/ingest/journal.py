"""Journal records, applied: what happened beside the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from crawler.archive import Journal
from crawler.errors import ArchiveError
from crawler.ingest import (
    answers,
    backfill,
    commencements,
    pages,
    reasons,
    recurring,
    reparsed,
    shared_blocks,
    traps,
    walks,
)
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.reconcile import availability, links
from crawler.reconcile.links import LISTINGS
from crawler.redaction.journal import told_of
from crawler.store import (
    Row,
    crawls,
    curated,
    documents,
    dumps,
    fetches,
    frontier,
    issues,
    placements,
    redactions,
    relevance,
)
from crawler.store.known import of_closing


def apply(state: State, record: Journal, reads: Sequence[Read]) -> None:
    """Apply one journal record.

    The kinds are: run-started, run-resumed, delivered, read-anew, no-answer, asked-again, walk-finished, loss-accepted,
    redacted, run-closing, entries-announced and run-ended; the last three mean more one layer up.

    Raises:
        ArchiveError: the kind is unknown: the archive was written by a newer version.
    """
    match record.kind:
        case "run-started":
            _started(state, record)
        case "delivered":
            answers.deliver(state, record, reads)
        case "no-answer":
            _no_answer(state, record)
        case "asked-again":
            _asked_again(state, record.payload)
        case "read-anew":
            reparsed.apply(state, record.payload["changes"], record.payload["time"])
        case "walk-finished":
            walks.finish(state, record.payload)
        case "run-closing":
            closing = availability.closing(of_closing(state.store, state.crawl, state.clock), state.registry.sources)
            state.carry_out(closing)
            backfill.settle(state)
            commencements.come_into_force(state)
            commencements.settle_beginnings(state)
            reasons.settle(state, commencements.settle(state))
            shared_blocks.settle(state)
            recurring.settle(state)
            traps.settle(state)
            state.store.update("crawls", {"id": state.crawl}, {"state": "closing"})
        case "loss-accepted" | "redacted":
            (_redacted if record.kind == "redacted" else _lost)(state, record.payload)
        case "entries-announced" | "run-ended" | "run-resumed":
            state.store.update("crawls", {"id": state.crawl}, _crawl_state(record))
        case _:
            raise ArchiveError(f"{record.place}: unknown kind of journal record: {record.kind}")


def _crawl_state(record: Journal) -> dict[str, object]:
    if record.kind == "run-ended":
        return {"state": record.payload["state"], "ended": record.payload["ended"]}
    return {"state": "open"} if record.kind == "run-resumed" else {"state": "closing"}


def _started(state: State, record: Journal) -> None:
    payload = record.payload
    state.enter(record)
    for name in crawls.mirror(state.store, state.registry):
        documents.take_kind(state.store, name)
    for row in crawls.sources(state.store):
        if not row["enabled"]:
            frontier.drop_source(state.store, row["id"])
            placements.drop(state.store, row["id"])
    crawls.start(
        state.store,
        {
            "id": payload["run"],
            "clock": payload["clock"],
            "started": payload["started"],
            "ended": None,
            "state": "open",
            "live": int(payload["live"]),
            "sample": int(payload["sample"]),
            "software": payload["software"],
            "parsers": dumps(payload["parsers"]),
            "registry": payload["registry"],
            "file": record.place.file,
            "offset": record.place.offset,
            "length": record.place.length,
        },
        payload["due"],
    )
    if state.store.meta("authority") is None:
        state.store.set_meta("authority", payload["authority"])
    state.store.set_meta("public_url", payload["public_url"])
    state.store.set_meta("reports", dumps([asdict(report) for report in state.decisions.reports]))
    relevance.untrack(state.store, None, list(state.registry.sources))
    for name in state.decisions.confirm:
        issues.resolve(state.store, clock=state.now, source=None, kind="loss", subject=name)
    curated.confirm(state.store, [(one.document, one.passage, one.on) for one in state.decisions.passages])
    for name in payload["due"]:
        walks.start(state, name)
    walks.let_in(state, payload["due"])
    backfill.begin(state, payload["due"])


def _asked_again(state: State, payload: Mapping[str, Any]) -> None:
    for link in payload["links"]:
        walks.again(state, payload["source"], link, payload["why"])


def _no_answer(state: State, record: Journal) -> None:
    """A request without an answer: failed, refused by robots.txt or by us, not recorded, or lost in a kill."""
    payload = record.payload
    link = payload["link"]
    if payload["kind"] == "not-newer":
        _not_newer(state, payload)
        return
    fetch = answers.add_fetch(state, link, url=payload["url"], time=payload["time"])
    outcome = {"not-recorded": "not recorded", "lost": "lost"}.get(payload["kind"], "failed")
    fetches.settle(state.store, fetch, outcome, f"{payload['kind']}: {payload['reason']}")
    if link["role"] == "robots" or link.get("retry") or outcome == "lost":
        return
    column = "not_recorded" if outcome == "not recorded" else "failed"
    first = link["asked"][0]["source"]
    crawls.count(state.store, state.crawl, first, requests=1, **{column: 1})
    if outcome == "not recorded":
        answers.leave(state, link)
    else:
        answers.fail(state, link, payload["kind"], payload["reason"])


def _redacted(state: State, payload: Mapping[str, Any]) -> None:
    redactions.put(state.store, map(told_of, payload["redactions"]), payload["time"])


def _lost(state: State, payload: Mapping[str, Any]) -> None:
    """Files of the archive that are lost, and were given up: an issue for each, until a person confirms it."""
    for loss in payload["losses"]:
        detail = f"given up at {payload['time']}: {loss['detail']}"
        finding = issues.Finding(source=None, kind="loss", subject=loss["file"], detail=detail, severity="note")
        issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


SETTLED = ("accepted", "unchanged", "missing", "refused")
"""Outcomes after which a page is not asked again by itself."""


def _not_newer(state: State, payload: Mapping[str, Any]) -> None:
    """A replay has nothing newer than what was read before: everything stays as it is, good or bad.

    Only listings get a row in ``fetches``, on which the health of their source is measured: an answer "not found" that
    is no new one must not count as a step towards gone.
    """
    link, url = payload["link"], payload["url"]
    last = fetches.last_answer(state.store, url, link["accept"])
    settled = last is not None and last["outcome"] in SETTLED
    first = link["asked"][0]["source"]
    crawls.count(state.store, state.crawl, first, requests=1, not_modified=int(settled), failed=int(not settled))
    listing = link["role"] in LISTINGS
    if last is not None and listing:
        _listing_not_newer(state, payload, last)
    for asked in link["asked"]:
        if settled and asked["source"] in state.registry.sources:
            state.carry_out(links.tracked(asked["source"], asked, known=True))
    if settled:
        tokens = {asked["source"]: asked["token"] for asked in link["asked"]}
        frontier.answered(state.store, link, tokens)
    elif listing:
        frontier.failed(state.store, link, state.crawl)
    else:
        answers.leave(state, link)


def _listing_not_newer(state: State, payload: Mapping[str, Any], last: Row) -> None:
    """A listing lists what it listed, or is as unreadable as it was; what was just delivered is not told again."""
    fetch = answers.add_fetch(state, payload["link"], url=payload["url"], time=payload["time"])
    read = last["outcome"] in fetches.READ_OUTCOMES
    outcome = "not modified" if read else last["outcome"]
    fetches.settle(state.store, fetch, outcome, "not newer than what was read before")
    if not read:
        return
    fetches.listed(state.store, fetch, last["entries"], last["newest"])
    for asked in payload["link"]["asked"]:
        name = asked["source"]
        if name in state.registry.sources and name not in payload.get("delivered", ()):
            walks.listed_as_before(state, name, last)
            pages.report(state, name, payload["link"]["url"], issues.problems_noted(last, name))
