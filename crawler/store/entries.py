"""Entries in the database: made, announced, taken back."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crawler.sources.vocabulary import PRIVATE
from crawler.store import outbox
from crawler.store.store import Row, Store
from crawler.text import moment

GATHERED = ("older", "several")
"""Kinds of entries that tell of several documents of one source: older ones newly listed, or many new ones at once."""

KEPT = (
    "id", "document", "kind", "title", "verb", "summary", "url", "jurisdiction", "publisher", "source", "document_kind",
    "published", "day", "seen", "significance", "flags", "why", "aimed_at", "confirmed", "late",
)  # fmt: skip
"""Columns of an announced entry that the journal keeps, so that it outlives a reading that no longer gives it.

Beside them it keeps ``facets``, pairs of facet and value as JSON, and for one of several documents their ``documents``.
Journals of earlier versions lack what came later.
"""

STANDING = ("why", "aimed_at", "confirmed", "late")
"""Those of them that say why an entry was made then."""

_TELLING = {"title": "''", "summary": "''", "url": "''", "why": "'[]'"}
"""Those of them that can name somebody, and what stands in their place where the document is about people."""

_UNKNOWN: Row = {
    "verb": "", "details": "[]", "in_force": "", "note": "", "significance": "substantive", "late": "",
    "capture_digest": "",
    "why": "[]", "aimed_at": "[]", "look_for": "[]", "flags": "[]", "sure": "[]", "confirmed": 1, "copies": "[]",
}  # fmt: skip
"""What is said of an entry that was announced and that the present reading does not give."""


def walk_before(store: Store, source: str, crawl: str) -> tuple[str | None, int]:
    """Return the clock of the last complete walk of a source before a crawl, and its schedule in seconds."""
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
        store.update("outbox", {"change": change}, {"entry": row["id"]})


def place(store: Store, entry: str, facets: Sequence[tuple[str, str]], sections: Sequence[tuple[str, str]]) -> None:
    """Record under which values an entry is found, and of which documents and provisions it tells."""
    for table, columns, pairs in (
        ("entry_facets", ("facet", "value"), facets),
        ("entry_sections", ("document", "path"), sections),
    ):
        store.do(f"delete from {table} where entry=?", entry)
        store.insert_all(table, [{"entry": entry, **dict(zip(columns, pair, strict=True))} for pair in pairs])


def watching(store: Store, crawl: str, clock: str) -> tuple[list[str], list[str]]:
    """Return the names of the sources that had their first healthy walk in a crawl, and of those never read yet."""
    started = store.all(
        # Two replays may have one clock: the first of them was the first walk.
        "select s.name from sources s where s.first_complete_walk=? and not exists (select 1 from runs r where"
        " r.source=s.id"
        " and r.crawl<? and r.walk='complete' and r.outcome='healthy') order by s.position",
        clock, crawl,
    )  # fmt: skip
    unread = store.all(
        "select s.name from sources s join runs r on r.source=s.id and r.crawl=?"
        " where s.first_complete_walk is null and r.outcome<>'not recorded' order by s.position",
        crawl,
    )
    return [str(row["name"]) for row in started], [str(row["name"]) for row in unread]


def is_there(store: Store, entry: str) -> bool:
    """Return whether the present reading gives an entry."""
    return store.value("select 1 from entries where id=?", entry) is not None


def clock(store: Store, crawl: str) -> datetime:
    """Return the clock of a crawl."""
    return moment(store.value("select clock from crawls where id=?", crawl))


def waiting(store: Store, crawl: str) -> list[Row]:
    """Return what the journal keeps of the entries of a crawl that are not announced.

    Of those about people neither title nor address: when the publisher takes the page down, or its words are redacted,
    these must not stand there still.
    """
    private = f"document_kind in ({', '.join(f'{kind!r}' for kind in PRIVATE)}) and kind not in {GATHERED!r}"
    kept = [f"iif({private}, {_TELLING[name]}, {name}) as {name}" if name in _TELLING else name for name in KEPT]
    rows = store.all(
        f"select {', '.join(kept)}, (select json_group_array(json_array(facet, value)) from (select facet, value"
        " from entry_facets where entry=entries.id order by facet, value)) as facets"
        " from entries where crawl=? and announced is null and state='silent' order by id",
        crawl,
    )
    return [{**row, "documents": documents(store, row["id"])} if row["kind"] in GATHERED else row for row in rows]


def documents(store: Store, entry: str) -> list[str]:
    """Return the documents that an entry of several tells of, by their ids."""
    rows = store.all("select distinct document from entry_sections where entry=? order by document", entry)
    return [str(row["document"]) for row in rows]


def orphaned(store: Store) -> list[str]:
    """Return the announced entries that no longer follow from the archive and were not taken back yet."""
    return [str(row["id"]) for row in store.all("select id from entries where state='orphaned' order by id")]


def announce(store: Store, row: Mapping[str, Any], crawl: str, time: str) -> None:
    """Announce an entry; where the present reading does not give it, as it was announced then."""
    if is_there(store, row["id"]):
        store.update("entries", {"id": row["id"]}, {"announced": time, "updated": time, "state": "announced"})
    else:
        _restore(store, row, crawl, time)
    outbox.announce(store, row["id"], crawl)


def _restore(store: Store, row: Mapping[str, Any], crawl: str, time: str) -> None:
    """Insert an announced entry as the journal keeps it."""
    kept = {name: value for name, value in row.items() if name not in ("facets", "documents")}
    known = store.value("select 1 from documents where id=?", row["document"])
    state = {"crawl": crawl, "announced": time, "updated": time, "state": "orphaned"}
    store.insert("entries", {**_UNKNOWN, **kept, **state, "document": row["document"] if known else None})
    facets = [(str(facet), str(value)) for facet, value in json.loads(row.get("facets") or "[]")]
    listed = row.get("documents") or filter(None, [row["document"]])
    place(store, row["id"], facets, [(name, "") for name in listed])


def stand(store: Store, row: Mapping[str, Any]) -> None:
    """Give an entry the reasons for its place in the round-up that the journal keeps, not those of today."""
    kept = {name: row[name] for name in STANDING if name in row}
    if kept:
        store.update("entries", {"id": row["id"]}, kept)
    if row.get("documents"):
        place(store, row["id"], [], [(name, "") for name in row["documents"]])
    if row.get("facets"):
        store.do("delete from entry_facets where entry=?", row["id"])
        facets = json.loads(row["facets"])
        store.insert_all("entry_facets", [{"entry": row["id"], "facet": f, "value": v} for f, v in facets])


def take_back(store: Store, entry: str, crawl: str, time: str) -> None:
    """Issue an announced entry once more, as corrected: what it told no longer follows from what we read."""
    summary = "What this entry told no longer follows from the pages as we read them now."
    store.update("entries", {"id": entry}, {"state": "corrected", "updated": time, "summary": summary})
    outbox.retract(store, entry, crawl)
