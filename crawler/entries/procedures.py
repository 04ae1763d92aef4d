"""Procedures of the EU and bills: what happened in one last, and on which day, and the act that came of it."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.entries.dates import day
from crawler.entries.law import instrument
from crawler.entries.templates import Sentence, name_list, say, structure
from crawler.outbox import Family
from crawler.store import Row, Store, told

NAMED = 3
"""Most events of the last day that are named."""
PREFIX = "procedure:"
"""Ids of procedures begin so."""


def events(store: Store, due: Family, top: Row, kind: str) -> Iterator[Sentence]:
    """Yield the last event of a procedure up to what is told of it, and its final act; the Act that a bill became."""
    if top["kind"] == "bill" and kind in ("new", "status"):
        for relation, became in (("became", "became an act"), ("final act", "adopted as")):
            for row in told.targets(store, due.root, relation):
                yield say(became, act=instrument(row["target"], row["title"]))
    document, until = due.root, max(str(top["updated"] or ""), *(str(row["seen"]) for row in due.rows))
    if not document.startswith(PREFIX) or kind not in ("new", "status", "date"):
        return
    if last := told.last_events(store, document, until):
        named = name_list([structure(row["event"]) for row in last], NAMED)
        yield say("last event", event=named, day=structure(day(last[0]["date"])))
    for row in told.targets(store, document, "final act"):
        yield say("final act", act=instrument(row["target"], row["title"]))
