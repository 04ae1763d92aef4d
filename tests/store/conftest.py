"""A database in memory, in which rows may refer to what is not there."""

from collections.abc import Iterator

import pytest

from crawler.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        store.do("pragma foreign_keys=off")
        yield store
