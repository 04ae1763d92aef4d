"""SQLite, and nothing but SQLite: the only package that imports sqlite_utils."""

from crawler.store.store import Row as Row
from crawler.store.store import Store as Store
from crawler.store.store import dumps as dumps
