"""The commencements of a law: a table of days, provisions and what says so, and a grid of the state on each day."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.changes.law import is_empty
from crawler.identifiers.uk import without_extent
from crawler.law import ENDED, Step, Steps, bare_path, parts_of, provision_state, step_of
from crawler.public import in_force
from crawler.public.database import Connection, Row
from crawler.publish.in_force import gone_on, is_inserted, is_provision, line_of
from crawler.wording import provision

MAX_NAMED = 5
MAX_GROUPS = 300
"""Rows of the table of all commencements of a law."""


def of_law(connection: Connection, held: Row) -> dict[str, Any]:
    """Return for the page of a law of how many provisions it is in force, and the table of its commencements."""
    counted = None if held["status"] in ENDED else in_force.counts(connection, held["id"])
    rows = in_force.commencements(connection, held["id"]) if not held["private"] else []
    steps = [step_of(row) for row in rows]
    known = in_force.titles(connection, {step.instrument for step in steps if step.instrument})
    paths = [path for path in in_force.text_paths(connection, held["current"] or "") if is_provision(path)]
    table = _table(steps, paths, known, held["id"])
    return {"law_counts": counted, "commencements": table[:MAX_GROUPS], "more_commencements": len(table[MAX_GROUPS:])}


def _table(steps: Sequence[Step], paths: Sequence[str], known: Mapping[str, str], own: str) -> list[dict[str, Any]]:
    """Return the commencements of a law by day, provisions that began alike in one row."""
    groups: dict[tuple[str, ...], list[Step]] = {}
    for step in steps:
        by = step.instrument or step.authority
        said = "insertion" if step.source == "insertion" else step.state
        words = step.provision if step.is_rest else ""
        groups.setdefault((step.date or "9999", said, step.qualification, by, step.source, words), []).append(step)
    places = {path: place for place, path in enumerate(paths)}
    return [
        {
            "day": group[0].date,
            "paths": [step.path for step in group],
            "line": line_of(group[0], "", known, own),
            "name": _name(group, known, own),
            "provisions": _listed(group, places),
        }
        for _, group in sorted(groups.items())
    ]


def _name(steps: Sequence[Step], known: Mapping[str, str], own: str) -> str:
    """Return the name of the instrument behind steps: its title where it is held, else as printed."""
    first = steps[0]
    if first.instrument == own:
        return "; ".join(dict.fromkeys(step.authority for step in steps[:MAX_NAMED]))
    return in_force.instrument(first, known)


def _listed(steps: Sequence[Step], places: Mapping[str, int]) -> str:
    """Return the provisions of steps as readers name them, those that follow one another as a range."""
    if any(not step.path for step in steps):
        return (steps[0].provision or "provisions that nothing else names") if steps[0].is_rest else "the whole"
    bare = {re.sub(r"-(?:part|chapter)-[^-]+(?=.*-paragraph-)", "", path): place for path, place in places.items()}
    runs: list[list[tuple[int, str]]] = []
    for path in dict.fromkeys(step.path for step in steps):
        place = bare.get(path, -1)
        if runs and place >= 0 and runs[-1][-1][0] == place - 1:
            runs[-1].append((place, path))
        else:
            runs.append([(place, path)])
    return "; ".join(_together([_named(path) for _, path in run]) for run in runs)


def _together(names: Sequence[str]) -> str:
    """Return provisions that follow one another as a range.

    >>> _together(["section 1", "section 2", "section 3"]), _together(["schedule 1 paragraph 4", "schedule 2"])
    ('sections 1 to 3', 'schedule 1 paragraph 4, schedule 2')
    """
    units = {name.rpartition(" ")[0] for name in names}
    if len(names) == 1 or len(units) > 1:
        return f"{names[0]} to {names[-1]}" if len(names) > 2 else ", ".join(names)
    first, last = (name.rpartition(" ")[2] for name in (names[0], names[-1]))
    return f"{units.pop()}s {first} {'to' if len(names) > 2 else 'and'} {last}"


def _named(path: str) -> str:
    first, _, last = path.partition("..")
    words = [provision(each) or each.replace("-", " ") for each in (first, last) if each]
    return " to ".join(word[:1].lower() + word[1:] for word in words)


MAX_COLUMNS = 60
"""Most provisions that a picture has: with more of them nobody sees which is which."""
MAX_ROWS = 10
"""Most days: the newest."""
MAX_SECTIONS = 400
"""Most provisions and paragraphs of schedules whose state on each day is worked out."""

ENDED_STATE = "no longer"
STATES = ("in force", "in part", "not yet", ENDED_STATE, "not stated")
"""How a provision stands, as :class:`crawler.law.ProvisionState` has it, or that it has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A provision, or a schedule with all its paragraphs: its number, its name, and its state on each day."""

    number: str
    name: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Columns of provisions over days (ISO dates, oldest first).

    ``now`` is the place of the last day that has come, -1 where none has; ``earlier`` how many days are left out.
    """

    days: tuple[str, ...]
    columns: tuple[Column, ...]
    now: int
    earlier: int

    @property
    def used(self) -> tuple[str, ...]:
        """Return the states that some provision has on some day."""
        found = {state for column in self.columns for state in column.states}
        return tuple(state for state in STATES if state in found)


