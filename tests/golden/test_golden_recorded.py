"""What is recorded beside this checkout gives the tables and feeds that it gave: each series, and all recordings."""

from pathlib import Path

import pytest

from tests.golden import worlds
from tests.golden.test_golden import check
from tests.recordings import build, library

pytestmark = pytest.mark.recorded


@pytest.mark.parametrize("world", [name for name in worlds.SHARED if name != "recordings"])
def test_a_series_is_as_it_was(tmp_path: Path, world: str) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    worlds.SHARED[world](tmp_path / "data")
    check(world, tmp_path / "data")


def test_all_recordings_are_as_they_were(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    check("recordings", build.once(tmp_path_factory) / "data")
