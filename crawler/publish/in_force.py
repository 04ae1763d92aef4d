"""When provisions came into force and what their publisher notes, in sentences, for the page of a law."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crawler.changes.law import is_empty
from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import NATIONS, named
from crawler.law import ENDED, Amendment, Modification, ProvisionState, Step, bare_path, read_note
from crawler.public import changed_since, in_force
from crawler.public.database import Connection, Row
from crawler.wording import day as in_words
from crawler.wording import provision

_KINDS = {
    "F": "Amendment", "C": "Modification", "I": "Commencement", "E": "Extent", "M": "Citation", "X": "Editorial note",
    "P": "Power exercised", "mark": "Consolidation", "former": "Former words",
}  # fmt: skip
_SOURCES = {
    "annotation": "note of the publisher", "insertion": "note of the publisher", "effect": "published effect",
    "order": "the order itself", "own provision": "the law itself", "metadata": "date of the publisher",
    "text": "text of the publisher, no longer marked as not in force", "default": "as no day is stated",
}  # fmt: skip
_MARKS = {"in part": "in part", "not yet": "not in force"}
_GONE = ("repealed", "revoked", "omitted")
_LAW_SITE = "https://www.legislation.gov.uk"
_read = lru_cache(maxsize=2_048)(read_note)
_TEXT = frozenset({"section", "article", "regulation", "rule", "schedule"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line for a reader: words, and the instrument behind them with its address, its name and what is cited."""

    words: str
    instrument: str = ""
    name: str = ""
    is_held: bool = False
    source: str = ""
    label: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is shown at a provision: a sentence on how it stands, the steps behind it, and the publisher's notes.

    ``amended`` is the last day, until now, on which something in it was amended by these notes; empty without one.
    ``mark`` says in two words how it stands, where it is not simply in force; ``days`` are those that steps and notes
    state (ISO dates), each with its words.
    """

    sentence: str
    steps: tuple[Line, ...]
    notes: tuple[Line, ...]
    amended: str = ""
    mark: str = ""
    days: tuple[tuple[str, str], ...] = ()


def of_text(
    connection: Connection, held: Row, version: Row, sections: Sequence[Row], today: str, asked: str = ""
) -> dict[str, Provision]:
    """Return what is shown at the provisions of a part of a text, by path.

    How they stand is told for the day that is asked for; where none is, beside the version shown now alone, as of
    today.
    """
    day = asked or today
    notes = in_force.notes(connection, version["id"], [section["path"] for section in sections])
    states: dict[str, ProvisionState] = {}
    if _is_left(connection, held, version, asked) if asked else _is_current(held, version):
        earlier = {} if version["id"] == held["current"] else notes
        steps = in_force.steps(connection, held["id"], earlier, text=(version["valid_from"] or "") if asked else "")
        paths = in_force.text_paths(connection, version["id"])
        shown = [section for section in sections if can_be_in_force(section)]
        is_marked = any(section["status"] == "prospective" for section in shown)
        states = in_force.states(steps, paths, shown, day, held["extent"]) if steps or is_marked else {}
    known = in_force.titles(connection, {*_instruments(states), *cited_in(notes)})
    empty = {section["path"] for section in sections if section["text"] and is_empty(section["text"])}
    left = {path: found for path, found in notes.items() if path in empty}
    unstated = ProvisionState(state="not stated")
    return {
        path: Provision(
            sentence=sentence(states[path], asked) if path in states else gone(path, left.get(path, ())),
            steps=tuple(line_of(step, path, known, held["id"]) for step in states.get(path, unstated).steps),
            notes=tuple(
                line
                for note in notes.get(path, ())
                if note["kind"] != "mark" and not (note["kind"] == "I" and _is_told(note, states.get(path)))
                for line in _note(note, known)
            ),
            amended=_amended(notes.get(path, ()), day),
            mark=_MARKS.get(states.get(path, unstated).state, ""),
            days=_days(states.get(path), notes.get(path, ())),
        )
        for path in dict.fromkeys([*states, *notes])
    }


def _is_left(connection: Connection, held: Row, version: Row, day: str) -> bool:
    """Whether a law is known not to have ended by a day: of one that ended on a day that is not told, it is not."""
    how, on = changed_since.ended(connection, held)
    return version["status"] not in ENDED if not how else bool(on) and day < on


def _is_current(held: Row, version: Row) -> bool:
    return bool(version["id"] == held["current"] and held["status"] not in ENDED)


def _days(state: ProvisionState | None, notes: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Return the days stated for a provision with what began or changed on each, the earliest first.

    Of one that was put in later, days of the whole law from before it was there are left out.
    """
    steps = state.steps if state else ()
    first = min((step.date for step in steps if is_inserted(step)), default="")
    found = [(step.date, step_words(step)) for step in steps if step.date and step.date >= first]
    for fact in (fact for note in notes if note["kind"] == "F" for fact in _read("F", note["text"]).amendments):
        what = f"{fact.what or fact.provision} {fact.verb or 'changed'}".strip()
        found += [(when.date, what) for when in fact.dates if when.date]
    return tuple(dict.fromkeys(sorted(found)))


