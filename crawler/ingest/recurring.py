"""What changes again and again at one place of a page: a block of its site, or a text that goes to and fro."""

import json
from collections.abc import Sequence
from datetime import timedelta

from crawler.changes.boilerplate import BESIDE, TURNS, without_labels
from crawler.changes.clock import is_told_alike
from crawler.changes.listings import is_news_box
from crawler.changes.recurring import MIN_ALIKE, Flip, is_boilerplate, is_quotation, is_unsettled, may_turn
from crawler.ingest.state import State
from crawler.outbox import STILL, TURNING, UNSETTLED, Seen, silence
from crawler.store import Row, changes, dumps, outbox
from crawler.text import canonical, moment

WINDOW_DAYS = 90
"""Days in which changes of one place are looked at together."""
MAX_APART = timedelta(days=3)
"""Longest time between two visits of a page that is read again and again."""
FACTS = frozenset({"time limit", "money", "contact", "negation", "form", "status"})
"""Flags of changes that people act on."""


def settle(state: State) -> None:
    """Mark blocks of the site and what goes to and fro in the changes of this crawl.

    A block of the site holds new words again and again; is a list of other pages beside the text, by its heading; or is
    one in which its clock and its counters alone differ.
    A text is told as unsettled once, when it returns to an earlier wording for the second time. What it does then
    waits until it stood still for as many visits as :data:`~crawler.outbox.STILL`. So does what a block may change at
    each visit, where it changed just before, until it is known to be one or another change comes.
    """
    for place in changes.places(state.store, state.crawl):
        _settle(state, place)


def _settle(state: State, place: Row) -> None:
    *earlier, newest = changes.at_place(state.store, place["document"], place["path"], state.crawl, days=WINDOW_DAYS)
    if newest["crawl"] != state.crawl or newest["cause"] != "source" or newest["silent"]:
        return
    flips = [_flip(row) for row in (*earlier, newest)]
    held = [row["id"] for row in earlier if row["silent"] == TURNING]
    if newest["is_page"] and _is_beside(newest):
        _mark_as_template(state, newest["id"])
    elif newest["is_page"] and is_boilerplate(flips[-1], flips[:-1]):
        for change in (*held, newest["id"]):
            _mark_as_template(state, change)
    elif is_unsettled(flips[-1], [one for one, row in zip(flips, earlier, strict=False) if row["cause"] == "source"]):
        outbox.release(state.store, held)
        was_told = any(UNSETTLED in json.loads(row["flags"]) for row in earlier)
        state.store.update("changes", {"id": newest["id"]}, {"flags": dumps([*json.loads(newest["flags"]), UNSETTLED])})
        if reason := silence(Seen(is_unsettled=was_told)):
            outbox.silence(state.store, newest["id"], reason)
    elif len(held) + 1 < MIN_ALIKE and may_turn(flips[-1]) and _changed_just_before(state, newest, flips[-1], earlier):
        outbox.silence(state.store, newest["id"], TURNING)
    else:
        outbox.release(state.store, held)


def _mark_as_template(state: State, change: str) -> None:
    state.store.update("changes", {"id": change}, {"cause": "template"})
    outbox.silence(state.store, change, silence(Seen(cause="template")))


def _changed_just_before(state: State, newest: Row, flip: Flip, earlier: Sequence[Row]) -> bool:
    """Return whether words that were put in lately, on a page that is read again and again, gave way to others.

    The first change at a place never waits. Nothing but numbers may be flagged in one that does, unless it is by its
    heading or form none of the page.
    """
    is_shown_in_turn = is_quotation(flip) or TURNS.fullmatch(canonical(newest["heading"]).casefold())
    binds = not {"number", "list"}.issuperset(json.loads(newest["flags"]))
    if (binds and not is_shown_in_turn) or not newest["is_page"] or newest["kind"] != "changed":
        return False
    stood = min((row["visit"] for row in earlier if row["cause"] == "source"), default=STILL + 1)
    last = changes.last_read_before(state.store, newest["id"])
    return stood <= STILL and moment(newest["seen"]) - moment(last) <= MAX_APART


def _is_beside(row: Row) -> bool:
    """Return whether a change says nothing: of a list of other pages, of labels, of what its site counts, or its clock.

    Of the news of a site neither, where no fact changed that people act on.
    """
    before, after = row["before"], row["after"]
    is_beside = bool(BESIDE.fullmatch(canonical(row["heading"]).casefold()))
    old, new = without_labels(before), without_labels(after)
    if row["significance"] == "editorial" and (is_beside or old == new != ""):
        return True
    if row["was"] and is_told_alike(old, new, moment(row["was"]), moment(row["seen"])):
        return True
    return FACTS.isdisjoint(json.loads(row["flags"])) and is_news_box(row["heading"], before, after)


def _flip(row: Row) -> Flip:
    is_fact = not FACTS.isdisjoint(json.loads(row["flags"]))
    return Flip(before=row["before"], after=row["after"], visit=row["visit"], is_fact=is_fact)
