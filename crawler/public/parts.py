"""Feeds whole: the document that readers subscribe to, and the closed parts of their archive (RFC 5005, 4).

Every announced entry has its part: those of a month in the order of their crawls and ids, PART of them each. A part is
closed when it is full or when its month has ended; what comes later comes into another one. A filter takes from each
part what fits it, so that no entry changes its part with the filter.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from crawler.feeds import SUBSCRIPTION, Entry, Filter
from crawler.feeds.entry import OF_SEVERAL
from crawler.model import digest_of
from crawler.public.database import Connection, Row, row, rows
from crawler.public.entries import newest_sql, read, with_documents
from crawler.public.selection import Selection, select
from crawler.public.standing import reading
from crawler.text import moment, stamp

PART = 200
"""Entries of a full part."""

RECENT = timedelta(days=30)
"""How far back the document that readers subscribe to holds everything."""

MAX_SUBSCRIPTION = 500
"""Most entries of that document."""

_NUMBERS = 10_000
"""Parts of one month have numbers below this."""

_NARROW = 5_000
"""Entries of a list up to which the part of each is looked up; of a longer one, most parts have some."""

_NONE = 10**12
"""After every part."""

_PLACES = ("n", "rank")
"""Columns that every new entry changes of all others."""

_NEVER = "9999"
"""After every time."""

_PROBES = 40
"""Parts in which an entry of a longer list is looked for before all of it is read."""

_NAME = re.compile(r"(\d{4})-(\d{2})-([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPart:
    """Rows of entries, and ``before``, the newest closed part before them that has any: its name, empty for none."""

    filter: Filter
    rows: list[Row]
    before: str


def part_name(part: int) -> str:
    """Return how a part is called in addresses, empty for none.

    >>> part_name(2026110001), part_name(0)
    ('2026-11-1', '')
    """
    month, number = divmod(part, _NUMBERS)
    return f"{month // 100:04}-{month % 100:02}-{number}" if part else ""


def part_named(name: str) -> int:
    """Return the part that an address calls so, 0 where none can be called so.

    >>> part_named("2026-11-1"), part_named("2026-11-01"), part_named("changes")
    (2026110001, 0, 0)
    """
    found = _NAME.fullmatch(name)
    return (int(found[1]) * 100 + int(found[2])) * _NUMBERS + int(found[3]) if found and name.isascii() else 0


def open_part(connection: Connection) -> int:
    """Return the part that further entries may come into, 0 where all are closed."""
    last = row(connection, "select max(part) as part from entries")
    part = int(last["part"] or 0) if last else 0
    month = int("".join(reading(connection).clock[:7].split("-")) or 0)
    is_full = connection.execute("select count(*) from entries where part = ?", [part]).fetchone()[0] >= PART
    return 0 if is_full or part // _NUMBERS < month else part


def closed_parts(connection: Connection) -> list[int]:
    """Return the closed parts, the oldest first."""
    last = open_part(connection)
    found = connection.execute("select distinct part from entries where part > 0 and part <> ?", [last])
    return sorted(int(part) for (part,) in found)


def subscription(connection: Connection, filter: Filter) -> FeedPart:
    """Return the newest SUBSCRIPTION entries of a filter, all of the RECENT days, and all that no closed part holds.

    They are MAX_SUBSCRIPTION at most, in the order of feeds; where there are more, those that no closed part holds, and
    the others that were announced or revised last. Days are counted back from the newest crawl.
    """
    clock, last = reading(connection).clock, open_part(connection)
    since = stamp(moment(clock) - RECENT) if clock else _NEVER
    chosen = select(connection, filter)
    unclosed = f"select e.n from entries e where e.part = :last and {chosen.tests}"
    wanted = f"select entry from ({newest_sql(chosen)}) union {unclosed}"
    found = rows(
        connection,
        f"select * from entries where n in ({wanted}) order by rank",
        {**chosen.params, "limit": MAX_SUBSCRIPTION, "last": last or -1},
    )
    needed = sum(one["part"] == last for one in found) if last else 0
    kept, others = [], 0
    for number, one in enumerate(found):
        is_open = bool(last) and one["part"] == last
        is_recent = number < SUBSCRIPTION or one["updated"] >= since
        if is_open or (is_recent and others < MAX_SUBSCRIPTION - needed):
            kept.append(one)
        others += not is_open
    return FeedPart(filter=filter, rows=kept, before=part_name(_before(connection, chosen, last or _NONE)))


def archive(connection: Connection, filter: Filter, part: int) -> FeedPart | None:
    """Return the entries of a filter in a closed part, None where there is no such part, or it is not closed yet."""
    known = row(connection, "select 1 from entries where part = ? limit 1", [part])
    if part <= 0 or known is None or part == open_part(connection):
        return None
    chosen = select(connection, filter)
    found = rows(
        connection,
        f"select e.* from entries e where e.part = :part and {chosen.tests} order by e.n",
        {**chosen.params, "part": part},
    )
    return FeedPart(filter=filter, rows=found, before=part_name(_before(connection, chosen, part)))


def entries_of(connection: Connection, part: FeedPart) -> tuple[Entry, ...]:
    """Return the entries of a part."""
    return with_documents(connection, [read(one) for one in part.rows], part.filter)


def digest(connection: Connection, part: FeedPart) -> str:
    """Return a digest of everything that the entries of a part are made of."""
    several = [read(one) for one in part.rows if one["kind"] in OF_SEVERAL]
    found = [[one[name] for name in one if name not in _PLACES] for one in part.rows]
    return digest_of(repr(found), repr(with_documents(connection, several, part.filter)), part.before)


def _before(connection: Connection, chosen: Selection, part: int) -> int:
    """Return the newest part before one that has an entry of a filter, 0 where none has."""
    for _ in range(_PROBES if chosen.size > _NARROW else 0):
        part = connection.execute("select coalesce(max(part), 0) from entries where part < ?", [part]).fetchone()[0]
        sql = f"select 1 from entries e where e.part = :part and {chosen.tests} limit 1"
        if part == 0 or connection.execute(sql, {**chosen.params, "part": part}).fetchone():
            return int(part)
    sql = f"select max(part) from entries where part < :part and n in ({chosen.entries()})"
    return int(connection.execute(sql, {**chosen.params, "part": part}).fetchone()[0] or 0)
