"""How a crawl starts: under which name, with which authority, and what it asks although nothing announces it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler import __version__
from crawler.errors import ConfigError
from crawler.ingest import State, absence
from crawler.run.options import Options
from crawler.run.publish import SAMPLE
from crawler.store import Store, crawls, revisits
from crawler.text import stamp


def check_authority(options: Options, store: Store) -> None:
    """Refuse an authority that is not the one an archive was begun with.

    Raises:
        ConfigError: it is another one.
    """
    ours = options.registry.settings.authority
    first = store.meta("authority")
    if first is not None and first != ours:
        raise ConfigError(
            f"this archive was begun with authority {first!r}, sources.yaml says {ours!r}:"
            " ids in feeds would change; keep the authority, or start with an empty data directory"
        )


def run_id(store: Store, clock: datetime) -> str:
    """Give a name that sorts behind all others: files are read in the order of their names."""
    name = f"{clock.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    last = crawls.current(store)
    if last is None or last["id"] < name:
        return name
    base, _, count = str(last["id"]).partition("_")
    return f"{base}_{int(count or 0) + 1:04d}"


def payload(state: State, options: Options, run: str, clock: datetime, walked: Collection[str]) -> dict[str, Any]:
    """Give what the journal says of a crawl that starts: its clock and versions, the registry and decisions as read."""
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
        "decisions": options.decisions_text,
        "authority": settings.authority,
        "public_url": settings.public_url,
        "due": list(walked),
    }


def asked_again(state: State, walked: Collection[str]) -> Iterator[dict[str, Any]]:
    """Give what the journal says of pages asked although nothing announces it: doubtful ones, and a share of all."""
    for name in walked:
        source = state.registry.sources[name]
        doubtful = absence.doubtful(state, name)
        count = math.ceil(source.audit * revisits.auditable(state.store, name))
        audited = revisits.audit(state.store, name, count) if count else []
        for why, links in (("doubt", doubtful), ("audit", audited)):
            if links:
                rows = [{**asdict(link), "facts": dict(link.facts)} for link in links]
                yield {"source": name, "why": why, "links": rows}


def clock_of(options: Options, newest: datetime | None) -> datetime:
    """Give the time a crawl takes for now: as asked, else the newest capture of the replay, else now, to the second."""
    if options.as_of is not None:
        return options.as_of
    return (newest if options.replay and newest is not None else datetime.now(UTC)).replace(microsecond=0)
