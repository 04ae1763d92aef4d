"""What is recorded beside this checkout gives the tables and feeds that it gave: each series, and all recordings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import worlds
from tests.golden.test_golden import check
from tests.recordings import library

pytestmark = pytest.mark.recorded


@pytest.mark.parametrize("world", worlds.SHARED)
def test_what_was_recorded_is_as_it_was(tmp_path: Path, world: str) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    worlds.SHARED[world](tmp_path / "data")
    check(world, tmp_path / "data")
