"""Each test belongs to its tier, and a quick one that is none fails."""

import os
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests import tiers
from tests.tiers import Guard

Failed = pytest.fail.Exception


def item(*markers: str, is_property: bool = False) -> Any:
    """A test with markers."""
    obj = SimpleNamespace(hypothesis=None) if is_property else SimpleNamespace()
    return SimpleNamespace(iter_markers=lambda: [SimpleNamespace(name=name) for name in markers], obj=obj)


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let another tier be chosen."""
    yield
    tiers.choose(request.config.getoption("tier"))


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize(
    ("tier", "runs"),
    [
        ("quick", {"plain", "property", "scaled"}),
        ("all", {"plain", "property", "scaled", "slow", "process", "recorded", "browser"}),
        ("soak", {"property", "scaled", "soak"}),
    ],
)
def test_a_tier_runs_what_belongs_to_it(tier: str, runs: set[str]) -> None:
    tiers.choose(tier)
    items = {
        "plain": item("parametrize"),
        "property": item(is_property=True),
        **{name: item(name) for name in tiers.MARKERS},
    }
    assert {name for name, one in items.items() if tiers.is_selected(one)} == runs


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize(("tier", "tried", "picked"), [("quick", 20, 1), ("all", 300, 1), ("soak", 3000, 7)])
def test_a_property_tries_what_its_tier_allows(tier: str, tried: int, picked: int) -> None:
    tiers.choose(tier)
    assert tiers.examples(300).max_examples == tried
    assert tiers.examples(300).derandomize == (tier != "soak")
    assert tiers.pick(all=1, soak=7) == picked


@pytest.mark.parametrize("event", sorted(tiers.SPAWNING))
def test_a_quick_test_starts_no_process_and_opens_no_recording(event: str) -> None:
    guard = Guard()
    for seen, given in ((event, ()), ("open", ("/x/tests/../shared/recordings/a",))):
        guard.look_at(seen, given)  # Nothing is measured now.
        guard.begin()
        guard.look_at("open", ("/x/tests/files/a",))
        with pytest.raises(Failed, match="mark it `"):
            guard.look_at(seen, given)
        guard.end()


def test_a_quick_test_does_not_sleep() -> None:
    guard, slept = Guard(), list[float]()
    sleep = guard.refusing(slept.append, 0.01)
    sleep(3)
    guard.begin()
    sleep(0.01)
    with pytest.raises(Failed, match="sleeps for"):
        sleep(0.02)
    assert slept == [3, 0.01]


@pytest.mark.parametrize(
    ("slowness", "load", "limits", "fails"),
    [
        (1.0, 1.0, 0.9, False), (1.0, 1.0, 1.1, True), (2.0, 1.0, 1.1, False), (2.0, 1.0, 2.1, True),
        (1.0, 3.0, 1.9, False), (1.0, 3.0, 2.1, True), (2.0, 3.0, 3.9, False),
    ],
)  # fmt: skip
def test_a_quick_test_that_takes_long_fails(slowness: float, load: float, limits: float, fails: bool) -> None:
    guard, clock = Guard(), iter((10.0, 10.0 + limits * tiers.MAX_TEST_S))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "process_time", lambda: next(clock))
        patch.setattr(tiers, "slowness", lambda: slowness)
        patch.setattr(os, "getloadavg", lambda: (load * (os.cpu_count() or 1), 1.0, 1.0))
        guard.begin()
        if not fails:
            guard.end()
            return
        with pytest.raises(Failed, match="mark it `slow`"):
            guard.end()
