"""Statements: what a page says about documents, its own or others: effects, relations, dates, names, statuses."""

from crawler.identifiers import affected
from crawler.identifiers.effect_types import EffectType, effect_type
from crawler.model import Difference, Statement, digest_of
from crawler.reconcile import availability, facts
from crawler.reconcile.intents import AddEffect, AddRelation, Describe, Identify, Intent, StateDate
from crawler.reconcile.known import DateSaid, Known
from crawler.reconcile.reading import Origin
from crawler.text import stamp


def accept(known: Known, statement: Statement, origin: Origin, *, about: str) -> tuple[Intent, ...]:
    """Return what a statement means; one about a document we do not hold is left out, effects excepted.

    ``about`` is the document whose own page states it, empty where a listing does.
    """
    match statement.kind:
        case "effect":
            return (_effect(statement, origin),)
        case "withdrawn":
            return availability.withdrawn(known, statement, origin.capture, origin.cause)
        case "alias":
            return _alias(known, statement, origin)
        case "relation":
            fields, seen = statement.fields, stamp(origin.capture.time)
            added = AddRelation(
                document=known.document, relation=fields["relation"], target=fields["target"], seen=seen,
                fetch=origin.fetch,
            )  # fmt: skip
            return (added,) if known.document else ()
        case "date":
            return _date(known, statement, origin, about)
        case "status":
            return _status(known, statement, origin)
        case "note":
            return ()  # read with the page as a whole: :mod:`crawler.reconcile.notes`


_WORDS = (
    "affected_provision", "affecting_provision", "affected_title", "affecting_title", "in_force", "commencement",
    "savings", "comments", "commenced",
)  # fmt: skip
_LISTS = ("affected_paths", "affecting_paths", "starts")


def _effect(statement: Statement, origin: Origin) -> AddEffect:
    """Return an effect. What an act of the EU states of another is textual; the paths are made where none are given."""
    fields = statement.fields
    known = effect_type(fields["type"])
    of_union = EffectType(head=fields["type"].lower(), nature="textual")
    kind = of_union if fields["affected"].startswith("celex:") else known
    row: dict[str, object] = {
        "affected": fields["affected"],
        "affecting": fields["affecting"],
        "type": fields["type"],
        "applied": int(fields.get("applied", "") == "true"),
        "required": {"true": 1, "false": 0}.get(fields.get("required", "")),
        "head": fields.get("head", kind.head),
        "nature": fields.get("nature", kind.nature),
        **{name: fields.get(name, "") for name in _WORDS},
        **{name: fields.get(name, "[]") for name in _LISTS},
        "fetch": origin.fetch,
    }
    for side in ("affected", "affecting"):
        if f"{side}_paths" not in fields:
            row[f"{side}_paths"] = list(affected(str(row[f"{side}_provision"])))
    if "starts" not in fields:
        row["starts"] = [{"date": date} for date in filter(None, str(row["in_force"]).split(", "))]
    name = fields.get("id") or digest_of(*[row[key] for key in sorted(_NAMING)])[:24]
    return AddEffect(id=name, row=row, seen=stamp(origin.capture.time))


_NAMING = (
    "affected", "affected_provision", "affecting", "affecting_provision", "type", "applied", "required", "in_force",
)  # fmt: skip
"""What makes the id of an effect to which the publisher gave none."""


def _alias(known: Known, statement: Statement, origin: Origin) -> tuple[Intent, ...]:
    """Return that an address leads to a document: another name of it, unless it is that of another document."""
    alias, row = statement.fields["alias"], known.documents.get(known.document)
    if row is None:
        return ()
    held = known.documents.get(known.led)
    if held is None:
        return (Identify(alias=alias, document=row.id),)
    if held.id != row.id and held.url == alias and origin.cause == "source" and not known.is_told:
        difference = Difference(kind="relocated", path=facts.LEADS, old=alias, new=row.url)
        return (facts.of_document(held, difference, origin.fetch, is_watched=known.is_watched),)
    return ()


def _date(known: Known, statement: Statement, origin: Origin, about: str) -> tuple[Intent, ...]:
    """Return a date of law or procedure. One that moved where it was read is a change; one beside known ones is none.

    That another page says otherwise, or is the first to win over others, is no event, nor that a date is stated more
    or less precisely.
    """
    fields, row = statement.fields, known.documents.get(known.document)
    if row is None:
        return ()
    here = DateSaid(
        own=row.id == about, position=known.position, source=origin.source.id, url=origin.capture.link.url,
        date=fields["date"],
    )  # fmt: skip
    last = next((each for each in known.dates if each.is_beside(here)), None)
    stated = StateDate(
        document=row.id,
        event=fields["event"],
        provision=fields.get("provision", ""),
        qualification=fields.get("qualification", ""),
        said=here,
        is_new=last is None or last.date != here.date,
        seen=stamp(origin.capture.time),
        fetch=origin.fetch,
    )
    before = min(known.dates, default=None)
    after = min([here, *(each for each in known.dates if each is not last)])
    if before is None or not stated.is_new or not before.is_beside(after) or not _is_moved(before.date, after.date):
        return (stated,)
    if origin.cause != "source":
        return (stated,)
    path = " ".join(text for text in (stated.event, stated.provision) if text)
    difference = Difference(kind="date", path=path, old=before.date, new=here.date)
    return stated, facts.of_document(row, difference, origin.fetch, is_watched=known.is_watched)


def _is_moved(before: str, after: str) -> bool:
    """Whether a date is another one, not the same day, month or year stated more or less precisely."""
    return not before.startswith(after) and not after.startswith(before)


def _status(known: Known, statement: Statement, origin: Origin) -> tuple[Intent, ...]:
    """Return a legal status that another page states, such as "repealed" on a listing."""
    row, status = known.documents.get(known.document), statement.fields["status"]
    if row is None or row.status == status:
        return ()
    said = {"status": status}
    described = Describe(document=row.id, source=origin.source.id, seen=stamp(origin.capture.time), facts=said)
    now = facts.holding(facts.with_facts(known.said, origin.source.id, said, own=False))
    is_told = now["status"] == status and row.status and row.current is None and origin.cause == "source"
    if not is_told:
        return (described,)
    difference = Difference(kind="status", path="", old=row.status, new=status)
    return described, facts.of_document(row, difference, origin.fetch, is_watched=known.is_watched)
