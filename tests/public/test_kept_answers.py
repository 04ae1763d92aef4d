"""Answers that are kept: made once for each file, and never more bytes than may be kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from crawler.public import database


def test_bodies_are_made_once_and_the_oldest_are_let_go(tmp_path: Path) -> None:
    path = tmp_path / database.FILE
    sqlite3.connect(path).close()
    path.touch()
    asked: list[int] = []

    def body(connection: sqlite3.Connection, size: int) -> tuple[bytes, str]:
        asked.append(size)
        return b"x" * size, ""

    public, half = database.PublicDatabase(path), database.MAX_KEPT_BYTES // 2
    for size in (half, half - 1, half, half - 2, half, half - 1):
        assert len(public.ask_once(size, body, size)[0]) == size
    assert asked == [half, half - 1, half - 2, half - 1], "half was asked in between, and stays"
    public.ask_once(0, body, database.MAX_KEPT_BYTES + 1)
    public.ask_once(half, body, half)
    assert asked[-2:] == [database.MAX_KEPT_BYTES + 1, half], "what is too large for all is not kept"
