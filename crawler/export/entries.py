"""Entries as readers and feeds get them: each a row that is a whole card, and the lists by which it is found."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from crawler.export.cells import MAX_CELL_CHARACTERS, MAX_REMEMBERED, json_text
from crawler.export.shown import listed, read
from crawler.feeds.entry import Entry
from crawler.feeds.weight import BOUND, LAW
from crawler.public.parts import PART
from crawler.sources.vocabulary import READER_OF
from crawler.store.placements import entry_id
from crawler.store.visibility import lost

_BATCH = 2_000
_joined_once = lru_cache(MAX_REMEMBERED)(json_text)
_WEIGHT = "case e.significance when 'legal effect' then 0 when 'substantive' then 1 else 2 end"
"""Entries of one crawl are in the order of their weight."""

_PART = f"""case when e.announced is null then 0 else cast(substr(e.crawl, 1, 6) as integer) * 10000 + 1
    + (row_number() over (partition by e.announced is null, substr(e.crawl, 1, 6) order by e.crawl, e.id) - 1) / {PART}
  end"""
"""The part of the archive of feeds. What is announced later always sorts behind: names of crawls only grow."""

_PREPARED = f"""
create temp table ranked(n integer primary key, place integer, rank integer, part integer);
insert into ranked select row_number() over (order by e.announced is null, e.announced desc, {_WEIGHT}, e.title, e.id),
  e.rowid, row_number() over (order by e.announced is null, e.updated desc, {_WEIGHT}, e.title, e.id), {_PART}
  from p.entries e order by 1;
create temp table behind as
  select entry, fetch, min(rank) as rank, part, document from (
    select c.entry, c.fetch, c.document, 1 as part, row_number() over (partition by c.entry order by
      case c.significance when 'legal effect' then 0 when 'substantive' then 1 else 2 end,
      c.kind = 'note', c.document <> e.document, c.fetch = e.fetch desc, c.seen, c.document, c.position, c.id) as rank
      from p.announcements c join p.entries e on e.id = c.entry where c.fetch is not null
    union all select e.id, e.fetch, e.document, 1, case e.kind when 'new' then 0 else 1000000 end
      from p.entries e where e.fetch is not null
    union all select c.entry, v.fetch, c.document, 2, 2000000 from p.announcements c
      join p.versions v on v.id = c.previous
      where c.entry is not null)
  where (document is null or document not in (select document from taken_down))
    and entry not in (select e.id from p.entries e where {lost("e", "p.")}) group by entry, fetch;
create index temp.behind_entry on behind(entry);
create temp table removed_from_lists(entry text primary key, number integer) without rowid;
insert or ignore into removed_from_lists
  select list_entry(source, kind, crawl), count(*) from p.list_changes group by source, kind, crawl having
    max(exists (select 1 from (select before as place union all select after) where place ->> 'document' in (
        select name from removed_names) or 'url:' || (place ->> 'url') in (select name from removed_names)))
"""

_STATUS = f"""case when d.availability = 'withdrawn' and d.kind not in ({", ".join(f"'{kind}'" for kind in LAW)})
    then 'withdrawn' else d.status end"""
"""The legal status of a document; of what is no law that it was withdrawn ends its weight."""

_ENTRIES = f"""select e.*,
    coalesce((select x.issuer from documents x where x.id = e.document),
      (select case when count(distinct x.issuer) = 1 then min(x.issuer) else 'several, listed by ' || p.name end
        from p.entry_sections y join documents x on x.id = y.document
        where e.document is null and y.entry = e.id having count(*) > 0),
      issuer(coalesce(d.author, ''), coalesce(p.name, ''))) as publisher_name,
    coalesce(p.copy, (select copy from p.publishers where id = s.publisher)) as copy,
    s.name as source_name, {_STATUS} as status,
    coalesce((select t.title from p.versions t where t.document = e.document and t.captured <= e.seen and t.title <> ''
      order by t.language <> 'en', t.captured desc, t.id limit 1), d.title) as document_title,
    coalesce(v.private, r.document is not null) as private, r.day as taken_down,
    (select json_group_array(topic) from (select t.topic from p.document_topics t
      where t.document = e.document and t.band = 'in' order by t.score desc, t.topic)) as topics,
    (select json_group_object(facet, json(named)) from (select l.facet, json_group_array(l.value) as named
      from p.entry_facets l where l.entry = e.id group by l.facet)) as facets,
    {lost("e", "p.")} as lost, coalesce(m.number, 0) as removed_from_list, ranked.n, ranked.rank, ranked.part
  from ranked cross join p.entries e on e.rowid = ranked.place left join p.publishers p on p.id = e.publisher
    left join p.sources s on s.id = e.source left join p.documents d on d.id = e.document
    left join visible v on v.document = e.document left join taken_down r on r.document = e.document
    left join removed_from_lists m on m.entry = e.id
  order by ranked.n"""

_LISTED = """create temp table listed(
    entry text primary key, n integer, is_announced integer, removed text,
    kind text, publisher text, source text, change text, significance text
  ) without rowid;
