"""A list of 3,000 that grows while it is read, killed twice: all of it, once each, and the round-up says so."""

import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.run.status import status
from tests.spiders.server import Answerer, Reply, Server, document
from tests.spiders.world import World

pytestmark = [pytest.mark.process, pytest.mark.slow]

PAPERS, PAGE, CONCURRENCY = 3000, 100, 2
TEXT = """
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom}}
hosts:
  "{host}": {{private: true, delay: 0, concurrency: {concurrency}}}
sources:
  - id: papers
    publisher: sample
    kind: guidance
    protocol: listing
    url: {url}/list
    topics: [offences_law]
    expect: {{min: 1}}
    options: {{entry: li, page_parameter: page, total: p}}
    backfill: {{by: page, per_run: 5000}}
"""


class Papers:
    """The papers of a list, newest first: each page that is asked for adds one, up to ``most``."""

    def __init__(self, server: Server, number: int, most: int, off: int = 0) -> None:
        self.newest, self.most, self.off = number, most, off
        for page in range(1, most // PAGE + 3):
            server.pages["/list" if page == 1 else f"/list?page={page}"] = self.answerer(page)
        for each in range(1, most + 1):
            server.put(f"/d/{each}", document(each))

    def answerer(self, number: int) -> Answerer:
        return lambda asked: self.page(number)

    def page(self, number: int) -> Reply:
        self.newest = min(self.most, self.newest + 1)
        first = self.newest - (number - 1) * PAGE
        some = range(first, max(0, first - PAGE), -1)
        items = "".join(f"<li><a href='/d/{each}'>Sample document {each}</a></li>" for each in some)
        body = f"<title>Papers</title><p>{self.newest + self.off:,} papers</p><ul>{items}</ul>".encode()
        return Reply(status=200 if some else 404, headers={"Content-Type": "text/html; charset=utf-8"}, body=body)


def killed(world: World, requests: int) -> None:
    """Start a crawl, and kill it when the server was asked so often."""
    child, end = world.child(), time.monotonic() + 300
    while len(world.server.asked) < requests:
        assert time.monotonic() < end and child.poll() is None, child.communicate()
        time.sleep(0.005)
    child.kill()
    child.communicate()


def test_a_list_of_3000_that_grows_killed_twice(server: Server, tmp_path: Path) -> None:
    papers, world = Papers(server, PAPERS, PAPERS + 60), World(server, tmp_path / "data")
    world.text = TEXT.format(host=server.host, url=server.url, concurrency=CONCURRENCY)
    killed(world, 12)
    killed(world, 1500)
    out, err = world.child().communicate(timeout=900)
    found = status(world.data)["sources"][0]["coverage"]
    assert found["state"] == "complete", (found, out, err)
    assert found["listed"] == found["read"] == found["held"] == papers.newest > PAPERS
    asked = Counter(each for each in server.paths("/d/"))
    assert set(asked) == {f"/d/{each}" for each in range(1, papers.newest + 1)}
    assert sum(asked.values()) - len(asked) <= 2 * CONCURRENCY  # What was under way when it was killed.
    assert len(server.paths("/list")) <= 1.1 * (papers.newest / PAGE + 1)
    world.assert_rebuilds()


def test_a_list_that_lies_about_its_number(world: World, server: Server) -> None:
    Papers(server, 200, 200, off=50)
    world.text = TEXT.format(host=server.host, url=server.url, concurrency=CONCURRENCY)
    world.crawl()
    found = status(world.data)["sources"][0]["coverage"]
    assert (found["state"], found["listed"], found["read"]) == ("incomplete", 250, 200)
    assert found["reason"] == "the publisher states 250, its pages list 200"
