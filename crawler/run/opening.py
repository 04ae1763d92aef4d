"""How a crawl starts: under which name, with which authority, and what it asks although nothing announces it."""

import math
from collections.abc import Collection, Iterator, Set
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler import __version__
from crawler.archive import Archive, Exchange, Place
from crawler.errors import ConfigError
from crawler.ingest import State
from crawler.model import Link
from crawler.run import reparsed
from crawler.run.options import SAMPLE, Options
from crawler.run.redact import planning
from crawler.sources import Decisions
from crawler.store import Row, Store, crawls, rechecks
from crawler.store.known import document_named
from crawler.text import stamp

OPENING = {"run-resumed", "redacted", "read-anew", "asked-again"}
"""What the journal says of a crawl before anything is asked."""


def check_authority(options: Options, store: Store) -> None:
    """Refuse an authority that is not the one an archive was begun with.

    Raises:
        ConfigError: it is another one.
    """
    ours = options.registry.settings.authority
    first = store.meta("authority")
    if first is not None and first != ours:
        raise ConfigError(
            f"this archive was begun with authority {first!r}, the settings say {ours!r}:"
            " ids in feeds would change; keep the authority, or start with an empty data directory"
        )


def run_id(store: Store, clock: datetime, mark: str = "") -> str:
    """Return a name that sorts behind all others: files are read in the order of their names.

    ``mark`` is a word of small letters and digits, for crawls that begin elsewhere in the same second.
    """
    name = f"{clock.astimezone(UTC):%Y%m%dT%H%M%SZ}{mark}"
    last = crawls.current(store)
    if last is None or last["id"] < name:
        return name
    base, _, count = str(last["id"]).partition("_")
    return f"{base}_{int(count or 0) + 1:04d}"


def payload(state: State, options: Options, run: str, clock: datetime, walked: Collection[str]) -> dict[str, Any]:
    """Return what the journal says of a crawl that starts: clock, versions, registry and decisions as read."""
    settings = options.registry.settings
    return {
        "run": run,
        "clock": stamp(clock),
        "started": stamp(datetime.now(UTC)),
        "live": options.live,
        "sample": settings.authority == SAMPLE,
        "software": __version__,
        "parsers": dict(state.parsers),
        "registry": options.digest,
        "sources": options.sources_text,
        **({"local": options.local_text} if options.local_text else {}),
        "decisions": options.decisions_text,
        "authority": settings.authority,
        "public_url": settings.public_url,
        "due": list(walked),
    }


def opening_records(
    state: State, decisions: Decisions, walked: Collection[str], said: Set[tuple[str, str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the journal says before anything is asked; each is to be applied before the next one is taken.

    ``sources_asked_again`` are the sources of which it says already that pages are asked again, and why.
    """
    if decided := planning.of_decisions(state.store, decisions):
        yield "redacted", planning.payload(decided)
    if found := reparsed.pending(state.store):
        yield "read-anew", {"time": state.now, "changes": found}
    for name in walked:
        for why, choose in (("doubt", _doubtful), ("audit", _audited)):
            if (name, why) not in said and (links := choose(state, name)):
                rows = [{**asdict(link), "facts": dict(link.facts)} for link in links]
                yield "asked-again", {"source": name, "why": why, "links": rows}


def _doubtful(state: State, name: str) -> list[Link]:
    """Return the pages of a source that are asked again: they may be gone for good, or their text is held.

    Where one address of a document is gone and another is thought to be there, that one is asked whether it is.
    """
    links: list[Link] = []
    for link in rechecks.missing(state.store, name):
        row = document_named(state.store, link)
        if row is not None and row["availability"] == "suspect":
            links.append(link)
        elif row is not None and row["availability"] == "ok" and row["id"].startswith("url:"):
            links += rechecks.not_asked_since(state.store, name, row["id"], link)
    return links + rechecks.held(state.store, name)


def _audited(state: State, name: str) -> list[Link]:
    """Return the share of the pages of a source that is asked again without a reason."""
    count = math.ceil(state.registry.sources[name].audit * rechecks.auditable(state.store, name))
    return rechecks.audit(state.store, name, count) if count else []


def sources_asked_again(archive: Archive, crawl: Row) -> set[tuple[str, str]] | None:
    """Return the sources of which a crawl that was killed said that pages are asked again, and why.

    None where it had asked something already: then it had said all that comes first.
    """
    found = set()
    for record in archive.records(Place(file=crawl["file"], offset=crawl["offset"], length=crawl["length"])):
        if isinstance(record, Exchange) or record.kind not in OPENING:
            return None
        if record.kind == "asked-again":
            found.add((str(record.payload["source"]), str(record.payload["why"])))
    return found


def clock_of(options: Options, newest: datetime | None) -> datetime:
    """Return the time a crawl takes for now: as asked, else the newest capture of a replay, else now."""
    if options.as_of is not None:
        return options.as_of
    return (newest if options.replay and newest is not None else datetime.now(UTC)).replace(microsecond=0)
