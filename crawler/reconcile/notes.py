"""Notes of publishers on what they changed: each is told once, with its own date, at the visit that first shows it.

GOV.UK states a major update with a note, and lists all since a page was first published. What a note speaks of may
stand where we do not read: in a file, in a picture. Those that were there when we first read a document are the
publisher's account of what was before; a later note belongs to what changed between two visits, and to no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crawler.model import Difference, Page, Version
from crawler.outbox import Seen, silence
from crawler.reconcile.intents import AddChange, AddNotes, RewordNote
from crawler.reconcile.known import NotesState
from crawler.reconcile.reading import Origin
from crawler.text import canonical

REWORDED = 0.6
"""Least likeness of two notes under one date that are the same note in other words."""
MAX_COMPARED_CHARACTERS = 2_000
"""Most characters of a note that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The notes that a page lists for the first time, with their dates, the oldest first, and what is to be done.

    ``listed`` tells that the page lists notes, and was read before: else what its versions carry is their note.
    """

    notes: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    intents: tuple[AddNotes | RewordNote, ...] = ()

    def of(self, version: Version) -> str:
        """Return the note that belongs to what a version changed, empty where the page has none that is new."""
        return version.note if not self.listed else self.notes[-1][1] if self.notes else ""


NO_NEWS = News()


def enter(state: NotesState, name: str, page: Page, origin: Origin) -> News:
    """Return the notes on a page's own document that are news; none of a document that was not read before.

    ``name`` is the document's name on the page.
    """
    notes = [each for each in page.statements if each.kind == "note" and each.document == name]
    listed = [(each.fields["date"], each.fields["note"]) for each in notes]
    if not listed:
        return News()
    # Some pages state no more than their newest note, under the date of their last update.
    is_latest_alone = any(each.fields.get("only") == "latest" for each in notes)
    if state.notes and state.notes[-1][2] == listed[-1][1] and is_latest_alone:
        return News(listed=True)
    fresh: list[tuple[str, str]] = []
    reworded: list[RewordNote] = []
    for date, words in listed:
        same = [(number, note) for number, day, note in state.notes if day == date]
        if any(note == words and day[:10] == date[:10] for _, day, note in state.notes):
            continue  # Told already; its publisher moved it by hours or seconds.
        number = next((number for number, note in same if _is_reworded(note, words)), None)
        if number is None:
            fresh.append((date, words))
        else:
            reworded.append(RewordNote(document=state.document, number=number, note=words))
    added = AddNotes(document=state.document, notes=tuple(fresh), seen=origin.time, fetch=origin.fetch)
    intents: tuple[AddNotes | RewordNote, ...] = (*reworded, added) if fresh else tuple(reworded)
    if state.captured is None and not state.notes:
        return News(intents=intents)
    # Where it listed none, the newest is news whatever its date.
    since = max((date for _, date, _ in state.notes), default=min(state.captured or "", listed[-1][0]))
    news = tuple(note for note in fresh if note[0] >= since)
    return News(notes=news, listed=True, intents=intents)


def _is_reworded(note: str, words: str) -> bool:
    one, two = (canonical(text)[:MAX_COMPARED_CHARACTERS] for text in (note, words))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= REWORDED


def tell(state: NotesState, news: News, origin: Origin, *, is_carried: bool, is_weaker: bool) -> tuple[AddChange, ...]:
    """Return the notes that are news as changes, each an update of its own date.

    The newest is none where changes of the text carry it (``is_carried``).
    """
    if origin.cause != "source":
        return ()
    silent = silence(Seen(is_weaker=is_weaker, is_watched=state.is_watched))
    told: Sequence[tuple[str, str]] = news.notes[:-1] if is_carried else news.notes
    return tuple(
        AddChange(
            document=state.document,
            difference=Difference(kind="note", path=""),
            fetch=origin.fetch,
            previous=state.current,
            note=note,
            occurred=date,
            silent=silent,
            mark=date if number else "",
        )
        for number, (date, note) in enumerate(told)
    )
