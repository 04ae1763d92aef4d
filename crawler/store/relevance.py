"""Whether documents belong into the round-up: what is known of them for that, and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.reconcile.selection import IN, OUT
from crawler.store import toolkit
from crawler.store.documents import names, names_of
from crawler.store.store import Row, Store, dumps

TRACKED = "tracked instruments"
"""Fact of the database: what was tracked when documents were last judged."""
MAX_TEXT_CHARACTERS = 2_000_000
"""Most characters of a text that are looked through."""
Said = tuple[str, str, str, str]
"""Path, number, heading and text of a section."""


def waiting(store: Store) -> list[str]:
    """Return the tops of the families in which something changed since they were last classified."""
    rows = store.all(
        "select distinct d.root from pending_classification u join documents d on d.id=u.document order by d.root"
    )
    return [str(row["root"]) for row in rows]


def settled(store: Store) -> None:
    """Record that everything is classified."""
    store.do("delete from pending_classification")


def editions(store: Store) -> list[str]:
    """Return the tops of the families of editions of series that do not count as such yet."""
    rows = store.all(
        "select distinct d.root from series_editions e join documents d on d.id=e.document"
        " left join relevance r on r.document=d.root where r.band is not 'in' order by d.root"
    )
    return [str(row["root"]) for row in rows]


def due(store: Store, before: str) -> list[str]:
    """Return what nobody decided since a time: in the band *review*, and not told of yet."""
    rows = store.all(
        "select document from relevance where band='review' and unconfirmed is null and since<=? order by document",
        before,
    )
    return [str(row["document"]) for row in rows]


def decided(store: Store) -> list[str]:
    """Return what a person decided."""
    rows = store.all("select document from relevance where decided_by='decision' order by document")
    return [str(row["document"]) for row in rows]


def outdated(store: Store, sources: Sequence[str], tracked: Mapping[str, str]) -> list[str]:
    """Return what is in by something that may be no more: a source, a series, or what is tracked."""
    rows = store.all(
        "select document from relevance r where decided_by='series' and not exists (select 1 from series_editions e"
        " join documents d on d.id=e.document where d.root=r.document) union"
        " select r.document from relevance r where decided_by='source' and not exists (select 1 from document_sources x"
        " where x.document=r.document and x.source in (select value from json_each(?)))",
        dumps(list(sources)),
    )
    found = [str(row["document"]) for row in rows]
    now = dumps(sorted(set(tracked.values())))
    if store.meta(TRACKED) not in (None, now):
        rows = store.all("select document from relevance where decided_by in ('relation', 'source')")
        found += [str(row["document"]) for row in rows]
    store.set_meta(TRACKED, now)
    return found


def tied_since(store: Store, document: str, crawl: str) -> bool:
    """Return whether a relation or an effect of a document was read for the first time in a crawl."""
    known = dumps(names(store, document))
    return bool(
        store.value(
            "select 1 from (select seen, fetch from relations where document=?"
            " or target in (select value from json_each(?))"
            " union all select seen, fetch from effects where affecting in (select value from json_each(?))) t"
            " join fetches f on f.id=t.fetch where f.crawl=? and t.seen=f.time limit 1",
            document, known, known, crawl,
        )
    )  # fmt: skip


def listed_since(store: Store, document: str, crawl: str) -> bool:
    """Return whether a source that was well read before a crawl named a document in it for the first time."""
    return bool(
        store.value(
            "select 1 from document_sources x join sources s on s.id=x.source join crawls c on c.id=?"
            " where x.document=? and s.first_complete_walk<c.clock"
            " and x.first_seen>=(select min(time) from fetches where crawl=c.id) limit 1",
            crawl, document,
        )
    )  # fmt: skip


def read_from_aside(store: Store, root: str, crawl: str) -> bool:
    """Whether a text of a family was read for the first time in a crawl because we keep its source as a whole."""
    return bool(
        store.value(
            "select 1 from documents d join versions v on v.document=d.id join fetches f on f.id=v.fetch"
            " where d.root=? and f.crawl=? and f.asked->>'$[0].why'='aside' limit 1",
            root, crawl,
        )
    )  # fmt: skip


def get(store: Store, document: str) -> Row | None:
    """Return what was found of a document, None before it was classified."""
    return store.one("select * from relevance where document=?", document)


def put(store: Store, row: Mapping[str, object]) -> None:
    """Record what was found of a document."""
    store.upsert("relevance", row, ["document"])


def waits_since(store: Store, document: str, clock: str) -> None:
    """Record that a document is on the review list only since now, whenever our rules as they are now put it there."""
    store.do(
        "update relevance set since=? where document=? and band='review' and unconfirmed is null",
        clock, document,
    )  # fmt: skip


def put_found(
    store: Store,
    document: str,
    topics: Sequence[Mapping[str, object]],
    facets: Sequence[Mapping[str, object]],
    *,
    is_new: bool = False,
) -> None:
    """Replace the topics and the facets of a document, which has none where it ``is_new``; rows without its id."""
    for table, rows in (("document_topics", topics), ("document_facets", facets)):
        if not is_new:
            store.do(f"delete from {table} where document=?", document)
        store.insert_all(table, [{"document": document, **row} for row in rows])


def name_topics(store: Store, topics: Mapping[str, str]) -> None:
    """Record the labels of all topics."""
    for name, label in topics.items():
        store.upsert("topics", {"id": name, "label": label}, ["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """What is known of some families, read at once.

    ``below`` are the documents below each top: id, title, summary and the version shown. By document: its ``names``,
    what was ``found`` of it, and how the ``toolkit`` sees it (:func:`crawler.store.toolkit.get`).
    """

    below: Mapping[str, Sequence[Row]]
    names: Mapping[str, Sequence[str]]
    found: Mapping[str, Row]
    toolkit: Mapping[str, Row]


def families(store: Store, tops: Sequence[str]) -> Families:
    """Return what is known of families, by the documents at their tops."""
    below: dict[str, list[Row]] = {top: [] for top in tops}
    for row in store.all(
        "select root, id, title, summary, current from documents where root in (select value from json_each(?))"
        " and id<>root order by id", dumps(list(tops)),
    ):  # fmt: skip
        below[row["root"]].append(row)
    every = [*tops, *(row["id"] for rows in below.values() for row in rows)]
    found = store.all("select * from relevance where document in (select value from json_each(?))", dumps(every))
    store.load("document_sources", tops)
    return Families(
        below=below, names=names_of(store, every), found={row["document"]: row for row in found},
        toolkit=toolkit.rows(store, every),
    )  # fmt: skip


def text(store: Store, version: str | None) -> list[Said]:
    """Return the sections of a version, in order, MAX_TEXT_CHARACTERS in all."""
    found: list[Said] = []
    left = MAX_TEXT_CHARACTERS
    for row in store.all(
        "select s.path, s.number, s.heading, s.text from versions v, json_each(v.sections) j"
        " join sections s on s.id=j.value where v.id=? order by j.key",
        version,
    ):
        found.append((row["path"], row["number"], row["heading"][:left], row["text"][:left]))
        left -= len(row["heading"]) + len(row["text"])
        if left <= 0:
            break
    return found


def publisher(store: Store, document: Row) -> str:
    """Return the name of the body behind a document: in its own words, else as sources.yaml has it."""
    if document["author"]:
        return str(document["author"])
    named = store.row("publishers", document["publisher"])
    return "" if named is None else str(named["name"])


def sources(store: Store, root: str) -> list[str]:
    """Return the sources that name the top of a family, in the order of sources.yaml."""
    named = (store.row("sources", each["source"]) for each in store.rows("document_sources", root))
    return [str(row["id"]) for row in sorted(filter(None, named), key=lambda row: int(row["position"]))]


def series(store: Store) -> dict[str, str]:
    """Return the name of the first series that something in a family is an edition of, by the tops of families."""
    rows = store.all(
        "select d.root, s.name from series_editions e join series s on s.id=e.series"
        " join documents d on d.id=e.document order by s.position desc"
    )
    return {str(row["root"]): str(row["name"]) for row in rows}


# Tracked instruments


def untrack(store: Store, source: str | None, sources: Sequence[str] = ()) -> None:
    """Forget what a source names by itself, or what sources did that are no more."""
    if source is not None:
        store.do("delete from tracked where source=?", source)
    else:
        store.do("delete from tracked where source not in (select value from json_each(?))", dumps(list(sources)))


def track(store: Store, address: str, source: str) -> None:
    """Record that a source names an instrument by itself."""
    store.do("insert or ignore into tracked values (?, ?)", address, source)


def tracked(store: Store) -> dict[str, str]:
    """Return the tracked instruments by every name they have."""
    rows = store.all(
        "with i(id) as (select distinct coalesce(a.document, d.id) from tracked t left join aliases a on"
        " a.alias=t.address left join documents d on d.id=t.address where coalesce(a.document, d.id) is not null)"
        " select id as name, id from i union all select alias, i.id from i join aliases on document=i.id order by 2"
    )
    return {str(row["name"]): str(row["id"]) for row in rows}


def related(store: Store, document: str) -> list[str]:
    """Return the documents that have to do with a tracked instrument, whether or not that makes them relevant."""
    known = dumps(names(store, document))
    rows = store.all(
        "select r.document as name from relations r where r.target in (select value from json_each(?))"
        " union select r.target from relations r where r.document=?"
        " union select e.affecting from effects e where e.affected in (select value from json_each(?))",
        known, document, known,
    )  # fmt: skip
    return [str(row["name"]) for row in rows]


def ties(store: Store, own: Sequence[str], tracked: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return how a document is tied to tracked instruments: the relation as it reads from the document, and which.

    ``own`` are its id and its other names. ``tracked`` are the instruments by all their names.
    """
    found: list[tuple[str, str]] = []
    document = own[0]
    outward = store.all("select relation, target from relations where document=? order by relation, target", document)
    found += [(row["relation"], tracked[row["target"]]) for row in outward if row["target"] in tracked]
    found = [(relation, target) for relation, target in found if relation in OUT]
    inward = store.all(
        "select document, relation from relations where target in (select value from json_each(?))"
        " order by document, relation",
        dumps(list(own)),
    )
    found += [
        (f"is what it {row['relation']}", row["document"])
        for row in inward
        if row["document"] in tracked and row["relation"] in IN
    ]
    effects = store.all(
        "select distinct affected, type from effects where affecting=? order by affected, type", document
    )
    found += [(row["type"], tracked[row["affected"]]) for row in effects if row["affected"] in tracked]
    return [(relation, target) for relation, target in dict.fromkeys(found) if target != document]


def titles(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of documents."""
    rows = store.all(
        "select id, title from documents where id in (select value from json_each(?))", dumps(sorted(set(ids)))
    )
    return {str(row["id"]): str(row["title"]) for row in rows}


def queue(store: Store, *, before: str | None = None) -> dict[str, object]:
    """Return how many documents wait for a decision, and since when the oldest does: None where none waits.

    With ``before`` those that wait since that time or longer.
    """
    row = store.one(
        "select count(*) as waiting, min(r.since) as oldest from relevance r join documents d on d.id=r.document"
        " where r.band='review' and d.parent is null and (? is null or r.since<=?)",
        before, before,
    )  # fmt: skip
    return dict(row or {})


def bands(store: Store, *, tops: bool = False) -> dict[str, str]:
    """Return the band of every document that has one; ``tops``: of those at the top of their family alone."""
    below = "where decided_by<>'family'" if tops else ""
    rows = store.all(f"select document, band from relevance {below} order by document")
    return {str(row["document"]): str(row["band"]) for row in rows}
