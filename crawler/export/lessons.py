"""Lessons as readers may see them: in the order of the page, with what answers them, and counted."""

from collections import defaultdict
from sqlite3 import Connection

from crawler.classify.toolkit import UNANSWERED

_ANSWER = "(select o.document from visible o where o.document = l.answer and not o.private)"
"""What answers a lesson; a document that can name people answers none, and no place in it is shown."""

_LESSONS = f"""insert into lessons
  with report as materialized (
    select d.id, coalesce(d.published, d.updated, d.first_seen) as day, v.words,
      not exists (select 1 from p.duplicates c where c.document = d.id) and not exists (
        select 1 from p.documents o where o.root = d.root and o.id < d.id and o.title = d.title
          and o.id in (select document from p.lessons)) as is_listed
    from visible v join p.documents d on d.rowid = v.place
    where not v.private and d.id in (select document from p.lessons)
  ), lesson as materialized (
    select r.day, r.is_listed, r.words, l.rowid as place, l.*, {_ANSWER} as seen
    from report r join p.lessons l on l.document = r.id
  )
  select row_number() over (order by l.day desc, l.document, l.place) as n, l.document, l.path, l.kind, l.number,
    l.addressee, addressee_key(l.addressee), l.ends > 0, case when l.ends > 0 then '' else cell(s.heading) end,
    case when not l.words then '' when l.ends > 0 then cell(substr(s.text, l.begins + 1, l.ends - l.begins))
      else cell(s.text) end,
    case when l.seen is null then case l.kind when 'finding' then 'unasked' else 'none' end
      when l.answered_at = '{UNANSWERED}' then 'unanswered' when l.answered_at = '' then 'whole' else 'answered' end,
    l.seen, case when l.seen is null then '' else l.answered_at end, l.is_listed
  from lesson l join p.sections s on s.id = l.section order by n"""

_REPORTS = """insert into lesson_reports
  select l.document, d.title, d.published, count(*),
    sum(l.kind = 'recommendation' and l.state in ('none', 'unanswered')), max(l.is_listed)
  from lessons l join p.documents d on d.id = l.document group by l.document order by l.document"""

_REPEATED = """update lessons set is_listed = 0 where n in (
  select l.n from temp.folded f join documents d on d.root = f.document join lessons l on l.document = d.id
    join documents o on o.root = f.card join lessons x on x.document = o.id
    where l.text <> '' and x.text = l.text and x.kind = l.kind and x.addressee_key = l.addressee_key)"""
"""What an earlier edition of a report says in the same words to the same body is listed once, with the newest."""

_COUNTS = """
insert into counts select 'lessons', '', '', count(*) from lessons where is_listed;
insert into counts select 'lessons', kind, state, count(*) from lessons where is_listed group by 2, 3 order by 2, 3;
insert into counts select 'lesson_reports', '', '', count(*) from lesson_reports where is_listed
"""

_ADDRESSEES = """select addressee_key, addressee, count(*) from lessons where is_listed and addressee <> ''
  group by 1, 2 order by 3 desc, 2"""


def fill(connection: Connection) -> None:
    """Fill the tables of lessons, of the reports that have them and of those whom they address.

    A report that is there twice, at two publishers or as two files of one page, is listed once. The libraries are
    prepared: which editions of a report are folded is known.
    """
    connection.create_function("addressee_key", 1, addressee_key, deterministic=True)
    connection.execute(_LESSONS)
    connection.execute(_REPEATED)
    connection.execute(_REPORTS)
    for statement in _COUNTS.split(";\n"):
        connection.execute(statement)
    _addressees(connection)


def _addressees(connection: Connection) -> None:
    """Number those whom lessons address, most often first, under their most common spelling."""
    spellings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, addressee, lessons in connection.execute(_ADDRESSEES):
        spellings[key].append((addressee, lessons))
    totals = {key: sum(lessons for _, lessons in listed) for key, listed in spellings.items()}
    ordered = sorted(totals, key=lambda key: (-totals[key], key))
    connection.executemany(
        "insert into lesson_addressees values (?, ?, ?, ?)",
        [(n, key, _label(spellings[key][0][0]), totals[key]) for n, key in enumerate(ordered, 1)],
    )


def addressee_key(addressee: str) -> str:
    """Return what two spellings of one addressee have in common.

    >>> addressee_key("The Home Office") == addressee_key("the Home  Office")
    True
    """
    return " ".join(addressee.casefold().split()).removeprefix("the ")


def _label(addressee: str) -> str:
    """Return an addressee as it stands in a list: with a capital."""
    plain = " ".join(addressee.split())
    return plain[:1].upper() + plain[1:]
