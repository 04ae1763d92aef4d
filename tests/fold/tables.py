"""Two databases compared: interpreted tables by natural key, numbers of this database left out."""

import json
from typing import Any

from crawler.store import Store, versions
from crawler.store.schema import OPERATIONAL


def interpreted(store: Store) -> dict[str, list[str]]:
    """Return every interpreted table as sorted rows, with surrogate numbers replaced by what they stand for."""
    fetches = {row["id"]: f"{row['exchange']}#{row['hop']}" for row in store.all("select * from fetches")}
    sections = {row["id"]: f"{row['document']}:{row['digest']}" for row in store.all("select * from sections")}
    found = {}
    for table in store.tables():
        if table in OPERATIONAL:
            continue
        rows = [_natural(table, row, fetches, sections) for row in store.all(f"select * from {table}")]
        found[table] = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
    return found


def _natural(table: str, row: dict[str, Any], fetches: dict[int, str], sections: dict[int, str]) -> dict[str, Any]:
    row = dict(row)
    if table in ("fetches", "sections"):
        del row["id"]
    if row.get("fetch") is not None:
        row["fetch"] = fetches[row["fetch"]]
    for column in ("before_section", "after_section", "section"):
        if row.get(column) is not None:
            row[column] = sections[row[column]]
    if table == "versions":
        row["sections"] = [sections[number] for number in json.loads(row["sections"])]
    return row


_LOOSE = {
    "is not of the family of its parent": "select d.id from documents d left join documents p on p.id=d.parent"
    " where d.root<>coalesce(p.root, d.id)",
    "has a name of its own that is an alias of another": "select a.alias as id from aliases a join documents d"
    " on d.id=a.alias where a.document<>a.alias",
    "shows a version of another document": "select d.id from documents d join versions v on v.id=d.current"
    " where v.document<>d.id",
    "has versions and shows none": "select d.id from documents d where d.current is null"
    " and exists (select 1 from versions v where v.document=d.id)",
    "has a version with a section of another document": "select v.document as id from versions v, json_each(v.sections)"
    " j left join sections s on s.id=j.value where s.document is not v.document",
    "has a section that is marked as shown and is not, or the reverse": "select s.document as id from sections s"
    " join documents d on d.id=s.document where s.newest<>exists (select 1 from versions v, json_each(v.sections) j"
    " where v.id=d.current and j.value=s.id)",
    "is told in an entry of another family": "select c.document as id from announcements c"
    " join entries e on e.id=c.entry join documents d on d.id=c.document"
    " where e.document is not null and e.document<>d.root"
    " and not exists (select 1 from duplicates k join documents f on f.id=k.document join documents o on"
    " o.id=k.original"
    " where f.root=d.root and o.root=e.document)",
    "has a family of which the top is none": "select d.id from documents d left join documents top on top.id=d.root"
    " where top.root is not top.id",
    "waits to be asked by nobody": "select f.url as id from frontier f where f.state='queued'"
    " and not exists (select 1 from frontier_askers a where a.frontier=f.id and a.wanted=1)",
    "is wanted and does not wait": "select f.url as id from frontier f where f.state='done'"
    " and exists (select 1 from frontier_askers a where a.frontier=f.id and a.wanted=1)",
    "is a copy of a copy": "select c.document as id from duplicates c join duplicates o on o.document=c.original",
    "is in another band than the top of its family": "select d.id from documents d join relevance r on r.document=d.id"
    " join relevance top on top.document=d.root where r.band<>top.band"
    " and (select state from crawls order by id desc limit 1)='ended'",
    "has a run that never ended": "select r.source as id from runs r join crawls c on c.id=r.crawl"
    " where c.state='ended' and (r.outcome='running' or r.walk='open')",
}
"""What no database may hold: the rows of documents and of what is said of them fit together."""


def loose(store: Store) -> list[str]:
    """Return what does not fit together in a database."""
    found = [f"{row['id']} {what}" for what, sql in _LOOSE.items() for row in store.all(sql)]
    clock = str(store.value("select max(clock) from crawls") or "")[:10]
    shown = store.all("select id, current from documents where current is not null order by id")
    better = [row["id"] for row in shown if versions.best(store, row["id"], clock) != row["current"]]
    return found + [f"{name} has a better version than it shows" for name in better]


def differences(one: Store, other: Store) -> list[str]:
    """Return the rows that only one of two databases has, by table; empty where they say the same."""
    left, right = interpreted(one), interpreted(other)
    found = loose(one)
    for table in sorted(left.keys() | right.keys()):
        a, b = left.get(table, []), right.get(table, [])
        found += [f"{table} only live: {row}" for row in a if row not in b]
        found += [f"{table} only rebuilt: {row}" for row in b if row not in a]
        if not found and len(a) != len(b):
            found.append(f"{table}: {len(a)} rows live, {len(b)} rebuilt")
    return found
