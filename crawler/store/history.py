"""The dated notes of publishers on what they changed in a document, as its own page lists them."""

from collections.abc import Sequence

from crawler.store.store import Row, Store


def notes(store: Store, document: str) -> list[Row]:
    """Return the notes on a document, the oldest first."""
    return store.all("select * from document_history where document=? order by date, number", document)


def add(store: Store, document: str, listed: Sequence[tuple[str, str]], seen: str, fetch: int) -> None:
    """Store notes, each with its date, that a capture lists and that are not stored yet."""
    number = 1 + int(store.value("select coalesce(max(number), 0) from document_history where document=?", document))
    rows = [
        {"document": document, "number": place, "date": date, "note": note, "seen": seen, "fetch": fetch}
        for place, (date, note) in enumerate(listed, number)
    ]
    store.insert_all("document_history", rows)


def reword(store: Store, document: str, number: int, note: str) -> None:
    """Replace the words of a note: its publisher put it in other words under the same date."""
    store.do("update document_history set note=? where document=? and number=?", note, document, number)


def merge(store: Store, old: str, new: str) -> None:
    """Move the notes on one document to another, which has taken it in; those of both are kept once."""
    own = {(row["date"], row["note"]) for row in notes(store, new)}
    for row in notes(store, old):
        store.do("delete from document_history where document=? and number=?", old, row["number"])
        if (row["date"], row["note"]) not in own:
            add(store, new, [(row["date"], row["note"])], row["seen"], row["fetch"])
