"""What is wrong with parts of a page that was read all the same."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.model import Problem
from crawler.protocols.legislation.names import TYPES
from crawler.text import clean


def unreadable(identifier: str) -> Problem:
    """Return what is wrong with an entry whose id names no instrument we know."""
    step = clean(identifier).removeprefix("http://www.legislation.gov.uk/").removeprefix("id/").partition("/")[0]
    if step and step not in TYPES:
        return Problem(kind="unknown type", detail=f"{step!r} in {clean(identifier)}")
    return Problem(kind="unreadable entry", detail=f"names no instrument: {clean(identifier) or 'no id'}")


def gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a page with one of each kind, so that a feed full of a new type is one issue."""
    kinds: dict[str, list[str]] = {}
    for each in problems:
        kinds.setdefault(each.kind, []).append(each.detail)
    return tuple(Problem(kind=kind, detail="; ".join(dict.fromkeys(told))) for kind, told in kinds.items())
