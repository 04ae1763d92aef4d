"""Lists kept by hand: an issue as long as a person has not gone through one for too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from crawler.store import Store, curated, issues
from crawler.store.issues import Finding
from crawler.text import moment, stamp

MAX_AGE: Mapping[str, timedelta] = {
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
        block, most = row["block"], MAX_AGE[row["block"]]
        if row["reviewed"] and clock - moment(row["reviewed"]) <= most:
            continue
        found.add(block)
        seen = f"last reviewed {row['reviewed']}" if row["reviewed"] else "never reviewed"
        detail = f"block {block} of sources.yaml, {row['entries']} entries: {seen}; expected every {most.days} days"
        finding = Finding(source=None, kind="unreviewed", subject=block, detail=detail, severity="note")
        issues.report(store, finding, crawl=crawl, clock=now)
    for block in MAX_AGE.keys() - found:
        issues.resolve(store, clock=now, source=None, kind="unreviewed", subject=block)
