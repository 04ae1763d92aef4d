"""The whole fold: one record of the archive at a time, each in one transaction with its place."""

from collections.abc import Awaitable, Callable, Iterator, Sequence

from crawler import derive, entries, health, ingest
from crawler.archive import Exchange, Journal, Place
from crawler.ingest import Read, Reading, State, readings
from crawler.store import applied

Reader = Callable[[Reading], Read]
AnyReader = Callable[[Reading], Read | Awaitable[Read]]
"""Parses a reading: at once, or in the worker while the event loop goes on."""


def apply(state: State, record: Exchange | Journal, reads: Sequence[Read] = ()) -> None:
    """Apply one record, with the pages that were read from it, and note its place in the archive.

    Raises:
        StoreError: the database could not be written; nothing of the record was applied then.
        ArchiveError: the record is of a kind that this version does not know.
    """
    with state.store.transaction():
        ingest.apply(state, record, reads)
        if isinstance(record, Journal):
            _whole_crawl(state, record)
        applied.note(state.store, record.place.file, str(record.place), record.place.end)


def _whole_crawl(state: State, record: Journal) -> None:
    """What looks at a crawl as a whole, when its journal says that it is at that point."""
    if record.kind == "run-closing":
        health.assess(state.store, state.crawl, state.clock)
        health.assess_series(state.store, state.crawl, state.clock)
        health.assess_helplines(state.store, state.crawl, state.clock)
        health.assess_reviews(state.store, state.crawl, state.clock)
        # What a crawl that was killed did not come to says nothing of what its sources have.
        whole = not record.payload.get("interrupted", False)
        derive.close(state, whole=whole)
        entries.derive(state.store, state.crawl, state.clock, whole=whole)
    elif record.kind == "read-anew":
        derive.move(state, record.payload["changes"])
    elif record.kind == "entries-announced":
        entries.announce(state.store, state.crawl, record.payload)


def position(state: State) -> Place | None:
    """Return the place of the last record that was applied, None before the first."""
    noted = state.store.meta(applied.POSITION)
    return None if noted is None else Place.of(noted)


def catch_up(
    state: State,
    read: Reader,
    progress: Callable[[Exchange | Journal], None] = lambda record: None,
    ahead: Callable[[Iterator[Exchange | Journal]], Iterator[Exchange | Journal]] = iter,
) -> int:
    """Apply everything that lies behind the committed place of the archive; return how many records that was.

    ``ahead`` hands the records on, and may look at later ones before.

    Raises:
        ArchiveError: the archive is damaged, or the committed place is not in it.
        StoreError: the database could not be written.
    """
    done = 0
    for record in ahead(state.archive.records(position(state))):
        apply(state, record, [read(reading) for reading in readings(state, record)])
        progress(record)
        done += 1
    return done
