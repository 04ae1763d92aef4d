"""What publishers themselves say: their notes on what they changed, and when they will release statistics."""

import re
from collections.abc import Iterator, Sequence

from crawler.bodies.dates import iso
from crawler.entries import word_limits
from crawler.entries.dates import day
from crawler.entries.ended import is_gone_for_good
from crawler.entries.templates import Sentence, say, source, structure
from crawler.entries.title_words import HANGING, LOOSE
from crawler.store import Row, Store, history, wordings
from crawler.text import abridged, counted, sentences

OURS = "the publisher answers that it is gone (410)"
"""What stands as the note of such an answer that gives no reason."""
ROOM = 46
"""Most words of the notes that a summary tells, beside the words that say whose they are."""
ALONE, SEVERAL = 40, 33
"""Most words of one beside which it is said that we saw no difference, and of the first of several."""
MAX_TITLE_WORDS = 8
"""Most words of the title of an attachment before its note."""
MAX_NOTES = 2
"""Most notes of one update that a summary has; the entry has all."""
MIN_ROOM_WORDS = 8
"""Fewest words of room for which an older note is begun."""
_FIRST = re.compile(r"first published\.?", re.IGNORECASE)
"""A note on a page's first day, which says nothing of what changed since."""
_BROKEN_OFF = re.compile(r"[^.!?] \u2026$")
"""How a note ends that was cut inside a sentence."""
_REASON = re.compile(
    r"\s(?:(?:this is )?(?:due to|because|(?<!the )following|as a result of|in (?:the )?light of|in line with"
    r"|to reflect|to clarify|to explain|to confirm|so that|in response to)\b|(?:from|with effect from) \d).*",
    re.IGNORECASE | re.DOTALL,
)
"""The end of a sentence that says why something changed, or from when."""
_LEANING = re.compile(r"(?:They|It|Both|Th(?:is|ese|ose)(?= (?:is|are|was|were|has|have|will|means?|includes?)))\b")
"""The beginning of a sentence that says nothing without the one before it."""
_TELLING = re.compile(
    r"\b(?:no longer|not|scope|eligib\w+|must|required?|mandatory|remov\w+|replac\w+|withdraw\w+|withdrew|ceas\w+"
    r"|end(?:s|ed)|because|due to|from \d{1,2}|commence\w*|comes? into force|time limits?|deadlines?|exceptions?"
    r"|exempt\w*|thresholds?|rates?|fees?|new)\b",
    re.IGNORECASE,
)
"""Words of a sentence on what readers must do otherwise, and why; one has as many as there are different ones."""


def is_ours(row: Row) -> bool:
    """Return whether the note on a change is not the publisher's but says what we saw: pages that are not found."""
    return bool(row["kind"] == "gone" or (is_gone_for_good(row) and row["note"] in ("", OURS)))


def whole_notes(rows: Sequence[Row]) -> str:
    """Return the publisher's notes on what changed: one as it is, of several each on a line with its date."""
    found = _notes(rows)
    if len(found) < 2:
        return str(found[0]["note"]) if found else ""
    return "\n".join(f"{day(row['noted'])}: {row['note']}" if row["noted"] else str(row["note"]) for row in found)


def publisher_notes(rows: Sequence[Row], root: str) -> list[Sentence]:
    """Return the publisher's notes on what it changed, the newest first: those on its top, else one on an attachment.

    The newest is whole where it has at most :data:`ROOM` words, the one before has what room is left. None where there
    is nothing else: :func:`alone` has them then.
    """
    if all(row["kind"] == "note" for row in rows):
        return []
    newest = (_notes([row for row in rows if row["document"] == root]) or _notes(rows)[:1])[::-1]
    found, room = list[Sentence](), ROOM
    for row in newest[:MAX_NOTES]:
        if found and room < MIN_ROOM_WORDS:
            break
        text = shorten_note(str(row["note"]), room - _of_title(row))
        found.append(_said(row, text))
        room -= word_limits.words(str(text)) + word_limits.words(str(_said(row, structure(""))))
    if left := len(newest) - len(found):
        found.append(say("notes below", count=structure(counted(left, "more note"))))
    return found


