"""Two documents that turn out to be one, and one that turns out to have a stronger identity."""

import json

from crawler.store import commencements, commentary, documents, history, statements, versions
from crawler.store.store import Store, dumps

_ONCE = (
    "document_sources", "document_topics", "date_statements", "dates", "relations", "quarantine", "relevance",
    "document_facets", "toolkit_facts", "citations", "duplicates", "pending_classification",
    "document_identifiers", "fingerprints", "redaction_pending", "commencements", "in_force",
    "commencements_due", "calendar",
)  # fmt: skip
"""Tables that may hold the same of both: then what they hold of the one that stays counts."""


def merge(store: Store, old: str, new: str) -> None:
    """Make one document of two: everything known of ``old`` belongs to ``new`` from now on, and nothing is announced.

    Both exist. Where both were named by the same source, or say the same, the row of ``new`` stays.
    """
    row, kept = documents.get(store, old), documents.get(store, new)
    if row is None or kept is None:
        raise ValueError(f"cannot merge {old} into {new}: one of them is unknown")
    _move(store, old, new)
    earlier = min((row, kept), key=lambda r: str(r["first_seen"]))
    if row["first_seen"] != kept["first_seen"]:
        # What is known already does not appear; where that was told before, it cannot be taken back.
        store.do(
            "update outbox set state='silent', reason='known already' where change in (select id from announcements"
            " where document=? and kind='new' and silent='' and entry is null and seen>?)",
            new, earlier["first_seen"],
        )  # fmt: skip
    store.do("delete from documents where id=?", old)
    store.update(
        "documents", {"id": new},
        {"first_seen": earlier["first_seen"], "current": kept["current"] or row["current"]},
    )  # fmt: skip
    versions.mark(store, new)
    documents.add_alias(store, old, new)
    documents.take_in(store, new)
    commencements.note_due(store, new)


def _move(store: Store, old: str, new: str) -> None:
    """Move every row about one document to the other, and what hangs on it hang on that."""
    for table in _ONCE:
        store.do(f"update or ignore {table} set document=? where document=?", new, old)
        store.do(f"delete from {table} where document=?", old)
    store.do("update outbox set root=? where root=?", new, old)
    store.do("update or ignore entry_sections set document=? where document=?", new, old)
    store.do("update duplicates set original=? where original=?", new, old)
    store.do("delete from duplicates where document=original")
    store.do(
        "update duplicates set original=(select c.original from duplicates c where c.document=duplicates.original)"
        " where original=? and exists (select 1 from duplicates c where c.document=duplicates.original)",
        new,
    )
    store.do("delete from lessons where document=?", old)
    store.do("update lessons set answer=? where answer=?", new, old)
    store.do("insert or ignore into pending_classification values (?)", new)
    statements.settle_dates(store, new)
    for table in ("versions", "changes", "entries"):
        store.do(f"update {table} set document=? where document=?", new, old)
    _merge_sections(store, old, new)
    commentary.merge(store, old, new)
    history.merge(store, old, new)
    store.do("update aliases set document=? where document=?", new, old)
    store.do("update documents set parent=nullif(?, id) where parent=?", new, old)


def _merge_sections(store: Store, old: str, new: str) -> None:
    """Move sections; one that ``new`` has already is replaced by its twin wherever it is named."""
    twins = store.all(
        "select a.id as old, b.id as new from sections a join sections b on b.path=a.path and b.digest=a.digest"
        " where b.document=? and a.document=?",
        new, old,
    )  # fmt: skip
    for twin in twins:
        store.do("update changes set before_section=? where before_section=?", twin["new"], twin["old"])
        store.do("update changes set after_section=? where after_section=?", twin["new"], twin["old"])
    swap = {twin["old"]: twin["new"] for twin in twins}
    if swap:
        for version in store.all("select id, sections from versions where document=?", new):
            ids = [swap.get(i, i) for i in json.loads(version["sections"])]
            store.update("versions", {"id": version["id"]}, {"sections": dumps(ids)})
        store.do("delete from sections where id in (select value from json_each(?))", dumps(list(swap)))
    store.do("update sections set document=? where document=?", new, old)


def rename(store: Store, old: str, new: str) -> None:
    """Give a document its stronger identity before anything is known under that."""
    row = documents.get(store, old)
    if row is None:
        raise ValueError(f"cannot rename {old}: it is unknown")
    documents.create(store, {**row, "id": new, "root": new if row["root"] == old else row["root"]})
    merge(store, old, new)
