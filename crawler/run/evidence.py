"""One capture as a file for somebody else: what a server answered, how that was recorded, and what it proves.

Nothing but the archive and the database goes in: the same capture gives the same bytes.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from crawler.archive import Archive, Journal, Place
from crawler.archive.extract import Extract, extract, info, journal, withheld
from crawler.archive.values import NOT_MODIFIED
from crawler.errors import ArchiveError, ConfigError, IdentifierError
from crawler.feeds.private import private, taken_down
from crawler.identifiers import canonical_url
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.statement import Said, facts, statement, told_of
from crawler.sources.vocabulary import PRIVATE
from crawler.store import Row, Store
from crawler.text import moment, stamp

WITHHELD = "pages of this kind name people"
"""Why a body is left out that nobody asked for with --with-private."""

KEPT_HEADERS = frozenset({
    "age", "cache-control", "content-encoding", "content-language", "content-length", "content-type", "date", "etag",
    "expires", "last-modified", "server", "vary",
})  # fmt: skip
"""Headers of an answer that name nobody."""

_EXTENSIONS = {
    "text/html": "html", "application/xhtml+xml": "xhtml", "text/plain": "txt", "text/csv": "csv",
    "application/pdf": "pdf", "application/json": "json", "application/xml": "xml", "text/xml": "xml",
    "application/rss+xml": "xml", "application/atom+xml": "xml",
}  # fmt: skip
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_OF_PEOPLE = frozenset({"facts", "parent", "token"})
"""Keys of a link that may repeat the words of a page."""
_LEFT_OUT = ("sources", "decisions")
"""Texts in the journal entry of a crawl's start: their digest is given instead."""

_ABOUT = """with same(id, url, asked, role) as (
    select g.id, g.url, g.asked, g.role from fetches f join fetches g on g.url = f.url or (f.digest <> ''
      and g.digest = f.digest and g.bytes > 0) where f.exchange = ?),
  about(document) as (
    select v.document from versions v join same on v.fetch = same.id
    union select c.document from changes c join same on c.fetch = same.id
    union select e.document from entries e join same on e.fetch = same.id
    union select d.id from documents d join same on d.url = same.url
    union select d.id from documents d join same on d.id = 'url:' || same.url
    union select a.document from aliases a join same on a.alias in (same.url, 'url:' || same.url)
    union select a.value ->> 'parent' from same, json_each(same.asked) a
    union select x.document from same, json_each(same.asked) a
      join document_sources x on x.source = a.value ->> 'source' where same.role in ('listing', 'next'))"""
"""The documents that a request is about: those read from it, those it was asked for, and those that it lists."""

_IS_PRIVATE = f"""{_ABOUT} select exists (select 1 from about where {private("about.document")})
  or exists (select 1 from same, json_each(same.asked) a join sources s on s.id = a.value ->> 'source'
    where s.kind in ({", ".join(f"'{kind}'" for kind in PRIVATE)}))"""
_IS_REMOVED = f"{_ABOUT} select exists (select 1 from about where {taken_down('about.document')} is not null)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The bytes of the zip file, what to call it, and what to tell who asked for it."""

    name: str
    data: bytes
    told: tuple[str, ...]


