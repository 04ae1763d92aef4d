"""What is left of an archive whose records are damaged one by one: all that can be read, whole by the strict rules."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, Journal, Place, check, give_up, mismatches
from crawler.archive.members import Member, open_to_read, walk
from crawler.errors import ArchiveError
from tests.archive.archive_samples import LINK, NOON, PAGE, answer, at, write


def archive(directory: Path) -> Path:
    """Two runs of which the second holds a revisit to the first, and an answer of its own."""
    first, _ = write(directory, answer(), answer(url="https://www.example.org/b", body=b"other"), run="1")
    with Archive.open(directory) as out:
        out.start("2", {"software": "sample"})
        out.journal("run-started", {"run": "2"}, NOON)
        out.exchange(answer(time=at(1)), LINK, original=first.place)
        out.exchange(answer(url="https://www.example.org/c", time=at(2), body=PAGE * 2), LINK)
        out.journal("run-ended", {"run": "2"}, NOON)
    return directory


def places(directory: Path) -> list[Place]:
    found = []
    for path in sorted(directory.glob("*.warc.gz")):
        with open_to_read(path) as fd:
            members = [each for each in walk(fd) if isinstance(each, Member)]
        found += [Place(file=path.name, offset=each.offset, length=each.length) for each in members]
    return found


def read(directory: Path) -> list[Journal | Exchange]:
    return list(Archive.open(directory, read_only=True).records())


def told(record: Journal | Exchange) -> tuple[str, object]:
    """What a record says, wherever it stands."""
    return (record.record_id, record.body) if isinstance(record, Exchange) else (record.kind, record.payload)


def left(directory: Path) -> list[tuple[str, object]]:
    return [told(record) for record in read(directory) if getattr(record, "kind", "") != "loss-accepted"]


def test_each_record_in_turn(tmp_path: Path) -> None:
    """Its group goes, with what cannot be understood without it, and nothing else."""
    whole = archive(tmp_path / "whole")
    before = [told(record) for record in read(whole)]
    assert len(before) == 8 and len(places(whole)) == 2 + 4 + 3 * 4
    gone = {
        "run-1.warc.gz": [0, 5, 2, 2, 2, 1, 1, 1, 1],
        "run-2.warc.gz": [0, 4, 1, 1, 1, 1, 1, 1, 1],
    }
    for number, place in enumerate(places(whole)):
        here = tmp_path / str(number)
        shutil.copytree(whole, here)
        content = bytearray((here / place.file).read_bytes())
        content[place.offset + place.length - 6] ^= 0xFF
        (here / place.file).write_bytes(content)
        (found, *others) = give_up(here, (), NOON)
        assert check(here) == [] and mismatches(here) == []
        index = [each for each in places(whole) if each.file == place.file].index(place)
        lost = gone[place.file][index]
        assert found.file == place.file and f"offset {place.offset}: damaged" in str(found)
        assert [other.file for other in others] == (["run-2.warc.gz"] if lost in (2, 5) else [])
        rest = left(here)
        assert len(rest) == 8 - lost and [each for each in before if each in rest] == rest, (place, len(rest))
        assert (here / "lost" / place.file).read_bytes() == content
        (entry,) = [one for one in read(here) if isinstance(one, Journal) and one.kind == "loss-accepted"]
        assert [each["file"] for each in entry.payload["losses"]] == [found.file, *(each.file for each in others)]
        assert Archive.open(here).repairs == ()
        write(here, answer(time=at(3)), run="3")
        assert mismatches(here) == []
        assert give_up(here, (), NOON) == []


def test_a_whole_archive_stays_as_it_is(tmp_path: Path) -> None:
    archive(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert give_up(tmp_path, (), NOON) == []
    path = max(before)
    path.write_bytes(before[path] + before[path][:60])
    assert give_up(tmp_path, (), NOON) == []
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_two_damages_at_two_times(tmp_path: Path) -> None:
    """Both copies of the file are kept."""
    archive(tmp_path)
    path = tmp_path / "run-2.warc.gz"
    for _ in range(2):
        place = places(tmp_path)[-2]
        content = bytearray(path.read_bytes())
        content[place.offset + place.length - 6] ^= 0xFF
        path.write_bytes(content)
        assert [each.file for each in give_up(tmp_path, (), NOON)] == [path.name]
    assert sorted(each.name for each in (tmp_path / "lost").iterdir()) == [path.name, f"{path.name}.again"]
    assert check(tmp_path) == []


def test_what_cannot_be_written_is_an_error_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path)
    (tmp_path / "run-1.warc.gz").unlink()
    (tmp_path / "lost").write_text("no directory")
    with pytest.raises(ArchiveError, match="lost: File exists"):
        give_up(tmp_path, (), NOON)
    (tmp_path / "lost").unlink()
    assert [each.file for each in give_up(tmp_path, (), NOON)] == ["run-1.warc.gz", "run-2.warc.gz"]
    assert check(tmp_path) == [] and len(left(tmp_path)) == 3


def test_the_answers_that_stay_are_the_same_bytes(tmp_path: Path) -> None:
    """Records are copied, not written anew."""
    archive(tmp_path)
    before = [one for one in read(tmp_path) if isinstance(one, Exchange)]
    (tmp_path / "run-1.warc.gz").unlink()
    give_up(tmp_path, (), NOON)
    (last,) = [one for one in read(tmp_path) if isinstance(one, Exchange)]
    assert replace(last, place=before[-1].place) == before[-1]
