"""A version joins its stream: compared with its neighbour in time, dated, held where it is suspicious."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from crawler import changes
from crawler.bodies.truncation import breaks_off
from crawler.ingest import application_dates, differences
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Cause, Difference, Version, digest_of
from crawler.outbox import Seen, silence
from crawler.reconcile.availability import JITTER
from crawler.store import Row, commencements, commentary, documents, dumps, fetches, quarantine, versions
from crawler.text import counted, moment, stamp

SHRUNK = 0.3
"""A text of less than this share of what it was is held until it is confirmed."""
MIN_CHARACTERS_TO_QUARANTINE = 400
"""Characters a text must have had before its shrinking is suspicious."""
ELSEWHERE = "another page says the very same, and said something else before"
DAY = timedelta(hours=24)
"""Two later crawls that read the same shrunken text must be at least this far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionResult:
    """What became of a version: new in its stream or not, different from its predecessor or not, or held and why.

    ``same`` is the stored version that says the same already.
    """

    stored: bool = False
    changed: bool = False
    held: str = ""
    same: Row | None = None


def join(state: State, version: Version, read: Read, fetch: int) -> VersionResult:
    """Store a version unless its stream says the same already; compare it with its neighbour."""
    rows = _stream(state, version, read)
    sections = changes.section_digests(version.sections)
    digest = changes.digest_over(version, sections)
    before, after = _neighbours(rows, version)
    if before is not None and before["digest"] == digest and before["valid_from"] == version.valid_from:
        quarantine.drop(state.store, version, read.reading.source.options_digest)
        if commentary.note_again(state.store, before, _annotations(state, version, read, fetch)):
            commencements.note_due(state.store, version.document)
        return VersionResult(same=before)
    if before is not None and (reason := _suspicious(state, before, version, digest, read, fetch)):
        return VersionResult(held=reason)
    quarantine.drop(state.store, version, read.reading.source.options_digest)
    row = _store(state, version, (digest, sections), read, fetch)
    if before is not None:
        history = after is not None and after["valid_from"] <= state.now[:10]
        # One production of one day is one text, whatever a page or a file of it leaves out.
        history = history or _is_same_production(before, version)
        return VersionResult(stored=True, changed=_compare(state, before, row, version, read, fetch, history=history))
    if after is not None:
        _compare_backwards(state, row, after, fetch)
    return VersionResult(stored=True)


def suspicion(state: State, version: Version, read: Read, fetch: int) -> str:
    """Return why a version would be held, empty where it would join its stream; most are seen at once not to be."""
    most = versions.longest(state.store, version)
    is_odd = _length(version) < SHRUNK * most or _breaks_off(version, read) or _is_elsewhere(state, version, read, "")
    before, _ = _neighbours(_stream(state, version, read), version) if is_odd else (None, None)
    if before is None or before["digest"] == (digest := changes.digest(version)):
        return ""
    return _suspicious(state, before, version, digest, read, fetch)


def _stream(state: State, version: Version, read: Read) -> list[Row]:
    """Return the stored versions that one is compared with: those that the same source gave, or that were read alike.

    Two sources that read one page under different options read it differently: that is no change, nor is what changes
    when options change, there and back. Nor is it one that two lists describe a document differently: a summary is the
    words of whoever lists it.
    """
    source, rows = read.reading.source, versions.stream(state.store, version)
    if version.representation == "summary":
        rows = [row for row in rows if row["source"] == source.id]
    alike = [row for row in rows if row["options_digest"] == source.options_digest]
    return alike or [row for row in rows if row["source"] == source.id]


def _neighbours(rows: Sequence[Row], version: Version) -> tuple[Row | None, Row | None]:
    """Return the version to compare with, and the next one in force or produced later."""
    earlier = [row for row in rows if not _is_later(row, version)]
    later = [row for row in rows if _is_later(row, version)]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def _is_later(row: Row, version: Version) -> bool:
    """Whether a stored version is of a later day than another, or of the same day and produced later."""
    day, place = row["valid_from"] or "", version.valid_from or ""
    stored, new = versions.production(row["label"]), versions.production(version.label)
    return bool(day > place or (day == place and new and stored > new))


def _is_same_production(row: Row, version: Version) -> bool:
    number = versions.production(version.label)
    return bool(number) and row["valid_from"] == version.valid_from and versions.production(row["label"]) == number


