"""Crawls, the runs of their sources, the registry as it was read, and cursors."""

from collections.abc import Iterable

from crawler.sources import Registry, Source
from crawler.store import curated
from crawler.store.store import Row, Store, dumps


def mirror(store: Store, registry: Registry) -> list[str]:
    """Bring publishers, hosts and sources in line with the registry; return the sources whose kind is another one now.

    A source taken out of it stays, switched off.
    """
    kinds = {row["id"]: row["kind"] for row in store.all("select id, kind from sources")}
    for publisher in registry.publishers.values():
        store.upsert(
            "publishers",
            {
                "id": publisher.id,
                "name": publisher.name,
                "jurisdiction": publisher.jurisdiction,
                "licence": publisher.licence,
                "licence_url": publisher.licence_url,
                "attribution": publisher.attribution,
                "copy": publisher.copy,
            },
            ["id"],
        )
    store.do("delete from hosts")
    for host in registry.hosts.values():
        store.insert(
            "hosts",
            {
                "name": host.name,
                "delay": float(host.delay),
                "concurrency": host.concurrency,
                "timeout": float(host.timeout),
                "max_bytes": host.max_bytes,
                "private": int(host.private),
            },
        )
    store.do("update sources set enabled=0, reason='no longer in sources.yaml', position=position+100000")
    for position, source in enumerate(registry.sources.values()):
        _mirror_source(store, source, position)
    curated.mirror(store, registry)
    return [each.id for each in registry.sources.values() if kinds.get(each.id, each.kind) != each.kind]


def _mirror_source(store: Store, source: Source, position: int) -> None:
    expect = source.expect
    row = {
        "id": source.id,
        "name": source.name,
        "publisher": source.publisher,
        "kind": source.kind,
        "protocol": source.protocol,
        "url": source.url,
        "jurisdiction": source.jurisdiction,
        "schedule": int(source.schedule.total_seconds()),
        "evidence": source.evidence,
        "enabled": int(source.enabled),
        "reason": source.reason,
        "toolkit": dumps(list(source.toolkit)),
        "topics": dumps(list(source.topics)),
        "keep": source.keep,
        "expect": dumps(
            {
                "min": expect.min,
                "max": expect.max,
                "newest": expect.newest and int(expect.newest.total_seconds()),
                "zero": expect.zero,
            }
        ),
        "lists_others": int(source.lists_others),
        "position": position,
        "options_digest": source.options_digest,
    }
    if store.value("select 1 from sources where id=?", source.id):
        store.update("sources", {"id": source.id}, row)
    else:
        store.insert("sources", {**row, "first_options": ""})


def broke_off(store: Store, source: str, crawl: str) -> str | None:
    """Return the time of the last answer before the walk of a source that broke off, None where its last was complete.

    That is the last answer of its newest complete walk before this crawl; empty where there was none.
    """
    last = store.value("select walk from runs where source=? and crawl<? order by crawl desc limit 1", source, crawl)
    if last in (None, "complete"):
        return None
    found = store.value(
        "select max(f.time) from fetches f where f.crawl=(select max(crawl) from runs where source=? and crawl<?"
        " and walk='complete')",
        source, crawl,
    )  # fmt: skip
    return "" if found is None else str(found)


def scope(source: Row) -> str:
    """Return what decides which documents a source reaches: the options it is read with, and where its walks start."""
    return f"{source['options_digest']} {source['url']}"


def source(store: Store, identifier: str) -> Row:
    """Return the row of a source that exists; not to be changed."""
    row = store.row("sources", identifier)
    if row is None:
        raise KeyError(identifier)
    return row


def jurisdiction(store: Store, publisher: str) -> str:
    """Return where a publisher sits."""
    row = store.row("publishers", publisher)
    return "" if row is None else str(row["jurisdiction"])


def sources(store: Store) -> list[Row]:
    """Return the rows of all sources, in the order of sources.yaml."""
    return store.all("select * from sources order by position, id")


def start(store: Store, row: Row, due: Iterable[str]) -> None:
    """Insert a crawl and the runs of the sources that are due."""
    store.insert("crawls", row)
    for name in due:
        _start_run(store, row["id"], name, "open")


def _start_run(store: Store, crawl: str, source: str, walk: str) -> None:
    zeros = ("requests", "not_modified", "not_recorded", "failed", "bytes", "documents", "new", "changed", "known")
    row = {"crawl": crawl, "source": source, "outcome": "running", "walk": walk, **dict.fromkeys(zeros, 0)}
    store.insert("runs", row)


def current(store: Store) -> Row | None:
    """Return the newest crawl, or None before the first."""
    return store.one("select * from crawls order by id desc limit 1")


def has_left(store: Store, now: str) -> bool:
    """Return whether crawls left something for the next: a request, something to tell by now, a copy to redact."""
    found = store.value(
        "select exists(select 1 from frontier where state='queued') or exists(select 1 from redaction_pending)"
        " or exists(select 1 from outbox where state='waiting' and due<=?)",
        now,
    )
    return bool(found)


def clock(store: Store, crawl: str) -> str:
    """Return the clock of a crawl."""
    row = store.row("crawls", crawl)
    return str(None if row is None else row["clock"])


def clock_before(store: Store, crawl: str) -> str | None:
    """Return the clock of the crawl before a crawl, None before the first."""
    found = store.value("select clock from crawls where id<? order by id desc limit 1", crawl)
    return None if found is None else str(found)


def runs(store: Store, crawl: str) -> list[Row]:
    """Return the runs of a crawl, in the order of sources.yaml."""
    return store.all(
        "select r.* from runs r join sources s on s.id=r.source where r.crawl=? order by s.position, s.id", crawl
    )


def count(store: Store, crawl: str, source: str, **more: int) -> None:
    """Add to the counters of a run; a source that was not due gets a run when a page of it is asked."""
    sets = ",".join(f"{name}={name}+?" for name in more)
    sql, values = f"update runs set {sets} where crawl=? and source=?", (*more.values(), crawl, source)
    if not store.do(sql, *values):
        _start_run(store, crawl, source, "none")
        store.do(sql, *values)


def newest(store: Store, crawl: str, source: str, time: str) -> None:
    """Record a publisher's date on a listing, if it is the newest so far."""
    store.do("update runs set newest=max(coalesce(newest,''),?) where crawl=? and source=?", time, crawl, source)


def cursor(store: Store, source: str) -> str:
    """Return what the last complete walk of a source left behind, empty before the first."""
    found = store.value("select cursor from cursors where source=?", source)
    return "" if found is None else str(found)


def last_walk(store: Store, source: str) -> Row | None:
    """Return clock and state of the newest walk of a source, or None before the first."""
    return store.one(
        "select c.clock, r.walk from runs r join crawls c on c.id=r.crawl where r.source=? and r.walk<>'none'"
        " order by c.id desc limit 1",
        source,
    )


def open_walks(store: Store, crawl: str) -> list[str]:
    """Return the sources whose walk in a crawl is not finished."""
    rows = store.all("select source from runs where crawl=? and walk='open' order by source", crawl)
    return [str(row["source"]) for row in rows]


def last_run(store: Store, source: str) -> Row | None:
    """Return the newest run of a source that walked it, or None."""
    return store.one(
        "select * from runs where source=? and walk<>'none' order by crawl desc limit 1",
        source,
    )


def run_before(store: Store, crawl: str, source: str) -> Row | None:
    """Return the last run that walked a source before a crawl, or None."""
    return store.one(
        "select * from runs where source=? and crawl<? and walk<>'none' order by crawl desc limit 1", source, crawl
    )
