"""One law on a day and now: how its provisions stood, and where they are in its text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crawler.changes.law import is_empty
from crawler.identifiers.acts import called
from crawler.identifiers.uk import without_extent
from crawler.law import ENDED, ProvisionState, Steps, bare_path, parts_of, provision_state
from crawler.law.standing import LawState, law_state
from crawler.public import at_day, changed_since, in_force, versions
from crawler.public.at_day import Wording
from crawler.public.database import Connection, Row
from crawler.publish.check.text import Place, Text
from crawler.publish.in_force import Line, can_be_in_force, gone_on, is_inserted, line_of, sentence
from crawler.wording import ORIGINAL
from crawler.wording import day as in_words

GONE = ("repealed", "revoked", "omitted", "ceases to have effect")
"""Types of effects that end what they are of; others begin so and say what is left: "revoked (except reg. 2)"."""
_UNAMENDED = ORIGINAL | {"as published"}
"""Labels of versions that hold no later amendment."""
_HOLDING = frozenset({"part", "chapter", "schedule", "annex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOnDay:
    """How something stood on a day: a ``state``, a sentence, what says so, and what to know of it.

    States: in force, in part, not yet, repealed, ended (on a day that is not known), not stated, no text, not there
    yet, not found, no such provision, several provisions, withdrawn; empty for what is no law.
    """

    state: str
    said: str
    evidence: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


UNSTATED = StateOnDay(state="", said="")
NO_TEXT = StateOnDay(state="no text", said="Its text is not held here.")


class LawOnDay:
    """A law on a day and now. ``then`` is None where no text of it is held; ``first`` is the day of the first one that
    is, where that came after the day asked for: then it stands for ``then``.
    """

    def __init__(self, connection: Connection, held: Row, day: str, today: str) -> None:
        self.connection, self.held, self.day, self.today = connection, held, day, today
        self._states: dict[str, ProvisionState] = {}
        current = versions.version(connection, held["id"], held["current"] or "")
        self.current = current
        self.stream: Sequence[Wording] = at_day.stream(connection, current) if current else ()
        on = at_day.wording_on(self.stream, day)
        self.first = self.stream[0].since if self.stream and on is None else ""
        now = at_day.wording_on(self.stream, max(day, today)) or (self.stream[-1] if self.stream else None)
        self.now = Text(connection, now, held["id"]) if now else None
        then = on or (self.stream[0] if self.stream else None)
        self.then = (
            self.now if now is not None and then is now else Text(connection, then, held["id"]) if then else None
        )

    @cached_property
    def steps(self) -> Steps:
        """What is stated on the coming into force of its provisions."""
        paths = [row["path"] for row in self.now.rows] if self.now else []
        return Steps(in_force.steps(self.connection, self.held["id"], {}), parts_of(paths), self.held["extent"])

    @cached_property
    def _steps_then(self) -> Steps:
        """The same of those that stand in the text of the day, where that is held."""
        if self.first or self.then is None:
            return self.steps
        paths = [row["path"] for row in self.then.rows]
        notes = in_force.notes(self.connection, self.then.wording.id, paths) if self.then is not self.now else {}
        stated = in_force.steps(self.connection, self.held["id"], notes, text=self.then.wording.since)
        return Steps(stated, parts_of(paths), self.held["extent"])

    @cached_property
    def ended(self) -> tuple[str, str]:
        """Return how it ended as a whole and on which day; both empty where it did not, the day where none is told."""
        return changed_since.ended(self.connection, self.held)

    @cached_property
    def effects(self) -> list[Row]:
        """Return the effects on its text that have a day, the newest first."""
        return changed_since.effects(self.connection, self.held["id"])

    def standing(self, path: str) -> StateOnDay:
        """Return how the law stood, or a provision or a range of them."""
        how, on = self.ended
        if how and (not on or on <= self.day):
            if not on and (before := self._seen_before):
                return StateOnDay(state="ended", said=f"Not known: now {how}, on which day is not stated. {before}")
            told = f" on {in_words(on)}." if on else "; on which day is not stated."
            return StateOnDay(state="repealed" if on else "ended", said=f"{_capital(how)}{told}")
        if effect := next((each for each in self.effects if is_of_end(each) and each["day"] <= self.day), None):
            by = f", by {called(effect['title'] or effect['affecting'])}"
            said = f"{_capital(effect['type'])} on {in_words(effect['day'])}{by}, as its publisher lists."
            return StateOnDay(state="repealed" if effect["type"].lower() in GONE else "in part", said=said)
        if len(made := self.held["published"] or "") == len(self.day) and made > self.day:
            return StateOnDay(state="not yet", said=f"Not there yet: it is dated {in_words(made)}.")
        if self.then is None:
            return NO_TEXT
        path = self.then.span(path)
        if not path or ".." in path:
            return self._several(path, self.then)
        if self.then.is_repeated(path):
            return StateOnDay(
                state="several provisions", said="Several provisions have this number, each in a part of its own."
            )
        place = self.then.find(path)
        if place is None or not place.is_there:
            return self._missing(path, self.then)
        if place.path.split("-")[0] in _HOLDING and len(self.then.within(path)) > 1:
            return self._several(path, self.then)
        return self._by_extent(place, self.then)

    @property
    def _seen_before(self) -> str:
        """Say since when an end of no known day is known, where what was read on the day did not say so yet."""
        seen = changed_since.changes(self.connection, self.held["id"], self.day)
        days = [row["day"] for row in seen if row["kind"] == "status" and row["after"] in ENDED]
        return f"What was read before {in_words(min(days))} did not say so." if days else ""

    def path_of(self, path: str) -> str:
        """Return the path of a provision as the text of the day has it, or the newest one."""
        for text in (self.then, self.now):
            place = text.find(path) if text is not None else None
            if place is not None and place.is_there:
                return place.path
        return path

    def states(self, place: Place) -> tuple[ProvisionState, ProvisionState]:
        """Return how a provision of the newest text stood on the day, and stands now."""
        then = self.then.find(place.path) if self.then is not None and not self.first else None
        steps = self._steps_then if then is not None and then.is_there else self.steps
        return _state(steps, place, self.day), _state(steps, place, self.today)

    def _by_extent(self, place: Place, text: Text) -> StateOnDay:
        """Return how a provision stood, for each of the nations for which it has other words where that differs."""
        stood = {extent: self._one(each, text) for extent, each in text.by_extent(place).items()}
        first, *others = stood.values()
        if all((other.state, other.said) == (first.state, first.said) for other in others):
            return first
        told = {extent or "the rest": f"{one.said[:1].lower()}{one.said[1:]}" for extent, one in stood.items()}
        said = " ".join(f"For {extent}: {words}" for extent, words in told.items())
        evidence = tuple(dict.fromkeys(line for one in stood.values() for line in one.evidence))
        is_one = len({one.state for one in stood.values()}) == 1
        return StateOnDay(
            state=first.state if is_one else "in part", said=said, evidence=evidence, notes=self._before()
        )

    def _one(self, place: Place, text: Text) -> StateOnDay:
        if (ended := self._gone(place, text)) is not None:
            return ended
        state = _state(self._steps_then, place, self.day)
        known = in_force.titles(self.connection, {step.instrument for step in state.steps if step.instrument})
        lines = tuple(line_of(step, place.path, known, self.held["id"]) for step in state.steps)
        return StateOnDay(state=state.state, said=sentence(state), evidence=lines, notes=self._before())

    def _gone(self, place: Place, text: Text) -> StateOnDay | None:
        """Return that nothing was left of a provision on the day, by the text of that day or a note in the newest."""
        newest = self.now.find(place.path) if self.now is not None else None
        for one, where in ((text, place), (self.now, newest)):
            if one is None or where is None or not _is_left_empty(where.section):
                continue
            path = where.section["path"]
            notes = in_force.notes(self.connection, one.wording.id, [path]).get(path, [])
            verb, on = gone_on(path, notes)
            if on <= self.day if on else one is text:
                said = f"Not in force: {verb} on {in_words(on)}." if on else self._left
                state = "repealed" if on or not self.first else "ended"
                return StateOnDay(state=state, said=said, evidence=tuple(self._notes(notes)), notes=self._before())
        return None

    @property
    def _left(self) -> str:
        """Say that nothing is left of a provision: in the text of the day, or in a later one, of no known day."""
        when = f" in the text of {in_words(self.first)}; since when is not stated" if self.first else ""
        return f"Repealed or omitted: nothing is left of it{when}."

    def _notes(self, notes: Sequence[Row]) -> Iterator[Line]:
        for note in notes:
            if note["kind"] == "F":
                yield Line(words=note["text"], source="note of the publisher")

    def _several(self, path: str, text: Text) -> StateOnDay:
        every: dict[str, list[Row]] = {}
        for row in text.within(path):
            every.setdefault(without_extent(row["path"])[0], []).append(row)
        left = [rows for rows in every.values() if any(map(can_be_in_force, rows))]
        if path and not every:
            return self._missing(path, text)
        if not left:
            state = "not stated" if not every else "ended" if self.first else "repealed"
            return StateOnDay(state=state, said=self._left if every else "", notes=self._before())
        counted = law_state(map(self._state_of_rows, left))
        ended = len(every) - len(left)
        if self.first:  # What is empty in a later text may have stood on the day.
            counted, ended = replace(counted, not_stated=counted.not_stated + ended), 0
        state = _state_of(counted)
        is_cut = bool(path and ended and state == "in force")
        return StateOnDay(state="in part" if is_cut else state, said=counts_said(counted, ended), notes=self._before())

    def _state_of_rows(self, rows: Sequence[Row]) -> ProvisionState:
        """Return how one provision stood, which may be worded for some nations apart: where that differs, in part."""
        states = [self._state_of_row(row) for row in rows if can_be_in_force(row)]
        is_alike = len(states) == len(rows) and len({state.state for state in states}) == 1
        return states[0] if is_alike else replace(states[0], state="in part")

    def _state_of_row(self, row: Row) -> ProvisionState:
        """Return how a provision of the text of the day stood on it; many ranges ask for the same."""
        if row["path"] not in self._states:
            place = Place(section=row, path=row["path"], is_there=True)
            self._states[row["path"]] = _state(self._steps_then, place, self.day)
        return self._states[row["path"]]

    def _before(self) -> tuple[str, ...]:
        if self.then is not None and self.then.lacks["partial"]:
            return ("Only a part of its text is held here.",)
        if not self.first:
            is_alone = len(self.stream) == 1 and self.current is not None and self.current["label"] in _UNAMENDED
            begun = f"The only text held is the original one, of {in_words(self.stream[0].since)}." if is_alone else ""
            return (begun,) if begun else ()
        return (f"The first text held is that of {in_words(self.first)}: how it read before is not known here.",)

    def _missing(self, path: str, text: Text) -> StateOnDay:
        kinds = text.lacks["leaves_out"]
        if text.lacks["partial"]:
            return StateOnDay(state="not found", said="Only a part of the text is held here, and this is not in it.")
        if any(f"{path}-".startswith(f"{kind}-") for kind in kinds):
            return StateOnDay(state="not found", said="The text held leaves this out, as its publisher gives it.")
        now = self.now.find(path) if self.now is not None and self.now is not text else None
        if now is not None and now.is_there and (not self.first or self._is_put_in_later(now)):
            return StateOnDay(state="not there yet", said="Not there on that day: it was put in later.")
        if not text.has_kind(path):
            return StateOnDay(state="not found", said="Not found under this name in the text held: look for it there.")
        held = f"the text of {in_words(text.wording.since)}"
        state = "not found" if now is not None and now.is_there else "no such provision"
        return StateOnDay(state=state, said=f"No such provision in {held}.", notes=self._before())

    def _is_put_in_later(self, place: Place) -> bool:
        return any(is_inserted(step) and step.date > self.day for step in _state(self.steps, place, self.day).steps)


def is_of_end(effect: Mapping[str, Any]) -> bool:
    """Whether an effect ends a law as a whole, or all but what it names."""
    return "whole" in effect["paths"] and effect["type"].lower().startswith(GONE)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_left_empty(section: Row) -> bool:
    return section["status"] in ENDED or bool(section["text"] and is_empty(section["text"]))


def _state(steps: Steps, place: Place, day: str) -> ProvisionState:
    path = bare_path(place.path)
    parts = [part for part, _, _ in json.loads(place.section["parts"])]
    inside = [each for part in parts if (each := bare_path(part)).count("-") == path.count("-") + 1 and
              each.startswith(f"{path}-")]  # fmt: skip
    is_prospective = place.section["status"] == "prospective"
    return provision_state(steps, path, day, children=inside, is_prospective=is_prospective)


def _state_of(counted: LawState) -> str:
    summary = counted.summary
    if summary in ("in parts", "at least in part"):
        return "in part"
    return summary if summary in ("not yet", "not stated") else "in force"


def counts_said(counted: LawState, ended: int) -> str:
    """Return of how many provisions what is stated, in one sentence; ``ended`` are those of which nothing is left.

    >>> counts_said(LawState(in_force=3), 0), counts_said(LawState(in_force=2, not_yet=1, not_stated=4), 1)
    ('In force: all 3 provisions.', 'In force: 2 of 8 provisions; 1 not yet; of 4 nothing is stated; 1 repealed.')
    """
    total = counted.provisions + ended
    if total == counted.in_force:
        return f"In force: all {total} provisions." if total > 1 else "In force."
    more = [
        words
        for number, words in (
            (counted.in_part, f"{counted.in_part} in part"),
            (counted.not_yet, f"{counted.not_yet} not yet"),
            (counted.not_stated, f"of {counted.not_stated} nothing is stated"),
            (ended, f"{ended} repealed"),
        )
        if number
    ]
    if counted.not_stated == counted.provisions:
        return "Whether it is in force is not stated."
    return f"In force: {counted.in_force} of {total} provisions; {'; '.join(more)}."
