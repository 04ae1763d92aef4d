"""Families that are told of later, because a crawl ended before what was announced of them was read."""

from __future__ import annotations

from collections.abc import Collection

from crawler.store import frontier
from crawler.store.frontier import Requester
from crawler.store.store import Row, Store, dumps

_TOP = "coalesce((select d.root from documents d where d.id=p.document), p.document)"


def left(store: Store, crawl: str, ranks: Collection[int]) -> list[tuple[str, str, Requester]]:
    """Return the pages of documents that a crawl did not come to: address, media types asked for, and who asked."""
    rows = store.all(
        "select f.url, f.accept, f.rank, a.* from frontier f join frontier_askers a on a.frontier=f.id and a.wanted=1"
        " where f.state='queued' and f.crawl<>? and f.rank in (select value from json_each(?))"
        " and a.role in ('document','attachment','statement') order by f.id, a.source",
        crawl, dumps(sorted(ranks)),
    )  # fmt: skip
    return [(row["url"], row["accept"], frontier.asker(row, row["rank"])) for row in rows]


def put(store: Store, crawl: str, documents: Collection[str]) -> None:
    """Record that nothing is told of some families in this crawl; of those put off before, neither."""
    for name in sorted(documents):
        store.do(
            "insert into put_off values (?, ?, ?) on conflict(document) do update set crawl=excluded.crawl",
            name, crawl, crawl,
        )  # fmt: skip


def wait(store: Store, root: str, crawl: str) -> None:
    """Record that a family is to be told of with what happened to it since an earlier crawl."""
    store.do("insert or ignore into put_off values (?, ?, ?)", root, crawl, crawl)


def tops(store: Store, crawl: str, *, now: bool) -> dict[str, str]:
    """Return the tops of families that a crawl defers, or else was to tell of; each with its first crawl."""
    rows: list[Row] = store.all(
        f"select {_TOP} as top, min(p.since) as since from put_off p where (p.crawl=?)=? group by 1", crawl, now
    )
    return {str(row["top"]): str(row["since"]) for row in rows}


def carry(store: Store, crawl: str, clock: str) -> None:
    """Publish by this crawl what the crawl that deferred its family was to publish."""
    store.do(
        "update relevance set published=? where exists (select 1 from put_off p join crawls c on c.id=p.crawl"
        " join documents t on t.id=p.document join documents d on d.id=relevance.document and d.root=t.root"
        " where p.crawl<>? and relevance.published=c.clock)",
        clock, crawl,
    )  # fmt: skip


def settled(store: Store, crawl: str) -> None:
    """Record that a crawl told of all families but those that it put off itself."""
    store.do("delete from put_off where crawl<>?", crawl)
