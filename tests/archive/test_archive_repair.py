"""A writer killed, a disk full, a file damaged: what stands stays readable, the rest is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, Journal, check
from crawler.errors import ArchiveError
from tests.archive.archive_samples import LINK, NOON, answer, fastwarc_verified, run_file, write

ROOT = Path(__file__).parents[2]


def test_cut_at_every_byte_of_the_last_exchange(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        before = [archive.journal("run-started", {}, NOON), archive.exchange(answer(), LINK)]
        whole = run_file(tmp_path).stat().st_size
        archive.exchange(answer(url="https://www.example.org/b"), LINK)
    path = run_file(tmp_path)
    content = path.read_bytes()
    assert len(content) > whole + 500
    for length in range(whole, len(content)):
        path.write_bytes(content[:length])
        archive = Archive.open(tmp_path)
        assert path.stat().st_size == whole
        assert bool(archive.repairs) == (length > whole), length
        assert [*archive.records()] == before
        archive.start("1", {})
        again = archive.exchange(answer(url="https://www.example.org/b"), LINK)
        archive.close()
        assert [*Archive.open(tmp_path).records()] == [*before, again]
    assert check(tmp_path) == []


def test_repair_says_what_it_cut(tmp_path: Path) -> None:
    (exchange,) = write(tmp_path, answer())
    path = run_file(tmp_path)
    end = exchange.place.end
    size = path.stat().st_size - 1
    path.write_bytes(path.read_bytes()[:-1])
    archive = Archive.open(tmp_path)
    assert archive.repairs == (f"{path.name}: cut {size - end} bytes of an unfinished record at offset {end}",)
    assert Archive.open(tmp_path).repairs == ()


@pytest.mark.parametrize("length", [0, 1, 2, 3, 10, 200])
def test_killed_while_the_file_was_made(tmp_path: Path, length: int) -> None:
    write(tmp_path)
    path = run_file(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    with Archive.open(tmp_path) as archive:
        assert path.stat().st_size == 0
        archive.start("20260301T120000Z", {})
        archive.exchange(answer(), LINK)
    assert fastwarc_verified(path) == ["warcinfo", "metadata", "request", "response"]


def test_zeros_at_the_end_after_loss_of_power(tmp_path: Path) -> None:
    (exchange,) = write(tmp_path, answer())
    path = run_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: exchange.place.end + 20] + bytes(5000))
    assert Archive.open(tmp_path).repairs
    assert path.read_bytes() == content[: exchange.place.end]


def test_a_large_last_record(tmp_path: Path) -> None:
    """A last record longer than what is looked at from the end: the file is read whole."""
    noise = os.urandom(2_500_000)
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        first, last = archive.exchange(answer(), LINK), archive.exchange(answer(body=noise), LINK)
    path = run_file(tmp_path)
    assert Archive.open(tmp_path).repairs == ()
    assert [*Archive.open(tmp_path).records()] == [first, last]
    path.write_bytes(path.read_bytes()[:-100])
    assert Archive.open(tmp_path).repairs
    assert [*Archive.open(tmp_path).records()] == [first]


def test_every_file_that_may_have_been_killed_is_looked_at(tmp_path: Path) -> None:
    write(tmp_path, answer(), run="1")
    write(tmp_path, answer(), run="2")
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-5])
    repairs = Archive.open(tmp_path).repairs
    assert [text.partition(":")[0] for text in repairs] == ["run-1.warc.gz", "run-2.warc.gz"]


def test_something_else_under_the_name_of_a_file_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "run-1.warc.gz"
    path.write_bytes(b"this is not an archive")
    with pytest.raises(ArchiveError, match=r"run-1.warc.gz: offset 0: not a gzip"):
        Archive.open(tmp_path)
    assert path.read_bytes() == b"this is not an archive"


def test_damage_in_the_middle_is_named_and_left_alone(tmp_path: Path) -> None:
    first, second = write(tmp_path, answer(), answer())
    path = run_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[first.place.end - 6] ^= 0xFF  # within the CRC
    path.write_bytes(content)
    archive = Archive.open(tmp_path)
    assert archive.repairs == () and path.read_bytes() == content
    seen: list[Journal | Exchange] = []
    with pytest.raises(ArchiveError, match=rf"{path.name}: offset {first.place.offset}: damaged: incorrect data check"):
        seen.extend(archive.records())
    assert archive.read(second.place) == second
    with pytest.raises(ArchiveError, match=f"offset {first.place.offset}"):
        archive.read(first.place)
    assert check(tmp_path) == [f"{path.name}: offset {first.place.offset}: damaged: incorrect data check"]


def test_damage_and_a_cut_end(tmp_path: Path) -> None:
    first, second = write(tmp_path, answer(), answer())
    path = run_file(tmp_path)
    content = bytearray(path.read_bytes()[:-3])
    content[first.place.end - 6] ^= 0xFF
    path.write_bytes(content)
    archive = Archive.open(tmp_path)
    assert len(archive.repairs) == 1 and path.stat().st_size == second.place.end
    assert archive.read(second.place) == second


def test_read_only_neither_cuts_nor_stumbles_over_what_is_being_written(tmp_path: Path) -> None:
    first, _ = write(tmp_path, answer(), answer())
    path = run_file(tmp_path)
    content = path.read_bytes()
    for length in (first.place.end, first.place.end + 100, first.place.end + 700):
        path.write_bytes(content[:length])
        archive = Archive.open(tmp_path, read_only=True)
        assert [one for one in archive.records() if isinstance(one, Exchange)] == [first]
        assert path.stat().st_size == length
    assert Archive.open(tmp_path / "none", read_only=True).files == ()
    assert not (tmp_path / "none").exists()


def test_kill_9_while_writing(tmp_path: Path) -> None:
    """A process is killed at whatever it does; everything it reported as written is there, nothing is half."""
    script = f"""
        import sys
        sys.path.insert(0, {str(ROOT)!r})
        from pathlib import Path
        from tests.archive.archive_samples import LINK, answer
        from crawler.archive import Archive
        archive = Archive.open(Path({str(tmp_path)!r}))
        archive.start("1", {{}})
        number = 0
        while True:
            archive.exchange(answer(url=f"https://www.example.org/{{number}}", body=bytes(range(256)) * 40), LINK)
            print(number, flush=True)
            number += 1
    """
    told = 0
    for count in (1, 7, 20):
        process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(count):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        told += count + len(process.stdout.read().split())
        process.wait()
        process.stdout.close()
        with Archive.open(tmp_path) as archive:
            found = [*archive.records()]
        assert told <= len(found) <= told + 1
        told = len(found)
        assert check(tmp_path) == []
