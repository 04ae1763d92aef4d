"""Which tests run when (``pytest --tier …``), how much they try then, and what keeps the quick ones quick.

``quick`` (``make test``): no child process, no wait by the clock, nothing that takes long; ``all`` (``make test-all``,
and pytest without the option): these and a short form of everything; ``soak`` (``make soak``): the long forms alone.
"""

import asyncio
import gc
import os
import sys
import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings, strategies

TIERS = ("quick", "all", "soak")
MARKERS = {
    "slow": "takes long: not in the quick tier",
    "process": "starts a child process, or waits by the clock: not in the quick tier",
    "recorded": "reads recordings beside the repository: not in the quick tier",
    "browser": "drives a browser: not in the quick tier",
    "scaled": "tries as much as its tier allows: once more, at length, in the soak tier",
    "soak": "runs in the soak tier alone",
}
NOT_QUICK = ("slow", "process", "recorded", "browser", "soak")
MAX_TEST_S = 2.0
"""Processor seconds that a quick test may take with fixtures of its own, on the machine that NOMINAL_S is of.

None takes more than 0.6 there; a first run, which compiles what a test imports, doubles some.
"""
MAX_WORLD_S = 4.0
"""Processor seconds that one fixture may take that several quick tests share."""
MAX_SLEEP_S = 0.01
MAX_TURN_S = 0.05
"""As long as a crawl lets others run before it looks again (:data:`crawler.spiders.scheduler.LOOK`)."""
NOMINAL_S = 0.033
"""Processor seconds that :func:`_calibration` takes on two idle cores of a small server."""
MAX_LOAD_PER_CORE = 1.5
"""More wants to run than that where others work beside the two processes of ``make test``."""
CROWDED = 2.0
"""How much longer tests may take there: cores and their caches are shared then, which a short loop hardly feels."""
SPAWNING = frozenset({"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"})
"""Events of :func:`sys.addaudithook`."""
RECORDINGS = "/../shared/"
"""What stands in the paths of recordings."""
QUICK_EXAMPLES = 20
SOAK_FACTOR = 10

_Amount = TypeVar("_Amount")
_tier = "all"


def choose(tier: str) -> None:
    """Make a tier the one at work, before any test is imported.

    No example of a property must be read in a time of the clock: on a machine with other work each may take longer.
    Examples are the same at each run, so that a change is judged by what it does and not by chance; those of ``soak``
    are new ones each time.
    """
    global _tier
    _tier = tier
    calm: dict[str, Any] = {
        "parent": settings.get_profile("default"),
        "deadline": None,
        "suppress_health_check": [HealthCheck.too_slow],
    }
    same: dict[str, Any] = {"derandomize": True, "database": None}
    settings.register_profile("all", **calm, **same)
    settings.register_profile("quick", max_examples=QUICK_EXAMPLES, **calm, **same)
    settings.register_profile("soak", max_examples=100 * SOAK_FACTOR, **calm)
    settings.load_profile(tier)


def examples(count: int, **given: Any) -> settings:
    """Return the settings of a property for which 100 examples are too many or too few; the tier changes them, too."""
    counts = {"quick": min(count, QUICK_EXAMPLES), "all": count, "soak": count * SOAK_FACTOR}
    return settings(max_examples=counts[_tier], **given)


def pick(*, quick: _Amount | None = None, all: _Amount, soak: _Amount) -> _Amount:
    """Return what the tier at work tries; tests that ask this are marked ``scaled``."""
    amounts = {"quick": all if quick is None else quick, "all": all, "soak": soak}
    return amounts[_tier]


