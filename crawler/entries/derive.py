"""The entries of one crawl, made from what its publishers changed."""

from __future__ import annotations

from datetime import datetime

from crawler.entries import compose, series
from crawler.entries.due import due
from crawler.entries.templates import chained, say, source, structure
from crawler.entries.values import Entry, put
from crawler.store import Store, entries
from crawler.text import stamp


def derive(store: Store, crawl: str, clock: datetime) -> int:
    """Make the entries of a crawl, not announced yet; give how many.

    Raises:
        KeyError: a family with a change was not classified.
    """
    made = [compose.compose(store, crawl, clock, family) for family in due(store, crawl, clock)]
    made += [*_watching(store, crawl, clock), *series.missed(store, crawl, clock)]
    for entry in made:
        put(store, entry)
    return len(made)


def _watching(store: Store, crawl: str, clock: datetime) -> list[Entry]:
    """One entry says which sources are watched from this crawl on, instead of announcing all they hold."""
    started, unread = entries.watching(store, crawl, stamp(clock))
    if not started:
        return []
    many = say("watching", count=structure(len(started))) if len(started) > 1 else say("watching one")
    title = say("watching, unread", started=many, count=structure(len(unread))) if unread else many
    summary = [say("watched", names=chained("comma", [source(name) for name in started]))]
    if unread:
        summary.append(say("unread", names=chained("comma", [source(name) for name in unread])))
    row = {
        "id": compose.identifier("", crawl),
        "crawl": crawl,
        "kind": "watching",
        "document_kind": "round-up",
        "seen": stamp(clock),
    }
    return [Entry(row=row, title=title, summary=summary)]
