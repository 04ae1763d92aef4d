"""Kill a crawl again and again, and check its promises: ``python -m tests.spiders.kills [DOCUMENTS] [KILLS] [SEED]``.

After the last rerun every document is there and none twice, the archive is readable, the database is what the archive
alone makes, each kill cost at most as many repeated requests as were in flight, and none whose answer was archived.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crawler.archive import Archive, Exchange, check
from crawler.run.options import ARCHIVE
from tests.spiders.server import Server, document
from tests.spiders.world import World

IN_FLIGHT = 16


def kill_and_check(world: World, *, documents: int, kills: int, seed: int) -> dict[str, int]:
    """Crawl, kill at random moments, rerun until it is done, check; return what it came to."""
    server, chance = world.server, random.Random(seed)
    for number in range(1, documents + 1):
        server.put(f"/d/{number}", document(number), wait=0.02)
    server.feed(range(1, documents + 1))
    total = documents + 2
    moments = sorted(chance.randrange(1, total - IN_FLIGHT) for _ in range(kills))
    archived_before: set[str] = set()
    for moment in moments:
        start = len(server.asked)
        child = world.child()
        _wait_for(server, moment)
        time.sleep(chance.random() * 0.05)
        child.kill()
        child.communicate()
        again = {each.path for each in server.asked[start:]} & archived_before
        assert not again, f"asked again although archived: {sorted(again)[:5]}"
        archived_before = _archived(world)
    start = len(server.asked)
    child = world.child()
    out, err = child.communicate(timeout=300)
    assert child.returncode == 0, (out, err)
    assert not {each.path for each in server.asked[start:]} & archived_before
    repeated = sum(Counter(each.path for each in server.asked).values()) - total
    assert 0 <= repeated <= kills * IN_FLIGHT, f"{repeated} requests were repeated"
    assert world.documents() == {f"/d/{number}" for number in range(1, documents + 1)}
    rows = world.rows("select document, representation, count(*) as n from versions group by 1, 2")
    assert [row for row in rows if row["n"] != 1] == []
    kinds = Counter(row["representation"] for row in rows)
    assert kinds == {"html": documents}
    assert check(world.data / ARCHIVE) == []
    world.assert_rebuilds()
    return {"repeated": repeated, "crawls": len(world.rows("select id from crawls"))}


def _archived(world: World) -> set[str]:
    """Return the paths whose answers are in the archive, as the next crawl will find it."""
    with Archive.open(world.data / ARCHIVE) as archive:
        return {e.url.removeprefix(world.server.url) for e in archive.records() if isinstance(e, Exchange)}


def _wait_for(server: Server, pages: int, seconds: float = 60.0) -> None:
    """Wait until so many different pages were asked."""
    end = time.monotonic() + seconds
    while len({each.path for each in list(server.asked)}) < pages:
        assert time.monotonic() < end, "the crawl does not get on"
        time.sleep(0.005)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]] + [400, 10, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as scratch:
        given = dict(zip(("documents", "kills", "seed"), numbers, strict=True))
        print(given, kill_and_check(World(Server(), Path(scratch) / "data"), **given))
