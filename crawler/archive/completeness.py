"""Is every file of an archive there, to its last record? Each file names the one before it, so that it can be told.

The first record of a file (warcinfo) holds ``follows``: name, length and last record id of the file that was the newest
when it was begun. A redaction makes files shorter, but keeps record ids. So a file that was deleted, emptied, cut or
replaced is named by the one behind it, without any database; of the newest file only the database knows.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import records as warc
from crawler.archive.members import MAGIC, Fault, Member, open_to_read, read_head, read_member, walk, warc_files
from crawler.archive.records import Record
from crawler.archive.repair import is_only_info, last_member, may_end
from crawler.archive.values import Place
from crawler.errors import ArchiveError
from crawler.text import counted

FOLLOWS = "follows"
WAY_OUT = "put the archive back from a copy, or give up what is lost with `roundup rebuild --accept-loss`"
MAX_FILES_NAMED = 8
"""Most files that one message names."""

_TOLD = re.compile(r"(?P<file>\S+) (?P<length>\d+) (?P<record><\S+>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One file of an archive that is not what it should be.

    ``expected`` and ``found`` are lengths in bytes; ``found`` is None where there is no such file, ``expected`` where
    nobody noted it. ``reason`` says what is wrong beside the length; ``lost`` whether something is gone that was
    captured, not only added or moved.
    """

    file: str
    expected: int | None = None
    found: int | None = None
    reason: str = ""
    lost: bool = True

    def __str__(self) -> str:
        state = "missing" if self.found is None else f"{self.found} bytes long"
        unit = " bytes" if self.found is None else ""
        wanted = "" if self.expected in (None, self.found) else f"expected {self.expected}{unit}"
        return f"{self.file}: {', '.join(part for part in (state, wanted, self.reason) if part)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """What a file says of the one before it: its name, its length at that time, and the id of its last record."""

    file: str
    length: int
    record: str

    def __str__(self) -> str:
        return f"{self.file} {self.length} {self.record}"


def refusal(directory: Path, found: Iterable[Mismatch], what: str = "is not whole") -> ArchiveError:
    """Return the error that names what is wrong with an archive, and the way out, on one line."""
    lines = [str(each) for each in found]
    more = f" and {counted(len(lines) - MAX_FILES_NAMED, 'more file')}" if len(lines) > MAX_FILES_NAMED else ""
    return ArchiveError(f"{directory}: {what}: {'; '.join(lines[:MAX_FILES_NAMED])}{more}; {WAY_OUT}")


def mismatches(directory: Path) -> list[Mismatch]:
    """Return the files that are missing or end too early, as the files behind them tell; none where all is well.

    Only first and last records are read: what else is damaged, reading names.

    Raises:
        ArchiveError: a file could not be read.
    """
    paths = warc_files(directory)
    named: dict[str, list[Follows]] = {path.name: [] for path in paths}
    missing: dict[str, Follows] = {}
    for path in paths:
        told = follows_of(info_of(path).get(FOLLOWS, ""))
        if told is not None and told.file in named:
            named[told.file].append(told)
        elif told is not None:
            missing[told.file] = told
    found = [Mismatch(file=told.file, expected=told.length) for told in missing.values()]
    wrong = (_wrong(path, named[path.name], newest=path == paths[-1]) for path in paths)
    return sorted((*found, *(each for each in wrong if each is not None)), key=lambda each: each.file)


def file_lengths(directory: Path) -> dict[str, int]:
    """Return the files of an archive in archive order, with their lengths in bytes.

    Raises:
        ArchiveError: a file or the directory could not be read.
    """
    found = {}
    for path in warc_files(directory):
        with open_to_read(path) as fd:
            status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise ArchiveError(f"{path}: not a regular file")
        found[path.name] = status.st_size
    return found


def holds_nothing(path: Path) -> bool:
    """Return whether a file says what it is, and nothing more: its writer was killed before its run had begun.

    Raises:
        ArchiveError: the file could not be read.
    """
    with open_to_read(path) as fd:
        return is_only_info(path.name, fd, os.fstat(fd).st_size)


def stands(directory: Path, place: Place, *, to_its_end: bool = False) -> bool:
    """Return whether a record begins and ends at a place; ``to_its_end`` also whether it is undamaged.

    Raises:
        ArchiveError: the file could not be read.
    """
    with open_to_read(directory / Path(place.file).name) as fd:
        if not read_head(fd, place.offset).startswith(b"WARC/"):
            return False
        if to_its_end:
            found = read_member(fd, place.offset)
            return isinstance(found, Member) and found.end == place.end
        return os.pread(fd, len(MAGIC), place.end) in (MAGIC, b"")


def _wrong(path: Path, told: list[Follows], *, newest: bool) -> Mismatch | None:
    """Return what is wrong with name and end of a file that is there; the newest one may end within a record."""
    with open_to_read(path) as fd:
        size = os.fstat(fd).st_size
        info = _info_record(path.name, fd)
        if info is not None and (name := named_otherwise(info)):
            return Mismatch(file=path.name, found=size, reason=f"it is {name} under another name")
        last = last_member(fd)
        ends = "" if last is None else record_id(last)
        for each in told:
            if each.record != ends and not _holds(fd, each.record):
                reason = "the record it ended with is damaged or gone"
                return Mismatch(file=path.name, expected=each.length, found=size, reason=reason)
        if not newest and not may_end(path.name, fd, last):
            expected = told[-1].length if told else None
            return Mismatch(file=path.name, expected=expected, found=size, reason="ends within a record")
    return None


def _holds(fd: int, record: str) -> bool:
    """Return whether a file holds a record, read from its start."""
    return any(isinstance(found, Member) and record_id(found) == record for found in walk(fd))


def record_id(member: Member) -> str:
    """Return the id of the record that a member holds, empty where it holds none."""
    head = member.data.partition(b"\r\n\r\n")[0]
    return warc.read_fields(head).get("warc-record-id", "")


def follows_of(text: str) -> Follows | None:
    """Read what ``str(follows)`` writes, None where the text is none of that kind."""
    match = _TOLD.fullmatch(text)
    return None if match is None else Follows(file=match["file"], length=int(match["length"]), record=match["record"])


def info_of(path: Path) -> dict[str, str]:
    """Return what the first record of a file says of it; nothing where it is damaged or no warcinfo.

    Raises:
        ArchiveError: the file could not be read.
    """
    with open_to_read(path) as fd:
        record = _info_record(path.name, fd)
    return {} if record is None else warc.read_fields(record.block)


def _info_record(file: str, fd: int) -> Record | None:
    first = read_member(fd, 0)
    if isinstance(first, Fault):
        return None
    try:
        record = warc.read_record(file, first)
    except ArchiveError:
        return None
    return record if record.type == "warcinfo" else None


def named_otherwise(info: Record) -> str:
    """Return the name that a file has by its first record where that is another one than its own, else nothing."""
    name = info.fields.get("warc-filename", "")
    return "" if name == info.place.file else name


def end_of(path: Path) -> Follows | None:
    """Return what the file begun behind a file is to say of it; None where no whole record stands at its end.

    Raises:
        ArchiveError: the file could not be read.
    """
    with open_to_read(path) as fd:
        size = os.fstat(fd).st_size
        last = last_member(fd)
    return None if last is None else Follows(file=path.name, length=size, record=record_id(last))
