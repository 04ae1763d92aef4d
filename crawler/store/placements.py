"""Where documents stand on the pages whose links are followed, and what happened to lists that are complete."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from crawler.changes.placements import ListChange
from crawler.model import Placement, digest_of
from crawler.store.store import Row, Store, dumps

_COLUMNS = tuple(Placement.__dataclass_fields__)
DROP = 0.5
"""A list of less than this share of what it was has dropped, as one page of it has."""
WORTH = 10
"""Documents it must have listed before a drop is suspicious."""
MIN_LISTED_BEFORE = 3
"""Documents that a list which is short by nature, with fewer than WORTH, must have listed for that."""
MAX_SHARE_AFTER_DROP = 1 / 3
"""The share below which such a list has dropped: 8 to 2, and not 3 to 1."""
ACCEPT_DROP = timedelta(days=7)
"""After this long a drop is the new normal, if the source still has as many as it is expected to."""
LIST = "list"
"""Kind of the entries that tell what happened to complete lists."""


def entry_id(source: str, kind: str, crawl: str) -> str:
    """Return the id of the entry that tells of one kind of change to the list of a source in a crawl."""
    return digest_of(LIST, source, kind, crawl)[:20]


def elsewhere(store: Store, source: str, page: str) -> dict[str, bool]:
    """Return the documents that other pages of a source lead to, each with whether one of these announces it."""
    rows = store.all(
        "select document, max(owner) as owner from placements where source=? and not settled and page<>?"
        " and document<>'' group by document",
        source, page,
    )  # fmt: skip
    return {row["document"]: bool(row["owner"]) for row in rows}


def has_dropped(listed: int, was: int) -> bool:
    """Return whether a list is suspiciously shorter than it was.

    >>> has_dropped(4, 12), has_dropped(2, 8), has_dropped(1, 3)
    (True, True, False)
    """
    return was >= MIN_LISTED_BEFORE and listed < (DROP if was >= WORTH else MAX_SHARE_AFTER_DROP) * was


def noted_drop(store: Store, source: str) -> dict[str, str] | None:
    """Return ``since`` when a complete list has dropped, and the ``reason``; None where it has not."""
    noted = store.meta(f"dropped {source}")
    return None if noted is None else dict(json.loads(noted))


def note_drop(store: Store, source: str, since: str = "", reason: str = "") -> None:
    """Note that a complete list has dropped, or, without a reason, that it has not."""
    key = f"dropped {source}"
    store.set_meta(key, dumps({"since": since, "reason": reason})) if reason else store.drop_meta(key)


def put(store: Store, source: str, page: str, found: Sequence[Placement], owned: Collection[str]) -> None:
    """Record what stands on a page now, in the place of what stood there; ``owned`` are what it announces."""
    store.do("delete from placements where source=? and not settled and page=?", source, page)
    rows = [
        {"source": source, "settled": 0, "page": page, "position": n, **asdict(each), "owner": each.document in owned}
        for n, each in enumerate(found)
    ]
    store.insert_all("placements", [{**row, "owner": int(row["owner"])} for row in rows])


def lead(store: Store, source: str, page: str, further: Sequence[str]) -> None:
    """Record to which further pages the menu of a page leads now."""
    store.do("delete from list_pages where source=? and page=?", source, page)
    rows = [{"source": source, "page": page, "position": n, "leads_to": url} for n, url in enumerate(further)]
    store.insert_all("list_pages", rows)


def led_to(store: Store, source: str, page: str) -> list[str]:
    """Return the pages to which the menu of a page led when it was read."""
    rows = store.all("select leads_to from list_pages where source=? and page=? order by position", source, page)
    return [str(row["leads_to"]) for row in rows]


def of_pages(store: Store, source: str, pages: Sequence[str]) -> dict[str, list[Placement]]:
    """Return what stands on some pages now, by page in their order."""
    return {page: _read(store, "source=? and not settled and page=?", source, page) for page in pages}


def settled(store: Store, source: str) -> list[Placement]:
    """Return the whole list as the last complete walk left it."""
    return _read(store, "source=? and settled", source)


def _read(store: Store, where: str, *values: str) -> list[Placement]:
    rows = store.all(f"select * from placements where {where} order by rowid", *values)
    return [Placement(**{name: row[name] for name in _COLUMNS}) for row in rows]


def of_document(store: Store, document: str) -> list[Row]:
    """Return where a document stands in lists now: source, part, heading and block, each place once."""
    return store.all(
        "select distinct source, part, heading, block from placements where not settled and document in (select ?"
        " union select alias from aliases where document=?) order by source, page, position",
        document, document,
    )  # fmt: skip


def is_dated(store: Store, source: str) -> bool:
    """Return whether anything that stands in the lists of a source now has a date."""
    return store.one(
        "select 1 from placements p left join aliases a on a.alias=p.document join documents d"
        " on d.id=coalesce(a.document, p.document) where p.source=?"
        " and coalesce(d.published, d.updated, '')<>'' limit 1",
        source,
    ) is not None  # fmt: skip


def settle(store: Store, source: str, pages: Mapping[str, Sequence[Placement]], seen: str) -> None:
    """Record a whole list as a complete walk leaves it; what it does not name any more is noted, and its other pages.

    ``pages`` are what stands on each, in order.
    """
    gone = "select document from placements where source=? and settled and document<>''"
    store.do(f"insert or ignore into unlisted select distinct source, document, ? from placements"
             f" where source=? and settled and document in ({gone})", seen, source, source)  # fmt: skip
    store.do("delete from placements where source=? and settled", source)
    store.do(
        "delete from placements where source=? and page not in (select value from json_each(?))",
        source, json.dumps(list(pages)),
    )  # fmt: skip
    for page, found in pages.items():
        rows = [
            {"source": source, "settled": 1, "page": page, "position": n, **asdict(each), "owner": 0}
            for n, each in enumerate(found)
        ]
        store.insert_all("placements", rows)
    store.do(
        "delete from unlisted where source=? and document in (select document from placements where source=?)",
        source, source,
    )  # fmt: skip


def drop(store: Store, source: str) -> None:
    """Forget the lists of a source whose links are followed no more."""
    for table in ("placements", "list_pages", "unlisted"):
        store.do(f"delete from {table} where source=?", source)


def note(store: Store, crawl: str, source: str, found: Sequence[tuple[ListChange, str]], seen: str) -> None:
    """Record what happened to a complete list, each with the page that shows it."""
    rows = [
        {
            "crawl": crawl,
            "source": source,
            "position": number,
            "kind": each.kind,
            "before": dumps(asdict(each.before) if each.before else None),
            "after": dumps(asdict(each.after) if each.after else None),
            "seen": seen,
            "fetch": _fetch(store, crawl, page),
        }
        for number, (each, page) in enumerate(found)
    ]
    store.insert_all("list_changes", rows)


def _fetch(store: Store, crawl: str, page: str) -> int | None:
    found = store.value("select max(id) from fetches where crawl=? and url=?", crawl, page)
    return None if found is None else int(found)


def changes(store: Store, crawl: str) -> dict[str, list[tuple[ListChange, Row]]]:
    """Return what happened to complete lists in a crawl, by source, each with its row."""
    found: dict[str, list[tuple[ListChange, Row]]] = {}
    for row in store.all("select * from list_changes where crawl=? order by source, position", crawl):
        before, after = (json.loads(row[name]) for name in ("before", "after"))
        change = ListChange(
            kind=row["kind"],
            before=Placement(**before) if before else None,
            after=Placement(**after) if after else None,
        )
        found.setdefault(row["source"], []).append((change, row))
    return found


def read_whole(store: Store, crawl: str, source: str, pages: Collection[str]) -> bool:
    """Return whether each of these pages was read in a crawl, or confirmed to be as it was."""
    rows = store.all(
        "select distinct url from fetches where crawl=? and hop=0 and role in ('listing','next') and exists"
        " (select 1 from json_each(asked) where value->>'source'=?) and exists (select 1 from fetches x where"
        " x.exchange=fetches.exchange and x.outcome in ('accepted','unchanged','not modified'))",
        crawl, source,
    )  # fmt: skip
    return set(pages) <= {row["url"] for row in rows}
