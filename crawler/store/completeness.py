"""How far the lists of sources were read backwards to their end: a row for each source, slice and entry."""

from collections.abc import Iterable, Mapping, Sequence

from crawler.store.frontier import BACKFILL
from crawler.store.store import Row, Store, dumps

WAITING, OPEN, READ, FAILED = "waiting", "open", "read", "failed"
"""States of a slice."""
READING, COMPLETE, LAST_PAGE, INCOMPLETE = "reading", "complete", "to the last page", "incomplete"
"""States of a list."""
FRONT = -1
"""Position of the slice that is the whole list, looked at once more at the end."""

_HELD = """select count(*) from (select distinct coalesce(a.document, e.entry) as name from listed_entries e
    left join aliases a on a.alias=e.entry where e.source=?)
  join documents d on d.id=name left join relevance r on r.document=d.root where r.band is not 'out'"""
_SLICES = """select s.*, (select count(*) from listed_entries e where e.source=s.source and e.slice=s.name) as own
  from slices s where s.source=? order by s.position<0, s.position, s.list, s.name"""


def get(store: Store, source: str) -> Row | None:
    """Return how far the list of a source was read, None where it is not read to its end."""
    return store.one("select * from completeness where source=?", source)


def all_of(store: Store) -> list[Row]:
    """Return how far each list was read."""
    return store.all("select * from completeness order by source")


def start(store: Store, source: str, scope: str, clock: str, slices: Iterable[Mapping[str, object]]) -> None:
    """Begin to read a list; what a reading before left is forgotten, but for its number."""
    before = get(store, source)
    forget(store, source)
    row = {
        "source": source,
        "walk": before["walk"] + 1 if before else 1,
        "scope": scope,
        "state": READING,
        "since": "",
        "listed": None,
        "read": 0,
        "held": 0,
        "reason": "",
        "asked": 0,
        "passes": 1,
        "started": clock,
        "counted": None,
        "ended": None,
    }
    store.insert("completeness", row)
    for each in slices:
        add_slice(store, source, each)


def forget(store: Store, source: str) -> None:
    """Forget how far a list was read."""
    for table in ("completeness", "slices", "listed_entries"):
        store.do(f"delete from {table} where source=?", source)


def update(store: Store, source: str, **row: object) -> None:
    """Change the row of a source."""
    store.update("completeness", {"source": source}, row)


def add_slice(store: Store, source: str, row: Mapping[str, object]) -> None:
    """Add a slice that waits, unless there is one of its name."""
    zeros = {"total": None, "moved": 0, "entries": 0, "pages": 0, "back": "", "before": "", "shown": "", "reason": ""}
    store.insert_new("slices", {"source": source, **zeros, "state": WAITING, **row}, "source, name")


def slices(store: Store, source: str) -> list[Row]:
    """Return the slices of a source in the order they are read; ``own`` entries were met in each of them first."""
    return store.all(_SLICES, source)


def slice_of(store: Store, source: str, name: str) -> Row | None:
    """Return a slice by its name."""
    return store.one("select * from slices where source=? and name=?", source, name)


def change_slice(store: Store, source: str, name: str, **row: object) -> None:
    """Change the row of a slice."""
    store.update("slices", {"source": source, "name": name}, row)


def read_again(store: Store, source: str, lists: Mapping[int, bool]) -> None:
    """Let all slices of some lists wait to be read again; entries that were met are forgotten where it is afresh."""
    for number, is_afresh in lists.items():
        if is_afresh:
            store.do("delete from listed_entries where source=? and list=?", source, number)
        store.do("delete from slices where source=? and list=? and position=?", source, number, FRONT)
        store.do(
            "update slices set state=?, total=null, moved=0, entries=0, pages=0, back='', before='', shown='',"
            " reason='' where source=? and list=?",
            WAITING, source, number,
        )  # fmt: skip


def enter(store: Store, row: Mapping[str, object]) -> bool:
    """Record an entry of a list; return whether it was not met before."""
    return store.insert_new("listed_entries", row, "source, list, entry")


def met_first(store: Store, row: Row, entries: Sequence[str]) -> int:
    """Return how many entries of a page were met in its slice first."""
    sql = "select count(*) from listed_entries where source=? and list=? and slice=? and entry in"
    values = (row["source"], row["list"], row["name"], dumps(list(entries)))
    return int(store.value(f"{sql} (select value from json_each(?))", *values))


def different(store: Store, source: str, number: int | None = None) -> int:
    """Return how many different entries were met on the lists of a source, or on one of them."""
    if number is None:
        return int(store.value("select count(distinct entry) from listed_entries where source=?", source))
    return int(store.value("select count(*) from listed_entries where source=? and list=?", source, number))


def oldest(store: Store, source: str) -> str:
    """Return the oldest date of an entry, empty where none is stated."""
    return str(store.value("select min(date) from listed_entries where source=? and date<>''", source) or "")


def held(store: Store, source: str) -> int:
    """Return how many of the entries are held: documents that are not out of the round-up."""
    return int(store.value(_HELD, source))


def waiting(store: Store, source: str) -> int:
    """Return how many requests of a backfill are still to be made for a source."""
    return _count(store, source, "f.state in ('queued', 'held back')")


def given_up(store: Store, source: str) -> int:
    """Return how many requests of a backfill were given up."""
    return _count(store, source, "f.state='given up'")


def queued(store: Store, source: str) -> int:
    """Return how many requests of a backfill are queued for this crawl."""
    return _count(store, source, "f.state='queued'")


def _count(store: Store, source: str, which: str) -> int:
    return int(
        store.value(
            f"select count(*) from frontier_askers a join frontier f on f.id=a.frontier and f.rank=? and {which}"
            " where a.source=? and a.wanted=1",
            BACKFILL, source,
        )
    )  # fmt: skip


def pending(store: Store, source: str, name: str) -> list[str]:
    """Return the states in the frontier of the pages and numbers of a slice that are still to be read."""
    rows = store.all(
        "select f.state from frontier_askers a join frontier f on f.id=a.frontier where a.source=? and a.wanted=1"
        " and a.facts->>'slice'=?",
        source, name,
    )  # fmt: skip
    return [str(row["state"]) for row in rows]
