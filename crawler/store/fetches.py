"""Fetches: every request and its answer or failure, and the validators for asking again."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.store.store import Row, Store

READ = ("accepted", "unchanged")
"""Outcomes of fetches whose body was read; only their validators are used again."""


def add(store: Store, row: Mapping[str, object]) -> int:
    """Insert a fetch and give its number."""
    return store.insert("fetches", row)


def settle(store: Store, fetch: int, outcome: str, reason: str = "") -> None:
    """Set the outcome of a fetch."""
    store.update("fetches", {"id": fetch}, {"outcome": outcome, "reason": reason})


def listed(store: Store, fetch: int, entries: int | None, newest: str | None) -> None:
    """Note what a listing listed."""
    store.update("fetches", {"id": fetch}, {"entries": entries, "newest": newest})


def last_read(store: Store, url: str, accept: str, before: int | None = None) -> Row | None:
    """Give the newest fetch of an address whose body was read, or None."""
    return store.one(
        "select * from fetches where url=? and accept=? and outcome in ('accepted','unchanged') and id<?"
        " order by time desc, id desc limit 1",
        url, accept, before if before is not None else 1 << 62,
    )  # fmt: skip


def newest_time(store: Store, url: str, accept: str) -> str | None:
    """Give the time of the newest answer of an address to a request for some media types, whatever became of it."""
    found = store.value(
        "select max(time) from fetches where url=? and accept=? and status is not null and file<>''", url, accept
    )
    return None if found is None else str(found)


def hops(store: Store, exchange: str, hop: int) -> list[Row]:
    """Give the redirects that led to a hop, in order."""
    return store.all("select url, status from fetches where exchange=? and hop<? order by hop", exchange, hop)


def get(store: Store, fetch: int) -> Row:
    """Give a fetch that exists."""
    row = store.one("select * from fetches where id=?", fetch)
    if row is None:
        raise KeyError(fetch)
    return row


def pages_walked(store: Store, crawl: str, source: str) -> int:
    """Give how many listing pages of a source were answered in a crawl."""
    return int(
        store.value(
            "select count(distinct exchange) from fetches where crawl=? and source=? and role in ('listing','next')",
            crawl,
            source,
        )
    )


def last_answer(store: Store, url: str, accept: str) -> Row | None:
    """Give the newest fetch of an address that was answered with a body, whatever became of it, or None."""
    return store.one(
        "select * from fetches where url=? and accept=? and status is not null and status<>304 and file<>''"
        " order by id desc limit 1",
        url, accept,
    )  # fmt: skip


def last_exchange(store: Store, crawl: str) -> int:
    """Give the highest number of an exchange of a crawl, 0 where there is none."""
    found = store.value(
        "select max(cast(substr(exchange, instr(exchange, '/')+1) as integer)) from fetches where crawl=?", crawl
    )
    return int(found or 0)


def alive_hosts(store: Store, crawl: str, url: str) -> bool:
    """Tell whether another page of the same host was answered well in a crawl. ``url`` is left out."""
    prefix = "/".join(url.split("/", 3)[:3]) + "/"
    return (
        store.value(
            "select 1 from fetches where crawl=? and url>=? and url<? and url<>? and role<>'robots'"
            " and outcome in ('accepted','unchanged','not modified') limit 1",
            crawl, prefix, prefix + "\U0010ffff", url,
        )
        is not None
    )  # fmt: skip


def missing(store: Store, crawl: str) -> list[Row]:
    """Give the last answer "not found" of each document page in a crawl."""
    return store.all("select * from fetches where crawl=? and outcome='missing' order by id", crawl)


def asked(store: Store, crawl: str) -> Row:
    """Give the accounts of a crawl: requests asked, answered, failed, not recorded and lost."""
    row = store.one(
        "select count(*) as asked,"
        " coalesce(sum(outcome='failed'),0) as failed, coalesce(sum(outcome='not recorded'),0) as not_recorded,"
        " coalesce(sum(outcome='lost'),0) as lost"
        " from (select exchange, outcome, max(hop) from fetches where crawl=? and role<>'robots' group by exchange)",
        crawl,
    )
    return row or {}


def held_listings(store: Store, crawl: str, source: str) -> int:
    """Give how many listing pages of a source are held in a crawl."""
    return int(
        store.value(
            "select count(*) from fetches where crawl=? and source=? and role in ('listing','next')"
            " and outcome='held'",
            crawl, source,
        )
    )  # fmt: skip


def robots(store: Store, crawl: str, url: str) -> Row | None:
    """Give the robots.txt that was answered in a crawl at an address, or None."""
    return store.one(
        "select * from fetches where crawl=? and url=? and role='robots' and status is not null"
        " order by id desc limit 1",
        crawl, url,
    )  # fmt: skip
