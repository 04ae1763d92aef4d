"""Effects of one law on another, exported: with the days on which the lists that state them were read."""

from __future__ import annotations

from sqlite3 import Connection

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


def fill(connection: Connection) -> None:
    """Fill the table of effects."""
    connection.execute(_READ)
    connection.execute(_EFFECTS)
    connection.execute("drop table effect_lists")
