"""What is known once an intent was carried out: what the store would load then."""

from __future__ import annotations

from dataclasses import replace

from crawler.reconcile.intents import AddChange, Check, Follow, Intent, SetAvailability
from crawler.reconcile.known import Known


def evolve(known: Known, intent: Intent) -> Known:
    """Return what is known after an intent."""
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
