"""The day of what an entry tells: what it is the day of, and how a headline that stands alone says it."""

from __future__ import annotations

import re

from crawler.feeds.entry import Entry
from crawler.feeds.weight import LAW
from crawler.text import sentences
from crawler.wording import changed, day

MAX_HEADLINE_WORDS = 20
"""Most words of a headline with its day."""
_DAY = len("2026-01-01")
_FACTS = re.compile(
    r"(?:Made|Enacted|Adopted|Passed) on |In force (?:from|in parts)|Not yet in force|Edition of |The first edition "
    r"|The newest earlier one|Withdrawn on "
)
"""Begins a sentence on something new that its day and its page say better."""
_WITHOUT_DAY = ("watching", "late", "older", "several", "list")
WITHDRAWN_BEFORE = "Already withdrawn when first seen"
"""The verb of an entry on something new whose day is that of its withdrawal, where that is stated."""


def event(entry: Entry) -> tuple[str, str]:
    """Return what the day of an entry is, in a word, and that day as an ISO date; both empty where there is none.

    Where its publisher states none, it is the day on which we saw it.
    """
    if entry.kind in _WITHOUT_DAY or entry.removed:
        return "", ""
    if entry.day and entry.day[:_DAY] == entry.occurred[:_DAY]:
        return "From", entry.day[:_DAY]
    if entry.day:
        of_new = "Dated" if entry.document_kind in LAW else "Published"
        is_withdrawal = entry.verb == WITHDRAWN_BEFORE and entry.day[:_DAY] != entry.published[:_DAY]
        of_new = "Withdrawn" if is_withdrawal else of_new
        return {"new": of_new, "withdrawn": "On"}.get(entry.kind, "Updated"), entry.day[:_DAY]
    return "Seen", entry.seen[:_DAY]


def dated_headline(entry: Entry) -> str:
    """Return the headline of an entry with its day, where it has room: in a feed, a message or a page it stands alone.

    To words that say the day already nothing is added, nor the day on which we saw it.
    """
    what, on = event(entry)
    said = f"{entry.headline}, {what.lower()} {day(on)}"
    has_room = len(said.split()) <= MAX_HEADLINE_WORDS
    return said if entry.day and on and has_room and day(on) not in entry.headline else entry.headline


def verb(entry: Entry) -> str:
    """Return what happened, in a word or two, where the headline does not begin with it; empty where it does."""
    what = entry.verb or changed(entry.kind)
    return "" if entry.headline.casefold().startswith(what.casefold()) else what


def sentence(entry: Entry) -> str:
    """Return the sentence of a summary that a card has: the first one that says more than when something was made.

    >>> from_words("Made on 3 March 2026. It sets fees. More."), from_words("See s. 4 of No. 2 here. More.")
    ('It sets fees.', 'See s. 4 of No. 2 here.')
    """
    return from_words(entry.summary)


def from_words(text: str) -> str:
    """Return that sentence of a text."""
    said = sentences(text)
    return next((each for each in said if not _FACTS.match(each)), said[0] if said else "")
