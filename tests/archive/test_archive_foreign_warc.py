"""Foreign files that are cut, damaged, strange or no WARC at all."""

import gzip
import tracemalloc
from datetime import timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from warcio.cli import main as warcio_command

from crawler.archive import Replay, foreign_warc
from crawler.cli.main import exit_code
from crawler.errors import ArchiveError, ConfigError
from tests.archive.archive_samples import NOON, PAGE, Foreign, bodies, only
from tests.tiers import examples

URL = "https://www.example.org/a"


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / ("file.warc.gz" if request.param else "file.warc"), gzip=request.param)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"status": "304 Not Modified"}, "304 that refers to no capture"),
        ({"status": "no status"}, "block is no HTTP response"),
        ({"headers": [("Transfer-Encoding", "gzip, chunked")]}, "unknown transfer coding 'gzip, chunked'"),
        ({"fields": {"WARC-Segment-Number": "1"}}, "record is cut into segments"),
    ],
)
def test_captures_that_cannot_answer_are_listed(file: Foreign, more: dict[str, Any], problem: str) -> None:
    with file:
        file.response(URL, NOON, PAGE, **more)
        file.response("https://me@www.example.org/", NOON, PAGE)
        file.response("https://www.example.org/b", NOON, PAGE)
    replay = Replay.open([file.path])
    assert bodies(replay, URL, "https://www.example.org/b") == [None, PAGE]
    assert len(replay.problems) == 2
    assert any(text.startswith(f"{file.path}: offset 0: {URL}: {problem}") for text in replay.problems)


def test_a_block_that_is_not_what_its_digest_says(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc", gzip=False) as file:
        file.response(URL, NOON, PAGE)
    file.path.write_bytes(file.path.read_bytes().replace(b"of our own", b"of my own!"))
    replay = Replay.open([file.path])
    assert bodies(replay, URL) == [None]
    assert replay.problems == (f"{file.path}: offset 0: {URL}: block is not what WARC-Block-Digest says; left out",)


@pytest.mark.parametrize("year", [1, 1989, 2200, 9999])
def test_a_date_at_the_ends_of_the_calendar_is_left_out_and_listed(file: Foreign, year: int) -> None:
    with file:
        file.response(URL, NOON, PAGE)
        file.response(URL, NOON.replace(year=year), b"<html>of another time</html>")
    replay = Replay.open([file.path])
    assert bodies(replay, URL) == [PAGE] and replay.newest == NOON
    (problem,) = replay.problems
    assert "is no time at which the web was read; left out" in problem


def test_a_cut_last_record_is_left_out_and_listed(file: Foreign) -> None:
    with file:
        file.response(URL, NOON, PAGE)
        size = file._stream.tell()
        file.response("https://www.example.org/b", NOON, PAGE)
    content = file.path.read_bytes()
    for length in range(size + 6, len(content) - 4):
        file.path.write_bytes(content[:length])
        replay = Replay.open([file.path])
        assert bodies(replay, URL, "https://www.example.org/b") == [PAGE, None]
        (problem,) = replay.problems
        assert f"{file.path}: offset {size}: the file ends within this record; left out" == problem


@pytest.mark.parametrize(
    "content",
    [b"no WARC at all", b"\x1f\x8b\x08garbage", gzip.compress(b"no WARC", mtime=0), b"WARC/1.1\r\n" + b"x" * 70_000],
)
def test_what_is_no_warc_is_refused_with_file_and_offset(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"file.warc.gz: no WARC file: offset 0: "):
        Replay.open([path])


def test_a_first_record_that_is_damaged_or_cut(tmp_path: Path) -> None:
    """Damaged before others it is a WARC all the same; cut, with nothing behind it, nothing is left of one."""
    with Foreign(tmp_path / "file.warc.gz") as file:
        file.response(URL, NOON, PAGE)
        size = file._stream.tell()
        file.response("https://www.example.org/b", NOON, PAGE)
    content = bytearray(file.path.read_bytes())
    file.path.write_bytes(content[: size - 10])
    with pytest.raises(ConfigError, match=r"file.warc.gz: no WARC file: offset 0: the file ends within this record"):
        Replay.open([file.path])
    content[size - 6] ^= 0xFF
    file.path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"file.warc.gz: offset 0: damaged: incorrect data check"):
        Replay.open([file.path])


