"""A database of entries with everything by which they can be filtered, and a plain reading of what a filter means."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from random import Random
from sqlite3 import Connection
from typing import Any

from crawler.feeds import Filter
from crawler.feeds.facets import CHANGES, FACETS, SHARED, SIGNIFICANCES
from crawler.public.parts import PART
from crawler.public.schema import script
from crawler.sources.areas import areas

DOCUMENTS = ("ukpga/2001/9001", "govuk:1", "govuk:2", "govuk:3")
ANNEX = "govuk:1/annex-a"
PATHS = (
    "section-4",
    "section-4-1",
    "section-4-1-a",
    "section-45",
    "section-45-1",
    "section-4A",
    "schedule-4",
    "who-acts",
)
PLACES = ("United Kingdom", "Scotland", "England and Wales", "European Union", "International")
KINDS = ("guidance", "act", "report", "round-up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry as the tests made it: its columns, its values by facet, and the places it tells of."""

    id: str
    columns: Mapping[str, Any]
    facets: Mapping[str, frozenset[str]]
    places: frozenset[tuple[str, str]]

    def fits(self, filter: Filter) -> bool:
        """Return whether the entry is one of a filter, by the words of the documentation and without any SQL."""
        if self.columns["announced"] is None:
            return False
        documents, sections = filter.values("document"), filter.values("section")
        is_editorial = self.columns["significance"] == "editorial" and self.columns["document"] is not None
        if is_editorial and not documents and not filter.values("significance"):
            return False
        if documents and not self._tells(documents, sections):
            return False
        own = {facet.name: {self.columns[facet.column]} for facet in FACETS.values() if facet.column}
        known = {**own, **self.facets}
        return all(known[facet] & set(filter.values(facet)) for facet in known if filter.values(facet))

    def _tells(self, documents: Iterable[str], sections: Iterable[str]) -> bool:
        places = [(document, path.split("-")) for document, path in self.places]
        if not sections:
            return any(document in documents for document, _ in places) or self.columns["document"] in documents
        steps = [section.split("-") for section in sections]
        return any(d in documents and path[: len(s)] == s for d, path in places for s in steps)


def add(db: Connection, table: str, **values: object) -> None:
    """Add a row; what must not be null and is not given is blank."""
    row = {**_blank(table), **values}
    db.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", [*row.values()])


@cache
def _blank(table: str) -> Mapping[str, object]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(script())
        columns = db.execute('select name, type, "notnull", pk from pragma_table_info(?)', [table])
        return {name: "" if kind == "TEXT" else 0 for name, kind, is_needed, key in columns if is_needed and not key}


