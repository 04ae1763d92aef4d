"""A world that grows from crawl to crawl, and a reader who knows feeds and their archives, and nothing of us."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any
from urllib.parse import urljoin

import feedparser

from crawler.feeds import Filter
from tests.public.entries_world import Row, add, empty, enter, index, row

PLAIN = {"kind": "changed", "significance": "substantive", "state": "announced"}


def world(crawls: Sequence[tuple[str, int]]) -> Connection:
    """Return a database after some crawls: the time of each, and how many entries it announced."""
    db, rows = empty(), list[Row]()
    for time, count in crawls:
        for number in range(len(rows), len(rows) + count):
            one = row(number)
            columns = {**one.columns, **PLAIN, "announced": time, "updated": time}
            rows.append(Row(id=one.id, columns=columns, facets=one.facets, places=one.places))
    rows.sort(key=lambda one: one.id)
    for n, one in enumerate(sorted(rows, key=lambda one: str(one.columns["announced"]), reverse=True), 1):
        enter(db, one, n)
    add(db, "about", key="clock", value=crawls[-1][0])
    index(db)
    return db


def fitting(db: Connection, filter: Filter) -> set[str]:
    """Return the ids of all entries of a filter, by the plain reading of the tests."""
    times = dict(db.execute("select id, announced from entries").fetchall())
    listed = [row(int(id[1:])) for id in times]
    return {
        one.id
        for one in listed
        if Row(id=one.id, columns={**one.columns, **PLAIN, "announced": times[one.id]}, facets=one.facets,
               places=one.places).fits(filter)
    }  # fmt: skip


@dataclass(slots=True)
class Subscriber:
    """Polls an address, and follows ``prev-archive`` until it meets a part that it has: RFC 5005, 4.1."""

    fetch: Callable[[str], bytes]
    address: str
    known: set[str] = field(default_factory=set)
    entries: list[str] = field(default_factory=list)
    asked: int = 0

    def poll(self) -> None:
        address, found = self.address, list[Any]()
        while address and address not in self.known:
            body = feedparser.parse(self.fetch(address))
            assert not body.bozo, body.get("bozo_exception")
            self.asked += 1
            found += body.entries
            if address != self.address:
                self.known.add(address)
                links = {link.rel: urljoin(address, link.href) for link in body.feed.links}
                assert links["current"] == self.address
            before = [link.href for link in body.feed.get("links", []) if link.rel == "prev-archive"]
            address = urljoin(address, before[0]) if before else ""
        self.entries += list(dict.fromkeys(one.id for one in found if one.id not in self.entries))
