"""Who may see what: decided once for each document, in temporary tables that every other table is joined with.

Releases about cases name suspects and victims. Of documents of such kinds readers get title, date, publisher, official
link, topics and figures; never the words, and once the publisher took the page down, only that. A document is of such a
kind where it is so itself, or the top of its family is, or where a source that names one of them is of such a kind
*now*. In doubt its words are hidden: another source of another kind shows them only where the page itself says that it
is something else, as an Act does that a news feed links.

``visible``: document, root, n, private (1: its words are hidden), words (1: the licence lets our copy be shown).
``taken_down``: document, kind, day. ``names``: every name of a private document, and of one that was removed.
"""

from __future__ import annotations

from sqlite3 import Connection

from crawler.sources.vocabulary import PRIVATE

KINDS = ", ".join(f"'{kind}'" for kind in PRIVATE)
TAKEN_DOWN = "('gone', 'withdrawn')"
"""States of availability in which a private document shrinks to the day it was removed."""

LAW = ("legislation", "act", "asp", "si", "regulation", "directive", "decision", "treaty")
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
create temp table stated as
  select x.document, max(s.kind in ({KINDS})) as by_private, max(s.kind not in ({KINDS})) as by_other,
    max(coalesce(json_extract(x.stated, '$.kind') not in ({KINDS}), 0)) as says_other
  from p.document_sources x join p.sources s on s.id = x.source group by x.document;
create unique index temp.stated_document on stated(document);
create temp table judged as
  select d.id as document, d.root, d.kind,
    d.kind in ({KINDS}) or coalesce(top.kind in ({KINDS}), 0)
      or coalesce(own.by_private and not (own.by_other and own.says_other), 0)
      or coalesce(above.by_private and not (above.by_other and above.says_other), 0) as private,
    case when d.availability in {TAKEN_DOWN} then substr(coalesce(d.availability_since, ''), 1, 10)
      when top.availability in {TAKEN_DOWN} then substr(coalesce(top.availability_since, ''), 1, 10) end as down,
    coalesce((select copy from p.publishers where id = coalesce(d.publisher, s.publisher)), '') = 'public' as words
  from p.documents d left join p.documents top on top.id = d.root left join p.sources s on s.id = d.source
    left join stated own on own.document = d.id left join stated above on above.document = d.root and d.root <> d.id;
create temp table taken_down as select document, kind, down as day from judged where private and down is not null;
create unique index temp.taken_down_document on taken_down(document);
create temp table visible as
  select j.document, j.root, j.private, j.words, row_number() over (
    order by {weight("d.kind")} desc, coalesce(d.published, d.updated, d.first_seen) desc, d.id) as n
  from judged j join p.documents d on d.id = j.document where not (j.private and j.down is not null);
create unique index temp.visible_document on visible(document);
create index temp.visible_root on visible(root);
create temp table names as
  select j.document as name, j.document, j.root, j.private, j.private and j.down is not null as is_removed
    from judged j where j.private
  union all select a.alias, j.document, j.root, j.private, j.private and j.down is not null
    from p.aliases a join judged j on j.document = a.document where j.private;
create index temp.names_name on names(name);
create index temp.names_root on names(root);
create temp table removed_names as select name, document from names where is_removed;
create unique index temp.removed_names_name on removed_names(name);
create temp table removed_addresses(address text primary key) without rowid;
insert or ignore into removed_addresses select d.url from p.documents d join taken_down r on r.document = d.id;
insert or ignore into removed_addresses select substr(name, 5) from removed_names where name like 'url:%';
insert or ignore into removed_addresses select f.url from p.versions v join taken_down r on r.document = v.document
  join p.fetches f on f.id = v.fetch where f.role in ('document', 'attachment', 'statement');
"""


def decide(connection: Connection) -> None:
    """Make the temporary tables, from the private database attached as ``p``."""
    for statement in _SCRIPT.split(";\n"):
        connection.execute(statement)
