"""Statements, accepted: what a page says about documents, its own or others."""

from __future__ import annotations

from crawler.identifiers import affected
from crawler.identifiers.effect_types import EffectType, effect_type
from crawler.ingest import differences
from crawler.ingest.readings import Reading
from crawler.ingest.state import State
from crawler.model import Difference, Statement, digest_of
from crawler.reconcile import availability
from crawler.reconcile.intents import AddChange
from crawler.store import Row, commencements, documents, dumps, statements
from crawler.store.known import of_statement
from crawler.store.writer import carry_out
from crawler.text import stamp


def accept(state: State, statement: Statement, reading: Reading, fetch: int, about: str) -> None:
    """Store one statement; one about a document we do not hold is left out, effects excepted.

    ``about`` is the document whose own page states it, empty where a listing does.
    """
    match statement.kind:
        case "effect":
            _effect(state, statement, reading, fetch)
        case "withdrawn":
            known = of_statement(state.store, statement.document, fetch, state.clock, state.first_read)
            intents = availability.withdrawn(known, statement, reading.capture, reading.cause)
            carry_out(state.store, state.crawl, intents)
        case "alias":
            _alias(state, statement, reading, fetch)
        case "relation":
            _relation(state, statement, reading, fetch)
        case "date":
            _date(state, statement, reading, fetch, about)
        case "status":
            _status(state, statement, reading, fetch)
        case "note":
            pass  # read with the page as a whole: :mod:`crawler.reconcile.notes`


_WORDS = (
    "affected_provision", "affecting_provision", "affected_title", "affecting_title", "in_force", "commencement",
    "savings", "comments", "commenced",
)  # fmt: skip
_LISTS = ("affected_paths", "affecting_paths", "starts")


def _effect(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    """Accept an effect. What an act of the EU states of another is textual; the paths are made where none are given."""
    fields = statement.fields
    known = effect_type(fields["type"])
    of_union = EffectType(head=fields["type"].lower(), nature="textual")
    kind = of_union if fields["affected"].startswith("celex:") else known
    row: Row = {
        "affected": fields["affected"],
        "affecting": fields["affecting"],
        "type": fields["type"],
        "applied": int(fields.get("applied", "") == "true"),
        "required": {"true": 1, "false": 0}.get(fields.get("required", "")),
        "head": fields.get("head", kind.head),
        "nature": fields.get("nature", kind.nature),
        **{name: fields.get(name, "") for name in _WORDS},
        **{name: fields.get(name, "[]") for name in _LISTS},
        "fetch": fetch,
    }
    for side in ("affected", "affecting"):
        if f"{side}_paths" not in fields:
            row[f"{side}_paths"] = dumps(affected(row[f"{side}_provision"]))
    if "starts" not in fields:
        row["starts"] = dumps([{"date": date} for date in filter(None, row["in_force"].split(", "))])
    name = fields.get("id") or digest_of(*[row[key] for key in sorted(_NAMING)])[:24]
    statements.put_effect(state.store, name, row, stamp(reading.capture.time))
    if row["nature"] == "commencement":
        commencements.note_due(state.store, documents.resolve(state.store, row["affected"]))


_NAMING = (
    "affected", "affected_provision", "affecting", "affecting_provision", "type", "applied", "required", "in_force",
)  # fmt: skip
"""What makes the id of an effect to which the publisher gave none."""


def _alias(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    """Accept that an address leads to a document: another name of it, unless it is that of another document."""
    row = documents.find(state.store, statement.document)
    alias = statement.fields["alias"]
    if row is None:
        return
    held = documents.find(state.store, alias)
    if held is None:
        documents.add_alias(state.store, alias, row["id"])
    elif held["id"] != row["id"] and held["url"] == alias and reading.cause == "source":
        differences.leads(state, held, alias, row["url"], fetch)


def _relation(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    row = documents.find(state.store, statement.document)
    if row is None:
        return
    key = {"document": row["id"], "relation": statement.fields["relation"], "target": statement.fields["target"]}
    statements.add_relation(state.store, key, seen=stamp(reading.capture.time), fetch=fetch)


def _date(state: State, statement: Statement, reading: Reading, fetch: int, about: str) -> None:
    """A date of law or procedure. One that moved where it was read is a change; one beside known ones is none."""
    fields = statement.fields
    row = documents.find(state.store, statement.document)
    if row is None:
        return
    key = {
        "document": row["id"],
        "event": fields["event"],
        "provision": fields.get("provision", ""),
        "qualification": fields.get("qualification", ""),
    }
    page = statements.Page(
        source=reading.source.id,
        url=reading.capture.link.url,
        own=row["id"] == about,
        seen=stamp(reading.capture.time),
        fetch=fetch,
    )
    commencements.note_due(state.store, row["id"])
    old = statements.state_date(state.store, key, fields["date"], page)
    if old is not None and reading.cause == "source":
        path = " ".join(text for text in (fields["event"], key["provision"]) if text)
        difference = Difference(kind="date", path=path, old=old, new=fields["date"])
        differences.of_document(state, row, AddChange(document=row["id"], difference=difference, fetch=fetch))


def _status(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    """A legal status that another page states, such as "repealed" on a listing."""
    row = documents.find(state.store, statement.document)
    status = statement.fields["status"]
    if row is None or row["status"] == status:
        return
    noted = documents.of_source(state.store, row["id"], reading.source.id)
    documents.note_source(state.store, noted, stamp(reading.capture.time), listed={"status": status}, stated={})
    facts = documents.refresh(state.store, row["id"])
    if facts["status"] == status and row["status"] and row["current"] is None and reading.cause == "source":
        difference = Difference(kind="status", path="", old=row["status"], new=status)
        differences.of_document(state, row, AddChange(document=row["id"], difference=difference, fetch=fetch))
