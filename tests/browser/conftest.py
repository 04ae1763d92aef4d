"""The sample world served, and a browser to look at it with; once for all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser import machine, served
from tests.sample import replayed


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the browser; what it saves is in `saved`."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def browser(own: Path) -> Iterator[Chrome]:
    if machine.installed() is None:
        pytest.skip(machine.NONE)
    with machine.opened(own) as driver:
        yield driver


@pytest.fixture(scope="session")
def data(browser: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    del browser  # Without one the world is not needed.
    return Path(shutil.copytree(replayed.once(tmp_path_factory) / "kept", tmp_path_factory.mktemp("world") / "data"))


@pytest.fixture(scope="session")
def home(data: Path) -> Iterator[str]:
    with served.served(data) as address:
        yield address
