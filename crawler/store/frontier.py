"""The frontier: every address that was or is to be asked, and who asked for it. It survives any kill.

Ranks: 0 listings, 1 what a listing announced, 2 audit and doubtful pages, 3 what a first walk found, 4 backfill of a
list to its end, 5 what a source that was kept in part left aside before it was kept as a whole.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.identifiers import address_of, link_at, request_at
from crawler.model import Link, Role
from crawler.store import fetches
from crawler.store.store import Row, Store, dumps

MAX_TRIES = 5
"""Crawls in which a page may fail before it is given up until its listing announces it again."""

LISTING, ANNOUNCED, AUDIT, FIRST, BACKFILL, ASIDE = range(6)
WHY = ("walk", "announced", "audit", "first walk", "backfill", "aside")
"""Why an address is asked, by its rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """One source that wants an address. ``why`` is one of WHY."""

    source: str
    role: Role
    parent: str | None
    facts: Mapping[str, str]
    token: str
    why: str

    def link(self, url: str, accept: str) -> Link:
        """Return the link this asker follows."""
        return link_at(url, role=self.role, parent=self.parent, facts=self.facts, token=self.token, accept=accept)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedRequest:
    """One request to be made, named by its address (:mod:`crawler.identifiers.addresses`), and who wants the answer."""

    id: int
    url: str
    accept: str
    host: str
    rank: int
    tries: int
    askers: tuple[Requester, ...]


def host_of(url: str) -> str:
    """Return the host of an address with its port where it names one.

    >>> host_of("http://Example.org:8080/a")
    'example.org:8080'
    """
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def key_of(url: str, accept: str, role: str = "") -> str:
    """Return what makes two requests the same request; a page of a backfill is one beside that of the daily walk."""
    return f"{request_at(url).method} {url} {accept} {role if role == 'slice' else ''}".rstrip()


def _key(link: Link) -> str:
    return key_of(address_of(link), link.accept, link.role)


def offer(
    store: Store, link: Link, source: str, *, rank: int, crawl: str, again: bool = False, held_back: bool = False
) -> bool:
    """Queue a link for a source unless its present state was read already; return whether it is new to the source.

    Of a state that was not asked for yet no try was made. ``again`` asks for it even so: for the links of a new walk,
    audits and doubtful pages. Rank 0 makes it part of the walk of this crawl, which asks for no page of a list twice.
    What is ``held_back`` is not asked before it is released.
    """
    state = "held back" if held_back else "queued"
    found = store.value("select id from frontier where key=?", _key(link))
    if found is None:
        _ask_for(store, _insert(store, link, rank, crawl, state), link, source)
        return True
    row = int(found)
    if rank == LISTING and link.role == "next" and fetches.is_walked(store, link, source, crawl):
        return False
    asker = store.one("select * from frontier_askers where frontier=? and source=?", row, source)
    known = asker is not None
    if asker is not None and not again and _read(asker, link):
        if asker["wanted"] and asker["facts"] != (facts := dumps(dict(link.facts))):
            store.update("frontier_askers", {"frontier": row, "source": source}, {"facts": facts})
        if asker["token_read"] is not None and not held_back:  # A change that a backfill met first waits no longer.
            store.do(
                "update frontier set state='queued', rank=min(rank, ?) where id=? and state='held back'", rank, row
            )
        return False
    _ask_for(store, row, link, source)
    store.do(
        "update frontier set state=case when state='queued' then state else ? end,"
        " walk=case when ? then ? else walk end,"
        " tries=case when state='queued' and ? then tries else 0 end,"
        " rank=case when state in ('queued', 'held back') then min(rank, ?) else ? end where id=?",
        state, rank == LISTING, crawl, asker is not None and asker["token"] == link.token, rank, rank, row,
    )  # fmt: skip
    return not known


def _ask_for(store: Store, row: int, link: Link, source: str) -> None:
    """Record that a source asks for what a row names, as a link announces it."""
    store.upsert(
        "frontier_askers",
        {
            "frontier": row,
            "source": source,
            "role": link.role,
            "parent": link.parent or "",
            "facts": dumps(dict(link.facts)),
            "token": link.token,
            "wanted": 1,
        },
        ["frontier", "source"],
    )


