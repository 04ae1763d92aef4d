"""The bodies that are read: since when each is complete here, how much is held, and how soon it is usually seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any

from crawler.public import coverage, standing
from crawler.public.database import Connection, Row
from crawler.text import counted, moment

LONGEST_DAYS = 60
"""Longer delays are those of old documents that were listed late."""
FEWEST = 3
"""Documents that are needed before something is called usual."""
_HOURS = 36
"""Up to so many hours, delays are told in hours where publishers state times."""

UNREAD, READ, OFF = "Could not be checked", "Read as planned", "Not read here"


def grouped(connection: Connection) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the bodies in groups, in the order of their sources: unread in part or whole, read, and not read at all.

    A body has ``name``, ``sources``, ``unread`` (those with a fault or never read), ``held``, ``listed``, ``complete``,
    ``since``, ``first`` and ``last`` (when its lists were read, empty for never) and ``seen`` (in words).
    """
    listed: dict[str, list[Row]] = {}
    for source in standing.sources(connection):
        listed.setdefault(source["publisher"], []).append(source)
    known = coverage.bodies(connection)
    groups: dict[str, list[dict[str, Any]]] = {UNREAD: [], READ: [], OFF: []}
    for publisher, sources in listed.items():
        on = [source for source in sources if source["trouble"] != "off"]
        unread = [source for source in on if source["trouble"]]
        body = {
            "name": sources[0]["publisher_name"],
            "sources": sources,
            "on": len(on),
            "unread": unread,
            **{name: known.get(publisher, {}).get(name) for name in ("held", "listed", "complete", "since")},
            "first": min((source["last_success"] or "" for source in on), default=""),
            "last": max((source["last_success"] or "" for source in on), default=""),
            "seen": _usual(each for source in on for each in coverage.delays(connection, source["id"])),
        }
        groups[UNREAD if unread else READ if on else OFF].append(body)
    return [(name, bodies) for name, bodies in groups.items() if bodies]


def _usual(pairs: Iterable[tuple[str, str]]) -> str:
    """Return how long after publication documents are usually seen, empty where too few tell.

    >>> _usual([("2026-03-10", "2026-03-12T06:00:00Z")] * 3)
    '2 days'
    >>> _usual([("2026-03-10T03:00:00Z", "2026-03-10T06:00:00Z")] * 3), _usual([])
    ('3 hours', '')
    """
    given = list(pairs)
    if given and all("T" in published for published, _ in given):
        hours = [(moment(seen) - moment(published)).total_seconds() / 3600 for published, seen in given]
        usual = _middle(hours, LONGEST_DAYS * 24)
        if usual is not None and usual <= _HOURS:
            return counted(max(round(usual), 1), "hour")
    days = [(date.fromisoformat(seen[:10]) - date.fromisoformat(published[:10])).days
            for published, seen in given if len(published) >= len("2026-01-01")]  # fmt: skip
    usual = _middle(days, LONGEST_DAYS)
    return "" if usual is None else counted(round(usual), "day") if round(usual) else "the same day"


def _middle(delays: Sequence[float], longest: float) -> float | None:
    usual = [each for each in delays if 0 <= each <= longest]
    return median(usual) if len(usual) >= FEWEST else None
