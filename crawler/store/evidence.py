"""Evidence: which captures stand behind an entry, and what of them may be given to others."""

from collections.abc import Sequence
from typing import Literal

from crawler.sources.vocabulary import PRIVATE
from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import lost, private, taken_down

CHANGED, COMPARED = 1, 2
"""Values of ``part``: what an entry tells was read there, or it is what that was compared with."""

Shown = Literal["open", "every"]


def _captures(shown: Shown) -> str:
    """Return SQL for the captures behind the entry :id, each once: rows of ``fetches`` with ``title`` and ``part``.

    The first is that in which the weightiest change was read; of changes of one weight that of the top of the family
    comes first. Of something new it is the capture that the entry itself names, its own page where that was read: that
    it is there at all was mostly read in a list. So it is where no change says where it was read. Captures of pages
    that name people and were taken down are left out, unless ``shown`` is "every".
    """
    open_only = f"where {taken_down('told.document')} is null" if shown == "open" else ""
    return f"""with entry as (select * from entries where id = :id),
  told(fetch, document, part, rank) as (
    select c.fetch, c.document, {CHANGED}, row_number() over (order by
      case c.significance when 'legal effect' then 0 when 'substantive' then 1 else 2 end,
      c.kind = 'note', c.document <> e.document, c.fetch = e.fetch desc, c.seen, c.document, c.position, c.id)
      from entry e join announcements c on c.entry = e.id where c.fetch is not null
    union all select e.fetch, e.document, {CHANGED}, case e.kind when 'new' then 0 else 1000000 end
      from entry e where e.fetch is not null
    union all select v.fetch, c.document, {COMPARED}, 2000000 from announcements c join versions v on v.id = c.previous
      where c.entry = :id)
  select f.*, d.title, told.part, min(told.rank) as rank from told
    join fetches f on f.id = told.fetch left join documents d on d.id = told.document {open_only}
  group by f.id order by rank, f.time desc, f.id"""


def behind(store: Store, entry: str, shown: Shown = "open") -> list[Row]:
    """Return the answers behind an entry, that of its main change first, of each exchange one."""
    rows = [row for row in store.select(_captures(shown), {"id": entry}) if row["status"] is not None and row["file"]]
    return list({row["exchange"]: row for row in reversed(rows)}.values())[::-1]


def entries_of(store: Store, fetch: int) -> list[str]:
    """Return the entries that tell of a fetch."""
    rows = store.all(
        "select id from entries where fetch=?"
        " union select entry from announcements where fetch=? and entry is not null",
        fetch, fetch,
    )  # fmt: skip
    return [row["id"] for row in rows]


def of_digest(store: Store, digest: str) -> list[Row]:
    """Return the answers with a body of a digest, the newest first."""
    return store.all(
        "select * from fetches where digest=? and status is not null and file<>'' order by time desc, id desc", digest
    )


def of_addresses(store: Store, urls: Sequence[str]) -> list[Row]:
    """Return the newest answer to a request for one of some addresses, if there is one."""
    return store.all(
        "select last.* from fetches first join fetches last on last.exchange=first.exchange"
        " where first.url in (select value from json_each(?)) and first.hop=0 and last.status is not null"
        " and last.file<>'' order by first.time desc, first.id desc, last.hop desc limit 1",
        dumps(list(urls)),
    )


def hops(store: Store, exchange: str) -> list[Row]:
    """Return all answers to a request that are kept, in order."""
    return store.all("select * from fetches where exchange=? and file<>'' order by hop", exchange)


def crawl(store: Store, name: str) -> Row:
    """Return a crawl."""
    return store.all("select * from crawls where id=?", name)[0]


def is_entry(store: Store, name: str) -> bool:
    """Return whether there is an entry of an id."""
    return store.value("select 1 from entries where id=?", name) is not None


def is_lost(store: Store, entry: str) -> bool:
    """Return whether an entry is about people, and its page is not kept any more."""
    return store.value(f"select 1 from entries e where e.id=? and {lost('e')}", entry) is not None


def is_private(store: Store, exchange: str) -> bool:
    """Return whether a request is about documents that can name people."""
    return bool(store.value(_IS_PRIVATE, exchange))


def is_removed(store: Store, exchange: str) -> bool:
    """Return whether a request is about a document that its publisher took down, and that names people."""
    return bool(store.value(_IS_REMOVED, exchange))


_ABOUT = """with same(id, url, asked, role) as (
    select g.id, g.url, g.asked, g.role from fetches f join fetches g on g.url = f.url or (f.digest <> ''
      and g.digest = f.digest and g.bytes > 0) where f.exchange = ?),
  about(document) as (
    select v.document from versions v join same on v.fetch = same.id
    union select c.document from changes c join same on c.fetch = same.id
    union select e.document from entries e join same on e.fetch = same.id
    union select d.id from documents d join same on d.url = same.url
    union select d.id from documents d join same on d.id = 'url:' || same.url
    union select a.document from aliases a join same on a.alias in (same.url, 'url:' || same.url)
    union select a.value ->> 'parent' from same, json_each(same.asked) a
    union select x.document from same, json_each(same.asked) a
      join document_sources x on x.source = a.value ->> 'source' where same.role in ('listing', 'next', 'slice'))"""
"""The documents that a request is about: those read from it, those it was asked for, and those that it lists."""

_IS_PRIVATE = f"""{_ABOUT} select exists (select 1 from about where {private("about.document")})
  or exists (select 1 from same, json_each(same.asked) a join sources s on s.id = a.value ->> 'source'
    where s.kind in ({", ".join(f"'{kind}'" for kind in PRIVATE)}))"""
_IS_REMOVED = f"{_ABOUT} select exists (select 1 from about where {taken_down('about.document')} is not null)"