def evidence(data: Path, wanted: str, *, with_private: bool = False) -> Evidence:
    """Give the evidence of one capture: named by the SHA-256 of its body, by an entry, or by its address.

    Raises:
        ConfigError: there is no database, no such capture, or it was removed by its publisher because it names people.
        ArchiveError: the archive does not hold it as it was written.
        StoreError: the database cannot be read.
    """
    if not (data / DATABASE).exists():
        raise ConfigError(f"{data / DATABASE}: there is no database yet; crawl first")
    with Store.open(data / DATABASE) as store:
        row, others = _find(store, wanted)
        hops = store.all("select * from fetches where exchange=? and file<>'' order by hop", row["exchange"])
        reason = _withheld(store, row, with_private=with_private)
        crawl = store.all("select * from crawls where id=?", row["crawl"])[0]
        entries = frozenset(name for hop in hops for name in _entries_of(store, hop["id"]))
    with Archive.open(data / ARCHIVE, read_only=True) as archive:
        found = [extract(archive, Place(file=hop["file"], offset=hop["offset"], length=hop["length"])) for hop in hops]
        chosen = [hop["id"] for hop in hops].index(row["id"])
        _check(row, found[chosen])
        if reason:
            found = [withheld(hop, reason, KEPT_HEADERS) for hop in found]
        lines = list(_lines(archive.directory, found, entries, is_withheld=bool(reason)))
        warc = b"".join(_records(archive.directory, found))
    body = {} if reason else _body(found[chosen])
    said = Said(fetch=row, crawl=crawl, hops=tuple(found), chosen=found[chosen], withheld=reason, bodies=tuple(body))
    parts = {
        "capture.warc.gz": warc,
        "headers.txt": _headers(found),
        "journal.jsonl": "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode(),
        "capture.json": json.dumps(facts(said), ensure_ascii=False, indent=1).encode() + b"\n",
        "statement.txt": statement(said).encode(),
        **body,
    }
    told = (*told_of(said), *_told_of_others(others))
    return Evidence(name=_name(row), data=_zipped(parts, row["time"]), told=told)


def _find(store: Store, wanted: str) -> tuple[Row, list[Row]]:
    """Give the newest answer that a person may mean, and others with the same body."""
    answered = "status is not null and file<>''"
    if _DIGEST.fullmatch(wanted):
        rows = store.all(
            f"select * from fetches where digest=? and {answered} order by time desc, id desc", wanted.lower()
        )
    elif entry := store.one("select id, fetch from entries where id=?", wanted):
        rows = store.all(f"select * from fetches where id=? and {answered}", entry["fetch"])
        if not rows:
            raise ConfigError(f"entry {wanted}: no single capture stands behind it")
    else:
        rows = store.all(
            "select last.* from fetches first join fetches last on last.exchange=first.exchange"
            " where first.url in (select value from json_each(?)) and first.hop=0 and last.status is not null"
            " and last.file<>'' order by first.time desc, first.id desc, last.hop desc limit 1",
            json.dumps(_addresses(wanted)),
        )
    if not rows:
        raise ConfigError(f"{wanted!r}: no SHA-256 of a body, no entry, and no address that was read")
    return rows[0], rows[1:]


def _addresses(wanted: str) -> list[str]:
    try:
        return [wanted, canonical_url(wanted)]
    except IdentifierError:
        return [wanted]


def _withheld(store: Store, row: Row, *, with_private: bool) -> str:
    """Give why the body of a capture is left out, empty where it is not.

    Raises:
        ConfigError: its publisher took it down: nothing of it is given then, not even its address.
    """
    if with_private:
        return ""
    if store.value(_IS_REMOVED, row["exchange"]):
        raise ConfigError("its publisher took this page down, and it names people: nothing is given of it without"
                          " --with-private")  # fmt: skip
    return WITHHELD if store.value(_IS_PRIVATE, row["exchange"]) else ""


def _entries_of(store: Store, fetch: int) -> list[str]:
    """Give the entries that tell of a fetch."""
    rows = store.all(
        "select id from entries where fetch=? union select entry from changes where fetch=? and entry is not null",
        fetch, fetch,
    )  # fmt: skip
    return [row["id"] for row in rows]


def _check(row: Row, found: Extract) -> None:
    """Refuse an answer that is not the one that was read.

    Raises:
        ArchiveError: the digest of its body is another one.
    """
    exchange = found.exchange
    if exchange.revisit != NOT_MODIFIED and row["digest"] and exchange.digest != row["digest"]:
        raise ArchiveError(
            f"{exchange.place}: the body has SHA-256 {exchange.digest}, but {row['digest']} was read there:"
            " the archive or the database was changed"
        )


def _all(found: Sequence[Extract]) -> Iterator[Extract]:
    """Give the exchanges that were taken out, and those they refer to, in archive order, each once."""
    every = {each.exchange.place: each for hop in found for each in (hop, hop.source)}
    return (every[place] for place in sorted(every))


def _records(directory: Path, found: Sequence[Extract]) -> Iterator[bytes]:
    """Give the records as one WARC file: those of each file of the archive behind what that says of itself."""
    for file, group in groupby(_all(found), key=lambda each: each.exchange.place.file):
        yield info(directory, file).data
        for each in group:
            yield from (taken.data for taken in (each.link, each.request, each.answer) if taken is not None)


