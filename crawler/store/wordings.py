"""Wordings that entries are made of: the provisions of a version, and earlier ones that are back."""

import json
from collections.abc import Sequence

from crawler.store.store import Row, Store, dumps
from crawler.text import count_words


def headings(store: Store, document: str) -> list[Row]:
    """Return path, heading, text and parts of the provisions of the version that a document shows, in their order."""
    return store.all(
        "select s.path, s.number, s.heading, substr(s.text, 1, 20000) as text, s.parts from documents d"
        " join versions v on v.id=d.current, json_each(v.sections) j join sections s on s.id=j.value"
        " where d.id=? order by j.key limit 2000",
        document,
    )


def notes_of(store: Store, document: str, kind: str) -> list[Row]:
    """Return path and text of the publisher's notes of a kind in the version of a law that is shown: E on extent."""
    return store.all(
        "select a.path, a.text from documents d join versions v on v.id=d.current, json_each(v.annotations) j"
        " join annotations a on a.id=j.value where d.id=? and a.kind=? order by j.key",
        document, kind,
    )  # fmt: skip


def new_notes(store: Store, version: str, previous: str, kind: str = "F") -> list[str]:
    """Return the notes on amendments, or of another kind, in a version of a law that the one before it has not."""
    rows = store.all(
        "select distinct a.text from versions v, json_each(v.annotations) j join annotations a on a.id=j.value"
        " where v.id=? and a.kind=? and a.id not in"
        " (select o.value from versions p, json_each(p.annotations) o where p.id=?) order by j.key",
        version, kind, previous,
    )  # fmt: skip
    return [str(row["text"]) for row in rows]


def length(store: Store, document: str) -> int:
    """Return how many words the version has that a document shows, without marks and where links lead."""
    rows = store.all(
        "select s.heading || ' ' || s.text as text from documents d join versions v on v.id=d.current,"
        " json_each(v.sections) j join sections s on s.id=j.value where d.id=?",
        document,
    )
    return sum(count_words(str(row["text"])) for row in rows)


def recitals(store: Store, document: str, words: Sequence[str]) -> list[str]:
    """Return the recitals of any version of a document that hold one of some words."""
    rows = store.all(
        "select distinct s.text from sections s where s.document=? and s.path glob 'recital-*'"
        " and exists (select 1 from json_each(?) j where instr(s.text, j.value)>0) order by s.path, s.id limit 200",
        document, dumps(list(words)),
    )  # fmt: skip
    return [str(row["text"]) for row in rows]


def closing_words(store: Store, document: str, words: Sequence[str]) -> list[str]:
    """Return the texts of the articles of any version of a document that hold one of some words."""
    rows = store.all(
        "select distinct text from sections s where document=? and path not glob 'recital-*'"
        " and exists (select 1 from json_each(?) j where instr(s.text, j.value)>0)",
        document, dumps(list(words)),
    )  # fmt: skip
    return [str(row["text"]) for row in rows]


def sections_of(store: Store, version: str | None) -> list[Row]:
    """Return path, status and beginning of the text of the sections of a version in their order; none without one."""
    return store.all(
        "select s.path, s.status, substr(s.text, 1, 200) as text from versions v, json_each(v.sections) j"
        " join sections s on s.id=j.value where v.id=? order by j.key",
        version,
    )


def parts(store: Store, section: int | None) -> list[tuple[str, int, int]]:
    """Return path, start and end of the sub-provisions of a wording of a provision."""
    stated = store.value("select parts from sections where id=?", section)
    return [(str(path), int(start), int(end)) for path, start, end in json.loads(stated or "[]")]


def restored(store: Store, row: Row, since: str) -> str | None:
    """Return the date of the earlier version whose words a change brings back as a whole, None where it does not.

    The words between must not be older than ``since``. The date is that from which the earlier ones applied in law
    where they have one, else when we read them.
    """
    found = store.value(
        f"{_EARLIER} and e.digest=v.digest order by e.fetch desc limit 1", row["version"], row["previous"], since
    )
    return None if found is None else str(found)


def restored_part(store: Store, row: Row, since: str) -> str | None:
    """Return the same for the provision that a change is in."""
    if row["after_section"] is None or row["kind"] not in ("changed", "added"):
        return None
    found = store.value(
        f"{_EARLIER} and exists (select 1 from json_each(e.sections) j where j.value=?) order by e.fetch desc limit 1",
        row["version"], row["previous"], since, row["after_section"],
    )  # fmt: skip
    return None if found is None else str(found)


_EARLIER = (  # Versions of the same stream read before the one that a version is compared with.
    "select coalesce(e.valid_from, e.captured) from versions v join versions p on p.document=v.document"
    " join versions e on e.document=v.document and e.representation=v.representation and e.language=v.language"
    " and e.fetch<p.fetch and not e.partial where v.id=? and p.id=? and p.captured>=?"
)
