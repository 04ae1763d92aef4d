"""The worst of the web in one crawl: each source ends as it is to end, and what is good is read beside it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.spiders import hostile
from tests.spiders.server import Server, listed
from tests.spiders.world import World

pytestmark = [pytest.mark.slow, pytest.mark.process]


def registry(world: World, found: list[hostile.Route]) -> str:
    names = [world.server.host, *(each.server.host for each in found)]
    hosts = "".join(f'  "{name}": {{private: true, delay: 0, concurrency: 4}}\n' for name in names)
    return world.text.partition("hosts:")[0] + f"hosts:\n{hosts}sources:\n" + world.text.partition("sources:\n")[2]


def test_the_worst_of_the_web_ends_as_it_is_to_end(server: Server, tmp_path: Path) -> None:
    world, found = World(server, tmp_path / "data"), hostile.routes()
    listed(server, *range(1, 6))
    for each in found:
        each.serve()
    world.text = registry(world, found) + "".join(each.source() for each in found)
    child = world.child()
    out, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    told: dict[str, set[str]] = {}
    for source, kind, _ in world.issues():
        told.setdefault(source, set()).add(kind)
    wrong = []
    for each in found:
        asked = Counter(each.server.pages_asked())
        if told.get(each.name, set()) != each.issues:
            wrong.append(f"{each.name}: {world.issues_of(each.name)}, not {set(each.issues)}")
        if asked.total() > each.most:
            wrong.append(f"{each.name}: {asked.total()} requests, not {each.most}: {asked.most_common(3)}")
        each.server.close()
    assert wrong == []
    assert {f"/d/{n}" for n in range(1, 6)} <= world.documents() and "news" not in told
    print(out)
