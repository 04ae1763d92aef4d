"""Data directories for the tests of a run."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run import rebuild, session
from crawler.run.redact import removal
from tests.fold import world
from tests.fold.test_fold_laws import Publisher
from tests.fold.test_fold_redirects import AUDITED
from tests.fold.world import START, Killed, crawl
from tests.run.here import Here


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a rebuild parse in this process."""
    for module in (rebuild, removal):
        monkeypatch.setattr(module, "Worker", Here)
    monkeypatch.setattr(session, "reader", lambda worker: world.read)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Publisher]:
    """Four crawls, of which the last was killed; what it left was applied."""
    data = tmp_path_factory.mktemp("made") / "data"
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    for day in range(3):
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
        publisher.do(("edit", day))
        publisher.do(("publish", 10 + day))
    with pytest.raises(Killed):
        crawl(data, publisher.site, START + timedelta(days=3), text=AUDITED, kill=lambda n: n == 4)
    with world.opened(data):
        pass
    (data.parent / "sources.yaml").write_text(AUDITED)
    return data, publisher


@pytest.fixture
def data(made: tuple[Path, Publisher], tmp_path: Path) -> Path:
    shutil.copytree(made[0], tmp_path / "data")
    shutil.copy(made[0].parent / "sources.yaml", tmp_path)
    return tmp_path / "data"
