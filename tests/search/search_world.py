"""Worlds to search in: the sample alone, or with real titles and everything that was recorded."""

import json
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.export import export
from crawler.sources.vocabulary import TOPICS
from tests.publish.publish_rows import CLOCK, EARLIER, World
from tests.search import corpus
from tests.search.corpus import Document, Section

SHARED = Path(__file__).parents[2] / "../shared"
TITLES = ("labelled.jsonl", "topics.jsonl")
TYPES = {
    "force": "coming into force", "part": "coming into force", "inserted": "inserted", "changed": "words substituted",
    "repealed": "repealed",
}  # fmt: skip
PLACES = {
    "UK": "United Kingdom", "E&W": "England and Wales", "NI": "Northern Ireland", "EU": "European Union",
    "CoE": "International", "international": "International",
}  # fmt: skip


def build(path: Path, *, base: Path | None = None, titles: bool = False) -> Path:
    """Write a database with the sample, over that of a base where there is one, and return its public database.

    ``titles``: with the labelled titles, as documents without text.
    """
    if base is not None:
        shutil.copy(base, path)
    world = World(path)
    held = {row[0] for row in world.db.execute("select id from documents union select alias from aliases")}
    if base is None:
        world.add("crawls", id="c3", clock=CLOCK, started=CLOCK, ended=CLOCK)
        world.add("fetches", id=1, crawl="c3", exchange="x1", url="https://law.sample.invalid/", time=CLOCK)
    _source(world, "sample-law", "legislation", "Sample law")
    for topic, named in TOPICS.items():
        world.db.execute("insert or ignore into topics(id, label) values (?, ?)", [topic, named])
    # What is held without its text is made whole by the sample.
    whole = {row[0] for row in world.db.execute("select id from documents where current <> ''")}
    texts = [document for document in corpus.documents() if document.id not in whole]
    for document in texts:
        for table, column in (("documents", "id"), ("document_sources", "document")):
            world.db.execute(f"delete from {table} where {column} = ?", [document.id])
        _add(world, document)
    if titles:
        known = {document.facts["title"].lower() for document in texts}
        for label in labelled():
            id = f"url:{label['url']}"
            if label["title"].lower() not in known and id not in held:
                known.add(label["title"].lower())
                held.add(id)
                _add_title(world, id, label)
    world.db.conn.commit()
    world.db.close()
    return export(path)


def labelled() -> Iterator[dict[str, Any]]:
    """Yield the labelled titles, none where they are not there."""
    for name in TITLES:
        path = SHARED / "relevance" / name
        if path.is_file():
            yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _add(world: World, document: Document) -> None:
    facts = document.facts
    _publisher(world, facts["publisher"])
    availability, _, since = facts.get("availability", "ok").partition(" ")
    world.document(
        document.id, facts["title"], kind=facts["kind"], publisher=facts["publisher"], source="sample-law",
        jurisdiction=facts["jurisdiction"], extent=facts.get("extent", ""), summary=facts.get("summary", ""),
        published=facts.get("published"), updated=facts.get("updated"), status=facts.get("status", ""),
        in_force=facts.get("in_force", "not applicable"), availability=availability, availability_since=since or None,
        parent=facts.get("parent"), first_seen=EARLIER,
    )  # fmt: skip
    for topic in facts.get("topics", "").split("; "):
        sql = "insert or ignore into document_topics(document, topic, band, score, why) values (?, ?, 'in', 1.0, '[]')"
        world.db.execute(sql, [document.id, topic])
    for alias in facts.get("identifiers", "").split("; "):
        if alias:
            world.db.execute("insert or ignore into aliases(alias, document) values (?, ?)", [alias, document.id])
    if facts.get("dates"):
        event, provision, day = (part.strip() for part in facts["dates"].split("|"))
        world.add("dates", document=document.id, event=event, provision=provision, date=day, qualification="")
    name = f"v-{sha256(document.id.encode()).hexdigest()[:12]}"
    sections = [(section.path, section.number, section.heading, section.text) for section in document.sections]
    world.version(
        name, document.id, sections, title=facts["title"], label=facts.get("label", ""), captured=CLOCK,
        source="sample-law", status=facts.get("status", ""),
    )  # fmt: skip
    for section in document.sections:
        world.db.execute("update sections set status = ? where document = ? and path = ?",
                         [section.status, document.id, section.path])  # fmt: skip
        _events(world, document, section, name)


def _events(world: World, document: Document, section: Section, version: str) -> None:
    for number, event in enumerate(section.events):
        key = sha256(f"{document.id}{section.path}{number}".encode()).hexdigest()[:16]
        if event.by:
            world.add(
                "effects", id=key, affected=document.id, affected_provision=_short(section.path), affecting=event.by,
                affecting_provision=event.provision, type=event.words if event.kind == "changed" else TYPES[event.kind],
                applied=1, in_force=event.day if event.kind != "part" else f"{event.day} {event.words}",
            )  # fmt: skip
        if event.kind in ("inserted", "changed"):
            kind = "added" if event.kind == "inserted" else "changed"
            world.change(key, document.id, kind, section.path, occurred=event.day, seen=f"{event.day}T10:00:00Z",
                         version=version, significance="legal effect" if event.by else "substantive")  # fmt: skip


def _short(path: str) -> str:
    """Return a path as effects name it: section-45 is s. 45."""
    unit, _, number = path.partition("-")
    short = {"section": "s.", "article": "Art.", "schedule": "Sch.", "regulation": "reg."}
    return f"{short.get(unit, unit)} {number}"


def _add_title(world: World, id: str, label: dict[str, Any]) -> None:
    publisher = re.sub(r"[^a-z0-9]+", "-", label["publisher"].lower()).strip("-")[:60] or "nobody"
    _publisher(world, publisher, label["publisher"])
    day = re.search(r"\b(?:19|20)\d\d\b", label["title"])
    world.document(
        id, label["title"], kind=label["kind"],
        publisher=publisher, source="sample-law", jurisdiction=PLACES.get(label["jurisdiction"], label["jurisdiction"]),
        summary=label.get("summary", ""), published=f"{day[0]}-01-01" if day else None, first_seen=EARLIER,
    )  # fmt: skip


def _publisher(world: World, id: str, name: str = "") -> None:
    if not world.db.execute("select 1 from publishers where id = ?", [id]).fetchone():
        named = name or {"legislation": "legislation.gov.uk", "cps": "Crown Prosecution Service"}.get(id)
        world.add("publishers", id=id, name=named or id.replace("-", " ").title())


def _source(world: World, id: str, publisher: str, name: str) -> None:
    _publisher(world, publisher)
    world.add("sources", id=id, name=name, publisher=publisher, url="https://sample.example/", position=9_999)
