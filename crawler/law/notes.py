"""A note as a whole: its statements as facts, and what of it could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.law.amendments import amendment_groups, is_footnote, read_amendment, read_modification
from crawler.law.commencements import read_commencements, read_powers
from crawler.law.pieces import MAX_NOTE_CHARACTERS, statements
from crawler.law.values import Amendment, Commencement, Modification


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a note says: facts of one kind, by its own; ``unread`` are statements or clauses kept as words.

    ``is_footnote``: it is a footnote of the document, and no note of an editor on an amendment.
    """

    commencements: tuple[Commencement, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    modifications: tuple[Modification, ...] = ()
    unread: tuple[str, ...] = ()
    is_footnote: bool = False

    @property
    def facts(self) -> tuple[Commencement | Amendment | Modification, ...]:
        """Return all facts."""
        return (*self.commencements, *self.amendments, *self.modifications)


def read_note(kind: str, text: str) -> Note:
    """Return the facts of a note of the kinds I, F and C; notes of other kinds are words, and none of them unread.

    Of a P-note the days that were appointed for other provisions are commencements.

    >>> read_note("I", "S. 4 in operation at 3.2.2022, see s. 6").commencements[0].state
    'in operation'
    >>> read_note("F", "1986 c. 53.").is_footnote, read_note("E", "S. 1 extends to Scotland").facts
    (True, ())
    """
    if kind == "P" and len(text) <= MAX_NOTE_CHARACTERS:
        return Note(commencements=tuple(fact for statement in statements(text) for fact in read_powers(statement)))
    if kind not in ("I", "F", "C"):
        return Note()
    if len(text) > MAX_NOTE_CHARACTERS:
        return Note(unread=(text,))
    match kind:
        case "I":
            return _commencements(text)
        case "F":
            return _amendments(text)
    return _modifications(text)


def _commencements(text: str) -> Note:
    made: list[Commencement] = []
    unread: list[str] = []
    for statement in statements(text):
        facts, left = read_commencements(statement)
        made += facts
        unread += left
    return Note(commencements=tuple(made), unread=tuple(unread))


def _amendments(text: str) -> Note:
    if is_footnote(text):
        return Note(is_footnote=True)
    made: list[Amendment] = []
    unread: list[str] = []
    for statement in statements(text):
        for group in amendment_groups(statement):
            fact = read_amendment(group)
            if fact is not None:
                made.append(fact)
            elif not is_footnote(group):
                unread.append(group)
    return Note(amendments=tuple(made), unread=tuple(unread), is_footnote=not made and not unread)


def _modifications(text: str) -> Note:
    made: list[Modification] = []
    unread: list[str] = []
    for statement in statements(text):
        for group in amendment_groups(statement):
            fact = read_modification(group)
            if fact is None:
                unread.append(group)
            else:
                made.append(fact)
    return Note(modifications=tuple(made), unread=tuple(unread))
