"""Texts that are held: suspicious, kept in the archive, not accepted until they are confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Version
from crawler.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How often later crawls read the same held text, since when, and when last. Times as text."""

    confirmed: int
    confirmed_since: str
    last: str


def confirm(
    store: Store, version: Version, digest: str, reading: str, *, reason: str, seen: str, fetch: int
) -> Confirmation:
    """Hold a text, or note that it was read again; give how well it is confirmed. One capture counts once."""
    row = store.one(
        "select * from held where document=? and representation=? and language=? and reading=?",
        version.document, version.representation, version.language, reading,
    )  # fmt: skip
    again = row is not None and row["digest"] == digest
    if row and again and row["fetch"] == fetch:
        return Confirmation(confirmed=row["confirmed"], confirmed_since=row["confirmed_since"] or seen, last=seen)
    first = row["first_seen"] if row and again else seen
    since = (row["confirmed_since"] or seen) if row and again else None
    confirmed = row["confirmed"] + 1 if row and again else 0
    store.upsert(
        "held",
        {
            "document": version.document,
            "representation": version.representation,
            "language": version.language,
            "reading": reading,
            "digest": digest,
            "reason": reason,
            "first_seen": first,
            "confirmed_since": since,
            "confirmed": confirmed,
            "fetch": fetch,
        },
        ["document", "representation", "language", "reading"],
    )
    return Confirmation(confirmed=confirmed, confirmed_since=since or seen, last=seen)


def is_elsewhere(store: Store, document: str, capture: str, before: str) -> bool:
    """Tell whether a text of another document is held that was read from the bytes of a capture, by its digest.

    None of a document that said the same as this one before: ``before`` is the digest of the version it had.
    """
    found = store.value(
        "select 1 from fetches f join held h on h.fetch=f.id where f.digest=? and h.document<>?"
        " and not exists (select 1 from versions w where w.document=h.document and w.digest=?) limit 1",
        capture, document, before,
    )  # fmt: skip
    return found is not None


def drop(store: Store, version: Version, reading: str) -> None:
    """Forget what is held of a stream under some options: it says something else now, or the text was accepted."""
    store.do(
        "delete from held where document=? and representation=? and language=? and reading=?",
        version.document, version.representation, version.language, reading,
    )  # fmt: skip
