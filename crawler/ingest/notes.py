"""Notes of publishers on what they changed: each is told once, with its own date, at the visit that first shows it.

GOV.UK states a major update with a note, and lists all since a page was first published. What a note speaks of may
stand where we do not read: in a file, in a picture. Those that were there when we first read a document are the
publisher's account of what was before; a later note belongs to what changed between two visits, and to no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.ingest import differences
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Difference, Page, Version
from crawler.reconcile.intents import AddChange
from crawler.store import Row, documents, history
from crawler.store.versions import captured
from crawler.text import canonical, stamp

REWORDED = 0.6
"""Least likeness of two notes under one date that are the same note in other words."""
MAX_COMPARED_CHARACTERS = 2_000
"""Most characters of a note that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The notes that a page lists for the first time, with their dates, the oldest first.

    ``listed`` tells that the page lists notes, and was read before: else what its versions carry is their note.
    """

    notes: tuple[tuple[str, str], ...] = ()
    listed: bool = False

    def of(self, version: Version) -> str:
        """Return the note that belongs to what a version changed, empty where the page has none that is new."""
        return version.note if not self.listed else self.notes[-1][1] if self.notes else ""


def enter(state: State, name: str, page: Page, about: str, read: Read, fetch: int) -> News:
    """Store the notes that a page lists on its own document ``about``, and return those that are news.

    ``name`` is the document's name on the page. Nothing is news of a document that was not read before.
    """
    listed = [
        (statement.fields["date"], statement.fields["note"])
        for statement in page.statements
        if statement.kind == "note" and statement.document == name
    ]
    if not listed:
        return News()
    known = history.notes(state.store, about)
    if known and known[-1]["note"] == listed[-1][1] and _is_latest_alone(page, name):
        return News(listed=True)
    before = captured(state.store, about)
    fresh = [note for note in listed if not _is_known(state, about, known, note)]
    seen = stamp(read.reading.capture.time)
    history.add(state.store, about, fresh, seen, fetch)
    if before is None and not known:
        return News()
    # Where it listed none, the newest is news whatever its date.
    since = max((str(row["date"]) for row in known), default=min(before or "", listed[-1][0]))
    return News(notes=tuple(note for note in fresh if note[0] >= since), listed=True)


def _is_latest_alone(page: Page, name: str) -> bool:
    """Whether a page states no more than its newest note, under the date of its last update."""
    return any(
        statement.kind == "note" and statement.document == name and statement.fields.get("only") == "latest"
        for statement in page.statements
    )


def _is_known(state: State, document: str, known: Iterable[Row], note: tuple[str, str]) -> bool:
    """Whether a note is stored, in other words too: then it has these from now on."""
    date, words = note
    same = [row for row in known if row["date"] == date]
    if any(row["note"] == words for row in same):
        return True
    for row in same:
        one, two = (canonical(text)[:MAX_COMPARED_CHARACTERS] for text in (str(row["note"]), words))
        if SequenceMatcher(None, one, two, autojunk=False).ratio() >= REWORDED:
            history.reword(state.store, document, int(row["number"]), words)
            return True
    return False


def tell(state: State, about: str, news: Sequence[tuple[str, str]], read: Read, fetch: int, silent: str = "") -> None:
    """Announce notes that no change of the text carries, each as an update of its own date."""
    row = documents.get(state.store, about)
    if row is None or read.reading.cause != "source":
        return
    for number, (date, note) in enumerate(news):
        mark = date if number else ""
        change = AddChange(
            document=row["id"],
            difference=Difference(kind="note", path=""),
            fetch=fetch,
            note=note,
            occurred=date,
            silent=silent,
            mark=mark,
        )
        if differences.of_document(state, row, change) and not silent:
            state.store.update("documents", {"id": about}, {"changed": stamp(read.reading.capture.time)})
