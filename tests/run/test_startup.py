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
