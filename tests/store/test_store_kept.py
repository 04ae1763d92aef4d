"""Rows that are remembered are those of the database, whatever was written, rolled back or left open meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import StoreError
from crawler.store import Store, kept

IDS = ("a", "b", "c")
NAME = "select id, name from publishers where id=?"


class Broken(Exception):
    """Something else went wrong inside a transaction."""


def publisher(identifier: str, name: str) -> dict[str, object]:
    texts = dict.fromkeys(("jurisdiction", "licence", "licence_url", "attribution", "copy"), "")
    return {"id": identifier, "name": name, **texts}


@contextmanager
def looked_at(store: Store) -> Iterator[None]:
    """Remember every row before something happens, and compare it with the database then."""
    for each in IDS:
        store.kept("publishers", NAME, each)
    yield
    for each in IDS:
        assert store.kept("publishers", NAME, each) == store.one(NAME, each)


def act(store: Store, what: str, identifier: str, name: str) -> None:
    match what:
        case "insert":
            with suppress(StoreError):
                store.insert("publishers", publisher(identifier, name))
        case "insert all":
            with suppress(StoreError):
                store.insert_all("publishers", [publisher(identifier, name)])
        case "insert new":
            store.insert_new("publishers", publisher(identifier, name), "id")
        case "upsert":
            store.upsert("publishers", publisher(identifier, name), ["id"])
        case "update":
            store.update("publishers", {"id": identifier}, {"name": name})
        case "delete":
            store.do("DELETE FROM Publishers WHERE id=?", identifier)
        case "with":
            store.do(
                "with x(n) as (select ?) update publishers set name=(select n from x) where id=?", name, identifier
            )


ACTS = st.tuples(
    st.sampled_from(["insert", "insert all", "insert new", "upsert", "update", "delete", "with"]),
    st.sampled_from(IDS),
    st.sampled_from(["one", "two", "three"]),
)


@pytest.mark.slow
@given(steps=st.lists(st.tuples(st.lists(ACTS, max_size=4), st.booleans(), st.booleans()), max_size=6))
def test_what_is_remembered_is_what_stands_there(
    steps: list[tuple[list[tuple[str, str, str]], bool, bool]],
) -> None:
    with Store.open(":memory:") as store:
        for acts, grouped, broken in steps:
            if grouped:
                store.begin()
            with looked_at(store), suppress(Broken), store.transaction():
                for each in acts:
                    with looked_at(store):
                        act(store, *each)
                if broken:
                    raise Broken
            if not grouped:
                store.commit()


@pytest.mark.parametrize("inner", [True, False])
def test_what_was_rolled_back_is_forgotten(inner: bool) -> None:
    with Store.open(":memory:") as store:
        store.begin()
        with suppress(Broken), store.transaction():
            act(store, "insert", "a", "one")
            assert store.kept("publishers", NAME, "a") == {"id": "a", "name": "one"}
            if inner:
                with suppress(Broken), store.transaction():
                    act(store, "update", "a", "two")
                    assert store.kept("publishers", NAME, "a") == {"id": "a", "name": "two"}
                    raise Broken
                assert store.kept("publishers", NAME, "a") == {"id": "a", "name": "one"}
            raise Broken
        assert store.kept("publishers", NAME, "a") is None


def test_rows_that_are_remembered_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_ROWS", 3)
    with Store.open(":memory:") as store:
        for number in range(100):
            store.kept("publishers", NAME, str(number))
        assert len(store._kept._rows["publishers"]) <= 3


def test_no_trigger_and_no_key_writes_to_tables_whose_rows_are_remembered() -> None:
    """A statement that names one table changes no row of another that is remembered."""
    with Store.open(":memory:") as store:
        for row in store.all("select sql from sqlite_master where type='trigger'"):
            body = row["sql"].lower().partition(" begin")[2]
            written = set(re.findall(r"(?:insert (?:or ignore )?into|update|delete from)\s+(\w+)", body))
            assert written and not written & set(kept.TABLES), row["sql"]
        for table in kept.TABLES:
            for key in store.all(f"pragma foreign_key_list({table})"):
                assert (key["on_delete"], key["on_update"]) == ("NO ACTION", "NO ACTION"), table
