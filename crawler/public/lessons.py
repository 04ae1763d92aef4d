"""Lessons of reports, by report, addressee, kind and state of their answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.public.database import Connection, Row, row, rows

NOBODY = "not-stated"
"""The value of ``addressee`` for lessons that name nobody."""

MAX_ADDRESSEES_OFFERED = 300

Values = Mapping[str, Sequence[str]]
"""Values asked for by field: addressee, answer (a state), kind, report. Those of one field are alternatives."""

_COLUMNS = {"report": "document", "addressee": "addressee_key", "answer": "state", "kind": "kind"}
"""Columns by field; the index of the first one asked for drives a statement, and holds what it counts."""
_INDEXES = {"report": "lessons_document", "addressee": "lessons_addressee"}

_LESSONS = """select l.n, d.id as report, d.title, d.url, d.published, d.updated, d.issuer as publisher_name, l.path,
    l.kind, l.number, l.addressee, l.answer, l.answered_at, l.state, not d.has_copy as hash_only, l.is_point, l.heading,
    l.text, a.title as answer_title, a.url as answer_url
  from ({chosen}) c join lessons l on l.n = c.n join documents d on d.id = l.document
  left join documents a on a.id = l.answer order by l.n"""
_OFFERED = """select n, key, label, lessons from lesson_addressees where n <= ?
  union select n, key, label, lessons from lesson_addressees where key in (select value from json_each(?)) order by n"""

_TITLES = """select document, title from lesson_reports where document in (select value from json_each(?))
  order by document"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """One page of lessons, how many there are by state, and what can be chosen.

    ``addressees`` has key, label and number of lessons of those addressed most often, and of those asked for;
    ``titles`` those of the reports asked for; ``reports`` is the number of all that are listed.
    """

    lessons: list[Row]
    states: Mapping[str, int]
    addressees: list[Row]
    titles: Mapping[str, str]
    reports: int


def addressees(connection: Connection, asked: Sequence[str]) -> tuple[str, ...]:
    """Return those of some keys to whom lessons are addressed, and those who are offered."""
    return tuple(addressee["key"] for addressee in _offered(connection, asked))


def reports(connection: Connection, asked: Sequence[str]) -> tuple[str, ...]:
    """Return those of some documents that have lessons."""
    return tuple(_titles(connection, asked))


def page(connection: Connection, values: Values, *, limit: int, offset: int) -> Lessons:
    """Return one page of the lessons that have what was asked for, the newest report first."""
    total = row(connection, "select number from counts where list = 'lesson_reports' and facet = ''")
    return Lessons(
        lessons=lessons(connection, values, limit=limit, offset=offset),
        states=states(connection, values),
        addressees=_offered(connection, values.get("addressee", ())),
        titles=_titles(connection, values.get("report", ())),
        reports=total["number"] if total else 0,
    )


def lessons(connection: Connection, values: Values, *, limit: int, offset: int = 0) -> list[Row]:
    """Return lessons that have what was asked for, in the order of the page."""
    index, where, params = _chosen(values)
    chosen = f"select n from lessons indexed by {index} where {where} order by n limit :limit offset :offset"
    return rows(connection, _LESSONS.format(chosen=chosen), {**params, "limit": limit, "offset": offset})


def states(connection: Connection, values: Values) -> dict[str, int]:
    """Return how many lessons have what was asked for, by state."""
    if not (values.get("report") or values.get("addressee")):
        return _counted(connection, values)
    index, where, params = _chosen(values)
    counted = rows(
        connection, f"select state, count(*) as n from lessons indexed by {index} where {where} group by 1", params
    )
    return {row["state"]: row["n"] for row in counted}


def states_of_report(connection: Connection, document: str) -> dict[str, int]:
    """Return how many lessons a report has, by state."""
    return states(connection, {"report": (document,)})


def _offered(connection: Connection, asked: Sequence[str]) -> list[Row]:
    return rows(connection, _OFFERED, [MAX_ADDRESSEES_OFFERED, json.dumps(list(asked))])


def _titles(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    return {row["document"]: row["title"] for row in rows(connection, _TITLES, [json.dumps(list(reports))])}


def _counted(connection: Connection, values: Values) -> dict[str, int]:
    """Return the numbers of all lessons that are listed, from those that the export counted."""
    where = "list = 'lessons' and facet <> ''"
    params: list[object] = []
    for column, asked in (("facet", values.get("kind")), ("value", values.get("answer"))):
        if asked:
            where += f" and {column} in (select value from json_each(?))"
            params.append(json.dumps(list(asked)))
    counted = rows(connection, f"select value, sum(number) as n from counts where {where} group by 1", params)
    return {row["value"]: row["n"] for row in counted}


def _chosen(values: Values) -> tuple[str, str, dict[str, object]]:
    """Return the index that holds the shortest list asked for, and the condition.

    What is listed once is shown as often as it is there where reports are asked for by name.
    """
    parts, params = [], {}
    for field, column in _COLUMNS.items():
        if asked := values.get(field):
            keys = ["" if field == "addressee" and value == NOBODY else value for value in asked]
            params[field] = json.dumps(keys)
            parts.append(f"{column} in (select value from json_each(:{field}))")
    if not values.get("report"):
        parts.append("is_listed = 1")
    one_state = len(values.get("answer", ())) == 1
    index = next((name for field, name in _INDEXES.items() if values.get(field)), None)
    return index or ("lessons_state" if one_state else "lessons_listed"), " and ".join(parts), dict(params)
