"""From when a new law is in force: on which day or days, or under which condition in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler import law
from crawler.changes.law import rank
from crawler.entries import provisions
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, capital, name_list, say, source, structure
from crawler.store import Row, Store, commencements, told, wordings

DAYS = 3
"""Most days on which parts of it began that are told."""


_SPEAKING = ("si", "decision", "regulation", "directive")
"""Kinds of laws that say when they come into force as a whole."""


def sentences(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield from when a law of the United Kingdom is in force; of a day that it names without date, by what that is.

    A law made after we first read it says nothing here.
    """
    days = _reckoned(store, top["id"])
    if is_undated(store, top):
        yield say("not yet in force")
        yield from (say("begins as it says", words=source(each.words)) for each in days)
        return
    yield from _begun(store, top)
    yield from _part(store, top)
    for each, date in days.items():
        yield say("reckoned", words=source(each.words), day=structure(day(date)), authority=structure(each.authority))


def is_undated(store: Store, top: Row) -> bool:
    """Whether what fixed the date of a day that a law names was made after we first read it: no date is told then."""
    return any(each.since > top["first_seen"][:10] for each in _reckoned(store, top["id"]))


def _reckoned(store: Store, document: str) -> dict[law.Reckoned, str]:
    """Return the days of a law that nothing states but its own words, which name no date, and their dates."""
    steps = commencements.stated(store, document)
    stated = {step.date for step in steps if law.reckoned(step.qualification) is None}
    found = {law.reckoned(step.qualification): step.date for step in steps if step.date not in stated}
    return {each: date for each, date in found.items() if each is not None}


def _begun(store: Store, top: Row) -> Iterator[Sentence]:
    in_force, document = top["in_force"], top["id"]
    if in_force == "in parts":
        yield _in_parts(store, document)
    elif in_force == "not yet":
        yield from _not_yet(store, document)
    elif in_force == "not stated" and top["kind"] in _SPEAKING:
        yield from _stated(store, document)
    elif in_force in ("not stated", "at least in part"):
        yield from _open(store, top)
    else:
        yield from of_day(in_force)


def of_day(in_force: str) -> Iterator[Sentence]:
    """Yield from when a law is in force, as documents have it: a day, the first and the last, in parts, not yet."""
    if in_force in ("in parts", "not yet"):
        yield say("in force in parts" if in_force == "in parts" else "not yet in force")
    elif re.fullmatch(r"\d{4}(-\d{2}){0,2}", in_force):
        yield say("in force from", day=structure(day(in_force)))
    elif "/" in in_force:
        first, _, last = in_force.partition("/")
        yield say("in force in stages", first=structure(day(first)), last=structure(day(last)))


def _part(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield which few provisions of a law were read where no others were, as of which day, and since when in force."""
    rows = wordings.headings(store, top["id"]) if top.get("partial") else []
    paths = list(dict.fromkeys(_whole(row["path"]) for row in rows if row["text"] and _is_one(row)))
    if not 0 < len(paths) <= DAYS:
        return
    named = name_list([structure(provisions.numbered(path)) for path in paths], DAYS)
    is_dated = re.fullmatch(r"\d{4}-\d\d-\d\d", str(top["label"] or "")) is not None
    yield say("read at", named=named, day=structure(day(top["label"]))) if is_dated else say("read alone", named=named)
    steps = [step for step in commencements.stated(store, top["id"]) if step.path in paths and step.state == "in force"]
    dates = {step.date for step in steps}
    if len(paths) == len(dates) == 1 and all(step.date and not step.is_limited for step in steps):
        yield say("part begun", named=capital(named), day=structure(day(dates.pop())))


def _is_one(row: Row) -> bool:
    return rank(row["path"]) == "provision" and bool(provisions.numbered(_whole(row["path"])))


def _whole(path: str) -> str:
    """Return the section, article or regulation that a path is of; of a schedule each paragraph is one.

    >>> _whole("section-43-1-a"), _whole("schedule-1-paragraph-3")
    ('section-43', 'schedule-1-paragraph-3')
    """
    return path if path.startswith("schedule") else "-".join(path.split("-")[:2])


def _open(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield that days of a law are left to be appointed, where its whole text was read."""
    days, is_open = told.begun(store, top["id"])
    if is_open and not top["partial"]:
        yield _in_parts(store, top["id"]) if days else say("to be appointed")


def _in_parts(store: Store, document: str) -> Sentence:
    """Return from which days parts of a law are in force, where they are few, and whether those of others are open."""
    days, is_open = told.begun(store, document)
    if not 0 < len(days) <= DAYS or (len(days) == 1 and not is_open):
        return say("in force in parts")
    named = name_list([structure(day(date)) for date in days], DAYS)
    return say("in force in parts, open" if is_open else "in force in parts from", days=named)


def _not_yet(store: Store, document: str) -> Iterator[Sentence]:
    days, is_open = told.begun(store, document)
    if days:
        whole = len(days) == 1 and not is_open
        yield say("not yet in force, from" if whole else "not yet in force, parts from", day=structure(day(days[0])))
    else:
        yield say("not yet in force")
        yield from _stated(store, document)


def _stated(store: Store, document: str) -> Iterator[Sentence]:
    """Yield when an instrument comes into force in its own words."""
    for row in wordings.headings(store, document):
        is_bare = not row["heading"] and document.startswith("eu")
        if (is_bare or law.is_about_commencement(row["heading"])) and (words := law.stated(row["text"])):
            yield say("begins as it says", words=source(words))
            return