def empty() -> Connection:
    """A public database with publishers, sources and documents, and no entries."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.executescript(script())
    for publisher in ("ho", "eu"):
        add(db, "publishers", id=publisher, name=f"Office {publisher}", jurisdiction="United Kingdom", copy="public")
    for n, (source, publisher) in enumerate((("a", "ho"), ("b", "eu"))):
        add(db, "sources", n=n, id=source, name=f"Source {source}", publisher=publisher, kind="guidance",
            jurisdiction="United Kingdom", faults="[]", expect="{}")  # fmt: skip
    for n, document in enumerate(DOCUMENTS, 1):
        add(db, "documents", n=n, id=document, root=document, kind="guidance", title=f"Title of {document}",
            source="a", jurisdiction="United Kingdom")  # fmt: skip
    add(db, "documents", n=9, id=ANNEX, root=DOCUMENTS[1], parent=DOCUMENTS[1], kind="form", title="Annex", source="a")
    for path in PATHS:
        add(db, "sections", document=DOCUMENTS[0], path=path, parts="[]", is_current=1)
    db.execute(
        "insert into facet_values select 'source', id, name from sources union select 'publisher', id, name from"
        " publishers union select 'kind', kind, '' from documents union select 'jurisdiction', jurisdiction, ''"
        " from documents"
    )
    return db


def row(number: int) -> Row:
    """The entry with a number: each has a mixture of its own, the same in every run."""
    draw = Random(number)
    about_us, place = draw.random() < 0.08, draw.choice(PLACES)
    document = None if about_us else draw.choice(DOCUMENTS)
    announced = None
    if draw.random() < 0.9:
        announced = f"2026-{draw.randint(1, 11):02}-{draw.randint(1, 23):02}T10:{draw.randint(0, 59):02}:00Z"
    columns = {
        "document": document,
        "kind": draw.choice(("watching", "late")) if about_us else draw.choice(CHANGES[:9]),
        "document_kind": "round-up" if about_us else draw.choice(KINDS[:3]),
        "publisher": None if about_us else draw.choice(("ho", "eu")),
        "source": None if about_us else draw.choice(("a", "b")),
        "significance": "editorial" if about_us else draw.choice(tuple(SIGNIFICANCES)),
        "jurisdiction": "" if about_us else place,
        "announced": announced,
        "updated": announced,
    }
    lists = {facet: tuple(FACETS[facet].values or ()) for facet in SHARED if facet != "jurisdiction"}
    facets = {facet: frozenset(draw.sample(values, draw.randint(0, 3))) for facet, values in lists.items()}
    facets["jurisdiction"] = frozenset() if about_us else frozenset(areas(place))
    places = set()
    if document is not None and draw.random() < 0.8:
        places = {(document, ""), (document, draw.choice(PATHS))}
        places |= {(ANNEX, "box-b")} if document == DOCUMENTS[1] and draw.random() < 0.6 else set()
        places |= {(DOCUMENTS[0], draw.choice(PATHS))} if draw.random() < 0.2 else set()
    return Row(id=f"e{number:04}", columns=columns, facets=facets, places=frozenset(places))


class Rows(list[Row]):
    """The entries; a failing test does not print them all."""

    def __repr__(self) -> str:
        return f"<{len(self)} entries>"


def filled(count: int) -> tuple[Connection, Rows]:
    """A database with that many entries, and the entries."""
    db, rows = empty(), Rows(row(number) for number in range(count))
    for n, one in enumerate(sorted(rows, key=_place), 1):
        enter(db, one, n)
    index(db)
    return db, rows


def enter(db: Connection, row: Row, n: int) -> None:
    """Add an entry with everything by which it is found."""
    lists = ("why", "aimed_at", "look_for", "flags", "sure", "copies", "topics", "details")
    is_editorial = row.columns["significance"] == "editorial" and row.columns["document"] is not None
    labels = {facet: sorted(values) for facet, values in row.facets.items() if values}
    columns = {
        **dict.fromkeys(lists, "[]"), "title": "t", "labels": json.dumps(labels), "rank": n,
        "state": "announced" if row.columns["announced"] else "silent",
        "is_default": int(bool(row.columns["announced"] and not is_editorial)), **row.columns,
    }  # fmt: skip
    add(db, "entries", id=row.id, n=n, **columns)
    own = {facet.name: [row.columns[facet.column]] for facet in FACETS.values() if facet.column}
    if row.columns["announced"]:
        for facet, values in {**labels, **own}.items():
            for value in filter(None, values):
                add(db, "entry_lists", facet=facet, value=value, entry=n)
    for document, path in sorted(row.places):
        add(db, "entry_sections", document=document, path=path, entry=n)


def index(db: Connection) -> None:
    """Count the entries of each list, and give each its part of the archive: its months are its crawls."""
    db.execute(
        "with placed as (select n, cast(substr(announced, 1, 4) || substr(announced, 6, 2) as integer) as month,"
        " row_number() over (partition by substr(announced, 1, 7) order by announced, id) - 1 as place from entries"
        f" where announced is not null) update entries set part = month * 10000 + 1 + place / {PART} from placed"
        " where placed.n = entries.n"
    )
    db.execute("delete from counts")
    db.execute(
        "insert into counts select 'entries', l.facet, l.value, count(*) from entry_lists l join entries e"
        " on e.n = l.entry where e.is_default or l.facet = 'significance' group by 2, 3"
    )
    db.execute("insert into counts select 'entries', '', '', count(*) from entries where is_default")
    db.execute("insert or ignore into facet_values select distinct facet, value, '' from entry_lists"
               " where facet in ('kind', 'jurisdiction')")  # fmt: skip


def _place(row: Row) -> tuple[object, ...]:
    """The order of announcement: the newest first, then by weight; what was never announced comes last."""
    announced = row.columns["announced"] or ""
    weight = tuple(SIGNIFICANCES).index(row.columns["significance"])
    return (announced == "", [-ord(character) for character in announced], weight, row.id)
