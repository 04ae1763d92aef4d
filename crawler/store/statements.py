"""What pages state about laws and documents: effects, relations, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.store.store import Row, Store

_KEY = ("document", "event", "provision", "qualification")
_THIS = " and ".join(f"s.{name}=?" for name in _KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a date was read: for which source, at which address, whether that is the document's own page, and when."""

    source: str
    url: str
    own: bool
    seen: str
    fetch: int


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


def state_date(store: Store, key: Mapping[str, str], date: str, page: Page) -> str | None:
    """Record what a page states now about a date, by its ``key`` of document, event, provision, qualification.

    Gives the date that holds no more because the page that states it states another one now; None where nothing moved:
    that another page says otherwise, or is the first to win over others, is no event, nor that it is stated more or
    less precisely.
    """
    named = [key[name] for name in _KEY]
    said = store.value(
        f"select date from date_statements s where {_THIS} and source=? and url=?", *named, page.source, page.url
    )
    if said == date:
        return None
    before = _holding(store, named)
    row = {"own": int(page.own), "date": date, "seen": page.seen, "fetch": page.fetch}
    whole = {**dict(zip(_KEY, named, strict=True)), "source": page.source, "url": page.url}
    store.upsert("date_statements", {**whole, **row}, list(whole))
    after = settle_date(store, named)
    same_page = before is not None and (before["source"], before["url"]) == (after["source"], after["url"])
    return (
        str(before["date"]) if before is not None and same_page and _is_moved(before["date"], after["date"]) else None
    )


def _is_moved(before: str, after: str) -> bool:
    """Whether a date is another one, not the same day, month or year stated more or less precisely."""
    return not before.startswith(after) and not after.startswith(before)


def commencements(store: Store, document: str) -> list[Row]:
    """Return which provisions of a law come into force when, as effects and dates of law state it."""
    return store.all(
        "select affected_provision as provision, in_force as dates from effects where affected=?"
        " and (type like 'coming into force%' or type like 'commence%')"
        " union all select provision, date from dates where document=? and event in ('in force', 'entry into force')"
        " and provision<>''",
        document, document,
    )  # fmt: skip


def settle_date(store: Store, named: list[str]) -> Row:
    """Store of all that pages state about a date the one that wins; return that statement."""
    found = _holding(store, named)
    if found is None:
        raise KeyError(*named)
    columns = (*_KEY, "date", "seen", "fetch")
    store.upsert("dates", {name: found[name] for name in columns}, list(_KEY))
    return found


def settle_dates(store: Store, document: str) -> None:
    """Give every date of a document the statement that wins, after two documents became one."""
    for row in store.all(f"select distinct {','.join(_KEY)} from date_statements where document=?", document):
        settle_date(store, [row[name] for name in _KEY])


def _holding(store: Store, named: list[str]) -> Row | None:
    """Return the statement that wins: of the document's own page, then of the earlier source, then by address."""
    return store.one(
        f"select s.* from date_statements s join sources o on o.id=s.source where {_THIS}"
        " order by s.own desc, o.position, s.source, s.url limit 1",
        *named,
    )
