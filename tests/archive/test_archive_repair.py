"""A writer killed, a disk full, a file damaged: what stands stays readable, the rest is named."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, Journal, check
from crawler.archive.members import Member, open_to_read, walk
from crawler.errors import ArchiveError
from tests.archive.archive_samples import LINK, NOON, answer, at, fastwarc_verified, run_file, write

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
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


def test_killed_before_the_first_entry_of_a_run(tmp_path: Path) -> None:
    """The file says only what it is; another run begins, and follows the file before it."""
    before = write(tmp_path, answer(), run="1")
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
    assert (tmp_path / "run-2.warc.gz").exists()
    write(tmp_path, answer(time=at(1)), run="3")
    assert Archive.open(tmp_path).files == ("run-1.warc.gz", "run-3.warc.gz")
    assert [one.time for one in Archive.open(tmp_path).records() if isinstance(one, Exchange)] == [
        before[0].time, at(1),
    ]  # fmt: skip


@pytest.mark.parametrize("length", [0, 1, 2, 3, 10, 200])
def test_killed_while_the_file_was_made(tmp_path: Path, length: int) -> None:
    write(tmp_path)
    path = run_file(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    with Archive.open(tmp_path) as archive:
        assert not path.exists()
        assert archive.repairs == (
            f"{path.name}: removed; its writer was killed before anything stood in its {length} bytes",
        )
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


def test_a_last_record_that_is_damaged_is_not_taken_for_one_that_was_cut(tmp_path: Path) -> None:
    """What was captured stands in it: a kill leaves a record unfinished, it does not change bytes."""
    write(tmp_path, answer())
    path = run_file(tmp_path)
    whole = path.read_bytes()
    last = whole.rfind(b"\x1f\x8b\x08")
    for at_byte in (last + 40, len(whole) - 6, len(whole) - 1):
        content = bytearray(whole)
        content[at_byte] ^= 0xFF
        path.write_bytes(content)
        with pytest.raises(ArchiveError, match=rf"{path.name}: offset {last}: .*; a record that is not cut off"):
            Archive.open(tmp_path)
        assert path.read_bytes() == content


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


def test_only_the_newest_file_may_have_been_killed(tmp_path: Path) -> None:
    """A writer repairs the newest file before it begins another one: an older one that ends early lost something."""
    write(tmp_path, answer(), run="1")
    write(tmp_path, answer(), run="2")
    older, newest = sorted(tmp_path.iterdir())
    whole = older.read_bytes()
    newest.write_bytes(newest.read_bytes()[:-5])
    older.write_bytes(whole[:-5])
    cut = newest.read_bytes()
    with pytest.raises(ArchiveError, match=rf"run-1.warc.gz: {len(whole) - 5} bytes long, expected {len(whole)}"):
        Archive.open(tmp_path)
    assert (older.read_bytes(), newest.read_bytes()) == (whole[:-5], cut)
    older.write_bytes(whole)
    assert [text.partition(":")[0] for text in Archive.open(tmp_path).repairs] == ["run-2.warc.gz"]


def test_two_kills_in_a_row(tmp_path: Path) -> None:
    """Each writer is killed within a record, each next one goes on in the same file or in another one."""
    for run in ("1", "1", "2"):
        with Archive.open(tmp_path) as archive:
            archive.start(run, {})
            archive.exchange(answer(url=f"https://www.example.org/{run}"), LINK)
        path = max(tmp_path.iterdir())
        path.write_bytes(path.read_bytes() + path.read_bytes()[:50])
    archive = Archive.open(tmp_path)
    assert len(archive.repairs) == 1 and len([*archive.records()]) == 3 and check(tmp_path) == []


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


def test_only_the_record_that_is_damaged_is_blamed(tmp_path: Path) -> None:
    write(tmp_path, answer(), answer())
    path = run_file(tmp_path)
    whole = path.read_bytes()
    with open_to_read(path) as fd:
        places = [each for each in walk(fd) if isinstance(each, Member)]
    assert len(places) == 9
    for place in places:
        content = bytearray(whole)
        content[place.end - 6] ^= 0xFF
        path.write_bytes(content)
        assert check(tmp_path) == [f"{path.name}: offset {place.offset}: damaged: incorrect data check"]


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


@pytest.mark.process
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
