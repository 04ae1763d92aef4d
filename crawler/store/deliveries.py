"""The log of what was sent to whom: its own file, which is never rebuilt and never public, and holds no address."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from crawler.errors import StoreError

FILE = "deliveries.db"

READY, HANDING_OVER, SENT, FAILED = "ready", "handing over", "sent", "failed"
ANSWER_LOST = "answer lost"
"""Handed over once, and the answer did not arrive: it is sent once more, and says so."""
SENT_TWICE = "sent, perhaps twice"
IN_DOUBT = "in doubt"
"""Handed over twice, both answers lost: not sent again by itself, for it may have arrived twice."""
REPLACED = "replaced"
"""Not sent any more: the entry has changed since, and is sent as it is now."""

_SCHEMA = """create table if not exists deliveries ( -- one entry for one addressee; an empty period has no entry
  addressee text not null, -- digest and name in notify.yaml, never an address
  entry text not null, -- id of the entry, empty for a period without any
  updated text not null, -- updated of the entry as sent; of an empty period its end
  message text not null, -- Message-ID, without brackets and host
  filter text not null, -- the filter then
  since text not null, -- the period: after this time
  until text not null, -- and until this one
  state text not null, -- ready, handing over, sent, failed, answer lost; sent, perhaps twice; in doubt, replaced
  tries integer not null, -- how often it was tried
  lost integer not null, -- how many answers were lost
  error text not null, -- why the last try failed, without addresses
  at text not null, -- when the state was reached
  primary key (addressee, entry, updated)
) strict, without rowid"""
_OPEN = (READY, FAILED)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Entries for one addressee in one message: pairs of id and ``updated``, the filter, and the period.

    ``tries`` and ``lost``: how often it was tried, and how many answers were lost.
    """

    addressee: str
    message: str
    filter: str
    since: str
    until: str
    entries: tuple[tuple[str, str], ...]
    tries: int = 0
    lost: int = 0


class Deliveries:
    """The log, opened for writing. Each call is durable when it returns."""

    def __init__(self, connection: sqlite3.Connection, path: Path | str = ":memory:") -> None:
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls, data: Path) -> Self:
        """Return the log of a data directory; it is made where there is none.

        Raises:
            StoreError: it cannot be read or written.
        """
        try:
            connection = sqlite3.connect(data / FILE, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("pragma synchronous=full")
            connection.execute(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"{data / FILE}: {error}") from error
        return cls(connection, data / FILE)

    @classmethod
    def view(cls, data: Path) -> Self:
        """Return the log to be looked at: nothing is made where there is none."""
        if (data / FILE).exists():
            return cls.open(data)
        connection = sqlite3.connect(":memory:")
        connection.row_factory = sqlite3.Row
        connection.execute(_SCHEMA)
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def note(self, batch: Batch, at: str) -> None:
        """Record what is about to be sent; what failed before keeps its number of tries."""
        values = [
            (batch.addressee, entry, updated, batch.message, batch.filter, batch.since, batch.until, READY, at)
            for entry, updated in batch.entries
        ]
        self._write(
            "insert into deliveries values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', ?) on conflict do update set"
            " message=excluded.message, since=excluded.since, until=excluded.until, state=excluded.state,"
            " at=excluded.at",
            values,
        )

    def mark(self, batch: Batch, state: str, at: str, *, error: str = "", tries: int = 0, lost: int = 0) -> None:
        """Record a state of the entries of a message; ``tries`` and ``lost`` are added."""
        self._write(
            "update deliveries set state=?, error=?, at=?, tries=tries+?, lost=lost+?"
            " where addressee=? and entry=? and updated=?",
            [(state, error, at, tries, lost, batch.addressee, *each) for each in batch.entries],
        )

    def settle(self, addressee: str, at: str) -> None:
        """Record of what was handed over and never answered, as after a kill, that its answer was lost."""
        self._write(
            "update deliveries set lost=lost+1, at=?, state=iif(lost=0, ?, ?), error='the answer was lost'"
            " where addressee=? and state=?",
            [(at, ANSWER_LOST, IN_DOUBT, addressee, HANDING_OVER)],
        )

    def batches(self, addressee: str, state: str) -> list[Batch]:
        """Return the messages of an addressee that are in a state, the oldest first."""
        found: dict[str, list[Row]] = {}
        for row in self._rows("select * from deliveries where addressee=? and state=? order by at", addressee, state):
            found.setdefault(row["message"], []).append(row)
        return [_batch(rows) for rows in found.values()]

    def unsent(self, addressee: str) -> Batch | None:
        """Return in one what was never handed over, or was refused; None where there is nothing."""
        rows = self._rows("select * from deliveries where addressee=? and state in (?, ?)", addressee, *_OPEN)
        return _batch(rows) if rows else None

    def told(self, addressee: str) -> set[tuple[str, str]]:
        """Return what an addressee has, or may have: pairs of id and ``updated`` of entries."""
        rows = self._rows("select entry, updated from deliveries where addressee=? and state not in (?, ?)",
            addressee, *_OPEN)  # fmt: skip
        return {(row["entry"], row["updated"]) for row in rows}

    def bounds(self, addressee: str, filter: str) -> tuple[str | None, str | None]:
        """Return since when an addressee gets a filter, and until when they got anything; None where never."""
        (row,) = self._rows(
            "select min(iif(filter=?, since, null)) as first, max(until) as last from deliveries where addressee=?",
            filter, addressee,
        )  # fmt: skip
        return row["first"], row["last"]

    def standing(self) -> list[Row]:
        """Return by addressee and state how many entries there are, since when, tries and the last error; not of sent.

        A message that perhaps arrived twice is told for good: the addressee may ask.
        """
        return self._rows(
            "select addressee, state, count(*) as entries, min(at) as since, max(tries) as tries, max(error) as error"
            " from deliveries where state not in (?, ?) group by addressee, state order by addressee, state",
            SENT, REPLACED,
        )  # fmt: skip

    def _rows(self, sql: str, *values: object) -> list[Row]:
        try:
            return [dict(row) for row in self._connection.execute(sql, values)]
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from error

    def _write(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.execute("begin immediate")
            self._connection.executemany(sql, values)
            self._connection.execute("commit")
        except sqlite3.Error as error:
            raise StoreError(f"{FILE}: {error}") from error


def standing(data: Path) -> list[Row]:
    """Return :meth:`Deliveries.standing` of a data directory; nothing where nothing was ever sent."""
    if not (data / FILE).exists():
        return []
    with Deliveries.open(data) as log:
        return log.standing()


def _batch(rows: Sequence[Row]) -> Batch:
    return Batch(
        addressee=rows[0]["addressee"],
        message=rows[0]["message"],
        filter=rows[0]["filter"],
        since=min(row["since"] for row in rows),
        until=max(row["until"] for row in rows),
        entries=tuple((row["entry"], row["updated"]) for row in rows),
        tries=max(row["tries"] for row in rows),
        lost=max(row["lost"] for row in rows),
    )
