"""Rows that are remembered are those of the database, whatever was written, rolled back or left open meanwhile."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import StoreError
from crawler.store import Row, Store, documents, row_cache

IDS = ("a", "b", "c")


class Broken(Exception):
    """Something else went wrong inside a transaction."""


def publisher(identifier: str, name: str) -> dict[str, object]:
    texts = dict.fromkeys(("jurisdiction", "licence", "licence_url", "attribution", "copy"), "")
    return {"id": identifier, "name": name, **texts}


@contextmanager
def looked_at(store: Store) -> Iterator[None]:
    """Remember every row before something happens, and compare it with the database then."""
    for each in IDS[1:]:
        store.row("publishers", each)
    store.load("document_sources", IDS[1:])
    yield
    for each in IDS:
        assert store.row("publishers", each) == store.one("select * from publishers where id=?", each)
        stored = store.all("select * from document_sources where document=?", each)
        assert sorted(store.rows("document_sources", each), key=str) == sorted(stored, key=str)


def act(store: Store, what: str, identifier: str, name: str) -> None:  # noqa: C901
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
        case "say":
            row = {"document": identifier, "source": name, "first_seen": name, "listed": "{}", "stated": "{}"}
            store.upsert("document_sources", {**row, "last_seen": identifier}, ["document", "source"])
        case "say more":
            store.update("document_sources", {"document": identifier, "source": name}, {"listed": "[1]"})
        case "rename":
            store.update("publishers", {"id": identifier}, {"id": name})
        case "delete":
            store.do("DELETE FROM Publishers WHERE id=?", identifier)
        case "with":
            store.do(
                "with x(n) as (select ?) update publishers set name=(select n from x) where id=?", name, identifier
            )


ACTS = st.tuples(
    st.sampled_from(
        ["insert", "insert all", "insert new", "upsert", "update", "say", "say more", "rename", "delete", "with"]
    ),
    st.sampled_from(IDS),
    st.sampled_from(["one", "two", "three"]),
)


@pytest.mark.slow
@given(steps=st.lists(st.tuples(st.lists(ACTS, max_size=4), st.booleans(), st.booleans()), max_size=6))
def test_what_is_remembered_is_what_stands_there(
    steps: list[tuple[list[tuple[str, str, str]], bool, bool]],
) -> None:
    with Store.open(":memory:") as store:
        store.do("pragma foreign_keys=off")
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
            assert store.row("publishers", "a") == publisher("a", "one")
            if inner:
                with suppress(Broken), store.transaction():
                    act(store, "update", "a", "two")
                    assert store.row("publishers", "a") == publisher("a", "two")
                    raise Broken
                assert store.row("publishers", "a") == publisher("a", "one")
            raise Broken
        assert store.row("publishers", "a") is None


def test_rows_that_are_remembered_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_cache, "MAX_KEYS", 3)
    with Store.open(":memory:") as store:
        for number in range(100):
            store.row("publishers", str(number))
        store.load("publishers", map(str, range(100)))
        assert len(store._remembered._rows["publishers"]) <= 3


def test_no_trigger_and_no_key_writes_to_tables_whose_rows_are_remembered() -> None:
    """A statement that names one table changes no row of another that is remembered."""
    with Store.open(":memory:") as store:
        for row in store.all("select sql from sqlite_master where type='trigger'"):
            body = row["sql"].lower().partition(" begin")[2]
            written = set(re.findall(r"(?:insert (?:or ignore )?into|update|delete from)\s+(\w+)", body))
            assert written and not written & set(row_cache.KEYS), row["sql"]
        for table in row_cache.KEYS:
            for key in store.all(f"pragma foreign_key_list({table})"):
                assert (key["on_delete"], key["on_update"]) == ("NO ACTION", "NO ACTION"), table


def test_a_question_with_a_common_table_forgets_nothing() -> None:
    assert row_cache._written("with x as (select 1) select * from x join documents") == ()
    assert row_cache._written("with x as (select 1) delete from documents where id in x")


def test_names_of_a_long_list_are_asked_for_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_cache, "MAX_KEYS", 8)
    monkeypatch.setattr(documents, "_AT_ONCE", 4)
    asked: list[str] = []
    rows = Store._rows

    def counted(self: Store, sql: str, values: Sequence[object]) -> list[Row]:
        asked.append(sql)
        return rows(self, sql, values)

    monkeypatch.setattr(Store, "_rows", counted)
    assert len(documents.named(store, [f"url:{number}" for number in range(40)])) == 40
    assert len(asked) == 30  # Of names that nobody has, nothing more is asked.
