"""The documents of the toolkit as cards: what each states, what became stale since, and by what it is found."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from crawler.classify.toolkit import MEMBER, SOURCE
from crawler.classify.toolkit.laws import ACTS
from crawler.classify.toolkit.vocabulary import CLOSED, OPEN, OTHER
from crawler.export.cells import json_text
from crawler.export.guidance import Guidance, named_guidance, newer
from crawler.public.toolkit import NOT_STATED
from crawler.sources.areas import areas
from crawler.wording import provision

MAX_VALUES_SHOWN = 8
"""Values of a field that a page shows with their words: of those behind them the words are not kept."""

MAX_VALUES_PER_FIELD = 1_000
"""Values of a field that are kept of one document and its attachments."""

_AREAS = {nation: areas(nation) for nation in CLOSED["training"]["nation"]}
_ACTS = {act: title for title, act in ACTS.items()}

_MEMBERS = f"""create temp table toolkit_members as
  select row_number() over (order by m.part, coalesce(d.updated, d.published, d.first_seen) desc, d.id) as n,
    m.part, d.id as document, substr(coalesce(nullif(d.updated, ''), d.published, ''), 1, 10) as day
  from (select distinct document, part from p.toolkit_facts where field = '{MEMBER}') m
    join p.documents d on d.id = m.document join visible v on v.document = d.id
  where not exists (select 1 from p.unlisted u left join p.aliases a on a.alias = u.document
    where coalesce(a.document, u.document) = d.id and not exists (
      select 1 from p.document_sources s where s.document = d.id and s.source <> u.source))"""
"""What a complete list does not name any more is in no library, unless another source has it."""

_FACTS = """select m.n, m.part, m.document, m.day, x.id, x.title, f.field, f.value, f.place, f.words
  from temp.toolkit_members m left join visible v on v.root = m.document and not v.private
    left join p.documents x on x.id = v.document
    left join p.toolkit_facts f on f.document = x.id and f.part = m.part
  order by m.n, x.id <> m.document, x.id, f.field, f.value"""

_NAMED = """select distinct f.field, f.value from p.toolkit_facts f join visible v on v.document = f.document
  where not v.private and f.field in ('law', 'provision', 'guidance')"""

_LAWS = """select 0 as rank, l.value, d.id, d.title from json_each(:laws) l join p.documents d on d.title = l.value
    join visible v on v.document = d.id where d.kind in ('act', 'asp', 'si', 'legislation')
  union select 1, l.value, d.id, d.title from json_each(:laws) l join p.aliases a on a.alias = l.value
    join p.documents d on d.id = a.document join visible v on v.document = d.id
  union select 1, l.value, d.id, d.title from json_each(:laws) l join p.documents d on d.id = l.value
    join visible v on v.document = d.id order by 1, 3"""
"""Laws by the name under which they are named; the last of several holds."""

_CHANGED = """select c.document, substr(coalesce(c.occurred, c.seen), 1, 10) as day, count(*)
  from p.changes c join visible v on v.document = c.document
  where c.document in (select value from json_each(?)) and c.cause = 'source' and c.significance <> 'editorial'
    and c.kind in ('added', 'removed', 'changed', 'status', 'date', 'withdrawn') group by 1, 2 order by 1, 2"""

_OFFERED = """select distinct f.part, f.field, f.value from p.toolkit_facts f
  join visible v on v.document = f.document where not v.private"""

Fields = dict[str, list[dict[str, Any]]]
"""What a document states, by field: value, label, place, words, document, attachment and other of each value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Law:
    id: str
    title: str
    changes: Sequence[tuple[str, int]]
    """Days on which it changed in meaning, and how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What the documents of the toolkit name, as far as it is held here; ``clock`` is that of the newest crawl."""

    laws: Mapping[str, _Law]
    guidance: Mapping[str, Sequence[Guidance]]
    clock: str


def fill(connection: Connection, clock: str) -> None:
    """Fill the tables of resources, as they are at the clock of the newest crawl."""
    connection.execute(_MEMBERS)
    named = _named(connection, clock)
    places: list[tuple[str, str, str, int]] = []
    cards = (_card(n, list(rows), named, places) for n, rows in groupby(connection.execute(_FACTS), key=itemgetter(0)))
    connection.executemany("insert into resources values (?, ?, ?, ?, ?, ?)", cards)
    places.sort()
    connection.executemany("insert into resource_lists values (?, ?, ?, ?)", places)
    _count(connection, Counter(place[:3] for place in places))


def _count(connection: Connection, numbers: Counter[tuple[str, str, str]]) -> None:
    offered = {(part, field, value) for part, field, value in connection.execute(_OFFERED) if field in CLOSED[part]}
    shown = sorted(offered | {key for key in numbers if key[2] == NOT_STATED})
    connection.executemany("insert into counts values (?, ?, ?, ?)", [(*key, numbers[key]) for key in shown])
    connection.execute("insert into counts select part, '', '', count(*) from resources group by part order by part")


