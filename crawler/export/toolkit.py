"""Documents of the libraries as cards: what each states, what became stale since, and by what it is found."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from crawler.classify.toolkit import MEMBER, ROUND_UP, SHELVES, SOURCE
from crawler.classify.toolkit.vocabulary import CLOSED, OPEN, OTHER
from crawler.export import cards
from crawler.export.cards import by_title
from crawler.export.cells import json_text
from crawler.identifiers.acts import called, titles
from crawler.public.guidance import Guidance, named_guidance, newer
from crawler.public.toolkit import NOT_STATED
from crawler.sources.areas import areas
from crawler.wording import provision

MAX_VALUES_SHOWN = 8
"""Values of a field that a page shows with their words: of those behind them the words are not kept."""

MAX_VALUES_PER_FIELD = 1_000
"""Values of a field that are kept of one document and its attachments."""

_AREAS = {nation: areas(nation) for nation in CLOSED["training"]["nation"]}

_OFF_LIST = """insert into temp.off_list select u.document, min(u.source), max(u.seen) from unlisted u
  where not exists (select 1 from document_sources s where s.document = u.document
    and s.source not in (select w.source from unlisted w where w.document = u.document)) group by 1"""
"""What a complete list does not name any more, and no other source has."""

_REPLACED = """insert or ignore into temp.replaced
  select o.id, d.id from relations r join documents d on d.id = r.document join documents o on o.n = r.target_n
    join temp.shelf_kinds k on k.kind = o.kind
  where r.relation in ('replaces', 'supersedes') and k.part <> 'law' and d.is_listed and o.id <> d.id order by d.n"""
"""Guidance and reports of which a page says that another one has taken their place; law says when it ends."""

_IS_OVER = """(d.availability in ('gone', 'withdrawn') or d.in_force like 'not applicable: %'
  or exists (select 1 from temp.off_list o where o.document = d.id)
  or exists (select 1 from temp.replaced o where o.document = d.id))"""
"""What lists leave out unless they are asked for it: withdrawn, gone, replaced, off its list; law that has ended."""

_FOLDED = f"""insert into temp.folded
  with first as (select e.document, e.date, s.id as series, min(s.position) from series_editions e
      join series s on s.id = e.series group by e.document),
    ranked as (select f.series, f.document, k.part,
      first_value(f.document) over same as card, row_number() over same as place
      from first f join documents d on d.id = f.document join temp.shelf_kinds k on k.kind = d.kind
      where d.is_listed
      window same as (partition by f.series, k.part order by {_IS_OVER}, f.date is null, f.date desc, f.document))
  select series, document, part, card, place, '' from ranked where place > 1"""
"""Editions of a series that stand on the card of the newest one that is not withdrawn."""

_UNREGISTERED = f"""select k.part, d.id, d.title, d.published, d.publisher, d.issuer, d.jurisdiction, d.kind, {_IS_OVER}
  from documents d join temp.shelf_kinds k on k.kind = d.kind
  where k.part in ('reports', 'guidance') and d.is_listed
    and not exists (select 1 from series_editions e where e.document = d.id)
  order by d.id"""
"""Reports and guidance of no series that is kept by hand: their titles tell editions."""

_MEMBERS = f"""insert into temp.members
  select row_number() over (order by m.part, m.part = 'law' and t.document is null,
      case when t.document is not null then coalesce(j.place, 99) end,
      coalesce(case when m.part = 'law' then d.changed end, d.updated, d.published, d.first_seen) desc, d.id) as n,
    m.part, d.id as document, substr(coalesce(nullif(d.updated, ''), d.published, ''), 1, 10) as day,
    {_IS_OVER} as is_over, m.part = 'law' and t.document is not null as is_tracked
  from (select part, document from p.toolkit_facts where field = '{MEMBER}' and part <> '{ROUND_UP}'
          and not exists (select 1 from temp.folded f where f.document = toolkit_facts.document and f.part = 'guidance')
      union select k.part, l.id from documents l join temp.shelf_kinds k on k.kind = l.kind
        where l.is_listed and not exists (select 1 from temp.folded f where f.document = l.id)) m
    join documents d on d.id = m.document
    left join (select distinct coalesce(a.document, x.address) as document from p.tracked x
      left join p.aliases a on a.alias = x.address) t on t.document = d.id
    left join temp.nations j on j.name = d.jurisdiction"""
"""Law that is followed by name stands first, by nation; then the newest change, of other libraries the newest date."""

_FACTS = f"""select m.n, m.part, m.document, m.day, m.is_over, x.id, x.title, f.field, f.value, f.place, f.words
  from temp.members m left join visible v on v.root = m.document and not v.private
    left join p.documents x on x.rowid = v.place
    left join p.toolkit_facts f on f.document = x.id and f.part = iif(m.part in (select part from temp.shelf_kinds),
      '{ROUND_UP}', m.part)
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

