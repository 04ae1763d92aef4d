"""What was checked, week by week: which sources that were due could be read, and how many entries came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.feeds import Filter
from crawler.public.database import Connection, rows
from crawler.public.filters import first_since
from crawler.public.selection import select

MAX_WEEKS = 26
"""Most weeks that are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week that is over: its ``monday``, the time it ``ended``, and of the sources that were asked in it how many
    could be read, with the names of those that could not; ``entries`` are those of a filter."""

    monday: str
    ended: str
    asked: int
    read: int
    unread: tuple[str, ...]
    entries: int


def weeks(connection: Connection, filter: Filter) -> list[Week]:
    """Return the weeks that are over at the newest crawl, the newest first."""
    chosen = select(connection, filter)
    found = []
    for row in rows(connection, f"select * from weeks order by monday desc limit {MAX_WEEKS}"):
        end = f"{date.fromisoformat(row['monday']) + timedelta(days=7)}T00:00:00Z"
        bounds = {"from": first_since(connection, end), "until": first_since(connection, f"{row['monday']}T00:00:00Z")}
        listed = chosen.entries("l.entry >= :from and l.entry < :until")
        number = connection.execute(f"select count(*) from ({listed})", {**chosen.params, **bounds}).fetchone()[0]
        unread = tuple(json.loads(row["unread"]))
        known = {name: row[name] for name in ("monday", "asked", "read")}
        found.append(Week(**known, ended=end, unread=unread, entries=int(number)))
    return found
