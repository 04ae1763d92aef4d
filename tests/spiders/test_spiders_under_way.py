"""A crawl under way says what it reads and how long that takes; before the first one ends there is a site already."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.public.database import FILE as PUBLIC
from crawler.public.standing import FILE, under_way
from crawler.run.under_way import telling
from crawler.spiders import scheduler
from crawler.spiders.engine import crawl
from tests.spiders.server import listed
from tests.spiders.world import World

pytestmark = pytest.mark.process


def test_a_first_crawl_is_told_while_it_reads(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "REPORT", 0.0)
    listed(world.server, 1, 2, 3)
    seen: list[tuple[str, bool]] = []

    def show(what: str, done: int, total: int | None = None) -> None:
        if total is not None:
            seen.append((what, (world.data / FILE).exists()))

    with telling(world.data, show) as tell:
        crawl(world.options(), progress=lambda *told: tell(*told))
        now = under_way(world.data / PUBLIC, datetime.now(UTC))
        assert now is not None and (world.data / PUBLIC).exists()
        assert under_way(world.data / PUBLIC, datetime.now(UTC) + timedelta(hours=1)) is None, "it was killed"
    assert any(what.startswith(f"requests; the slowest host is {world.server.host}, about ") for what, _ in seen)
    assert [there for _, there in seen][-1]
    assert not (world.data / FILE).exists()
