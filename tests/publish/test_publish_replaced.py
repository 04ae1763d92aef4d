"""A site whose database is replaced while it runs, as a rebuild or a redaction does: it shows what is there now."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.export import export
from crawler.public import database as public
from crawler.public.known import known
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


@pytest.mark.process
@pytest.mark.parametrize("damage", ["empty", "cut", "garbage", "a page overwritten"])
def test_a_damaged_file_is_named_with_what_mends_it(database: Path, tmp_path: Path, damage: str) -> None:
    """The commands that read it say so in one line, and end with 4."""
    file = tmp_path / public.FILE
    whole = database.with_name(public.FILE).read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    overwritten = whole[:size] + b"\xff" * (len(whole) - size)
    bodies = {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "garbage": b"<html>" * 999,
        "a page overwritten": overwritten,
    }
    file.write_bytes(bodies[damage])
    with pytest.raises(StoreError, match=rf"{file}: .*; roundup export writes it anew"):
        public.PublicDatabase(file).ask(known)
    run = subprocess.run(
        [sys.executable, "-m", "crawler", "digest", "--data", tmp_path], capture_output=True, text=True
    )
    assert run.returncode == 4 and "Traceback" not in run.stderr and len(run.stderr.splitlines()) == 1
