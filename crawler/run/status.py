"""How things stand: the outcome of every source, its open issues, and what a monitor should think of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.run.options import DATABASE
from crawler.store import Row, Store, completeness, crawls, deliveries, frontier, issues, relevance, series

UNHEALTHY = frozenset({"unhealthy", "failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a crawl found about health: sources that are unhealthy, and those that are newly so or worse than before."""

    unhealthy: tuple[str, ...]
    worse: tuple[str, ...]


def status(data: Path) -> dict[str, Any]:
    """Return how things stand as ``status --json`` prints it (CONTRACT: "JSON").

    Raises:
        ConfigError: there is no database.
        StoreError: it cannot be read.
    """
    if not (data / DATABASE).exists():
        raise ConfigError(f"{data / DATABASE}: there is no database yet; crawl first")
    with Store.open(data / DATABASE) as store:
        last = crawls.current(store)
        return {
            "clock": last["clock"] if last else None,
            "state": last["state"] if last else None,
            "queued": sum(frontier.queued(store).values()),
            "issues_open": issues.count_open(store),
            "issues": [_issue(row) for row in issues.open_of(store, None)],
            "sources": [_source(store, row) for row in crawls.sources(store)],
            "series": series.standing(store),
            "review": relevance.queue(store),
            "deliveries": deliveries.standing(data),
        }


def _source(store: Store, row: Row) -> dict[str, Any]:
    run = crawls.last_run(store, row["id"])
    zeros = dict.fromkeys(("requests", "not_modified", "not_recorded", "documents", "new", "changed"), 0)
    counts = {name: run[name] for name in zeros} if run else zeros
    outcome = run["outcome"] if run else ("never walked" if row["enabled"] else "switched off")
    return {
        "id": row["id"],
        "outcome": outcome,
        "last_success": row["last_success"],
        **counts,
        "coverage": _coverage(completeness.get(store, row["id"])),
        "issues": [_issue(issue) for issue in issues.open_of(store, row["id"])],
    }


def _coverage(row: Row | None) -> dict[str, Any] | None:
    """Return how far the list of a source was read to its end, None where it is not read so."""
    return row and {name: row[name] for name in ("state", "since", "listed", "held", "read", "reason", "counted")}


def _issue(issue: Row) -> dict[str, str]:
    detail = f"{issue['subject']}: {issue['detail']}" if issue["subject"] else str(issue["detail"])
    return {"kind": issue["kind"], "since": issue["since"], "detail": detail, "severity": issue["severity"]}


def verdict(store: Store, crawl: str) -> Verdict:
    """Return what a crawl found: a source is worse if it fails where it did not, or has an alarm it did not have."""
    unhealthy, worse = [], []
    for run in crawls.runs(store, crawl):
        if run["outcome"] not in UNHEALTHY:
            continue
        unhealthy.append(run["source"])
        before = crawls.run_before(store, crawl, run["source"])
        fresh = any(issue["crawl"] == crawl for issue in issues.open_alarms(store, run["source"]))
        if before is None or before["outcome"] not in UNHEALTHY or fresh:
            worse.append(run["source"])
    return Verdict(unhealthy=tuple(unhealthy), worse=tuple(worse))
