"""Empty databases as copies of one that was made once: to make all tables takes six times as long."""

import sqlite3
from functools import cache

import pytest

from crawler.store import schema

_create = schema.create


@cache
def _template() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(f"pragma page_size={schema.PAGE_BYTES}")
    _create(connection)
    return connection


def copy_template(patch: pytest.MonkeyPatch) -> None:
    """Let every database that is created from now on be a copy, where its pages are of the size of the first."""

    def create(connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("pragma page_size").fetchone()
        (_template().backup if size == schema.PAGE_BYTES else _create)(connection)

    patch.setattr(schema, "create", create)
