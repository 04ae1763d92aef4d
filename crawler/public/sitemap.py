"""What search engines are told of: documents and entries, some to a file."""

from crawler.public.database import Connection, Row, rows

_PARTS = {
    "documents": """select id, coalesce(changed, first_seen) as changed from documents
      where n > :skip and n <= :skip + :limit and private = 0 and band = 'in' order by n""",
    "entries": """select id, coalesce(updated, announced) as changed from entries
      where n > :skip and n <= :skip + :limit and announced is not null and private = 0 order by n""",
}


def sizes(connection: Connection) -> dict[str, int]:
    """Return how many rows each part has; some of them are not listed."""
    return {part: int(connection.execute(f"select coalesce(max(n), 0) from {part}").fetchone()[0]) for part in _PARTS}


def listed(connection: Connection, part: str, *, limit: int, skip: int) -> list[Row]:
    """Return id and time of the last change of what may be found: nothing that names people, or is not in the round-up.

    ``limit`` and ``skip`` count all rows of "documents" or "entries", also those that are not listed.
    """
    return rows(connection, _PARTS[part], {"limit": limit, "skip": skip})
