from __future__ import annotations

from pathlib import Path

import publish_world as world
import pytest
from publish_rows import NOW, WHERE

from crawler.publish import site


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.build(tmp_path_factory.mktemp("world") / "roundup.db")


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.build(tmp_path_factory.mktemp("sample") / "roundup.db", sample=True)


@pytest.fixture
def shown(database: Path) -> object:
    return site(database, WHERE, now=NOW)
