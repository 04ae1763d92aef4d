"""A database of entries with everything by which they can be filtered, and a plain reading of what a filter means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlite_utils import Database

from crawler.feeds import Filter
from crawler.feeds.facets import CHANGES, FACETS, SHARED, SIGNIFICANCES
from crawler.sources.areas import areas
from crawler.store import schema

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
        """Tell whether the entry is one of a filter, by the words of the documentation and without any SQL."""
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


def add(db: Database, table: str, **values: object) -> None:
    """Add a row; what must not be null and is not given is blank."""
    columns = db[table].columns
    blank = {
        one.name: "" if one.type == "TEXT" else 0
        for one in columns
        if one.notnull and not one.is_pk and one.default_value is None
    }
    row = {**blank, **values}
    db.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", [*row.values()])


def empty() -> Database:
    """Give a database with publishers, sources and documents, and no entries."""
    db = Database(memory=True)
    schema.create(db.conn)
    for publisher in ("ho", "eu"):
        add(db, "publishers", id=publisher, name=f"Office {publisher}", jurisdiction="United Kingdom", copy="public")
    for source, publisher in (("a", "ho"), ("b", "eu")):
        add(db, "sources", id=source, name=f"Source {source}", publisher=publisher, kind="guidance",
            jurisdiction="United Kingdom")  # fmt: skip
    add(db, "crawls", id="c", clock="2026-11-24T10:00:00Z", state="ended")
    for document in DOCUMENTS:
        add(db, "documents", id=document, root=document, kind="guidance", title=f"Title of {document}", source="a",
            jurisdiction="United Kingdom")  # fmt: skip
    add(db, "documents", id=ANNEX, root=DOCUMENTS[1], parent=DOCUMENTS[1], kind="form", title="Annex", source="a")
    for path in PATHS:
        add(db, "sections", document=DOCUMENTS[0], path=path, digest=path, parts="[]", newest=1)
    return db


def row(number: int) -> Row:
    """Give the entry with a number: each has a mixture of its own, the same in every run."""
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


def filled(count: int) -> tuple[Database, Rows]:
    """Give a database with that many entries, and the entries."""
    db, rows = empty(), Rows(row(number) for number in range(count))
    for one in rows:
        state = "announced" if one.columns["announced"] else "silent"
        add(db, "entries", id=one.id, crawl="c", title="t", details="[]", state=state, **one.columns)
        for facet, values in one.facets.items():
            for value in sorted(values):
                add(db, "entry_facets", entry=one.id, facet=facet, value=value)
        for document, path in sorted(one.places):
            add(db, "entry_sections", entry=one.id, document=document, path=path)
    return db, rows
