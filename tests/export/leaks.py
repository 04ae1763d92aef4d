"""What of a private database stands in the bytes of a public one and must not: reckoned without the exporter."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

PRIVATE = ("news", "case_law", "case")
GONE = ("gone", "withdrawn")
RUN_BYTES = 40
"""A run of that many bytes of a hidden text is a leak."""
_STEP = RUN_BYTES // 2
SHORTEST_NAME = 8
OPEN_KINDS = ("retitled", "relocated", "status")
"""Changes of documents about people whose words are shown: their titles, addresses and states are."""


@dataclass(slots=True, kw_only=True)
class _Texts:
    hidden: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)


def leaks(private: Path, public: Path) -> list[str]:
    """Return every name and every run of a hidden text that stands in the public file."""
    with closing(sqlite3.connect(f"file:{private}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        texts = _texts(db)
    haystack, shown = public.read_bytes(), "\0".join(texts.shown).encode()
    names = [name for name in sorted(texts.names) if len(name) >= SHORTEST_NAME and name.encode() not in shown]
    found = [f"name {name}" for name in names if name.encode() in haystack]
    return [*found, *(f"words {run!r}" for run in _runs(texts.hidden, haystack, shown))]


def _runs(texts: Iterable[str], haystack: bytes, shown: bytes) -> Iterator[str]:
    """Yield the runs of texts that stand in the haystack, and in nothing that may be shown.

    Whatever run of RUN_BYTES is taken of a text holds a whole one of its aligned pieces of half that length.
    """
    bodies = [text.encode() for text in texts]
    pieces: dict[str, tuple[bytes, int]] = {}
    for body in bodies:
        for place in range(0, len(body) - _STEP + 1, _STEP):
            pieces.setdefault(body[place : place + _STEP].decode("latin-1"), (body, place))
    if not pieces:
        return
    keys, last, is_shown = list(pieces), -1, cache(shown.__contains__)
    for number, start, end in AhoCorasick(keys).find_matches_as_indexes(haystack.decode("latin-1")):
        body, place = pieces[keys[number]]
        ahead = haystack[max(start - RUN_BYTES, 0) : start], body[max(place - RUN_BYTES, 0) : place]
        before = _shared(ahead[0][::-1], ahead[1][::-1])
        after = _shared(haystack[end : end + RUN_BYTES], body[place + _STEP : place + _STEP + RUN_BYTES])
        run = haystack[start - before : end + after]
        if len(run) < RUN_BYTES or start <= last or is_shown(run[:RUN_BYTES]) or is_shown(run[-RUN_BYTES:]):
            continue
        last = start + RUN_BYTES
        yield run.decode("utf-8", "replace")


def _shared(one: bytes, other: bytes) -> int:
    """Return how many bytes two runs have in common from their beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _texts(db: sqlite3.Connection) -> _Texts:
    """Return what is hidden and what is shown, by the rules of docs/data.md written down a second time."""
    texts = _Texts()
    documents = {row["id"]: row for row in db.execute("select * from documents")}
    private = {id for id in documents if _is_private(db, documents, id)}
    shut = _shut(db, documents)
    for id, row in documents.items():
        _of_document(db, row, texts, is_private=id in private, is_shut=id in shut)
        if id in private and _is_gone(documents, id):
            texts.names |= {row["title"], row["url"], id, id.removeprefix("url:")}
            texts.names |= {alias for (alias,) in db.execute("select alias from aliases where document = ?", [id])}
        else:
            texts.shown += [row["title"], row["url"], row["author"], id]
            texts.shown += [alias for (alias,) in db.execute("select alias from aliases where document = ?", [id])]
            addresses = "select f.url from versions v join fetches f on f.id = v.fetch where v.document = ?"
            texts.shown += [url for (url,) in db.execute(addresses, [id])]
    for table in ("sources", "publishers"):
        rows = db.execute(f"select * from {table}").fetchall()
        texts.shown += [value for row in rows for value in row if isinstance(value, str)]
    return texts


def _of_document(
    db: sqlite3.Connection, document: sqlite3.Row, texts: _Texts, *, is_private: bool, is_shut: bool
) -> None:
    id = document["id"]
    of_people = texts.hidden if is_private else texts.shown
    of_people.append(document["summary"][:300])
    (texts.hidden if is_private or is_shut else texts.shown).append(document["summary"][300:])
    for row in db.execute("select text, heading, path, parts from sections where document = ?", [id]):
        of_people += [row["heading"], row["path"], row["parts"]]
        (texts.hidden if is_private or is_shut else texts.shown).append(row["text"])
    for (note,) in db.execute("select text from annotations where document = ?", [id]):
        (texts.hidden if is_private or is_shut else texts.shown).append(note)
    for row in db.execute("select kind, before, after, words, note from changes where document = ?", [id]):
        of_people.append(row["note"])
        of_change = texts.shown if row["kind"] in OPEN_KINDS else of_people
        of_change += [row["before"], row["after"], *_strings(row["words"])]
    if not is_private:
        # What a document of the toolkit states is quoted, in at most 160 characters.
        stated = db.execute("select value, words from toolkit_facts where document = ?", [id])
        texts.shown += [text for row in stated for text in row]
    if is_private:
        facts = db.execute("select listed, stated from document_sources where document = ?", [id]).fetchall()
        said = [text for row in facts for column in row for text in _strings(column)]
        texts.hidden += [text for text in said if text not in (document["title"], id)]


def _shut(db: sqlite3.Connection, documents: dict[str, sqlite3.Row]) -> set[str]:
    """Return the documents whose text the licence of their publisher does not let us show."""
    open_publishers = {row["id"] for row in db.execute("select id from publishers where copy = 'public'")}
    of_source = {row["id"]: row["publisher"] for row in db.execute("select id, publisher from sources")}
    publishers = {id: row["publisher"] or of_source.get(row["source"]) for id, row in documents.items()}
    return {id for id, publisher in publishers.items() if publisher not in open_publishers}


def _is_private(db: sqlite3.Connection, documents: dict[str, sqlite3.Row], id: str) -> bool:
    family = {id, documents[id]["root"]} & set(documents)
    return any(documents[one]["kind"] in PRIVATE or _is_named_so(db, one) for one in family)


def _is_named_so(db: sqlite3.Connection, id: str) -> bool:
    rows = db.execute(
        "select s.kind, json_extract(x.stated, '$.kind') as says from document_sources x"
        " join sources s on s.id = x.source where x.document = ?",
        [id],
    ).fetchall()
    kinds, says = {row["kind"] for row in rows}, {row["says"] for row in rows} - {None}
    return bool(kinds & set(PRIVATE)) and not (kinds - set(PRIVATE) and says - set(PRIVATE))


def _is_gone(documents: dict[str, sqlite3.Row], id: str) -> bool:
    return any(documents[one]["availability"] in GONE for one in {id, documents[id]["root"]} & set(documents))


def _strings(text: str) -> Iterator[str]:
    """Yield the texts inside a JSON value."""
    waiting = [json.loads(text or "null")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
