"""What a first look at all sources showed, as one folder to send back: verdicts, figures, reduced answers.

    report.json                 what each source showed
    answers/<source>/capture.json, body.*    the head of its answer: no contact, nothing of the machine that asked

Of ``news`` and cases, which name people, all words are masked, and all addresses that sources.yaml does not have.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler import __version__, protocols
from crawler.archive.safe_headers import nameless
from crawler.bodies.masking import mask, masked_address, masked_links, masked_sentence
from crawler.bodies.reduced import reduced
from crawler.errors import ConfigError, StorageError
from crawler.model import Capture, Walk
from crawler.run.doctor import SourceCheck
from crawler.sources import Registry, Source
from crawler.sources.vocabulary import PRIVATE
from crawler.text import stamp

FILE, ANSWERS, FORMAT = "report.json", "answers", 1
_COUNTS = ("x-wp-total", "x-wp-totalpages", "link", "retry-after")
_ENDINGS = {"{": "json", "[": "json", "<": "xml"}


def write(
    folder: Path, registry: Registry, looks: Sequence[SourceCheck], captures: Mapping[str, Capture], clock: datetime
) -> None:
    """Write the report of a look at sources into a new folder.

    Raises:
        ConfigError: the folder exists already.
        StorageError: it cannot be written.
    """
    if folder.exists():
        raise ConfigError(f"{folder}: exists already")
    hidden = (registry.settings.contact, socket.gethostname() if "." in socket.gethostname() else "")
    told = [_told(look, registry.sources.get(look.source), captures.get(look.source), hidden) for look in looks]
    report = {"format": FORMAT, "version": __version__, "day": clock.date().isoformat(), "sources": told}
    try:
        folder.mkdir(parents=True)
        _put(folder / FILE, report)
        for look in looks:
            source, capture = registry.sources.get(look.source), captures.get(look.source)
            if source is not None and capture is not None:
                _answer(folder / ANSWERS / source.id, source, capture, clock, hidden)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}") from error


def _told(look: SourceCheck, source: Source | None, capture: Capture | None, hidden: tuple[str, ...]) -> dict[str, Any]:
    body = capture.body if capture else b""
    say = masked_sentence if source is not None and _is_private(source) else str
    return {
        "id": look.source,
        "protocol": source.protocol if source else None,
        "evidence": source.evidence if source else None,
        "verdict": "differs" if look.differs else "ok",
        "found": [say(_without(each, hidden)) for each in look.found],
        "differs": [say(_without(each, hidden)) for each in look.differs],
        "status": capture.status if capture else None,
        "bytes": len(body) if capture else None,
        "sha256": capture.digest if capture else None,
    }


def _without(text: str, hidden: tuple[str, ...]) -> str:
    for each in hidden:
        text = text.replace(each, "[left out]") if each else text
    return text


def _is_private(source: Source) -> bool:
    shelves = source.followed.shelves if source.followed else ()
    return source.kind in PRIVATE or any(shelf.kind in PRIVATE for shelf in shelves)


def _answer(folder: Path, source: Source, capture: Capture, clock: datetime, hidden: tuple[str, ...]) -> None:
    private, link = _is_private(source), capture.link
    own = {source.url, *(each.url for each in protocols.start(source, Walk(clock=clock)))}

    def address(url: str) -> str:
        return masked_address(url) if private and url not in own else url

    folder.mkdir(parents=True)
    kept = dict(nameless(capture.headers)) | {n: v for n, v in capture.headers if n.lower() in _COUNTS}
    kept = {name: value for name, value in kept.items() if name.lower() not in ("content-length", "content-encoding")}
    if "charset=" in kept.get("Content-Type", ""):
        kept["Content-Type"] = kept["Content-Type"].partition(";")[0] + "; charset=utf-8"
    if private:
        kept = {name: masked_links(value) if name.lower() == "link" else value for name, value in kept.items()}
    facts = {name: mask(value) if private else value for name, value in link.facts.items()}
    _put(
        folder / "capture.json",
        {
            "url": address(capture.url),
            "time": stamp(capture.time),
            "status": capture.status,
            "headers": [[name, _without(value, hidden)] for name, value in kept.items()],
            "link": {"url": address(link.url), "role": link.role, "facts": facts, "accept": link.accept},
            "hops": list(map(address, capture.hops)),
        },
    )
    body = reduced(capture.body, capture.header("content-type"), masked=private, without=hidden)
    ending = _ENDINGS.get((body or b"")[:1].decode("latin-1"), "txt")
    if body is not None and b"<html" in body[:2000].lower():
        ending = "html"
    (folder / f"body.{ending}").write_bytes(body or b"")


def _put(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
