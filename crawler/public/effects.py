"""Effects of a document and on it, in the order of their days, a page at a time, by how they stand on a day."""

import json
from collections.abc import Mapping
from typing import Any

from crawler.public.database import Connection, Row, row, rows

MAX_PER_PAGE = 100
MAX_WARNED = 5
"""Most outstanding effects that are named above a text."""

MAX_OUTSTANDING = 500
"""Most outstanding effects whose provisions are marked in a text."""

SIDES = {"changed_by": "affected", "changes": "affecting"}
"""What is listed, by the column that names the document: what others do to it, and what it does to others."""

STATES = {
    "applied": "e.applied = 1",
    "outstanding": "e.applied = 0 and e.required is not 0 and e.dropped is null and e.day <> '' and e.day <= :day",
    "ahead": "e.applied = 0 and e.required is not 0 and e.dropped is null and (e.day = '' or e.day > :day)",
    "unneeded": "e.applied = 0 and e.required = 0 and e.dropped is null",
    "dropped": "e.applied = 0 and e.dropped is not null",
}
"""How an effect stands: worked into the text; in force and not worked in, although that is needed; yet to come; not
needed in the text; no longer on the publisher's list, where nobody says that it was worked in."""

_STATE = f"case {' '.join(f'when {test} then {name!r}' for name, test in STATES.items())} end"
_LIST = f"""select e.id, e.affected, e.affected_provision, e.affecting, e.affecting_provision, e.type, e.head, e.nature,
  e.applied, e.required, e.in_force, e.starts, e.commencement, e.savings, e.comments, e.commenced, e.day, e.seen,
  e.read, e.dropped, {_STATE} as state, d.id as known, coalesce(d.title, {{other}}_title) as title
  from effects e left join documents d on d.n = e.{{other}}_n
  where e.{{side}} = :id and (:state = '' or {_STATE} = :state)
  order by e.day <> '', e.day desc, e.id limit :most offset :skipped"""
"""Those that have no day yet come first, then the newest."""

_COUNTS = (
    f"select {_STATE} as state, count(*) as total, max(e.read) as read from effects e where e.{{side}} = :id group by 1"
)
_OUTSTANDING = f"""select e.affected_paths as paths from effects e where e.affected = :id and {STATES["outstanding"]}
  limit {MAX_OUTSTANDING}"""
_CLOCK = "select substr(value, 1, 10) as day from about where key = 'clock'"


def effects(
    connection: Connection, id: str, side: str, state: str = "", page: int = 1, day: str = ""
) -> dict[str, Any]:
    """Return a page of the effects on one side of a document: ``rows``, ``counts`` by state, ``total``, ``pages``.

    ``read`` is the last day on which a list that states one of them was read, ``day`` the one for which they stand,
    that of the newest crawl where none is given.
    """
    column = SIDES[side]
    other = "affecting" if column == "affected" else "affected"
    keys = {
        "id": id,
        "day": day or _day(connection),
        "state": state,
        "most": MAX_PER_PAGE,
        "skipped": (page - 1) * MAX_PER_PAGE,
    }
    found = rows(connection, _COUNTS.format(side=column), {name: keys[name] for name in ("id", "day")})
    counts = {each["state"]: int(each["total"]) for each in found}
    total = counts.get(state, 0) if state else sum(counts.values())
    return {
        "rows": [_read(each) for each in rows(connection, _LIST.format(side=column, other=other), keys)]
        if total
        else [],
        "counts": {name: counts[name] for name in STATES if name in counts},
        "all": sum(counts.values()),
        "total": total,
        "page": page,
        "pages": max(1, -(-total // MAX_PER_PAGE)),
        "state": state,
        "read": max((each["read"] for each in found), default=""),
        "day": keys["day"],
    }


def outstanding(connection: Connection, id: str, day: str = "", most: int = MAX_WARNED) -> dict[str, Any]:
    """Return what is in force on a day and not worked into a text: ``total``, the newest ``rows``, ``read``."""
    found = effects(connection, id, "changed_by", "outstanding", day=day)
    return {"total": found["total"], "rows": found["rows"][:most], "read": found["read"]}


def outstanding_paths(connection: Connection, id: str, day: str = "") -> list[str]:
    """Return the provisions that something outstanding on a day is about; one comes as often as effects name it.

    A range is ``first..last``, as in :mod:`crawler.identifiers.affected_provisions`.
    """
    found = rows(connection, _OUTSTANDING, {"id": id, "day": day or _day(connection)})
    return [path for each in found for path in json.loads(each["paths"])]


def _read(effect: Mapping[str, Any]) -> Row:
    return {**effect, "starts": json.loads(effect["starts"])}


def _day(connection: Connection) -> str:
    clock = row(connection, _CLOCK, [])
    return str(clock["day"]) if clock else ""
