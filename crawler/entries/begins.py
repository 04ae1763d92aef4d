"""From when a new law is in force: on which day or days, or under which condition in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler import law
from crawler.entries.dates import day
from crawler.entries.templates import Said, listed, say, source, structure
from crawler.store import Row, Store, told, wordings

DAYS = 3
"""Most days on which parts of it began that are told."""


def sentences(store: Store, top: Row) -> Iterator[Said]:
    """Yield from when a law of the United Kingdom is in force."""
    in_force, document = top["in_force"], top["id"]
    if in_force == "in parts":
        yield _in_parts(store, document)
    elif in_force == "not yet":
        yield from _not_yet(store, document)
    elif in_force == "not stated" and top["kind"] == "si":
        yield from _stated(store, document)
    else:
        yield from of_day(in_force)


def of_day(in_force: str) -> Iterator[Said]:
    """Yield from when a law is in force, as documents have it: a day, the first and the last, in parts, not yet."""
    if in_force in ("in parts", "not yet"):
        yield say("in force in parts" if in_force == "in parts" else "not yet in force")
    elif re.fullmatch(r"\d{4}(-\d{2}){0,2}", in_force):
        yield say("in force from", day=structure(day(in_force)))
    elif "/" in in_force:
        first, _, last = in_force.partition("/")
        yield say("in force in stages", first=structure(day(first)), last=structure(day(last)))


def _in_parts(store: Store, document: str) -> Said:
    """Return from which days parts of a law are in force, where they are few, and whether those of others are open."""
    days, is_open = told.begun(store, document)
    if not 0 < len(days) <= DAYS or (len(days) == 1 and not is_open):
        return say("in force in parts")
    named = listed([structure(day(date)) for date in days], DAYS)
    return say("in force in parts, open" if is_open else "in force in parts from", days=named)


def _not_yet(store: Store, document: str) -> Iterator[Said]:
    days, is_open = told.begun(store, document)
    if days:
        whole = len(days) == 1 and not is_open
        yield say("not yet in force, from" if whole else "not yet in force, parts from", day=structure(day(days[0])))
    else:
        yield say("not yet in force")
        yield from _stated(store, document)


def _stated(store: Store, document: str) -> Iterator[Said]:
    """Yield when an instrument comes into force in its own words."""
    for row in wordings.headings(store, document):
        if law.is_about_commencement(row["heading"]) and (words := law.stated(row["text"])):
            yield say("begins as it says", words=source(words))
            return