def _suspicious(state: State, before: Row, version: Version, digest: str, read: Read, fetch: int) -> str:
    """Return why a version is held, empty where it is accepted."""
    if read.reading.cause != "source" or read.reading.capture.digest in state.decisions.accept:
        return ""
    reason = _shrunk(state, before, version)
    if not reason and _breaks_off(version, read):
        reason = "its page breaks off in the middle"
    if not reason and _is_elsewhere(state, version, read, before["digest"]):
        reason = ELSEWHERE
    if not reason or _is_confirmed(state, version, digest, read, fetch, "shrunk"):
        return ""
    if reason is ELSEWHERE:
        for other in versions.versions_of_others(
            state.store, version.document, read.reading.capture.digest, before["digest"]
        ):
            _take_back(state, other)
    return reason


def _is_elsewhere(state: State, version: Version, read: Read, before: str) -> bool:
    """Return whether another document is read from the same bytes: one page in the place of many is a notice.

    ``before`` is the digest of what this one said before: what two documents always shared is none.
    """
    capture = read.reading.capture
    if version.representation != "html" or not version.document.startswith("url:") or read.reading.cause != "source":
        return False
    names = (version.document, capture.digest, before)
    return bool(versions.versions_of_others(state.store, *names)) or quarantine.is_elsewhere(state.store, *names)


def _take_back(state: State, row: Row) -> None:
    """Hold a version that was accepted, with the title that came with it, unless somebody was told already."""
    version, name = versions.load(state.store, row), row["document"]
    if not versions.take_back(state.store, row, state.crawl):
        return
    versions.show(state.store, name, state.now[:10])
    quarantine.confirm(
        state.store, version, row["digest"], row["options_digest"], reason="shrunk", seen=state.now, fetch=row["fetch"]
    )
    fetches.settle(state.store, row["fetch"], "quarantined", ELSEWHERE)
    shown = versions.title(state.store, name)
    noted = documents.of_source(state.store, name, row["source"])
    documents.note_source(state.store, noted, noted.last_seen, listed={}, stated={"title": shown})
    documents.refresh(state.store, name)


def _breaks_off(version: Version, read: Read) -> bool:
    return version.representation == "html" and breaks_off(read.reading.capture.body)


def _shrunk(state: State, before: Row, version: Version) -> str:
    """Return by how much a text is suspiciously shorter than the one before, empty where it is not."""
    size, was = _length(version), int(before["characters"])
    if was >= MIN_CHARACTERS_TO_QUARANTINE and version.leaves_out:
        size, was = _length(version, version), _length(versions.load(state.store, before), version)
    if was < MIN_CHARACTERS_TO_QUARANTINE or size >= SHRUNK * was or version.partial:
        return ""
    return f"text shrank from {was:,} to {counted(size, 'character')}"


def _length(version: Version, beside: Version | None = None) -> int:
    """Return the length of the texts of a version, without those of kinds that the one beside it leaves out."""
    counted = (section for section in version.sections if beside is None or not beside.leaves(section.path))
    return sum(len(section.text) for section in counted)


def _is_confirmed(state: State, version: Version, digest: str, read: Read, fetch: int, reason: str) -> bool:
    """Hold a version; return whether two later crawls, far enough apart by their clocks, read the same."""
    reading = read.reading.source.options_digest
    seen = quarantine.confirm(state.store, version, digest, reading, reason=reason, seen=state.now, fetch=fetch)
    return seen.confirmations >= 2 and moment(seen.last) - moment(seen.confirmed_since) >= DAY - JITTER


def says_the_same(state: State, read: Read, document: str) -> bool:
    """Return whether a page says of a document what was read last, or something of which nothing was read yet."""
    for version in _versions_of(state, read, document):
        before, _ = _neighbours(_stream(state, version, read), version)
        if before is not None and before["digest"] != changes.digest(version):
            return False
    return True


def said(state: State, read: Read, document: str) -> bool:
    """Return whether a document said at some time what a page says of it, whatever the title; or nothing comparable."""
    for version in _versions_of(state, read, document):
        rows = _stream(state, version, read)
        told = (replace(version, title=row["title"], status=row["status"]) for row in rows)
        if rows and not any(changes.digest(one) == row["digest"] for one, row in zip(told, rows, strict=True)):
            return False
    return True


def confirmed(state: State, read: Read, document: str, fetch: int) -> bool:
    """Hold what a page says of a document; return whether later crawls confirmed all of it."""
    found = _versions_of(state, read, document)
    each_of_them = [_is_confirmed(state, each, changes.digest(each), read, fetch, "redirect") for each in found]
    return all(each_of_them)


