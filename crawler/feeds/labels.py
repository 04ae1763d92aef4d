"""What an entry says beside its differences, in plain words: the same for its page, its feeds and its plain forms."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from crawler.changes import FLAGS
from crawler.changes.strength import FLAGS as DUTY
from crawler.changes.strength import DutyChange
from crawler.feeds.entry import OF_SEVERAL, Copy, Entry, Listed
from crawler.feeds.facets import FACETS, SHARED, value
from crawler.feeds.weight import LAW
from crawler.sources.vocabulary import LANGUAGES
from crawler.text import sentences
from crawler.wording import changed, day

UNCONFIRMED = "Nobody has confirmed yet that it is relevant."
"""What is said of an entry that our rules alone found likely; in the words of entries that say so themselves."""

OF_SOME = " (of some of them)"
STATES: Mapping[str, str] = MappingProxyType({
    "corrected": "What this entry said before does not hold any more; this is what follows now.",
    "withdrawn": "It was wrong. It stays here so that those who read it can find out.",
})  # fmt: skip
"""What is said on top of an entry that was corrected or taken back."""

_FLAGS = {
    **dict(FLAGS),
    "reverted": "a wording is back that stood there before",
    "unsettled": "its words go to and fro: it is told again when they stand still",
}


_IN_WORDS = frozenset({"duty word", "negation", "time limit", "date", "money", "number", "list"})
"""Flags that are not said as such: the words that bind otherwise are shown at their place."""

_GONE = {"withdrawn": "withdrawn by its publisher", "gone": "no longer found"}


def values(entry: Entry, facet: str) -> tuple[str, ...]:
    """Return the values of an entry by which it is found under a facet that has several."""
    first = {"topic": entry.topics, "aimed_at": entry.aimed_at, "jurisdiction": (entry.jurisdiction,)}
    found = entry.facets.get(facet) or first.get(facet, ())
    return tuple(one for one in found if one)


def value_names(entry: Entry, facet: str) -> tuple[str, ...]:
    """Return those values in words."""
    return tuple(value(facet, one) for one in values(entry, facet))


def flags(entry: Entry) -> tuple[str, ...]:
    """Return in words what to look at."""
    return flag_words(entry.flags)


def flag_words(names: Iterable[str]) -> tuple[str, ...]:
    """Return flags in words, without those of words that bind; one that this page does not know is shown as it is.

    >>> flag_words(["status", "date"])
    ('The legal status changed, of the whole or of a provision',)
    """
    return tuple(_capital(_FLAGS.get(name, name)) for name in names if name not in _IN_WORDS)


def duty_words(changes: Iterable[DutyChange]) -> tuple[str, ...]:
    """Return the words in which a passage binds otherwise, each once, with what they are.

    >>> duty_words([DutyChange(flag=flag, before="5", after="9") for flag in ("number", "threshold")])
    ('Number, threshold: 5 → 9',)
    """
    named: dict[str, list[str]] = {}
    for one in changes:
        named.setdefault(one.words, []).append(dict(DUTY)[one.flag])
    return tuple(f"{_capital(', '.join(dict.fromkeys(names)))}: {words}" for words, names in named.items())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def certainty_sentences(entry: Entry) -> tuple[str, ...]:
    """Return how sure we are, as sentences with the reason."""
    known = tuple(one for one in entry.sure if one != UNCONFIRMED)
    return known if entry.confirmed else (*known, UNCONFIRMED)


def copy_label(copy: Copy) -> str:
    """Return a copy in words, without its address.

    >>> copy_label(Copy(document="d", title="T", url="", publisher="P", relation="translation", language="cy"))
    'T (P, translation, Welsh)'
    """
    relation = "" if copy.relation == "copy" else copy.relation
    language = LANGUAGES.get(copy.language.partition("-")[0].lower(), copy.language)
    beside = ", ".join(part for part in (copy.publisher, relation, language) if part)
    return f"{copy.title} ({beside})" if beside else copy.title


def document_line(one: Listed) -> str:
    """Return a document of an entry of several in words, without its address.

    >>> from dataclasses import replace
    >>> one = Listed(document="d", title="T", url="", kind="act", date="1982-03-29", availability="ok")
    >>> document_line(replace(one, ended="repealed")), document_line(replace(one, updated="2022-04-11"))
    ('T (29 March 1982; repealed)', 'T (29 March 1982; updated 11 April 2022)')
    """
    updated = f"updated {day(one.updated)}" if one.updated else ""
    beside = "; ".join(part for part in (day(one.date), updated, one.ended, _GONE.get(one.availability, "")) if part)
    return f"{one.title} ({beside})" if beside else one.title


def lists(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what an entry tells in lists: a label and its sentences, in the order of reading; none that is empty."""
    named_lists = (
        ("Why it is here", entry.why),
        ("Look for", entry.look_for),
        ("Take note", flags(entry)),
        ("How sure we are", certainty_sentences(entry)),
    )
    return tuple((label, found) for label, found in named_lists if found)


def label(entry: Entry, facet: str) -> str:
    """Return the label of a facet; values of an entry of several documents are of one of them or more, not of all."""
    return FACETS[facet].label + (OF_SOME if entry.kind in OF_SEVERAL else "")


def found_under(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the labels under which an entry is found, each with its values in one line."""
    shown = [(label(entry, facet), "; ".join(value_names(entry, facet))) for facet in SHARED if facet != "jurisdiction"]
    return tuple((name, text) for name, text in shown if text)


def state(entry: Entry) -> str:
    """Return what stands on top of an entry that was corrected or taken back, empty for any other."""
    if entry.state not in STATES:
        return ""
    what = "Corrected" if entry.state == "corrected" else "We took this entry back"
    return f"{what} on {day(entry.updated)}. {STATES[entry.state]}"


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
