"""Documents that a number may name, as people type it: ``2015 c. 30``, ``2024/1712``, ``32011L0036``, an address. Pure.

A number seldom says alone which document it means (2015/30 is an Act and an instrument, and may be a directive): all
that it can mean is given, and what there is decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from crawler.errors import IdentifierError
from crawler.identifiers import celex, document_id, legislation_id

_CHAPTER = re.compile(
    r"(?<![\d/])(?P<year>1[89]\d\d|20\d\d),? ?\(?(?P<kind>c|ch|asp|anaw|asc|nawm|mwa)\.? ?(?P<number>\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\w/])(?P<first>\d{1,5})/(?P<second>\d{1,5})(?!\d|/\d)", re.ASCII)
_CELEX = re.compile(r"(?<!\w)\d{5}[A-Z]{1,2}\d{4}[-()0-9R]*", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_TYPES = {"c": "ukpga", "ch": "ukpga", "nawm": "mwa"}
_SERIES = ("ukpga", "uksi", "asp", "ssi", "anaw", "asc", "mwa", "wsi", "nia", "nisr", "nisi", "eudr", "eur", "eudn")
_LETTERS = "LRDFH"


def named(text: str) -> tuple[str, ...]:
    """Give the ids of documents that numbers and addresses in a question may mean, the surest first.

    >>> named("2015 c. 30"), named("CELEX 32011l0036"), named("ukpga/2015/30")
    (('ukpga/2015/30',), ('celex:32011L0036',), ('ukpga/2015/30',))
    >>> "celex:32024L1712" in named("2024/1712"), "celex:32013R0604" in named("604/2013/EU")
    (True, True)
    >>> named("https://www.legislation.gov.uk/ukpga/2015/30/section/45")
    ('ukpga/2015/30',)
    """
    return tuple(dict.fromkeys([*_whole(text), *_chapters(text), *_slashed(text)]))


def _whole(text: str) -> Iterator[str]:
    """Give what a word of the question names by itself: an id, a CELEX number, an address."""
    for word in text.split():
        read = document_id if "://" in word else legislation_id
        with suppress(IdentifierError):
            yield read(word)
    for match in _CELEX.finditer(text):
        with suppress(IdentifierError):
            yield celex(match[0].upper())


def _chapters(text: str) -> Iterator[str]:
    for match in _CHAPTER.finditer(text):
        kind = match["kind"].lower()
        yield f"{_TYPES.get(kind, kind)}/{match['year']}/{int(match['number'])}"


def _slashed(text: str) -> Iterator[str]:
    for match in _SLASHED.finditer(text):
        first, second = match["first"], match["second"]
        if _YEAR.fullmatch(first):
            yield from (f"{series}/{first}/{int(second)}" for series in _SERIES)
            yield from (f"celex:3{first}{letter}{int(second):04d}" for letter in _LETTERS)
        if _YEAR.fullmatch(second):
            yield from (f"celex:3{second}{letter}{int(first):04d}" for letter in _LETTERS)
