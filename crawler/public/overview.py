"""What stands beside the entries of the home page: numbers, what waits, and what publishers dated lately."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.public.database import Connection, Row, row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCount:
    """How many documents wait for a person to decide, and since when the oldest does, empty where none does."""

    number: int
    since: str


def recent(connection: Connection, since: str, until: str, limit: int) -> tuple[list[Row], int]:
    """Return the documents that publishers dated between two days, the newest first, and how many there are.

    What is out, parts of others and copies of what is listed are left out.
    """
    dated = "from documents where is_listed = 1 and published >= :since and published <= :until"
    params = {"since": since, "until": until, "limit": limit}
    found = rows(
        connection,
        f"select id, title, kind, jurisdiction, published, band {dated} order by published desc, id limit :limit",
        params,
    )
    return found, int(connection.execute(f"select count(*) {dated}", params).fetchone()[0])


_SUPERSEDED = """select o.title as old, d.title as new, d.id from json_each(?) j
  join relations r on r.document = j.value and r.relation = 'replaces' join documents o on o.n = r.target_n
  join documents d on d.id = r.document group by o.id, d.id order by o.title, d.id"""


def superseded(connection: Connection, documents: Sequence[str]) -> list[Row]:
    """Return what some documents replace and we hold: the titles of both (``old``, ``new``), and ``id`` of the new."""
    return rows(connection, _SUPERSEDED, [json.dumps(sorted(set(documents)))])


def months(connection: Connection, since: str) -> list[Row]:
    """Return how many entries that issues show were announced since a day, by ``month`` and ``jurisdiction``."""
    return rows(
        connection,
        "select substr(announced, 1, 7) as month, jurisdiction, count(*) as number from entries"
        " indexed by entries_announced where announced >= ? and is_default = 1 group by 1, 2 order by 1, 3 desc, 2",
        [since],
    )


def numbers(connection: Connection) -> Row:
    """Return how many documents, sources that are walked, and entries there are."""
    found = row(
        connection,
        "select (select count(*) from documents) as documents,"
        " (select count(*) from sources where enabled = 1) as sources,"
        " coalesce((select number from counts where list = 'entries' and facet = '' and value = ''), 0) as entries",
    )
    return found or {}


def waiting(connection: Connection) -> ReviewCount:
    """Return how many documents wait for a person to decide, and since when."""
    some = "from documents indexed by documents_review where band = 'review' and parent is null"
    (number,) = connection.execute(f"select count(*) {some}").fetchone()
    oldest = connection.execute(f"select since {some} order by since limit 1").fetchone()
    return ReviewCount(number=number, since=(oldest and oldest[0]) or "")
