"""What pages state about laws and documents: effects, relations, dates."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.store.store import Row, Store


def put_effect(store: Store, name: str, row: Mapping[str, object], seen: str) -> None:
    """Note an effect under its identifier; when it was first read stays."""
    if store.value("select 1 from effects where id=?", name):
        store.update("effects", {"id": name}, row)
    else:
        store.insert("effects", {"id": name, **row, "seen": seen})


def add_relation(store: Store, key: Mapping[str, str], *, seen: str, fetch: int) -> None:
    """Note a relation, ``key`` of document, relation and target, unless it is known."""
    if not store.one("select 1 from relations where document=? and relation=? and target=?", *key.values()):
        store.insert("relations", {**key, "seen": seen, "fetch": fetch})


def date(store: Store, key: Mapping[str, str]) -> Row | None:
    """Give a date by its ``key`` of document, event, provision and qualification, or None."""
    return store.one(
        "select * from dates where document=? and event=? and provision=? and qualification=?", *key.values()
    )


def put_date(store: Store, key: Mapping[str, str], date: str, *, seen: str, fetch: int) -> None:
    """Note a date under its key, in the place of the one that was noted before."""
    store.upsert("dates", {**key, "date": date, "seen": seen, "fetch": fetch}, list(key))
