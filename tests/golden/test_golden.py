"""Every table and feed of the worlds is as it was when tests/golden/digests.json was written, row by row.

Where this fails, ``python -m tests.golden write`` both commits and ``compare`` them; where what differs is meant, say
so in the commit and write the digests anew: ``python -m tests.golden digests DIR``.
"""

import json
from pathlib import Path

import pytest

from tests.golden import compare, dump, worlds
from tests.golden.__main__ import FILE
from tests.golden.compare import Difference, differences
from tests.golden.declared import Declared
from tests.sample import replayed


def known() -> dict[str, dict[str, str]]:
    return dict(json.loads(FILE.read_text("utf-8")))


def check(world: str, data: Path) -> None:
    now, before = compare.digests(dump.tables(data)), known()[world]
    assert {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)} == set(), world


@pytest.mark.slow
@pytest.mark.parametrize("world", worlds.FOLD)
def test_a_world_of_the_fold_is_as_it_was(tmp_path: Path, world: str) -> None:
    worlds.FOLD[world](tmp_path / "data")
    check(world, tmp_path / "data")


@pytest.mark.process
def test_the_sample_world_is_as_it_was(tmp_path_factory: pytest.TempPathFactory) -> None:
    check("sample", replayed.once(tmp_path_factory) / "kept")


def test_digests_are_kept_of_all_worlds() -> None:
    assert known().keys() == worlds.ALL.keys()


def made(folder: Path, **tables: list[dict[str, object]]) -> Path:
    for name, rows in tables.items():
        file = folder / "world" / f"{name}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return folder


def test_each_row_that_only_one_dump_has_is_a_difference(tmp_path: Path) -> None:
    old = made(tmp_path / "old", documents=[{"id": "a"}, {"id": "b"}, {"id": "b"}], topics=[{"id": "t"}])
    new = made(tmp_path / "new", documents=[{"id": "b"}, {"id": "a"}, {"id": "c"}])
    assert list(differences(old, new)) == [
        Difference(world="world", table="documents", less=['{"id": "b"}'], more=['{"id": "c"}']),
        Difference(world="world", table="topics", less=['{"id": "t"}'], more=[]),
    ]
    assert list(differences(old, old)) == []


def test_what_is_declared_is_no_difference(tmp_path: Path) -> None:
    old = made(tmp_path / "old", copied=[{"id": "a", "hidden": 1, "told": 2}], aside=[{"id": "x"}])
    new = made(tmp_path / "new", duplicates=[{"id": "a", "announced": 2}])
    declared = Declared(
        dropped_tables=frozenset({"aside"}), dropped_columns=frozenset({"copied.hidden"}),
        renamed_tables={"copied": "duplicates"}, renamed_columns={"copied.told": "announced"},
    )  # fmt: skip
    assert list(differences(old, new, declared)) == []
    assert [each.table for each in differences(old, new)] == ["aside", "copied", "duplicates"]
    digests = compare.digests({"copied": ['{"id": "a", "hidden": 1, "told": 2}'], "aside": ["{}"]}, declared)
    assert digests == compare.digests({"duplicates": ['{"id": "a", "announced": 2}']}, declared)
