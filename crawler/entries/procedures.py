"""Procedures of the EU: what happened in one last, and on which day, and the act that came of it."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.entries.dates import day
from crawler.entries.law import instrument
from crawler.entries.selection import Due
from crawler.entries.templates import Said, say, structure
from crawler.store import Store, told

PREFIX = "procedure:"
"""Ids of procedures begin so."""


def events(store: Store, due: Due, kind: str) -> Iterator[Said]:
    """Yield the last event of a procedure up to what is told of it, and its final act; nothing of other documents."""
    document, until = due.root, max(str(row["seen"]) for row in due.rows)
    if not document.startswith(PREFIX) or kind not in ("new", "status", "date"):
        return
    if (last := told.last_event(store, document, until)) is not None:
        yield say("last event", event=structure(last["event"]), day=structure(day(last["date"])))
    for row in told.targets(store, document, "final act"):
        yield say("final act", act=instrument(row["target"], row["title"]))
