"""A site whose database is replaced while it runs, as a rebuild or a redaction does: it shows what is there now."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.export import export
from crawler.public import database as public
from tests.publish.publish_rows import ACT, WHERE, site

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("times", [1, 3])
async def test_what_was_taken_out_is_shown_no_longer(
    database: Path, tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "LOOK_EVERY_SECONDS", 0.0)
    served = tmp_path / "roundup.db"
    shutil.copy(database, served)
    export(served)
    shown = site(served, WHERE)
    opened = shown.get_database("roundup")._all_file_connections
    title = (await shown.client.get(f"/roundup/documents.json?id={ACT}&_shape=array")).json()[0]["title"]
    assert title
    for number in range(times):
        beside = tmp_path / "roundup.db.new"
        shutil.copy(database, beside)
        with closing(sqlite3.connect(beside)) as new:
            new.execute("update documents set title=? where id=?", (f"Title {number}", ACT))
            new.commit()
        beside.replace(served)
        export(served)
        for _ in range(12):  # More than there are threads.
            answer = await shown.client.get(f"/roundup/documents.json?id={ACT}&_shape=array")
            assert answer.json()[0]["title"] == f"Title {number}"
            page = await shown.client.get(f"/doc/{ACT}")
            assert f"Title {number}" in page.text and title not in page.text.split("<h1")[1].split("</h1>")[0]
    assert len(opened) <= 8, "the old ones were closed"
