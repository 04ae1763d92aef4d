"""Fixtures: a server on the loopback interface, and a round-up that reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli import add
from crawler.run import session
from tests.spiders import adding_entries
from tests.spiders.server import Server
from tests.spiders.world import World, read


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server, and close it."""
    found = Server()
    yield found
    found.close()


@pytest.fixture
def world(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a round-up whose one source is the feed of the server.

    Crawls in this process parse in it, too, which saves a second for each; those in a child have their parse worker.
    """
    monkeypatch.setattr(session, "reader_in_loop", lambda worker: read)
    return World(server, tmp_path / "data")


@pytest.fixture
def adding_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``roundup add`` parse in this process."""
    monkeypatch.setattr(session, "reader_in_loop", lambda worker: read)
    monkeypatch.setattr(add, "Worker", adding_entries.Here)


@pytest.fixture
def file(server: Server, tmp_path: Path) -> Path:
    """Return a registry that pages are added to."""
    return adding_entries.registry(tmp_path / "sources.yaml", server)
