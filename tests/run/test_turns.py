"""Long work by turns with the event loop: it is done whole or not at all, and others go on meanwhile."""

import asyncio
from collections.abc import Iterator

import pytest

from crawler.run.writer import STATEMENTS, by_turns
from crawler.store import Store

TURNS = 12


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as made:
        yield made


def write(store: Store, *, fail: bool = False) -> None:
    with store.transaction():
        for number in range(STATEMENTS * TURNS):
            store.set_meta(f"sample {number}", "")
        if fail:
            raise ValueError("sample")


def written(store: Store) -> int:
    return int(store.value("select count(*) from meta where key like 'sample%'"))


def test_the_event_loop_has_a_turn_after_each_batch_and_reads_what_was_done_so_far(store: Store) -> None:
    seen = []

    async def look() -> None:
        while True:
            seen.append(written(store))
            await asyncio.sleep(0)

    async def run() -> None:
        looking = asyncio.ensure_future(look())
        await by_turns(store, lambda: write(store))
        looking.cancel()

    asyncio.run(run())
    assert len(seen) >= TURNS and seen == sorted(seen) and len(set(seen)) >= TURNS
    assert written(store) == STATEMENTS * TURNS and store.pause is None


def test_what_fails_or_is_broken_off_is_taken_back(store: Store) -> None:
    with pytest.raises(ValueError, match="sample"):
        asyncio.run(by_turns(store, lambda: write(store, fail=True)))

    async def broken_off() -> None:
        work = asyncio.ensure_future(by_turns(store, lambda: write(store)))
        while not written(store):
            await asyncio.sleep(0)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(broken_off())
    assert written(store) == 0 and store.pause is None
