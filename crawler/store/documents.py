"""Documents: who they are, what each source says of them, and where they are now."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from crawler.errors import IdentifierError
from crawler.identifiers import canonical_url
from crawler.law import ENDED, NOT_APPLICABLE
from crawler.reconcile.facts import holding
from crawler.reconcile.known import SourceFacts
from crawler.store import commencements
from crawler.store.row_cache import MAX_KEYS
from crawler.store.store import Row, Store, dumps

_LAW = frozenset({"legislation", "act", "asp", "si", "regulation", "directive", "decision", "treaty"})

_AT_ONCE = MAX_KEYS // 2
"""Names of a long list that are looked up together: more would push each other out of what is remembered."""


def resolve(store: Store, identifier: str) -> str:
    """Return the document an identifier belongs to, or the identifier itself."""
    found = store.row("aliases", identifier)
    return identifier if found is None else str(found["document"])


def names(store: Store, document: str) -> list[str]:
    """Return the id of a document and its other names, in their order."""
    return names_of(store, [document])[document]


def names_of(store: Store, documents: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of several documents, as :func:`names` does, by their ids."""
    found = {document: [document] for document in documents}
    for row in store.all(
        "select document, alias from aliases where document in (select value from json_each(?)) order by alias",
        dumps(list(found)),
    ):
        found[row["document"]].append(str(row["alias"]))
    return found


def named(store: Store, names: Sequence[str]) -> dict[str, tuple[Row | None, bool]]:
    """Return the documents that names lead to, by these, and whether a name is the address of a copy."""
    found: dict[str, tuple[Row | None, bool]] = {}
    for start in range(0, len(names), _AT_ONCE):
        load(store, names[start : start + _AT_ONCE])
        for name in names[start : start + _AT_ONCE]:
            alias = store.row("aliases", name)
            document = get(store, name if alias is None else str(alias["document"]))
            found[name] = (document, alias is not None and bool(alias["alternate"]))
    return found


def load(store: Store, names: Sequence[str]) -> None:
    """Load the documents that names lead to, and what is said of them, at once: they are asked for next."""
    store.load("aliases", names)
    ids = [resolve(store, name) for name in names]
    for table in ("documents", "document_sources"):
        store.load(table, ids)
    store.load("in_force", [name for name in ids if get(store, name) is not None])


def find(store: Store, identifier: str) -> Row | None:
    """Return the document that an identifier or an address names, or None."""
    row = get(store, resolve(store, identifier))
    if row is None and identifier.startswith(("http://", "https://")):
        with suppress(IdentifierError):
            row = get(store, resolve(store, f"url:{canonical_url(identifier)}"))
    return row


def get(store: Store, document: str) -> Row | None:
    """Return a document, or None. The row is remembered, and not to be changed."""
    return store.row("documents", document)


def create(store: Store, row: Mapping[str, object]) -> None:
    """Insert a document with its first facts."""
    store.insert("documents", row)
    store.has_none("in_force", row["id"])


def is_new(store: Store, document: str, crawl: str) -> bool:
    """Return whether a document was seen for the first time in a crawl."""
    found = store.value("select 1 from changes where document=? and +kind='new' and +crawl=? limit 1", document, crawl)
    return found is not None


