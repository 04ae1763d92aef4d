"""Notes of publishers on updates in which we see no difference: told in their words, and once.

GOV.UK states a major update with a note. What was updated may stand where we do not read: in a file, in a picture. A
note that comes after the words were changed, and told, is no second update; nor is one that was only reworded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from crawler.ingest import differences
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Version
from crawler.store import Row, changes, documents
from crawler.text import canonical, latest, moment, stamp

LATE = timedelta(days=7)
"""For so long after a changed text was first read, a note may be on that change."""
REWORDED = 0.6
"""Least likeness of two notes under one date that are the same note in other words."""
LONGEST = 2_000
"""Most characters of a note that are compared."""
TOLD = "told already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a page says that its document was updated: what it said before this reading, and what it says now."""

    before: str
    now: str

    @property
    def moved(self) -> datetime | None:
        """Give the time of a later update than before, None where the page states none."""
        was, is_now = latest(self.before), latest(self.now)
        return is_now if is_now is not None and (was is None or is_now > was) else None


def accept(state: State, version: Version, same: Row, dated: Dated, read: Read, fetch: int) -> None:
    """Tell of an update that is noted by its publisher, while the text is that of the stored version ``same``."""
    row = documents.get(state.store, version.document)
    if row is None or read.reading.cause != "source" or not _is_another(version.note, same["note"], dated):
        return
    time = read.reading.capture.time
    lacked, late = _is_late(state, same, dated, time)
    changes.put_note(state.store, same["id"], version.note, told=lacked and late)
    when = dated.now if dated.moved else None
    if changes.is_known(state.store, row["id"], "note", note=version.note, occurred=when):
        return
    silent = TOLD if late else ""
    if differences.weaker(state, version.document, version.representation):
        silent = "weaker representation"
    event = differences.Event(fetch=fetch, note=version.note, occurred=when, silent=silent)
    if differences.of_document(state, row, "note", event) and not silent:
        state.store.update("documents", {"id": row["id"]}, {"changed": stamp(time)})


def _is_another(note: str, before: str, dated: Dated) -> bool:
    """Tell whether a note is another one: in other words under a later date, or in quite other words."""
    one, two = canonical(before)[:LONGEST], canonical(note)[:LONGEST]
    if not two or one == two:
        return False
    return dated.moved is not None or SequenceMatcher(None, one, two, autojunk=False).ratio() < REWORDED


def _is_late(state: State, same: Row, dated: Dated, time: datetime) -> tuple[bool, bool]:
    """Tell whether a version was told as a change without a note, and whether a note is on what was read before it."""
    told = changes.told_notes(state.store, same["id"])
    lacked = told is not None and not any(told)
    read_first = moment(same["captured"])
    if dated.moved is None:
        return lacked, told is not None and time <= read_first + LATE
    return lacked, lacked and dated.moved <= read_first + LATE
