"""Where something applies, and what that means for who looks for it."""

from __future__ import annotations

import re

_PARTS = {
    "United Kingdom": ("Great Britain", "England and Wales", "England", "Wales", "Scotland", "Northern Ireland"),
    "Great Britain": ("England and Wales", "England", "Wales", "Scotland"),
    "England and Wales": ("England", "Wales"),
}
_NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "NI": "Northern Ireland", "N.I.": "Northern Ireland"}
_EXTENT = re.compile(r"N\.I\.|NI|[EWS]")


def areas(jurisdiction: str, extent: str = "") -> tuple[str, ...]:
    """Give every jurisdiction whose reader something concerns: where it applies, what lies in it, and what holds it.

    Who asks for Wales gets what applies in the United Kingdom as a whole, too; who asks for the United Kingdom gets
    what applies in Wales alone. ``extent`` is that of the law, such as "E+W+S"; where it is stated it wins.

    >>> areas("Scotland")
    ('Great Britain', 'Scotland', 'United Kingdom')
    >>> areas("United Kingdom", "E+W")
    ('England', 'England and Wales', 'Great Britain', 'United Kingdom', 'Wales')
    >>> areas("European Union")
    ('European Union',)
    """
    nations = {_NATIONS[found] for found in _EXTENT.findall(extent)} if "+" in extent or extent in _NATIONS else set()
    places = nations or {jurisdiction} - {""}
    found = set(places)
    for place in places:
        found |= set(_PARTS.get(place, ()))
        found |= {whole for whole, parts in _PARTS.items() if place in parts}
    return tuple(sorted(found))