def grid(connection: Connection, held: Row, counted: Row | None, day: str) -> Grid | None:
    """Return the grid of the version shown as at a day, None where there is nothing to see or too much.

    ``counted`` is of how many provisions the law is in force, None where nobody says or the law has ended.
    """
    if counted is None or not held["current"] or held["private"]:
        return None
    if sum(counted[state] for state in ("in_force", "in_part", "not_yet", "not_stated")) > MAX_SECTIONS:
        return None
    steps = [step_of(row) for row in in_force.commencements(connection, held["id"])]
    every = in_force.text_provisions(connection, held["current"])
    sections = [each for each in every if each["number"] and is_provision(each["path"])]
    columns: dict[str, list[Row]] = {}
    for section in sections:
        columns.setdefault("-".join(bare_path(section["path"]).split("-")[:2]), []).append(section)
    if not steps or not 1 < len(columns) <= MAX_COLUMNS or len(sections) > MAX_SECTIONS:
        return None
    ends = _ends(connection, held["current"], sections)
    stated = sorted({step.date for step in steps if step.date} | {end for end in ends.values() if end})
    days = [each for each in stated if each <= day][-MAX_ROWS:] + [each for each in stated if each > day][:2]
    now = sum(each <= day for each in days) - 1
    found = Steps(steps, parts_of([each["path"] for each in every]), held["extent"])
    shown = tuple(
        Column(
            number=_number(path, members[0]["number"]),
            name=provision(path) or path.replace("-", " "),
            states=tuple(
                _joined(_state(found, member, each, ends, is_now=place >= now) for member in members)
                for place, each in enumerate(days)
            ),
        )
        for path, members in columns.items()
    )
    return Grid(
        days=tuple(days), columns=shown, now=now, earlier=max(sum(each <= day for each in stated) - MAX_ROWS, 0)
    )


def _ends(connection: Connection, version: str, sections: Sequence[Row]) -> dict[str, str]:
    """Return since when the provisions of which nothing is left are gone, by path; empty where no day is stated."""
    gone = [each["path"] for each in sections if each["status"] in ENDED or is_empty(each["text"])]
    notes = in_force.notes(connection, version, gone) if gone else {}
    return {path: gone_on(path, notes.get(path, ()))[1] for path in gone}


def _state(found: Steps, section: Row, day: str, ends: Mapping[str, str], *, is_now: bool) -> str:
    """Return how a provision stood on a day: of one that ended on a day not stated, nothing is known before now."""
    path = section["path"]
    if path in ends and not ends[path]:
        return ENDED_STATE if is_now else "not stated"
    if path in ends and ends[path] <= day:
        return ENDED_STATE
    general, _ = without_extent(path)
    put_in = [step.date for step, how in found.about(general) if is_inserted(step) and how in ("same", "inside")]
    if put_in and day < min(put_in):
        return "not yet"
    parts = [without_extent(part)[0] for part, _, _ in json.loads(section["parts"])]
    inside = [part for part in parts if part.count("-") == general.count("-") + 1]
    return provision_state(
        found, general, day, children=inside, is_prospective=section["status"] == "prospective"
    ).state  # fmt: skip


def _joined(states: Iterable[str]) -> str:
    """Return the state of a schedule from those of its paragraphs; what is gone counts only where all of it is.

    >>> _joined(["in force", "not yet"]), _joined(["in force", "no longer"]), _joined(["no longer"])
    ('in part', 'in force', 'no longer')
    """
    found = set(states)
    left = found - {ENDED_STATE} or found
    return left.pop() if len(left) == 1 else "not stated" if "not stated" in left else "in part"


def _number(path: str, printed: str) -> str:
    """Return the number that stands over a column, that of a schedule behind an S."""
    unit, _, number = path.partition("-")
    return f"S{number}" if unit == "schedule" else number or printed
