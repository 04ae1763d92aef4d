"""A folder that one may only read: what only reads it works, and what would write it says why it cannot."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.run.options import DATABASE
from tests.fold.world import SOURCES
from tests.run.command import roundup
from tests.run.test_storage import two_days

pytestmark = pytest.mark.process

DROP = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Root may write everywhere, unless it gives that up."""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() == 0 and not shutil.which(DROP[0]):
        pytest.skip("root writes everywhere, and setpriv is not there")
    two_days(tmp_path / "data")
    (tmp_path / "sources.yaml").write_text(SOURCES)
    assert roundup("export", "--data", tmp_path / "data").code == 0
    (tmp_path / "data" / "export.lock").unlink(missing_ok=True)
    every = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield tmp_path / "data"
    for path in every:
        path.chmod(0o755 if path.is_dir() else 0o644)


def run(*arguments: object) -> tuple[int, str]:
    before = DROP if os.geteuid() == 0 else ()
    command = [*before, sys.executable, "-m", "crawler", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_folder_is_read_that_may_only_be_read(data: Path, tmp_path: Path) -> None:
    sources = ("--sources", tmp_path / "sources.yaml")
    for command in (("status", "--data", data), ("check", "--data", data, *sources)):
        code, words = run(*command)
        assert code == 0, words
    code, words = run("export", "--data", data, "--to", tmp_path / "out")
    assert code == 0 and "its directory is read-only" in words and (tmp_path / "out" / "public.db").is_file(), words
    for command in (("export", "--data", data), ("feeds", "--data", data, *sources), ("rebuild", "--data", data)):
        code, words = run(*command)
        assert code == 4 and ".lock: Permission denied" in words and "Traceback" not in words, words


def named(data: Path) -> str:
    """Return what another process without rights reads: the names of the sources, or why it cannot."""
    names = "Store.open(sys.argv[1]).all('select name from sources')"
    code = f"import sys; from crawler.store import Store; print({names})"
    before = DROP if os.geteuid() == 0 else ()
    command = [*before, sys.executable, "-c", code, str(data / DATABASE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def test_a_database_is_read_while_others_write_it(data: Path) -> None:
    """What they wrote last is read, and not missed because this user can write nothing."""
    data.chmod(0o755)
    (data / DATABASE).chmod(0o644)
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as writer:
        writer.execute("update sources set name='Written meanwhile'")
        for path in data.glob(f"{DATABASE}*"):
            path.chmod(0o444)
        data.chmod(0o555)
        assert "Written meanwhile" in named(data)
        data.chmod(0o755)
        (data / f"{DATABASE}-shm").rename(data / "elsewhere")
        data.chmod(0o555)
        assert "holds what was written last" in named(data)
        data.chmod(0o755)
        (data / "elsewhere").rename(data / f"{DATABASE}-shm")
