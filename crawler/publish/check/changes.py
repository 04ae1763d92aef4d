"""What changed in something that a text cites, between the day asked for and now."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from crawler import wording
from crawler.identifiers import affected
from crawler.identifiers.acts import called
from crawler.identifiers.affected_provisions import relation, singly
from crawler.identifiers.uk import without_extent
from crawler.law import AT_THE_LATEST, Amendment, bare_path
from crawler.public import changed_since, in_force
from crawler.public.database import Connection, Row
from crawler.publish.check.law import LawOnDay, is_of_end
from crawler.publish.check.text import Place, Text
from crawler.publish.in_force import cited_in, facts_of, step_words
from crawler.publish.paths import encode, page_of_change
from crawler.text import canonical

OF_ALL = ("withdrawn", "gone", "returned", "status")
"""Changes of a document that concern each provision of it."""
_PUT_IN = re.compile(r"(?:inserted|added|substituted)(?: by )?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change: its words, its day, and by what; ``link`` is the path of our page that tells it, empty without one.

    ``basis``: seen (by us), note or effect (of the publisher), commencement, text (only the words differ).
    ``is_pending``: the publisher has not worked it into its text.
    """

    words: str
    day: str
    by: str = ""
    by_id: str = ""
    by_held: bool = False
    link: str = ""
    basis: str = "seen"
    is_pending: bool = False


