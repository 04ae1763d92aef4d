"""Fetches: every request and its answer or failure, and the validators for asking again."""

import json
from collections.abc import Collection, Mapping

from crawler.identifiers import address_of
from crawler.model import Link
from crawler.store.store import Row, Store, dumps

READ_OUTCOMES = ("accepted", "unchanged")
"""Outcomes of fetches whose body was read; only their validators are used again."""


def add(store: Store, row: Mapping[str, object]) -> int:
    """Insert a fetch and give its number."""
    return store.insert("fetches", row)


def settle(store: Store, fetch: int, outcome: str, reason: str = "") -> None:
    """Set the outcome of a fetch."""
    store.update("fetches", {"id": fetch}, {"outcome": outcome, "reason": reason})


def was_read(store: Store, crawl: str, url: str, accept: str) -> bool:
    """Return whether a request for an address brought a page in a crawl that was read, or confirmed as it was."""
    return (
        store.value(
            "select 1 from fetches g join fetches f on f.exchange=g.exchange"
            " and f.outcome in ('accepted','unchanged','not modified')"
            " where g.url=? and g.accept=? and g.hop=0 and g.crawl=? limit 1",
            url, accept, crawl,
        )
        is not None
    )  # fmt: skip


def note_readers(store: Store, fetch: int, sources: Collection[str], options_digest: str | None = None) -> None:
    """Record which sources could read a fetch: only these, as they read now; or, with their ``reading``, these too."""
    row = get(store, fetch)
    known = json.loads(row["options_digest"])
    if options_digest is None:
        noted = {name: known[name] for name in sources if name in known}
    else:
        noted = known | dict.fromkeys(sources, options_digest)
    if noted != known:
        store.update("fetches", {"id": fetch}, {"options_digest": dumps(noted)})


def forget_reader(store: Store, url: str, accept: str, source: str) -> None:
    """Have a source parse a page again when it is next asked, though it may be as it was read last."""
    while (row := last_read_by(store, url, accept, source)) is not None:
        known = json.loads(row["options_digest"])
        del known[source]
        store.update("fetches", {"id": row["id"]}, {"options_digest": dumps(known)})


def why(store: Store, fetch: int) -> str:
    """Return why a page was asked for."""
    asked = json.loads(get(store, fetch)["asked"])
    return str(asked[0].get("why") if asked else None)


def listed(store: Store, fetch: int, entries: int | None, newest: str | None) -> None:
    """Record what a listing listed."""
    store.update("fetches", {"id": fetch}, {"entries": entries, "newest": newest})


def last_read(store: Store, url: str, accept: str, before: int | None = None) -> Row | None:
    """Return the newest fetch that answered a request for an address and whose body was read, or None.

    It may have answered behind redirects. The newest is the one archived last: a clock may be wrong.
    """
    return store.one(
        "select f.* from fetches g join fetches f on f.exchange=g.exchange and f.outcome in ('accepted','unchanged')"
        " where g.url=? and g.accept=? and g.hop=0 and g.id<? order by g.id desc limit 1",
        url, accept, before if before is not None else 1 << 62,
    )  # fmt: skip


def last_read_by(store: Store, url: str, accept: str, source: str, before: int | None = None) -> Row | None:
    """Return the newest such fetch that a source could read, or None: another source may have asked since.

    Those of :func:`is_of_backfill` are left out.
    """
    return store.one(
        "select f.* from fetches g join fetches f on f.exchange=g.exchange and f.outcome in ('accepted','unchanged')"
        " where g.url=? and g.accept=? and g.hop=0 and g.id<? and (f.role<>'slice' or f.entries is not null)"
        " and exists (select 1 from json_each(f.options_digest) where key=?) order by g.id desc limit 1",
        url, accept, before if before is not None else 1 << 62, source,
    )  # fmt: skip


def is_of_backfill(fetch: Row) -> bool:
    """Return whether a fetch read a page of a list for its backfill alone."""
    return bool(fetch["role"] == "slice" and fetch["entries"] is None)


def newest_time(store: Store, url: str, accept: str) -> str | None:
    """Return the time of the newest answer of an address to a request for some media types, whatever became of it."""
    found = store.value(
        "select max(time) from fetches where url=? and accept=? and status is not null and file<>''", url, accept
    )
    return None if found is None else str(found)


def hops(store: Store, exchange: str, hop: int) -> list[Row]:
    """Return the redirects that led to a hop, in order."""
    if not hop:
        return []
    return store.all("select url, status from fetches where exchange=? and hop<? order by hop", exchange, hop)


def get(store: Store, fetch: int) -> Row:
    """Return a fetch that exists; not to be changed."""
    row = store.row("fetches", fetch)
    if row is None:
        raise KeyError(fetch)
    return row


def of_exchange(store: Store, exchange: str, hop: int) -> Row | None:
    """Return a fetch by its natural key, or None."""
    return store.one("select * from fetches where exchange=? and hop=?", exchange, hop)


