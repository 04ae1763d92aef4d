"""Documents as readers may see them: facts, names, labels, reasons, relations, and law that concerns them."""

import json
from collections import defaultdict
from hashlib import sha256
from sqlite3 import Connection

from crawler.export.visibility import weight
from crawler.sources.vocabulary import ABSTRACT, READER_OF
from crawler.wording import MADE

HELD = (
    "(select x.n from visible x where x.document = coalesce((select document from p.aliases where alias = {0}), {0}))"
)
"""The number of a document that is held, by any of its names."""

_NEVER = "9999"
"""A time behind every other."""

_READ = """create temp table effect_lists as
  select stated.id as fetch, stated.role,
    (select max(again.time) from p.fetches again where again.url = stated.url and again.id >= stated.id
      and (again.id = stated.id or again.outcome in ('unchanged', 'not modified'))) as read,
    (select min(later.time) from p.fetches later where later.url = stated.url and later.id > stated.id
      and later.outcome = 'accepted') as later
  from p.fetches stated where stated.id in (select fetch from p.effects)"""

_LATER_TEXT = """(select min(f.time) from p.versions v join p.fetches f on f.id = v.fetch
  where v.document = coalesce((select document from p.aliases where alias = e.affected), e.affected)
    and v.representation = 'structured' and v.partial = 0 and v.fetch > e.fetch and e.affected not like 'celex:%')"""
"""When a later text of the affected law was read: each of legislation.gov.uk carries the whole list of what is not
worked in. Texts of the EU carry none; its notices do."""

_EFFECTS = f"""insert into effects select e.id, e.affected, {HELD.format("e.affected")}, e.affected_provision,
    e.affecting, {HELD.format("e.affecting")}, e.affecting_provision, e.type, e.applied, e.required, e.in_force,
    e.head, e.nature, e.affected_paths, e.affecting_paths, e.affected_title, e.affecting_title, e.starts,
    e.commencement, e.savings, e.comments, e.commenced,
    case when e.in_force glob '[0-9]*' then substr(e.in_force, 1, 10) else '' end, e.seen, substr(l.read, 1, 10),
    case when l.role = 'document'
      then nullif(min(coalesce(l.later, '{_NEVER}'), coalesce({_LATER_TEXT}, '{_NEVER}')), '{_NEVER}') end
  from p.effects e join effect_lists l on l.fetch = e.fetch
  where e.affected not in (select name from removed_names)
    and e.affecting not in (select name from removed_names) order by e.id"""


def fill_effects(connection: Connection) -> None:
    """Fill the table of effects."""
    connection.execute(_READ)
    connection.execute(_EFFECTS)
    connection.execute("drop table effect_lists")


_MADE = " ".join(f"when '{event}' then '{verb}'" for event, verb in MADE.items())
_PUBLISHED_AS = f"""coalesce((select case m.event {_MADE} end from p.dates m where m.document = d.id
  and m.event in {tuple(MADE)} and substr(m.date, 1, 10) = substr(d.published, 1, 10) limit 1), 'published')"""

_DOCUMENTS = f"""insert into documents
  select v.n, d.id, (select x.document from visible x where x.document = d.parent), d.root, d.kind, d.title, d.url,
    d.publisher, d.author,
    issuer(d.author, coalesce((select name from p.publishers where id = d.publisher), '')), d.jurisdiction, d.extent,
    case when v.private then '' when not v.words then substr(d.summary, 1, {ABSTRACT}) else cell(d.summary) end,
    d.status, d.in_force, d.availability, d.availability_since, d.published, {_PUBLISHED_AS}, d.updated, d.first_seen,
    d.checked,
    d.changed, d.source,
    case when a.announced is null then coalesce(a.silent, '') else '' end, d.current, v.private, v.words,
    coalesce(r.band, 'in'), r.score, coalesce(r.decided_by, ''),
    r.since, r.unconfirmed, coalesce(r.rules, ''), (select x.document from visible x where x.document = c.original),
    d.parent is null and c.original is null and coalesce(r.band, 'in') <> 'out',
    (select count(*) from p.versions w where w.document = d.id),
    case when v.private then 0
      else coalesce((select json_array_length(w.sections) from p.versions w where w.id = d.current), 0) end,
    (select count(*) from p.entries e where e.document = d.id and e.announced is not null), {weight("d.kind")}
  from visible v join p.documents d on d.rowid = v.place left join p.relevance r on r.document = d.id
    left join p.duplicates c on c.document = d.id left join p.appearances a on a.document = d.id order by v.n"""

_HOSTED = """update documents set issuer = 'not stated, on the site of ' || issuer
  where author = '' and issuer <> '' and id like 'url:%' and source in (
    select d.source from documents d join p.publishers x on x.id = d.publisher
      where d.id like 'url:%' and d.author not in ('', x.name))
    and coalesce((select v.representation in ('pdf', 'office', 'table') from p.versions v where v.id = current),
      url like '%.pdf' or url like '%.doc_' or url like '%.doc' or url like '%.ppt_' or url like '%.ppt'
        or url like '%.xls_' or url like '%.xls' or url like '%.png' or url like '%.jpg')"""
