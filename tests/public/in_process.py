"""Readers' SQL run by the process at hand: the same limits, authorizer and encoding, and no child to start."""

import json
import sqlite3
from pathlib import Path

from crawler.public import sql_child
from crawler.public.database import identity
from crawler.public.sql_process import SqlAnswer, SqlQuestion, decode, encode, parse_answer


class InProcess:
    """What the site asks instead of :class:`crawler.public.sql_worker.SqlWorkers`; nothing ends what explodes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: tuple[int, int, int] | None = None
        self._connection: sqlite3.Connection | None = None

    async def ask_in_loop(self, question: SqlQuestion) -> SqlAnswer:
        """Answer as a child process does."""
        line = encode(question, question.max_seconds)
        answer = sql_child.answer(self._opened(), json.loads(line))
        return parse_answer(decode(answer), question.max_seconds)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None or self._file != identity(self._path):
            self.close()
            self._file = identity(self._path)
            self._connection = sql_child.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1")
        return self._connection

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
