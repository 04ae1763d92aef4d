"""The sample world crawled as a user would, by its commands: into a data directory, moment by moment."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import pack
from crawler.store import Store
from tests import shared
from tests.sample import world

Told = dict[str, Any]
"""What one crawl found, by table."""

ROOT = Path(__file__).parents[2]
SOURCES = world.ROOT / "sources.yaml"
WARC = "sample.warc.gz"


def roundup(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Return what a command of the program said."""
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def replay(data: Path, warc: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Crawl one moment at noon of its day."""
    clock = f"{world.expected()[name]['clock']}T12:00:00Z"
    return roundup("crawl", "--data", str(data), "--sources", str(SOURCES), "--replay", str(warc), "--as-of", clock)


def packed(folder: Path) -> Path:
    """Return the WARC of the sample world, written into a folder."""
    file = folder / WARC
    pack(world.ROOT, file, sample=True)
    return file


def once(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the WARC, the data after all moments, and what each moment told.

    ``kept`` is what may be copied: ``data`` is open now and then.
    """
    return shared.once(factory, "sample", _crawled)


def _crawled(folder: Path) -> None:
    warc, data = packed(folder), folder / "data"
    told: dict[str, Told] = {}
    for name in world.MOMENTS:
        done = replay(data, warc, name)
        assert done.returncode in (0, 1), done.stderr
        told[name] = _told(data)
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    shutil.copytree(data, folder / "kept")


def _told(data: Path) -> Told:
    """Return what the newest crawl found."""
    with Store.open(data / "roundup.db") as store:
        crawl = store.value("select max(id) from crawls")
        changes = store.all(
            "select document, kind, path, occurred from announcements where crawl=? and cause='source' and silent=''",
            crawl,
        )
        entries = store.all("select * from entries where crawl=?", crawl)
        issues = store.all("select source, kind, subject from issues where resolved is null and severity='alarm'")
        aside = store.all("select document, band from relevance where band <> 'in'")
        copies = store.all("select document, original, relation from duplicates")
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
