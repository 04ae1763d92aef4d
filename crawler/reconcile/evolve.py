"""What is known once an intent was carried out: what the store would load then."""

from __future__ import annotations

from dataclasses import replace

from crawler.reconcile.intents import AddChange, Check, Follow, Intent, Keep, SetAvailability, Skip
from crawler.reconcile.known import Known


def evolve(known: Known, intent: Intent) -> Known:
    """Return what is known after an intent."""
    match intent:
        case Skip(document=document, link=link):
            is_here = link == known.link
            return replace(known, skipped=known.skipped | {document}) if is_here else known
        case Keep(documents=documents):
            return replace(known, skipped=known.skipped - documents)
    state = known.documents[intent.document]
    match intent:
        case SetAvailability(availability=availability, since=since, answers=answers, is_410=is_410):
            state = replace(state, availability=availability, since=since, answers=answers, is_410=is_410)
        case Check(seen=seen):
            state = replace(state, checked=seen)
        case Follow(alias=alias):
            state = replace(state, url=alias.removeprefix("url:"))
        case AddChange(difference=difference, note=note, occurred=occurred):
            if difference.kind == "withdrawn":
                state = replace(state, withdrawals=state.withdrawals | {(note, occurred)})
    return replace(known, documents={**known.documents, intent.document: state})
