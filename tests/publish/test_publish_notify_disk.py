"""A disk that is full, or refuses: notify says which file and why, and sends nothing that it could not note."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.errors import StorageError
from tests.publish.test_publish_notify import made, send, server, wanted
from tests.run.mail_server import Accepting

__all__ = ["server"]


@pytest.fixture
def small(tmp_path: Path, database: Path) -> Iterator[Path]:
    """Mount a file system that holds the public database, and little more."""
    folder, size = tmp_path / "small", database.with_name("public.db").stat().st_size // 1024 + 200
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.process
def test_a_full_disk_is_told_and_all_is_sent_once_there_is_room(small: Path, database: Path, server: Accepting) -> None:
    here = made(database, small, server)
    with (small / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
        while True:
            filler.write(bytes(4096))
    cause = "(database or disk is full|disk I/O error|No space left on device)"
    with pytest.raises(StorageError, match=rf"{re.escape(str(here.data))}/\S+: {cause}"):
        send(here)
    assert server.accepted == []
    (small / "filler").unlink()
    send(here, hours=1)
    assert set(server.entries()) == wanted(here) and set(server.entries().values()) == {1}


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, database: Path, server: Accepting) -> None:
    here = made(database, tmp_path, server)
    (here.data / "notify.lock").mkdir()
    with pytest.raises(StorageError, match=r"notify\.lock: Is a directory"):
        send(here)
    assert server.accepted == []