_LISTS = f"""
  with card as materialized (select m.n, m.part, m.is_over, m.is_tracked, d.n as document, d.kind, d.jurisdiction,
      case when d.issuer like 'not stated%' then null else d.publisher end as publisher
    from temp.members m cross join documents d on d.id = m.document)
  select part, 'kind', kind, n from card
  union all select part, 'publisher', coalesce(publisher, '{NOT_STATED}'), n from card
  union all select part, 'withdrawn', iif(is_over, 'yes', 'no'), n from card
  union all select part, 'followed', iif(is_tracked, 'yes', 'no'), n from card where part = 'law'
  union all select c.part, 'nation', coalesce(j.asked, '{NOT_STATED}'), c.n from card c
    left join temp.nation_of j on j.jurisdiction = c.jurisdiction where c.part <> 'training'
  union all select c.part, f.facet, coalesce(l.value, '{NOT_STATED}'), c.n
    from (select 'topic' as facet union all select 'role') f cross join card c
    left join document_labels l on l.document = c.document and l.facet = f.facet"""
"""What a card is found by beside what it states; each of these reads the cards in the order of n."""

_COUNTS = """insert into counts
  select l.part, l.field, l.value, sum(not r.withdrawn) from resource_lists l join resources r on r.n = l.resource
    where l.field <> 'withdrawn' group by 1, 2, 3
  union all select part, 'withdrawn', iif(withdrawn, 'yes', 'no'), count(*) from resources group by 1, 3
  union all select part, '', '', count(*) from resources group by 1 order by 1, 2, 3"""
"""Of each value the number of documents that are not withdrawn."""

Fields = dict[str, list[dict[str, Any]]]
"""What a document states, by field: value, label, place, words, document, attachment and other of each value."""

_Places = defaultdict[tuple[str, str, str], "array[int]"]
"""The cards, by their n in order, of a part, field and value."""


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
    """Fill the tables of the libraries, as they are at the clock of the newest crawl; they are prepared."""
    named = _named(connection, clock)
    more = cards.facts(connection, clock)
    places: _Places = defaultdict(lambda: array("I"))
    for n, rows in groupby(connection.execute(_FACTS), key=itemgetter(0)):
        card = _card(n, list(rows), named, places)
        connection.execute("insert into resources values (?, ?, ?, ?, ?, ?, ?, ?)", (*card, json_text(more(n))))
    for part, field, value, n in connection.execute(_LISTS):
        places[part, field, value].append(n)
    listed = ((*place, json.dumps(places[place].tolist())) for place in sorted(places))
    connection.executemany("insert into resource_lists select ?, ?, ?, value from json_each(?)", listed)
    connection.execute(_COUNTS)


_TABLES = """
create temp table shelf_kinds(part text, kind text primary key);
create temp table nations(name text primary key, place integer);
create temp table nation_of(jurisdiction text, asked text, primary key (jurisdiction, asked));
create temp table off_list(document text primary key, source text, seen text);
create temp table replaced(document text primary key, later text);
create temp table folded(series text, document text primary key, part text, card text, place integer, year text);
create index temp.folded_card on folded(card);
create temp table members(n integer primary key, part text, document text, day text, is_over integer,
  is_tracked integer)"""


def prepare(connection: Connection) -> None:
    """Make the tables of the members of each library, and of what these are made from."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    kinds = ((part, kind) for part, listed in SHELVES.items() for kind in listed)
    connection.executemany("insert into shelf_kinds values (?, ?)", kinds)
    connection.executemany("insert into nations values (?, ?)", ((name, place) for place, name in enumerate(_AREAS)))
    found = connection.execute("select distinct jurisdiction from documents where jurisdiction <> ''").fetchall()
    meant = ((place, asked) for (place,) in found for asked in _AREAS if asked in areas(place))
    connection.executemany("insert into nation_of values (?, ?)", meant)
    for statement in (_OFF_LIST, _REPLACED, _FOLDED):
        connection.execute(statement)
    connection.executemany(
        "insert into folded values ('', ?, ?, ?, ?, ?)", by_title(connection.execute(_UNREGISTERED).fetchall())
    )
    connection.execute(_MEMBERS)


def _card(n: int, rows: Sequence[tuple[Any, ...]], named: _Named, places: _Places) -> tuple[object, ...]:
    """Return the row of a document; add it to the places where it is found by what it states."""
    _, part, document, day, is_over, *_ = rows[0]
    fields = _fields(part, document, [row[5:] for row in rows if row[7] is not None], named.laws)
    names = [value["value"] for value in fields.get("guidance", ())]
    for field, value in _lists(part, frozenset((row[7], row[8]) for row in rows if row[7] in CLOSED[part])):
        places[part, field, value].append(n)
    outdated = newer(document, names, named.guidance, named.clock)
    stale = _stale(day, fields, named)
    return n, part, document, is_over, json_text(fields), json_text(stale), json_text(outdated)


@lru_cache(8_192)
def _lists(part: str, stated: frozenset[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Return each field of a closed list with each value by which a document is found.

    Who asks for Wales gets what applies in the United Kingdom, too.
    """
    values: dict[str, set[str]] = {field: set() for field in CLOSED[part]}
    for field, value in stated:
        values[field].add(value)
    if nations := values.get("nation"):
        nations |= {asked for asked, meant in _AREAS.items() if not nations.isdisjoint(meant)}
    return [(field, value) for field, wide in values.items() for value in wide or {NOT_STATED}]


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
    """Return the name of a law: as we hold it, else as it is known, else by its number as it is cited.

    >>> _law_name("celex:32017R0745", {})
    'Regulation (EU) 2017/745'
    """
    return laws[law].title if law in laws else titles().get(law) or called(law)


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
