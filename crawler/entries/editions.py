"""Editions: the one that a new document follows, by its title or because its publisher says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.entries.dates import day
from crawler.entries.templates import Sentence, say, source, structure
from crawler.store import Row, Store, families
from crawler.text import canonical

NEVER = frozenset({
    "legislation", "act", "asp", "si", "draft_si", "bill", "directive", "regulation", "decision", "treaty", "case_law",
    "debate", "parliament", "news", "case",
})  # fmt: skip
"""Kinds whose titles differ by year or number without being editions of one another."""
_COUNTED = re.compile(
    r"\b(?:19|20)\d\d/(?:19|20)?\d\d\b|(?<![/\d])"
    r"\b(?:v(?:er(?:sion)?)?\.?\s?)?\d+(?:[.-]\d+)*(?:st|nd|rd|th)?\b(?!/)|\b(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|spring|summer|autumn|winter|first|second|third|fourth|annual"
    r"|one|two|three|four|q[1-4]|i{1,3}|iv|v|vi{1,3}|ix|x)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b")
BEFORE = ("one before", "one before of")
"""Templates of what was there before: about another document, and so said last."""
MIN_OTHER_WORDS = 2
"""Fewest other words of a title for two titles to be those of editions."""


def follows(store: Store, top: Row) -> tuple[Sentence, ...]:
    """Return which edition a new document follows, where its publisher or its title says that it is a later one."""
    replaced = families.related(store, top["id"], ("replaces", "supersedes"))
    if replaced and canonical(replaced[0]["title"]) == canonical(top["title"]):
        return (say("replaces namesake"),)
    if replaced:
        return (say("replaces", title=source(replaced[0]["title"])),)
    counted = top["kind"] not in NEVER and _form(top["title"])
    before = _before(top, families.namesakes(store, top)) if counted else None
    if before is None:
        return ()
    title = source(before["title"])
    if before["published"]:
        return (say("one before of", title=title, day=structure(day(before["published"]))),)
    return (say("one before", title=title),)


def _before(top: Row, others: Sequence[Row]) -> Row | None:
    """Return of the documents with the same title, but for years and numbers, the last one before a document."""
    form, numbers = _form(top["title"]), _numbers(top["title"])
    same = [row for row in others if _form(row["title"]) == form and _numbers(row["title"]) != numbers]
    before = max((row for row in same if _order(row) < _order(top)), key=_order, default=None)
    return None if before is None or _dated_after(before, top) else before


def _dated_after(row: Row, top: Row) -> bool:
    """Return whether a document is of the same day as another one or of a later one, as far as both are dated."""
    one, other = (str(each["published"] or "")[:10] for each in (row, top))
    return bool(one and other) and one >= other


def _order(row: Row) -> tuple[list[int], list[int], str, str]:
    """Return the place of an edition among others: by the years and months of its title, by its date, by its id."""
    years = [int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", row["title"])]
    months = [_MONTHS.index(each[:3]) for each in _MONTH.findall(canonical(row["title"]).casefold())]
    return years, months, row["published"] or "", row["id"]


def _form(title: str) -> str:
    """Return a title without what counts its editions, empty where nothing does or too little is left.

    >>> _form("Annual Report 2024-25"), _form("Annual report on trafficking 2025"), _form("Guidance on referral")
    ('', 'report on trafficking', '')
    """
    plain = canonical(title).casefold()
    bare = " ".join(re.findall(r"\w+", _COUNTED.sub(" ", plain)))
    counted = any(mark.isdigit() for mark in plain)
    return bare if counted and len(bare.split()) >= MIN_OTHER_WORDS else ""


def _numbers(title: str) -> tuple[str, ...]:
    return tuple(_COUNTED.findall(canonical(title).casefold()))
