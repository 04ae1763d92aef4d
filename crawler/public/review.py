"""What waits for a person to decide whether it belongs into the round-up."""

from __future__ import annotations

from crawler.public.database import Connection, Row, row, rows

_WAITING = """select d.id, d.title, d.kind, d.url, d.jurisdiction, d.published, s.name as source_name, d.score, d.since,
  d.unconfirmed, coalesce(r.why, '[]') as why from documents d indexed by documents_review
  join sources s on s.id = d.source
  left join reasons r on r.document = d.n and r.facet = 'relevance' and r.value = ''
  where d.band = 'review' and d.parent is null order by d.since, d.score desc, d.id limit ?"""


def number(connection: Connection) -> int:
    """Return how many documents wait."""
    counted = row(connection, "select number from counts where list = 'review' and facet = '' and value = ''")
    return int(counted["number"]) if counted else 0


def waiting(connection: Connection, most: int) -> list[Row]:
    """Return the documents that wait, the oldest first, each with what counted as JSON (``why``)."""
    return rows(connection, _WAITING, [most])
