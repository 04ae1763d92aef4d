"""Replays: recorded captures through the same engine, without any network; the same replay twice changes nothing."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.archive import Exchange
from crawler.store.schema import OPERATIONAL
from tests.spiders.server import Reply, Server, document
from tests.spiders.world import World, other

KEPT = ("documents", "versions", "sections", "changes", "entries", "issues", "document_sources", "aliases", "cursors")


@pytest.fixture
def recorded(world: World, server: Server, tmp_path: Path) -> Path:
    """Return a recording of a feed with three documents, one behind a redirect, one missing."""
    server.put("/robots.txt", "User-agent: *\nDisallow: /d/9\n", "text/plain")
    for number in (1, 2):
        server.put(f"/d/{number}", document(number))
    server.pages["/d/3"] = Reply(status=302, headers={"Location": "/new/3"})
    server.put("/new/3", document(3))
    server.feed([1, 2, 3, 4, 9])
    return record(world, tmp_path / "first.warc.gz")


def record(world: World, file: Path) -> Path:
    """Return the WARC file of a crawl into a directory of its own."""
    scratch = World(world.server, file.with_suffix(".data"))
    scratch.text = world.text
    result = scratch.crawl()
    shutil.copyfile(scratch.data / "archive" / f"run-{result.crawl}.warc.gz", file)
    return file


def kept(world: World) -> dict[str, list[dict[str, object]]]:
    """Return what a second replay must not change; ``checked`` and the like are times of looking."""
    times = {"checked", "last_seen", "seen", "crawl"}
    return {
        table: [{k: v for k, v in row.items() if k not in times} for row in world.rows(f"select * from {table}")]
        for table in KEPT
    }


def test_replay_reads_without_the_network(world: World, server: Server, recorded: Path) -> None:
    server.close()
    server.clear()
    result = world.crawl(replay=(recorded,))
    assert result.outcomes == {"news": "healthy"} and server.asked == []
    assert len(world.documents()) == 3 and ("/new/3", 200, "accepted") in world.fetches()
    assert ("/d/9", None, "failed") in world.fetches()
    assert ("/d/4", 404, "missing") in world.fetches()
    world.assert_rebuilds()


def test_replayed_captures_keep_their_time(world: World, recorded: Path) -> None:
    world.crawl(replay=(recorded,))
    ours = {(e.url, e.status): e.time for e in world.archived() if isinstance(e, Exchange)}
    scratch = World(world.server, recorded.with_suffix(".data"))
    theirs = {(e.url, e.status): e.time for e in scratch.archived() if isinstance(e, Exchange)}
    assert ours == theirs


def test_replay_needs_no_contact_and_knows_no_delay(world: World, server: Server, recorded: Path) -> None:
    world.text = world.text.replace("contact: watch@sample.invalid, ", "")
    world.text = world.text.replace(
        f'"{server.host}": {{private: true, delay: 0, concurrency: 8}}',
        f'"{server.host}": {{private: true, delay: 60, concurrency: 1}}',
    )
    assert world.crawl(replay=(recorded,)).outcomes == {"news": "healthy"}


@pytest.mark.slow
def test_same_replay_twice_changes_nothing(world: World, recorded: Path) -> None:
    first = world.crawl(replay=(recorded,))
    before = kept(world)
    answers = len([each for each in world.archived() if isinstance(each, Exchange)])
    second = world.crawl(replay=(recorded,))
    assert second.crawl != first.crawl and second.outcomes == first.outcomes
    assert kept(world) == before
    assert len([each for each in world.archived() if isinstance(each, Exchange)]) == answers
    third = world.crawl(replay=(recorded,))
    assert third.outcomes == first.outcomes and kept(world) == before
    world.assert_rebuilds()


def test_failures_of_a_replay_stay_as_they_are(world: World, server: Server, tmp_path: Path) -> None:
    server.put("/d/1", document(1))
    server.put("/d/2", b"")
    server.pages["/d/3"] = Reply(status=500)
    server.feed([1, 2, 3])
    file = record(world, tmp_path / "first.warc.gz")
    first = world.crawl(replay=(file,))
    before = kept(world)
    assert len([issue for issue in before["issues"] if issue["source"]]) == 2
    assert world.crawl(replay=(file,)).outcomes == first.outcomes
    assert kept(world) == before


def test_listing_that_failed_stays_failed(world: World, server: Server, tmp_path: Path) -> None:
    server.pages["/feed"] = Reply(status=500)
    file = record(world, tmp_path / "first.warc.gz")
    first = world.crawl(replay=(file,))
    before = kept(world)
    assert first.outcomes == {"news": "failed"}
    assert world.crawl(replay=(file,)).outcomes == first.outcomes and kept(world) == before


def test_address_never_recorded_is_no_failure(world: World, server: Server, tmp_path: Path) -> None:
    server.put("/d/1", document(1))
    server.feed([1, 2])
    server.put("/robots.txt", "User-agent: *\nDisallow: /d/2\n", "text/plain")
    file = record(world, tmp_path / "first.warc.gz")
    world.text = world.text.replace("/feed", "/other")
    result = world.crawl(replay=(file,))
    assert result.outcomes == {"news": "not recorded"} and world.issues() == []
    assert world.fetches() == [("/other", None, "not recorded")]


@pytest.mark.slow
def test_later_replay_brings_only_what_is_newer(world: World, server: Server, recorded: Path, tmp_path: Path) -> None:
    world.crawl(replay=(recorded,))
    entries = len(world.rows("select * from entries"))
    server.put("/d/2", document(2, "second"))
    server.feed([1, 2, 3, 4, 9], state={2: "Second issue."})
    later = record(world, tmp_path / "second.warc.gz")
    world.crawl(replay=(recorded, later))
    changed = world.rows("select distinct document from changes where cause='source' and kind='changed'")
    assert [row["document"].rpartition("/")[2] for row in changed] == ["2"]
    assert len(world.rows("select * from entries")) == entries + 1
    before = kept(world)
    world.crawl(replay=(recorded, later))
    assert kept(world) == before
    world.assert_rebuilds()


@pytest.mark.slow
def test_source_that_comes_later_gets_what_was_read_before(world: World, server: Server, tmp_path: Path) -> None:
    server.put("/d/1", document(1))
    server.feed([1])
    server.feed([1], path="/other")
    alone = world.text
    world.configure(more=other(server, "/other"))
    file = record(world, tmp_path / "first.warc.gz")
    world.text, both = alone, world.text
    world.crawl(replay=(file,))
    world.text = both
    assert world.crawl(replay=(file,)).outcomes == {"news": "healthy", "other": "healthy"}
    rows = world.rows("select source from document_sources where stated<>'{}' order by source")
    assert [row["source"] for row in rows] == ["news", "other"]
    before = kept(world)
    world.crawl(replay=(file,))
    assert kept(world) == before
    world.assert_rebuilds()


def test_clock_is_that_of_the_captures(world: World, recorded: Path) -> None:
    scratch = World(world.server, recorded.with_suffix(".data"))
    world.crawl(replay=(recorded,))
    clock = world.rows("select clock from crawls")[0]["clock"]
    assert clock == scratch.newest().replace(microsecond=0).isoformat().replace("+00:00", "Z")
    before = scratch.newest() - timedelta(days=1)
    assert world.crawl(replay=(recorded,), as_of=before).outcomes == {"news": "not recorded"}


def test_operational_tables_are_the_only_ones_left_out(world: World, recorded: Path) -> None:
    world.crawl(replay=(recorded,))
    assert not set(KEPT) & OPERATIONAL
