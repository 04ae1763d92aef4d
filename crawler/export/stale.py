"""Passages whose cited text changed later, exported: to be checked until they change or a person confirms them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.feeds.weight import LAW
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import bare_path

KINDS = ("changed", "removed", "omitted", "renumbered")
"""Changes of a provision after which a passage that cites it is to be checked; what was put in is cited by nobody."""

_CITED = """select c.section, s.document, s.path, c.target, c.provision, t.kind, v.captured
  from citations c join sections s on s.n = c.section join documents t on t.id = c.target
  join documents d on d.id = s.document join versions v on v.id = d.current
  where c.target <> s.document and s.is_current = 1
    and not exists (select 1 from commencements m where m.instrument = s.document and m.document = c.target)
    and not exists (select 1 from effects e where e.affecting = s.document and e.affected = c.target)
  order by c.section, c.target, c.provision"""
"""Of an instrument that changes or commences what it cites, a later change says nothing."""
_CHANGED = f"""select c.id, c.document, c.path, c.seen, coalesce(c.occurred, substr(c.seen, 1, 10)) as day
  from changes c where c.document in (select target from citations) and c.cause = 'source' and c.silent = ''
  and c.significance <> 'editorial' and c.path <> '' and c.kind in {KINDS} order by c.seen, c.position, c.id"""
_FIRST = """select j.value as section, min(v.captured) as first from versions v, json_each(v.sections) j
  where j.value in (select section from citations) group by j.value"""
_CONFIRMED = """select coalesce((select document from p.aliases where alias = c.document), c.document) as document,
  c.path, max(c.day) as day from p.confirmed_passages c group by 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage that cites something: its section, and when these words were first read and its document last."""

    section: int
    document: str
    path: str
    target: str
    provision: str
    is_law: bool
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change of a provision that may be cited: when it was seen, and its day in law or of its publisher."""

    id: str
    path: str
    seen: str
    day: str


def fill(connection: Connection) -> None:
    """Fill the table of passages to be checked; citations and changes must be there."""
    first = dict(connection.execute(_FIRST).fetchall())
    confirmed = {(document, path): day for document, path, day in connection.execute(_CONFIRMED)}
    changes: dict[str, list[Changed]] = {}
    for id, document, path, seen, day in connection.execute(_CHANGED):
        changes.setdefault(document, []).append(Changed(id=id, path=path, seen=seen, day=day))
    for section, document, path, target, provision, kind, captured in connection.execute(_CITED).fetchall():
        passage = Passage(
            section=section, document=document, path=path, target=target, provision=provision, is_law=kind in LAW,
            first=first[section], last=captured,
        )  # fmt: skip
        found = list(stale(passage, changes.get(target, ()), confirmed))
        if found:
            state = "reissued" if passage.last > found[-1].seen else "changed"
            connection.execute(
                "insert into stale values (?, ?, ?, ?, ?, ?)",
                (section, target, provision, found[-1].id, found[0].day, state),
            )


def stale(passage: Passage, changes: Sequence[Changed], confirmed: Mapping[tuple[str, str], str]) -> Iterator[Changed]:
    """Yield the changes of what a passage cites that were seen after its words were, and after it was confirmed.

    A law that is cited as a whole is not told: it changes somewhere all the time. Other documents are.
    """
    since = confirmed.get((passage.document, passage.path), "")
    for change in changes:
        if change.seen > passage.first and change.seen[:10] > since and _concerns(passage, change.path):
            yield change


def _concerns(passage: Passage, path: str) -> bool:
    if not passage.provision:
        return not passage.is_law
    return relation(passage.provision, bare_path(without_extent(path)[0])) != ""
