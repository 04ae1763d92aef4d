"""Texts that are held: suspicious, kept in the archive, not accepted until they are confirmed."""

from dataclasses import asdict

from crawler.reconcile.streams import Quarantined, Stream
from crawler.store.store import Row, Store

_KEY = ("document", "representation", "language", "options_digest")
_WHERE = " and ".join(f"{column}=?" for column in _KEY)


def get(store: Store, stream: Stream) -> Quarantined | None:
    """Return what is held of a stream, None where nothing is."""
    row = store.one(
        "select digest, reason, first_seen, fetch, confirmed_since, confirmations from quarantine where " + _WHERE,
        *asdict(stream).values(),
    )
    return None if row is None else Quarantined(**row)


def summary(store: Store) -> Row:
    """Return the ``number`` of texts that are held, and ``since`` when the oldest is, None where none is."""
    return store.one("select count(*) as number, min(first_seen) as since from quarantine") or {}


def put(store: Store, stream: Stream, held: Quarantined) -> None:
    """Hold a text in the place of what was held of its stream."""
    store.upsert("quarantine", {**asdict(stream), **asdict(held)}, _KEY)


def drop(store: Store, stream: Stream) -> None:
    """Forget what is held of a stream."""
    store.do(f"delete from quarantine where {_WHERE}", *asdict(stream).values())


def is_elsewhere(store: Store, document: str, capture: str, before: str, digest: str) -> bool:
    """Return whether a text of another document is held that was read from the bytes of a capture, or says the same.

    ``capture`` and ``digest`` are the digests of these bytes and of what they say. None of a document that said the
    same as this one before: ``before`` is the digest of the version it had.
    """
    found = store.value(
        "select 1 from quarantine h join fetches f on f.id=h.fetch where (f.digest=? or h.digest=?) and h.document<>?"
        " and not exists (select 1 from versions w where w.document=h.document and w.digest=?) limit 1",
        capture, digest, document, bytes.fromhex(before),
    )  # fmt: skip
    return found is not None
