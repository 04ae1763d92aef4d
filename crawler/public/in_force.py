"""When provisions of a law came into force, how it stands, and what its publisher notes at them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from crawler.changes.law import is_empty
from crawler.identifiers.acts import called
from crawler.identifiers.uk import without_extent
from crawler.law import (
    AT_THE_LATEST,
    ProvisionState,
    Step,
    Steps,
    authority_instrument,
    parts_of,
    provision_state,
    step_of,
    steps_of_notes,
)
from crawler.model import Annotation
from crawler.public.database import Connection, Row, row, rows

MAX_STEPS = 20_000
MAX_NOTES = 5_000
"""Notes of one part of a text."""

_STEPS = f"select * from commencements where document = ? order by position limit {MAX_STEPS}"
_NEAR = f"""select * from commencements where document = :document and (path = :root or path like :root || '-%'
    or path = '' or path like '%..%' or path like 'part-%') order by position limit {MAX_STEPS}"""
_TEXT = "select text from sections where document = ? and path = ? and is_current = 1"
_PATHS = """select s.path from versions v, json_each(v.sections) j join sections s on s.n = j.value
  where v.id = ? order by j.key"""
_PROVISIONS = """select s.path, s.number, s.status, substr(s.text, 1, 200) as text, s.parts
  from versions v, json_each(v.sections) j join sections s on s.n = j.value where v.id = ? order by j.key"""
_NOTES = f"""select a.kind, a.path, a.place, a.text, a.citations from versions v, json_each(v.annotations) j
  join annotations a on a.n = j.value
  where v.id = ? and a.path in (select value from json_each(?)) and a.text <> '' order by j.key limit {MAX_NOTES}"""
_TITLES = "select id, title from documents where id in (select value from json_each(?))"


def counts(connection: Connection, document: str) -> Row | None:
    """Return of how many provisions a law is in force, None where nothing states it."""
    return row(
        connection,
        "select * from in_force where document = ? and in_force + in_part + not_yet > 0",
        [document],
    )


def commencements(connection: Connection, document: str) -> list[Row]:
    """Return the statements on the coming into force of the provisions of a law, in the order they were read."""
    return rows(connection, _STEPS, [document])


def steps(connection: Connection, document: str, notes: Mapping[str, Sequence[Row]], *, text: str = "") -> list[Step]:
    """Return the statements on the coming into force of a law, and what ``notes`` of an earlier text state beside them.

    Those are the notes at its provisions, by path; the newest text has them no more where a provision ended since.
    ``text`` is the day on which an earlier text began, where that is meant: what stands in it was not put in later.
    """
    known = [step_of(line) for line in commencements(connection, document)]
    known = [each for step in known if (each := _as_of(step, text))]
    stated = {(step.path, step.state, step.date, step.qualification) for step in known}
    listed = (
        Annotation(
            id="",
            kind=note["kind"],
            path=path,
            place=note["place"],
            text=note["text"],
            citations=_pairs(note["citations"]),
        )
        for path, found in notes.items()
        for note in found
    )
    earlier = dict.fromkeys(steps_of_notes(document, listed))
    return known + [each for each in earlier if (each.path, each.state, each.date, each.qualification) not in stated]


def _as_of(step: Step, text: str) -> Step | None:
    """Return a step as it is of provisions of a text that began on a day; None of what only took their place later."""
    if step.source != "insertion" or not text or step.date <= text:
        return step
    is_new = step.authority.startswith(("inserted", "added"))
    return replace(step, date=text, qualification=AT_THE_LATEST) if is_new else None


def _pairs(citations: str) -> tuple[tuple[str, str], ...]:
    return tuple((document, path) for document, path in json.loads(citations))


def text_paths(connection: Connection, version: str) -> list[str]:
    """Return the paths of the sections of a version, in their order."""
    return [str(line["path"]) for line in rows(connection, _PATHS, [version])]


def text_provisions(connection: Connection, version: str) -> list[Row]:
    """Return the sections of a version in their order: path, number, status, parts, and how their ``text`` begins."""
    return rows(connection, _PROVISIONS, [version])


def states(
    steps: Sequence[Step], paths: Sequence[str], sections: Sequence[Row], day: str, extent: str
) -> dict[str, ProvisionState]:
    """Return how provisions stand on a day, by their paths; those of which nothing is stated are left out.

    ``paths`` are those of the whole text, in order; a section has path, status and parts. ``extent`` is that of the
    law.
    """
    found = Steps(steps, parts_of(paths), extent)
    standing: dict[str, ProvisionState] = {}
    for section in sections:
        path = section["path"]
        general, _ = without_extent(path)
        parts = [without_extent(part)[0] for part, _, _ in json.loads(section["parts"])]
        inside = [part for part in parts if part.count("-") == general.count("-") + 1]
        state = provision_state(found, general, day, children=inside, is_prospective=section["status"] == "prospective")
        if state.state != "not stated" or state.steps:
            standing[path] = state
    return standing


def provision(
    connection: Connection, document: str, path: str, day: str, *, is_prospective: bool = False
) -> ProvisionState:
    """Return how a provision of a law stands on a day; nothing is stated of one of which only dots are left."""
    root = "-".join(path.split("-")[:2])
    left = row(connection, _TEXT, [document, path])
    if left is not None and left["text"] and is_empty(left["text"]):
        return ProvisionState(state="not stated")
    steps = [step_of(line) for line in rows(connection, _NEAR, {"document": document, "root": root})]
    paths: list[str] = []
    held = row(connection, "select current, extent from documents where id = ?", [document]) or {}
    if any(step.path.startswith("part-") for step in steps):
        paths = text_paths(connection, held.get("current") or "")
    return provision_state(
        Steps(steps, parts_of(paths), held.get("extent") or ""), path, day, is_prospective=is_prospective
    )


def notes(connection: Connection, version: str, paths: Collection[str]) -> dict[str, list[Row]]:
    """Return the notes of the publisher at provisions of a version, by their paths: kind, place, text, citations."""
    found: dict[str, list[Row]] = {}
    for line in rows(connection, _NOTES, [version, json.dumps(sorted(paths))]):
        found.setdefault(line["path"], []).append(line)
    return found


def titles(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """Return the titles of those of some documents that are held."""
    return {line["id"]: line["title"] for line in rows(connection, _TITLES, [json.dumps(sorted(documents))])}


def instrument(step: Step, known: Mapping[str, str]) -> str:
    """Return the name of the instrument behind a step: its title, else as printed, else its number."""
    return known.get(step.instrument) or authority_instrument(step.authority) or called(step.instrument)


def named(step: Step, known: Mapping[str, str]) -> str:
    """Return what is printed of the instrument and the provision behind a step, with its name where that is not.

    >>> step = Step(path="", state="in force", source="effect", instrument="uksi/2016/412", authority="art. 2")
    >>> named(step, {}), named(step, {"uksi/2016/412": "Sample Order 2016"})
    ('SI 2016/412, art. 2', 'Sample Order 2016, art. 2')
    """
    is_printed = bool(authority_instrument(step.authority))
    return step.authority if is_printed else ", ".join(filter(None, (instrument(step, known), step.authority)))
