"""What holds for all tests: where their files lie, in which order they run, and how they are named."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free there; a run needs less than a quarter of them."""
LONG = (
    "recordings/test_recordings.py", "run/test_losses_accepted.py", "browser/test_browser.py",
    "spiders/test_spiders_ends.py", "recordings/test_hostile.py", "run/test_redacted_everywhere.py",
    "spiders/test_spiders_redacted.py", "recordings/test_moments.py", "fold/test_fold_random.py",
    "fold/test_fold_aside.py", "fold/test_fold_kills.py", "protocols/test_cellar_xhtml_hostile.py",
    "run/test_trouble.py", "fold/test_fold_copies_laws.py", "fold/test_fold_series.py", "fold/test_fold_laws.py",
    "sample/test_sample_crawl.py",
)  # fmt: skip
"""The files that take longest: they come first, so that no process has one of them left when the others are done."""

# No example of a property must be read in a time of the clock: on a machine with other work each may take longer. That
# is said here and not below, as decorators go by it in modules that other conftest.py import.
settings.register_profile("whatever the machine does", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine does")


def pytest_configure(config: pytest.Config) -> None:
    """Let the files of tests lie in memory where there is room: databases wait for a disk longer than they work."""
    del config
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    ranks = {Path(__file__).parent / name: rank for rank, name in enumerate(LONG)}
    assert all(map(Path.is_file, ranks)), f"a file of LONG is not there: {sorted(map(str, ranks))}"
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a test by the argument, not by its bytes, where these are no text: packed ones may hold the time of day."""
    del config
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode("ascii").isprintable()) else None
