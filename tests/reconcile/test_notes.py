"""Notes of publishers: laws of what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Page, Statement
from crawler.reconcile.intents import AddNotes, RewordNote
from crawler.reconcile.known import NotesState
from crawler.reconcile.notes import News, enter, tell
from tests.reconcile.test_versions import NAME, START, origin

WORDS = ("First published.", "Replaced the attached form.", "Replaced the attached forms.", "A deadline moved.")
NOTE = st.tuples(st.sampled_from(["2026-02-01", "2026-03-01", "2026-03-02"]), st.sampled_from(WORDS))
NOTES = st.lists(NOTE, unique=True, max_size=4)
ORIGIN = origin(1, START)


def page(notes: Sequence[tuple[str, str]]) -> Page:
    return Page(
        statements=tuple(
            Statement(kind="note", document=NAME, fields={"date": date, "note": note}) for date, note in sorted(notes)
        )
    )


def evolved(state: NotesState, news: News) -> NotesState:
    rows = list(state.notes)
    for intent in news.intents:
        match intent:
            case AddNotes(notes=notes):
                rows += [
                    (number, *note) for number, note in enumerate(notes, 1 + max((n for n, *_ in rows), default=0))
                ]
            case RewordNote(number=number, note=note):
                rows = [(n, date, note if n == number else words) for n, date, words in rows]
    return replace(state, notes=tuple(sorted(rows, key=lambda row: (row[1], row[0]))), captured="2026-03-02")


@given(NOTES, NOTES)
def test_each_note_is_told_once_and_none_of_the_first_reading(
    first: list[tuple[str, str]], later: list[tuple[str, str]]
) -> None:
    state = NotesState(document=NAME)
    news = enter(state, NAME, page(first), ORIGIN)
    assert not news.notes
    state = evolved(state, news)
    news = enter(state, NAME, page([*first, *later]), ORIGIN)
    assert not set(news.notes) & set(first)
    assert len(tell(state, news, ORIGIN, is_carried=False, is_weaker=False)) == len(news.notes)
    state = evolved(state, news)
    again = enter(state, NAME, page([*first, *later]), ORIGIN)
    assert not again.notes
    assert not any(isinstance(each, AddNotes) for each in again.intents)