"""Where one file names another body as its publisher, files that name none may be of others, too."""

_LISTED = """update documents set issuer = 'not stated, listed by ' || x.name from p.publishers x
  where x.id = documents.publisher and author = '' and source in (select id from p.sources where lists_others)"""
"""Listed by is not published by."""

_TABLES = f"""
insert into document_sources select x.document, x.source, x.first_seen, x.last_seen,
    case when d.parent is null then coalesce(d.published, d.updated, d.first_seen) else '' end
  from p.document_sources x join visible v on v.document = x.document join p.documents d on d.rowid = v.place
  order by 1, 2;
insert into aliases select a.alias, a.document from p.aliases a join visible v on v.document = a.document order by 1;
insert into topics select id, label from p.topics order by id;
insert into document_identifiers select x.document, x.kind, x.value, x.place
  from p.document_identifiers x join visible v on v.document = x.document order by 1, 2, 3;
insert into commencements select x.* from p.commencements x join visible v on v.document = x.document
  where not v.private order by x.document, x.position;
insert into in_force select x.* from p.in_force x join visible v on v.document = x.document order by 1;
insert into dates select x.document, x.event, x.provision, x.date, case when v.private then '' else x.qualification end,
    min(x.seen) from p.dates x join visible v on v.document = x.document group by 1, 2, 3, 5 order by 1, 2, 3, 5;
insert into document_history select x.document, x.number, x.date, cell(x.note), x.seen
  from p.document_history x join visible v on v.document = x.document where not v.private order by 1, 2;
insert into relations select x.document, x.relation, x.target, {HELD.format("x.target")}, x.seen
  from p.relations x join visible v on v.document = x.document
  where x.target not in (select name from removed_names) order by 1, 2, 3;
insert into duplicates select c.document, c.original, c.relation, c.found_by, c.detail, c.seen from p.duplicates c
  join visible v on v.document = c.document join visible o on o.document = c.original order by 1
"""

_FACET_VALUES = """select distinct facet, value, 0 from p.document_facets
  union all select 'topic', id, 1 from p.topics order by 1, 2"""

_LABELS = (
    """insert or ignore into document_labels select x.facet, x.value, v.n
  from p.document_facets x join visible v on v.document = x.document
  where x.facet = ? and x.value = ? order by v.n""",
    """insert or ignore into document_labels select ?, x.topic, v.n
  from p.document_topics x join visible v on v.document = x.document
  where x.topic = ? and x.band = 'in' order by v.n""",
)
"""Labels of one facet and value, and of one topic: sorting each takes half as long as sorting all of them."""

_AS_READER = """insert or ignore into document_labels select 'role', ?, v.n
  from p.document_facets x join visible v on v.document = x.document
  where x.facet = 'aimed_at' and x.value = ? order by v.n"""

_WHY = """case when v.private then '[]'
    when v.root in (select root from names where document <> root) then open_reasons(v.root, r.why) else r.why end"""

_REASONS = f"""insert into reasons
  select v.n, 'relevance', '', r.band, r.score, {_WHY}
    from visible v cross join p.relevance r on r.document = v.document
  union all select v.n, 'topic', r.topic, r.band, r.score, {_WHY}
    from visible v cross join p.document_topics r on r.document = v.document
  union all select v.n, r.facet, r.value, 'in', null, {_WHY}
    from visible v cross join p.document_facets r on r.document = v.document order by 1, 2, 3"""
"""Each of the three is read in the order of documents, so that they are merged instead of sorted."""


def fill(connection: Connection) -> None:
    """Fill the tables of documents."""
    connection.execute(_DOCUMENTS)
    connection.execute(_HOSTED)
    connection.execute(_LISTED)
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    for facet, value, is_topic in connection.execute(_FACET_VALUES).fetchall():
        connection.execute(_LABELS[is_topic], (facet, value))
    for service, reader in READER_OF.items():
        connection.execute(_AS_READER, (reader, service))
    _reasons(connection)
    _removed(connection)


def _removed(connection: Connection) -> None:
    """Keep of what was removed that it was, under the digests of its names: the names themselves name people."""
    names = connection.execute(
        "select x.name, r.kind, r.day from removed_names x join taken_down r on r.document = x.document"
    )
    lines = sorted({sha256(name.encode()).hexdigest(): (kind, day) for name, kind, day in names}.items())
    connection.executemany("insert into removed values (?, ?, ?)", ((digest, *facts) for digest, facts in lines))


def _reasons(connection: Connection) -> None:
    """Keep the reasons of documents without their words where these name people, and without those of private parts.

    The place of a reason that stands in a part begins with the id of the part and a blank.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for root, name in connection.execute("select root, name from names where document <> root order by 1, 2"):
        parts[root].append(name)
    connection.create_function("open_reasons", 2, lambda root, why: _open(why, parts[root]), deterministic=True)
    connection.execute(_REASONS)


def _open(why: str, hidden: list[str]) -> str:
    prefixes = tuple(f"{name} " for name in hidden)
    reasons = [reason for reason in json.loads(why) if not str(reason.get("place", "")).startswith(prefixes)]
    return json.dumps(reasons, ensure_ascii=False, separators=(",", ":"))
