"""The captures behind an entry: that of its main change, those of what else changed, those they were compared with."""

from __future__ import annotations

from typing import Literal

from crawler.store.visibility import taken_down

CHANGED, COMPARED = 1, 2
"""Values of ``part``: what an entry tells was read there, or it is what that was compared with."""

Shown = Literal["open", "every"]


def captures_sql(shown: Shown = "open") -> str:
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
