"""What the fold knows while it goes through the archive."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from crawler import protocols
from crawler.archive import Archive, Journal, Place
from crawler.errors import ArchiveError
from crawler.reconcile.intents import Intent
from crawler.sources import Decisions, Registry, Settings, recorded_decisions, registry_of_archive
from crawler.store import Store, crawls
from crawler.store.writer import carry_out
from crawler.text import moment, stamp


def registry_at(started: Journal) -> Registry:
    """Return the registry that a crawl read when it started; not to be changed."""
    payload = started.payload
    return _registry(payload["sources"], tuple(payload["due"]), payload.get("local", ""))


@lru_cache(maxsize=2)
def _registry(sources: str, due: tuple[str, ...], local: str) -> Registry:
    return registry_of_archive(sources, due, protocols.OPTIONS, local=local)


EMPTY = Registry(settings=Settings(), publishers={}, hosts={}, sources={})


@dataclass(slots=True, kw_only=True)
class State:
    """The database, the archive behind it, and the crawl whose records are being applied.

    ``registry`` and ``decisions`` are those that the crawl itself read; ``clock`` is the time it takes for now.
    ``parsers`` holds the version of each protocol's parser that is at work here.
    """

    store: Store
    archive: Archive
    parsers: Mapping[str, str]
    crawl: str = ""
    clock: datetime = field(default_factory=lambda: moment("1970-01-01T00:00:00Z"))
    registry: Registry = EMPTY
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def now(self) -> str:
        """Return the clock of the crawl as text."""
        return stamp(self.clock)

    def carry_out(self, intents: Iterable[Intent]) -> int:
        """Carry out what was decided; return how many changes are new."""
        decided = tuple(intents)
        return carry_out(self.store, self.crawl, decided) if decided else 0

    def enter(self, started: Journal) -> None:
        """Take over what a crawl read when it started."""
        payload = started.payload
        self.crawl = payload["run"]
        self.clock = moment(payload["clock"])
        self.registry = registry_at(started)
        self.decisions = recorded_decisions(payload["decisions"])

    def resume(self) -> None:
        """Take over the newest crawl of the database, from its journal in the archive."""
        row = crawls.current(self.store)
        if row is None:
            return
        before = Place(file=row["file"], offset=0, length=row["offset"])
        record = next(iter(self.archive.records(before)), None)
        if not isinstance(record, Journal) or record.payload.get("run") != row["id"]:
            raise ArchiveError(f"{row['file']}:{row['offset']}: the journal of crawl {row['id']} does not start here")
        self.enter(record)
