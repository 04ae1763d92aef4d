"""What the first complete crawl asks, by host; and what is imported when: large packages when they are needed."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import protocols
from crawler.run.planned import plan
from crawler.sources import loads
from tests.fold.test_fold_backfill import SOURCES, papers
from tests.fold.world import START, crawl
from tests.run.command import roundup

REGISTRY = """
hosts: {www.gov.uk: {delay: 2}}
publishers:
  sample: {name: Sample Office, jurisdiction: United Kingdom}
sources:
  - id: search
    publisher: sample
    kind: guidance
    protocol: govuk
    url: https://www.gov.uk/api/search.json
    options: {search: {q: slavery}}
    expect: {min: 1, max: 500}
    backfill: {by: date, since: 2020, slice: 1y}
  - id: pages
    publisher: sample
    kind: guidance
    protocol: govuk
    url: https://www.gov.uk/
    options: {items: [/guidance/a, /guidance/b]}
    expect: {min: 2}
  - id: feed
    publisher: sample
    kind: news
    protocol: feed
    url: https://a.sample.org/feed.xml
    expect: {min: 1}
  - {id: off, publisher: sample, kind: news, protocol: feed, url: "https://b.sample.org/feed.xml", expect: {min: 1},
     enabled: false, reason: closed}
"""


def test_requests_and_hours_by_host(tmp_path: Path) -> None:
    found = plan(loads(REGISTRY, "sources.yaml", protocols.OPTIONS), tmp_path, datetime(2026, 3, 2, tzinfo=UTC))
    govuk, feed = found
    assert (govuk.name, govuk.sources, govuk.lists, govuk.documents, govuk.is_least) == ("www.gov.uk", 2, 8, 502, False)
    assert govuk.hours == 510 * 2 / 3600 and govuk.nights(10) == 2
    assert (feed.name, feed.lists, feed.documents, feed.is_least) == ("a.sample.org", 1, 0, True)


def test_a_plan_of_named_sources_is_of_these(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(REGISTRY, "utf-8")
    asked = ("crawl", "--plan", "--sources", tmp_path / "sources.yaml", "--data", tmp_path / "data", "--source")
    done = roundup(*asked, "pages")
    assert "2 requests of 1 host, in 1 crawl of 50" in done.out and "a.sample.org" not in done.out
    refused = roundup(*asked, "page")
    assert refused.code == 2 and "no source 'page'" in refused.err


def test_what_is_known_of_a_list_counts(tmp_path: Path) -> None:
    crawl(tmp_path, papers(60), START, text=SOURCES)
    (host,) = plan(loads(SOURCES, "sources.yaml", protocols.OPTIONS), tmp_path, START)
    assert (host.documents, host.is_least) == (60, False)


LARGE = ("apprise", "bs4", "datasette", "lxml", "mcp", "pydantic", "scrapy", "sqlite_utils", "twisted", "yaml")


@pytest.mark.process
def test_the_version_is_said_without_loading_anything() -> None:
    code = "import sys; from crawler.cli.main import roundup; roundup(['--version'], standalone_mode=False)"
    shown = f"; print([name for name in {LARGE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + shown], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.process
def test_dask_is_imported_for_a_cluster_alone_and_missed_in_words() -> None:
    code = """
import sys
sys.modules["distributed"] = None
from crawler.cli import crawl, rebuild
from crawler.errors import ConfigError
from crawler.run import cluster, pool
from crawler.spiders import engine, hands
assert not [name for name in sys.modules if name.partition(".")[0] in ("dask", "tornado", "msgpack")]
try:
    with pool.opened(None, "tcp://127.0.0.1:1"):
        pass
except ConfigError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install" in done.stdout, done
