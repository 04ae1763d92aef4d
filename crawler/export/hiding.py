"""What an entry of a family must not repeat of its private parts, and of a private document that is kept no more.

A family is public where its top is; one of its parts can name people all the same. What the entry tells of such a part
is left out, under whatever id it had then: a document can get a stronger one later, and keeps the old one as an alias.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.text import counted
from crawler.wording import changed, legal, where

LOST = "Redacted: this page is not kept here any more"
"""The title of an entry about people whose document is kept no more."""

MAX_PLACES_NAMED = 5
"""Most places that a summary of ours names."""

_QUOTES = re.compile('[“”"]')


def without_hidden(told: Sequence[Mapping[str, Any]], hidden: frozenset[str]) -> list[Mapping[str, Any]]:
    """Return the differences told without those of hidden documents."""
    return [one for one in told if hidden.isdisjoint({one["document"], legal(str(one["document"]))})]


def summary(told: Sequence[tuple[str, str, str]]) -> str:
    """Return a summary of ours from what remains to be told: kinds, paths and headings.

    >>> summary([("changed", "section-45-1", "Defence"), ("added", "annex-b", "")])
    'It changed here: Section 45(1): Defence; Annex b. What is said of parts that name people is left out.'
    >>> summary([])
    'What is said of parts that name people is left out.'
    """
    names = list(dict.fromkeys(where(path, legal(heading)) or changed(kind) for kind, path, heading in told))
    more = [f"and {len(names) - MAX_PLACES_NAMED} more"] if len(names) > MAX_PLACES_NAMED else []
    listed = "; ".join((*names[:MAX_PLACES_NAMED], *more))
    here = f"It changed here: {listed}. " if listed else ""
    return f"{here}What is said of parts that name people is left out."


def of_list(verb: str, number: int, name: str) -> tuple[str, str]:
    """Return title and summary of an entry about a complete list that names a removed document about people.

    >>> of_list("Added", 2, "Sample library")[0]
    'Added: 2 entries of Sample library'
    """
    told = "Titles are left out: the list named a page about people that its publisher took down."
    return f"{verb}: {counted(number, 'entry')} of {name}", told


def of_title(sentences: Sequence[str], *titles: str) -> tuple[str, ...]:
    """Return the sentences that repeat nothing but words of the titles: what else is quoted may hold a name.

    >>> of_title(("Its title has “Trafficking”.", "Its text has “J. Doe”.", "Its source is."), "On trafficking")
    ('Its title has “Trafficking”.', 'Its source is.')
    """
    return tuple(one for one in sentences if _is_of_title(one, "\n".join(titles).casefold()))


def _is_of_title(sentence: str, title: str) -> bool:
    """Whether all that a sentence quotes stands in a title. In doubt it does not: quotes can hold quotes."""
    marks, found = _QUOTES.findall(sentence), _QUOTES.split(sentence)
    paired = len(marks) % 2 == 0 and "”" not in marks[::2] and "“" not in marks[1::2] and "\u2018" not in sentence
    between = "".join(found[2:-1:2])
    return paired and between == between.lower() and all(quote.casefold() in title for quote in found[1::2])