insert into listed select id, n, announced is not null, removed, document_kind, publisher, source, kind, significance
  from entries order by id"""
"""Of entries what lists of them need: rows of entries are long."""

_COLUMNS = ("change", "kind", "publisher", "significance", "source")
"""Facets that are columns of every entry."""

_FACET_VALUES = f"""select distinct facet, value from p.entry_facets where value <> '' and facet <> '{BOUND}'
  order by 1, 2"""

_BY_COLUMN = """insert or ignore into entry_lists select '{0}', {0}, n from listed
  where is_announced and {0} <> '' order by {0}, n"""

_BY_VALUE = """insert or ignore into entry_lists select f.facet, f.value, e.n
  from p.entry_facets f join listed e on e.entry = f.entry
  where f.facet = ? and f.value = ? and e.is_announced order by e.n"""

_AS_READER = """insert or ignore into entry_lists select 'role', ?, e.n
  from p.entry_facets f join listed e on e.entry = f.entry
  where f.facet = 'aimed_at' and f.value = ? and e.is_announced order by e.n"""

_SECTIONS = """insert or ignore into entry_sections
  select s.document, case when x.private then '' else s.path end, e.n
  from p.entry_sections s join listed e on e.entry = s.entry
    left join names x on x.name = s.document
  where s.document not in (select name from removed_names) and e.removed <> 'redacted' order by 1, 2, 3"""

_CAPTURES = """insert into entry_captures
  select e.n, row_number() over (partition by e.n order by b.rank, c.time desc, c.n), b.part, b.fetch,
    case when d.parent is null or exists (select 1 from p.versions v where v.document = d.id)
      then coalesce(d.title, '') else '' end from behind b join listed e on e.entry = b.entry
    join captures c on c.n = b.fetch left join p.documents d on d.id = b.document where e.removed = '' order by 1, 2"""
"""A file that was named on a page and not read gives no title to what was read: that is the page."""

_COUNTS = """insert into counts
  select 'entries', facet, value, count(*) from entry_lists
    where facet = 'significance' or entry not in (select n from entries where not is_default) group by 2, 3
  union all select 'entries', '', '', count(*) from entries where is_default order by 1, 2, 3"""

_VALUES = """insert or ignore into facet_values select facet, value, label from (
    select 'jurisdiction' as facet, jurisdiction as value, '' as label from documents
    union select 'jurisdiction', jurisdiction, '' from entries
    union select 'jurisdiction', jurisdiction, '' from sources
    union select 'kind', kind, '' from documents union select 'kind', document_kind, '' from entries
    union select 'kind', kind, '' from sources
    union select 'publisher', id, name from publishers union select 'source', id, name from sources)
  where value <> '' order by 1, 2"""


def prepare(connection: Connection) -> None:
    """Record what entries are made of, so that the captures behind them are known."""
    connection.create_function("list_entry", 3, entry_id, deterministic=True)
    for statement in _PREPARED.split(";\n"):
        connection.execute(statement)


def fill(connection: Connection) -> None:
    """Fill the tables of entries."""
    people = _People(connection)
    reading = connection.execute(_ENTRIES)
    names = [column[0] for column in reading.description]
    marks = ", ".join("?" * 45)
    while rows := reading.fetchmany(_BATCH):
        kept = [_row(dict(zip(names, row, strict=True)), people) for row in rows]
        connection.executemany(f"insert into entries values ({marks})", kept)
    for statement in _LISTED.split(";\n"):
        connection.execute(statement)
    _lists(connection)
    for statement in (_SECTIONS, _CAPTURES, "drop table listed"):
        connection.execute(statement)


def _lists(connection: Connection) -> None:
    """Fill the lists value by value in their order: sorting each takes half as long as sorting all of them."""
    values: dict[str, list[str]] = {column: [] for column in _COLUMNS}
    for facet, value in connection.execute(_FACET_VALUES).fetchall():
        values.setdefault(facet, []).append(value)
    for facet in sorted(values):
        if facet in _COLUMNS:
            connection.execute(_BY_COLUMN.format(facet))
        for value in values[facet]:
            connection.execute(_BY_VALUE, (facet, value))
    for service, reader in READER_OF.items():
        connection.execute(_AS_READER, (reader, service))


def count(connection: Connection) -> None:
    """Count the entries of each list, and note the values that filters may have beside their closed lists."""
    connection.execute(_COUNTS)
    connection.execute(_VALUES)


class _People:
    """Names of what is about people: private parts of families, by the id of their top, and what was removed."""

    def __init__(self, connection: Connection) -> None:
        self.private: set[str] = set()
        self.removed: set[str] = set()
        self.parts: dict[str, set[str]] = defaultdict(set)
        for name, document, root, is_removed in connection.execute(
            "select name, document, root, is_removed from names"
        ):
            self.private.add(name)
            if is_removed:
                self.removed.add(name)
            if document != root:
                self.parts[root].add(name)

    def of(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return what of a row is about other people than its own document: ``private_parts``, ``removed_copies``."""
        named = {str(detail["document"]) for detail in listed(row["details"])} & self.private
        parts = sorted(self.parts.get(row["document"] or "", set()) | named)
        copies = [copy["document"] for copy in listed(row["copies"])]
        return {
            "private_parts": json_text(parts),
            "removed_copies": json_text([name for name in copies if name in self.removed]),
        }


