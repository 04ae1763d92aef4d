"""The laws of the fold: what was archived makes the database, whatever happened on the way."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.store import Store
from tests.fold.world import START, Killed, Site, crawl, opened, same
from tests.tiers import examples

HOST = "https://a.sample.invalid"


def address(number: int) -> str:
    return f"{HOST}/p/{number}"


def page(number: int, words: str, title: str = "") -> str:
    name = title or f"Sample {number}"
    return (
        f"<html><head><title>{name}</title></head><body><main><h1>{name}</h1><p>A sample page.</p>"
        f"<h2>Part one</h2><p>{words}</p></main></body></html>"
    )


class Publisher:
    """A publisher who does as the script says: publishes, edits, renames, takes down, goes down.

    To share is to give two entries of the feed one link; to tag is to answer conditional requests from then on, or not.
    """

    def __init__(self) -> None:
        self.site = Site()
        self.texts: dict[int, str] = {}
        self.names: dict[int, str] = {}
        self.gone: set[int] = set()
        self.shared: set[int] = set()
        self.empty = False

    def do(self, act: tuple[str, int]) -> None:
        kind, number = act
        if kind == "publish":
            self.texts.setdefault(number, "first words")
        elif kind == "edit" and number in self.texts:
            self.texts[number] += f" and more {len(self.texts[number])} of {number}"
        elif kind == "take down":
            self.gone.add(number)
        elif kind == "put back":
            self.gone.discard(number)
        elif kind == "outage":
            self.site.down ^= {address(number)}
        elif kind == "rename" and number in self.texts:
            name = self.name(number)
            self.names[number] = name.upper() if name != name.upper() else f"Sample {number} once more"
        elif kind == "share":
            self.shared ^= {number}
        elif kind == "tag":
            self.site.tags = not self.site.tags
        elif kind == "empty":
            self.empty = not self.empty
        self._publish()

    def name(self, number: int) -> str:
        return self.names.get(number, f"Sample {number}")

    def _publish(self) -> None:
        entries = [] if self.empty else [(address(n), self.name(n), text) for n, text in self.texts.items()]
        entries += [
            (link, f"{title}, told again", text) for link, title, text in entries if link[-1] in map(str, self.shared)
        ]
        self.site.feed(entries)
        self.site.pages = {url: found for url, found in self.site.pages.items() if "/p/" not in url}
        for number, text in self.texts.items():
            if number not in self.gone:
                self.site.put(address(number), page(number, text, self.name(number)))


ACTS = st.tuples(
    st.sampled_from(
        [*["publish", "edit"] * 3, "take down", "put back", "outage", "empty", "rename", "rename", "share", "tag"]
    ),
    st.integers(0, 5),
)
DAYS = st.lists(st.tuples(st.lists(ACTS, max_size=4), st.integers(0, 9)), min_size=1, max_size=5)


def live(data: Path) -> Store:
    return Store.open(data / "roundup.db")


def run(data: Path, days: list[tuple[list[tuple[str, int]], int]]) -> None:
    publisher = Publisher()
    publisher.do(("publish", 0))
    for day, (acts, kill) in enumerate(days):
        for act in acts:
            publisher.do(act)
        clock = START + timedelta(days=day)
        if kill:
            try:
                crawl(data, publisher.site, clock, kill=kill.__eq__)
            except Killed:
                crawl(data, publisher.site, clock + timedelta(minutes=5))
        else:
            crawl(data, publisher.site, clock)


@pytest.mark.slow
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_rebuild_equals_live(tmp_path_factory: pytest.TempPathFactory, days: list) -> None:  # type: ignore[type-arg]
    data = tmp_path_factory.mktemp("law")
    run(data, days)
    same(data)


@pytest.mark.slow
@examples(15)
@given(days=DAYS)
def test_reading_the_same_world_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    days: list,  # type: ignore[type-arg]
) -> None:
    data = tmp_path_factory.mktemp("again")
    run(data, days)
    publisher = Publisher()
    publisher.do(("publish", 0))
    for acts, _ in days:
        for act in acts:
            publisher.do(act)
    publisher.site.down.clear()
    crawl(data, publisher.site, START + timedelta(days=len(days)))
    crawl(data, publisher.site, START + timedelta(days=len(days), hours=1))
    with live(data) as store:
        before = store.value("select count(*) from changes"), store.value("select count(*) from entries")
    crawl(data, publisher.site, START + timedelta(days=len(days), hours=2))
    with live(data) as store:
        assert (store.value("select count(*) from changes"), store.value("select count(*) from entries")) == before


def test_every_captured_state_of_a_page_is_a_change(tmp_path: Path) -> None:
    """A, B, A, B: three changes, with three ids."""
    publisher = Publisher()
    publisher.do(("publish", 1))
    texts = ["must refer within 24 hours", "must refer within 48 hours"] * 2
    for day, text in enumerate(texts):
        publisher.texts[1] = text
        publisher.do(("publish", 1))
        crawl(tmp_path, publisher.site, START + timedelta(days=day))
    with live(tmp_path) as store:
        changes = store.all("select id from changes where path='part-one' and kind='changed'")
        assert len({row["id"] for row in changes}) == 3
        assert store.value("select count(*) from entries where kind='changed' and announced is not null") == 3


def test_records_behind_the_commit_are_applied_after_a_kill(tmp_path: Path) -> None:
    publisher = Publisher()
    for number in range(6):
        publisher.do(("publish", number))
    rng = random.Random(7)
    for at in (rng.randint(2, 3) for _ in range(3)):
        with pytest.raises(Killed):
            crawl(tmp_path, publisher.site, START, kill=at.__eq__)
    crawl(tmp_path, publisher.site, START)
    asked = publisher.site.asked
    assert sorted(asked) == sorted(set(asked)), "a page whose answer was archived was asked again"
    with opened(tmp_path) as state:
        assert state.store.value("select count(*) from documents") == 6
