"""Changes of documents themselves, silent where their source had no complete healthy walk before."""

from __future__ import annotations

from dataclasses import replace

from crawler.ingest.state import State
from crawler.model import Difference
from crawler.outbox import Seen, silence
from crawler.reconcile.intents import AddChange
from crawler.store import Row, changes, fetches, known
from crawler.store.writer import carry_out


def of_document(state: State, row: Row, change: AddChange) -> bool:
    """Store a change of a document itself, such as new, retitled, status, date or note; return whether it is new."""
    is_watched = known.is_watched(state.store, fetches.get(state.store, change.fetch), row)
    reason = change.silent or silence(Seen(is_watched=is_watched))
    return bool(carry_out(state.store, state.crawl, [replace(change, previous=row["current"], silent=reason)]))


def leads(state: State, row: Row, address: str, elsewhere: str, fetch: int) -> None:
    """Announce once that an address of a document leads to the page of another one that is held."""
    if not changes.leads(state.store, row["id"], elsewhere):
        difference = Difference(kind="relocated", path=changes.LEADS, old=address, new=elsewhere)
        of_document(state, row, AddChange(document=row["id"], difference=difference, fetch=fetch))
