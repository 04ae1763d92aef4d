"""The calendar, exported: of documents of the round-up, what lies ahead or lay ahead not long ago."""

from datetime import timedelta
from sqlite3 import Connection

from crawler.text import moment

KEPT = timedelta(days=365)
"""How long a day stays after it came, or after it was stated no more."""

_CALENDAR = """insert into calendar
  select row_number() over (order by c.date, d.n, c.event, c.path, c.number), c.id, d.id, c.event, c.path,
    c.provision, c.qualification, c.places, c.instrument, c.authority, c.date, c.stated, c.sequence, c.state,
    c.changed
  from p.calendar c join documents d on d.id = c.document
  where d.band = 'in' and d.original is null and not d.private and c.date >= :since
    and (c.state = 'stated' or c.changed >= :since) order by 1"""


def fill(connection: Connection, clock: str) -> None:
    """Fill the table of the calendar, as of the clock of the newest crawl."""
    if clock:
        connection.execute(_CALENDAR, {"since": (moment(clock) - KEPT).date().isoformat()})
