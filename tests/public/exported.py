"""What readers see of a database of the tests, through the same export as theirs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from crawler.export import export
from crawler.feeds import Entry, Filter
from crawler.public.database import connect
from crawler.public.entries import newest
from crawler.store import Store


@contextmanager
def exported(store: Store) -> Iterator[Connection]:
    """The public database of a store as it is now."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roundup.db"
        store.do("vacuum into ?", str(path))
        with closing(connect(export(path))) as public:
            yield public


def entries(store: Store, filter: Filter = Filter()) -> tuple[Entry, ...]:  # noqa: B008
    """The entries of a feed of a store."""
    with exported(store) as public:
        return newest(public, filter)
