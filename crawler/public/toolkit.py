"""Documents of the libraries, by what they are and what they state."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.public.database import Connection, Row, row, rows

NOT_STATED = "not-stated"
"""The value by which documents are found that do not state a field."""

WITHDRAWN = "withdrawn"
"""The field that tells what is withdrawn, gone, taken off its list or has ended: lists leave it out until it is asked
for.
"""

Values = Mapping[str, Sequence[str]]
"""Values asked for by field. Those of one field are alternatives; ``withdrawn``: yes asks for what is current, too."""

_JSON = ("fields", "stale", "newer", "facts")
_CARD = f"""d.id, d.title, d.url, d.kind, d.jurisdiction, d.published, d.published_as, d.updated, d.first_seen,
    d.checked, d.availability, d.availability_since, d.in_force, d.status, d.band, d.issuer as publisher_name,
    d.private, d.has_copy, r.part, r.withdrawn, {", ".join(f"r.{name}" for name in _JSON)}"""
_CARDS = f"""select {_CARD}
  from ({{chosen}} order by n limit :limit offset :offset) c join resources r on r.n = c.n
  join documents d on d.id = r.document order by r.n"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """One page of the documents of a library, how many have what was asked for, how many there are, what can be asked.

    A card has ``fields`` (values by field: value, label, place, words, document, attachment, other), ``stale`` (law
    that changed since: id, title, day, changes), ``newer`` (guidance: id, title, named, version, day) and ``facts``
    (:func:`crawler.export.cards.facts`). ``every`` and ``withdrawn`` are the numbers of what is current and what is
    not; ``offered`` has by field and value the number of what is current.
    """

    cards: list[Row]
    total: int
    every: int
    withdrawn: int
    offered: Mapping[str, Mapping[str, int]]


def page(connection: Connection, part: str, values: Values, *, limit: int, offset: int) -> Resources:
    """Return one page of the documents of a library that have what was asked for, in its order."""
    offered: dict[str, dict[str, int]] = defaultdict(dict)
    for count in rows(connection, "select facet, value, number from counts where list = ? and facet <> ''", [part]):
        offered[count["facet"]][count["value"]] = count["number"]
    states = offered.pop(WITHDRAWN, {})
    return Resources(
        cards=cards(connection, part, values, limit=limit, offset=offset),
        total=_total(connection, part, values),
        every=states.get("no", 0),
        withdrawn=states.get("yes", 0),
        offered=offered,
    )


_UNREAD = """select s.id, s.name, s.last_success from sources s where s.trouble in ('alarm', 'never')
    and (s.kind = :part or s.trouble = 'alarm' and exists (select 1 from document_sources x
      join resources r on r.document = x.document and r.part = :part where x.source = s.id)) order by s.n"""


def unread(connection: Connection, part: str) -> list[Row]:
    """Return the sources of a library that the last visit could not read, or that were never read completely."""
    return rows(connection, _UNREAD, {"part": part})


def changed_since(connection: Connection, document: str) -> Row:
    """Return ``stale`` and ``newer`` of the cards of a document: law and guidance it names that changed since."""
    found = rows(connection, "select stale, newer from resources where document = ?", [document])
    read = {name: [json.loads(each[name]) for each in found] for name in ("stale", "newer")}
    return {name: next(filter(None, listed), []) for name, listed in read.items()}


def publishers(connection: Connection, parts: Sequence[str]) -> dict[str, str]:
    """Return the publishers of libraries with their names, in the order of these."""
    sql = """select distinct p.id, p.name from json_each(?) join counts c on c.list = json_each.value
      join publishers p on p.id = c.value where c.facet = 'publisher' order by p.name collate nocase, p.id"""
    return {found["id"]: found["name"] for found in rows(connection, sql, [json.dumps(list(parts))])}


def cards(connection: Connection, part: str, values: Values, *, limit: int, offset: int = 0) -> list[Row]:
    """Return documents of a library that have what was asked for, in its order."""
    chosen, params = _chosen(connection, part, values)
    listed = rows(connection, _CARDS.format(chosen=chosen), {**params, "limit": limit, "offset": offset})
    return [*map(_read, listed)]


def _read(card: Row) -> Row:
    return card | {name: json.loads(card[name]) for name in _JSON}


_STOPPED = f"""select {_CARD}, count(*) over () as total,
    substr(coalesce(nullif(d.availability_since, ''), case when d.in_force like 'not applicable: % on ____-__-__'
      then substr(d.in_force, -10) end, r.facts ->> '$.unlisted.seen', x.published, x.first_seen,
      r.facts ->> '$.last.day', ''), 1, 10) as stopped
  from counts k cross join resource_lists w on w.part = k.list and w.field = k.facet and w.value = k.value
    cross join resources r on r.n = w.resource join documents d on d.id = r.document
    left join documents x on x.id = r.facts ->> '$.replaced.id'
  where k.facet = '{WITHDRAWN}' and k.value = 'yes' and not exists (select 1 from resources o
    where o.document = r.document and o.withdrawn = 1 and o.n < r.n) and {{tests}}
  order by stopped desc, r.n limit :limit offset :offset"""
"""What is in no list any more, each once: the day on which it stopped, as far as it is known, or was told last."""


def stopped(connection: Connection, values: Values, *, limit: int, offset: int) -> list[Row]:
    """Return the cards of what is withdrawn, gone, replaced, off its list, or law that has ended, the newest first.

    Each has ``stopped``, a day or empty, and ``total``, how many have what was asked for.
    """
    tests = "".join(
        f" and exists (select 1 from resource_lists l where l.resource = r.n and l.field = :field{number}"
        f" and l.value in (select value from json_each(:values{number})))"
        for number in range(len(values))
    )
    params: dict[str, object] = {"limit": limit, "offset": offset}
    for number, (field, found) in enumerate(values.items()):
        params |= {f"field{number}": field, f"values{number}": json.dumps(list(found))}
    return [*map(_read, rows(connection, _STOPPED.format(tests=f"1{tests}"), params))]


def _total(connection: Connection, part: str, values: Values) -> int:
    """Return how many have what was asked for; of one value, of what is current and of all that was counted before."""
    asked = {field: found for field, found in values.items() if field != WITHDRAWN}
    if len(asked) <= 1 and WITHDRAWN not in values:
        (field, found), *_ = [*asked.items(), (WITHDRAWN, ("no",))]
        if len(found) == 1:
            sql = "select number from counts where list = ? and facet = ? and value = ?"
            counted = row(connection, sql, [part, field, found[0]])
            return int(counted["number"]) if counted else 0
    chosen, params = _chosen(connection, part, values)
    total = row(connection, f"select count(*) as number from ({chosen})", params)
    return int(total["number"]) if total else 0


def _chosen(connection: Connection, part: str, values: Values) -> tuple[str, dict[str, object]]:
    """Return the statement for the cards that have what was asked for: the shortest list drives it."""
    asked = {WITHDRAWN: ("no",), **values}
    if "yes" in asked[WITHDRAWN]:
        del asked[WITHDRAWN]
    if not asked:
        return "select n from resources where part = :part", {"part": part}
    params: dict[str, object] = {"part": part}
    tests: list[tuple[int, str, bool]] = []
    for number, (field, found) in enumerate(sorted(asked.items())):
        # One value is read in the order of the page, several have to be sorted.
        is_alone = len(found) == 1
        value = f"= :value{number}" if is_alone else f"in (select value from json_each(:value{number}))"
        params |= {f"field{number}": field, f"value{number}": found[0] if is_alone else json.dumps(list(found))}
        test = f"{{table}}part = :part and {{table}}field = :field{number} and {{table}}value {value}"
        sql = f"select count(*) from resource_lists where {test.format(table='')}"
        tests.append((connection.execute(sql, params).fetchone()[0], test, is_alone))
    (_, first, is_alone), *rest = sorted(tests)
    others = "".join(
        f" and exists (select 1 from resource_lists o where o.resource = r.resource and {test.format(table='o.')})"
        for _, test, _ in rest
    )
    distinct = "" if is_alone else "distinct "
    return f"select {distinct}r.resource as n from resource_lists r where {first.format(table='r.')}{others}", params
