"""What is known once intents were carried out: what the store must load then."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

from crawler.reconcile.facts import holding, with_facts
from crawler.reconcile.intents import (
    AddChange,
    AddVersion,
    Check,
    Describe,
    Follow,
    Intent,
    Keep,
    Quarantine,
    Release,
    SetAvailability,
    Skip,
)
from crawler.reconcile.known import DocumentState, FactsState, Known
from crawler.reconcile.reading import version_id
from crawler.reconcile.streams import Head, StreamState
from crawler.reconcile.versions import length


def evolved(known: Known, intents: Iterable[Intent]) -> Known:
    """Return what is known after intents."""
    return reduce(_after, intents, known)


def _after(known: Known, intent: Intent) -> Known:
    match intent:
        case Skip(document=document, link=link):
            return replace(known, skipped=known.skipped | {document}) if link == known.link else known
        case Keep(documents=documents):
            return replace(known, skipped=known.skipped - documents)
        case SetAvailability() | Check() | Follow() | AddChange():
            state = _document(known.documents[intent.document], intent)
            return replace(known, documents={**known.documents, intent.document: state})
        case _:
            raise TypeError(intent)


def _document(state: DocumentState, intent: Intent) -> DocumentState:
    match intent:
        case SetAvailability(availability=availability, since=since, answers=answers):
            return replace(state, availability=availability, since=since, answers=answers, is_410=False)
        case Check(seen=seen):
            return replace(state, checked=seen)
        case Follow(alias=alias):
            return replace(state, url=alias.removeprefix("url:"))
        case AddChange(difference=difference, note=note, occurred=occurred) if difference.kind == "withdrawn":
            withdrawals = state.withdrawals | {(note, occurred)}
            return replace(state, withdrawals=withdrawals, is_410=note.endswith("(410)"))
        case _:
            return state


def evolved_stream(state: StreamState, intents: Iterable[Intent]) -> StreamState:
    """Return what is known of a stream after intents."""
    for intent in intents:
        match intent:
            case AddVersion(wording=wording):
                state = replace(state, heads=(*state.heads, _head(intent)), neighbour=wording.version)
            case Quarantine(held=held):
                state = replace(state, quarantined=held)
            case Release():
                state = replace(state, quarantined=None)
    return state


def _head(added: AddVersion) -> Head:
    one, read = added.wording.version, added.origin
    return Head(
        id=version_id(one, read), document=one.document, representation=one.representation, language=one.language,
        title=one.title, label=one.label, valid_from=one.valid_from, status=one.status, digest=added.wording.digest,
        note=one.note, is_partial=one.partial, characters=length(one), source=read.source.id,
        options_digest=read.source.options_digest, fetch=read.fetch, annotations="[]",
    )  # fmt: skip


def evolved_facts(state: FactsState, intents: Iterable[Intent]) -> FactsState:
    """Return what is known of the facts of a document after intents."""
    for intent in intents:
        match intent:
            case Describe(source=source, facts=said, own=own):
                after = with_facts(state.said, source, said, own=own)
                facts: dict[str, Any] = {name: value for name, value in holding(after).items() if name in _COLUMNS}
                before = state.document or DocumentState(id=state.name)
                state = replace(state, said=after, document=replace(before, **facts))
            case Check(seen=seen) if state.document is not None:
                state = replace(state, document=replace(state.document, checked=seen))
    return state


_COLUMNS = ("title", "url", "kind", "publisher", "author", "status")