def is_inserted(step: Step) -> bool:
    """Say whether a step put a provision in where there was none: what took the place of another had one before."""
    return step.source == "insertion" and bool(step.date) and not step.authority.startswith("substituted")


def _amended(notes: Sequence[Row], day: str) -> str:
    facts = (fact for note in notes if note["kind"] == "F" for fact in _read("F", note["text"]).amendments)
    return max((when.date for fact in facts for when in fact.dates if when.date <= day), default="")


def can_be_in_force(section: Row) -> bool:
    """Say whether a section is a provision of which something is left."""
    is_left = section["status"] not in ENDED and not is_empty(section["text"])
    return bool(section["number"]) and is_left and is_provision(section["path"])


def is_provision(path: str) -> bool:
    """Say whether a path of a text is that of a provision which comes into force: no heading, no whole schedule."""
    steps = path.split("-")
    return steps[0] in _TEXT and (steps[0] != "schedule" or "paragraph" in steps)


def _instruments(states: Mapping[str, ProvisionState]) -> set[str]:
    return {step.instrument for state in states.values() for step in state.steps if step.instrument}


def cited_in(notes: Mapping[str, Sequence[Row]]) -> set[str]:
    """Return the documents that notes cite."""
    return {document for listed in notes.values() for note in listed for document, _ in json.loads(note["citations"])}


def sentence(state: ProvisionState, asked: str = "") -> str:
    """Return how a provision stands, now or on the day that is asked for.

    >>> sentence(ProvisionState(state="not yet", next="2016-05-01"), "2016-04-30")
    'On 30 April 2016: not in force yet; from 1 May 2016.'
    >>> sentence(ProvisionState(state="in part", since="2016-04-01", next="2027-01-01"))
    'In force in part since 1 April 2016; more of it from 1 January 2027.'
    >>> sentence(ProvisionState(state="in part", since="2016-04-01", places={"England": "2016-04-01",
    ...     "Wales": "2018-04-01"}))
    'In force in part since 1 April 2016: in England since 1 April 2016, in Wales since 1 April 2018.'
    >>> sentence(ProvisionState(state="not yet")), sentence(ProvisionState(state="not stated"))
    ('Not in force yet; no day is stated.', 'Whether it is in force is not stated.')
    """
    since, ahead = in_words(state.since), in_words(state.next)
    match state.state:
        case "in force":
            is_reworded = any(
                step.date == state.since and step.authority.startswith("substituted") for step in state.steps
            )
            wording = " in its present wording" if is_reworded else ""
            marks = ": the publisher\u2019s text no longer marks it as not in force; no commencement note is held"
            said = f"In force{wording} since {since}{' at the latest' if state.is_latest else ''}"
            said += f"{marks if state.is_unmarked else ''}."
        case "in part":
            said = f"In force in part since {since}{_places(state)}" + (f"; more of it from {ahead}." if ahead else ".")
        case "not yet":
            unstated = "." if asked else "; no day is stated."
            said = f"Not in force yet; from {ahead}." if ahead else f"Not in force yet{unstated}"
        case _:
            said = "Whether it is in force is not stated."
    said = f"{said} It applies from {in_words(state.applies)}." if state.applies else said
    said = f"{said} Its sources state different days." if state.is_disputed else said
    return f"On {in_words(asked)}: {said[:1].lower()}{said[1:]}" if asked else said


def _places(state: ProvisionState) -> str:
    """Return where a provision is in force of which each place has all, with the days where they are not one."""
    by_day: dict[str, list[str]] = {}
    for code, name in NATIONS.items():
        if name in state.places:
            by_day.setdefault(state.places[name], []).append(code)
    if not by_day.keys() - {state.since}:
        return f", in {named(by_day[state.since])}" if by_day else ""
    return ": " + ", ".join(f"in {named(by_day[day])} since {in_words(day)}" for day in sorted(by_day))


def gone(path: str, notes: Sequence[Mapping[str, Any]]) -> str:
    """Return since when nothing is left of a provision, as one note at it states; empty where none does.

    >>> notes = ("S. 95 omitted (11.7.2021) by 2021 c. 9, s. 1", "S. 95(1) repealed (1.4.2012) by 2011 c. 9")
    >>> [gone("section-95", [{"kind": "F", "text": note}]) for note in notes]
    ['Not in force: omitted on 11 July 2021.', '']
    """
    verb, on = gone_on(path, notes)
    return f"Not in force: {verb} on {in_words(on)}." if on else ""


