"""The law on a day, for the page of a document: what stands above the text, and the form that asks for another day."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from crawler.feeds.weight import LAW
from crawler.public import at_day, audit, corrigenda, versions
from crawler.public.database import Connection, Row
from crawler.publish.provisions import official

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
    of_union = {"pending": pending, "corrigenda": corrigenda.corrigenda(connection, held["id"])}
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