def is_selected(item: pytest.Item) -> bool:
    """Whether a test belongs to the tier at work."""
    marks = {mark.name for mark in item.iter_markers()}
    if _tier == "quick":
        return marks.isdisjoint(NOT_QUICK)
    if _tier == "all":
        return "soak" not in marks
    return not marks.isdisjoint({"soak", "scaled"}) or hasattr(getattr(item, "obj", None), "hypothesis")


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to other tiers; but a test that is named runs in every one."""
    if any("::" in word for word in config.args):
        return
    left_out = [item for item in items if not is_selected(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if is_selected(item)]


def _calibration() -> float:
    """Return the processor seconds of a loop that does what tests do: texts, dictionaries, calls."""
    start, counts = time.process_time(), dict[str, int]()
    for number in range(200_000):
        word = f"w{number % 997}"
        counts[word] = counts.get(word, 0) + len(word)
    return time.process_time() - start


def slowness() -> float:
    """Return how much longer than on the machine of NOMINAL_S things take now; at least 1."""
    return max(1.0, min(_calibration() for _ in range(3)) / NOMINAL_S)


def crowding() -> float:
    """Return how much longer tests may take now for what else the machine has to do: 1 or :data:`CROWDED`."""
    return CROWDED if os.getloadavg()[0] > MAX_LOAD_PER_CORE * (os.cpu_count() or 1) else 1.0


class Guard:
    """Fails quick tests that are none: those that take long, start a process, or sleep."""

    def __init__(self) -> None:
        self._slowness = 1.0
        self._is_measuring = False
        self._started_s = 0.0
        self._shared_s = 0.0
        self._inner_s: list[float] = []
        """Of each shared fixture that is being made, what those it asked for took."""

    def pytest_sessionstart(self) -> None:
        """Begin to look: what is hooked here stays until the process ends."""
        sys.addaudithook(self.look_at)
        patch = pytest.MonkeyPatch()
        patch.setattr(time, "sleep", self.refusing(time.sleep, MAX_SLEEP_S))
        patch.setattr(asyncio, "sleep", self.refusing(asyncio.sleep, MAX_TURN_S))

    def pytest_collection_finish(self) -> None:
        """Make what the first test would pay for, and spare the collector of garbage all that is there by now.

        A table of all characters is made with the first text of a property, in more than a second, where no earlier
        run left one.
        """
        strategies.text().validate()
        gc.collect()
        gc.freeze()
        self._slowness = slowness()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None]:
        """Measure fixtures of a test with it."""
        self.begin()
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None]:
        """Fail a test that passed, but took too long."""
        yield
        self.end()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None]:
        """Measure no longer: what is taken down with the last test of a module is not its own."""
        self._is_measuring = False
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        """Measure what tests share by itself, whichever of them asks first."""
        if fixturedef.scope == "function":
            return (yield)
        start_s = time.process_time()
        self._inner_s.append(0.0)
        try:
            made = yield
        finally:
            whole_s, inner_s = time.process_time() - start_s, self._inner_s.pop()
            if self._inner_s:
                self._inner_s[-1] += whole_s
            else:
                self._shared_s += whole_s
        self._refuse_over(MAX_WORLD_S, whole_s - inner_s, f"the fixture {fixturedef.argname}")
        return made

    def begin(self) -> None:
        """Begin to measure a test."""
        self._is_measuring, self._shared_s, self._started_s = True, 0.0, time.process_time()

    def end(self) -> None:
        """Fail the test that was measured where it took too long."""
        self._is_measuring = False
        self._refuse_over(MAX_TEST_S, time.process_time() - self._started_s - self._shared_s, "the test")

    def look_at(self, event: str, given: tuple[Any, ...]) -> None:
        """Fail the test that is measured where an event is one of a child process, or of a recording that is opened."""
        if not self._is_measuring:
            return
        if event in SPAWNING:
            pytest.fail("a quick test starts a child process: mark it `process`")
        if event == "open" and RECORDINGS in str(given[0]):
            pytest.fail(f"a quick test reads {given[0]}: mark it `recorded`")

    def refusing(self, sleep: Callable[..., Any], limit_s: float) -> Callable[..., Any]:
        """Return a function that sleeps, but not for long in a test; those who share a world may wait for its lock."""

        def sleep_if_allowed(seconds: float, *rest: Any) -> Any:
            if self._is_measuring and not self._inner_s and seconds > limit_s:
                pytest.fail(f"a quick test sleeps for {seconds:g} seconds: wait for an event, or mark it `process`")
            return sleep(seconds, *rest)

        return sleep_if_allowed

    def _refuse_over(self, limit_s: float, taken_s: float, what: str) -> None:
        if taken_s <= limit_s * self._slowness:
            return
        limit_s *= max(self._slowness, slowness()) * crowding()  # The machine may have got other work since.
        if taken_s > limit_s:
            words = f"{what} took {taken_s:.2f} s of the processor, a quick one may take {limit_s:.2f}"
            pytest.fail(f"{words}: mark it `slow`", pytrace=False)
