"""Entries in the database, and what they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.store.store import Row, Store

KEPT = (
    "id", "document", "kind", "title", "summary", "url", "jurisdiction", "publisher", "source", "document_kind",
    "published", "seen",
)  # fmt: skip
"""Columns of an announced entry that the journal keeps, so that it outlives a reading that no longer gives it."""


def told(store: Store, crawl: str) -> list[Row]:
    """Give what publishers changed in a crawl and may be announced, family by family, its top first."""
    return store.all(
        "select c.*, d.root, d.title as document_title, d.parent, f.time as capture_time,"
        " f.digest as capture_digest, f.status as answer, coalesce(s.heading, '') as heading,"
        " coalesce(b.path, '') as path_before, coalesce(b.heading, '') as heading_before,"
        " coalesce(b.status, '') as status_before, coalesce(s.status, '') as status_after"
        " from changes c join documents d on d.id=c.document left join fetches f on f.id=c.fetch"
        " left join sections s on s.id=coalesce(c.after_section, c.before_section)"
        " left join sections b on b.id=c.before_section"
        " where c.crawl=? and c.cause='source' and c.silent=''"
        " order by d.root, d.id<>d.root, c.document, c.seen, c.rowid",
        crawl,
    )


def family(store: Store, root: str) -> Row:
    """Give the document at the top of a family."""
    row = store.one("select * from documents where id=?", root)
    if row is None:
        raise KeyError(root)
    return row


def walk_before(store: Store, source: str, crawl: str) -> tuple[str | None, int]:
    """Give the clock of the last complete walk of a source before a crawl, and its schedule in seconds."""
    walked = store.value(
        "select max(c.clock) from runs r join crawls c on c.id=r.crawl where r.source=? and r.walk='complete'"
        " and r.crawl<?",
        source, crawl,
    )  # fmt: skip
    return walked, int(store.value("select schedule from sources where id=?", source))


def put(store: Store, row: Mapping[str, Any], changes: Sequence[str]) -> None:
    """Insert an entry and note it at the changes it tells."""
    store.upsert("entries", row, ["id"])
    for change in changes:
        store.update("changes", {"id": change}, {"entry": row["id"]})


def watching(store: Store, crawl: str, clock: str) -> tuple[list[str], list[str]]:
    """Give the names of the sources that had their first healthy walk in a crawl, and of those never read yet."""
    started = store.all(
        # Two replays may have one clock: the first of them was the first walk.
        "select s.name from sources s where s.baseline=? and not exists (select 1 from runs r where r.source=s.id"
        " and r.crawl<? and r.walk='complete' and r.outcome='healthy') order by s.position",
        clock, crawl,
    )  # fmt: skip
    unread = store.all(
        "select s.name from sources s join runs r on r.source=s.id and r.crawl=?"
        " where s.baseline is null and r.outcome<>'not recorded' order by s.position",
        crawl,
    )
    return [str(row["name"]) for row in started], [str(row["name"]) for row in unread]


def waiting(store: Store, crawl: str) -> list[Row]:
    """Give what the journal keeps of the entries of a crawl that are not announced."""
    return store.all(
        f"select {','.join(KEPT)} from entries where crawl=? and announced is null and state='silent' order by id",
        crawl,
    )


def orphaned(store: Store) -> list[str]:
    """Give the announced entries that no longer follow from the archive and were not taken back yet."""
    return [str(row["id"]) for row in store.all("select id from entries where state='orphaned' order by id")]


def announce(store: Store, row: Mapping[str, Any], crawl: str, time: str) -> None:
    """Let an entry into the feeds; where the present reading does not give it, as it was announced then."""
    if store.value("select 1 from entries where id=?", row["id"]):
        store.update("entries", {"id": row["id"]}, {"announced": time, "updated": time, "state": "announced"})
    else:
        known = store.value("select 1 from documents where id=?", row["document"])
        blank = {
            "crawl": crawl, "details": "[]", "in_force": "", "note": "", "significance": "substantive", "late": "",
            "capture_digest": "", "announced": time, "updated": time, "state": "orphaned",
        }  # fmt: skip
        store.insert("entries", {**row, **blank, "document": row["document"] if known else None})
    store.do(
        "update documents set announced=? where announced is null and id in"
        " (select document from changes where entry=? and kind='new')",
        time, row["id"],
    )  # fmt: skip


def take_back(store: Store, entry: str, time: str) -> None:
    """Issue an announced entry once more, as corrected: what it told no longer follows from what we read."""
    summary = "What this entry told no longer follows from the pages as we read them now."
    store.update("entries", {"id": entry}, {"state": "corrected", "updated": time, "summary": summary})


def count(store: Store) -> None:
    """Count the announced entries by facet, for the home page."""
    store.do("delete from entry_counts")
    for facet, column in (("jurisdiction", "jurisdiction"), ("kind", "document_kind"), ("source", "source")):
        store.do(
            f"insert into entry_counts select ?, {column}, count(*) from entries"
            f" where announced is not null and {column} is not null and {column}<>'' group by {column}",
            facet,
        )