def newest(store: Store, top: Row, room: int) -> Iterator[Sentence]:
    """Yield the newest of several notes that a page lists, with its date, in at most so many words; else where it is.

    It is told whole, or by sentences and by their ends that say why: the begin of a sentence may lack all that it says.
    """
    last = _newest(store, top)
    if last is None:
        return
    dated, note = structure(day(last["date"])), str(last["note"])
    room = min(room, ALONE) - word_limits.words(str(say("note dated", day=dated, note=structure(""))))
    said = shorten_note(note, max(room, 1))
    is_telling = word_limits.words(str(said)) >= MIN_ROOM_WORDS and not _BROKEN_OFF.search(str(said))
    if room >= MIN_ROOM_WORDS and (str(said) == note or is_telling):
        yield _ended(say("note dated", day=dated, note=said), said)
    else:
        yield say("note below", day=dated)


def untold(store: Store, top: Row, said: Sequence[Sentence]) -> str:
    """Return the newest of several notes that a page lists, with its date, where a summary has not the whole of it."""
    last = _newest(store, top)
    if last is None or any(str(last["note"]) in str(each) for each in said):
        return ""
    return f"{day(last['date'])}: {last['note']}"


def _newest(store: Store, top: Row) -> Row | None:
    found = [] if top["private"] else history.notes(store, top["id"])
    return None if len(found) < 2 or _FIRST.fullmatch(str(found[-1]["note"]).strip()) else found[-1]


