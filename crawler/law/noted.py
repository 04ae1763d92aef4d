"""The steps into force that notes of a publisher state: of provisions, and of what was put into a law later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.law.links import cited_document, mentions, place_names
from crawler.law.notes import Note, read_note
from crawler.law.pieces import is_whole
from crawler.law.steps import Step, StepState, bare_path
from crawler.law.values import Amendment, Commencement, When
from crawler.model import Annotation

_UNIT = r"(?:ss?|arts?|regs?|Schs?|paras?)"
_OF = re.compile(rf"for the (?:insertion|substitution) of ({_UNIT}\. [^ ]+(?:(?:, | and )[^ ]*\d[^ ]*)*)")
_HEADING = re.compile(r"(?:cross-?)?heading|title", re.IGNORECASE)
_PART = re.compile(r"(?P<schedule>schedule-[^-]+-)?(?:part|chapter)-[^-]+(?:-chapter-[^-]+)?")
_NEW = ("inserted", "added", "substituted")


def steps_of_notes(document: str, notes: Iterable[Annotation], assent: str = "") -> Iterator[Step]:
    """Yield what the notes of a text state of its commencement; ``assent`` is the ISO day of its Royal Assent."""
    for note in notes:
        read = read_note(note.kind, note.text) if note.kind in "IPF" else Note()
        for fact in read.commencements:
            yield from _commenced(document, note, fact, assent)
        for amendment in read.amendments:
            yield from _inserted(document, note, amendment)


def _commenced(document: str, note: Annotation, fact: Commencement, assent: str) -> Iterator[Step]:
    """Yield what a commencement note states; a P-note states the days of all that its power is for."""
    words = next(iter(mentions(fact.authority)), "")
    date = fact.date or (assent if fact.is_at_assent else "")
    qualification = fact.qualification or ("at Royal Assent" if fact.is_at_assent and not date else "")
    # What is said of the whole law under a condition is sure only where it stands.
    where = "this provision" if is_whole(fact.provision) and qualification and note.path else fact.provision
    for path in [""] if note.kind == "P" else _paths(where, note.path):
        yield Step(
            path=path,
            provision=f"provisions under {fact.provision}" if note.kind == "P" else fact.provision,
            state=_state(fact),
            date=date,
            qualification=qualification,
            places=place_names(qualification),
            instrument=cited_document(words, note.citations, document),
            authority=f"{fact.authority} ({fact.savings})" if fact.savings else fact.authority,
            source="annotation",
            note=note.id,
            is_rest=note.kind == "P",
        )


def _state(fact: Commencement) -> StepState:
    if fact.is_negative:
        return "not in force"
    if fact.is_conclusion:
        return "wholly in force" if fact.state.startswith(("wholly", "fully")) else "partly in force"
    return "in force"


def _paths(words: str, at: str) -> list[str]:
    """Return the provisions that a note is about: those it names, as far as they belong to where it stands."""
    if is_whole(words):
        return [""]
    named = affected(words)
    near = [path for path in named if not at or relation(path, bare_path(at)) or relation(path, at)]
    return near or ([at] if at else named)


def _inserted(document: str, note: Annotation, fact: Amendment) -> Iterator[Step]:
    """Yield the days of a provision that was inserted later, or put whole in the place of another."""
    verb = fact.verb if fact.verb in _NEW and not fact.what and not fact.beside.startswith(":") else ""
    at = bare_path(note.path)
    if not verb or not at or "heading" in fact.provision or _HEADING.match(fact.beside):
        return
    for when in fact.dates or (When(),):
        is_ahead, of = "prospective" in when.qualification, _OF.match(when.qualification)
        named = affected(of[1] if of else fact.provision)
        if not any(relation(path, at) in ("same", "inside") or _holds(path, note) for path in named):
            continue
        said = when.qualification[of.end() :].strip() if of else when.qualification
        # Where alone it was inserted stands before its days.
        qualification = said if place_names(said) else " ".join(filter(None, (said, *fact.extent)))
        yield Step(
            path=at,
            provision=fact.provision,
            state="not in force" if is_ahead else "in force",
            date=when.date,
            qualification=qualification,
            places=place_names(qualification),
            instrument=cited_document(f"{fact.by.name} ({fact.by.number})", note.citations, document),
            authority=f"{verb} by {' '.join(filter(None, (fact.by.name, '' if fact.by.name else fact.by.number)))}"
            f"{f' ({fact.by.number})' if fact.by.name and fact.by.number else ''}"
            f"{f', {fact.by.provisions}' if fact.by.provisions else ''}",
            source="insertion",
            note=note.id,
        )


def _holds(path: str, note: Annotation) -> bool:
    """Whether a note at the number of a provision names the part or chapter that it was inserted with.

    >>> at = Annotation(id="c1", kind="F", path="schedule-15-paragraph-6", place="number")
    >>> _holds("schedule-15-part-2", at), _holds("schedule-1-part-2", at), _holds("part-2", at)
    (True, False, False)
    """
    part = _PART.fullmatch(path)
    is_annexed = note.path.startswith("schedule-")
    held = part is not None and note.place == "number"
    return bool(held and part and (note.path.startswith(part["schedule"]) if part["schedule"] else not is_annexed))
