"""Where documents apply, in the words of the registry (:mod:`crawler.sources.vocabulary`)."""

from collections.abc import Iterable
from functools import lru_cache

from crawler.sources.vocabulary import JURISDICTION_SHORT

_PARTS = {"E": "England", "W": "Wales", "S": "Scotland", "N.I.": "Northern Ireland", "NI": "Northern Ireland"}
"""How legislation.gov.uk writes the parts of the United Kingdom that a law extends to."""
_WHOLES = (
    (("England", "Wales", "Scotland", "Northern Ireland"), "United Kingdom"),
    (("England", "Wales", "Scotland"), "Great Britain"),
    (("England", "Wales"), "England and Wales"),
)


def applies(extent: str, stated: str) -> str:
    """Return where a law applies: by its extent, or by what is stated otherwise where that is a part of the extent.

    An extent is of which countries it is law, which law for one of them may share with another.

    >>> applies("E+W", "Wales"), applies("E+W+S+N.I.", "Scotland"), applies("E+W", "UK"), applies("", "England")
    ('Wales', 'Scotland', 'England and Wales', 'England')
    """
    by_extent, otherwise = applies_in(extent), spelled(stated)
    is_narrower = bool(otherwise) and _members(otherwise) < _members(by_extent)
    return otherwise if is_narrower or not by_extent else by_extent


def _members(places: str) -> set[str]:
    """Return the parts of the United Kingdom among places; others as they are, so that they are within no extent."""
    members = {whole: each for each, whole in _WHOLES}
    return {part for place in filter(None, places.split(", ")) for part in members.get(place, (place,))}


@lru_cache(maxsize=256)
def applies_in(extent: str) -> str:
    """Return where a law applies by its extent, the empty text where that is none we can read.

    >>> applies_in("E+W"), applies_in("E+W+S+N.I."), applies_in("S"), applies_in("E+W+N.I."), applies_in("France")
    ('England and Wales', 'United Kingdom', 'Scotland', 'England and Wales, Northern Ireland', '')
    """
    parts = [_PARTS.get(part.strip(), "") for part in extent.split("+")]
    return joined(parts) if all(parts) else ""


@lru_cache(maxsize=256)
def spelled(jurisdiction: str) -> str:
    """Return a jurisdiction as readers know it, whatever short form its page uses.

    >>> spelled("UK"), spelled("E&W, NI"), spelled("Council of Europe"), spelled("Scotland, England")
    ('United Kingdom', 'England and Wales, Northern Ireland', 'Council of Europe', 'England, Scotland')
    """
    return joined([JURISDICTION_SHORT.get(part.strip(), part.strip()) for part in jurisdiction.split(",")])


def joined(parts: Iterable[str]) -> str:
    """Return parts with those that make up a whole under its name, in the usual order.

    >>> joined(["Wales", "England", "Scotland"]), joined(["Northern Ireland", "Wales", "England"])
    ('Great Britain', 'England and Wales, Northern Ireland')
    """
    members = {whole: each for each, whole in _WHOLES}
    given = [each for part in parts for each in members.get(part, (part,))]
    left = [part for part in dict.fromkeys((*_PARTS.values(), *given)) if part in given]
    for each, whole in _WHOLES:
        if all(member in left for member in each):
            left = [whole, *(part for part in left if part not in each)]
    return ", ".join(left)
