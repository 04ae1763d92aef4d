from pathlib import Path

import pytest

from tests.publish import publish_checklist
from tests.publish import publish_world as world
from tests.publish.publish_rows import NOW, WHERE, copied, site


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.build(tmp_path_factory.mktemp("world") / "roundup.db")


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world.build(tmp_path_factory.mktemp("sample") / "roundup.db", sample=True)


@pytest.fixture(autouse=True)
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """An export is seen by the next question already."""
    monkeypatch.setattr("crawler.public.database.LOOK_EVERY_SECONDS", 0.0)


@pytest.fixture
def shown(database: Path) -> object:
    return site(database, WHERE, now=NOW)


@pytest.fixture(scope="session")
def with_law(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    """The world with the law and guidance that the checklist cites."""
    path = tmp_path_factory.mktemp("law") / "roundup.db"
    with copied(database, path) as world:
        publish_checklist.law(world)
    return path


@pytest.fixture
def there(with_law: Path) -> object:
    """The site over it, some days later."""
    return site(with_law, WHERE, now=publish_checklist.LATER)
