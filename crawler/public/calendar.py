"""The calendar: days that documents of the round-up state, by the filters of feeds."""

import json
from collections.abc import Sequence
from datetime import timedelta

from crawler.feeds import FACETS, Filter, UnknownFilterError
from crawler.feeds.dates import EVENTS, Day
from crawler.feeds.facets import SHARED
from crawler.identifiers.acts import called
from crawler.law import authority_instrument
from crawler.public.database import Connection, Row, rows
from crawler.public.selection import identities, is_below_sql
from crawler.text import moment

MAX_DAYS = 2_000
"""Most days of one question; those that come last are left out, and counted."""

LAST = "9999-12-31"
"""A day that no other is after."""

BEHIND = timedelta(days=90)
"""How long a day stays in the calendar that people subscribe to."""

_OWN = {"kind": "d.kind", "publisher": "d.publisher"}

NOT_OF_DATES = ("change", "significance")
"""Facets of entries that dates do not have."""

_SELECT = """select c.*, d.title, d.url, d.kind, d.jurisdiction, d.issuer, i.title as instrument_title,
    (select json_group_array(l.value) from document_labels l where l.document = d.n and l.facet = 'topic')
      as topics
  from calendar c join documents d on d.id = c.document left join documents i on i.id = c.instrument
  where c.date between :since and :until and c.event in (select value from json_each(:events)) and {tests}
  order by c.n limit :most"""


def days(
    connection: Connection, filter: Filter, since: str, until: str = LAST, *, most: int = MAX_DAYS,
    events: Sequence[str] = tuple(EVENTS),
) -> list[Day]:  # fmt: skip
    """Return the days of a filter from a day on until another, in their order; ``events`` are those to tell.

    Raises:
        UnknownFilterError: the filter is one of changes alone.
    """
    sql, params = selected(connection, filter)
    asked = {**params, "since": since, "until": until, "most": most, "events": json.dumps(events)}
    return [_read(row) for row in rows(connection, _SELECT.format(tests=sql), asked)]


def subscribed(connection: Connection, filter: Filter, clock: str) -> list[Day]:
    """Return the days of the calendar of a filter: those ahead of a clock, and those that were not long before it.

    Raises:
        UnknownFilterError: the filter is one of changes alone.
    """
    return days(connection, filter, (moment(clock) - BEHIND).date().isoformat()) if clock else []


STARTS = ("in force", "applies", "to be transposed")
"""Events with which law begins."""

MAX_WITHOUT_A_DAY = 200


def without_a_day(connection: Connection, filter: Filter) -> list[Row]:
    """Return law with provisions that are not in force yet, of which no day is stated; how many of which it has.

    Raises:
        UnknownFilterError: the filter is one of changes alone.
    """
    sql, params = selected(connection, filter, path="''")
    return rows(
        connection,
        "select d.id, d.title, d.jurisdiction, d.kind, f.* from in_force f join documents d on d.id = f.document"
        f" where f.not_yet > 0 and f.next = '' and d.is_listed and {sql} order by d.title, d.id limit :most",
        {**params, "most": MAX_WITHOUT_A_DAY},
    )


def number(connection: Connection, filter: Filter, since: str, until: str = LAST) -> int:
    """Return how many days a filter has from a day on until another."""
    sql, params = selected(connection, filter)
    found = connection.execute(
        f"select count(*) from calendar c join documents d on d.id = c.document where c.date >= :since"
        f" and c.date <= :until and {sql}",
        {**params, "since": since, "until": until},
    )
    return int(found.fetchone()[0])


def selected(connection: Connection, filter: Filter, path: str = "c.path") -> tuple[str, dict[str, str]]:
    """Return the condition of a filter on documents ``d`` and a path in them, with its parameters.

    Raises:
        UnknownFilterError: the filter is one of changes alone.
    """
    tests, params = ["1"], dict[str, str]()
    for facet in dict.fromkeys(facet for facet, _ in filter.pairs):
        if facet in NOT_OF_DATES:
            raise UnknownFilterError(f"{FACETS[facet].label} is a filter of entries: dates have none")
        values = filter.values(facet)
        if facet == "section":
            params |= {f"section{number}": value for number, value in enumerate(values)}
            below = (is_below_sql(path, f":section{number}") for number in range(len(values)))
            tests.append(f"({' or '.join(below)} or {path} = '')")
            continue
        params[facet] = json.dumps(identities(connection, *values) if facet == "document" else values)
        tests.append(_TESTS[facet].format(values=f"(select value from json_each(:{facet}))"))
    return " and ".join(tests), params


_TESTS = {
    "document": "d.id in {values}",
    "source": "exists (select 1 from document_sources s where s.document = d.id and s.source in {values})",
    **{facet: f"{column} in {{values}}" for facet, column in _OWN.items()},
    **{
        facet: "exists (select 1 from document_labels l where l.document = d.n"
        f" and l.facet = '{facet}' and l.value in {{values}})"
        for facet in SHARED
    },
}


def _read(row: dict[str, object]) -> Day:
    """Return the day of a row."""
    names = (
        "id", "document", "event", "path", "provision", "qualification", "date", "stated", "changed",
        "title", "url", "kind", "jurisdiction", "issuer",
    )  # fmt: skip
    instrument, authority = _by(row)
    return Day(
        **{name: str(row[name] or "") for name in names},
        places=tuple(json.loads(str(row["places"]))),
        topics=tuple(json.loads(str(row["topics"]))),
        instrument=instrument,
        authority=authority,
        sequence=int(str(row["sequence"])),
        is_gone=row["state"] == "gone",
    )


def _by(row: dict[str, object]) -> tuple[str, str]:
    """Return the other document that states a day, as it is named, and its provision; empty where the law itself does.

    Of one that is not held the name is what is printed, else its number.
    """
    title, authority = str(row["instrument_title"] or ""), str(row["authority"])
    if row["instrument"] == row["document"]:
        return "", authority
    printed = authority_instrument(authority)
    if printed and title in ("", printed):
        return printed, authority.removeprefix(printed).lstrip(", ")
    return title or called(str(row["instrument"])), authority
