"""Pages of lists in the frontier: those of a walk, and those of a backfill."""

from crawler.identifiers import address_of
from crawler.model import Link
from crawler.store import frontier
from crawler.store.store import Store


def pages_of_walk(store: Store, source: str, crawl: str) -> dict[str, int]:
    """Return how many pages of lists the walk of a source asks for so far: those it begins with, and next ones."""
    rows = store.all(
        "select a.role, count(*) as number from frontier f indexed by frontier_walk"
        " cross join frontier_askers a on a.frontier=f.id"
        " where f.walk=? and a.source=? and a.role in ('listing','next') group by a.role",
        crawl, source,
    )  # fmt: skip
    return {"listing": 0, "next": 0} | {str(row["role"]): int(row["number"]) for row in rows}


def walk_pending(store: Store, source: str, crawl: str) -> list[int]:
    """Return the pages of a source's walk that are still to be asked in this crawl."""
    rows = store.all(
        # A walk has few pages, a source may want thousands: the cross join goes through the walk.
        "select f.id from frontier f indexed by frontier_walk cross join frontier_askers a on a.frontier=f.id"
        " where f.walk=? and f.crawl<>? and a.source=? and a.wanted=1",
        crawl, crawl, source,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


def drop_walk(store: Store, source: str, crawl: str) -> int:
    """Forget what is left of a source's walk; return how many of its pages were left."""
    rows = store.all(
        "select a.frontier from frontier_askers a join frontier f on f.id=a.frontier"
        " where a.source=? and a.wanted=1 and (f.walk=? or a.role in ('listing','next'))",
        source, crawl,
    )  # fmt: skip
    return frontier.forget(store, source, rows)


def drop_slices(store: Store, source: str) -> None:
    """Forget the pages of a list that its backfill wanted."""
    sql = "select frontier from frontier_askers where source=? and wanted=1 and facts->>'slice' is not null"
    frontier.forget(store, source, store.all(sql, source))


def read_anew(store: Store, source: str) -> None:
    """Let the pages of a list that its backfill read count as not read: it is read once more."""
    store.do("update frontier_askers set token_read=null where source=? and role='slice'", source)


def is_read_in_slice(store: Store, link: Link, source: str, name: str) -> bool:
    """Return whether a page of a list was read in a slice by now."""
    return (
        store.value(
            "select 1 from frontier f join frontier_askers a on a.frontier=f.id and a.source=?"
            " where f.key=? and a.wanted=0 and a.token_read is not null and a.facts->>'slice'=?",
            source, frontier.key_of(address_of(link), link.accept, "slice"), name,
        )
        is not None
    )  # fmt: skip