def _insert(store: Store, link: Link, rank: int, crawl: str, state: str) -> int:
    return store.insert(
        "frontier",
        {
            "key": _key(link),
            "url": address_of(link),
            "host": host_of(link.url),
            "accept": link.accept,
            "rank": rank,
            "state": state,
            "tries": 0,
            "crawl": "",
            "walk": crawl if rank == LISTING else "",
        },
    )


def _read(asker: Mapping[str, object], link: Link) -> bool:
    """Return whether the state a link announces was read, or is queued already as it is announced."""
    if asker["wanted"]:
        return asker["token"] == link.token
    return asker["token_read"] is not None and link.token in ("", asker["token_read"])


def known(store: Store, links: Sequence[Link], source: str) -> tuple[bool, ...]:
    """Return of each link whether a source offered it before."""
    keys = [_key(link) for link in links]
    found = {row["key"] for row in _askers(store, keys, source)}
    return tuple(key in found for key in keys)


def repeats(links: Sequence[Link]) -> tuple[bool, ...]:
    """Return of each link whether one before it makes the same request."""
    keys = [_key(link) for link in links]
    first = {key: place for place, key in reversed(list(enumerate(keys)))}
    return tuple(first[key] < place for place, key in enumerate(keys))


def is_waiting(store: Store, links: Sequence[Link], source: str) -> bool:
    """Return whether one of some links of a source waits to be asked, and not for its backfill alone."""
    rows = _askers(store, [_key(link) for link in links], source)
    return any(row["wanted"] and row["rank"] != BACKFILL for row in rows)


def _askers(store: Store, keys: Sequence[str], source: str) -> list[Row]:
    return store.all(  # The joins are crossed, for the planner goes through all that a source ever asked for.
        "select f.key, f.rank, a.wanted from json_each(?) j cross join frontier f on f.key=j.value"
        " cross join frontier_askers a on a.frontier=f.id and a.source=?",
        dumps(list(keys)), source,
    )  # fmt: skip


def hosts_waiting(store: Store, crawl: str) -> list[str]:
    """Return the hosts that have something left to ask in this crawl, by jumping from host to host in the index."""
    rows = store.all(
        "select host from (with recursive h(host) as (select min(host) from frontier where state='queued' union all"
        " select (select min(host) from frontier where state='queued' and host>h.host) from h where h.host is not null)"
        " select host from h) h where host is not null"
        " and exists (select 1 from frontier f where f.state='queued' and f.host=h.host and f.crawl<>?)",
        crawl,
    )
    return [str(row["host"]) for row in rows]


def take(store: Store, crawl: str, host: str, busy: Collection[int]) -> QueuedRequest | None:
    """Return the next request for a host that was not tried in this crawl yet, best rank first; None when done."""
    row = store.one(
        "select * from frontier where host=? and state='queued' and crawl<>?"
        " and id not in (select value from json_each(?)) order by rank, id limit 1",
        host, crawl, dumps(sorted(busy)),
    )  # fmt: skip
    return None if row is None else _ask(store, row)


def _ask(store: Store, row: Mapping[str, object]) -> QueuedRequest | None:
    askers = store.all("select * from frontier_askers where frontier=? and wanted=1 order by source", row["id"])
    if not askers:
        return None
    rank = int(str(row["rank"]))
    return QueuedRequest(
        id=int(str(row["id"])),
        url=str(row["url"]),
        accept=str(row["accept"]),
        host=str(row["host"]),
        rank=rank,
        tries=int(str(row["tries"])),
        askers=tuple(asker(a, rank) for a in askers),
    )


def asker(row: Mapping[str, Any], rank: int) -> Requester:
    """Return the source that wants an address, from its row."""
    return Requester(
        source=row["source"],
        role=row["role"],
        parent=row["parent"] or None,
        facts=json.loads(row["facts"]),
        token=row["token"],
        why=WHY[rank],
    )


