"""What changes again and again at one place of a page: a counter of its site, or a text that goes to and fro."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crawler.changes.recurring import Flip, is_counter, is_unsettled
from crawler.ingest.state import State
from crawler.outbox import UNSETTLED, Seen, silence
from crawler.store import Row, changes, dumps, outbox

WINDOW_DAYS = 90
"""Days in which changes of one place are looked at together."""
SITES = frozenset({"time limit", "money", "contact", "negation", "form", "status"})
"""Flags of changes that are no counter, whatever stands around them."""


def settle(state: State) -> None:
    """Mark counters and what goes to and fro in the changes of this crawl; announce what stands still since.

    A text is told as unsettled once, when it returns to an earlier wording for the second time. What it does then
    waits until it stood still for as many visits as :data:`~crawler.outbox.STILL`.
    """
    for place in changes.places(state.store, state.crawl):
        _settle(state, place)


def _settle(state: State, place: Row) -> None:
    *earlier, newest = changes.at_place(state.store, place["document"], place["path"], state.crawl, days=WINDOW_DAYS)
    if newest["crawl"] != state.crawl or newest["cause"] != "source" or newest["silent"]:
        return
    flips = [_flip(row) for row in (*earlier, newest)]
    flags = json.loads(newest["flags"])
    if newest["is_page"] and SITES.isdisjoint(flags) and is_counter(flips[-1], flips[:-1]):
        state.store.update("changes", {"id": newest["id"]}, {"cause": "template"})
        outbox.silence(state.store, newest["id"], silence(Seen(cause="template")))
    elif is_unsettled(flips[-1], [one for one, row in zip(flips, earlier, strict=False) if row["cause"] == "source"]):
        was_told = any(UNSETTLED in json.loads(row["flags"]) for row in earlier)
        state.store.update("changes", {"id": newest["id"]}, {"flags": dumps([*flags, UNSETTLED])})
        if reason := silence(Seen(is_unsettled=was_told)):
            outbox.silence(state.store, newest["id"], reason)


def _flip(row: Row) -> Flip:
    kept: Sequence[str] = [text for op, text in json.loads(row["words"]) if op == "="]
    return Flip(before=row["before"], after=row["after"], kept=tuple(kept), visit=row["visit"])