def is_walked(store: Store, link: Link, source: str, crawl: str) -> bool:
    """Return whether a source got an answer to a link in a crawl, or one that others had asked for."""
    return (
        store.value(
            "select 1 from fetches g join fetches f on f.exchange=g.exchange"
            " where g.crawl=? and g.url=? and g.accept=? and g.hop=0 and g.role<>'slice'"
            " and (exists (select 1 from json_each(g.asked) where value->>'source'=?)"
            " or exists (select 1 from json_each(f.options_digest) where key=?)) limit 1",
            crawl, address_of(link), link.accept, source, source,
        )
        is not None
    )  # fmt: skip


def confirmed(store: Store, row: Row) -> int:
    """Return how often a server said since a fetch was read that its page did not change."""
    return int(
        store.value(
            "select count(*) from fetches where url=? and accept=? and id>? and status=304",
            row["url"], row["accept"], row["id"],
        )
    )  # fmt: skip


def last_answer(store: Store, url: str, accept: str) -> Row | None:
    """Return the newest fetch of an address that was answered with a body, whatever became of it, or None."""
    return store.one(
        "select * from fetches where url=? and accept=? and status is not null and status<>304 and file<>''"
        " order by id desc limit 1",
        url, accept,
    )  # fmt: skip


def last_exchange(store: Store, crawl: str) -> int:
    """Return the highest number of an exchange of a crawl, 0 where there is none."""
    found = store.value(
        "select max(cast(substr(exchange, instr(exchange, '/')+1) as integer)) from fetches where crawl=?", crawl
    )
    return int(found or 0)


def is_alive(store: Store, crawl: str, url: str) -> bool:
    """Return whether another page of the host of an address was answered well in a crawl; the address is left out."""
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
    """Return the answers "not found" to requests for documents in a crawl, in order."""
    return store.all("select * from fetches where crawl=? and outcome='missing' order by id", crawl)


def is_shared(store: Store, url: str, asked: str) -> bool:
    """Return whether redirects from other addresses than one led to an address, in any crawl."""
    return (
        store.value(
            "select 1 from fetches f join fetches g on g.exchange=f.exchange and g.hop=0"
            " where f.url=? and f.hop>0 and g.url<>? limit 1",
            url, asked,
        )
        is not None
    )  # fmt: skip


def is_read_once(store: Store, document: str) -> bool:
    """Return whether the page of which the first text of a document was read has had no other body since."""
    found = store.value(
        "select count(*) from fetches where outcome='accepted' and url="
        "(select f.url from versions v join fetches f on f.id=v.fetch where v.document=? order by v.fetch limit 1)",
        document,
    )
    return int(found) == 1


def last_landing(store: Store, url: str, accept: str, before: int) -> str | None:
    """Return where a page was found when last read or confirmed: the end of its redirects, or its address."""
    found = store.value(
        "select f.url from fetches g join fetches f on f.exchange=g.exchange"
        " where g.url=? and g.accept=? and g.hop=0 and f.id<?"
        " and f.outcome in ('accepted','unchanged','not modified') order by f.id desc limit 1",
        url, accept, before,
    )  # fmt: skip
    return None if found is None else str(found)


def asked(store: Store, crawl: str) -> Row:
    """Return the accounts of a crawl: requests asked, answered, failed, not recorded and lost."""
    row = store.one(
        "select count(*) as asked,"
        " coalesce(sum(outcome='failed'),0) as failed, coalesce(sum(outcome='not recorded'),0) as not_recorded,"
        " coalesce(sum(outcome='lost'),0) as lost"
        " from (select exchange, outcome, max(hop) from fetches where crawl=? and role<>'robots' group by exchange)",
        crawl,
    )
    return row or {}


def held_listings(store: Store, crawl: str, source: str) -> int:
    """Return how many listing pages of a source are held in a crawl."""
    return int(
        store.value(
            "select count(*) from fetches where crawl=? and role in ('listing','next') and outcome='quarantined'"
            " and exists (select 1 from json_each(asked) where value->>'source'=?)",
            crawl, source,
        )
    )  # fmt: skip


def robots(store: Store, crawl: str, url: str) -> Row | None:
    """Return the robots.txt that was answered in a crawl at an address, or None."""
    return store.one(
        "select * from fetches where crawl=? and url=? and role='robots' and status is not null"
        " order by id desc limit 1",
        crawl, url,
    )  # fmt: skip


def is_held(store: Store, url: str, digest: str) -> bool:
    """Return whether there is an answer at an address, or one with a body of a digest, redacted or not."""
    found = store.value(
        "select 1 from fetches where (url=? and ?<>'' and status is not null) or (digest=? and ?<>'') limit 1",
        url, url, digest, digest,
    )  # fmt: skip
    return found is not None


def last_of(store: Store, crawl: str, name: str) -> Row | None:
    """Return the last answer or failure of the requests made for a source in a crawl."""
    return store.one(
        "select * from fetches where crawl=? and role<>'robots'"
        " and exists (select 1 from json_each(asked) where value->>'source'=?) order by id desc limit 1",
        crawl, name,
    )  # fmt: skip