def release(store: Store, source: str, most: int | None = None, *, newest_first: bool = False) -> int:
    """Queue what is held back for a source, pages of its list before all; return how many requests these are.

    Documents wait until no page of the list does.
    """
    rows = store.all(
        "select f.id, a.facts->>'slice' is not null as is_page from frontier_askers a join frontier f"
        " on f.id=a.frontier where a.source=? and a.wanted=1 and f.state='held back'"
        f" order by is_page desc, f.id {'desc' if newest_first else ''}",
        source,
    )
    is_listed = store.value(
        "select 1 from frontier_askers a join frontier f on f.id=a.frontier and f.state in ('queued', 'held back')"
        " where a.source=? and a.wanted=1 and a.facts->>'slice' is not null",
        source,
    )
    found = [int(row["id"]) for row in rows if row["is_page"] or not is_listed][:most]
    for each in found:
        store.update("frontier", {"id": each}, {"state": "queued"})
    return len(found)


def answered(store: Store, asked: Mapping[str, Any], askers: Mapping[str, str]) -> None:
    """Record that these sources have the answer for the state (token) they asked for, by the link of the journal."""
    key = _key_in(asked)
    for source, token in askers.items():
        store.do(
            "update frontier_askers set token_read=?, wanted=case when token=? then 0 else wanted end"
            " where frontier=(select id from frontier where key=?) and source=?",
            token, token, key, source,
        )  # fmt: skip
    _settle(store, "key", key)


def _key_in(asked: Mapping[str, Any]) -> str:
    return key_of(asked["url"], asked["accept"], asked["role"])


def failed(store: Store, asked: Mapping[str, Any], crawl: str, *, alive: bool = False) -> bool:
    """Record a failure of a page; return whether it is given up now. Several failures in one crawl count once.

    ``alive``: another page of the host was answered well in this crawl. While none is, the host is out of order, and
    none of its pages is given up.
    """
    row = store.one("select * from frontier where key=?", _key_in(asked))
    if row is None or row["crawl"] == crawl:
        return False
    tries = int(row["tries"]) + 1
    state = "given up" if tries >= MAX_TRIES and alive else row["state"]
    store.update("frontier", {"id": row["id"]}, {"tries": tries, "crawl": crawl, "state": state})
    return state == "given up"


def forget(store: Store, source: str, rows: Sequence[Row]) -> int:
    """Forget that a source wanted these rows, each with its ``frontier``; return how many they are."""
    for row in rows:
        store.update("frontier_askers", {"frontier": row["frontier"], "source": source}, {"wanted": 0})
        _settle(store, "id", row["frontier"])
    return len(rows)


def drop_source(store: Store, source: str) -> None:
    """Forget everything a source wanted: it was taken out of sources.yaml or switched off."""
    forget(store, source, store.all("select frontier from frontier_askers where source=? and wanted=1", source))


def drop(store: Store, frontier: int) -> None:
    """Forget a request that must not be made."""
    store.do("delete from frontier where id=?", frontier)


def _settle(store: Store, column: Literal["id", "key"], value: object) -> None:
    """Record that nobody waits any more for what a row names, where that is so."""
    store.do(
        f"update frontier set state='done', tries=0 where {column}=?"
        " and not exists(select 1 from frontier_askers a where a.frontier=frontier.id and a.wanted=1)",
        value,
    )


def queued(store: Store) -> dict[str, int]:
    """Return how many requests are queued, by host."""
    rows = store.all("select host, count(*) as number from frontier where state='queued' group by host")
    return {str(row["host"]): int(row["number"]) for row in rows}


def leave(store: Store, asked: Mapping[str, Any], crawl: str) -> None:
    """Record that a page has no answer in a replay: no failure. A page of the walk is done with, others stay queued."""
    row = store.one("select id, walk from frontier where key=?", _key_in(asked))
    if row is None:
        return
    store.update("frontier", {"id": row["id"]}, {"crawl": crawl})
    if row["walk"] == crawl:
        store.update("frontier_askers", {"frontier": row["id"]}, {"wanted": 0})
        _settle(store, "id", row["id"])
