"""Who may see what: decided once for each document, in temporary tables that every other table is joined with.

The rule itself is in :mod:`crawler.store.visibility`.

``visible``: n, document, root, private (1: its words are hidden), words (1: the licence lets our copy be shown), place
(its rowid, by which it is found faster than by its id).
``taken_down``: document, kind, day. ``names``: every name of a private document, and of one that was removed.
``removed_names`` and ``removed_addresses``: what no row may hold, as other documents do not have it too.
"""

from sqlite3 import Connection

from crawler.classify.toolkit import SHELVES
from crawler.store.visibility import judged

LAW = SHELVES["law"]
GUIDANCE = (
    "statutory_guidance", "guidance", "policy_paper", "manual", "form", "template", "training", "resource",
    "governance",
)  # fmt: skip
_WEIGHTS = {1.0: LAW, 0.9: GUIDANCE, 0.2: ("news",)}
_OTHER_WEIGHT = 0.6


def weight(kind: str) -> str:
    """Return the SQL for the weight of a kind of document, by which equal results of a search are put in order."""
    cases = (
        f"when {kind} in ({', '.join(repr(name) for name in kinds)}) then {value}" for value, kinds in _WEIGHTS.items()
    )
    return f"case {' '.join(cases)} else {_OTHER_WEIGHT} end"


_SCRIPT = f"""
create temp table judged as {judged("p.")};
create temp table taken_down as select j.document, d.kind, j.down as day
  from judged j join p.documents d on d.rowid = j.place where j.down is not null;
create unique index temp.taken_down_document on taken_down(document);
create temp table visible(
  n integer primary key, document text, root text, private integer, words integer, place integer);
insert into visible
  select row_number() over (
      order by {weight("d.kind")} desc, coalesce(d.published, d.updated, d.first_seen) desc, d.id),
    j.document, j.root, j.private, j.words, j.place
  from judged j join p.documents d on d.rowid = j.place where j.down is null;
create unique index temp.visible_document on visible(document);
create index temp.visible_root on visible(root);
create temp table names as
  select j.document as name, j.document, j.root, j.private, j.down is not null as is_removed
    from judged j where j.private
  union all select a.alias, j.document, j.root, j.private, j.down is not null
    from p.aliases a join judged j on j.document = a.document where j.private;
create index temp.names_name on names(name);
create index temp.names_root on names(root);
create temp table removed_names as select name, document from names where is_removed;
create unique index temp.removed_names_name on removed_names(name);
create temp table removed_addresses(address text primary key, document text) without rowid;
insert or ignore into removed_addresses select d.url, d.id from p.documents d
  join taken_down r on r.document = d.id where d.url <> '';
insert or ignore into removed_addresses select substr(name, 5), document from removed_names where name like 'url:%';
insert or ignore into removed_addresses select f.url, v.document from p.versions v
  join taken_down r on r.document = v.document join p.fetches f on f.id = v.fetch
  where f.role in ('document', 'attachment', 'statement') and not exists (
    select 1 from p.versions w join visible x on x.document = w.document where w.fetch = f.id);
delete from removed_addresses where address in (
  select d.url from visible v join p.documents d on d.rowid = v.place);
insert or ignore into removed_names select prefix || address, document
  from removed_addresses, (select '' as prefix union all select 'url:') where not exists (
    select 1 from p.aliases a join visible v on v.document = a.document where a.alias = prefix || address);
"""


def decide(connection: Connection) -> None:
    """Make the temporary tables, from the private database attached as ``p``."""
    for statement in _SCRIPT.split(";\n"):
        connection.execute(statement)
