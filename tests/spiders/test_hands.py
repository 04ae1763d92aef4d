"""Downloads by the workers of a cluster: which of them is asked, and what it is that they never ask or hold here."""

import asyncio
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.archive import Answer
from crawler.identifiers import Request
from crawler.sources import Host
from crawler.spiders import hands
from crawler.spiders.session import Shutdown
from crawler.spiders.values import Limits, Memory, Room, UnansweredError

pytestmark = pytest.mark.slow

PAGE = Answer(url="https://a.sample.invalid/", method="GET", time=datetime(2026, 3, 2, tzinfo=UTC), status=200)
LOST = UnansweredError("unreachable", "DNSLookupError", passing=True)


class Fake:
    """A cluster in this event loop; ``found`` gives what a worker makes of a request."""

    def __init__(self, found: Callable[[str], hands.Downloaded], there: int = 2) -> None:
        self.asked: list[str] = []
        self.client = SimpleNamespace(run=self._run, nthreads=self._nthreads)
        self._found = found
        self._there = {f"w{number}": 1 for number in range(there)}

    def ask(self, call: Callable[[], Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(call(), asyncio.get_running_loop())

    async def _nthreads(self) -> Mapping[str, int]:
        return self._there

    async def _run(self, function: Any, *given: Any, workers: list[str] | None = None) -> Mapping[str, Any]:
        if workers is None:
            return {}
        if function is not hands.download:
            return {workers[0]: function(*given)}
        self.asked.append(workers[0])
        return {workers[0]: pickle.dumps(self._found(workers[0]))}


async def own(made: Request, headers: Mapping[str, str], limits: Limits, sent: Callable[[float], None]) -> Answer:
    return replace(PAGE, url=made.url, status=204)


async def get(found: hands.Hands, url: str, room: Room | None = None) -> Answer | UnansweredError:
    try:
        limits = Limits(seconds=10, bytes=10**7, room=room)
        return await found.download(Request(url=url), {}, limits, lambda _: None)
    except UnansweredError as error:
        return error


def fails(error: Exception) -> Callable[[str], hands.Downloaded]:
    """The first worker answers nothing."""

    def found(worker: str) -> hands.Downloaded:
        if worker != "w0":
            return PAGE, 0.0, 0.0, ""
        if isinstance(error, UnansweredError):
            return error, 0.0, 0.0, ""
        raise error

    return found


@pytest.mark.parametrize(("error", "most"), [(LOST, hands.HOSTS), (OSError("other code"), 1)])
def test_worker_without_a_network_does_not_get_all_requests(error: Exception, most: int) -> None:
    async def run() -> list[str]:
        fake: Any = Fake(fails(error))
        made = hands.Hands(fake, {}, Shutdown(), own)
        for number in range(8):
            url = f"https://h{number}.sample.invalid/"
            if isinstance(await get(made, url), UnansweredError):
                assert isinstance(await get(made, url), Answer), "the second try is made by another worker"
        asked: list[str] = fake.asked
        return asked

    assert asyncio.run(run()).count("w0") == most


def test_private_hosts_are_asked_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> int:
        fake: Any = Fake(lambda _: (PAGE, 0.0, 0.0, ""))
        made = hands.Hands(fake, {"127.0.0.1:80": Host(name="127.0.0.1:80", private=True)}, Shutdown(), own)
        answer = await get(made, "http://127.0.0.1/feed")
        assert isinstance(answer, Answer)
        return answer.status

    assert asyncio.run(run()) == 204
    monkeypatch.setenv(hands.SHARED, "1")
    assert asyncio.run(run()) == 200


def test_long_bodies_stay_with_their_workers_until_there_is_room() -> None:
    async def run() -> None:
        memory = Memory(1)
        fake: Any = Fake(lambda _: (PAGE, 0.0, 0.0, hands._keep(b"long")))
        made = hands.Hands(fake, {}, Shutdown(), own)
        first, second = Room(memory), Room(memory)
        answer = await get(made, PAGE.url, first)
        assert isinstance(answer, Answer) and answer.body == b"long"
        waiting = asyncio.ensure_future(get(made, PAGE.url, second))
        await asyncio.sleep(0.05)
        assert not waiting.done() and len(hands._kept) == 1
        first.give_back()
        assert isinstance(await waiting, Answer) and not hands._kept

    asyncio.run(run())


def test_what_is_waited_for_is_broken_off_by_a_second_signal() -> None:
    async def run() -> None:
        stop = Shutdown()
        fake: Any = Fake(lambda _: (PAGE, 0.0, 0.0, ""))

        async def frozen() -> None:
            await asyncio.get_running_loop().create_future()

        fake.client.nthreads = frozen
        asked = asyncio.ensure_future(get(hands.Hands(fake, {}, stop, own), PAGE.url))
        await asyncio.sleep(0.05)
        stop.now()
        found = await asyncio.wait_for(asked, 1)
        assert isinstance(found, UnansweredError) and found.kind == "lost"

    asyncio.run(run())
