"""Editions of reports and guidance that stand on the card of the newest one, told by their titles. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from crawler.identifiers.editions import Edition, edition
from crawler.text import slug

_MIN_WORDS = 6
"""So many words must a title of guidance have to be that of one text alone, whenever it was published."""


def by_title(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield what is folded, its part, the card on which it stands, its place there and its year.

    A row is the part, id, title and day of publication of a document, what tells whose it is, and whether it is over.
    Editions are of one body, kind and place. Titles of reports differ in nothing but when they are of; guidance has the
    same long title, and its months of publication differ. Where two are of the same time, none is folded.
    """
    alike: dict[tuple[str, ...], list[tuple[bool, Edition, str]]] = defaultdict(list)
    for part, id, title, day, *body, is_over in rows:
        form, which = edition(title) if part == "reports" else _of_month(title, day or "")
        if form:
            alike[part, form, *(each or "" for each in body)].append((not is_over, which, id))
    for (part, *_), several in alike.items():
        (_, _, card), *earlier = sorted(several, reverse=True)
        if len({which for _, which, _ in several}) == len(several):
            yield from ((id, part, card, n, str(which[0] or "")) for n, (_, which, id) in enumerate(earlier, 2))


def _of_month(title: str, day: str) -> tuple[str, Edition]:
    """Return the words of a long title and the month in which it was published; no words where either is missing.

    >>> _of_month("How to refer victims to a first responder", "2026-04"), _of_month("How to refer", "2026-04")[0]
    (('how-to-refer-victims-to-a-first-responder', (2026, 4, 0)), '')
    """
    words, year, month = slug(title), day[:4], day[5:7]
    is_told = words.count("-") >= _MIN_WORDS - 1 and year.isdecimal() and month.isdecimal()
    return (words, (int(year), int(month), 0)) if is_told else ("", (0, 0, 0))
