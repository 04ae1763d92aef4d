"""What people keep by hand in sources.yaml, mirrored at each run: series, collections, judgments, single documents."""

from collections.abc import Iterable

from crawler.identifiers import canonical_url
from crawler.sources import ByHand, Collection, Curated, Judgments, Registry, Series
from crawler.store.store import Row, Store, dumps

_DEFINING = ("sources", "title", "every", "late")
"""Columns of a series that decide which editions it has and when one is late."""


def mirror(store: Store, registry: Registry) -> None:
    """Bring these blocks in line with the registry; what it has no more is left out."""
    curated: Curated = registry.curated
    kept = dumps([each.id for each in curated.series])
    store.do("delete from series_editions where series not in (select value from json_each(?))", kept)
    store.do("delete from series where id not in (select value from json_each(?))", kept)
    for position, series in enumerate(curated.series):
        _mirror_series(store, series, position, _kind(registry, series))
    store.do("delete from collection_members")
    store.do("delete from collection_instruments")
    store.do("delete from collections")
    for position, collection in enumerate(curated.collections):
        _mirror_collection(store, collection, position)
    _mirror_judgments(store, curated.judgments)
    _mirror_by_hand(store, curated.by_hand, registry)


def _kind(registry: Registry, series: Series) -> str:
    """Return the kind of the editions of a series: that of its first source where it states none."""
    known = (registry.sources[name].kind for name in series.sources if name in registry.sources)
    return series.kind or next(known, "")


def _mirror_series(store: Store, series: Series, position: int, kind: str) -> None:
    row: dict[str, object] = {
        "id": series.id,
        "name": series.name,
        "publisher": series.publisher,
        "kind": kind,
        "sources": dumps(list(series.sources)),
        "title": series.title,
        "every": int(series.every.total_seconds()),
        "late": int(series.late.total_seconds()),
        "note": series.note,
        "position": position,
    }
    was = store.one("select * from series where id=?", series.id)
    if was is None:
        store.insert("series", {**row, "state": ""})
        return
    if any(was[name] != row[name] for name in _DEFINING):
        row["defined"] = None
    store.update("series", {"id": series.id}, row)


def _mirror_collection(store: Store, collection: Collection, position: int) -> None:
    row = {"id": collection.id, "name": collection.name, "about": collection.about, "position": position}
    store.insert("collections", row)
    members = [("document", name) for name in collection.documents] + [("source", name) for name in collection.sources]
    store.insert_all(
        "collection_members",
        [
            {"collection": collection.id, "kind": kind, "member": member, "position": place}
            for place, (kind, member) in enumerate(members)
        ],
    )
    store.insert_all(
        "collection_instruments",
        [
            {
                "collection": collection.id,
                "position": place,
                "function": each.function,
                "title": each.title,
                "document": each.document,
                "provisions": each.provisions,
                "path": each.path,
                "url": each.url,
                "holds": dumps(list(each.holds)),
                "note": each.note,
                "reviewed": collection.instruments.reviewed,
            }
            for place, each in enumerate(collection.instruments.kept)
        ],
    )


def _mirror_judgments(store: Store, judgments: Judgments) -> None:
    store.do("delete from judgments")
    store.insert_all(
        "judgments",
        [
            {
                "citation": each.citation,
                "court": each.court,
                "date": each.date,
                "url": each.url,
                "provisions": dumps(list(each.provisions)),
                "note": each.note,
                "reviewed": judgments.reviewed,
                "position": position,
            }
            for position, each in enumerate(judgments.kept)
        ],
    )


def _mirror_by_hand(store: Store, by_hand: ByHand, registry: Registry) -> None:
    """Replace the documents kept by hand; a publisher is named as in its block, where it has one."""
    store.do("delete from by_hand")
    store.insert_all(
        "by_hand",
        [
            {
                "id": each.id,
                "title": each.title,
                "publisher": _publisher(each.publisher, registry),
                "kind": each.kind,
                "date": each.date,
                "identifier": each.identifier,
                "url": each.url,
                "address": canonical_url(each.url),
                "reason": each.reason,
                "copies": dumps(
                    [{"url": copy.url, "whose": copy.whose, "checked": copy.checked} for copy in each.copies]
                ),
                "note": each.note,
                "checked": each.checked,
                "reviewed": by_hand.reviewed,
                "position": position,
            }
            for position, each in enumerate(by_hand.kept)
        ],
    )


def _publisher(named: str, registry: Registry) -> str:
    return registry.publishers[named].name if named in registry.publishers else named


def reviews(store: Store) -> list[Row]:
    """Return each reviewed list that has entries: its ``block``, when it was ``reviewed``, how many ``entries``."""
    return store.all(
        "select 'by_hand' as block, max(reviewed) as reviewed, count(*) as entries from by_hand having count(*)"
        " union all select 'collections', min(reviewed), count(*) from collection_instruments having count(*)"
        " union all select 'judgments', max(reviewed), count(*) from judgments having count(*)"
    )


def confirm(store: Store, passages: Iterable[tuple[str, str, str]]) -> None:
    """Replace what is confirmed: passages that hold although what they cite changed, as document, path and day."""
    newest: dict[tuple[str, str], str] = {}
    for document, path, day in passages:
        newest[document, path] = max(day, newest.get((document, path), ""))
    store.do("delete from confirmed_passages")
    rows = [{"document": document, "path": path, "day": day} for (document, path), day in sorted(newest.items())]
    store.insert_all("confirmed_passages", rows)
