"""What is left of an archive that lost something: given up in order, said in its journal, and nothing thrown away.

The way out of an :class:`ArchiveError` when there is no copy. Afterwards the archive is whole again by the strict rules
of everything else: what cannot be read is cut out, and the files behind what is missing name what stands before them
now. Damaged files are kept as they were in the directory ``lost``, which nothing here reads.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawler.archive import records as warc
from crawler.archive.completeness import (
    FOLLOWS,
    Mismatch,
    end_of,
    follows_of,
    info_of,
    mismatches,
    named_otherwise,
    refusal,
)
from crawler.archive.exchanges import (
    Group,
    Grouping,
    info_piece,
    journal_piece,
    read_exchange,
    read_journal,
    revisit_of,
)
from crawler.archive.members import Fault, Member, open_to_read, read_member, walk, warc_files
from crawler.archive.records import Record
from crawler.archive.repair import repair
from crawler.archive.revisits import RevisitTargets
from crawler.archive.values import IDENTICAL
from crawler.archive.writing import Appender, rewrite, sync_path
from crawler.errors import ArchiveError
from crawler.text import counted, stamp

LOST = "lost"
LOSS_ACCEPTED = "loss-accepted"
BEGINS = "run-started"
"""Kind of the journal entry without which nothing of a file can be interpreted: it holds the registry as read."""


@dataclass(slots=True)
class _Survey:
    """What can be read of one file: ranges of whole groups (start and end), and what cannot, with its offset.

    ``begun`` is set once the entry was met that began its run; ``stranger`` is the name that it has by itself, if that
    is another one: then it stands where it does not belong.
    """

    path: Path
    size: int
    spans: list[tuple[int, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    begun: bool = False
    stranger: str = ""

    def keep(self, start: int, end: int) -> None:
        """Record that a range is kept."""
        if self.spans and self.spans[-1][1] == start:
            start = self.spans.pop()[0]
        self.spans.append((start, end))

    @property
    def mismatch(self) -> Mismatch | None:
        """Return what is wrong with the file, None where nothing is."""
        if not self.faults:
            return None
        more = f" and {counted(len(self.faults) - 1, 'more place')}" if len(self.faults) > 1 else ""
        first = f"cannot be read at {self.faults[0]}{more}"
        reason = f"it is {self.stranger} under another name" if self.stranger else first
        return Mismatch(file=self.path.name, found=self.size, reason=reason)


def give_up(directory: Path, known: Iterable[Mismatch], time: datetime) -> list[Mismatch]:
    """Make an archive whole again without what it lost, and give what that is; an archive without loss stays as it is.

    ``known`` is what is known to be lost beside what the archive itself shows. It is written into the journal first
    (``loss-accepted``), at the end of the newest file that stays. Nothing else may use the archive meanwhile.

    Raises:
        ArchiveError: nothing of it can be read, or a file could not be written. It may be called again then.
    """
    with suppress(ArchiveError):  # What is no kill's doing is surveyed as all other damage is.
        for path in warc_files(directory)[-1:]:
            repair(path)
    surveys = _surveyed(directory)
    lost: dict[str, list[Mismatch]] = {}
    for each in (*known, *mismatches(directory), *(survey.mismatch for survey in surveys)):
        if each is not None and each.lost:
            lost.setdefault(each.file, []).append(each)
    if not lost:
        return []
    found = [_merged(lost[name]) for name in sorted(lost)]
    stays = [survey for survey in surveys if survey.begun]
    if not stays:
        raise ArchiveError(f"{directory}: nothing of it can be read; put a copy back, or begin with another directory")
    damaged = [survey for survey in surveys if survey.faults]
    for survey in damaged:
        _set_aside(survey)
    _journal(stays[-1], found, time)
    for survey in damaged:
        _cut_out(survey, time)
    _link(directory, time)
    return found


def _merged(said: list[Mismatch]) -> Mismatch:
    """Return what was said of one file as one."""
    found = said[0].found
    expected = max((each.expected for each in said if each.expected is not None), default=found)
    reasons = dict.fromkeys(each.reason for each in said if each.reason)
    return Mismatch(file=said[0].file, expected=expected, found=found, reason=", ".join(reasons))


def _journal(survey: _Survey, lost: list[Mismatch], time: datetime) -> None:
    """Write into the journal what is given up, behind all that stands in a file."""
    losses = [{"file": each.file, "detail": str(each)} for each in lost]
    piece = journal_piece(LOSS_ACCEPTED, {"time": stamp(time), "losses": losses}, warc.date(time))
    out = Appender(survey.path)
    try:
        start = out.append(piece.data)
    finally:
        out.close()
    survey.keep(start, out.end)


def _set_aside(survey: _Survey) -> None:
    """Keep a damaged file as it is, beside those that are read."""
    lost = survey.path.parent / LOST
    try:
        lost.mkdir(exist_ok=True)
        target = lost / survey.path.name
        while target.exists():
            target = target.with_name(f"{target.name}.again")
        shutil.copy2(survey.path, target)
    except OSError as error:
        raise ArchiveError(f"{lost}: {error.strerror or error}") from error
    sync_path(target)
    sync_path(lost)


def _cut_out(survey: _Survey, time: datetime) -> None:
    """Leave of a file what can be read; without what began its run, nothing."""
    path = survey.path
    if survey.begun:
        head = [] if info_of(path) else [_head(path, {"sample": _sample(survey)}, time)]
        rewrite(path, [*head, *survey.spans])
        return
    try:
        path.unlink()
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be removed: {error.strerror}") from error
    sync_path(path.parent)


def _sample(survey: _Survey) -> str:
    """Return whether a file whose first record is gone holds sample captures, from the entry that began its run."""
    with open_to_read(survey.path) as fd:
        first = read_member(fd, survey.spans[0][0])
    if isinstance(first, Fault):
        raise ArchiveError(f"{survey.path}: offset {first.offset}: {first.reason}")
    return str(bool(read_journal(warc.read_record(survey.path.name, first)).payload.get("sample"))).lower()


def _head(path: Path, info: dict[str, str], time: datetime) -> bytes:
    """Return a new first record of a file, which names the file that stands before it now."""
    before = [each for each in warc_files(path.parent) if each.name < path.name]
    named = end_of(before[-1]) if before else None
    return info_piece(path.name, {**info, **({FOLLOWS: str(named)} if named else {})}, warc.date(time)).data


def _link(directory: Path, time: datetime) -> None:
    """Make every file name the one before it, where the one it named is not what it was."""
    broken = {each.file for each in mismatches(directory)}
    for path in warc_files(directory):
        info = info_of(path)
        told = follows_of(info.pop(FOLLOWS, ""))
        if told is None or told.file not in broken:
            continue
        with open_to_read(path) as fd:
            size, first = os.fstat(fd).st_size, read_member(fd, 0)
        if isinstance(first, Member):
            rewrite(path, [_head(path, info, time), (first.end, size)])
    if found := mismatches(directory):
        raise refusal(directory, found)


def _surveyed(directory: Path) -> list[_Survey]:
    """Return what can be read of every file, in archive order."""
    originals = RevisitTargets(directory)
    gone: set[str] = set()
    return [_survey(path, originals, gone) for path in warc_files(directory)]


def _survey(path: Path, originals: RevisitTargets, gone: set[str]) -> _Survey:
    """Return what can be read of a file; the ids of responses that will not stay are added to ``gone``."""
    with open_to_read(path) as fd:
        survey = _Survey(path, os.fstat(fd).st_size)
        if survey.size == 0:
            survey.faults.append("offset 0: nothing stands in it")
        grouping = Grouping()
        for found in walk(fd):
            if isinstance(found, Fault):
                survey.faults.append(f"offset {found.offset}: {found.reason}")
                continue
            try:
                record = warc.read_record(path.name, found)
                _keep(survey, grouping, record, originals, gone)
            except ArchiveError as error:
                survey.faults.append(str(error).removeprefix(f"{path.name}: "))
                grouping.open = []
                _note_gone(path.name, found, gone)
    if grouping.open:
        survey.faults.append(f"offset {grouping.open[0].place.offset}: the file ends within this exchange")
    return survey


def _keep(survey: _Survey, grouping: Grouping, record: Record, originals: RevisitTargets, gone: set[str]) -> None:
    """Record that a record stays, once its group is whole."""
    try:
        whole = grouping.add(record)
    except ArchiveError as error:
        whole = grouping.add(record)  # The exchange before it was not whole; it may begin the next.
        survey.faults.append(str(error).removeprefix(f"{survey.path.name}: "))
    if isinstance(whole, tuple):
        if not survey.begun:
            raise ArchiveError(f"offset {whole[0].place.offset}: of a run that does not begin in this file")
        _readable(whole, originals, gone)
        survey.keep(whole[0].place.offset, record.place.end)
    elif whole is not None:
        entry = read_journal(whole)
        survey.begun = survey.begun or (entry.kind == BEGINS and not survey.stranger)
        if not survey.begun:
            raise ArchiveError(f"offset {record.place.offset}: of a run that does not begin in this file")
        survey.keep(record.place.offset, record.place.end)
    elif record.type == "warcinfo":
        survey.stranger = named_otherwise(record)
        survey.keep(record.place.offset, record.place.end)


def _readable(group: Group, originals: RevisitTargets, gone: set[str]) -> None:
    """Read an exchange as everything else does, and raise where it refers to what will not stay."""
    answered = group[2]
    original = None
    if revisit_of(answered) == IDENTICAL:
        with suppress(ArchiveError):
            original = None if answered["WARC-Refers-To"] in gone else originals.of(answered)
        if original is None:
            raise ArchiveError(f"offset {answered.place.offset}: refers to a response that is lost")
    read_exchange(group, original=original)


def _note_gone(file: str, member: Member, gone: set[str]) -> None:
    """Record the id of a response that will not stay."""
    with suppress(ArchiveError):
        record = warc.read_record(file, member)
        if record.type == "response":
            gone.add(record["WARC-Record-ID"])
