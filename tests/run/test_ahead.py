"""Reading ahead of the fold: the same rows, whatever becomes of a guess; each record once and in order."""

import asyncio
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crawler import protocols
from crawler.archive import Archive
from crawler.errors import ArchiveError, ConfigError, FaultError, LimitError, ParseError
from crawler.ingest import Read, Reading, State
from crawler.ingest.readings import Guesses
from crawler.run import cluster, fold, opening, pool, session
from crawler.run.ahead import LookAhead
from crawler.run.crawl import Crawl
from crawler.run.options import ARCHIVE
from crawler.store import Store
from crawler.store.frontier import QueuedRequest
from crawler.worker import Answers, Question
from tests.fold import tables, world
from tests.fold.world import START, Site

A = "https://a.sample.invalid"

pytestmark = pytest.mark.slow


class Here:
    """A pool in this process; ``spoil`` says what becomes of an answer."""

    width = 1
    bytes = 10_000

    def __init__(self, captures: int, spoil: Callable[[Any, int], Any] = lambda answer, number: answer) -> None:
        self.captures = captures
        self.questions: list[Question] = []
        self.spoil = spoil

    def submit(self, questions: Sequence[Question]) -> Callable[[], Answers | None]:
        def answered(question: Question) -> Any:
            self.questions.append(question)
            try:
                answer: Any = protocols.read(*question)
            except ParseError as error:
                answer = error
            return self.spoil(answer, len(self.questions))

        found = [answered(each) for each in questions]
        return lambda: None if None in found else found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder after three crawls: pages new, changed, moved, gone, refused, unchanged."""
    data, site = tmp_path_factory.mktemp("ahead"), Site(tags=True)
    for day, words in enumerate(("first", "first", "second")):
        links = [f"{A}/d/{number}" for number in range(7)]
        site.feed([(link, f"Sample {link[-1]}", words) for link in links])
        for number, link in enumerate(links):
            told = words if number % 2 else "same"
            site.put(link, f"<main><h1>Sample {number}</h1><p>Forced labour, the {told} wording of it.</p></main>")
        site.moves[links[3]] = (301, f"{A}/moved/3")
        site.put(f"{A}/moved/3", f"<main><h1>Sample 3</h1><p>Moved, in its {words} wording.</p></main>")
        site.put(links[4], "", status=404 if day else 200)
        world.crawl(data, site, START + timedelta(days=day))
    return data


def read_ahead(data: Path, beside: Here) -> LookAhead:
    with (
        closing(Store.open(":memory:")) as store, closing(world.rebuilt(data)) as serial,
        Archive.open(data / ARCHIVE, read_only=True) as archive,
    ):  # fmt: skip
        state = State(store=store, archive=archive, parsers=session.parsers())
        found = LookAhead(state, beside, world.read)
        assert fold.catch_up(state, found.read, ahead=found.records) == len(list(archive.records()))
        assert tables.differences(serial, store) == []
        return found


@pytest.mark.parametrize("captures", [1, 3, 100])
def test_all_that_is_asked_was_guessed_and_nothing_in_vain(data: Path, captures: int) -> None:
    found = read_ahead(data, beside := Here(captures))
    assert found.used == found.guessed == len(beside.questions) > 10
    assert any(capture.hops for capture, _ in beside.questions)


@pytest.mark.parametrize(
    "spoiled", [None, LimitError(A, "it took longer than 60 seconds"), FaultError(A, "our code failed: OSError")]
)
def test_what_was_not_parsed_ahead_is_parsed_here(data: Path, spoiled: object) -> None:
    found = read_ahead(data, Here(1, lambda answer, number: spoiled if number % 2 else answer))
    assert 0 < found.used < found.guessed


def test_wrong_guess_is_not_used(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_questions(data)[0]
    monkeypatch.setattr(Guesses, "of", lambda *_: [first])
    assert read_ahead(data, Here(1)).used <= 1


def read_questions(data: Path) -> list[Question]:
    asked: list[Question] = []

    def read(reading: Any) -> Any:
        asked.append((reading.capture, reading.source))
        return world.read(reading)

    with Archive.open(data / ARCHIVE, read_only=True) as archive, closing(Store.open(":memory:")) as store:
        fold.catch_up(State(store=store, archive=archive, parsers=session.parsers()), read)
    return asked


def test_damage_is_told_behind_all_that_stands_before_it(data: Path) -> None:
    def damaged() -> Any:
        with Archive.open(data / ARCHIVE, read_only=True) as archive:
            yield from list(archive.records())[:3]
        raise ArchiveError("damaged")

    with closing(Store.open(":memory:")) as store, Archive.open(data / ARCHIVE, read_only=True) as archive:
        state = State(store=store, archive=archive, parsers=session.parsers())
        records = LookAhead(state, Here(1), world.read).records(damaged())
        assert len([next(records) for _ in range(3)]) == 3
        with pytest.raises(ArchiveError):
            next(records)


def refuse(answer: Any, number: int) -> Any:
    if number % 2:
        raise RuntimeError("cannot schedule new futures after shutdown")
    return answer


@pytest.mark.parametrize("beside", [Here(1), Here(1, refuse)])
def test_records_that_wait_for_their_turn_are_parsed_meanwhile(tmp_path: Path, beside: Here) -> None:
    site, links = Site(), [f"{A}/d/{number}" for number in range(6)]
    site.feed([(link, f"Sample {link[-1]}", "said") for link in links])
    for link in links:
        site.put(link, f"<main><h1>Sample {link[-1]}</h1><p>Forced labour, told at {link}.</p></main>")
    own = list[Reading]()

    async def read(reading: Reading) -> Read:
        own.append(reading)
        await asyncio.sleep(0)
        return world.read(reading)

    async def answer(one: Crawl, ask: QueuedRequest) -> None:
        found = site.answer(ask.url, START)
        assert found is not None
        await one.answered(ask, one.link(ask, one.exchange_id(), 0), found, final=True)

    async def run(one: Crawl) -> None:
        while asks := list(iter(lambda: one.take("a.sample.invalid"), None)):
            await asyncio.gather(*(answer(one, ask) for ask in asks))

    with world.opened(tmp_path) as state:
        one = Crawl(state, world.options(tmp_path), read, pool=beside)
        one.begin(START)
        asyncio.run(run(one))
        one.end()
        assert {capture.url for capture, _ in beside.questions} == set(links[1:])
        refused = [capture.url for capture, _ in beside.questions[::2] if beside.spoil is refuse]
        assert [reading.capture.url for reading in own] == [f"{A}/feed.xml", links[0], *refused]
        with closing(world.rebuilt(tmp_path)) as anew:
            assert tables.differences(state.store, anew) == []


def test_small_archive_is_read_by_one_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run-1.warc.gz").write_bytes(b"1234")
    with pool.opened(None, "", tmp_path) as found:
        assert found is None
    monkeypatch.setattr(pool, "LARGE", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    with pool.opened(None, "", tmp_path) as found:
        assert found is not None and found.width == 3


class Frozen(cluster.Cluster):
    """A cluster whose tasks end when the test says so."""

    def __init__(self, there: list[str], given: Iterator[Future[bytes]]) -> None:
        self._there, self._patience = there, 0.05
        self._tasks = SimpleNamespace(submit=lambda *_: next(given))

    def workers(self) -> list[str]:
        return self._there


@pytest.mark.parametrize("there", [[], ["tcp://192.0.2.1:1"]])
def test_frozen_cluster_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, there: list[str]) -> None:
    monkeypatch.setattr(cluster, "LOOK", 0.01)
    tasks = [Future[bytes]() for _ in range(3)]
    beside = Frozen(there, iter(tasks))
    first, second, third = (beside.submit([]) for _ in range(3))
    assert first() is None and tasks[0].cancelled()
    tasks[2].set_result(pickle.dumps([]))
    assert second() is None and third() == []


def test_other_code_refuses_to_parse() -> None:
    with pytest.raises(ConfigError, match="other code"):
        cluster.parse("another version", b"")


def test_names_of_crawls_that_begin_in_one_second_sort_behind_those_before() -> None:
    with closing(Store.open(":memory:")) as store:
        assert opening.run_id(store, START) == "20260302T060000Z"
        names = ["20260302T060000Z", "20260302T060000Zx0f", "20260302T060000Zxa1", "20260302T060000Zxa1_0001"]
        assert names == sorted(names) and sorted(f"run-{name}.warc.gz" for name in names) == [
            f"run-{name}.warc.gz" for name in names
        ]
        assert opening.run_id(store, START, "xa1") == names[2]
