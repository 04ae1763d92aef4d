"""A data folder as text: every interpreted table by natural key, a row a line, and the digests of its feed files.

It reads SQLite itself, so that it works on the databases of other commits.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.golden.declared import MACHINE, OPERATIONAL, SEARCH, Row

Tables = dict[str, list[str]]
"""Lines by table, each table sorted; ``feeds`` holds a line for each file of the feeds."""
DATABASE, FEEDS = "roundup.db", "feeds"


def tables(data: Path) -> Tables:
    """Return a data folder as lines of JSON by table."""
    connection = sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        known = _numbers(connection)
        lines = {name: sorted(map(line, _rows(connection, name, known))) for name in _names(connection)}
    finally:
        connection.close()
    return {**lines, FEEDS: [line(row) for row in _feeds(data / FEEDS)]}


def line(row: Row) -> str:
    """Return a row as one line of JSON, its columns sorted by name."""
    return json.dumps(dict(row), sort_keys=True, ensure_ascii=False, default=bytes.hex)


def _names(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select name from sqlite_master where type='table' order by name")
    return [str(row["name"]) for row in rows if row["name"] not in OPERATIONAL and not row["name"].startswith(SEARCH)]


def _numbers(connection: sqlite3.Connection) -> dict[str, dict[int, str]]:
    """Return what the numbers of this database stand for, by table."""
    fetches = connection.execute("select id, crawl, url, accept, hop, time, status from fetches")
    sections = connection.execute("select id, document, digest from sections")
    turns = connection.execute("select turn, document from fingerprints")
    return {
        "fetches": {row["id"]: " ".join(map(str, _asked(row).values())) for row in fetches},
        "sections": {row["id"]: f"{row['document']}:{row['digest'].hex()}" for row in sections},
        "turns": {row["turn"]: row["document"] for row in turns},
    }


def _asked(row: sqlite3.Row) -> Row:
    """Return what tells a request from others: their order differs where several hosts are asked at once."""
    return {
        "crawl": row["crawl"], "url": row["url"], "accept": row["accept"], "hop": row["hop"],
        "time": row["time"] if row["status"] is not None else None,
    }  # fmt: skip


_REFERS = {"fetch": "fetches", "section": "sections", "before_section": "sections", "after_section": "sections"}


def _rows(connection: sqlite3.Connection, table: str, known: Mapping[str, Mapping[int, str]]) -> Iterator[Row]:
    left_out = {*MACHINE.get(table, ()), *(("id",) if table in known else ())}
    for row in connection.execute(f'select * from "{table}"'):
        values: dict[str, Any] = {name: row[name] for name in row.keys() if name not in left_out}  # noqa: SIM118
        if table == "fetches":
            values |= _asked(row)
        for name, of in _REFERS.items():
            if values.get(name) is not None:
                values[name] = known[of][values[name]]
        if table == "fingerprint_marks" and "turn" in values:
            values["document"] = known["turns"][values.pop("turn")]
        if table == "versions":
            values["sections"] = [known["sections"][number] for number in json.loads(values["sections"])]
        yield values


def _feeds(folder: Path) -> Iterator[Row]:
    for file in sorted(each for each in folder.rglob("[!.]*") if each.is_file()):
        body = file.read_bytes()
        yield {"file": file.relative_to(folder).as_posix(), "bytes": len(body), "sha256": sha256(body).hexdigest()}


def write(data: Path, folder: Path) -> None:
    """Write a data folder as files of lines, one for each table, and its feeds beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables(data).items():
        (folder / f"{name}.jsonl").write_text("".join(f"{each}\n" for each in lines), "utf-8")
    for file in sorted(each for each in (data / FEEDS).rglob("[!.]*") if each.is_file()):
        kept = folder / FEEDS / file.relative_to(data / FEEDS)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(file.read_bytes())
