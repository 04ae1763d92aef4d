"""The sample world crawled as a user would, by its commands: into a data directory, moment by moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from crawler.archive import pack
from tests.sample import world

Told = dict[str, Any]
"""What one crawl found, by table."""

ROOT = Path(__file__).parents[2]
SOURCES = world.ROOT / "sources.yaml"


def roundup(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Give what a command of the program said."""
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def replay(data: Path, warc: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Crawl one moment at noon of its day."""
    clock = f"{world.expected()[name]['clock']}T12:00:00Z"
    return roundup("crawl", "--data", str(data), "--sources", str(SOURCES), "--replay", str(warc), "--as-of", clock)


def packed(folder: Path) -> Path:
    """Give the WARC of the sample world, written into a folder."""
    file = folder / "sample.warc.gz"
    pack(world.ROOT, file, sample=True)
    return file