class SinceDay:
    """What changed in a law since the day it is asked for, up to now."""

    def __init__(self, law: LawOnDay) -> None:
        self._law = law
        self._connection = law.connection
        self._id: str = law.held["id"]

    @cached_property
    def _seen(self) -> list[Row]:
        listed = changed_since.changes(self._connection, self._id, self._law.day)
        return [row for row in listed if row["document"] == self._id]  # What hangs on a law is no part of it.

    @cached_property
    def _effects(self) -> list[Row]:
        return [each for each in self._law.effects if self._is_since(each["days"])]

    def _is_since(self, days: Iterable[str]) -> bool:
        return any(self._law.day < day <= self._law.today for day in days)

    def changes(self, path: str) -> list[Changed]:
        """Return what changed in a provision or a range of them, the newest first; of the whole what ended it.

        What lies ahead is among it, as far as a text, or an end, of a day to come is known.
        """
        how, on = self._law.ended
        found = [Changed(words=how.capitalize(), day=on, basis="note")] if how and on > self._law.day else []
        if not path:
            # A title that differs between two texts may have done so on any day between them.
            seen = (row for row in self._seen if not row["path"] and (row["is_dated"] or row["kind"] != "retitled"))
            found += [self._told(row, path) for row in seen]
            found += [change for change in self._affected(path) if not any(_is_same(change, other) for other in found)]
            return _in_order(found)
        named = self._named(path)
        told = [change for row in self._seen if _concerns(row, named) and (change := self._told(row, path))]
        found += told
        for more in (self._noted(named), self._affected(named), self._begun(named)):
            found += [change for change in more if not any(_is_same(change, other) for other in found)]
        if not any(change.day <= self._law.today for change in found):
            found += self._reworded(named)
        return _in_order(found)

    def count(self) -> tuple[int, str]:
        """Return how many sections, articles and schedules changed in the law, as seen or stated, and the last day."""
        seen = [row for row in self._seen if row["path"] and self._is_since([row["day"]])]
        changed = {row["path"]: row["day"] for row in reversed(seen)}
        for effect in self._effects:
            day = max(day for day in effect["days"] if self._is_since([day]))
            for path in singly(effect["paths"]):
                changed.setdefault(path, day)
        text = self._law.now
        paths = [row["path"] for row in text.rows] if text else []
        notes = in_force.notes(self._connection, text.wording.id, paths) if text else {}
        for path, note in ((path, note) for path, found in notes.items() for note in found if note["kind"] == "F"):
            days = [when.date for fact, _ in facts_of(note, {}) for when in fact.dates if self._is_since([when.date])]
            if days:
                changed[path] = max(*days, changed.get(path, ""))
        return len({_first(path) for path in changed}), max(changed.values(), default="")

    def _named(self, path: str) -> str:
        """Return a path as the text has it: its letters large or small."""
        for text in (self._law.now, self._law.then):
            path = text.span(path) if text else path
            if ".." in path:
                return path
            place = text.find(path) if text else None
            if place is not None and place.is_there:
                return bare_path(place.path)
        return path

    def _told(self, row: Row, path: str) -> Changed:
        where = wording.where(row["path"], "", "") if row["path"] not in ("", path) else ""
        what = what_of(row)
        reason = row["reasons"][0] if row["reasons"] else None
        seen = "" if row["is_dated"] else ", in the text of this day" if row["in_text"] else ", seen on this day"
        return Changed(
            words=f"{f'{where}: {what.lower()}' if where else what}{seen}",
            day=row["day"],
            by=", ".join(filter(None, (reason["title"], _words(reason["provision"])))) if reason else "",
            by_id=reason["instrument"] if reason else "",
            by_held=bool(reason and reason["known"]),
            link=page_of_change(row),
        )

    def _noted(self, named: str) -> Iterator[Changed]:
        """Yield what notes of the publisher at a provision state."""
        text = self._law.now
        if text is None:
            return
        paths = self._sections(text, named)
        notes = in_force.notes(self._connection, text.wording.id, paths)
        known = in_force.titles(self._connection, cited_in(notes))
        for note in (note for path in paths for note in notes.get(path, ()) if note["kind"] == "F"):
            for fact, line in facts_of(note, known):
                days = [when.date for when in fact.dates if self._is_since([when.date])]
                stated = affected(fact.provision)
                is_here = all(map(_is_holder, stated)) or any(
                    relation(named, bare_path(each.removesuffix("-heading"))) for each in stated
                )
                if isinstance(fact, Amendment) and days and is_here:
                    yield Changed(
                        words=line.words.partition(", from ")[0],
                        day=max(days),
                        by=line.name,
                        by_id=line.instrument,
                        by_held=line.is_held,
                        basis="note",
                    )

    def _sections(self, text: Text, named: str) -> list[str]:
        if ".." in named:
            return [row["path"] for row in text.within(named)]
        place = text.find(named)
        return [each.section["path"] for each in text.by_extent(place).values()] if place else []

    def _affected(self, named: str) -> Iterator[Changed]:
        """Yield what published effects state of a provision."""
        for effect in self._effects:
            if is_of_end(effect) or any(
                relation(named, bare_path(path.removesuffix("-heading")))
                for path in effect["paths"]
                if named and path != "whole" and ":" not in path
            ):
                yield Changed(
                    words=f"{effect['affected_provision']}: {effect['type']}",
                    day=max(day for day in effect["days"] if self._is_since([day])),
                    by=", ".join(
                        filter(None, (called(effect["title"] or effect["affecting"]), effect["affecting_provision"]))
                    ),
                    by_id=effect["affecting"],
                    by_held=effect["known"] is not None,
                    basis="effect",
                    is_pending=not effect["applied"],
                )

    def _begun(self, named: str) -> Iterator[Changed]:
        """Yield that a provision came into force, wholly or in part, where it stood otherwise on the day."""
        place = self._place(named)
        if place is None:
            return
        before, now = self._law.states(place)
        stood = [(state.state, state.since, state.places) for state in (before, now)]
        if stood[0] == stood[1] or "not stated" in (before.state, now.state):
            return
        for step in now.steps:
            is_event = step.state in ("in force", "wholly in force", "partly in force")
            if is_event and self._is_since([step.date]) and step.qualification != AT_THE_LATEST:
                yield Changed(
                    words=_capital(step_words(step)),
                    day=step.date,
                    by=_PUT_IN.sub("", step.authority),
                    by_id=step.instrument,
                    basis="commencement",
                )

    def _place(self, named: str) -> Place | None:
        place = self._law.now.find(named) if self._law.now and ".." not in named else None
        return place if place and place.is_there else None

    def _reworded(self, named: str) -> Iterator[Changed]:
        """Yield that the words of a provision differ, or that it is gone, where nobody says what happened."""
        then, now = self._law.then, self._law.now
        if then is None or now is None or then is now or self._law.first or ".." in named:
            return
        old, new = then.find(named), now.find(named)
        if old is None or not old.is_there or self._is_explained(now, new, then.wording.since):
            return
        begun = now.wording.since
        words = "No longer in the text"
        if new is not None and new.is_there:
            before, after = then.by_extent(old), now.by_extent(new)
            differ = {
                extent: each.section["path"]
                for extent, each in after.items()
                for other in ([before[extent]] if extent in before else before.values())
                if canonical(then.words(other)) != canonical(now.words(each))
            }
            if not differ:
                return
            numbers = dict(zip((row["path"] for row in now.rows), now.wording.sections, strict=True))
            changed = {numbers[path] for path in differ.values()}
            later = [
                one for one in self._law.stream if one.since > self._law.day and not changed.isdisjoint(one.sections)
            ]
            where = f" for {', and for '.join(differ)}" if len(differ) < len(after) else ""
            begun, words = later[0].since if later else begun, f"Its words differ{where}"
        yield Changed(
            words=words, day=begun, basis="text", link=f"doc/{encode(self._id)}?{urlencode({'since': self._law.day})}"
        )

    def _is_explained(self, text: Text, place: Place | None, since: str) -> bool:
        """Whether a provision was amended between the day of the earlier text and the day asked for."""
        path = place.section["path"] if place else ""
        notes = in_force.notes(self._connection, text.wording.id, [path]).get(path, ())
        facts = (fact for note in notes if note["kind"] == "F" for fact, _ in facts_of(note, {}))
        return any(since < when.date <= self._law.day for fact in facts for when in fact.dates)


