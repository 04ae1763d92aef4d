"""What happened to a document, day by day: each event once, whoever told us of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from crawler.feeds.weight import LAW
from crawler.publish import timeline

MAX_DAYS = 400
"""Most days listed."""

SHOWN = 12
"""Days that stand open; earlier ones are folded."""

_ORDER = ("entry", "note", "commencement", "date", "changes", "version", "seen", "published")
"""The order of what happened on one day: what tells most comes first."""

Event = Mapping[str, Any]


def days(document: Mapping[str, Any], around: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``days`` of a document, newest first, each a ``day`` (ISO date) with its ``events``, and those before.

    ``around`` is what is known around it: ``dates``, ``history``, ``commencements``; ``told`` its ``versions``,
    ``changes`` and ``entries``. What an entry tells is not listed again as a change or as a commencement.
    """
    events = sorted(_events(document, around, told), key=lambda event: (event["day"], -_ORDER.index(event["what"])))
    found = [
        {"day": day, "events": list(group)}
        for day, group in groupby(reversed(events), key=lambda event: event["day"])
    ][:MAX_DAYS]  # fmt: skip
    return {"days": found[:SHOWN], "earlier_days": found[SHOWN:]}


def _events(document: Mapping[str, Any], around: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Event]:
    listed = {entry["id"] for entry in told["entries"]}
    changes = [row for row in told["changes"] if row["entry"] not in listed]
    for entry in told["entries"]:
        occurred = entry["occurred"] or _single(
            timeline.applies_from(row) for row in told["changes"] if row["entry"] == entry["id"]
        )
        occurred = occurred[:10] if document["kind"] in LAW else ""
        yield {"what": "entry", **entry, "day": occurred or entry["seen"][:10], "applies": bool(occurred)}
    for group in timeline.groups(changes):
        yield {"what": "changes", "day": group["time"][:10], **group}
    for version in told["versions"]:
        yield {"what": "version", "day": version["captured"][:10], **version}
    for note in around["history"]:
        yield {"what": "note", **note, "day": note["date"][:10]}
    yield from _commencements(around["commencements"], told, listed)
    is_listed = bool(around["commencements"])
    for stated in around["dates"]:
        if not (is_listed and stated["event"] == "in force"):
            yield {"what": "date", **stated, "day": stated["date"][:10]}
    yield {"what": "seen", "day": document["first_seen"][:10]}
    if document["published"] and document["published_as"] == "published":  # Other days stand among the dates.
        yield {"what": "published", "day": document["published"][:10]}


def _commencements(
    rows: Iterable[Mapping[str, Any]], told: Mapping[str, Any], listed: Iterable[str]
) -> Iterator[Event]:
    """Yield the days on which provisions began, but for those that an entry tells of that day."""
    known: dict[str, set[str]] = {}
    for change in told["changes"]:
        if change["entry"] in listed and change["occurred"]:
            known.setdefault(change["occurred"][:10], set()).add(change["path"])
    for row in rows:
        if row["day"] and not _covered(row["paths"], known.get(row["day"], set())):
            yield {
                "what": "commencement",
                "provisions": row["provisions"],
                "words": row["line"].words,
                "day": row["day"],
            }


def _single(days: Iterable[str]) -> str:
    """Return the one day of some changes, empty where they have none or several."""
    found = set(days)
    return found.pop() if len(found) == 1 else ""


def _covered(paths: Sequence[str], told: Iterable[str]) -> bool:
    """Whether changes that are told already are about all of some provisions."""
    return all(any(f"{each}-".startswith(f"{path}-") for each in told) for path in paths)
