"""Filters: allow-listed names, values as parameters, facets that narrow each other down."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.entries import headlines
from crawler.errors import StorageError
from crawler.feeds import CHANGES, FACETS, Feed, Filter, UnknownFilterError, chosen, newest, one, read, unknown, write
from crawler.store.schema import migrations

FEED = Feed(authority="sample.invalid", public_url="https://roundup.example.org")


def add(db: Database, table: str, **values: object) -> None:
    """Add a row; what must not be null and is not given is blank."""
    columns = db[table].columns
    blank = {one.name: "" if one.type == "TEXT" else 0 for one in columns if one.notnull and not one.is_pk}
    row = {**blank, **values}
    db.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", [*row.values()])


@pytest.fixture
def db() -> Database:
    made = Database(memory=True)
    migrations.apply(made)
    add(made, "publishers", id="ho", name="Home Office", jurisdiction="United Kingdom", copy="public")
    for name, kind in (("a", "guidance"), ("b", "legislation")):
        add(made, "sources", id=name, name=name, publisher="ho", kind=kind, jurisdiction="United Kingdom")
    add(made, "crawls", id="c")
    for number in range(60):
        announced = None if number == 59 else f"2026-11-{number % 28 + 1:02}T10:{number:02}:00Z"
        add(
            made,
            "entries",
            id=f"e{number:02}",
            crawl="c",
            kind="new" if number % 2 else "changed",
            title="t",
            details="[]",
            jurisdiction="Scotland" if number % 3 else "Wales",
            publisher="ho",
            source="ab"[number % 2],
            document_kind="guidance" if number % 5 else "act",
            announced=announced,
            updated=announced,
            state="announced" if announced else "silent",
        )
    made.execute("update entries set state = 'corrected', updated = '2026-12-24T10:00:00Z' where id = 'e00'")
    return made


def ids(db: Database, filter: Filter, **rest: Any) -> list[str]:
    sql, params = newest(filter, **rest)
    return [read(row).id for row in db.query(sql, params)]


def test_the_newest_fifty_and_corrections_first(db: Database) -> None:
    found = ids(db, Filter())
    assert len(found) == 50 and found[0] == "e00" and "e59" not in found
    assert ids(db, Filter(), by="announced", limit=100)[0] == "e55"
    assert set(ids(db, Filter(), limit=100)) == {f"e{n:02}" for n in range(59)}
    assert ids(db, Filter(), limit=5, skip=5) == found[5:10]


def test_values_are_alternatives_and_facets_narrow(db: Database) -> None:
    wide = ids(db, chosen([("jurisdiction", "Wales"), ("jurisdiction", "Scotland")]), limit=100)
    assert len(wide) == 59
    narrow = ids(db, chosen([("jurisdiction", "Wales"), ("kind", "act"), ("change", "new")]), limit=100)
    assert set(narrow) == {f"e{n:02}" for n in range(59) if n % 3 == 0 and n % 5 == 0 and n % 2}
    assert ids(db, chosen([("document", "none")])) == []


def test_an_entry_by_its_id(db: Database) -> None:
    assert [row["id"] for row in db.query(one(), {"id": "e59"})] == ["e59"]


@pytest.mark.parametrize("facet", [name for name in FACETS if name != "change"])
def test_values_nothing_has_are_told(db: Database, facet: str) -> None:
    assert list(db.query(*unknown(chosen([(facet, "Atlantis")])))) == [{"facet": facet, "value": "Atlantis"}]


def test_values_something_has_are_not(db: Database) -> None:
    known = [("jurisdiction", "Wales"), ("jurisdiction", "United Kingdom"), ("kind", "act"), ("kind", "legislation"),
             ("source", "a"), ("publisher", "ho"), ("change", "new")]  # fmt: skip
    assert list(db.query(*unknown(chosen(known)))) == []
    assert list(db.query(*unknown(Filter()))) == []


@pytest.mark.parametrize("pair", [("topic", "x"), ("change", "exploded"), ("e.id", "1"), ("", "x")])
def test_unknown_names_are_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(UnknownFilterError, match="there is no"):
        chosen([pair])


@given(
    st.lists(st.tuples(st.sampled_from([name for name in FACETS if name != "change"]), st.text(max_size=9)), max_size=9)
)
def test_values_never_become_sql(pairs: list[tuple[str, str]]) -> None:
    filter = chosen(pairs)
    assert filter == chosen(reversed(pairs))
    sql, params = newest(filter)
    bare, _ = newest(chosen([(facet, "x") for facet, _ in filter.pairs]))
    assert set(params.values()) - {50, 0} == {value for _, value in filter.pairs}
    if len({facet for facet, _ in filter.pairs}) == len(filter.pairs):
        assert sql == bare


def test_files_are_whole_and_only_replaced_when_new(db: Database, tmp_path: Path) -> None:
    rows = list(db.query(*newest(Filter())))
    written = write(rows, FEED, tmp_path)
    assert [path.name for path in written] == ["changes.atom", "changes.json"]
    for path in written:
        os.utime(path, (1, 1))
    assert write(rows, FEED, tmp_path) == []
    assert all(path.stat().st_mtime == 1 for path in written)
    assert write(rows[1:], FEED, tmp_path) == written
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == ["changes.atom", "changes.json"]
    assert written[0].stat().st_mode & 0o777 == 0o644


def test_a_disk_that_refuses_keeps_the_old_file(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(db.query(*newest(Filter())))
    atom, _ = write(rows, FEED, tmp_path)
    before = atom.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"changes.atom: No space left"):
        write(rows[1:], FEED, tmp_path)
    assert atom.read_bytes() == before
    assert [path.name for path in (tmp_path / "feeds").iterdir() if path.name.startswith(".")] == []


def test_bytes_that_do_not_read_back_are_not_written(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.feeds.atom.render", lambda *_: b"<feed/>")
    with pytest.raises(StorageError, match="reads back with other entries"):
        write(list(db.query(*newest(Filter()))), FEED, tmp_path)
    assert not (tmp_path / "feeds").exists()


def test_every_kind_of_entry_can_be_asked_for() -> None:
    assert set(headlines._ORDER) | {"watching", "late"} == set(CHANGES)
