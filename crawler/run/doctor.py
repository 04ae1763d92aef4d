"""What one look at each source shows: is it there, may it be read, is it what we take it for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.archive import Archive
from crawler.ingest import State
from crawler.ingest.readings import capture_of, stored_exchange
from crawler.model import Capture
from crawler.sources import Publisher, Registry, Source
from crawler.store import Row, Store, fetches, issues
from crawler.text import counted, latest

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
    asked = _asked(store, crawl, source.id)
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
    asked = _asked(store, crawl, name)
    if asked is None or not asked["file"]:
        return None
    state = State(store=store, archive=archive, parsers={})
    askers = json.loads(asked["asked"])
    own = next(asker for asker in askers if asker["source"] == name)
    return capture_of(state, stored_exchange(state, asked), own, exchange=asked["exchange"], hop=asked["hop"])


def _asked(store: Store, crawl: str, name: str) -> Row | None:
    """Return the last answer or failure of the one request made for a source."""
    return store.one(
        "select * from fetches where crawl=? and role<>'robots'"
        " and exists (select 1 from json_each(asked) where value->>'source'=?) order by id desc limit 1",
        crawl, name,
    )  # fmt: skip


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
