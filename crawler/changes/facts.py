"""Facts in a text that must not change unnoticed: addresses, dates, sums, time limits, duties."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.changes.boilerplate import FURNITURE, STAMP
from crawler.changes.contact_details import BEHIND, Kind
from crawler.changes.fact_kinds import KINDS
from crawler.text import canonical


class Fact(NamedTuple):
    """A fact: the flag it belongs to, where it stands, and its value in one way of writing."""

    flag: str
    start: int
    end: int
    value: str


_LETTERS = re.compile("[a-z]+")


def facts(text: str) -> list[Fact]:
    """Return the facts in a text, in order; a page's own "Updated 3 May 2024" and the labels around it are none.

    >>> [(fact.flag, fact.value) for fact in facts("You must send form MS1 within five days.")]
    [('duty word', 'must'), ('form', 'form ms1'), ('time limit', '5 days')]
    """
    claimed = [(match.start(), match.end()) for known in (STAMP, FURNITURE) for match in known.finditer(text)]
    present = _present(text)
    found: list[Fact] = []
    for kind in KINDS:
        if not kind.needs.isdisjoint(present):
            free = list(_unclaimed(list(_matches(kind, text)), sorted(claimed)))
            found.extend(free)
            claimed.extend((fact.start, fact.end) for fact in free)
    return sorted(found, key=lambda fact: (fact.start, fact.end, fact.flag))


def _present(text: str) -> set[str]:
    """Return the words and the marks in a text, "0" for all digits."""
    marks = set(text)
    return {*_LETTERS.findall(text.casefold()), *marks, *("0" for mark in marks if mark.isdigit())}


def _matches(kind: Kind, text: str) -> Iterator[Fact]:
    for match in kind.pattern.finditer(text):
        said = match.group().rstrip(BEHIND) if kind.flag == "link" else match.group()
        yield Fact(
            flag=kind.flag, start=match.start(), end=match.start() + len(said), value=kind.write(canonical(said))
        )


def _unclaimed(new: list[Fact], claimed: list[tuple[int, int]]) -> Iterator[Fact]:
    """Yield the facts that share no character with an earlier one; both lists are in order."""
    position = 0
    for fact in new:
        while position < len(claimed) and claimed[position][1] <= fact.start:
            position += 1
        if position == len(claimed) or claimed[position][0] >= fact.end:
            yield fact
