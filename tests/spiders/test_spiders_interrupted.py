"""A crawl that Ctrl-C or SIGTERM ends says so, with what is left, and leaves with a code of its own."""

import os
import signal
from pathlib import Path

import pytest

from crawler.errors import INTERRUPTED
from tests.run.command import roundup
from tests.spiders.server import Asked, Reply, Server, listed
from tests.spiders.world import World

pytestmark = pytest.mark.process


@pytest.mark.parametrize(("sent", "how"), [(signal.SIGINT, ()), (signal.SIGTERM, ("--due",))])
def test_a_crawl_that_is_interrupted_says_so_and_the_next_goes_on(
    server: Server, tmp_path: Path, sent: signal.Signals, how: tuple[str, ...]
) -> None:
    world = World(server, tmp_path / "data")
    (tmp_path / "sources.yaml").write_text(world.text)
    listed(server, *range(1, 41))
    page = server.pages["/d/5"]

    def interrupting(_: Asked) -> Reply:
        os.kill(os.getpid(), sent)
        assert isinstance(page, Reply)
        return page

    server.pages["/d/5"] = interrupting
    command = ("crawl", "--data", world.data, "--sources", tmp_path / "sources.yaml")
    done = roundup(*command, *how)
    assert done.code == INTERRUPTED, done
    left = 40 - len(server.paths("/d/"))
    assert left > 0 and f"interrupted: {left} pages queued for the next crawl" in done.out, done
    assert "interrupted: " in roundup("status", "--data", world.data).out
    server.pages["/d/5"] = page
    done = roundup(*command)
    assert done.code == 0 and "queued" not in done.out and len(world.documents()) == 40, done
    assert len(server.paths("/d/")) == 40
