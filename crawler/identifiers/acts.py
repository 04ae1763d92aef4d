"""Titles of Acts and treaties that do not hold their number, with the ids of the works they name.

The table ``titles.txt`` beside this module has one work a line, its id and its title with a tab between. Its facts are
those of the publishers: https://www.legislation.gov.uk/, https://eur-lex.europa.eu/, https://www.coe.int/conventions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_MARKS = re.compile(r"[,.'\u2019]|\bthe\b")
_ABBREVIATED = re.compile(r"[A-Z][A-Za-z]*[A-Z] \d{4}")
MAX_TITLE_CHARACTERS = 240


def spelled(title: str) -> str:
    """Return a title as it is looked up: small letters, without commas, points and apostrophes.

    >>> spelled("Asylum and Immigration (Treatment of Claimants, etc.) Act 2004")
    'asylum and immigration (treatment of claimants etc) act 2004'
    """
    words = " ".join(_MARKS.sub("", title.lower().replace(")(", ") (").replace("&", "and").replace("-", " ")).split())
    return words.replace("(ni)", "(northern ireland)")


@cache
def works() -> Mapping[str, str]:
    """Return the id of each work by its title as :func:`spelled`."""
    return {spelled(title): work for work, title in _lines()}


@cache
def abbreviations() -> tuple[str, ...]:
    """Return the abbreviations that stand for titles where a year is behind them: ``MSA``."""
    return tuple(sorted({title[:-5] for _, title in _lines() if _ABBREVIATED.fullmatch(title)}, reverse=True))


@cache
def titles() -> Mapping[str, str]:
    """Return the title of each work by its id, of several the first."""
    return dict(reversed(_lines()))


def _lines() -> list[tuple[str, str]]:
    text = files("crawler.identifiers").joinpath("titles.txt").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(work, title) for work, _, title in rows]
