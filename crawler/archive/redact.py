"""A body that must not be kept is taken out of the archive; that it was there, its digest and the reason stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import records as warc
from crawler.archive.archive import Archive
from crawler.archive.exchanges import kept_headers
from crawler.archive.members import Fault, Member, read_member, reading, warc_files
from crawler.archive.values import NOT_MODIFIED, Exchange
from crawler.archive.whole import mismatches, refusal
from crawler.archive.writing import remove_unfinished, rewrite
from crawler.errors import ArchiveError

_REPLACED = ("warc-payload-digest", "warc-block-digest", "content-length")


@dataclass(frozen=True, slots=True)
class _Cut:
    """Why a body is taken out, and its digest without coding."""

    reason: str
    body_digest: str


def redact(directory: Path, matches: Callable[[Exchange], str | None]) -> int:
    """Take out the bodies for which ``matches`` gives a reason; give how many were taken out.

    The response keeps its record id, headers and the digests it had; its body is empty and the reason stands in the
    field ``X-Roundup-Redacted``. Where a revisit matches, it is the response it refers to that loses the body, and with
    it every revisit to that response. All other records are copied as they are, but those behind a redacted one in the
    same file move: places kept elsewhere must be read anew. Files are written beside and replaced; nothing may write to
    the archive meanwhile. Again with the same ``matches`` it changes nothing.

    Raises:
        ArchiveError: the archive is damaged or not whole, or a file could not be written; files not replaced yet are as
            they were.
    """
    if found := mismatches(directory):
        raise refusal(directory, found)
    remove_unfinished(directory)
    cuts: dict[str, dict[int, _Cut]] = {}
    for record in Archive.open(directory, read_only=True).records():
        if not isinstance(record, Exchange) or record.redacted or record.revisit == NOT_MODIFIED:
            continue
        reason = matches(record)
        if reason:
            place = record.original or record.place
            cuts.setdefault(place.file, {})[place.offset] = _Cut(reason, record.digest)
    for path in warc_files(directory):
        if path.name in cuts:
            rewrite(path, _parts(path, cuts[path.name]))
    return sum(len(of_file) for of_file in cuts.values())


def _parts(path: Path, cuts: Mapping[int, _Cut]) -> list[bytes | tuple[int, int]]:
    """Give what a file is to be made of: what it was, but for the records that lose their bodies."""
    parts: list[bytes | tuple[int, int]] = []
    position = 0
    for offset, end, record in _replaced(path, cuts):
        parts += [(position, offset), record]
        position = end
    return [*parts, (position, path.stat().st_size)]


def _replaced(path: Path, cuts: Mapping[int, _Cut]) -> Iterator[tuple[int, int, bytes]]:
    """Give where the records to be replaced begin and end, and what shall stand there."""
    with reading(path) as fd:
        for offset in sorted(cuts):
            member = read_member(fd, offset)
            if isinstance(member, Fault):
                raise ArchiveError(f"{path}: offset {offset}: {member.reason}")
            yield offset, member.end, _without_body(path.name, member, cuts[offset])


def _without_body(file: str, member: Member, cut: _Cut) -> bytes:
    """Give a response record without its body."""
    response = warc.read_record(file, member)
    _, headers, _ = warc.read_http(response)
    first = response.block.partition(b"\r\n")[0].decode("latin-1")
    head = member.data.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    pairs = (line.partition(":") for line in head.split("\r\n")[1:])
    fields = [(name, value.strip(" \t")) for name, _, value in pairs if name.lower() not in _REPLACED]
    fields += [
        ("WARC-Payload-Digest", warc.digest(b"")),
        (warc.REDACTED, cut.reason),
        (warc.REDACTED_PAYLOAD, response["WARC-Payload-Digest"]),
        (warc.REDACTED_BODY, cut.body_digest),
    ]
    return warc.record(fields, warc.http_block(first, kept_headers(headers, b"")))
