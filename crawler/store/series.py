"""Series: which editions we hold, and whether the next one has arrived."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from crawler.sources import is_edition
from crawler.sources.vocabulary import PRIVATE
from crawler.store.issues import Finding
from crawler.store.outbox import of_appearance
from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import private
from crawler.text import latest, moment


def rows(store: Store) -> list[Row]:
    """Return every series, in the order of sources.yaml."""
    return store.all("select * from series order by position, id")


def watched_since(store: Store, series: Row) -> str | None:
    """Return the clock from which on a missed edition counts: a source had been read well, and the series was as it is.

    None while no source of it has had its first healthy walk.
    """
    first = min(
        (
            source["first_complete_walk"]
            for source in sources(store, series)
            if source["enabled"] and source["first_complete_walk"]
        ),
        default=None,
    )
    return None if first is None or series["defined"] is None else max(first, series["defined"])


def sources(store: Store, series: Row) -> list[Row]:
    """Return those sources of a series that there are, in its own order."""
    return store.all(
        "select s.* from json_each(?) j join sources s on s.id=j.value order by j.key",
        series["sources"],
    )


def found(store: Store, series: Row) -> list[Row]:
    """Return the documents that are its editions: one of its sources names it, and the title matches.

    Of a page and its attachments whose titles both match only the page is one. News that an edition is out is none
    beside that edition, of less than half a period before or after.
    """
    named = store.all(
        "select id, kind, parent, root, title, published, first_seen, availability from documents where id in"
        " (select ds.document from json_each(?) j join document_sources ds on ds.source=j.value) order by id",
        series["sources"],
    )
    matching = {
        row["id"]: {**row, "silent": of_appearance(store, row["id"])}
        for row in named
        if is_edition(series["title"], row["title"])
    }
    days = [_day(row) for row in matching.values() if row["kind"] not in PRIVATE]
    near = timedelta(seconds=series["every"]) / 2
    teasers = {
        row["id"]
        for row in matching.values()
        if row["kind"] in PRIVATE and any(abs(day - _day(row)) < near for day in days)
    }
    return [row for row in matching.values() if row["id"] not in teasers and not _is_below(row, matching)]


def _day(row: Row) -> datetime:
    return latest(row["published"] or "") or moment(row["first_seen"])


def _is_below(row: Row, others: Mapping[str, Row]) -> bool:
    """Return whether a document is attached to one of others, or stands in its family."""
    return any(above != row["id"] and above in others for above in (row["parent"], row["root"]))


def put_editions(store: Store, series: str, editions: Sequence[Mapping[str, object]]) -> None:
    """Replace the editions of a series."""
    store.do("delete from series_editions where series=?", series)
    store.insert_all("series_editions", [{"series": series, **edition} for edition in editions])


def settle(store: Store, series: str, values: Mapping[str, object]) -> None:
    """Set how a series stands."""
    store.update("series", {"id": series}, values)


def resolve_others(store: Store, found: Sequence[Finding], unknown: Sequence[str], *, clock: str) -> None:
    """Close the open issues of series that were not found again, but for series of which nothing can be known now."""
    still = [[finding.source, finding.kind, finding.subject] for finding in found]
    store.do(
        "update issues set resolved=? where kind in ('late', 'no edition') and resolved is null"
        " and subject not in (select value from json_each(?))"
        " and not exists (select 1 from json_each(?) j where value->>0 is issues.source and value->>1=issues.kind"
        " and value->>2=issues.subject)",
        clock, dumps(list(unknown)), dumps(still),
    )  # fmt: skip


def newest_shown(store: Store, series: Row) -> Row | None:
    """Return title, address and date of the newest edition, with ``stated``; None where none is held.

    Title and address are empty where the words of the document are never shown.
    """
    return store.one(
        f"select iif({private('d.id')}, '', d.title) as title, iif({private('d.id')}, '', d.url) as url,"
        " e.date, e.stated from series_editions e join documents d on d.id=e.document"
        " where e.series=? and e.document=?",
        series["id"], series["newest"],
    )  # fmt: skip


def memberships(store: Store, documents: Sequence[str]) -> list[Row]:
    """Return the series that documents are editions of, each with the date of the edition before it.

    ``name`` of the series; ``follows``, ``date`` and ``stated`` of the edition before, empty where there is none.
    """
    return store.all(
        "select s.name, e.follows, b.date, coalesce(b.stated, '') as stated from series_editions e"
        " join series s on s.id=e.series left join series_editions b on b.series=e.series and b.document=e.follows"
        " where e.document in (select value from json_each(?)) order by s.position, e.date, e.document",
        dumps(list(documents)),
    )


def standing(store: Store) -> list[dict[str, Any]]:
    """Return how each series stands, for monitors."""
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "state": row["state"],
            "since": row["since"],
            "newest": row["newest"],
            "newest_date": row["newest_date"],
            "editions": store.value("select count(*) from series_editions where series=?", row["id"]),
            "expected_from": row["expected_from"],
            "expected_until": row["expected_until"],
            "checked": row["checked"],
            "sources": json.loads(row["sources"]),
        }
        for row in rows(store)
    ]
