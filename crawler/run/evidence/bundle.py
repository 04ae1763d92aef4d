"""The files of a piece of evidence, made of what was taken out of the archive: the same input gives the same bytes."""

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from crawler.archive import Journal
from crawler.archive.excerpt import Extract, info, journal
from crawler.text import moment, stamp

_EXTENSIONS = {
    "text/html": "html", "application/xhtml+xml": "xhtml", "text/plain": "txt", "text/csv": "csv",
    "application/pdf": "pdf", "application/json": "json", "application/xml": "xml", "text/xml": "xml",
    "application/rss+xml": "xml", "application/atom+xml": "xml",
}  # fmt: skip
_OF_PEOPLE = frozenset({"facts", "parent", "token"})
"""Keys of a link that may repeat the words of a page."""
_LEFT_OUT = ("sources", "local", "decisions")
"""Texts in the journal entry of a crawl's start: their digest is given instead."""


def _all(found: Sequence[Extract]) -> Iterator[Extract]:
    """Return the exchanges that were taken out, and those they refer to, in archive order, each once.

    One that is withheld somewhere is withheld.
    """
    each_of_all = (each for hop in found for each in (hop, hop.source))
    every = {each.exchange.place: each for each in sorted(each_of_all, key=lambda each: each.link is None)}
    return (every[place] for place in sorted(every))


def records(directory: Path, found: Sequence[Extract]) -> Iterator[bytes]:
    """Yield the records as one WARC file: those of each file of the archive behind what that says of itself."""
    for file, group in groupby(_all(found), key=lambda each: each.exchange.place.file):
        yield info(directory, file).data
        for each in group:
            yield from (taken.data for taken in (each.link, each.request, each.answer) if taken is not None)


def lines(directory: Path, found: Sequence[Extract], entries: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the journal lines that concern requests, of them and of what they refer to, in archive order.

    Where anything is withheld, no line repeats the words of a page.
    """
    dropped = _OF_PEOPLE if any(each.link is None for each in found) else frozenset[str]()
    named = {each.exchange.link["exchange"] for each in _all(found)}
    for file, group in groupby(_all(found), key=lambda each: each.exchange.place.file):
        noted = [
            (each.exchange.place, each.exchange.time, "link", _without(each.exchange.link, dropped)) for each in group
        ]
        for one in journal(directory, file):
            payload = _concerning(one, named, entries)
            if payload is not None:
                noted.append((one.place, one.time, one.kind, _without(payload, dropped)))
        for place, time, kind, payload in sorted(noted, key=lambda line: line[0]):
            yield {"place": str(place), "time": stamp(time), "kind": kind, "payload": payload}


def _concerning(one: Journal, named: Collection[str], entries: Collection[str]) -> dict[str, Any] | None:
    """Return the payload of a journal entry as far as it concerns a request, None where it does not."""
    payload = one.payload
    match one.kind:
        case "run-started":
            said = [name for name in _LEFT_OUT if name in payload]
            texts = {f"{name}_sha256": sha256(str(payload[name]).encode()).hexdigest() for name in said}
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
    """Return a payload without some of its keys, however deep they stand."""
    if isinstance(value, dict):
        return {key: _without(each, dropped) for key, each in value.items() if key not in dropped}
    return [_without(each, dropped) for each in value] if isinstance(value, list) else value


def headers(found: Sequence[Extract]) -> bytes:
    """Return the heads of all requests and answers, as they were sent."""
    found_heads = []
    for each in _all(found):
        exchange = each.exchange
        for what, taken in (("request", each.request), ("answer", each.answer)):
            title = f"=== {what}, {exchange.place}, {taken.record['WARC-Record-ID']}\r\n"
            found_heads += [title.encode(), taken.head, b"\r\n\r\n"]
    return b"".join(found_heads)


def body(chosen: Extract, number: int = 1) -> dict[str, bytes]:
    """Return the body as received, and without its content coding where it has one; nothing where there is none.

    The ``number`` of a capture stands in the names of its files, except for the first.
    """
    which = f"-{number}" if number > 1 else ""
    source = chosen.source
    received, decoded = source.answer.body, source.exchange.body
    media_type = next((value for name, value in source.exchange.headers if name.lower() == "content-type"), "")
    extension = _EXTENSIONS.get(media_type.partition(";")[0].strip().lower(), "bin")
    if not received:
        return {}
    if source.exchange.undecodable:
        return {f"body{which}-as-received.bin": received}
    if received == decoded:
        return {f"body{which}.{extension}": received}
    return {f"body{which}-as-received.bin": received, f"body{which}.{extension}": decoded}


def zip_parts(parts: Mapping[str, bytes], time: str) -> bytes:
    """Return the parts as a zip file that is the same on every machine: nothing is packed, and no clock is read."""
    sums = "".join(f"{sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    whole = {**parts, "SHA256SUMS": sums.encode()}
    taken = moment(time)
    date = (min(max(taken.year, 1980), 2107), taken.month, taken.day, taken.hour, taken.minute, taken.second)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, whole[name])
    return out.getvalue()