def _row(row: Mapping[str, Any], people: _People) -> tuple[object, ...]:
    entry = read({**row, **people.of(row)})
    is_default = row["announced"] is not None and (row["significance"] != "editorial" or row["document"] is None)
    return (
        row["n"], entry.id, row["part"], None if entry.removed else entry.document or None, *_words(entry, row),
        *_facts(entry, row), *map(_joined_once, (entry.why, entry.aimed_at, entry.look_for, entry.flags, entry.sure)),
        int(entry.confirmed), json_text(_copies(entry)), _joined_once(entry.topics), json_text(entry.facets),
        int(entry.private), entry.removed, int(is_default), row["rank"],
    )  # fmt: skip


def _words(entry: Entry, row: Mapping[str, Any]) -> Iterator[object]:
    details = [
        {
            "kind": told.kind, "verb": told.verb, "document": told.document, "path": told.path, "heading": told.heading,
            "words": [[word.op, word.text] for word in told.words], "duty": [asdict(one) for one in told.duty],
        }
        for told in entry.told
    ]  # fmt: skip
    yield from (entry.kind, entry.title, entry.verb, entry.summary, _fitting(details), entry.url, entry.jurisdiction)
    yield from (row["publisher"], entry.publisher_name, row["source"], entry.source_name, entry.document_kind)
    yield from (entry.document_title, entry.status)


def _fitting(details: Sequence[Mapping[str, Any]]) -> str:
    """Return as many of the differences as a cell may hold, from the first on."""
    while len(text := json_text(details)) > MAX_CELL_CHARACTERS:
        details = details[: len(details) // 2]
    return text


def _facts(entry: Entry, row: Mapping[str, Any]) -> Sequence[object]:
    return (
        row["published"], row["updated_by_publisher"], row["occurred"], row["day"], entry.in_force, entry.note,
        entry.significance, entry.late, entry.seen, row["announced"], entry.updated or None, entry.state,
        row["capture_time"], entry.capture_digest,
    )  # fmt: skip


def _copies(entry: Entry) -> list[dict[str, str]]:
    names = ("document", "title", "url", "publisher", "relation", "language")
    return [{name: getattr(copy, name) for name in names} for copy in entry.copies]
