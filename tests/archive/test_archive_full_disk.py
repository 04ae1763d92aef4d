"""A disk that is full, in every way it can be: the half record is taken back, what stands stays readable."""

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Exchange, check
from crawler.errors import ArchiveError, StorageError
from tests.archive.archive_samples import LINK, NOON, PAGE, answer, at, run_file

ROOT = Path(__file__).parents[2]


class FullDisk:
    """A file that takes some bytes, then fails; writes go to the real file."""

    def __init__(self, real: object, room: int, error: int, truncates: bool = True) -> None:
        self.real, self.room, self.error, self.truncates = real, room, error, truncates

    def write(self, data: memoryview) -> int:
        if not self.room:
            if self.error == 0:
                return 0
            raise OSError(self.error, os.strerror(self.error))
        written: int = self.real.write(data[: self.room])  # type: ignore[attr-defined]  # any file
        self.room -= written
        return written

    def truncate(self, size: int) -> int:
        if not self.truncates:
            raise OSError(errno.EIO, "input/output error")
        return self.real.truncate(size)  # type: ignore[attr-defined, no-any-return]

    def fileno(self) -> int:
        return self.real.fileno()  # type: ignore[attr-defined, no-any-return]

    def close(self) -> None:
        self.real.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, 0])
@pytest.mark.parametrize("room", [0, 1, 300, 500])
def test_full_disk(tmp_path: Path, error: int, room: int) -> None:
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        first = archive.exchange(answer(), LINK)
        out: Any = archive._out
        real = out._file
        size = run_file(tmp_path).stat().st_size
        out._file = FullDisk(real, room, error)
        with pytest.raises(StorageError, match=r"run-1.warc.gz: cannot write \d+ bytes: ") as caught:
            archive.exchange(answer(), LINK)
        assert isinstance(caught.value, ArchiveError)
        assert run_file(tmp_path).stat().st_size == size
        assert [*archive.records()] == [first]
        out._file = real
        second = archive.exchange(answer(), LINK)
    assert [*Archive.open(tmp_path).records()] == [first, second]
    assert check(tmp_path) == []


def test_a_half_record_that_cannot_be_taken_back_is_not_written_behind(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.start("1", {})
    first = archive.exchange(answer(), LINK)
    out: Any = archive._out
    out._file = FullDisk(out._file, 100, errno.EIO, truncates=False)
    for _ in range(2):
        with pytest.raises(ArchiveError):
            archive.exchange(answer(), LINK)
    archive.close()
    again = Archive.open(tmp_path)
    assert "cut 100 bytes" in again.repairs[0] and [*again.records()] == [first]


def test_an_interrupt_between_two_writes(tmp_path: Path) -> None:
    class Interrupted(FullDisk):
        def write(self, data: memoryview) -> int:
            if not self.room:
                raise KeyboardInterrupt
            return super().write(data)

    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        out: Any = archive._out
        real, out._file = out._file, Interrupted(out._file, 100, 0)
        with pytest.raises(KeyboardInterrupt):
            archive.journal("x", {"a": PAGE.decode()}, NOON)
        out._file = real
        entry = archive.journal("y", {}, at(1))
        assert [*archive.records()] == [entry]


@pytest.mark.process
def test_size_limit_of_the_operating_system(tmp_path: Path) -> None:
    """A process that may not write files of more than 40 kB stops with an error; the archive is readable."""
    script = f"""
        import os, resource, sys
        sys.path.insert(0, {str(ROOT)!r})
        from pathlib import Path
        from tests.archive.archive_samples import LINK, answer
        from crawler.archive import Archive
        from crawler.errors import ArchiveError
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        archive = Archive.open(Path({str(tmp_path)!r}))
        archive.start("1", {{}})
        for number in range(100):
            try:
                archive.exchange(answer(body=os.urandom(5000)), LINK)
            except ArchiveError as error:
                print(number, error)
                break
        archive.close()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True, timeout=60
    )
    number, _, message = done.stdout.partition(" ")
    assert "File too large" in message and "run-1.warc.gz" in message
    found = [*Archive.open(tmp_path).records()]
    assert len(found) == int(number) == 6
    assert Archive.open(tmp_path).repairs == () and check(tmp_path) == []


@pytest.mark.process
def test_a_real_full_disk(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(tmp_path)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    try:
        archive = Archive.open(tmp_path / "archive")
        archive.start("1", {})
        written: list[Exchange] = []
        with pytest.raises(ArchiveError, match="No space left on device"):
            while True:
                written.append(archive.exchange(answer(body=os.urandom(5000)), LINK))
        archive.close()
        assert written and [*Archive.open(tmp_path / "archive").records()] == written
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="file"):
        Archive.open(tmp_path / "file" / "archive")
