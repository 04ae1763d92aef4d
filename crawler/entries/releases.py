"""Statistics that are announced: when they are to be released, as their publisher states it."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.bodies.dates import iso
from crawler.entries.notes import shorten_note
from crawler.entries.templates import Sentence, say, source, structure
from crawler.store import Row, Store, history, wordings

STATES = ("provisional", "confirmed")
CANCELLED = "cancelled"
SECTION = "release-date"
"""The path of the section in which an announcement states the day."""
PREVIOUS = "previous-release-date"
"""The path of the one in which it states the day that held before."""
MAX_NOTE_WORDS = 20
"""Most words of what its publisher notes on that."""
KINDS = ("new", "status", "date", "changed")
"""What can happen to an announcement that stands."""


def lead(store: Store, top: Row, kind: str, seen: str) -> tuple[str, dict[str, Sentence]] | None:
    """Return what the headline of an announcement says of its release: its template and its fills but for the title.

    None for any other document; ``seen`` is an ISO time.

    >>> str(when("20 January 2016 9:30am", "confirmed", "2016-01-17")), str(when("January 2016", "", "2016-02-01"))
    ('To be released on 20 January 2016 9:30am (confirmed)', 'Was to be released in January 2016')
    """
    if kind not in KINDS or top["status"] not in (*STATES, CANCELLED):
        return None
    stated = next((row["text"] for row in wordings.headings(store, top["id"]) if row["path"] == SECTION), "")
    if not stated:
        return None
    cancelled = top["status"] == CANCELLED
    said = (
        say("release cancelled", day=source(str(stated))) if cancelled else when(str(stated), str(top["status"]), seen)
    )
    return "release", {"release": said}


def moved(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield which day of release an announcement states as the one that held before, and its only note on it."""
    if top["status"] in STATES:
        rows = [row for row in wordings.headings(store, top["id"]) if row["path"] == PREVIOUS]
        yield from (say("release moved", day=source(str(row["text"]))) for row in rows)
        notes = history.notes(store, top["id"]) if rows else []
        if len(notes) == 1:
            yield say("note", note=shorten_note(str(notes[0]["note"]), MAX_NOTE_WORDS))


def when(stated: str, state: str, seen: str) -> Sentence:
    """Return when statistics are to be released, in the words of their publisher, with how sure that is."""
    day = iso(stated)
    is_over = day is not None and day < seen[: len(day)]
    joint = "released on" if stated[:1].isdigit() else "released in"
    said = say(joint, be=say("was" if is_over else "to be"), day=source(stated))
    return say("told apart", title=said, apart=structure(state)) if state else said
