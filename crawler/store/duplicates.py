"""What is needed to see that two documents are one: their numbers, the marks of their texts, and which are copies."""

import json
from collections.abc import Iterable, Sequence

from crawler.store.store import Row, Store, dumps
from crawler.store.visibility import private

MIN_CHARACTERS = 400
"""Fewest characters of a text by whose bytes two documents are the same."""
MAX_SHARING = 24
"""Most documents that may share a number, a file or a mark: what more share tells none of them from another."""
COMMON = 100
"""Documents that share a mark of a template, which tells nothing of any of them."""
_SECTIONS = 8
"""Sections that are read at a time for the beginning of a text."""

_FACTS = (
    "select d.id, d.root, d.parent, d.kind, d.title, d.summary, d.url, d.publisher, d.current,"
    f" {private('d.id')} as private, coalesce(v.language, '') as language, coalesce(v.characters, 0) as characters,"
    " coalesce(v.sections, '[]') as sections, coalesce(v.representation, '') as representation, c.turn"
    " from documents d join sources s on s.id=d.source left join versions v on v.id=d.current"
    " left join fingerprints c on c.document=d.id"
)


def waiting(store: Store) -> list[Row]:
    """Return the documents that are new since the last crawl, or whose text was read for the first time.

    In the order in which they are compared: in English first, then as their sources stand in sources.yaml.
    """
    return store.all(
        f"{_FACTS} where d.id in (select document from pending_classification)"
        " and (c.document is null or (c.version is null and d.current is not null))"
        " order by coalesce(v.language, 'en') not glob 'en*', s.position, d.id"
    )


def reworded(store: Store) -> list[Row]:
    """Return the documents that were compared before, and whose text is another since the last crawl."""
    return store.all(
        f"{_FACTS} where d.id in (select document from pending_classification) and c.version is not null"
        " and c.version is not d.current order by d.id"
    )


def facts(store: Store, documents: Iterable[str]) -> list[Row]:
    """Return what is compared of documents that were compared before, the earliest first."""
    wanted = sorted(set(documents))
    if not wanted:
        return []
    return store.all(
        f"{_FACTS} where d.id in (select value from json_each(?)) and c.turn is not null order by c.turn", dumps(wanted)
    )


def beginning(store: Store, row: Row, characters: int) -> str:
    """Return the beginning of the text of a document, a line for each heading and paragraph."""
    found: list[str] = []
    length, ids = 0, json.loads(row["sections"])
    for start in range(0, len(ids), _SECTIONS):
        lines = _lines(store, ids[start : start + _SECTIONS])
        found += lines
        length += sum(map(len, lines))
        if length >= characters:
            break
    return "\n".join(found)[:characters]


def _lines(store: Store, ids: Sequence[int]) -> list[str]:
    rows = store.all(
        "select s.number, s.heading, s.text from json_each(?) j join sections s on s.id=j.value order by j.key",
        dumps(list(ids)),
    )
    return [line for row in rows for line in (f"{row['number']} {row['heading']}".strip(), row["text"]) if line]


def last_turn(store: Store) -> int:
    """Return the turn of the document that was compared last, 0 before the first."""
    return int(store.value("select coalesce(max(turn), 0) from fingerprints"))


def note(store: Store, row: Row, turn: int, seen: str, references: Iterable[Row], marks: Iterable[int]) -> Row:
    """Record that a document is compared now, in its turn, and by what it is found from now on; return it with that."""
    name = row["id"]
    fingerprint = {"document": name, "turn": turn, "version": row["current"], "seen": seen}
    store.upsert("fingerprints", fingerprint, ["document"])
    if row["turn"] is not None:
        store.do("delete from document_identifiers where document=?", name)
        store.do("delete from fingerprint_marks where turn=?", turn)
    store.insert_all("document_identifiers", [{"document": name, **each} for each in references])
    store.insert_all("fingerprint_marks", [{"turn": turn, "mark": mark} for mark in marks])
    return {**row, "turn": turn}


def by_reference(store: Store, document: str) -> list[Row]:
    """Return the documents that state one of the numbers of a document as their own, with that number."""
    return store.all(
        "select b.document, a.kind, a.value, min(a.strong, b.strong) as strong from document_identifiers a"
        " join document_identifiers b on b.value=a.value and b.kind=a.kind and b.document<>a.document"
        " where a.document=? and (select count(*) from document_identifiers c where c.value=a.value and"
        " c.kind=a.kind)<=?"
        " order by strong desc, a.kind, a.value, b.document",
        document, MAX_SHARING,
    )  # fmt: skip


def strong(store: Store, document: str) -> dict[str, set[str]]:
    """Return the numbers by kind each of which names a document alone."""
    found: dict[str, set[str]] = {}
    for row in store.all("select kind, value from document_identifiers where document=? and strong=1", document):
        found.setdefault(row["kind"], set()).add(row["value"])
    return found


def by_digest(store: Store, document: str) -> list[str]:
    """Return the documents whose own page or file had, at any time, the same bytes as that of a document.

    Bytes that tell of several documents, as a list does, are not those of one.
    """
    rows = store.all(
        "select distinct w.document from versions v join fetches f on f.id=v.fetch join fetches g on g.digest=f.digest"
        " join versions w on w.fetch=g.id where v.document=? and w.document<>v.document and f.digest<>''"
        " and f.role in ('document','attachment') and g.role in ('document','attachment')"
        " and v.representation<>'summary' and v.characters>=? and w.characters>=?"
        " and not exists (select 1 from versions o where o.fetch=v.fetch and o.document<>v.document)"
        " and not exists (select 1 from versions o where o.fetch=w.fetch and o.document<>w.document)"
        " order by w.document limit ?",
        document, MIN_CHARACTERS, MIN_CHARACTERS, MAX_SHARING + 1,
    )  # fmt: skip
    return [str(row["document"]) for row in rows] if len(rows) <= MAX_SHARING else []


def by_marks(store: Store, document: str, least: int) -> list[str]:
    """Return the documents that share marks of their text with a document, those that share most first."""
    rows = store.all(
        "select o.document, count(*) as shared from fingerprints f join fingerprint_marks a on a.turn=f.turn"
        " join fingerprint_marks b on b.mark=a.mark and b.turn<>a.turn join fingerprints o on o.turn=b.turn"
        " where f.document=?"
        " and (select count(*) from (select 1 from fingerprint_marks c where c.mark=a.mark limit ?))<?"
        " group by o.turn having shared>=? order by shared desc, o.document limit ?",
        document, COMMON, COMMON, least, MAX_SHARING,
    )  # fmt: skip
    return [str(row["document"]) for row in rows]


def original(store: Store, document: str) -> str:
    """Return the document that a document is a copy of, itself where it is none."""
    found = store.value("select original from duplicates where document=?", document)
    return document if found is None else str(found)


def copies(store: Store, document: str) -> list[str]:
    """Return the documents that are copies of a document."""
    rows = store.all("select document from duplicates where original=? order by document", document)
    return [str(row["document"]) for row in rows]


def put(store: Store, row: Row) -> None:
    """Record that a document is a copy of an original."""
    store.upsert("duplicates", row, ["document"])


def turn(store: Store, document: str, original: str, relation: str) -> None:
    """Make a copy one of another original."""
    store.update("duplicates", {"document": document}, {"original": original, "relation": relation})
