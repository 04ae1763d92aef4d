from pathlib import Path

import pytest

from tests.publish import publish_world
from tests.sample import replayed


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world in which documents name people, were taken down, or may not be shown: its private database."""
    return publish_world.build(tmp_path_factory.mktemp("people") / "roundup.db")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The private database of the sample world."""
    return replayed.once(tmp_path_factory) / "data" / "roundup.db"
