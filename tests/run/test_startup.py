"""What is imported when: a command when it is asked for, the large packages when it needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
