"""A world of entries for the tests of a file."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.feeds.feeds_select import COUNT
from tests.feeds.feeds_world import Rows, filled


@pytest.fixture(scope="module")
def filled_world() -> tuple[Database, Rows]:
    return filled(COUNT)


@pytest.fixture(scope="module")
def db(filled_world: tuple[Database, Rows]) -> Database:
    return filled_world[0]


@pytest.fixture(scope="module")
def rows(filled_world: tuple[Database, Rows]) -> Rows:
    return filled_world[1]
