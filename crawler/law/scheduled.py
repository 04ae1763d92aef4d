"""Provisions that an instrument lists in a schedule: row by row of its table, or paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.identifiers import affected
from crawler.law.pieces import DAY, iso
from crawler.law.places import place_of

CELLS, ROWS = " | ", " || "
"""What separates the cells and the rows of a table in a text."""

_COLUMN = r"(?:column \(?(?P<number>\d)\)?|(?:the )?(?P<word>first|second|third|fourth) column)"
_WORDS = ("first", "second", "third", "fourth")
_DAYS = re.compile(rf"\b(?:date|day)s?\b[^.;]{{0,60}}? in {_COLUMN}", re.IGNORECASE)
_PURPOSES = re.compile(rf"\bpurposes?\b[^.;]{{0,80}}? in {_COLUMN}", re.IGNORECASE)
_PROVISIONS = re.compile(rf"\b(?:provisions?|sections?)\b[^.;]{{0,120}}? in {_COLUMN}", re.IGNORECASE)
_REFERENCE = re.compile(
    r"^(?:Articles?|Regulations?|Rules?) [\d(),]+(?:(?: and|,|(?: and)? (?:Article|Regulation)) [\d(),]+)*\s*"
)
_SPOKEN = re.compile(r"\s*\((?!(?:[a-z]{1,2}|[ivxlc]{1,6}|[A-Z]{1,2}|\d+[A-Z]{0,2})\))(?:[^()]|\([^()]*\))*\)")
_LIMIT = re.compile(
    r"[,;]? ?\(?(?=\b(?:(?:but )?(?:only|so far as|in so far as|insofar as|to the extent)|the entr(?:y|ies)"
    r"|for (?:the|all|certain)\b|in relation to|as respects|as regards|in respect of)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?:sub-?)?(?:sections?|articles?|regulations?|rules?|paragraphs?)|schedules?|parts?|chapters?|[A-Z]{0,3}\d+[A-Z]*\d*"
    r"|[IVXLC]+|\([0-9A-Za-z]{1,8}\)|and|or|to|of|in|the|act|[\s,;\u2013-])+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A provision of an instrument as it is read: path, heading, text."""

    path: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row: the provisions it names, none where they could not be read; its ISO day and what limits it."""

    paths: tuple[str, ...]
    date: str = ""
    limit: str = ""


def rows_of(article: str, schedule: str, part: str, sections: Sequence[Source]) -> list[Listed]:
    """Return the rows of a schedule, or of a part of it; ``article`` says what its columns hold."""
    number = schedule.partition(" ")[2]
    of_it = re.compile(
        rf"schedule(?:-{re.escape(number) if number else '1'})?(?P<part>-part-\w+)?(?:-paragraph-[\w.]+)?"
    )
    columns = _columns(article)
    found: list[Listed] = []
    for section in sections:
        match = of_it.fullmatch(section.path)
        if match is None or (part and match["part"] not in (None, f"-{part.lower().replace(' ', '-')}")):
            continue
        if part and match["part"] is None:
            continue
        text = _REFERENCE.sub("", section.text)
        rows = [_row(line.split("|"), columns) for line in text.split(ROWS)]
        while rows and not rows[0].paths:
            rows = rows[1:]  # Headings of columns.
        found += rows
    return found


def _columns(article: str) -> tuple[int, int | None, int | None]:
    """Return which columns hold provisions, days and purposes, from 0."""
    first, days, purposes = (pattern.search(article) for pattern in (_PROVISIONS, _DAYS, _PURPOSES))
    of_provisions = _place(first) if first is not None else 0
    return of_provisions or 0, _place(days), _place(purposes)


def _place(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return int(match["number"]) - 1 if match["number"] else _WORDS.index(match["word"].lower())


def _row(cells: Sequence[str], columns: tuple[int, int | None, int | None]) -> Listed:
    held = [cell.strip() for cell in cells]
    first, days, purposes = ("" if place is None or place >= len(held) else held[place] for place in columns)
    day = DAY.search(days)
    paths, limit = provisions(first)
    return Listed(
        paths=paths, date=iso(day) if day is not None else "", limit=" ".join(filter(None, (limit, _lower(purposes))))
    )


def provisions(words: str) -> tuple[tuple[str, ...], str]:
    """Return the provisions that an item names and what limits them; none where it has words that are not read.

    >>> provisions("Section 72(1) to (3) (serious criminal)"), provisions("Section 1 so far as it relates to fees")
    ((('section-72-1..section-72-3',), ''), (('section-1',), 'so far as it relates to fees'))
    >>> provisions("Stop notices"), provisions("Part 3 except section 40")
    (((), ''), ((), ''))
    """
    bare = _SPOKEN.sub("", words.strip(" ;,."))
    limit = _LIMIT.search(bare)
    named, said = (bare[: limit.start()], bare[limit.end() :].strip(" ()")) if limit else (bare, "")
    if not named or not _LISTED.fullmatch(named):
        return (), ""
    paths = tuple(place_of("").paths(named) or affected(named))
    return (paths, said) if paths else ((), "")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
