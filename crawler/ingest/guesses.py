"""What the fold will want to have parsed of records that it has not come to: guessed, for those that parse ahead.

A guess may be wrong: whoever uses its answer compares the question first.
"""

from __future__ import annotations

from crawler.archive import Exchange, Journal
from crawler.ingest.readings import captured, is_never_read, is_redirect, is_same
from crawler.ingest.state import State, registry_at
from crawler.store import fetches
from crawler.worker import Question


class Guesses:
    """Goes through the records ahead of the fold, with what it needs of those between."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._registry = state.registry
        self._hops: dict[str, list[str]] = {}

    def of(self, record: Exchange | Journal) -> list[Question]:
        """Return what will probably be parsed of the next record."""
        if isinstance(record, Journal):
            if record.kind == "run-started":
                self._registry = registry_at(record)
            elif record.kind == "no-answer":
                self._hops.pop(record.payload["link"]["exchange"], None)
            return []
        link = record.link
        if is_redirect(record):
            hops = self._hops.setdefault(link["exchange"], [])
            hops.append(record.url if link["hop"] else link["url"])
            return []
        hops = self._hops.pop(link["exchange"], [])
        if is_never_read(record) or record.status == 304:
            return []
        if is_same(record, fetches.last_read(self._state.store, link["url"], link["accept"])):
            return []
        known = self._registry.sources
        return [
            (captured(record, each, hops), known[each["source"]]) for each in link["asked"] if each["source"] in known
        ]
