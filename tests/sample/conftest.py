"""The sample world, crawled once for all tests of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import Store
from tests.sample import world
from tests.sample.replayed import Told, packed, replay


@pytest.fixture(scope="session")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(tmp_path_factory.mktemp("warc"))


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory, warc: Path) -> Iterator[tuple[Path, dict[str, Told]]]:
    data = tmp_path_factory.mktemp("sample")
    told: dict[str, Told] = {}
    for name in world.MOMENTS:
        done = replay(data, warc, name)
        assert done.returncode in (0, 1), done.stderr
        told[name] = _told(data)
    yield data, told


def _told(data: Path) -> Told:
    """Give what the newest crawl found."""
    with Store.open(data / "roundup.db") as store:
        crawl = store.value("select max(id) from crawls")
        changes = store.all(
            "select document, kind, path, occurred from changes where crawl=? and cause='source' and silent=''", crawl
        )
        entries = store.all("select * from entries where crawl=?", crawl)
        issues = store.all("select source, kind, subject from issues where resolved is null and severity='alarm'")
        aside = store.all("select document, band from relevance where band <> 'in'")
        copies = store.all("select document, original, relation from copies")
    return {
        "crawl": crawl, "changes": changes, "entries": entries, "issues": issues, "aside": aside, "copies": copies,
        "topics": _topics(data),
    }  # fmt: skip


def _topics(data: Path) -> dict[str, list[str]]:
    with Store.open(data / "roundup.db") as store:
        rows = store.all("select entry, value from entry_facets where facet='topic' order by value")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["entry"], []).append(row["value"])
    return found