def _lines(
    directory: Path, found: Sequence[Extract], entries: Collection[str], *, is_withheld: bool
) -> Iterator[dict[str, Any]]:
    """Give the journal lines that concern a request, of it and of what it refers to, in archive order."""
    dropped = _OF_PEOPLE if is_withheld else frozenset[str]()
    named = {each.exchange.link["exchange"] for each in _all(found)}
    for file, group in groupby(_all(found), key=lambda each: each.exchange.place.file):
        lines = [
            (each.exchange.place, each.exchange.time, "link", _without(each.exchange.link, dropped)) for each in group
        ]
        for one in journal(directory, file):
            payload = _concerning(one, named, entries)
            if payload is not None:
                lines.append((one.place, one.time, one.kind, _without(payload, dropped)))
        for place, time, kind, payload in sorted(lines, key=lambda line: line[0]):
            yield {"place": str(place), "time": stamp(time), "kind": kind, "payload": payload}


def _concerning(one: Journal, named: Collection[str], entries: Collection[str]) -> dict[str, Any] | None:
    """Give the payload of a journal entry as far as it concerns a request, None where it does not."""
    payload = one.payload
    match one.kind:
        case "run-started":
            texts = {f"{name}_sha256": sha256(str(payload[name]).encode()).hexdigest() for name in _LEFT_OUT}
            return {**{name: value for name, value in payload.items() if name not in _LEFT_OUT}, **texts}
        case "run-resumed" | "run-ended":
            return payload
        case "delivered":
            return payload if payload["exchange"] in named else None
        case "entries-announced":
            new = [row["id"] for row in payload["new"] if row["id"] in entries]
            corrected = [name for name in payload["corrected"] if name in entries]
            return {"time": payload["time"], "new": new, "corrected": corrected} if new or corrected else None
    return None


def _without(value: Any, dropped: Collection[str]) -> Any:
    """Give a payload without some of its keys, however deep they stand."""
    if isinstance(value, dict):
        return {key: _without(each, dropped) for key, each in value.items() if key not in dropped}
    return [_without(each, dropped) for each in value] if isinstance(value, list) else value


def _headers(found: Sequence[Extract]) -> bytes:
    """Give the heads of all requests and answers, as they were sent."""
    lines = []
    for each in _all(found):
        exchange = each.exchange
        for what, taken in (("request", each.request), ("answer", each.answer)):
            title = f"=== {what}, {exchange.place}, {taken.record['WARC-Record-ID']}\r\n"
            lines += [title.encode(), taken.head, b"\r\n\r\n"]
    return b"".join(lines)


def _body(chosen: Extract) -> dict[str, bytes]:
    """Give the body as received, and without its content coding where it has one; nothing where there is none."""
    source = chosen.source
    received, decoded = source.answer.body, source.exchange.body
    media_type = next((value for name, value in source.exchange.headers if name.lower() == "content-type"), "")
    extension = _EXTENSIONS.get(media_type.partition(";")[0].strip().lower(), "bin")
    if not received:
        return {}
    if source.exchange.undecodable:
        return {"body-as-received.bin": received}
    if received == decoded:
        return {f"body.{extension}": received}
    return {"body-as-received.bin": received, f"body.{extension}": decoded}


def _name(row: Row) -> str:
    return f"evidence-{moment(row['time']):%Y%m%dT%H%M%SZ}-{row['digest'][:12] or 'no-body'}.zip"


def _told_of_others(others: Sequence[Row]) -> Iterator[str]:
    if others:
        yield f"The same body was received {len(others)} more times; this is the newest."


def _zipped(parts: Mapping[str, bytes], time: str) -> bytes:
    """Give the parts as a zip file that is the same on every machine: nothing is packed, and no clock is read."""
    sums = "".join(f"{sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    whole = {**parts, "SHA256SUMS": sums.encode()}
    taken = moment(time)
    date = (min(max(taken.year, 1980), 2107), taken.month, taken.day, taken.hour, taken.minute, taken.second)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            zipped.writestr(entry, whole[name])
    return out.getvalue()