def gone_on(path: str, notes: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return how and on which day the whole of a provision ended, as one note at it states; both empty otherwise."""
    for note in notes:
        for fact in _read("F", note["text"]).amendments if note["kind"] == "F" else ():
            whole = any(relation(each, bare_path(path)) in ("same", "inside") for each in affected(fact.provision))
            days = {when.date for when in fact.dates if when.date and not when.qualification}
            is_alone = fact.beside in ("", "and cross-heading") and not fact.what and not fact.extent
            if whole and is_alone and fact.verb in _GONE:
                return (fact.verb, days.pop()) if len(days) == 1 else ("", "")
    return "", ""


def line_of(step: Step, path: str, known: Mapping[str, str], own: str) -> Line:
    """Return a step in words, with the instrument behind it; ``path`` is the provision beside which it stands."""
    part = step.path if step.path.startswith(f"{path}-") else ""
    where = f"{provision(part)}: " if part else ""
    words = f"{where}{step_words(step, is_alone=bool(path))}"
    is_own = step.instrument in ("", own)
    return Line(
        words=words[:1].upper() + words[1:],
        instrument="" if is_own else step.instrument,
        name=step.authority if is_own else in_force.named(step, known),
        is_held=not is_own and step.instrument in known,
        source=_SOURCES[step.source],
    )


def step_words(step: Step, *, is_alone: bool = True) -> str:
    """Return what a step states; ``is_alone`` where its provisions are not named beside it.

    >>> step_words(Step(path="section-1", state="in force", source="annotation", date="2016-04-01",
    ...     qualification="for specified purposes"))
    'in force from 1 April 2016 for specified purposes'
    >>> step_words(Step(path="", state="to be appointed", source="own provision", is_rest=True))
    'provisions that nothing else names: in force on a day to be appointed'
    """
    day, said = in_words(step.date), step.qualification.strip()
    whole = f"{step.provision or 'provisions that nothing else names'}: " if step.is_rest and is_alone else ""
    match step.state:
        case "not in force":
            words = f"not in force on {day}" if day else "not in force"
        case "wholly in force":
            words = f"wholly in force on {day}" if day else "wholly in force"
        case "partly in force":
            words = f"in force in part on {day}" if day else "in force in part"
        case "applies":
            words = f"applies from {day}" if day else "applies"
        case "to be transposed":
            words = f"to be transposed by {day}" if day else "to be transposed"
        case "to be appointed":
            words = "in force" if said else "in force on a day to be appointed"
        case _:
            words = f"in force from {day}" if day else "in force; no day is stated"
    return f"{whole}{words}" + (f" {said}" if said else "")


def _note(note: Row, known: Mapping[str, str]) -> Iterator[Line]:
    """Yield what a note says, a line for each fact; its own words where it gives none."""
    label = _KINDS.get(note["kind"], "Note")
    read, facts = _read(note["kind"], note["text"]), list(facts_of(note, known))
    yield from (line for _, line in facts)
    if not facts or read.unread:
        yield Line(words=note["text"].replace("\n", "; "), label="Footnote" if read.is_footnote else label)


def facts_of(note: Row, known: Mapping[str, str]) -> Iterator[tuple[Amendment | Modification, Line]]:
    """Yield what a note says that was amended or modified, each with its line; ``known`` are titles by id."""
    label, read = _KINDS.get(note["kind"], "Note"), _read(note["kind"], note["text"])
    cited = [document for document, _ in json.loads(note["citations"])]
    facts: tuple[Amendment | Modification, ...] = (*read.amendments, *read.modifications)
    for fact in facts:
        yield fact, _fact(fact, label, cited, known, note["text"])


def _is_told(note: Row, state: ProvisionState | None) -> bool:
    """Whether the steps of a provision say all that a note on its commencement says."""
    return state is not None and bool(state.steps) and not _read("I", note["text"]).unread


def _fact(fact: Amendment | Modification, label: str, cited: Sequence[str], known: Mapping[str, str], raw: str) -> Line:
    if isinstance(fact, Amendment):
        of = f" in {fact.provision}" if fact.provision and fact.what else fact.provision
        subject = f"{fact.what}{of} {fact.beside}".strip()
        words = f"{subject} {fact.verb or 'changed'} {fact.complement}".strip()
    else:
        words = f"{fact.provision}: {fact.verb}"
    dated = ", ".join(
        " ".join(part for part in (in_words(when.date), when.qualification) if part) for when in fact.dates
    )
    limits = " ".join(fact.extent)
    words = " ".join(words.split()) + (f" {limits}" if limits else "") + (f", from {dated}" if fact.dates else "")
    instrument = next((document for document in cited if _is_named(document, str(fact.by))), "")
    name = ", ".join(
        part for part in (f"{fact.by.name} ({fact.by.number})" if fact.by.name else fact.by.number, fact.by.provisions)
        if part
    )  # fmt: skip
    return Line(
        words=words[:1].upper() + words[1:], instrument=instrument, name=name.strip(), is_held=instrument in known,
        label=label, raw=raw,
    )  # fmt: skip


def _is_named(document: str, words: str) -> bool:
    """Whether words name a document by its number: 2016/412, or c. 18 of its year."""
    number = document.rpartition("/")[2]
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", words) is not None


def address(line: Line) -> str:
    """Return the official address of an instrument that is not held, empty where none is named."""
    return f"{_LAW_SITE}/{line.instrument}" if line.instrument and ":" not in line.instrument else ""
