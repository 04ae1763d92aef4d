"""Helplines: an issue as long as a number for people in danger was not checked for 90 days."""

from __future__ import annotations

from datetime import datetime

from crawler.sources.helplines import MAX_AGE, load_helplines
from crawler.store import Store, issues
from crawler.store.issues import Finding
from crawler.text import stamp

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
