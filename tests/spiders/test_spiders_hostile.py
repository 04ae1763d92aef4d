"""The worst of the web in one crawl: each source ends as it is to end, and what is good is read beside it."""

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.spiders import hostile
from tests.spiders.server import Server, listed
from tests.spiders.world import World

pytestmark = [pytest.mark.slow, pytest.mark.process]

MAX_MIB = 286
"""Most memory of a process, whatever it is given to read: 300 MB; 165 MiB are taken."""


def registry(world: World, found: list[hostile.Route]) -> str:
    names = [each.server.host for each in found]
    hosts = "".join(f'  "{name}": {{private: true, delay: 0, concurrency: 2, timeout: 3}}\n' for name in names)
    hosts += f'  "{world.server.host}": {{private: true, delay: 0}}\n'
    head, _, rest = world.text.partition("hosts:")
    good = rest.partition("sources:\n")[2]
    return f"{head}hosts:\n{hosts}sources:\n{good}" + "".join(each.source() for each in found)


def peaks(process: int) -> dict[int, int]:
    """Return the peak memory of a process and of its children, in MiB."""
    found = {}
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        for each in (process, *map(int, children)):
            peak = Path(f"/proc/{each}/status").read_text().partition("VmHWM:")[2].split()
            if peak:
                found[each] = int(peak[0]) // 1024
    return found


def wrong(world: World, found: list[hostile.Route]) -> list[str]:
    told: dict[str, set[str]] = {}
    for source, kind, _ in world.issues():
        told.setdefault(source, set()).add(kind)
    faults = [f"{name}: {kinds}" for name, kinds in told.items() if "fault" in kinds]
    for each in found:
        asked = Counter(each.server.pages_asked())
        if told.get(each.name, set()) != each.issues:
            faults.append(f"{each.name}: {world.issues_of(each.name)}, not {set(each.issues)}")
        if asked.total() > each.most:
            faults.append(f"{each.name}: {asked.total()} requests, not {each.most}: {asked.most_common(3)}")
    return faults


def test_the_worst_of_the_web_ends_as_it_is_to_end(server: Server, tmp_path: Path) -> None:
    canary, world = Server(), World(server, tmp_path / "data")
    found = hostile.routes(canary)
    listed(server, *range(1, 6))
    for each in found:
        each.serve()
    world.text = registry(world, found)
    child, peak = world.child(), dict[int, int]()
    end = time.monotonic() + 300
    while child.poll() is None and time.monotonic() < end:
        peak |= peaks(child.pid)
        time.sleep(0.05)
    _, err = child.communicate(timeout=10)
    assert child.returncode == 0, err
    faults = wrong(world, found)
    assert faults == [], "\n".join(faults)
    assert canary.asked == [] and len(found) >= 80
    assert {f"/d/{n}" for n in range(1, 6)} <= world.documents() and world.issues_of("news") == []
    print(f"{len(found)} routes; peak memory in MiB: crawl {peak[child.pid]}, workers {max(peak.values())}")
    assert max(peak.values()) < MAX_MIB
    refused = "".join(row["url"] for row in world.rows("select url from documents"))
    assert not [each for each in ("file:", "10.0.0.8", "169.254", f":{canary.port}/") if each in refused]
    reasons = world.rows("select detail as words from issues union select reason from fetches")
    assert all(row["words"].isprintable() for row in reasons)
    for served in (canary, *(route.server for route in found)):
        served.close()
