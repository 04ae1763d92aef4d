"""What the first complete crawl of a registry asks, by host: requests, and the time they take at its pace."""

import math
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler import protocols
from crawler.model import Walk
from crawler.run.options import DATABASE
from crawler.sources import Host, Registry, Source
from crawler.store import Store, completeness, crawls

TOLD_ON_A_PAGE = 100
"""Documents on a page of a list that tells all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHost:
    """What one host is asked: pages of lists, and documents behind them, one request every ``delay`` seconds.

    ``is_least``: of some source nothing says how many documents there are, so that there may be more.
    """

    name: str
    delay: float
    sources: int
    lists: int
    documents: int
    is_least: bool

    @property
    def requests(self) -> int:
        """Return how many requests these are."""
        return self.lists + self.documents

    @property
    def hours(self) -> float:
        """Return how long they take."""
        return self.requests * self.delay / 3600

    def nights(self, minutes: float) -> int:
        """Return in how many crawls of so many minutes that is done."""
        return max(1, math.ceil(self.hours * 60 / minutes))


def plan(registry: Registry, data: Path, clock: datetime, names: Collection[str] = ()) -> list[PlannedHost]:
    """Return what the enabled sources, or those of the names, ask of each host, the slowest first.

    What a database knows of them counts. What stands on other hosts is counted to the host of its source.
    """
    known = _known(data)
    hosts: dict[str, list[tuple[int, int, bool]]] = {}
    for source in registry.sources.values():
        if source.enabled and (not names or source.id in names):
            hosts.setdefault(urlsplit(source.url).netloc.lower(), []).append(_asked(source, known, clock))
    found = [
        PlannedHost(
            name=name,
            delay=float(registry.hosts.get(name, Host(name=name)).delay),
            sources=len(each),
            lists=sum(lists for lists, _, _ in each),
            documents=sum(documents for _, documents, _ in each),
            is_least=any(is_least for _, _, is_least in each),
        )
        for name, each in hosts.items()
    ]
    return sorted(found, key=lambda each: (-each.hours, each.name))


def _asked(source: Source, known: Mapping[str, int], clock: datetime) -> tuple[int, int, bool]:
    """Return the pages of lists and the documents of a source, and whether there may be more documents."""
    links = list(protocols.start(source, Walk(clock=clock)))
    lists = sum(link.role == "listing" for link in links) + sum(1 for _ in _slices(source, clock))
    named = len(links) - sum(link.role == "listing" for link in links)
    follow = source.followed
    if follow is not None and source.id not in known:
        return lists, named + follow.max_documents, False
    if not lists:
        return lists, named, False
    listed = known.get(source.id, source.expect.max or source.expect.min)
    is_least = source.id not in known and source.expect.max is None
    if _is_told_on_its_list(source):
        return lists + listed // TOLD_ON_A_PAGE, named, is_least
    return lists, max(named, listed), is_least


def _is_told_on_its_list(source: Source) -> bool:
    """Return whether all that is read of a document stands on the list that names it."""
    if source.protocol == "parliament":
        return not source.url.rstrip("/").endswith("/Bills")
    return source.protocol == "feed" and source.follow is False


def _slices(source: Source, clock: datetime) -> Iterator[object]:
    if source.backfill is not None:
        for cut in source.backfill.cuts(clock.date()):
            yield from protocols.sliced(source, cut, clock)


def _known(data: Path) -> dict[str, int]:
    """Return by source how many documents its list is known to have."""
    if not Store.is_at(data / DATABASE):
        return {}
    with closing(Store.open(data / DATABASE)) as store:
        listed = {row["id"]: row["last_entries"] for row in crawls.sources(store) if row["last_entries"] is not None}
        counted = {row["source"]: row["listed"] or row["read"] for row in completeness.all_of(store) if row["counted"]}
    return listed | counted
