"""At the end of a crawl every source is healthy and each list kept by hand reviewed, or an issue says what is wrong."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from crawler.sources.helplines import MAX_AGE, load_helplines
from crawler.store import Row, Store, crawls, curated, health, issues, placements
from crawler.store.issues import Finding
from crawler.text import counted, latest, moment, stamp

MEASURED = ("drop", "many", "age", "gap", "none read")
"""Kinds of issues that are measured anew for each finished walk."""


def assess(store: Store, crawl: str, clock: datetime) -> None:
    """Settle the outcome of every run of a crawl, and raise or resolve the issues of its source."""
    health.count_changed(store, crawl)
    for run in crawls.runs(store, crawl):
        source = crawls.source(store, run["source"])
        if not issues.found_in(store, crawl, source["id"], "slow"):
            issues.resolve(store, clock=stamp(clock), source=source["id"], kind="slow")
        if run["walk"] == "none":
            store.update("runs", {"crawl": crawl, "source": source["id"]}, {"outcome": _leftover(run)})
            continue
        if run["walk"] == "complete" and not _is_unrecorded(store, run):
            _measure(store, run, source, clock)
        outcome = _outcome(store, run, source)
        store.update("runs", {"crawl": crawl, "source": source["id"]}, {"outcome": outcome})
        if run["walk"] == "complete" and outcome != "not recorded":
            # Its list was read where nothing behind it was: what comes to the list is told from it.
            alarms = {issue["kind"] for issue in issues.open_alarms(store, source["id"])}
            _walked(store, run, source, stamp(clock), listed=alarms <= {"none read"}, healthy=outcome == "healthy")


def _leftover(run: Row) -> str:
    """Pages left from an earlier crawl were asked; the source itself was not due."""
    return "failed" if run["failed"] and run["failed"] == run["requests"] else "healthy"


def _measure(store: Store, run: Row, source: Row, clock: datetime) -> None:
    found = {finding.kind: finding for finding in _findings(store, run, source, clock)}
    now = stamp(clock)
    for kind in MEASURED:
        if kind in found:
            issues.report(store, found[kind], crawl=run["crawl"], clock=now)
        elif kind != "gap" or not issues.found_in(store, run["crawl"], source["id"], kind):
            issues.resolve(store, clock=now, source=source["id"], kind=kind)


def _findings(store: Store, run: Row, source: Row, clock: datetime) -> Iterator[Finding]:
    expect = json.loads(source["expect"])
    name, documents = source["id"], run["documents"]
    fresh = health.listings_read(store, run["crawl"], name)
    if fresh and documents < expect["min"] and not (expect["zero"] and documents == 0):
        yield Finding(
            source=name,
            kind="drop",
            detail=f"lists {counted(documents, 'document')}; expected at least {expect['min']}",
        )
    elif (first := health.first_page(store, run["crawl"], name)) is not None and _dropped(store, source, first, clock):
        yield Finding(
            source=name, kind="drop", detail=f"lists {counted(first, 'document')}; it listed {source['last_entries']}"
        )
    elif (noted := placements.noted_drop(store, name)) is not None:
        yield Finding(source=name, kind="drop", detail=noted["reason"])
    if expect["max"] is not None and documents > expect["max"]:
        yield Finding(
            source=name, kind="many", detail=f"lists {counted(documents, 'document')}; expected at most {expect['max']}"
        )
    if expect["newest"] is not None and run["newest"]:
        yield from _age(run, source, timedelta(seconds=expect["newest"]), clock)
    if documents and health.is_unread(store, run["crawl"], name):
        listed = counted(documents, "listed document")
        yield Finding(source=name, kind="none read", detail=f"none of {listed} could be read")
    if _meets_nothing(store, run, source) and fresh:
        listed = counted(documents, "listed document")
        detail = f"none of {listed} was known: there may be others between the last walk and these"
        yield Finding(source=name, kind="gap", detail=detail)


def _meets_nothing(store: Store, run: Row, source: Row) -> bool:
    """Return whether a walk that should have met known documents met none."""
    watched = (
        source["first_complete_walk"] and source["last_entries"] and source["first_options"] == crawls.scope(source)
    )
    return bool(watched and run["documents"] and not run["known"] and not health.has_cursor(store, source["id"]))


def _dropped(store: Store, source: Row, first: int, clock: datetime) -> bool:
    last = source["last_entries"] or 0
    if health.has_cursor(store, source["id"]):
        return False  # Each walk reads another part of a log: it lists as many as there were events.
    if not placements.has_dropped(first, last):
        return False
    since = next((i["since"] for i in issues.open_of(store, source["id"]) if i["kind"] == "drop"), None)
    return since is None or clock - moment(since) < placements.ACCEPT_DROP


def _age(run: Row, source: Row, limit: timedelta, clock: datetime) -> Iterator[Finding]:
    newest = latest(run["newest"])
    if newest is None:
        detail = f"its newest document is dated {run['newest']!r}, which is no date"
        yield Finding(source=source["id"], kind="age", detail=detail)
    elif clock - newest > limit:
        detail = f"its newest document is of {run['newest'][:10]}; expected one within {counted(limit.days, 'day')}"
        yield Finding(source=source["id"], kind="age", detail=detail)


def _is_unrecorded(store: Store, run: Row) -> bool:
    """Return whether a replay has nothing of what a walk starts from, whatever it has of pages behind it."""
    first = health.first_page(store, run["crawl"], run["source"])
    return bool(run["not_recorded"]) and not run["documents"] and first is None


def _outcome(store: Store, run: Row, source: Row) -> str:
    if run["walk"] != "complete":
        if not run["failed"] and not issues.open_alarms(store, source["id"]):
            return "unfinished"
        return "unhealthy" if run["documents"] else "failed"
    if _is_unrecorded(store, run):
        return "not recorded"
    if issues.found_in(store, run["crawl"], source["id"], "none read"):
        return "failed"
    return "unhealthy" if issues.open_alarms(store, source["id"]) else "healthy"


def _walked(store: Store, run: Row, source: Row, now: str, *, listed: bool, healthy: bool) -> None:
    row: dict[str, object] = {"last_walk": now}
    if healthy:
        row["last_success"] = now
    if listed:
        row["first_options"] = crawls.scope(source)
        if not source["first_complete_walk"]:
            row["first_complete_walk"] = now
        first = health.first_page(store, run["crawl"], source["id"])
        if first is not None:
            row["last_entries"] = first
    store.update("sources", {"id": source["id"]}, row)


MAX_NAMED = 10
"""Numbers that an issue names; how many there are in all is said before them."""


def assess_helplines(store: Store, crawl: str, clock: datetime) -> None:
    """Raise or resolve the issue of the round-up itself about numbers that were checked too long ago, or never."""
    helplines = load_helplines()
    unchecked = helplines.unchecked(clock.date())
    now = stamp(clock)
    if not unchecked:
        issues.resolve(store, clock=now, source=None, kind="unchecked helpline")
        return
    rows = len(helplines.emergency) + len(helplines.helplines) + len(helplines.advice)
    named = ", ".join(unchecked[:MAX_NAMED]) + (", …" if len(unchecked) > MAX_NAMED else "")
    detail = f"{len(unchecked)} of {rows} rows were last checked more than {MAX_AGE.days} days ago, or never: {named}"
    finding = Finding(source=None, kind="unchecked helpline", subject="helplines", detail=detail, severity="note")
    issues.report(store, finding, crawl=crawl, clock=now)


MAX_AGE_OF_LISTS: Mapping[str, timedelta] = {
    "by_hand": timedelta(days=90),
    "collections": timedelta(days=90),
    "judgments": timedelta(days=30),
}
"""How old the review of a block of sources.yaml may be."""


def assess_reviews(store: Store, crawl: str, clock: datetime) -> None:
    """Raise or resolve the issue of the round-up itself about each list that was reviewed too long ago, or never."""
    now = stamp(clock)
    found: set[str] = set()
    for row in curated.reviews(store):
        block, most = row["block"], MAX_AGE_OF_LISTS[row["block"]]
        if row["reviewed"] and clock - moment(row["reviewed"]) <= most:
            continue
        found.add(block)
        seen = f"last reviewed {row['reviewed']}" if row["reviewed"] else "never reviewed"
        detail = f"block {block} of sources.yaml, {row['entries']} entries: {seen}; expected every {most.days} days"
        finding = Finding(source=None, kind="unreviewed", subject=block, detail=detail, severity="note")
        issues.report(store, finding, crawl=crawl, clock=now)
    for block in MAX_AGE_OF_LISTS.keys() - found:
        issues.resolve(store, clock=now, source=None, kind="unreviewed", subject=block)
