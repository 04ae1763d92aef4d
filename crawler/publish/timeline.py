"""What happened to a document: its changes and versions in words, those seen at once as one event, day by day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
            applies_from(row) for row in told["changes"] if row["entry"] == entry["id"]
        )
        occurred = occurred[:10] if document["kind"] in LAW else ""
        yield {"what": "entry", **entry, "day": occurred or entry["seen"][:10], "applies": bool(occurred)}
    for group in groups(changes):
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


REPRESENTATIONS: Mapping[str, str] = {
    "structured": "structured text",
    "html": "web page",
    "office": "office file",
    "pdf": "PDF",
    "table": "table",
    "summary": "summary",
}
"""What a version was read from, for readers."""

SILENT: Mapping[str, str] = {
    "first walk": "it was there when we began to read its source",
    "first reading": "it was there when we first read the page that names it",
    "new options": "it was there when we began to read more of its source",
    "unsettled": "its words went to and fro, which was told",
    "newly listed": "its source listed it long after its date",
    "known already": "we knew it already",
    "told already": "it was told already",
    "other parts": "only other parts of this law are watched",
    "weaker representation": "a better text of it is shown",
    "template": "the site changed alike on several pages",
    "parser": "we read the same bytes differently",
    "coverage": "we read more or less of it than before",
    "rules": "it is our own correction",
}
"""Why something was not announced, for readers."""


def representation(text: str) -> str:
    """Return what a version was read from, for readers."""
    return REPRESENTATIONS.get(text, text)


def silence(text: str) -> str:
    """Return why something was not announced, for readers."""
    return SILENT.get(text, text)


def version(row: Mapping[str, str | None]) -> str:
    """Return what to call a version: the publisher's name of it and since when it holds, or when it was read.

    >>> version({"label": "3.8", "valid_from": None, "captured": "2026-01-05T09:00:00Z"})
    '3.8, read 5 January 2026'
    >>> version({"label": "2026-03-06", "valid_from": "2026-03-06", "captured": "2026-03-09T06:00:00Z"})
    'Wording valid from 6 March 2026'
    """
    day = wording.day(row["valid_from"] or row["captured"])
    since = f"wording valid from {day}" if row["valid_from"] else f"read {day}"
    named = "" if row["label"] in (None, "", row["valid_from"]) else f"{wording.version_label(row['label'])}, "
    return f"{named}{since}" if named else f"{since[:1].upper()}{since[1:]}"
