"""The changes of a document in words: what changed last, and those seen at once as one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from crawler import wording
from crawler.feeds import runs
from crawler.feeds.entry import quoted_words
from crawler.feeds.weight import LAW
from crawler.model import Word
from crawler.outbox import OTHER_PARTS
from crawler.public import changes as stored
from crawler.public import versions
from crawler.public.database import Connection, Row
from crawler.publish import provisions

MAX_NAMED = 5
"""Most changes that one event names."""

MAX_SHOWN = 40
"""Most of the changes seen last that are shown with their words."""

EXPLAINED = ("added", "removed", "omitted", "changed")
"""Changes of provisions of which a law says by what they came about."""

_RULES = "Our own correction. The publisher changed nothing."


def history(connection: Connection, document: Row) -> dict[str, Any]:
    """Return the ``versions``, ``changes`` and ``entries`` of a document, and the newest changes by its publisher.

    These are ``latest``, of which ``more_latest`` are left out.
    """
    changes = [{**row, "document_kind": document["kind"]} for row in stored.changes(connection, document["id"])]
    newest = _newest(changes)
    return {
        "versions": versions.versions(connection, document["id"]),
        "changes": changes,
        "entries": stored.entries(connection, document["id"]),
        "latest": [with_causes(row) for row in latest(stored.with_words(connection, newest[:MAX_SHOWN]))],
        "more_latest": max(len(newest) - MAX_SHOWN, 0),
    }


def groups(changes: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield changes seen at once as one event, with what they are in a few words."""
    for (seen, cause), group in groupby(changes, key=lambda row: (row["seen"], row["cause"])):
        seen_now = list(group)
        others = sum(row["silent"] == OTHER_PARTS for row in seen_now)
        rows = _dated([row for row in seen_now if row["silent"] != OTHER_PARTS] or seen_now)
        yield {
            "time": seen,
            "cause": _RULES if cause == "rules" else "",
            "names": [_named(row) for row in rows[:MAX_NAMED]],
            "more": max(len(rows) - MAX_NAMED, 0),
            "others": others if len(rows) < len(seen_now) else 0,
            "occurred": rows[0]["occurred"],
            "silent": next((row["silent"] for row in rows if row["silent"]), ""),
            "note": next((row["note"] for row in rows if row["note"]), ""),
        }


def _named(row: Mapping[str, Any]) -> str:
    """Return a change in a few words: what it is, where, and since when, where that is not one day for all."""
    name = ": ".join(part for part in (wording.changed(row["kind"]), place_words(row)) if part)
    return f"{name} (from {wording.day(row['begins'])})" if row["begins"] else name


def _newest(changes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the changes by the publisher that were seen last, with ``occurred`` and ``begins`` as of all of them."""
    by_publisher = [
        row for row in changes if row["cause"] == "source" and row["kind"] != "new" and row["silent"] != OTHER_PARTS
    ]
    return _dated([row for row in by_publisher if row["seen"] == by_publisher[0]["seen"]])


def latest(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return changes with their words, each with its ``place_words`` and its words to show.

    What has another number or place only has no words; ``was`` says where it stood. ``is_there``: it stands in the
    newer text, and can be opened there.
    """
    return [
        {
            **row,
            "where": place_words(row),
            "was": _was(row),
            "shown": change_words(row),
            "is_there": bool(row["path"]) and row["parts_after"] is not None,
        }
        for row in changes
    ]


def with_causes(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change with what it came about ``by``: each instrument once, with its provisions in their order.

    ``is_unexplained``: it is of a provision of law, and nobody says by what it came about.
    """
    named: dict[str, dict[str, Any]] = {}
    for reason in row["reasons"]:
        instrument = named.setdefault(reason["instrument"], {**reason, "provisions": []})
        # Of links we have the path, of notes and effects the provision as it is printed there.
        place = " to ".join(wording.provision(path) or path for path in reason["provision"].split(".."))
        if place and place not in instrument["provisions"]:
            instrument["provisions"].append(place)
    is_unexplained = not named and row["document_kind"] in LAW and row["kind"] in EXPLAINED
    return {**row, "by": list(named.values()), "is_unexplained": is_unexplained}


def _dated(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return changes seen at once with the day since when they apply: ``occurred`` where that is one day for all.

    Where it is not, ``begins`` has the day of each whose day is known: a law that begins in parts has no single one.
    """
    days = [applies_from(row) for row in rows]
    single = days[0] if len(set(days)) == 1 else ""
    return [{**row, "occurred": single, "begins": "" if single else day} for row, day in zip(rows, days, strict=True)]


def _was(row: Mapping[str, Any]) -> str:
    if row["kind"] not in ("renumbered", "moved") or not row["path_before"]:
        return ""
    return wording.where(row["path_before"], row["heading_before"], row["number_before"])


def applies_from(row: Mapping[str, Any]) -> str:
    """Return since when a change of law applies, empty for what is no law, and for what happened to the page alone.

    Of a new law the day is that of its publication, on which it need not begin.
    """
    is_of_law = row["document_kind"] in LAW and row["kind"] in (*wording.OF_PROVISIONS, "status")
    return row["occurred"] or "" if is_of_law else ""


def place_words(row: Mapping[str, Any]) -> str:
    """Return where a change stands, empty where it is the document itself."""
    return wording.where(row["path"], row["heading"], row["number"])


def change_words(row: Mapping[str, Any]) -> tuple[Word, ...]:
    """Return the words of a stored change, sub-provisions on lines of their own; without words, the two values.

    Of a provision of which only the legal status changed, the values are the status before and after.
    """
    before, after = provisions.read(row["parts_before"]), provisions.read(row["parts_after"])
    return quoted_words(provisions.in_lines(_words(row), before, after, (row["length_before"], row["length_after"])))


def _words(row: Mapping[str, Any]) -> tuple[Word, ...]:
    found = runs(row["words"])
    if found or row["kind"] in ("moved", "renumbered"):
        return found
    before, after = row["before"], row["after"]
    if row["kind"] == "changed" and row["status_before"] != row["status_after"]:
        before, after = wording.status_words(row["status_before"], row["status_after"])
    return tuple(word for word in (Word(op="-", text=before), Word(op="+", text=after)) if word.text)


def by_words(changes: Iterable[Row]) -> dict[tuple[str, str, tuple[Word, ...]], Row]:
    """Return the changes that an entry tells by what the entry itself has of them: document, path and words."""
    return {(row["document"], row["path"], quoted_words(_words(row))): row for row in changes}
