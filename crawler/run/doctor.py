"""What one look at each source shows: is it there, may it be read, is it what we take it for.

All looks make one folder to send back:

    report.json                 what each source showed
    answers/<source>/capture.json, body.*    the head of its answer: no contact, nothing of the machine that asked

Of ``news`` and cases, which name people, all words are masked, and all addresses that sources.yaml does not have.
"""

import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler import __version__, protocols
from crawler.archive import Archive
from crawler.archive.safe_headers import nameless
from crawler.bodies.reduced import mask, masked_address, masked_links, masked_sentence, reduced
from crawler.errors import ConfigError, StorageError
from crawler.ingest import State
from crawler.ingest.readings import capture_of, stored_exchange
from crawler.model import Capture, Walk
from crawler.sources import Publisher, Registry, Source
from crawler.sources.vocabulary import PRIVATE
from crawler.store import Row, Store, fetches, issues
from crawler.text import counted, latest, stamp

AHEAD = timedelta(days=2)
"""A date further in the future than this is not plausible for something that is published already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """What one look at a source showed: what was found, and exactly what differs from what is expected.

    ``found`` are short statements for people; ``differs`` is empty where all is as expected.
    """

    source: str
    found: tuple[str, ...]
    differs: tuple[str, ...]


def looks(store: Store, registry: Registry, names: tuple[str, ...], crawl: str, clock: datetime) -> list[SourceCheck]:
    """Return what a crawl that looked at sources once (``Options.look``) shows of each, in order."""
    sources = [s for s in registry.sources.values() if s.enabled and (not names or s.id in names)]
    return [_look(store, source, crawl, clock) for source in sources]


def _look(store: Store, source: Source, crawl: str, clock: datetime) -> SourceCheck:
    asked = fetches.last_of(store, crawl, source.id)
    if asked is None:
        return SourceCheck(source=source.id, found=(), differs=("it was not asked: the time was over",))
    rules = fetches.robots(store, crawl, "/".join(str(asked["url"]).split("/", 3)[:3]) + "/robots.txt")
    found = [*_answer(asked), _robots(asked, rules)]
    differs = [*_failure(asked), *_problems(store, source.id, asked)]
    if asked["outcome"] in fetches.READ_OUTCOMES:
        found += _listed(asked)
        differs += _implausible(source, asked, clock)
    return SourceCheck(source=source.id, found=tuple(found), differs=tuple(dict.fromkeys(differs)))


def only_capture(store: Store, archive: Archive, crawl: str, name: str) -> Capture | None:
    """Return what a source answered to the one look at it, None where it did not answer.

    Raises:
        ArchiveError: the archive does not hold it.
    """
    asked = fetches.last_of(store, crawl, name)
    if asked is None or not asked["file"]:
        return None
    state = State(store=store, archive=archive, parsers={})
    askers = json.loads(asked["asked"])
    own = next(asker for asker in askers if asker["source"] == name)
    return capture_of(state, stored_exchange(state, asked), own, exchange=asked["exchange"], hop=asked["hop"])


def _answer(asked: Row) -> Iterator[str]:
    if asked["status"] is not None:
        yield f"status {asked['status']}, {asked['media_type'] or 'no media type'}, {counted(asked['bytes'], 'byte')}"
        if asked["hop"]:
            yield f"redirected to {asked['url']}"


def _robots(asked: Row, rules: Row | None) -> str:
    if str(asked["reason"]).startswith("robots"):
        return "robots.txt forbids it"
    if rules is None:
        return "robots.txt was not had"
    return "robots.txt allows it" if rules["status"] == 200 else f"no robots.txt (status {rules['status']})"


def _failure(asked: Row) -> Iterator[str]:
    """Say why there is nothing to read."""
    if asked["outcome"] not in fetches.READ_OUTCOMES:
        yield str(asked["reason"] or asked["outcome"])


def _problems(store: Store, name: str, asked: Row) -> Iterator[str]:
    """Say what the parser found wrong; what only a whole walk can tell (a drop, a gap) is left out."""
    for issue in issues.open_of(store, name):
        if issue["kind"] not in ("drop", "gap", "many", "age", "none read") and issue["detail"] not in str(
            asked["reason"]
        ):
            yield f"{issue['kind']}: {issue['detail']}"


def _listed(asked: Row) -> Iterator[str]:
    if asked["entries"] is not None:
        yield f"{counted(asked['entries'], 'entry')}"
    if asked["newest"]:
        yield f"newest {asked['newest'][:10]}"


def _implausible(source: Source, asked: Row, clock: datetime) -> Iterator[str]:
    """Say what is odd about a page that was read."""
    if asked["entries"] == 0 and not source.expect.zero:
        yield "zero: it lists nothing"
    if source.expect.max is not None and (asked["entries"] or 0) > source.expect.max:
        yield f"many: it lists {asked['entries']}; expected at most {source.expect.max}"
    newest = latest(asked["newest"] or "")
    if newest is not None and newest > clock + AHEAD:
        yield f"dates: its newest is of {asked['newest'][:10]}, which is yet to come"
    elif source.expect.newest is not None and asked["entries"]:
        if newest is None:
            yield f"dates: none can be read; expected one within {counted(source.expect.newest.days, 'day')}"
        elif clock - newest > source.expect.newest:
            days = source.expect.newest.days
            yield f"age: its newest is of {asked['newest'][:10]}; expected one within {counted(days, 'day')}"


def licence_pages(registry: Registry, names: tuple[str, ...]) -> dict[str, Publisher]:
    """Return the publishers of the sources looked at that name the page of their licence, by its address."""
    used = {s.publisher for s in registry.sources.values() if s.enabled and (not names or s.id in names)}
    chosen = (registry.publishers[each] for each in registry.publishers if each in used)
    return {publisher.licence_url: publisher for publisher in chosen if publisher.licence_url}


def pages_registry(registry: Registry, urls: Sequence[str]) -> str:
    """Return a sources.yaml for a look at single pages that are no source: that of the n-th address is ``page-n``.

    The settings and hosts stay as they are. (JSON is YAML.)
    """
    shared = {"publisher": "pages", "kind": "guidance", "protocol": "page", "expect": {"min": 1}}
    return json.dumps({
        "settings": {"contact": registry.settings.contact, "authority": registry.settings.authority},
        "publishers": {"pages": {"name": "Pages looked at", "jurisdiction": "International"}},
        "hosts": {
            host.name: {"delay": host.delay, "timeout": host.timeout, "private": host.private}
            for host in registry.hosts.values()
        },
        "sources": [{"id": f"page-{n}", "url": url, **shared} for n, url in enumerate(urls, 1)],
    })  # fmt: skip


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
                _answer_files(folder / ANSWERS / source.id, source, capture, clock, hidden)
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


def _answer_files(folder: Path, source: Source, capture: Capture, clock: datetime, hidden: tuple[str, ...]) -> None:
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
