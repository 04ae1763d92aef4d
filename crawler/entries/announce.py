"""What was announced is what the journal says was announced: no more, no less, whatever a new parser makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.entries import gathered
from crawler.entries.compose import compose, identifier
from crawler.entries.gathered import OLDER, gathered_entry
from crawler.entries.values import put
from crawler.outbox import Lot
from crawler.store import Store, entries, outbox


def announcement(store: Store, crawl: str) -> dict[str, Any]:
    """Return what a crawl has to announce, as the journal keeps it: its own entries, and those that no longer follow.

    ``new`` holds rows as they are announced, so that an entry outlives the reading it came from; ``corrected`` ids.
    """
    return {"new": entries.waiting(store, crawl), "corrected": entries.orphaned(store)}


def announce(store: Store, crawl: str, payload: Mapping[str, Any]) -> None:
    """Announce what a journal record says.

    One that the present reading does not give any more is kept as it was announced, marked as such, until a record
    takes it back. One that is missing only because our rules judge its family otherwise now is made all the same.
    """
    time = str(payload["time"])
    for row in payload["new"]:
        if not _is_made(store, row):
            _made_all_the_same(store, crawl, row)
        entries.announce(store, row, crawl, time)
    for name in payload["corrected"]:
        entries.take_back(store, str(name), crawl, time)


def _is_made(store: Store, row: Mapping[str, Any]) -> bool:
    """Return whether the present reading gives an entry, one of several documents with the same ones."""
    name = str(row["id"])
    return entries.is_there(store, name) and row.get("documents", []) in ([], entries.documents(store, name))


def _made_all_the_same(store: Store, crawl: str, row: Mapping[str, Any]) -> None:
    root, clock = str(row["document"] or ""), entries.clock(store, crawl)
    if row["kind"] in entries.GATHERED:
        families = [family for name in row["documents"] if (family := gathered.whatever(store, crawl, name))]
        lot = Lot(source=row["source"], families=tuple(families), is_old=row["kind"] == OLDER)
        made = gathered_entry(store, crawl, clock, lot) if families else None
    else:
        family = gathered.whatever(store, crawl, root) if row["id"] == identifier(root, crawl) else None
        made = compose(store, crawl, clock, family) if family else None
    if made is not None:
        outbox.forget(store, row["id"])
        put(store, replace(made, row={**made.row, "id": row["id"]}))
        entries.stand(store, row)
