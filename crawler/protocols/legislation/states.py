"""How provisions of a CLML document stand on the day for which it was asked, and since when they have their words."""

from __future__ import annotations

from crawler.protocols.legislation.names import day
from crawler.protocols.legislation.tree import Element, name_of
from crawler.protocols.legislation.wordings import EXTENT
from crawler.text import clean


def status(element: Element, valid: str) -> str:
    """Return the status of a provision on a day, its own or that of what holds it.

    Where it has other words for another extent, that is for which it has these: "for Scotland".
    """
    node: Element | None = element
    extent = ""
    while node is not None:
        stated = clean(node.get("Status") or "").lower()
        if stated or node.get("Match") == "false":
            return stated or _unmatched(node, valid)
        extent = extent or node.get(EXTENT) or ""
        node = node.getparent()
    return f"for {extent}" if extent else ""


def _unmatched(element: Element, valid: str) -> str:
    start, end = element.get("RestrictStartDate") or "", element.get("RestrictEndDate") or ""
    if valid and start > valid:
        return "prospective"
    return "repealed" if valid and end and end <= valid else "not valid"


def start(element: Element) -> str | None:
    """Return from which day a provision has its words: its own date, or that of the group that has its heading."""
    stated = day(element.get("RestrictStartDate"))
    group = element.getparent()
    if stated is None and group is not None and name_of(group) == "P1group":
        return day(group.get("RestrictStartDate"))
    return stated