def alone(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield the notes on an update of which nothing else is known, the last first."""
    room = ALONE if len(rows) == 1 else SEVERAL
    for row in rows[::-1]:
        yield say("note alone", note=_said(row, shorten_note(str(row["note"]), room - _of_title(row))))


def shorten_note(note: str, room: int) -> Sentence:
    """Return a note of at most ``room`` words: whole, or the sentences that say most, with a mark for what is left out.

    >>> text = "Pages were put in order. Adults are no longer in scope."
    >>> [str(shorten_note(text, room)) for room in (12, 8)]
    ['Pages were put in order. Adults are no longer in scope.', '… Adults are no longer in scope.']
    >>> str(shorten_note("Guidance on bail, with many words on its conditions, updated due to a new rule.", 10))
    'Guidance on bail … due to a new rule.'
    >>> str(shorten_note("Pages on bail, with many words on its conditions, changed. They go due to a new rule.", 10))
    'Pages on bail … due to a new rule.'
    """
    if word_limits.words(note) <= room and len(note) <= word_limits.ROOM:
        return source(note)
    parts = list[str]()
    for part in sentences(note):
        if parts and _LEANING.match(part):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    ranked = sorted(range(len(parts)), key=lambda place: (-_worth(parts[place]), place))
    chosen = set[int]()
    for place in ranked:
        kept = _joined(parts, chosen | {place})
        if word_limits.words(str(kept)) <= room and len(str(kept)) <= word_limits.ROOM:
            chosen.add(place)
    if ranked[0] in chosen:
        return _joined(parts, chosen)
    text = _clauses(parts[ranked[0]], room - (ranked[0] > 0))
    return say("open start", text=text) if ranked[0] else text


def _joined(parts: Sequence[str], chosen: set[int]) -> Sentence:
    """Return some sentences of a note in their order, with a mark for each gap."""
    runs: list[list[str]] = []
    for place in sorted(chosen):
        if place - 1 not in chosen:
            runs.append([])
        runs[-1].append(parts[place])
    *before, last = [source(" ".join(run)) for run in runs]
    found = last if len(parts) - 1 in chosen else say("open end", text=last)
    for run in reversed(before):
        found = say("gap", first=run, rest=found)
    return found if 0 in chosen else say("open start", text=found)


def _clauses(sentence: str, room: int) -> Sentence:
    """Return the beginning of a sentence and its end that says why, else as much of it as ends with a clause."""
    reason = _REASON.search(sentence)
    if reason is not None and (left := room - word_limits.words(reason[0]) - 1) >= MIN_ROOM_WORDS // 2:
        head = abridged(sentence[: reason.start()], left + 1, word_limits.NOTE).removesuffix(" \u2026")
        head = HANGING.sub("", head).rstrip(LOOSE)
        return say("gap", first=source(head), rest=source(reason[0].strip()))
    return source(abridged(sentence, room, word_limits.NOTE))


def _worth(sentence: str) -> int:
    return len({match[0].casefold() for match in _TELLING.finditer(sentence)})


def _notes(rows: Sequence[Row]) -> list[Row]:
    """Return the first of the changes that carry each note of the publisher: the notes in the order of their dates.

    Of notes without a date, such as those on attachments, only the first counts.
    """
    carrying = {(row["noted"], row["note"] if row["noted"] else ""): row for row in reversed(rows) if _carries(row)}
    return sorted(carrying.values(), key=lambda row: row["noted"])


def _carries(row: Row) -> bool:
    """Return whether a change has a note that is the publisher's and says something of what changed."""
    is_telling = row["kind"] == "new" or not _FIRST.fullmatch(str(row["note"]).strip())
    return bool(row["note"] and not is_ours(row) and is_telling)


def _of_title(row: Row) -> int:
    """Return how many words the title of an attachment takes before its note."""
    return word_limits.words(word_limits.cut(row["document_title"], MAX_TITLE_WORDS)) + 1 if row["parent"] else 0


def _said(row: Row, note: Sentence) -> Sentence:
    dated = structure(day(row["noted"])) if row["noted"] else None
    if row["parent"]:
        title = source(word_limits.cut(row["document_title"], MAX_TITLE_WORDS))
        if dated is None:
            return _ended(say("note on attachment", title=title, note=note), note)
        return _ended(say("note dated on attachment", title=title, day=dated, note=note), note)
    return _ended(say("note", note=note) if dated is None else say("note dated", day=dated, note=note), note)


def _ended(said: Sentence, note: Sentence) -> Sentence:
    """Return a sentence that ends with a note, with a full stop where the note has none.

    >>> [str(_ended(say("quoted", heading=note), note)) for note in (structure("Ended."), structure("New link"))]
    ['“Ended.”', '“New link”.']
    """
    return said if str(note)[-1:] in (".", "!", "?", "…") else say("full stop", text=said)


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


def release_lead(store: Store, top: Row, kind: str, seen: str) -> tuple[str, dict[str, Sentence]] | None:
    """Return what the headline of an announcement says of its release: its template and its fills but for the title.

    None for any other document; ``seen`` is an ISO time.
    """
    if kind not in KINDS or top["status"] not in (*STATES, CANCELLED):
        return None
    stated = next((row["text"] for row in wordings.headings(store, top["id"]) if row["path"] == SECTION), "")
    if not stated:
        return None
    cancelled = top["status"] == CANCELLED
    said = (
        say("release cancelled", day=source(str(stated)))
        if cancelled
        else release_day(str(stated), str(top["status"]), seen)
    )
    return "release", {"release": said}


def release_moved(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield which day of release an announcement states as the one that held before, and its only note on it."""
    if top["status"] in STATES:
        rows = [row for row in wordings.headings(store, top["id"]) if row["path"] == PREVIOUS]
        yield from (say("release moved", day=source(str(row["text"]))) for row in rows)
        notes = history.notes(store, top["id"]) if rows else []
        if len(notes) == 1:
            yield _said({"noted": "", "parent": ""}, shorten_note(str(notes[0]["note"]), MAX_NOTE_WORDS))


def release_day(stated: str, state: str, seen: str) -> Sentence:
    """Return when statistics are to be released, in the words of their publisher, with how sure that is.

    >>> str(release_day("20 January 2016 9:30am", "confirmed", "2016-01-17"))
    'To be released on 20 January 2016 9:30am (confirmed)'
    >>> str(release_day("January 2016", "", "2016-02-01"))
    'Was to be released in January 2016'
    """
    day = iso(stated)
    is_over = day is not None and day < seen[: len(day)]
    joint = "released on" if stated[:1].isdigit() else "released in"
    said = say(joint, be=say("was" if is_over else "to be"), day=source(stated))
    return say("told apart", title=said, apart=structure(state)) if state else said
