"""How crawls end: deadlines, signals, kills, full disks, two at once, and Scrapy's own command line."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.archive import Journal
from crawler.errors import LockedError, StorageError, StoreError
from crawler.run import fold, session
from crawler.store import Store
from tests.spiders.kills import kill_and_check
from tests.spiders.server import Reply, Server, listed
from tests.spiders.world import PROJECT, World
from tests.tiers import pick

pytestmark = pytest.mark.process


def until(condition: object, seconds: float = 30.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_deadline_ends_in_order_and_leaves_the_rest_queued(world: World, server: Server) -> None:
    world.configure(host="delay: 0.1")
    listed(server, *range(1, 61))
    began = time.monotonic()
    result = world.crawl(minutes=2 / 60)
    assert time.monotonic() - began < 30 and not result.interrupted
    assert result.outcomes == {"news": "healthy"}
    done = len(server.paths("/d/"))
    assert 0 < done < 30
    assert world.rows("select count(*) as n from frontier where state='queued'")[0]["n"] == 60 - done
    assert world.rows("select state from crawls")[0]["state"] == "ended"
    server.clear()
    world.configure()
    world.crawl()
    assert len(server.paths("/d/")) == 60 - done and len(world.documents()) == 60
    world.assert_rebuilds()


def test_one_signal_finishes_what_is_under_way(world: World, server: Server) -> None:
    listed(server, *range(1, 201), wait=0.2)
    child = world.child()
    until(lambda: len(server.paths("/d/")) > 10)
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=20)
    assert child.returncode == 0 and " interrupted " in out, err
    assert world.rows("select state from crawls")[0]["state"] == "interrupted"
    assert {outcome for _, _, outcome in world.fetches()} == {"accepted"}
    assert len(world.fetches("/d/")) == len(server.paths("/d/")) < 200
    world.assert_rebuilds()


def test_second_signal_breaks_off_and_accounts_for_it(world: World, server: Server) -> None:
    listed(server, *range(1, 31))
    for number in range(11, 31):
        server.pages[f"/d/{number}"] = Reply(pieces=[b"x"], pause=0.1, endless=True)
    child = world.child()
    until(lambda: len(server.paths("/d/")) >= 18)
    for _ in range(2):
        child.send_signal(signal.SIGINT)
        time.sleep(0.3)
    out, err = child.communicate(timeout=20)
    assert child.returncode == 0 and " interrupted " in out, err
    lost = [path for path, _, outcome in world.fetches() if outcome == "lost"]
    assert len(lost) == 8 and set(lost) == {f"/d/{n}" for n in range(11, 19)}
    assert world.issues() == []
    world.assert_rebuilds()


@pytest.mark.scaled
def test_crawl_that_is_killed_is_gone_on_with(world: World, server: Server) -> None:
    documents, kills = pick(all=(120, 5), soak=(1200, 60))
    server_log = kill_and_check(world, documents=documents, kills=kills, seed=7)
    assert server_log["crawls"] == 1


def test_robots_is_not_asked_again_after_a_kill(world: World, server: Server) -> None:
    server.put("/robots.txt", "User-agent: *\nDisallow: /d/3\n", "text/plain")
    listed(server, *range(1, 61), wait=0.1)
    child = world.child()
    until(lambda: len(server.paths("/d/")) > 20)
    child.kill()
    child.communicate()
    world.crawl()
    assert server.paths("/robots.txt") == ["/robots.txt"] and "/d/3" not in server.paths()
    kinds = [each.kind for each in world.archived() if isinstance(each, Journal)]
    assert Counter(kinds)["run-started"] == 1 and "run-resumed" in kinds


def test_full_disk_ends_the_crawl_and_keeps_what_was_read(world: World, server: Server) -> None:
    listed(server, *range(1, 6))
    world.crawl()
    before = world.documents()
    for number in range(6, 120):
        server.put(f"/d/{number}", f"<title>Sample {number}</title><p>{os.urandom(9000).hex()}</p>")
    server.feed(range(1, 120))
    child = world.child("1500000")
    out, err = child.communicate(timeout=60)
    assert child.returncode == 4, (out, err)
    assert before <= world.documents()
    with Store.open(world.data / "roundup.db") as store:
        assert store.check() == []
    server.clear()
    world.crawl()
    assert len(world.documents()) == 119
    assert len(server.paths("/d/")) < 110
    world.assert_rebuilds()


@pytest.mark.parametrize("nth", [3, 12])
def test_failed_write_to_the_database_stops_all_and_loses_nothing(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    listed(server, *range(1, 31))
    applied: list[int] = []
    original = fold.apply

    def failing(*given: object) -> None:
        applied.append(1)
        if len(applied) == nth:
            raise StoreError("roundup.db: database or disk is full")
        assert len(applied) < nth or nth == 0, "applied behind a record that was not"
        original(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(fold, "apply", failing)
        with pytest.raises(StorageError, match="disk is full"):
            world.crawl()
    asked = Counter(server.paths("/d/"))
    world.crawl()
    assert len(world.documents()) == 30
    repeated = Counter(server.paths("/d/"))
    assert sum(repeated.values()) - 30 <= 8 and asked <= repeated
    world.assert_rebuilds()


def test_second_crawl_is_refused_and_writes_nothing(world: World, server: Server) -> None:
    listed(server, 1)
    world.crawl()
    files = {path: path.stat().st_mtime_ns for path in world.data.rglob("*") if path.name != "roundup.lock"}
    with session.lock(world.data):
        with pytest.raises(LockedError):
            world.crawl()
        child = world.child()
        out, _ = child.communicate(timeout=20)
        assert child.returncode == 3 and "is running" in out
    assert files == {path: path.stat().st_mtime_ns for path in world.data.rglob("*") if path.name != "roundup.lock"}


def scrapy(*arguments: str, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=cwd, text=True, capture_output=True, timeout=60, check=False
    )


def test_it_is_a_regular_scrapy_project(world: World, server: Server) -> None:
    assert scrapy("list").stdout.split() == ["roundup"]
    listed(server, 1, 2, 3)
    file = world.data.parent / "sources.yaml"
    file.write_text(world.text, encoding="utf-8")
    done = scrapy("crawl", "roundup", "-a", f"data={world.data}", "-a", f"sources={file}")
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert len(world.documents()) == 3
    assert world.rows("select state from crawls")[0]["state"] == "ended"
    ports = (
        scrapy("settings", "--get", "TELNETCONSOLE_ENABLED").stdout,
        scrapy("settings", "--get", "REMOTE_CONTROL_ENABLED").stdout,
    )
    assert [each.strip() for each in ports] == ["False", "False"]


def test_scrapys_own_shutdown_is_in_order_too(world: World, server: Server) -> None:
    listed(server, *range(1, 61), wait=0.2)
    file = world.data.parent / "sources.yaml"
    file.write_text(world.text, encoding="utf-8")
    command = [sys.executable, "-m", "scrapy", "crawl", "roundup", "-a", f"data={world.data}", "-a", f"sources={file}"]
    child = subprocess.Popen(command, cwd=PROJECT, text=True, stderr=subprocess.PIPE)
    until(lambda: len(server.paths("/d/")) > 10)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert "Traceback" not in err, err
    assert world.rows("select state from crawls")[0]["state"] == "interrupted"
    assert {outcome for _, _, outcome in world.fetches()} <= {"accepted", "lost"}
    world.crawl()
    assert len(world.documents()) == 60
    world.assert_rebuilds()
