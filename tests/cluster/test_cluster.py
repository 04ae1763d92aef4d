"""Several machines: crawls by the hands of two workers, one of which dies, and rebuilds by all that is left."""

import json
import pickle
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.identifiers import Request
from crawler.run.cluster import Cluster, version
from crawler.run.options import DATABASE
from crawler.spiders import hands
from crawler.spiders.values import Limits, UnansweredError
from crawler.store import Store
from crawler.store.schema import OPERATIONAL
from tests.cluster.machines import Hosts, Machines, command, machines
from tests.fold import tables

pytestmark = [pytest.mark.process, pytest.mark.slow]

DELAY, JITTER = 0.4, 0.12
"""Seconds; what 40 servers in threads of one process may be late with their logs."""
COMPARED = {
    "documents": {"availability_since", "first_seen", "checked", "changed", "current"},
    "versions": {"id", "captured", "fetch"},
    "changes": {"id", "version", "previous", "before_section", "after_section", "seen", "crawl", "fetch"},
    "entries": {"id", "seen", "crawl", "capture_time", "fetch"},
    "frontier": {"id", "walk"},
    "runs": {"crawl"},
    "sections": set(),
    "relevance": set(),
}
"""Tables that two crawls of one world share, but for columns that number captures or say when they were made."""


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    """Return 40 hosts, and close them."""
    found = Hosts(40, pages=3, delay=DELAY)
    yield found
    found.close()


def crawl(folder: Path, hosts: Hosts, data: str, words: str, *more: str, kill: Machines | None = None) -> float:
    """Crawl what all hosts serve in a wording; return when a worker was killed, with half of all asked."""
    for server in hosts.servers:
        hosts.publish(server, words)
    hosts.clear()
    (folder / "sources.yaml").write_text(hosts.registry(), encoding="utf-8")
    clock = {"first": "2026-03-02T06:00:00Z", "second": "2026-03-09T06:00:00Z"}[words]
    sources = ("--sources", str(folder / "sources.yaml"), "--as-of", clock)
    started, killed = command("crawl", "--data", str(folder / data), *sources, *more), 0.0
    while kill is not None and started.poll() is None and not killed:
        time.sleep(0.005)
        if hosts.asked() >= len(hosts.servers) * (hosts.pages + 2) / 2:
            kill.workers[0].kill()
            killed = time.monotonic()
    said, _ = started.communicate()
    assert started.returncode == 0, said
    return killed


def assert_polite(hosts: Hosts, killed: float) -> None:
    """Hold the logs of the servers against the delay, and against what the worker that died was asking."""
    for server in hosts.servers:
        times = [each.time for each in server.asked]
        assert min(after - before for before, after in pairwise(times)) >= DELAY - JITTER, times
        for path, count in Counter(server.paths()).items():
            if count > 1:
                first, second = (each.time - killed for each in server.asked if each.path == path)
                assert first < 0.1 and first > -2 and second >= 0.9 * DELAY, (path, first, second)


def told(data: Path) -> dict[str, list[str]]:
    """Return what was read, by table, without what only one crawl has."""
    with closing(Store.open(data / DATABASE)) as store:
        found = tables.interpreted(store) | {
            "frontier": [json.dumps(row) for row in store.all("select * from frontier")]
        }
    return {
        table: sorted(
            str({key: value for key, value in json.loads(row).items() if key not in left_out}) for row in found[table]
        )
        for table, left_out in COMPARED.items()
    }


def rows(data: Path) -> dict[str, list[dict[str, object]]]:
    with closing(Store.open(data / DATABASE)) as store:
        return {table: store.all(f"select * from {table}") for table in store.tables()}


def assert_workers_check_addresses(hosts: Hosts, address: str) -> None:
    """A worker connects to a loopback host only where the registry of who asks names it."""
    hosts.clear()
    server = hosts.servers[0]
    asked = (
        Request(url=f"{server.url}/d/1"),
        {"Host": server.host},
        Limits(seconds=10, bytes=10_000),
        frozenset[str](),
    )
    with Cluster.opened(address) as cluster:
        (answer,) = cluster.client.run(hands.download, version(), pickle.dumps(asked)).values()
    error, *_ = pickle.loads(answer)
    assert isinstance(error, UnansweredError) and "127.0.0.1 is not a public address" in error.reason
    assert hosts.asked() == 0


def test_many_machines_do_what_one_process_does(hosts: Hosts, tmp_path: Path) -> None:
    with machines(tmp_path) as found:
        for words in ("first", "second"):
            crawl(tmp_path, hosts, "one", words)
        killed = crawl(tmp_path, hosts, "many", "first", "--cluster", found.address, kill=found)
        assert killed
        assert_polite(hosts, killed)
        crawl(tmp_path, hosts, "many", "second", "--cluster", found.address)
        assert_polite(hosts, 0.0)
        assert_workers_check_addresses(hosts, found.address)
        one, shared = told(tmp_path / "one"), told(tmp_path / "many")
        assert len(one["entries"]) > 20 and len(one["documents"]) == 120
        for table in COMPARED:
            assert one[table] == shared[table], table
        many = rows(tmp_path / "many")
        for how in (("--workers", "2"), ("--cluster", found.address)):
            (tmp_path / "many" / DATABASE).unlink()
            rebuilt = command("rebuild", "--data", str(tmp_path / "many"), *how)
            said, _ = rebuilt.communicate()
            used = re.search(r"reading the archive: (\d+) of (\d+) captures parsed ahead were of use", said)
            assert rebuilt.returncode == 0 and used and int(used[1]) > 0.9 * int(used[2]) > 100, (how, said)
            anew = rows(tmp_path / "many")
            for table in many.keys() - OPERATIONAL:
                assert anew[table] == many[table], (how, table, said)
