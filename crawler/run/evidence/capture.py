"""One capture as a file for somebody else: what a server answered, how that was recorded, and what it proves.

Nothing but the archive and the database goes in: the same capture gives the same bytes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import Archive, Place
from crawler.archive.excerpt import Extract, extract, withheld
from crawler.archive.values import NOT_MODIFIED
from crawler.errors import ArchiveError, ConfigError, IdentifierError
from crawler.identifiers import canonical_url
from crawler.run.evidence import bundle
from crawler.run.evidence.statement import CaptureFacts, facts, statement, told_of
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Row, Store
from crawler.store import evidence as stored
from crawler.text import counted, moment

WITHHELD = "pages of this kind name people"
"""Why a body is left out that nobody asked for with --with-private."""

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The bytes of the zip file, what to call it, and what to tell who asked for it."""

    name: str
    data: bytes
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One capture that goes in: its row, the rows of its hops, and of its crawl, and why its body is left out."""

    row: Row
    hops: tuple[Row, ...]
    crawl: Row
    reason: str


def evidence(data: Path, wanted: str, *, with_private: bool = False) -> Evidence:
    """Return the evidence of a capture, by the SHA-256 of its body or its address, or of all behind an entry.

    Raises:
        ConfigError: there is no database, no such capture, or it was removed by its publisher because it names people.
        ArchiveError: the archive does not hold it as it was written.
        StoreError: the database cannot be read.
    """
    if not Store.is_at(data / DATABASE):
        raise ConfigError(f"{data / DATABASE}: there is no database yet; crawl first")
    with Store.open(data / DATABASE) as store:
        row, others = _find(store, wanted)
        further, left_out = _further(store, wanted, row, with_private=with_private)
        asked = [_asked(store, each, with_private=with_private) for each in (row, *further)]
        entries = frozenset(name for one in asked for hop in one.hops for name in stored.entries_of(store, hop["id"]))
    with Archive.open(data / ARCHIVE, read_only=True) as archive:
        said, bodies = [], dict[str, bytes]()
        for number, one in enumerate(asked, 1):
            taken = _taken(archive, one)
            body = {} if one.reason else bundle.body(taken[1], number)
            bodies |= body
            said.append(_said(one, taken, body))
        found = list({hop.exchange.place: hop for each in said for hop in each.hops}.values())
        lines = list(bundle.lines(archive.directory, found, entries))
        warc = b"".join(bundle.records(archive.directory, found))
    listed = {
        f"capture{f'-{number}' if number > 1 else ''}.json": json.dumps(facts(each), ensure_ascii=False, indent=1)
        for number, each in enumerate(said, 1)
    }
    parts = {
        "capture.warc.gz": warc,
        "headers.txt": bundle.headers(found),
        "journal.jsonl": "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode(),
        "statement.txt": statement(said[0], said[1:], left_out).encode(),
        **{name: text.encode() + b"\n" for name, text in listed.items()},
        **bodies,
    }
    told = (*told_of(said[0]), *_told_of_others(others), *_told_of_further(len(further), left_out))
    return Evidence(name=_name(row), data=bundle.zip_parts(parts, row["time"]), told=told)


def _taken(archive: Archive, asked: _Asked) -> tuple[tuple[Extract, ...], Extract]:
    """Return the exchanges of a capture, every digest verified, and the one that was meant."""
    found = [
        extract(archive, Place(file=hop["file"], offset=hop["offset"], length=hop["length"])) for hop in asked.hops
    ]
    chosen = [hop["id"] for hop in asked.hops].index(asked.row["id"])
    _check(asked.row, found[chosen])
    if asked.reason:
        found = [withheld(hop, asked.reason) for hop in found]
    return tuple(found), found[chosen]


def _said(asked: _Asked, taken: tuple[tuple[Extract, ...], Extract], body: dict[str, bytes]) -> CaptureFacts:
    return CaptureFacts(
        fetch=asked.row, crawl=asked.crawl, hops=taken[0], chosen=taken[1], withheld=asked.reason, bodies=tuple(body),
    )  # fmt: skip


def _find(store: Store, wanted: str) -> tuple[Row, list[Row]]:
    """Return the newest answer that a person may mean, and others with the same body; of an entry its main one."""
    if _DIGEST.fullmatch(wanted):
        rows = stored.of_digest(store, wanted.lower())
    elif stored.is_entry(store, wanted):
        rows = (stored.behind(store, wanted) or stored.behind(store, wanted, "every"))[:1]
        if not rows:
            raise ConfigError(f"entry {wanted}: no single capture stands behind it")
    else:
        rows = stored.of_addresses(store, _addresses(wanted))
    if not rows:
        raise ConfigError(f"{wanted!r}: no SHA-256 of a body, no entry, and no address that was read")
    return rows[0], rows[1:]


def _further(store: Store, wanted: str, row: Row, *, with_private: bool) -> tuple[list[Row], int]:
    """Return the other answers behind an entry, and how many of them are left out: their publisher took them down."""
    if _DIGEST.fullmatch(wanted) or not stored.is_entry(store, wanted):
        return [], 0
    if not with_private and stored.is_lost(store, wanted):
        raise ConfigError(
            "this entry is about people, and its page is not kept any more: nothing is given of it without"
            " --with-private"
        )
    every = [each for each in stored.behind(store, wanted, "every") if each["exchange"] != row["exchange"]]
    kept = [each for each in every if with_private or not stored.is_removed(store, each["exchange"])]
    return kept, len(every) - len(kept)


def _asked(store: Store, row: Row, *, with_private: bool) -> _Asked:
    """Return what is known of a capture."""
    return _Asked(
        row=row,
        hops=tuple(stored.hops(store, row["exchange"])),
        crawl=stored.crawl(store, row["crawl"]),
        reason=_withheld(store, row, with_private=with_private),
    )


def _addresses(wanted: str) -> list[str]:
    try:
        return [wanted, canonical_url(wanted)]
    except IdentifierError:
        return [wanted]


def _withheld(store: Store, row: Row, *, with_private: bool) -> str:
    """Return why the body of a capture is left out, empty where it is not."""
    if with_private:
        return ""
    if stored.is_removed(store, row["exchange"]):
        raise ConfigError("its publisher took this page down, and it names people: nothing is given of it without"
                          " --with-private")  # fmt: skip
    return WITHHELD if stored.is_private(store, row["exchange"]) else ""


def _check(row: Row, found: Extract) -> None:
    """Refuse an answer that is not the one that was read."""
    exchange = found.exchange
    if exchange.revisit != NOT_MODIFIED and row["digest"] and exchange.digest != row["digest"]:
        raise ArchiveError(
            f"{exchange.place}: the body has SHA-256 {exchange.digest}, but {row['digest']} was read there:"
            " the archive or the database was changed"
        )


def _name(row: Row) -> str:
    return f"evidence-{moment(row['time']):%Y%m%dT%H%M%SZ}-{row['digest'][:12] or 'no-body'}.zip"


def _told_of_others(others: Sequence[Row]) -> Iterator[str]:
    if others:
        yield f"The same body was received {counted(len(others), 'more time')}; this is the newest."


def _told_of_further(further: int, left_out: int) -> Iterator[str]:
    if further:
        yield f"{further + 1} captures are in it: what changed, and what that was compared with."
    if left_out:
        are = counted(left_out, "capture is", "captures are")
        yield f"{are} left out: the publisher took down these pages, which name people."
