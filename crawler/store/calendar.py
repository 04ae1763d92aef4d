"""The calendar: the days that laws, consultations and their publishers state, and what became of each."""

from crawler.store.store import Row, Store

COMMENCEMENTS = ("in force", "wholly in force", "partly in force", "applies", "to be transposed")
"""States of commencements that begin on a day; the first three are one event."""

DATES = ("closes", "deadline", "released", "end of validity")
"""Events of dates that somebody waits for: of a consultation, of an act of the EU, and of statistics."""

REST = "provisions that nothing else names"
"""What is said instead of a provision where one day is that of all others."""

_STATED = f"""select c.document, iif(c.state in ('applies', 'to be transposed'), c.state, 'in force') as event, c.path,
    iif(c.is_rest and c.provision = '', '{REST}', c.provision) as provision,
    iif(c.state = 'partly in force', trim('in part ' || c.qualification), c.qualification) as qualification,
    c.places, c.instrument, c.authority, c.date, c.date as stated
  from commencements c join documents d on d.id = c.document
  where c.state in ({", ".join(f"'{state}'" for state in COMMENCEMENTS)}) and c.date between ?1 and ?2
    and d.availability in ('ok', 'suspect') and not (c.source = 'metadata' and c.path = '' and exists (
      select 1 from commencements o where o.document = c.document and o.date = c.date and o.source <> 'metadata'))
  union all
  select t.document, t.event, t.provision, '', t.qualification, '[]', t.document, '', substr(t.date, 1, 10), t.date
  from dates t join documents d on d.id = t.document
  where t.event in ({", ".join(f"'{event}'" for event in DATES)}) and length(t.date) >= 10
    and substr(t.date, 1, 10) between ?1 and ?2 and d.availability in ('ok', 'suspect')
  order by 1, 2, 3, 9, 5, 4, 8"""
"""What the publisher states of the whole text only counts where nothing tells more of the same day."""


def stated(store: Store, first: str, last: str) -> list[Row]:
    """Return what is stated now of the days from a first to a last one, by document, event and path."""
    return store.all(_STATED, first, last)


def known(store: Store) -> list[Row]:
    """Return the calendar, in the same order."""
    return store.all("select * from calendar order by document, event, path, number")


def put(store: Store, row: Row) -> None:
    """Record a day."""
    store.upsert("calendar", row, ["id"])
