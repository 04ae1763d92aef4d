"""What holds for all tests: where their files lie, which of them run, and how they are named."""

import os
import shutil
from pathlib import Path

import pytest

from tests import databases, tiers

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free there; a run needs less than a quarter of them."""

tiers.choose("all")  # Said here, too: decorators go by it in modules that other conftest.py import.


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tier be chosen."""
    parser.addoption("--tier", choices=tiers.TIERS, default="all", help="which tests run, and how much they try")
    parser.addoption("--fuzz-seconds", type=float, help="processor seconds that each test of changed bodies takes")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the tier; let the files of tests lie in memory where there is room: databases wait long for a disk."""
    tier = config.getoption("tier")
    tiers.choose(tier)
    for marker, meaning in tiers.MARKERS.items():
        config.addinivalue_line("markers", f"{marker}: {meaning}")
    databases.copy_template(pytest.MonkeyPatch())
    if tier == "quick":
        config.pluginmanager.register(tiers.Guard())
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to other tiers."""
    tiers.select(config, items)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a test by the argument, not by its bytes, where these are no text: packed ones may hold the time of day."""
    del config
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode("ascii").isprintable()) else None
