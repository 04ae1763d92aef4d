"""What needs a person, in few lines for a mail: told when it is new, then once a week until it is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crawler.classify.relevance import PATIENCE
from crawler.run.status import UNHEALTHY, verdict
from crawler.store import Row, Store, crawls, deliveries, issues, quarantine, relevance
from crawler.text import abridged, counted, moment, stamp
from crawler.wording import day

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
