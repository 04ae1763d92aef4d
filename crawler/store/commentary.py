"""What publishers note at provisions: each note of a document is stored once, a version names its notes in order."""

import json
from collections.abc import Sequence

from crawler.model import Annotation, digest_of
from crawler.store.store import Row, Store, dumps


def annotation_ids(store: Store, document: str, annotations: Sequence[Annotation], seen: str, fetch: int) -> list[int]:
    """Return the numbers of annotations in order, storing those not seen before.

    ``seen`` and ``fetch`` are the time and number of the capture; of a note that is stored they stay.
    """
    if not annotations:
        return []
    rows = {_digest(annotation): annotation for annotation in annotations}
    known = _numbers(store, document, list(rows))
    fresh = {digest: annotation for digest, annotation in rows.items() if digest not in known}
    first = 1 + int(store.value("select coalesce(max(id), 0) from annotations"))
    store.insert_all(
        "annotations",
        [
            {
                "id": number,
                "document": document,
                "note": annotation.id,
                "kind": annotation.kind,
                "path": annotation.path,
                "place": annotation.place,
                "text": annotation.text,
                "citations": dumps(annotation.citations),
                "operative": dumps(annotation.operative),
                "digest": digest,
                "seen": seen,
                "fetch": fetch,
            }
            for number, (digest, annotation) in enumerate(fresh.items(), first)
        ],
    )
    known |= {digest: number for number, digest in enumerate(fresh, first)}
    return [known[digest] for digest in rows]


def _digest(annotation: Annotation) -> str:
    return digest_of(
        annotation.id,
        annotation.kind,
        annotation.path,
        annotation.place,
        annotation.text,
        annotation.citations,
        annotation.operative,
    )


def _numbers(store: Store, document: str, digests: Sequence[str]) -> dict[str, int]:
    rows = store.all(
        "select id, digest from annotations where document=? and digest in (select value from json_each(?))",
        document, dumps(digests),
    )  # fmt: skip
    return {str(row["digest"]): int(row["id"]) for row in rows}


def load(store: Store, ids: str) -> tuple[Annotation, ...]:
    """Return the annotations of a version; ``ids`` are their numbers as its row has them, a JSON list."""
    rows = store.all("select a.* from json_each(?) j join annotations a on a.id=j.value order by j.key", ids)
    return tuple(_annotation(row) for row in rows)


def _annotation(row: Row) -> Annotation:
    return Annotation(
        id=row["note"],
        kind=row["kind"],
        path=row["path"],
        place=row["place"],
        text=row["text"],
        citations=tuple((document, path) for document, path in json.loads(row["citations"])),
        operative=tuple((document, path) for document, path in json.loads(row["operative"])),
    )


def note_again(store: Store, version: str, ids: Sequence[int]) -> bool:
    """Give a version that was read again the notes of that reading; return whether they are others."""
    notes = dumps(ids)
    return store.do("update versions set annotations=? where id=? and annotations<>?", notes, version, notes) > 0


def merge(store: Store, old: str, new: str) -> None:
    """Move every annotation of one document to another, which has the versions of both by now."""
    twins = store.all(
        "select a.id as old, b.id as new from annotations a join annotations b on b.digest=a.digest and b.document=?"
        " where a.document=?",
        new, old,
    )  # fmt: skip
    swap = {twin["old"]: twin["new"] for twin in twins}
    if swap:
        for version in store.all("select id, annotations from versions where document=?", new):
            note_again(store, version["id"], [swap.get(i, i) for i in json.loads(version["annotations"])])
        store.do("delete from annotations where id in (select value from json_each(?))", dumps(list(swap)))
    store.do("update annotations set document=? where document=?", new, old)
