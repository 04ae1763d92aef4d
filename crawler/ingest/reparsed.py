"""What a new parser reads differently, as the journal says: changes with cause ``parser``, never announced.

Where our rules put a document into another band is told by :mod:`crawler.derive`.
"""

from collections.abc import Mapping
from typing import Any

from crawler.ingest.state import State
from crawler.model import digest_of
from crawler.outbox import Seen, silence
from crawler.store import Row, changes, documents, versions

PENDING = "read anew"
"""Fact of the database that holds what is to be journalled; see :mod:`crawler.run.reparsed`."""


def apply(state: State, rows: list[Mapping[str, Any]], time: str) -> None:
    """Store the differences of a journal record, which wait no longer; those of documents read no more are left out."""
    state.store.drop_meta(PENDING)
    for row in rows:
        name = documents.resolve(state.store, row["document"])
        if row["kind"] == "band" or documents.get(state.store, name) is None:
            continue
        known = versions.fetch_of(state.store, row["version"])
        made: Row = {
            "id": digest_of(name, state.crawl, "parser", row["kind"], row["path"])[:24],
            "document": name,
            "version": row["version"] if known is not None else None,
            "kind": row["kind"],
            "path": row["path"],
            "before": row["before"],
            "after": row["after"],
            "position": row["position"],
            "cause": "parser",
            "seen": time,
            "crawl": state.crawl,
            "fetch": known,
        }
        changes.add(state.store, [made], silent=silence(Seen(cause="parser")))
