"""A world of entries for the tests of a file."""

from sqlite3 import Connection

import pytest

from tests.public.entries_asked import COUNT
from tests.public.entries_world import Rows, filled


@pytest.fixture(scope="module")
def filled_world() -> tuple[Connection, Rows]:
    return filled(COUNT)


@pytest.fixture(scope="module")
def db(filled_world: tuple[Connection, Rows]) -> Connection:
    return filled_world[0]


@pytest.fixture(scope="module")
def rows(filled_world: tuple[Connection, Rows]) -> Rows:
    return filled_world[1]
