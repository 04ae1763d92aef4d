"""Texts that are held: suspicious, kept in the archive, not accepted until they are confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Version
from crawler.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How often later crawls read the same held text, since when, and when last. Times as text."""

    confirmations: int
    confirmed_since: str
    last: str


def confirm(
    store: Store, version: Version, digest: str, options_digest: str, *, reason: str, seen: str, fetch: int
) -> Confirmation:
    """Hold a text, or note that it was read again; return how well it is confirmed. One capture counts once."""
    row = store.one(
        "select * from quarantine where document=? and representation=? and language=? and options_digest=?",
        version.document, version.representation, version.language, options_digest,
    )  # fmt: skip
    again = row is not None and row["digest"] == digest
    if row and again and row["fetch"] == fetch:
        return Confirmation(
            confirmations=row["confirmations"], confirmed_since=row["confirmed_since"] or seen, last=seen
        )
    first = row["first_seen"] if row and again else seen
    since = (row["confirmed_since"] or seen) if row and again else None
    confirmations = row["confirmations"] + 1 if row and again else 0
    store.upsert(
        "quarantine",
        {
            "document": version.document,
            "representation": version.representation,
            "language": version.language,
            "options_digest": options_digest,
            "digest": digest,
            "reason": reason,
            "first_seen": first,
            "confirmed_since": since,
            "confirmations": confirmations,
            "fetch": fetch,
        },
        ["document", "representation", "language", "options_digest"],
    )
    return Confirmation(confirmations=confirmations, confirmed_since=since or seen, last=seen)


def is_elsewhere(store: Store, document: str, capture: str, before: str) -> bool:
    """Return whether a text of another document is held that was read from the bytes of a capture, by its digest.

    None of a document that said the same as this one before: ``before`` is the digest of the version it had.
    """
    found = store.value(
        "select 1 from fetches f join quarantine h on h.fetch=f.id where f.digest=? and h.document<>?"
        " and not exists (select 1 from versions w where w.document=h.document and w.digest=?) limit 1",
        capture, document, before,
    )  # fmt: skip
    return found is not None


def drop(store: Store, version: Version, options_digest: str) -> None:
    """Forget what is held of a stream under some options: it says something else now, or the text was accepted."""
    store.do(
        "delete from quarantine where document=? and representation=? and language=? and options_digest=?",
        version.document, version.representation, version.language, options_digest,
    )  # fmt: skip