def test_damage_in_the_middle_is_refused_with_file_and_offset(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc.gz") as file:
        file.response("https://www.example.org/b", NOON, PAGE)
        start = file._stream.tell()
        file.response(URL, NOON, PAGE)
        end = file._stream.tell()
        file.response("https://www.example.org/c", NOON, PAGE)
    content = file.path.read_bytes()
    crc = bytearray(content)
    crc[end - 6] ^= 1
    for spoilt in (bytes(crc), content[: end - 20] + content[end:], content[:end] + b"garbage" + content[end:]):
        file.path.write_bytes(spoilt)
        offset = end if b"garbage" in spoilt else start
        with pytest.raises(ArchiveError, match=rf"file.warc.gz: offset {offset}: "):
            Replay.open([file.path])


def test_garbage_between_plain_records_is_refused(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc", gzip=False) as file:
        file.response(URL, NOON, PAGE)
        end = file._stream.tell()
        file.response("https://www.example.org/c", NOON, PAGE)
    content = file.path.read_bytes()
    file.path.write_bytes(content[:end] + b"garbage" + content[end:])
    with pytest.raises(ArchiveError, match=rf"file.warc: offset {end}: not a WARC record: b'garbage"):
        Replay.open([file.path])


def test_one_gzip_stream_over_all_records_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc", gzip=False) as file:
        file.response(URL, NOON, PAGE)
        file.response("https://www.example.org/c", NOON, PAGE)
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(file.path.read_bytes()))
    with pytest.raises(ConfigError, match="warcio recompress"):
        Replay.open([whole])
    warcio_command(["recompress", str(whole), str(tmp_path / "good.warc.gz")])
    assert bodies(Replay.open([tmp_path / "good.warc.gz"]), URL) == [PAGE]


def test_files_that_are_empty_missing_or_no_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "zip.warc.gz").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "folder").mkdir()
    for name, cause in (
        ("empty.warc.gz", "no WARC file: it is empty"),
        ("zip.warc.gz", "no WARC file: offset 0: not a WARC record"),
        ("none.warc.gz", "No such file"),
        ("folder", "Is a directory"),
    ):
        with pytest.raises(ConfigError, match=f"{name}: {cause}") as caught:
            Replay.open([tmp_path / name])
        assert exit_code(caught.value) == 2 and "\n" not in str(caught.value)


def test_ways_of_old_writers(tmp_path: Path) -> None:
    """Angle brackets around addresses, seconds only, LF instead of CRLF, SHA-1 in hexadecimal, folded headers."""
    block = b"HTTP/1.0 200 OK\nContent-Type: text/html\nX: a\n b\n\nbody"
    head = (
        "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: <http://www.example.org/a>\nWARC-Date: 2026-03-01T12:00:00Z\n"
        "WARC-Record-ID: <urn:uuid:1>\nWARC-Block-Digest: SHA-1:{}\nContent-Type: application/http\n"
        f"Content-Length: {len(block)}\n\n"
    )
    path = tmp_path / "old.warc"
    path.write_bytes(head.format(sha1(block).hexdigest()).encode() + block + b"\n\n")
    found = only(Replay.open([path]), URL)
    assert (found.url, found.body, found.time) == ("http://www.example.org/a", b"body", NOON.replace(microsecond=0))
    assert found.headers == (("Content-Type", "text/html"), ("X", "a b"))


def test_a_file_that_changed_under_the_index(file: Foreign) -> None:
    with file:
        file.response(URL, NOON, PAGE)
    replay = Replay.open([file.path])
    file.path.write_bytes(b"something else")
    with pytest.raises(ArchiveError, match="offset 0"):
        replay.answer("GET", URL)


def test_memory_holds_no_bodies(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc.gz") as file:
        for number in range(40):
            file.response(f"{URL}/{number}", NOON + timedelta(seconds=number), bytes(500_000))
    tracemalloc.start()
    replay = Replay.open([file.path])
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert replay.newest is not None and held < 500_000


@pytest.mark.slow
def test_a_bomb_is_left_out_within_300_megabytes(tmp_path: Path) -> None:
    path, block = tmp_path / "file.warc.gz", bytes(400 * 2**20)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Length: {len(block)}\r\n\r\n"
    path.write_bytes(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))
    del block
    with Foreign(tmp_path / "good.warc.gz") as good:
        good.response(URL, NOON, PAGE)
    path.write_bytes(path.read_bytes() + good.path.read_bytes())
    tracemalloc.start()
    replay = Replay.open([path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 300 * 10**6 and path.stat().st_size < 3_000_000
    assert [each.partition(": ")[2] for each in replay.problems] == [
        f"offset 0: record of more than {foreign_warc.MAX_BYTES} bytes left out"
    ]
    assert replay.answer("GET", URL) is not None


@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.integers(0, 10_000), st.binary(max_size=6), st.integers(0, 40))
def test_spoilt_files_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, packed: bool, where: int, put: bytes, cut: int
) -> None:
    """Whatever stands in a file, reading it gives answers, an ArchiveError, or says that it is no WARC."""
    with Foreign(tmp_path_factory.mktemp("spoilt") / "file", gzip=packed) as file:
        file.response(URL, NOON, b"5\r\nhello\r\n0\r\n\r\n", headers=[("Transfer-Encoding", "chunked")])
        file.response(URL, NOON, b"", kind="revisit", fields={"WARC-Profile": "x", "WARC-Refers-To": "y"})
    content = file.path.read_bytes()
    where %= len(content)
    file.path.write_bytes(content[:where] + put + content[where + cut :])
    try:
        replay = Replay.open([file.path])
        replay.answer("GET", URL)
    except ConfigError as error:
        assert str(error).startswith(f"{file.path}: no WARC file: ")
    except ArchiveError as error:
        assert str(file.path) in str(error) and "offset" in str(error)
