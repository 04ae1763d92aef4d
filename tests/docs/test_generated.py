"""Tables and columns, commands and options, sources and evidence: all described, none too many."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crawler.store import Store
from crawler.store.schema import described
from tests.docs import generated


@pytest.mark.parametrize("name", generated.PARTS)
def test_documentation_is_as_the_code_is(name: str) -> None:
    file, make = generated.PARTS[name]
    assert generated.written(name).strip() == make().strip(), f"{file} is out of date: run make docs"


def test_every_table_and_column_of_a_database_is_described(tmp_path: Path) -> None:
    with Store.open(tmp_path / "roundup.db"):
        pass
    connection = sqlite3.connect(tmp_path / "roundup.db")
    tables = {
        name: [row[1] for row in connection.execute(f"pragma table_info({name})")]
        for (name,) in connection.execute("select name from sqlite_master where type='table'").fetchall()
        if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))
    }
    connection.close()
    assert {table.name: list(table.columns) for table in described()} == tables


def test_every_kind_of_evidence_is_told() -> None:
    from typing import get_args

    from crawler.sources.values import Evidence

    assert set(generated.EVIDENCE) == set(get_args(Evidence))
