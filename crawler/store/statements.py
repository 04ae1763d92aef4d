"""What pages state about laws and documents: effects, relations, dates; and what each section of a document cites."""

from collections.abc import Iterable, Mapping, Sequence

from crawler.reconcile.intents import StateDate
from crawler.reconcile.known import DateSaid
from crawler.store.store import Row, Store

_KEY = ("document", "event", "provision", "qualification")


def put_effect(store: Store, name: str, row: Mapping[str, object], seen: str) -> None:
    """Record an effect under its identifier; when it was first read stays."""
    if store.value("select 1 from effects where id=?", name):
        store.update("effects", {"id": name}, row)
    else:
        store.insert("effects", {"id": name, **row, "seen": seen})


def effects_about(store: Store, document: str) -> list[Row]:
    """Return the effects on a document, by any of its names, in a fixed order."""
    return store.all(
        "select id, affected_paths, affecting, affecting_provision, nature, head, starts, applied, fetch from effects"
        " where affected in (select ? union select alias from aliases where document=?) order by id",
        document, document,
    )  # fmt: skip


def affected_in(store: Store, crawl: str) -> list[str]:
    """Return the documents on which effects were read in a crawl."""
    rows = store.all(
        "select distinct coalesce(a.document, e.affected) as document from fetches f join effects e on e.fetch=f.id"
        " left join aliases a on a.alias=e.affected where f.crawl=? order by 1",
        crawl,
    )
    return [str(row["document"]) for row in rows]


def add_relation(store: Store, key: Mapping[str, str], *, seen: str, fetch: int) -> None:
    """Record a relation, ``key`` of document, relation and target, unless it is known."""
    if not store.one("select 1 from relations where document=? and relation=? and target=?", *key.values()):
        store.insert("relations", {**key, "seen": seen, "fetch": fetch})


def dates(store: Store, document: str, event: str, provision: str, qualification: str) -> tuple[DateSaid, ...]:
    """Return what pages state about a date."""
    return tuple(_said(row) for row in _statements(store, (document, event, provision, qualification)))


def state_date(store: Store, stated: StateDate) -> None:
    """Record that a page states a date, and store of all that are stated the one that holds."""
    key = tuple(getattr(stated, name) for name in _KEY)
    said = stated.said
    row = {"own": int(said.own), "date": said.date, "seen": stated.seen, "fetch": stated.fetch}
    whole = {**dict(zip(_KEY, key, strict=True)), "source": said.source, "url": said.url}
    store.upsert("date_statements", {**whole, **row}, list(whole))
    _settle_date(store, key)


def commencements(store: Store, document: str) -> list[Row]:
    """Return which provisions of a law come into force when, as effects and dates of law state it."""
    return store.all(
        "select affected_provision as provision, in_force as dates from effects where affected=?"
        " and (type like 'coming into force%' or type like 'commence%')"
        " union all select provision, date from dates where document=? and event in ('in force', 'entry into force')"
        " and provision<>''",
        document, document,
    )  # fmt: skip


def _settle_date(store: Store, key: Sequence[str]) -> None:
    row = min(_statements(store, key), key=_said)
    store.upsert("dates", {name: row[name] for name in (*_KEY, "date", "seen", "fetch")}, list(_KEY))


def settle_dates(store: Store, document: str) -> None:
    """Give every date of a document the statement that wins, after two documents became one."""
    for row in store.all(f"select distinct {','.join(_KEY)} from date_statements where document=?", document):
        _settle_date(store, [row[name] for name in _KEY])


def _statements(store: Store, key: Sequence[str]) -> list[Row]:
    where = " and ".join(f"s.{name}=?" for name in _KEY)
    return store.all(
        f"select s.*, o.position from date_statements s join sources o on o.id=s.source where {where}", *key
    )


def _said(row: Row) -> DateSaid:
    own, position = bool(row["own"]), row["position"]
    return DateSaid(own=own, position=position, source=row["source"], url=row["url"], date=row["date"])


Cited = tuple[str, str, str]
"""Path of the section that cites, what it cites, path of the provision there."""


def put_citations(store: Store, document: str, cited: Iterable[Cited], *, is_new: bool) -> None:
    """Replace what a document cites, nothing where it ``is_new``. What stays the same is not written."""
    rows = [] if is_new else store.all("select path, cited, provision from citations where document=?", document)
    before, after = {(row["path"], row["cited"], row["provision"]) for row in rows}, set(cited)
    for path, name, provision in sorted(before - after):
        store.do(
            "delete from citations where document=? and path=? and cited=? and provision=?",
            document, path, name, provision,
        )  # fmt: skip
    store.insert_all(
        "citations",
        [
            {"document": document, "path": path, "cited": name, "provision": provision}
            for path, name, provision in sorted(after - before)
        ],
    )