def _versions_of(state: State, read: Read, document: str) -> list[Version]:
    versions_read = read.page.versions if read.page else ()
    named = [(documents.resolve(state.store, each.document), each) for each in versions_read]
    return [replace(each, document=name) for name, each in named if name == document]


def come_into_force(state: State) -> None:
    """Show the wording that applies at the clock of the crawl, where a point in time that lay ahead has come."""
    for document in versions.overdue(state.store, state.now[:10]):
        versions.show(state.store, document, state.now[:10])
        commencements.note_due(state.store, document)


def _store(state: State, version: Version, digests: tuple[str, Sequence[str]], read: Read, fetch: int) -> Row:
    """Store a version; ``digests`` are its own and those of its sections."""
    digest, sections = digests
    capture, source = read.reading.capture, read.reading.source
    ids = versions.section_ids(state.store, version.document, version.sections, sections)
    at = fetches.get(state.store, fetch)
    row: Row = {
        "id": digest_of(
            version.document, version.representation, version.language, version.valid_from,
            at["time"], at["digest"], source.options_digest,
        )[:24],
        "document": version.document,
        "representation": version.representation,
        "language": version.language,
        "title": version.title,
        "label": version.label,
        "valid_from": version.valid_from,
        "captured": stamp(capture.time),
        "status": version.status,
        "digest": digest,
        "note": version.note,
        "partial": int(version.partial),
        "leaves_out": dumps(version.leaves_out),
        "parser": state.parsers[source.protocol],
        "source": source.id,
        "options_digest": source.options_digest,
        "fetch": fetch,
        "sections": dumps(ids),
        "annotations": dumps(_annotations(state, version, read, fetch)),
        "characters": _length(version),
    }  # fmt: skip
    versions.add(state.store, row)
    commencements.note_due(state.store, version.document)
    return row


def _annotations(state: State, version: Version, read: Read, fetch: int) -> list[int]:
    """Store the notes that a version carries, and return their numbers."""
    seen = stamp(read.reading.capture.time)
    return commentary.annotation_ids(state.store, version.document, version.annotations, seen, fetch)


def _compare(state: State, before: Row, row: Row, version: Version, read: Read, fetch: int, *, history: bool) -> bool:
    """Compare with the predecessor. The same date of validity: a correction; a later one: a change of the law then.

    ``history``: a still later wording is in force already, so that this one is only better known now. In what one
    of the two leaves out, because its kind of text does not carry it, nothing was changed.
    """
    cause: Cause = read.reading.cause
    if before["partial"] != row["partial"] or history:
        cause = "coverage"
    old, new = versions.load(state.store, before), version
    if before["partial"] and row["partial"]:
        old, new = _common(old, new)
    weaker = differences.weaker(state, version.document, version.representation)
    later = version.valid_from is not None and version.valid_from != before["valid_from"]
    shared = differences.Change(
        document=version.document,
        previous=before["id"],
        version=row["id"],
        fetch=fetch,
        cause=cause,
        occurred=version.valid_from if later else None,
        note=version.note if read.noted or version.note != before["note"] else "",
        silent=differences.silent(state, read.reading.source.id, cause, is_weaker=weaker),
    )
    told: list[Difference] = []
    left_out: list[Difference] = []
    for each in changes.compare(old, new):
        (left_out if changes.is_left_out(each, old, new) else told).append(each)
    shared = replace(shared, starts=application_dates.starts(version, told))
    stored = differences.of_versions(state, shared, told)
    differences.of_versions(state, replace(shared, cause="coverage", silent=silence(Seen(cause="coverage"))), left_out)
    return bool(stored) and cause == "source" and not weaker


def _compare_backwards(state: State, row: Row, after: Row, fetch: int) -> None:
    """An older point in time read late: what the next one changed against it is no news, only better known."""
    shared = differences.Change(
        document=row["document"],
        previous=row["id"],
        version=after["id"],
        fetch=fetch,
        cause="coverage",
        occurred=after["valid_from"],
        note="",
        silent=silence(Seen(cause="coverage")),
    )
    old, new = versions.load(state.store, row), versions.load(state.store, after)
    differences.of_versions(state, shared, changes.compare(old, new))


def _common(old: Version, new: Version) -> tuple[Version, Version]:
    """Return two partial versions cut to the provisions that both hold."""
    both = {section.path for section in old.sections} & {section.path for section in new.sections}
    return (
        replace(old, sections=tuple(s for s in old.sections if s.path in both)),
        replace(new, sections=tuple(s for s in new.sections if s.path in both)),
    )
