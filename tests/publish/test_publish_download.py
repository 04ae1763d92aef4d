"""The data as a file: what the site reads, in one piece, whatever takes its place meanwhile."""

from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from crawler.public.database import FILE
from crawler.publish import assets


async def test_the_file_is_sent_as_it_is(shown: Datasette, database: Path) -> None:
    answer = await shown.client.get("/public.db")
    assert answer.status_code == 200
    assert answer.content == database.with_name(FILE).read_bytes()
    assert answer.headers["content-type"] == "application/vnd.sqlite3"
    assert answer.headers["content-disposition"] == 'attachment; filename="public.db"'
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_head_says_how_long_it_is(shown: Datasette, database: Path) -> None:
    answer = await shown.client.head("/public.db")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == database.with_name(FILE).stat().st_size


async def test_a_download_ends_with_the_file_that_it_began_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "PIECE_BYTES", 3)
    path = tmp_path / FILE
    path.write_bytes(b"the old file")
    pieces: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            (tmp_path / "new.db").write_bytes(b"new")
            (tmp_path / "new.db").replace(path)
            assert (b"content-length", b"12") in message["headers"]
        pieces.append(message.get("body", b""))

    await assets.Download(path, is_head=False).asgi_send(send)
    assert b"".join(pieces) == b"the old file" and len(pieces) == 6
