"""The commencements of a law as a table: days, provisions, and what says so; provisions that began alike together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.law import ENDED, Step, step_of
from crawler.public import in_force
from crawler.public.database import Connection, Row
from crawler.publish.in_force import is_provision, line_of
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
