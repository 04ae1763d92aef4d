"""What was decided, carried out: the one way from :mod:`crawler.reconcile` into the database."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.changes import section_digests
from crawler.model import Difference, digest_of
from crawler.reconcile.intents import (
    AddChange,
    AddNotes,
    AddVersion,
    Annotate,
    Check,
    Follow,
    Intent,
    Keep,
    Quarantine,
    Release,
    Retract,
    RewordNote,
    SetAvailability,
    Skip,
)
from crawler.reconcile.reading import version_id
from crawler.reconcile.versions import length
from crawler.store import (
    addresses,
    aside,
    changes,
    commencements,
    commentary,
    documents,
    fetches,
    history,
    quarantine,
    versions,
)
from crawler.store.store import Row, Store, dumps

MAX_CHARACTERS_REPEATED = 200_000
"""Most characters of a wording that a change repeats; the whole wording stands in its section."""


def carry_out(store: Store, crawl: str, intents: Iterable[Intent]) -> int:
    """Carry out what was decided in a crawl; return how many changes are new."""
    new = 0
    captures: dict[str | None, tuple[str, str]] = {}
    for intent in intents:
        match intent:
            case AddChange(previous=previous):
                if intent.version is not None and previous not in captures:
                    captures[previous] = changes.capture_of(store, previous)
                new += _add_change(store, crawl, intent, captures.get(previous))
            case AddVersion() | Annotate() | Quarantine() | Release() | Retract() | AddNotes() | RewordNote():
                _carry_out_of_text(store, intent)
            case _:
                _carry_out_of_document(store, intent)
    return new


_OfText = AddVersion | Annotate | Quarantine | Release | Retract | AddNotes | RewordNote


def _carry_out_of_text(store: Store, intent: _OfText) -> None:
    match intent:
        case AddVersion():
            _add_version(store, intent)
        case Annotate(document=document, version=version, annotations=annotations, fetch=fetch):
            seen = str(fetches.get(store, fetch)["time"])
            ids = commentary.annotation_ids(store, document, annotations, seen, fetch)
            if commentary.note_again(store, version, ids):
                commencements.note_due(store, document)
        case Quarantine(stream=stream, held=held):
            quarantine.put(store, stream, held)
        case Release(stream=stream):
            quarantine.drop(store, stream)
        case Retract():
            _retract(store, intent)
        case AddNotes(document=document, notes=notes, seen=seen, fetch=fetch):
            history.add(store, document, notes, seen, fetch)
        case RewordNote(document=document, number=number, note=note):
            history.reword(store, document, number, note)


def _carry_out_of_document(store: Store, intent: Check | Follow | Skip | Keep | SetAvailability) -> None:
    match intent:
        case Check(document=document, seen=seen):
            store.update("documents", {"id": document}, {"checked": seen})
        case Follow(document=document, alias=alias, before=before):
            addresses.follow(store, document, alias, before)
        case Skip():
            aside.put(store, intent)
        case Keep(source=source, link=link, documents=documents):
            aside.drop(store, source, link, documents)
        case SetAvailability(document=document, availability=availability, since=since, answers=answers):
            row = {"availability": availability, "availability_since": since, "suspect_answers": answers}
            store.update("documents", {"id": document}, row)


def _add_change(store: Store, crawl: str, intent: AddChange, before: tuple[str, str] | None) -> bool:
    """Store a change under an id made of the captures ``before`` and after, time and digest; tell whether it is new."""
    each, fetch = intent.difference, fetches.get(store, intent.fetch)
    after = (fetch["time"], fetch["digest"])
    captures = after if intent.version is None else (before, after)
    sections = [section for section in (each.before, each.after) if section is not None]
    ids = versions.section_ids(store, intent.document, sections, section_digests(sections)) if sections else []
    row: Row = {
        "id": digest_of(intent.document, *captures, each.kind, each.path + intent.mark)[:24],
        "document": intent.document,
        "version": intent.version,
        "previous": intent.previous,
        "kind": each.kind,
        "path": each.path,
        "before": (each.before.text if each.before else each.old)[:MAX_CHARACTERS_REPEATED],
        "after": (each.after.text if each.after else each.new)[:MAX_CHARACTERS_REPEATED],
        "words": dumps([[word.op, word.text] for word in each.words]),
        "before_section": ids[0] if each.before else None,
        "after_section": ids[-1] if each.after else None,
        "position": each.position,
        "verb": each.verb,
        "reasons": reasons_as_text(each),
        "cause": intent.cause,
        "significance": each.significance,
        "flags": dumps(list(each.flags)),
        "note": intent.note,
        "occurred": intent.occurred,
        "seen": fetch["time"],
        "crawl": crawl,
        "fetch": intent.fetch,
    }
    return changes.add(store, row, silent=intent.silent, late=intent.late)


def _add_version(store: Store, intent: AddVersion) -> None:
    wording, origin = intent.wording, intent.origin
    version = wording.version
    ids = versions.section_ids(store, version.document, version.sections, wording.sections)
    notes = commentary.annotation_ids(store, version.document, version.annotations, origin.time, origin.fetch)
    row: Row = {
        "id": version_id(version, origin),
        "document": version.document,
        "representation": version.representation,
        "language": version.language,
        "title": version.title,
        "label": version.label,
        "valid_from": version.valid_from,
        "captured": origin.time,
        "status": version.status,
        "digest": wording.digest,
        "note": version.note,
        "partial": int(version.partial),
        "leaves_out": dumps(version.leaves_out),
        "parser": origin.parser,
        "source": origin.source.id,
        "options_digest": origin.source.options_digest,
        "fetch": origin.fetch,
        "sections": dumps(ids),
        "annotations": dumps(notes),
        "characters": length(version),
    }
    versions.add(store, row)
    commencements.note_due(store, version.document)


def _retract(store: Store, intent: Retract) -> None:
    """Remove a version, and show of its document what was before."""
    head, name = intent.head, intent.head.document
    versions.take_back(store, head.id)
    versions.show(store, name, intent.day)
    fetches.settle(store, head.fetch, "quarantined", intent.reason)
    noted = documents.of_source(store, name, head.source)
    stated = {"title": versions.title(store, name)}
    documents.note_source(store, noted, noted.last_seen, listed={}, stated=stated)
    documents.refresh(store, name)


def reasons_as_text(difference: Difference) -> str:
    """Return the reasons of a difference as they are stored: a JSON list of instrument, provision, date and basis.

    Behind them stands ``in part`` where something began on that day in part alone.
    """
    return dumps(
        [
            [reason.instrument, reason.provision, reason.date, reason.basis, *["in part"] * reason.in_part]
            for reason in difference.reasons
        ]
    )
