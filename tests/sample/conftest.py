"""The sample world, crawled once for all tests of it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.sample import replayed
from tests.sample.replayed import Told


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return replayed.once(tmp_path_factory)


@pytest.fixture(scope="session")
def warc(once: Path) -> Path:
    return once / replayed.WARC


@pytest.fixture(scope="session")
def crawled(once: Path) -> tuple[Path, dict[str, Told]]:
    """Return the data directory, which is read alone, and what each crawl found."""
    return once / "data", json.loads((once / "told.json").read_text("utf-8"))


@pytest.fixture
def own(once: Path, tmp_path: Path) -> Path:
    """Return a data directory after the same crawls, to write into."""
    return Path(shutil.copytree(once / "kept", tmp_path / "data"))
