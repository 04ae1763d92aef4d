"""What stands beside the provisions of a text: how each changed last, and what is not worked into it yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.feeds.weight import LAW
from crawler.identifiers.affected_provisions import WHOLE, relation
from crawler.law import bare_path
from crawler.public import changes, effects
from crawler.public.database import Connection, Row
from crawler.publish.in_force import Provision
from crawler.wording import changed, day

_BEFORE = re.compile(r"^crossheading:|-heading$")
"""What a path of an effect has beside that of its provision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a provision.

    ``verb`` and ``day`` (an ISO date) say how its wording came about, ``is_seen`` where the day is that on which we saw
    it; ``entry`` tells it, empty where none does. ``outstanding`` is the number of effects not worked in yet.
    """

    verb: str = ""
    day: str = ""
    is_seen: bool = False
    entry: str = ""
    outstanding: int = 0


def beside(connection: Connection, held: Row, sections: Sequence[Row], day: str = "") -> dict[str, Beside]:
    """Return what stands beside the provisions of a part of a text, by path; those without anything are left out.

    Effects count that are in force on a day, that of the newest crawl where none is given.
    """
    is_law = held["kind"] in LAW
    made = changes.made(connection, held["id"], [section["n"] for section in sections])
    listed = effects.outstanding_paths(connection, held["id"], day) if is_law else []
    waiting = Counter(_BEFORE.sub("", path) for path in listed if path != WHOLE)
    found = {
        section["path"]: replace(
            _changed(made.get(section["n"]), is_law=is_law), outstanding=_about(section["path"], waiting)
        )
        for section in sections
    }
    return {path: each for path, each in found.items() if each.verb or each.outstanding}


def marks(sections: Sequence[Row], standings: Mapping[str, Provision], around: Mapping[str, Beside]) -> dict[str, str]:
    """Return what the contents say of provisions, by path: how they stand, else when they changed."""
    found = {}
    for section in sections:
        path = section["path"]
        stands, change = standings.get(path), around.get(path)
        found[path] = (stands.mark if stands else "") or section["status"]
        if not found[path] and change and change.verb:
            found[path] = f"{change.verb.lower()} {day(change.day)}"
    return found


def _changed(row: Row | None, *, is_law: bool) -> Beside:
    if row is None:
        return Beside()
    occurred = row["occurred"] or "" if is_law else ""
    return Beside(
        verb=changed(row["verb"] or row["kind"]),
        day=(occurred or row["seen"])[:10],
        is_seen=not occurred,
        entry=row["entry"] or "",
    )


def _about(path: str, waiting: Mapping[str, int]) -> int:
    """Return how many outstanding effects are about a provision, one that holds it, or a part of it."""
    return sum(number for each, number in waiting.items() if relation(each, bare_path(path)))
