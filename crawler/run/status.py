"""How things stand: the outcome of every source, its open issues, and what a monitor should think of it.

What needs a person is told in few lines for a mail: when it is new, then once a week until it is resolved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.classify.relevance import PATIENCE
from crawler.errors import ConfigError
from crawler.run.options import DATABASE
from crawler.store import Row, Store, completeness, crawls, deliveries, frontier, issues, quarantine, relevance, series
from crawler.text import abridged, counted, moment, stamp
from crawler.wording import day

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
    if not Store.is_at(data / DATABASE):
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


MAX_LINES = 10
"""Most lines of a mail; the last of them says how many more there are."""
MAX_DETAIL = 160
"""Most characters told of one issue."""


def mail(store: Store, crawl: str, data: Path) -> list[str]:
    """Return what cron mails after a crawl: nothing unless a source is newly unhealthy or worse, or a week began.

    What is not resolved is told again by the first crawl of each week (ISO 8601: from Monday).
    """
    worse = verdict(store, crawl).worse
    if not worse and not _begins_week(store, crawl):
        return []
    lines = [*lines_of(store, crawl, worse), *_undelivered(data)]
    if len(lines) <= MAX_LINES:
        return lines
    rest = len(lines) - MAX_LINES + 1
    return [*lines[: MAX_LINES - 1], f"{counted(rest, 'more thing needs', 'more things need')} a look: roundup status"]


def lines_of(store: Store, crawl: str, worse: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each thing that needs a person as of a crawl: what is new first, then what still is not well."""
    still = []
    for source in crawls.sources(store):
        run = crawls.last_run(store, source["id"])
        if not source["enabled"] or run is None or run["outcome"] not in UNHEALTHY:
            continue
        if source["id"] in worse:
            yield f"newly unhealthy or worse: {_why(store, source, run)}"
        else:
            still.append(f"still unhealthy: {_why(store, source, run)}")
    yield from still
    held = quarantine.summary(store)
    if held["number"]:
        yield f"quarantined: {counted(held['number'], 'text')}, the oldest since {day(held['since'])}"
    clock = moment(crawls.clock(store, crawl))
    review = relevance.queue(store, before=stamp(clock - PATIENCE))
    if review["waiting"]:
        old, since = counted(int(str(review["waiting"])), "document"), day(str(review["oldest"]))
        yield f"waiting for a decision over {PATIENCE.days} days: {old}, the oldest since {since}: roundup review"


def _undelivered(data: Path) -> Iterator[str]:
    """Yield what was not delivered to whom; what arrived, though perhaps twice, needs nobody."""
    for row in deliveries.standing(data):
        if row["state"] != deliveries.SENT_TWICE:
            yield f"not delivered to {row['addressee']}: {row['state']} since {day(row['since'])}: {row['error']}"


def _why(store: Store, source: Row, run: Row) -> str:
    """Return a source with its oldest alarm, else its outcome: since when, and what was found."""
    alarms = issues.open_alarms(store, source["id"]) or issues.open_of(store, source["id"])
    if not alarms:
        last = f", last read well on {day(source['last_success'])}" if source["last_success"] else ""
        return f"{source['id']}: {run['outcome']}{last}"
    more = f" (and {counted(len(alarms) - 1, 'more issue')})" if len(alarms) > 1 else ""
    first = alarms[0]
    return f"{source['id']} since {day(first['since'])}: {first['kind']}: {_short(first['detail'])}{more}"


def _short(detail: str) -> str:
    return abridged(" ".join(detail.split()), MAX_DETAIL, MAX_DETAIL)


def _begins_week(store: Store, crawl: str) -> bool:
    """Whether a crawl is the first of its week, by the clocks of crawls; the first of all is not."""
    before = crawls.clock_before(store, crawl)
    if before is None:
        return False
    now = moment(crawls.clock(store, crawl))
    return now.isocalendar()[:2] > moment(before).isocalendar()[:2]