def orphans(store: Store, document: str) -> list[str]:
    """Return the documents whose own page names this one as their parent, while they are filed without it."""
    rows = store.all(
        "select d.id from document_sources ds join documents d on d.id=ds.document"
        " where json_extract(ds.stated, '$.parent')=? and d.parent is not ? order by d.id",
        document, document,
    )  # fmt: skip
    return [str(row["id"]) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What a source says of a document in its ``listed`` entry and ``stated`` on the document's own page, so far.

    ``first_seen`` and ``last_seen`` are empty where it said nothing yet.
    """

    document: str
    source: str
    first_seen: str = ""
    last_seen: str = ""
    listed: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)


def of_source(store: Store, document: str, source: str) -> Noted:
    """Return what a source says of a document, so far."""
    row = next((row for row in store.rows("document_sources", document) if row["source"] == source), None)
    if row is None:
        return Noted(document=document, source=source)
    return Noted(**{**row, "listed": json.loads(row["listed"]), "stated": json.loads(row["stated"])})


def note_source(store: Store, noted: Noted, seen: str, *, listed: Mapping[str, str], stated: Mapping[str, str]) -> None:
    """Record what a source says of a document now; facts it does not mention keep what it said before."""
    store.upsert(
        "document_sources",
        {
            "document": noted.document,
            "source": noted.source,
            "first_seen": min(noted.first_seen or seen, seen),
            "last_seen": max(noted.last_seen, seen),
            "listed": dumps({**noted.listed, **listed}),
            "stated": dumps({**noted.stated, **stated}),
        },
        ["document", "source"],
    )


def said(store: Store, document: str, source: str = "") -> tuple[SourceFacts, ...]:
    """Return what the sources of a document say of it, in the order of sources.yaml; ``source`` may say nothing yet."""
    said = {row["source"]: row for row in store.rows("document_sources", document)}
    named = [row for each in {*said, source} if (row := store.row("sources", each)) is not None]
    return tuple(_facts_of(row, said.get(row["id"])) for row in sorted(named, key=lambda row: int(row["position"])))


def _facts_of(source: Row, said: Row | None) -> SourceFacts:
    listed, stated = ("{}", "{}") if said is None else (said["listed"], said["stated"])
    return SourceFacts(source=source["id"], kind=source["kind"], listed=json.loads(listed), stated=json.loads(stated))


def take_kind(store: Store, source: str) -> None:
    """Give the documents of a source, and their entries, the kind that the source has now, silently."""
    for row in store.all("select document from document_sources where source=? order by document", source):
        facts = refresh(store, row["document"])
        store.update("entries", {"document": row["document"]}, {"document_kind": facts["kind"]})


def _stands(store: Store, document: str, facts: Mapping[str, str | None]) -> str:
    """Return how a law stands; one that has ended is no more in force, whatever was stated of its beginning."""
    status, stated = facts["status"] or "", commencements.summary(store, document)
    if status not in ENDED or facts["kind"] not in _LAW:
        return stated or facts["in_force"] or ""
    return stated if stated.startswith(NOT_APPLICABLE) else f"{NOT_APPLICABLE}: {status}"


def refresh(store: Store, document: str) -> dict[str, str | None]:
    """Bring a document's row in line with what its sources say; return the facts that hold."""
    sources = said(store, document)
    facts = holding(sources)
    parent = facts["parent"]
    if parent is not None:
        parent = resolve(store, parent)
        facts["parent"] = parent if parent != document and get(store, parent) is not None else None
    if facts["in_force"] != NOT_APPLICABLE:
        facts["in_force"] = _stands(store, document, facts)
    before, now = get(store, document) or {}, {**facts, "source": sources[0].source if sources else None}
    # Columns that refer to other tables cost SQLite more than all others: only what differs is written.
    if differs := {name: value for name, value in now.items() if before.get(name) != value}:
        store.update("documents", {"id": document}, differs)
    if "parent" in differs:
        _root(store, document)
    return facts


def take_in(store: Store, document: str) -> None:
    """Move what is attached to a document into its family."""
    _root(store, document)


def _root(store: Store, document: str) -> None:
    """Set the top of the family of a document and of everything below it."""
    store.do(
        "update documents set root=(with recursive up(id, parent, depth) as"
        " (select id, parent, 0 from documents where id=?"
        " union all select d.id, d.parent, depth+1 from documents d join up on d.id=up.parent where depth<20)"
        " select id from up order by depth desc limit 1) where id=?",
        document, document,
    )  # fmt: skip
    for child in store.all("select id, root from documents where parent=?", document):
        if child["root"] != store.value("select root from documents where id=?", document):
            _root(store, child["id"])


def add_alias(store: Store, alias: str, document: str) -> bool:
    """Record another name of a document; return whether it is new."""
    before = store.row("aliases", alias)
    if alias == document or (before is not None and before["document"] == document):
        return False
    if before is None:
        store.insert("aliases", {"alias": alias, "document": document, "alternate": 0})
    else:
        store.update("aliases", {"alias": alias}, {"document": document})
    return True


def listed_after(store: Store, source: str, names: Sequence[str], time: str) -> bool:
    """Return whether a source named one of these documents for the first time after a time."""
    found = store.value(
        "select 1 from document_sources where source=? and document in (select value from json_each(?))"
        " and first_seen>? limit 1",
        source, dumps(list(names)), time,
    )  # fmt: skip
    return found is not None


def listed_before(store: Store, source: str, names: Sequence[str], crawl: str) -> int:
    """Return how many of these documents a source had named before a crawl.

    The plus keeps the planner from going through all documents that were ever new.
    """
    return int(
        store.value(
            "select count(*) from document_sources ds join crawls c on c.id=? where ds.source=?"
            " and ds.document in (select value from json_each(?))"
            " and not exists (select 1 from changes where document=ds.document and +kind='new' and +crawl=c.id)",
            crawl, source, dumps(list(names)),
        )
    )  # fmt: skip
