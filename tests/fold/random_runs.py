"""Crawls of random worlds, with kills and new parsers between, and the laws that hold whatever happens.

``python -m tests.fold.random_runs 0 200`` tries seeds, and says of each that breaks a law what happened in its world.
"""

import random
import re
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import protocols
from crawler.archive import Archive
from crawler.errors import ParseError, RoundupError
from crawler.ingest import Read, Reading
from crawler.run import fold, session
from crawler.run.options import ARCHIVE, DATABASE, Options
from crawler.sources import loads, loads_decisions
from crawler.store import Store
from crawler.text import moment
from crawler.worker import Worker
from tests.fold import random_laws, random_world, tables, world
from tests.fold.random_laws import Broken, hold
from tests.fold.random_world import INDEX, World
from tests.fold.test_fold_kills import GOES_ON, STARTS_ANEW, announced, journalled, said
from tests.fold.world import START, Killed

REBUILT = 0.2
"""Share of the crawls after which the database is made again from the archive, beside the last."""


@dataclass
class Run:
    """One life of a data directory: its world, the version of its parser, and what was seen so far.

    ``kills`` is how long after a kill it crawls again; ``again`` how long after a crawl that might have been killed.
    """

    seed: int
    data: Path
    kills: timedelta | None = None
    again: timedelta | None = None
    world: World = field(init=False)
    version: int = 0
    bumped: bool = False
    told: set[str] = field(default_factory=set)
    answers: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world = random_world.made(self.seed)
        self.dice, self.coin = random.Random(self.seed + 1), random.Random(self.seed + 2)

    # What is done

    def play(self) -> None:
        """Crawl a few days on which things happen, and hold the laws against each."""
        for day in range(self.dice.randint(3, 6)):
            self.day(day)
        self.settle()

    def day(self, day: int) -> None:
        """Let things happen, and crawl."""
        acts, bump = (self.dice.randint(0, 5), self.dice.random() < 0.15) if day else (0, False)
        at, before = self.dice.randint(1, 60), self.dice.random() < 0.5
        kill = self.dice.random() < 0.6
        self.world.site.asked.clear()
        for _ in range(acts):
            self.world.act()
        self.world.serve()
        self.world.log.append(f"-- day {day}" + (" new parser" if bump else ""))
        if bump:
            self.bump()
        clock = START + timedelta(days=day)
        if self.kills is None or not kill or not self.crawl(clock, at, before=before):
            self.crawl(clock)
        else:
            self.world.log.append(f"   killed at record {at}{' before it' if before else ''}")
            self.check_told()
            self.note(clock)
            self.crawl(clock + self.kills)
        if kill and self.again:
            self.crawl(clock + self.again)

    def settle(self) -> None:
        """Let all be in order and everything that waits be told; then nothing happens any more."""
        self.world.calm()
        self.world.serve()
        self.world.log.append("-- settled")
        for day in (20, 22, 40, 42):
            self.crawl(START + timedelta(days=day))
        before = self.counted()
        self.crawl(START + timedelta(days=42, hours=1))
        hold(self.counted() == before, f"the same world twice: {before} became {self.counted()}")
        with Store.open(self.data / DATABASE) as store:
            self.check_rebuild(store)
        twice = [name for name, times in journalled(self.data).items() if times > 1]
        hold(not twice, f"announced twice: {twice}")

    def counted(self) -> tuple[int, int, int]:
        """Return how many documents, changes and entries there are."""
        with Store.open(self.data / DATABASE) as store:
            return tuple(store.value(f"select count(*) from {name}") for name in ("documents", "changes", "entries"))

    def crawl(self, clock: datetime, at: int = 0, *, before: bool = False) -> bool:
        """Crawl; return whether it was killed at its ``at``-th record, before that was applied or behind it."""
        text, decided = self.world.sources, self.world.decisions
        made = Options(
            data=self.data, registry=loads(text, "sources.yaml"), sources_text=text,
            decisions=loads_decisions(decided, "decisions.yaml"), decisions_text=decided,
        )  # fmt: skip
        apply, count = fold.apply, 0

        def dying(*given: Any) -> None:
            nonlocal count
            count += 1
            if count == at and before:
                raise Killed
            apply(*given)
            if count == at:
                raise Killed

        with self.reading(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(world, "options", lambda data, text: made)
            patch.setattr(fold, "apply", dying if at else apply)
            try:
                world.crawl(self.data, self.world.site, clock, text=text)
            except Killed:
                return True
        self.check()
        return False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read with the parser of the present version."""

        def read(reading: Reading) -> Read:
            try:
                page = protocols.read(reading.capture, reading.source)
            except ParseError as error:
                return Read(reading=reading, page=None, error=error)
            versions = tuple(replace(v, sections=tuple(map(self._shown, v.sections))) for v in page.versions)
            return Read(reading=reading, page=replace(page, versions=versions))

        parsers = {name: f"{known}-{self.version}" for name, known in session.parsers().items()}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(world, "read", read)
            patch.setattr(session, "parsers", lambda: parsers)
            patch.setattr(session, "reader", lambda worker: read)
            yield

    def _shown(self, section: Any) -> Any:
        """Return a section as the parser of the present version reads it: others read blanks as words."""
        return replace(section, text=section.text.replace("must", "shall") if self.version % 2 else section.text)

    def bump(self) -> None:
        """Read everything again with a new parser, as the first command does that runs it."""
        self.version, self.bumped = self.version + 1, True
        if not (self.data / DATABASE).exists():
            return
        with self.reading(), Archive.open(self.data / ARCHIVE) as archive, Worker() as worker:
            session.rebuild_into(self.data, archive, worker)
        self.check_told()

    # What must hold

    def check(self) -> None:
        """Hold everything against the database as it is after a crawl."""
        self.check_told()
        with Store.open(self.data / DATABASE) as store:
            random_laws.issues(store, self.truth(), set(self.world.site.asked))
            self.note(moment(store.value("select clock from crawls order by id desc limit 1")))
            random_laws.absence(store, self.answers)
            random_laws.counts(store, self.world.items)
            if self.coin.random() < REBUILT:
                self.check_rebuild(store)

    def check_rebuild(self, store: Store) -> None:
        """The archive alone makes the same database."""
        with self.reading(), world.rebuilt(self.data) as anew:
            differences = tables.differences(store, anew)
        hold(not differences, "rebuild differs:\n" + "\n".join(differences[:6]))

    def check_told(self) -> None:
        """What was announced is there for ever, under its id, once; only a new parser takes it back."""
        names = {name for name, _, _ in announced(self.data)}
        hold(self.told <= names, f"announced and lost: {sorted(self.told - names)}")
        self.told = names
        if not self.bumped:
            with Store.open(self.data / DATABASE) as store:
                taken = store.all("select id, document, state from entries where state in ('corrected','orphaned')")
                hold(not taken, f"taken back without a new parser: {taken}")

    def truth(self) -> dict[str, str]:
        """Return how each address is."""
        found = {item.url: item.state if item.published else "404" for item in self.world.items}
        return found | {url: self.world.lists[name] for name, url in INDEX.items()}

    def note(self, clock: datetime) -> None:
        """Record what was answered in a crawl."""
        truth, asked = self.truth(), set(self.world.site.asked)
        for item in self.world.items:
            if item.url in asked:
                self.answers.setdefault(item.document, []).append((clock, truth[item.url]))


def laws(seed: int, data: Path, gap: timedelta) -> None:
    """Hold all laws against the world of a seed, crawled without a kill and with them; ``gap`` is how long after one.

    After a long one another crawl begins: then the world that is never killed is crawled twice, too.

    Raises:
        Broken: one does not hold; says which, and what happened.
    """
    whole = Run(seed=seed, data=data / "whole", again=gap if gap == STARTS_ANEW else None)
    killed = Run(seed=seed, data=data / "killed", kills=gap)
    for run in (whole, killed):
        try:
            run.play()
            with Store.open(run.data / DATABASE) as store:
                random_laws.texts(store, run.world, version=run.version)
        except Broken as error:
            raise Broken("\n".join([f"seed {seed}, {run.data.name}: {error}", *run.world.log])) from error
    # How often a page was not found is another matter where one crawl of two broke off; so is when watching began.
    odd = {"None", *(item.document for item in killed.world.items if item.odd)} if gap == STARTS_ANEW else set()
    told = [[_without_count(row) for row in said(run.data) if row[0] not in odd] for run in (whole, killed)]
    _compare(seed, killed, *told)


def _compare(seed: int, run: Run, one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> None:
    less, more = Counter(one) - Counter(other), Counter(other) - Counter(one)
    if less or more:
        told = [f"seed {seed}, {run.data.name}: tells otherwise than without kills"]
        told += [f"  {what}: {row[:5]}"[:500] for what, rows in (("less", less), ("more", more)) for row in rows]
        raise Broken("\n".join([*told, *run.world.log]))


def _without_count(row: tuple[str, ...]) -> tuple[str, ...]:
    """Give an entry without the number of crawls that found nothing: one that was killed may have been another one."""
    return tuple(re.sub(r"\bin \d+ crawls?\b", "", value) if row[1] == "gone" else value for value in row)


def main(first: int, last: int) -> None:
    """Try seeds, and say what broke."""
    for seed in range(first, last):
        for gap in (GOES_ON, STARTS_ANEW):
            with tempfile.TemporaryDirectory() as data:
                try:
                    laws(seed, Path(data), gap)
                except (AssertionError, LookupError, TypeError, ValueError, RoundupError):
                    print(f"=== {seed} {gap}", flush=True)
                    traceback.print_exc(file=sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
