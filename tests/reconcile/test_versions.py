"""A version joins its stream: laws of what is decided; the last ties the writer to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Capture, Link, Page, Section, Statement, Version
from crawler.reconcile.intents import AddChange, AddNotes, AddVersion, Quarantine, RewordNote
from crawler.reconcile.known import NotesState
from crawler.reconcile.notes import News, enter, tell
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import StreamState
from crawler.reconcile.versions import join
from crawler.sources import loads
from crawler.store import known, writer
from crawler.text import stamp
from tests.fold.test_fold_laws import address, live
from tests.fold.test_fold_redirects import watched
from tests.fold.world import SOURCES
from tests.reconcile.evolved import evolved_stream

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
NAME = f"url:{address(1)}"
SOURCE = loads(SOURCES, "sources.yaml").sources["news"]
TEXTS = ("", "Sample words. " * 40, "Other sample words. " * 40, "A sample notice.")
READ = st.lists(st.tuples(st.sampled_from(range(len(TEXTS))), st.integers(1, 40), st.booleans()), max_size=8)
Days = Sequence[tuple[int, int, bool]]


def version(text: int, valid_from: str | None = None) -> Version:
    sections = (Section(path="part", heading="Part", text=TEXTS[text].strip()),)
    return Version(document=NAME, title="Sample", sections=sections, representation="html", valid_from=valid_from)


def origin(number: int, clock: datetime, *, ends: bool = True) -> Origin:
    body = b"<html><body>A sample</body></html>" if ends else b"<html><body>A sample"
    capture = Capture(url=address(1), time=clock, link=Link(url=address(1), role="document"), body=body)
    return Origin(
        clock=clock, source=SOURCE, capture=capture, cause="source",
        fetch=number, time=stamp(clock), digest=f"digest {number}",
    )  # fmt: skip


@given(READ)
def test_twice_is_once_and_nothing_is_announced_beside_what_is_held(days: Days) -> None:
    state, clock = StreamState(), START
    for number, (text, hours, ends) in enumerate(days, 1):
        clock += timedelta(hours=hours)
        read, wording = origin(number, clock, ends=ends), Wording.of(version(text))
        result = join(state, wording, read)
        added = [each for each in result.intents if isinstance(each, AddChange | AddVersion)]
        held = [each for each in result.intents if isinstance(each, Quarantine)]
        assert bool(held) == bool(result.held)
        assert not (held and added)
        once = evolved_stream(state, result.intents)
        again = join(once, wording, read)
        assert evolved_stream(once, again.intents) == once
        assert not any(isinstance(each, AddChange | AddVersion) for each in again.intents)
        state = once


@given(READ)
def test_what_is_held_is_accepted_after_two_later_crawls_a_day_apart_and_not_before(days: Days) -> None:
    long, short = Wording.of(version(1)), Wording.of(version(3))
    state = evolved_stream(StreamState(), join(StreamState(), long, origin(1, START)).intents)
    clock = since = START
    for number, (_, hours, _) in enumerate(days, 2):
        clock += timedelta(hours=hours)
        since = clock if number == 3 else since
        result = join(state, short, origin(number, clock))
        assert bool(result.held) != (number >= 4 and clock - since >= timedelta(hours=23, minutes=50))
        state = evolved_stream(state, result.intents)
        if result.stored:
            return
    assert len(state.heads) == 1


DATES = st.lists(st.sampled_from(["2026-01-01", "2026-02-01", "2026-03-01"]), unique=True, min_size=2)


@given(DATES)
def test_an_older_point_in_time_read_late_is_never_announced(dates: list[str]) -> None:
    state = StreamState()
    for number, date in enumerate(dates, 1):
        read, wording = origin(number, START), Wording.of(version(number % 2 + 1, date))
        heads = sorted(state.heads, key=lambda each: each.valid_from or "")
        result = join(replace(state, heads=tuple(heads)), wording, read)
        is_late = any((each.valid_from or "") > date for each in heads)
        announced = [each for each in result.intents if isinstance(each, AddChange) and not each.silent]
        assert not (is_late and announced)
        state = evolved_stream(state, result.intents)


@pytest.mark.slow
def test_what_is_loaded_after_it_was_carried_out_is_what_was_foreseen(tmp_path: Path) -> None:
    watched(tmp_path)
    clock = START + timedelta(days=5)
    with live(tmp_path) as store:
        crawl = str(store.value("select max(id) from crawls"))
        row = store.one("select * from fetches where status=200 and source is not null order by id limit 1") or {}

        @given(READ)
        def hold(days: Days) -> None:
            nonlocal clock
            for text, hours, ends in days:
                clock += timedelta(hours=hours)
                fetch = store.insert("fetches", {**row, "id": None, "exchange": stamp(clock), "time": stamp(clock)})
                read = replace(origin(fetch, clock, ends=ends), digest=str(row["digest"]))
                wording = Wording.of(version(text))
                before = known.of_stream(store, wording, read, crawl)
                result = join(before, wording, read)
                writer.carry_out(store, crawl, result.intents)
                loaded, after = known.of_stream(store, wording, read, crawl), evolved_stream(before, result.intents)
                assert loaded.heads == after.heads
                assert loaded.quarantined == after.quarantined

        hold()


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
