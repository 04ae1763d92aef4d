"""A file that is deleted, emptied, cut or replaced is missed: the one behind it names it, without any database."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, file_lengths, mismatches, redact, stands
from crawler.archive.members import compress
from crawler.errors import ArchiveError
from tests.archive.archive_samples import LINK, PAGE, answer, as_it_is, at, without_bodies, write

RUNS = ("1", "2", "3")


def three_runs(directory: Path) -> list[Path]:
    for number, run in enumerate(RUNS):
        write(directory, answer(time=at(number), body=PAGE + run.encode()), run=run)
    return sorted(directory.iterdir())


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_within(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def cut_between(path: Path) -> None:
    """The last record goes as if it had never been written: what is left is a sound file."""
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"\x1f\x8b\x08")])


def of_another_archive(path: Path) -> None:
    write(path.parent / "other", answer(time=at(99)), run=path.name.removeprefix("run-").removesuffix(".warc.gz"))
    (path.parent / "other" / path.name).replace(path)
    (path.parent / "other").rmdir()


def copied_over(path: Path) -> None:
    path.write_bytes((path.parent / "run-3.warc.gz").read_bytes())


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


DAMAGES: tuple[Callable[[Path], None], ...] = (
    Path.unlink, emptied, cut_within, cut_between, of_another_archive, copied_over, longer,
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("number", [0, 1])
def test_an_older_file_that_is_not_what_it_was_is_named_and_nothing_is_written(
    tmp_path: Path, damage: Callable[[Path], None], number: int
) -> None:
    path = three_runs(tmp_path)[number]
    size = path.stat().st_size
    assert mismatches(tmp_path) == []
    damage(path)
    left = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(ArchiveError) as caught:
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match=path.name):
        redact(tmp_path, without_bodies(lambda exchange: "names a person"), as_it_is)
    text = str(caught.value)
    assert text.startswith(f"{tmp_path}: is not whole: {path.name}: ") and "\n" not in text
    assert "--accept-loss" in text and "put the archive back" in text
    (found,) = mismatches(tmp_path)
    assert found.file == path.name and found.lost
    if damage is Path.unlink:
        assert f"{path.name}: missing, expected {size}" in text
    elif damage in (emptied, cut_within, cut_between, longer):
        assert f"{path.name}: {path.stat().st_size} bytes long, expected {size}, " in text
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == left


def test_of_the_newest_file_only_a_database_knows(tmp_path: Path) -> None:
    newest = three_runs(tmp_path)[-1]
    cut_between(newest)
    assert mismatches(tmp_path) == [] and Archive.open(tmp_path).repairs == ()
    newest.unlink()
    assert mismatches(tmp_path) == []


def test_a_redaction_is_no_loss(tmp_path: Path) -> None:
    """It changes the lengths of files and where records stand, but not which records there are."""
    paths = three_runs(tmp_path)
    sizes = [path.stat().st_size for path in paths]
    assert redact(tmp_path, without_bodies(lambda exchange: "names a person"), as_it_is) == len(RUNS)
    assert [path.stat().st_size for path in paths] != sizes
    assert mismatches(tmp_path) == []
    cut_between(paths[0])
    assert [each.file for each in mismatches(tmp_path)] == [paths[0].name]


def test_a_file_that_is_put_back_longer_than_it_was_missed_is_right(tmp_path: Path) -> None:
    """A run that was gone on with after the next one had begun is impossible; a copy of a longer file is not."""
    first = three_runs(tmp_path / "a")[0]
    content = first.read_bytes()
    cut_between(first)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / first.name).write_bytes(first.read_bytes())
    write(tmp_path / "b", answer(), run="2")
    assert mismatches(tmp_path / "b") == []
    (tmp_path / "b" / first.name).write_bytes(content)
    assert mismatches(tmp_path / "b") == []


def test_archives_that_do_not_name_what_they_follow_are_read(tmp_path: Path) -> None:
    """Files that were written before this was noted: what they can tell is told."""
    paths = three_runs(tmp_path)
    for path in paths:
        content = path.read_bytes()
        end = content.find(b"\x1f\x8b\x08", 1)
        head = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
        path.write_bytes(compress(head) + content[end:])
    assert mismatches(tmp_path) == []
    assert len([one for one in Archive.open(tmp_path).records() if isinstance(one, Exchange)]) == len(RUNS)
    cut_within(paths[0])
    (found,) = mismatches(tmp_path)
    assert str(found) == f"{paths[0].name}: {paths[0].stat().st_size} bytes long, ends within a record"


def test_the_last_record_may_be_large(tmp_path: Path) -> None:
    """Longer than what is looked at from the end of a file: an older file that ends with it is whole all the same."""
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        archive.exchange(answer(body=os.urandom(1_500_000)), LINK)
    write(tmp_path, answer(), run="2")
    assert mismatches(tmp_path) == []
    path = tmp_path / "run-1.warc.gz"
    path.write_bytes(path.read_bytes()[:-1])
    assert [each.file for each in mismatches(tmp_path)] == [path.name]


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("")
    for attempt in (lambda: Archive.open(tmp_path / "archive"), lambda: mismatches(tmp_path / "archive")):
        with pytest.raises(ArchiveError, match=r"archive: (Not a directory|File exists)"):
            attempt()
    (tmp_path / "run-1.warc.gz").mkdir()
    with pytest.raises(ArchiveError, match=r"run-1.warc.gz: Is a directory"):
        Archive.open(tmp_path)


def test_what_a_killed_rewriting_left_is_removed(tmp_path: Path) -> None:
    """It may be a copy of what a redaction was about to take out."""
    (first,) = write(tmp_path, answer())
    (tmp_path / f".{first.place.file}.redacting").write_bytes(PAGE)
    Archive.open(tmp_path, read_only=True)
    assert len([*tmp_path.iterdir()]) == 2
    with Archive.open(tmp_path) as archive:
        assert [one for one in archive.records() if isinstance(one, Exchange)] == [replace(first)]
    assert [each.name for each in tmp_path.iterdir()] == [first.place.file]


def test_what_stands_at_a_place(tmp_path: Path) -> None:
    first, large = write(tmp_path, answer(), answer(body=os.urandom(100_000)))
    for place in (first.place, large.place):
        assert stands(tmp_path, place) and stands(tmp_path, place, to_its_end=True)
        for wrong in (replace(place, offset=place.offset + 1), replace(place, length=place.length - 1)):
            assert not stands(tmp_path, wrong)
            assert not stands(tmp_path, wrong, to_its_end=True)
    path = tmp_path / large.place.file
    content = bytearray(path.read_bytes())
    content[large.place.end - 6] ^= 0xFF
    path.write_bytes(content)
    assert stands(tmp_path, large.place) and not stands(tmp_path, large.place, to_its_end=True)
    assert file_lengths(tmp_path) == {path.name: len(content)}
