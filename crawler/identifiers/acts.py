"""Titles of Acts and treaties that do not hold their number, with the ids of the works they name.

The table ``titles.txt`` beside this module has one work a line, its id and its title with a tab between. Its facts are
those of the publishers: https://www.legislation.gov.uk/, https://eur-lex.europa.eu/, https://www.coe.int/conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_NHS = re.compile(r"\bnhs\b")
_ACT_OF_YEAR = re.compile(r"(\S+ \S.*\bact(?: \([a-z ]+\))?) \d{4}")
_MARKS = re.compile(r"[,.'\u2019]|\bthe\b")
_ABBREVIATED = re.compile(r"([A-Z][A-Za-z]*(?:\([A-Z]{1,3}\))?[A-Z]) \d{4}|[A-Z]{3}")
_TITLED = re.compile(r"(?: Act|\d{4})$")
MIN_WORDS = 2
"""Words of a title that may stand without its year, where no other Act that is known has it."""
MAX_TITLE_CHARACTERS = 240


def spelled(title: str) -> str:
    """Return a title as it is looked up: small letters, without commas, points and apostrophes.

    >>> spelled("Asylum and Immigration (Treatment of Claimants, etc.) Act 2004")
    'asylum and immigration (treatment of claimants etc) act 2004'
    """
    if title[-5:-4] == "(":  # "Housing Act (1996"
        title = title[:-5] + title[-4:]
    words = " ".join(_MARKS.sub("", title.lower().replace(")(", ") (").replace("&", "and").replace("-", " ")).split())
    words = words.replace("(ni)", "(northern ireland)").replace("well being", "wellbeing")
    return _NHS.sub("national health service", words) if "nhs" in words else words


@cache
def works() -> Mapping[str, str]:
    """Return the id of each work by its title as :func:`spelled`, and by that without its year where it is alone.

    >>> works()["criminal finances act"], "serious crime act" in works()
    ('ukpga/2017/22', False)
    """
    titled = {spelled(title): work for work, title in _lines()}
    bare: dict[str, str] = {}
    for title, work in titled.items():
        if match := _ACT_OF_YEAR.fullmatch(title):
            bare[match[1]] = work if bare.get(match[1], work) == work else ""
    return {**{title: work for title, work in bare.items() if work and len(title.split()) > MIN_WORDS}, **titled}


def ends(title: str) -> Iterator[str]:
    """Yield a title as spelled from each of its words on, the longest first."""
    words = title.split(" ")
    yield from (" ".join(words[first:]) for first in range(len(words)))


@cache
def ends_of_titles() -> frozenset[str]:
    """Return how the titles of all works end: no title that is known goes on where its words are none of these."""
    return frozenset(end for title in works() for end in ends(title))


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return the works that each abbreviation may stand for, where a year tells which or provisions stand beside it.

    >>> abbreviations()["MSA"], abbreviations()["CJA"]
    (('ukpga/2015/30',), ('ukpga/1988/33', 'ukpga/2003/44', 'ukpga/2009/25'))
    """
    found: dict[str, tuple[str, ...]] = {}
    for work, title in _lines():
        if match := _ABBREVIATED.fullmatch(title):
            short = match[1] or title
            found[short] = (*found.get(short, ()), work)
    return found


@cache
def names() -> Mapping[str, str]:
    """Return the works by names that say no year and end otherwise than Acts do: treaties, directives, codes."""
    return {title: work for work, title in _lines() if not _TITLED.search(title) and not _ABBREVIATED.fullmatch(title)}


@cache
def titles() -> Mapping[str, str]:
    """Return the title of each work by its id, of several the first; an EU act is shown by its number."""
    return {work: title for work, title in reversed(_lines()) if not work.startswith(("celex:", "eur/"))}


def _lines() -> list[tuple[str, str]]:
    text = files("crawler.identifiers").joinpath("titles.txt").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(work, title) for work, _, title in rows]