def of_page(connection: Connection, held: Row, path: str, day: str) -> list[Changed]:
    """Return what its publisher changed after a day in a document that is no law, or in one section of it."""
    found = [
        Changed(words=_of_page(row, held["id"]), day=row["day"], link=page_of_change(row))
        for row in changed_since.changes(connection, held["id"], day)
        if not path
        or held["private"]  # Where it changed is not published.
        or row["kind"] in OF_ALL
        or row["path"] == path
        or row["path"].startswith(f"{path}-")
    ]
    for note in changed_since.notes(connection, held["id"], day) if not path else ():
        found.append(Changed(words=f"Its publisher notes: {note['note']}", day=note["day"], basis="note"))
    return _in_order(found)


def _of_page(row: Row, own: str) -> str:
    where = wording.where(row["path"], row["heading"] or "", row["number"] or "") if row["path"] else ""
    of = f" of “{row['title']}”" if row["document"] != own else ""
    what = what_of(row)
    words = f"{where}{of}: {what.lower()}" if where else f"{what}{of}"
    return words if row["is_dated"] else f"{words}, seen on this day"


def what_of(row: Row) -> str:
    """Return what a change is, in a few words: of a status what it became."""
    if row["kind"] == "status" and row["after"]:
        return f"Status changed to {row['after']}"
    return wording.changed(row["verb"] or row["kind"])


def _concerns(row: Row, named: str) -> bool:
    if not row["path"]:
        return row["kind"] in OF_ALL
    how = relation(named, bare_path(row["path"]))
    # What holds it got another heading or number: its own words are the same.
    return how in ("same", "inside") or (
        how == "around" and row["verb"] != "heading changed" and row["kind"] != "renumbered"
    )


def _first(path: str) -> str:
    """Return the section, article or schedule that a path is in, for whichever nations it is worded.

    >>> [_first(path) for path in ("section-6-1-for-wales", "schedule-paragraph-3", "schedule-for-scotland")]
    ['section-6', 'schedule', 'schedule']
    """
    unit, _, number = without_extent(path)[0].partition("-")
    number = number.partition("-")[0]
    return unit if not number or number in ("paragraph", "part") else f"{unit}-{number}"


def _is_holder(path: str) -> bool:
    """Whether a note at a provision names what holds it: it is of all that stands there."""
    return path.split("-")[-2:-1] in (["part"], ["chapter"])


def _is_same(change: Changed, other: Changed) -> bool:
    """Whether two statements are of one change: of one day, and by one instrument, as far as both name one."""
    return change.day == other.day and (not change.by_id or not other.by_id or change.by_id == other.by_id)


def _in_order(changes: Sequence[Changed]) -> list[Changed]:
    return sorted(dict.fromkeys(changes), key=lambda change: change.day, reverse=True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(path: str) -> str:
    told = " to ".join(wording.provision(part) or part for part in path.split("..")) if path else ""
    return told[:1].lower() + told[1:] if told[:2].istitle() else told
