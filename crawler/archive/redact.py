"""What must not be kept is taken out of the archive; that it was there, its digests and the reason stay."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from crawler.archive import records as warc
from crawler.archive.completeness import mismatches, refusal
from crawler.archive.exchanges import Grouping, cut_fields, kept_headers, read_exchange, read_journal, revisit_of
from crawler.archive.members import Fault, Member, open_to_read, walk, warc_files
from crawler.archive.records import Record
from crawler.archive.revisits import RevisitTargets
from crawler.archive.safe_headers import start_line
from crawler.archive.values import IDENTICAL, Exchange, Replacement
from crawler.archive.writing import remove_unfinished, rewrite
from crawler.errors import ArchiveError

Keep = Callable[[Exchange, bytes, str], Replacement | None]
"""Gives what is kept of an exchange; None where all of it is. Beside it stand its request, and what it refers to."""
Retell = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Gives the payload of a journal entry of a kind, as it is kept."""

_MADE = frozenset({"warc-block-digest", "content-length"})
"""Fields that are made anew with each record."""
_OF_BODY = frozenset({
    "warc-payload-digest", warc.REDACTED.lower(), warc.REDUCED.lower(), warc.REDACTED_PAYLOAD.lower(),
    warc.REDACTED_BODY.lower(), warc.LEFT_OUT.lower(),
})  # fmt: skip
_ADDRESSES = frozenset({"warc-target-uri", "warc-refers-to-target-uri"})

_Found = tuple[Record, Member]
_Changes = dict[int, tuple[int, bytes]]
"""By the offset where it begins, where a piece of a file ends, and what shall stand there."""


def redact(directory: Path, keep: Keep, retell: Retell) -> int:
    """Rewrite what exchanges and journal entries shall no longer hold; return how many of them were rewritten.

    Records keep their ids, and all that is not changed is copied as it is. Those behind a changed one in the same file
    move: places kept elsewhere must be read anew. A revisit has no body: where a body goes, it goes from the response
    that the revisit refers to, which ``keep`` is asked about too. Files are written beside and replaced; nothing may
    write to the archive meanwhile. Again with the same answers it changes nothing.

    Raises:
        ArchiveError: the archive is damaged or not whole, or a file could not be written; files not replaced yet are as
            they were.
    """
    if found := mismatches(directory):
        raise refusal(directory, found)
    remove_unfinished(directory)
    originals = RevisitTargets(directory)
    changes = {path: _changes(path, originals, keep, retell) for path in warc_files(directory)}
    for path, of_file in changes.items():
        if of_file:
            rewrite(path, _parts(path, of_file))
    return sum(map(len, changes.values()))


def _parts(path: Path, changes: _Changes) -> list[bytes | tuple[int, int]]:
    """Return what a file is to be made of: what it was, but for the pieces that are replaced."""
    parts: list[bytes | tuple[int, int]] = []
    position = 0
    for offset in sorted(changes):
        end, piece = changes[offset]
        parts += [(position, offset), piece]
        position = end
    return [*parts, (position, path.stat().st_size)]


def _changes(path: Path, originals: RevisitTargets, keep: Keep, retell: Retell) -> _Changes:
    """Return what of a file is to be replaced."""
    found: _Changes = {}
    for group in _groups(path):
        start, end = group[0][1].offset, group[-1][1].end
        piece = _journal(*group[0], retell) if len(group) == 1 else _exchange(group, originals, keep)
        if piece is not None:
            found[start] = (end, piece)
    return found


def _groups(path: Path) -> Iterator[list[_Found]]:
    """Yield the journal entries and exchanges of a file, each record with its member."""
    grouping, members = Grouping(), list[_Found]()
    with open_to_read(path) as fd:
        for found in walk(fd):
            if isinstance(found, Fault):
                raise ArchiveError(f"{path}: offset {found.offset}: {found.reason}")
            record = warc.read_record(path.name, found)
            members.append((record, found))
            if grouping.add(record) is not None:
                yield members
                members = []
            elif not grouping.open:
                members = []
    grouping.close()


def _journal(record: Record, member: Member, retell: Retell) -> bytes | None:
    """Return a journal entry anew, None where it stays."""
    entry = read_journal(record)
    payload = retell(entry.kind, entry.payload)
    if payload == entry.payload:
        return None
    return warc.record(_fields(member), warc.journal_block(entry.kind, payload))


def _exchange(group: list[_Found], originals: RevisitTargets, keep: Keep) -> bytes | None:
    """Return the three records of an exchange anew, None where they stay."""
    (link, link_member), (request, request_member), (answer, answer_member) = group
    original = originals.of(answer) if revisit_of(answer) == IDENTICAL else None
    exchange = read_exchange((link, request, answer), original=original)
    refers = answer.fields.get("warc-refers-to-target-uri", "")
    kept = keep(exchange, request.block, refers)
    if kept is None:
        return None
    named = {refers: warc.address(kept.refers), answer["WARC-Target-URI"]: warc.address(kept.url)}
    told = warc.record(_fields(link_member, named), warc.journal_block(warc.LINK, kept.link))
    asked = warc.record(_fields(request_member, named), kept.request)
    distance = {warc.LINK_DISTANCE.lower(): str(len(told) + len(asked))}
    return b"".join((told, asked, _answer(answer, answer_member, kept, {**named, **distance})))


def _answer(record: Record, member: Member, kept: Replacement, changed: Mapping[str, str]) -> bytes:
    """Return a response or revisit anew."""
    start = start_line(record.block)
    cut = None if record.type == "revisit" else kept.cut
    if cut is None:
        body = record.block.partition(b"\r\n\r\n")[2]
        return warc.record(_fields(member, changed), warc.http_block(start, kept.headers, body))
    fields = [pair for pair in _fields(member, changed) if pair[0].lower() not in _OF_BODY]
    fields += [("WARC-Payload-Digest", warc.digest(kept.body)), *cut_fields(cut)]
    return warc.record(fields, warc.http_block(start, kept_headers(kept.headers, kept.body), kept.body))


def _fields(member: Member, changed: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return the fields of a record as they are; ``changed`` are others by name, or in place of a value."""
    head = member.data.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    pairs = [(name, value.strip(" \t")) for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])]
    found: Iterable[tuple[str, str]] = ((name, value) for name, value in pairs if name.lower() not in _MADE)
    new = changed or {}
    return [
        (name, new.get(name.lower(), new.get(value, value) if name.lower() in _ADDRESSES else value))
        for name, value in found
    ]
