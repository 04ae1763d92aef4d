"""Documents of the toolkit, by part and by what they state."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.public.database import Connection, Row, row, rows

NOT_STATED = "not-stated"
"""The value by which documents are found that do not state a field."""

Values = Mapping[str, Sequence[str]]
"""Values asked for by field. Those of one field are alternatives."""

_CARDS = """select d.id, d.title, d.url, d.kind, d.published, d.updated, d.first_seen, d.checked, d.availability,
    d.availability_since, d.issuer as publisher_name, d.private, r.fields, r.stale, r.newer
  from ({chosen} order by n limit :limit offset :offset) c join resources r on r.n = c.n
  join documents d on d.id = r.document order by r.n"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """One page of the documents of a part, how many have what was asked for, how many there are, and what can be asked.

    A card has ``fields`` (values by field: value, label, place, words, document, attachment, other), ``stale`` (law
    that changed since: id, title, day, changes) and ``newer`` (guidance: id, title, named, version, day).
    """

    cards: list[Row]
    total: int
    every: int
    offered: Mapping[str, frozenset[str]]


def page(connection: Connection, part: str, values: Values, *, limit: int, offset: int) -> Resources:
    """Return one page of the documents of a part that have what was asked for, the newest first."""
    offered: dict[str, set[str]] = defaultdict(set)
    for count in rows(connection, "select facet, value from counts where list = ? and facet <> ''", [part]):
        offered[count["facet"]].add(count["value"])
    every = row(connection, "select number from counts where list = ? and facet = ''", [part])
    number = every["number"] if every else 0
    return Resources(
        cards=cards(connection, part, values, limit=limit, offset=offset),
        total=_total(connection, part, values) if values else number,
        every=number,
        offered={field: frozenset(stated) for field, stated in offered.items()},
    )


def cards(connection: Connection, part: str, values: Values, *, limit: int, offset: int = 0) -> list[Row]:
    """Return documents of a part that have what was asked for, the newest first."""
    chosen, params = _chosen(connection, part, values)
    listed = rows(connection, _CARDS.format(chosen=chosen), {**params, "limit": limit, "offset": offset})
    return [card | {name: json.loads(card[name]) for name in ("fields", "stale", "newer")} for card in listed]


def _total(connection: Connection, part: str, values: Values) -> int:
    chosen, params = _chosen(connection, part, values)
    total = row(connection, f"select count(*) as number from ({chosen})", params)
    return int(total["number"]) if total else 0


def _chosen(connection: Connection, part: str, values: Values) -> tuple[str, dict[str, object]]:
    """Return the statement for the cards that have what was asked for: the shortest list drives it."""
    if not values:
        return "select n from resources where part = :part", {"part": part}
    params: dict[str, object] = {"part": part}
    lengths: dict[int, int] = {}
    for number, (field, asked) in enumerate(sorted(values.items())):
        params |= {f"field{number}": field, f"values{number}": json.dumps(list(asked))}
        length = f"select count(*) from resource_lists where {_of(number)}"
        lengths[number] = connection.execute(length, params).fetchone()[0]
    first, *rest = sorted(lengths, key=lambda number: (lengths[number], number))
    others = "".join(
        f" and exists (select 1 from resource_lists o where o.resource = r.resource and {_of(number, 'o.')})"
        for number in rest
    )
    return f"select distinct r.resource as n from resource_lists r where {_of(first, 'r.')}{others}", params


def _of(number: int, table: str = "") -> str:
    return (
        f"{table}part = :part and {table}field = :field{number}"
        f" and {table}value in (select value from json_each(:values{number}))"
    )
