"""Differences become changes: dated, with their cause, under an id made of the captures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.ingest.state import State
from crawler.model import REPRESENTATIONS, Cause, Difference, Representation
from crawler.outbox import Seen, silence
from crawler.reconcile.intents import AddChange
from crawler.store import Row, changes, crawls, fetches, versions
from crawler.store.writer import carry_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What all differences between two versions share. ``silent`` says why they are not announced.

    ``occurred`` is from when the new version applies, ``starts`` from when single provisions of it do, by their paths;
    None where that is not known.
    """

    document: str
    previous: str | None
    version: str | None
    fetch: int
    cause: Cause
    occurred: str | None
    note: str
    silent: str
    starts: Mapping[str, str | None] = field(default_factory=dict)

    def since(self, difference: Difference) -> str | None:
        """Return from when a difference applies."""
        path = "" if difference.after is None else difference.after.path
        return self.starts.get(path, self.occurred) if self.occurred else None


def weaker(state: State, document: str, representation: Representation) -> bool:
    """Return whether a document shows a better representation, so that a difference in this one is no news."""
    shown = versions.shown_as(state.store, document)
    return shown is not None and REPRESENTATIONS.index(shown) < REPRESENTATIONS.index(representation)


def silent(state: State, source: str, cause: Cause, *, is_weaker: bool = False) -> str:
    """Return why changes seen through a source are not announced, empty where they are."""
    is_watched = cause != "source" or bool(crawls.source(state.store, source)["first_complete_walk"])
    return silence(Seen(cause=cause, is_weaker=is_weaker, is_watched=is_watched))


def of_versions(state: State, shared: Change, differences: Sequence[Difference]) -> int:
    """Store the differences between two versions; return how many are new."""
    intents = (
        AddChange(
            document=shared.document,
            difference=each,
            fetch=shared.fetch,
            previous=shared.previous,
            version=shared.version,
            cause=shared.cause,
            note=shared.note,
            occurred=shared.since(each),
            silent=shared.silent,
        )
        for each in differences
    )
    return carry_out(state.store, state.crawl, intents)


def of_document(state: State, row: Row, change: AddChange) -> bool:
    """Store a change of a document itself, such as new, retitled, status, date or note; return whether it is new."""
    source = fetches.get(state.store, change.fetch)["source"] or row["source"]
    reason = change.silent or silent(state, source, "source")
    return bool(carry_out(state.store, state.crawl, [replace(change, previous=row["current"], silent=reason)]))


def leads(state: State, row: Row, address: str, elsewhere: str, fetch: int) -> None:
    """Announce once that an address of a document leads to the page of another one that is held."""
    if not changes.leads(state.store, row["id"], elsewhere):
        difference = Difference(kind="relocated", path=changes.LEADS, old=address, new=elsewhere)
        of_document(state, row, AddChange(document=row["id"], difference=difference, fetch=fetch))
