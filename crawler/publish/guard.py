"""The database as the site may show it: every statement reads through here, ours, the table pages' and readers' SQL.

Names of tables with words of people or of publishers are shadowed by a WITH clause of the same names, in which those
words are left out (:mod:`crawler.publish.shadows`). The ways of SQL around that are closed in
:mod:`crawler.publish.strangers`; the search indexes hold nothing that is hidden.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.database import Database, connections

from crawler.feeds import hiding
from crawler.feeds.entry import RUN, quoted, runs
from crawler.feeds.words import day
from crawler.publish import strangers
from crawler.publish.limits import bounded, told
from crawler.publish.shadows import shadowed


def prepare(connection: Any) -> None:
    """Give a connection the functions that the shadows use."""
    connection.create_function("day", 1, day, deterministic=True)
    connection.create_function("quoted", 1, _quoted, deterministic=True)
    connection.create_function("quoted_details", 1, _quoted_details, deterministic=True)
    connection.create_function("details_without", 2, _details_without, deterministic=True)
    connection.create_function("summary_without", 3, _summary_without, deterministic=True)
    connection.create_function("sentences_of_title", 4, _of_title, deterministic=True)


def _quoted(words: str) -> str:
    return json.dumps([[word.op, word.text] for word in quoted(runs(words), run=RUN)], ensure_ascii=False)


def _quoted_details(details: str) -> str:
    found = [{**one, "words": json.loads(_quoted(json.dumps(one["words"])))} for one in json.loads(details or "[]")]
    return json.dumps(found, ensure_ascii=False)


def _details_without(details: str, hidden: str) -> str:
    parts = frozenset(json.loads(hidden))
    return json.dumps(hiding.remaining(details, parts), ensure_ascii=False) if parts else details


def _summary_without(summary: str, details: str, hidden: str) -> str:
    parts = frozenset(json.loads(hidden))
    if not parts:
        return summary
    told = hiding.remaining(details, parts)
    return hiding.summary([(one["kind"], one["path"], one["heading"] or "") for one in told])


def _of_title(sentences: str, title: str, source: str | None, hidden: str) -> str:
    if hidden == "[]":
        return sentences
    return json.dumps(hiding.of_title(json.loads(sentences), title, source or ""), ensure_ascii=False)


class Guarded(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of Datasette whose every statement is shadowed and bounded, and runs on the file that is there now.

    A rebuild puts another file in its place, so that what was redacted is shown no longer.
    """

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._opened = threading.local()

    def connect(self, write: bool = False) -> Any:
        """Give a connection; which file it reads is remembered."""
        self._opened.file = self._file()
        return super().connect(write)

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run something on a connection, with the bounds of the request at hand."""
        run = bounded(fn)
        return await super().execute_fn(lambda connection: run(self._current(connection)))

    def _file(self) -> tuple[int, int] | None:
        try:
            found = Path(self.path).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _current(self, connection: Any) -> Any:
        """Give the connection of this thread, a new one where the file was replaced since."""
        if self._file() in (None, self._opened.file):
            return connection
        new = self.connect()
        self.ds._prepare_connection(new, self.name)
        setattr(connections, self.name, new)
        self._all_file_connections.remove(connection)
        connection.close()
        return new

    async def execute(self, sql: str, params: Any = None, **rest: Any) -> Any:
        """Run a statement of a stranger, or of Datasette, on what may be shown."""
        with told():
            strangers.refuse(sql)
            return await super().execute(shadowed(sql), params, **rest)

    async def raw(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Run a statement of ours on everything: its caller leaves out what must not be shown."""
        return [dict(row) for row in (await super().execute(sql, params)).rows]

    async def all(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Give the rows of a statement of ours on what may be shown."""
        with told():
            return [dict(row) for row in (await super().execute(shadowed(sql), params)).rows]