def _card(
    n: int, rows: Sequence[tuple[Any, ...]], named: _Named, places: list[tuple[str, str, str, int]]
) -> tuple[object, ...]:
    """Return the row of a document; add what it is found by to the places: part, field, value and n."""
    _, part, document, day, *_ = rows[0]
    fields = _fields(part, document, [row[4:] for row in rows if row[6] is not None], named.laws)
    names = [value["value"] for value in fields.get("guidance", ())]
    places += [(part, field, value, n) for field, value in _lists(part, {(row[6], row[7]) for row in rows})]
    outdated = newer(document, names, named.guidance, named.clock)
    return n, part, document, json_text(fields), json_text(_stale(day, fields, named)), json_text(outdated)


def _lists(part: str, stated: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each field of a closed list with each value by which a document is found.

    Who asks for Wales gets what applies in the United Kingdom, too.
    """
    values: dict[str, set[str]] = defaultdict(set)
    for field, value in stated:
        values[field].add(value)
    for field in CLOSED[part]:
        wide = values[field]
        if field == "nation":
            wide = wide | {asked for asked, meant in _AREAS.items() if not wide.isdisjoint(meant)}
        yield from ((field, value) for value in wide or {NOT_STATED})


def _fields(part: str, document: str, facts: Sequence[tuple[Any, ...]], laws: Mapping[str, _Law]) -> Fields:
    """Return the values by field: what the document itself states, else its attachments, else its source."""
    fields: Fields = {}
    by_field: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        by_field[fact[2]].append(_stated(part, document, fact, laws))
    for field in filter(by_field.__contains__, (*CLOSED[part], *OPEN[part])):
        stated = by_field[field]
        from_page = [value for value in stated if value["place"] != SOURCE]
        own = [value for value in from_page if not value["attachment"]]
        values = own or from_page or stated
        fields[field] = _shortened({value["label"]: value for value in reversed(values)})
    return fields


def _shortened(by_label: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return values, given in reverse, in their order; words only of those that a page shows."""
    values = list(by_label.values())[::-1][:MAX_VALUES_PER_FIELD]
    rest = [value if value["place"] == SOURCE else {**value, "words": ""} for value in values[MAX_VALUES_SHOWN:]]
    return values[:MAX_VALUES_SHOWN] + rest


def _stated(part: str, top: str, fact: tuple[Any, ...], laws: Mapping[str, _Law]) -> dict[str, Any]:
    document, title, field, value, place, words = fact
    label = CLOSED[part][field].get(value, value) if field in CLOSED[part] else value
    other = field in CLOSED[part] and value == OTHER
    if other:
        label = words
    if field in ("law", "provision"):
        law, _, path = value.partition("#")
        label = ", ".join(text for text in (_law_name(law, laws), provision_words(path)) if text)
    return {
        "value": value,
        "label": label,
        "place": place,
        "words": words,
        "document": document,
        "attachment": "" if document == top else title,
        "other": other,
    }


def provision_words(path: str) -> str:
    """Return the path of a provision as lawyers write it; of a range, both ends.

    >>> provision_words("section-52"), provision_words("section-1..section-4"), provision_words("")
    ('Section 52', 'Section 1 to Section 4', '')
    """
    return " to ".join(provision(part) or part.replace("-", " ") for part in path.split("..")) if path else ""


def _law_name(law: str, laws: Mapping[str, _Law]) -> str:
    """Return the name of a law: as we hold it, else as it is known, else its number."""
    return laws[law].title if law in laws else _ACTS.get(law, law.removeprefix("celex:"))


# What has changed since


def _named(connection: Connection, clock: str) -> _Named:
    values: dict[str, set[str]] = defaultdict(set)
    for field, value in connection.execute(_NAMED):
        values[field].add(value)
    names = {value.partition("#")[0] for value in values["law"] | values["provision"]}
    return _Named(laws=_laws(connection, names), guidance=named_guidance(connection, values["guidance"]), clock=clock)


def _laws(connection: Connection, names: Iterable[str]) -> dict[str, _Law]:
    """Return the laws named that are held, by the id, other identifier or title under which they are named."""
    wanted = json.dumps(sorted(names))
    held = {name: (law, title) for _, name, law, title in connection.execute(_LAWS, {"laws": wanted})}
    changes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for law, day, count in connection.execute(_CHANGED, [json.dumps(sorted({law for law, _ in held.values()}))]):
        changes[law].append((day, count))
    return {name: _Law(id=law, title=title, changes=changes[law]) for name, (law, title) in held.items()}


def _stale(since: str, fields: Fields, named: _Named) -> list[dict[str, Any]]:
    """Return each law it names that changed between its date and the clock: in meaning, by its publisher."""
    if not since:
        return []
    stale: dict[str, dict[str, Any]] = {}
    for value in (*fields.get("law", ()), *fields.get("provision", ())):
        law = named.laws.get(value["value"].partition("#")[0])
        changes = [change for change in law.changes if since < change[0] <= named.clock[:10]] if law else []
        if law and changes:
            total = sum(count for _, count in changes)
            stale[law.id] = {"id": law.id, "title": law.title, "day": changes[-1][0], "changes": total}
    return [stale[name] for name in sorted(stale)]
