"""Parts of the United Kingdom to which provisions extend, and paths of provisions that have words for one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N.I.": "Northern Ireland"}
"""By their letters in extents of legislation.gov.uk."""

_SLUGS = {code: name.lower().replace(" ", "-") for code, name in NATIONS.items()}
_ONE = "|".join(_SLUGS.values())
_PATH = re.compile(rf"(.+)-for-((?:{_ONE})(?:-(?:and-)?(?:{_ONE}))*)")


def named(codes: Iterable[str]) -> str:
    """Return nations by name.

    >>> named({"W", "E"}), named("S"), named(NATIONS)
    ('England and Wales', 'Scotland', 'England, Wales, Scotland and Northern Ireland')
    """
    wanted = set(codes)
    names = [name for code, name in NATIONS.items() if code in wanted]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def path_for(path: str, codes: Iterable[str]) -> str:
    """Return the path of a provision as it is worded for some nations, where other words hold for the rest.

    >>> path_for("section-6-1", {"S", "N.I."})
    'section-6-1-for-scotland-and-northern-ireland'
    """
    return f"{path}-for-{named(codes).lower().replace(',', '').replace(' ', '-')}"


def without_extent(path: str) -> tuple[str, str]:
    """Return the path of a provision without the nations it is worded for, and their names; no names where it has none.

    >>> without_extent("section-6-1-for-scotland-and-northern-ireland"), without_extent("section-6")
    (('section-6-1', 'Scotland and Northern Ireland'), ('section-6', ''))
    """
    found = _PATH.fullmatch(path)
    if found is None:
        return path, ""
    said = set(re.findall(_ONE, found[2]))
    return found[1], named(code for code, name in _SLUGS.items() if name in said)
