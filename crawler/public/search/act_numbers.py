"""Documents that a number may name, as people type it: ``2015 c. 30``, ``2024/1712``, ``32011L0036``, an address. Pure.

A number seldom says alone which document it means (2015/30 is an Act and an instrument, and may be a directive): all
that it can mean is returned, and what there is decides.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from crawler.errors import IdentifierError
from crawler.identifiers import celex, document_id, legislation_id
from crawler.identifiers.report_numbers import numbers

_CHAPTER = re.compile(
    r"(?<![\d/])(?P<year>1[89]\d\d|20\d\d),? ?\(?(?P<kind>chapter|c|ch|asp|anaw|asc|nawm|mwa)\.? ?"
    r"(?P<number>\d{1,4})\)?(?: \(N\.?I\.?\))?(?!\d)",
    re.IGNORECASE,
)
_SERIES = ("ukpga", "uksi", "asp", "ssi", "anaw", "asc", "mwa", "wsi", "nia", "nisr", "nisi", "eudr", "eur", "eudn")
_SPACED = re.compile(rf"\b({'|'.join(_SERIES[:-3])})[ /](\d{{1,4}})[ /](\d{{1,4}})\b", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\w/])(?P<first>\d{1,5})/(?P<second>\d{1,5})(?:/(?:EU|EC|EEC|JHA))?(?!\d|/\d)", re.ASCII)
_CELEX = re.compile(r"(?<!\w)(?:celex[: ]+)?(\d{5}[A-Z]{1,2}\d{4}[-()0-9R]*)", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_TYPES = {"c": "ukpga", "ch": "ukpga", "chapter": "ukpga", "nawm": "mwa"}
_LETTERS = "LRDFH"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActNumber:
    """A part of a question that may name documents: where it is, and their ids or numbers, the surest first.

    ``said`` is what texts have of it, where that is not all of it.
    """

    start: int
    end: int
    names: tuple[str, ...]
    said: str = ""


def act_numbers(text: str) -> tuple[ActNumber, ...]:
    """Return the parts of a question that may name documents, each character in one of them at most.

    >>> [number.names for number in act_numbers("s 45 of 2015 c. 30 and CELEX 32011l0036")]
    [('ukpga/2015/30',), ('celex:32011L0036',)]
    >>> act_numbers("nia 2 2015")[0].names
    ('nia/2015/2',)
    >>> "celex:32024L1712" in act_numbers("2024/1712")[0].names, act_numbers("a section")
    (True, ())
    """
    kept: list[ActNumber] = []
    ways = (_addresses, _celex_numbers, _chapters, _spaced, _papers, _slashed)
    for number in (number for way in ways for number in way(text)):
        if not any(number.start < other.end and other.start < number.end for other in kept):
            kept.append(number)
    return tuple(sorted(kept, key=lambda number: number.start))


def _addresses(text: str) -> Iterator[ActNumber]:
    """Yield words that are an id or an address; any address may be one that a document is known by."""
    for word in re.finditer(r"\S*[:/]\S*", text):
        names = [word[0]] if "://" in word[0] or ":" in word[0] else []
        for read in (document_id, legislation_id):
            with suppress(IdentifierError):
                names.append(read(word[0]))
        if names:
            yield ActNumber(start=word.start(), end=word.end(), names=tuple(dict.fromkeys(reversed(names))))


def _celex_numbers(text: str) -> Iterator[ActNumber]:
    for match in _CELEX.finditer(text):
        with suppress(IdentifierError):
            yield ActNumber(start=match.start(), end=match.end(), names=(celex(match[1].upper()),))


def _chapters(text: str) -> Iterator[ActNumber]:
    for match in _CHAPTER.finditer(text):
        kind = match["kind"].lower()
        series = "nia" if match[0].endswith(")") and "N" in match[0].upper() else _TYPES.get(kind, kind)
        yield ActNumber(
            start=match.start(), end=match.end(), names=(f"{series}/{match['year']}/{int(match['number'])}",)
        )


def _spaced(text: str) -> Iterator[ActNumber]:
    """Yield a series with a year and a number in either order: ``asp 12 2015``."""
    for match in _SPACED.finditer(text):
        year, number = sorted(match.groups()[1:], key=lambda each: not _YEAR.fullmatch(each))
        name = f"{match[1].lower()}/{year}/{int(number)}"
        yield ActNumber(start=match.start(), end=match.end(), names=(name,))


def _papers(text: str) -> Iterator[ActNumber]:
    """Yield numbers of reports, papers and judgments."""
    for number in numbers(text):
        yield ActNumber(start=number.start, end=number.end, names=(number.value,))


def _slashed(text: str) -> Iterator[ActNumber]:
    for match in _SLASHED.finditer(text):
        first, second = match["first"], match["second"]
        names: list[str] = []
        if _YEAR.fullmatch(first):
            names += [f"{series}/{first}/{int(second)}" for series in _SERIES]
            names += [f"celex:3{first}{letter}{int(second):04d}" for letter in _LETTERS]
        if _YEAR.fullmatch(second):
            names += [f"celex:3{second}{letter}{int(first):04d}" for letter in _LETTERS]
        if names:
            yield ActNumber(start=match.start(), end=match.end(), names=tuple(names))
