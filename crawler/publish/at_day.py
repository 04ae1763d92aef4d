"""The law on a day, for the page of a document: what stands above the text, and beside each of its provisions."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from crawler.feeds.weight import LAW
from crawler.identifiers.affected_provisions import WHOLE, relation
from crawler.law import bare_path
from crawler.public import at_day, audit, changes, effects, versions
from crawler.public.database import Connection, Row
from crawler.publish.in_force import Provision
from crawler.publish.provisions import official
from crawler.wording import changed, day

MAX_READ_WITH = 60
"""Most sections that are shown beside the one asked for, because it cites them."""


def version_on(connection: Connection, current: Row, day: str) -> Row | None:
    """Return the version in force on a day, None where the first one that is held came later."""
    found = at_day.wording_on(at_day.stream(connection, current), day)
    return versions.version(connection, current["document"], found.id) if found else None


def around(
    connection: Connection, held: Row, current: Row | None, version: Row | None, day: str, provision: str
) -> dict[str, Any]:
    """Return what the page says of a day as ``at``, None where none is asked for or there is no text at all.

    When the wording began and ended, what must be read with it, and the provisions of the same document that the one
    asked for cites (``cited``). ``official`` is the publisher's own page for the day, where it has one. ``pending``,
    whatever the day: acts that amend an act of the EU and that no consolidated text holds yet; so are ``corrigenda``.
    """
    pending = at_day.pending(connection, held["id"], current) if current else []
    of_union = {"pending": pending, "corrigenda": versions.corrigenda(connection, held["id"])}
    if not day or current is None:
        return {"at": None, **of_union}
    stream = at_day.stream(connection, current)
    shown = at_day.wording_on(stream, day)
    said = {
        "day": day,
        "first": stream[0].since,
        "official": official(held["id"], held["url"], "", day),
        "is_law": held["kind"] in LAW,
    }
    if version is None or shown is None:
        return {"at": said | {"notes": at_day.before_first(connection, held["id"], stream[0])}, **of_union}
    numbers = at_day.with_cited(connection, held["id"], shown.sections, provision) if provision else []
    own = versions.place(connection, held["id"], shown.sections, provision) if provision else None
    others = [section for section in versions.sections(connection, numbers) if own and section["path"] != own[1]]
    cited = others[:MAX_READ_WITH] if held["has_copy"] else []
    days: dict[str, Any] = {
        "since": shown.since,
        "until": shown.until,
        "cited": cited,
        "more_cited": len(others) - len(cited),
    }
    days["pending"] = [act for act in pending if at_day.begins(act) <= day]
    days["disputed"] = next(map(asdict, audit.audited(connection, held["id"], shown.since)), None)
    return {"at": said | days | at_day.beside(connection, held, version, day), **of_union}


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
