"""What is hidden, in the search indexes: what may not be shown never enters them, or leaves them for good."""

from __future__ import annotations

from crawler.store.privacy import ALL as ALL
from crawler.store.privacy import OPEN as OPEN
from crawler.store.privacy import WORDS as WORDS
from crawler.store.privacy import private, taken_down
from crawler.store.store import Store

PURGE = "index holds what was hidden"
"""Fact of the database: an index is to be written anew, as what was taken out of it stands in its files still."""

INDEX = (
    "insert into sections_fts(rowid, path, number, heading, text) select id, path, number, heading, text"
    " from sections where id in (select value from json_each(?)) and indexed=1"
)
"""Enters new sections into the search index, all of a commit at once: one by one they cost several times as much."""

_STATE = (
    f"select d.hidden, case when not {private('d.id')} then {OPEN} when {taken_down('d.id')} is null then {WORDS}"
    f" else {ALL} end as state from documents d where d.id=?"
)


def settle(store: Store, document: str) -> int:
    """Bring the search index of provisions in line with what may be shown of a document now; give what is hidden."""
    row = store.one(_STATE, document)
    if row is None:
        return OPEN
    state = int(row["state"])
    if state != row["hidden"]:
        store.update("documents", {"id": document}, {"hidden": state})
        if bool(state) != bool(row["hidden"]):
            _reindex(store, document, open_=state == OPEN)
        if state > row["hidden"]:
            store.set_meta(PURGE, "1")
    return state


def below(store: Store, document: str) -> list[str]:
    """Give the documents of the family of which a document is the top, but for itself."""
    rows = store.all("select id from documents where root=? and id<>? order by id", document, document)
    return [str(row["id"]) for row in rows]


def _reindex(store: Store, document: str, *, open_: bool) -> None:
    store.write_gathered()  # What is not in the index yet cannot be taken out of it.
    if open_:
        found = store.all("select id from sections where document=? and indexed=0", document)
        store.do("update sections set indexed=1 where document=? and indexed=0", document)
        store.gather(INDEX, (row["id"] for row in found))
        return
    store.do(
        "insert into sections_fts(sections_fts, rowid, path, number, heading, text)"
        " select 'delete', id, path, number, heading, text from sections where document=? and indexed=1",
        document,
    )
    store.do("update sections set indexed=0 where document=? and indexed=1", document)


def merged(store: Store, document: str) -> None:
    """Bring sections that came from another document in line with what is hidden of this one."""
    hidden = store.value("select hidden from documents where id=?", document)
    _reindex(store, document, open_=hidden == OPEN)


def purge(store: Store) -> None:
    """Write the indexes anew where something was taken out of them: until then its words stand in their files."""
    if store.meta(PURGE) is not None:
        store.write_gathered()
        for index in ("document_search_fts", "document_search_trigram", "sections_fts"):
            store.do(f"insert into {index}({index}) values ('optimize')")
        store.drop_meta(PURGE)
