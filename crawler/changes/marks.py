"""By which act a provision of the EU was changed, from the marks of consolidations: those the new text has there alone.

A consolidation marks from which act its text is, and in Formex by which instruction of that act. What changed a
provision is what the older text does not have there. Acts are known by their CELEX numbers: the M numbers of a
consolidation are counted anew when an act is taken in before others.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.model import Annotation, Basis, Difference, Reason, Version

Marked = Mapping[str, Sequence[Annotation]]
"""Marks by the section they stand in, their paths counted from there; those of the document under the empty path."""

_DELETED, _REPLACED = "deleted", "replaced"
NOTE = "-note-"
"""What paths of footnotes have."""
_WORDS = frozenset({"", "words substituted", "words inserted", "words omitted", "words changed", "heading changed"})


def attribute_changes(differences: Iterable[Difference], old: Version, new: Version) -> Iterator[Difference]:
    """Yield differences, those of provisions that are newly marked with the acts that changed them.

    One that a mark says was replaced as a whole was substituted, however many of its words are the old ones.
    """
    before, after = section_marks(old), section_marks(new)
    day = new.valid_from if new.valid_from and new.valid_from != old.valid_from and _is_of_one_act(old, new) else ""
    for difference in differences:
        found = reasons(difference, before, after, day=day) if after else ()
        verb = "substituted" if found and _is_whole(difference, before, after) else difference.verb
        yield replace(difference, reasons=(*difference.reasons, *found), verb=verb) if found else difference


def _is_of_one_act(old: Version, new: Version) -> bool:
    """Whether one act alone was taken into a consolidation, so that its day is that of what the act changed.

    The day is that of the last of several acts, and a corrigendum holds from the beginning.
    """
    before = {_act(mark) for mark in old.annotations if mark.kind == "mark"}
    came = {_act(mark) for mark in new.annotations if mark.kind == "mark"} - before
    return len(came) == 1 and not any(map(is_corrigendum, came))


def is_corrigendum(act: str) -> bool:
    """Whether a CELEX number is that of a corrigendum.

    >>> is_corrigendum("celex:32024R1183R(02)"), is_corrigendum("celex:32024R1183")
    (True, False)
    """
    return act.endswith(")") and "R(" in act


def _is_whole(difference: Difference, before: Marked, after: Marked) -> bool:
    """Whether a new mark says that a provision was replaced as a whole, from its number on."""
    old, new = difference.before, difference.after
    if old is None or new is None or difference.kind != "changed" or difference.verb not in _WORDS or not new.text:
        return False
    marks = new_marks(before.get(old.path, ()), after.get(new.path, ()))
    return any(mark.place == "number" and mark.text == _REPLACED and not mark.path for mark in marks)


def section_marks(version: Version) -> Marked:
    """Return the marks of a version by section; one of a provision that is not there any more by its own path."""
    paths = {section.path for section in version.sections}
    found: dict[str, list[Annotation]] = {}
    for mark in version.annotations:
        if mark.kind == "mark":
            section = next((path for path in _around(mark.path) if path in paths), mark.path)
            found.setdefault(section, []).append(replace(mark, path=mark.path[len(section) :]))
    return found


def reasons(difference: Difference, before: Marked, after: Marked, *, day: str) -> tuple[Reason, ...]:
    """Return by which acts a provision was changed, none where no new mark says so.

    Of a provision that left without a mark of its own, the act that newly deleted something in what held it is the
    reason, else the one that did at a place that is not known. ``day`` is that from which the new text applies.
    """
    old, new = difference.before, difference.after
    if old is None and new is None and difference.kind != "retitled":
        return ()
    left, came = (section.path if section is not None else "" for section in (old or new, new or old))
    marks = [mark for mark in new_marks(before.get(left, ()), after.get(came, ())) if came or mark.text != _DELETED]
    if not marks and new is None and old is not None:
        marks = _deletion(old.path, before, after)
    found = tuple(dict.fromkeys(reason for mark in marks for reason in _reasons(mark, day)))
    if found or NOTE not in came:
        return found
    return _of_note(before.get(left.partition(NOTE)[0], ()), after.get(came.partition(NOTE)[0], ()), day)


def _deletion(path: str, before: Marked, after: Marked) -> list[Annotation]:
    """Return the mark of the deletion of a provision that left, none where several acts may have done it."""
    for around in _around(path.rpartition("-")[0]):
        marks = [mark for mark in new_marks(before.get(around, ()), after.get(around, ())) if mark.text == _DELETED]
        if marks:
            return marks if len({mark.id for mark in marks}) == 1 else []
    known = {_act(mark) for marks in before.values() for mark in marks if mark.text == _DELETED and not mark.path}
    marks = [mark for mark in after.get("", ()) if mark.text == _DELETED and _act(mark) not in known]
    return marks if len({mark.id for mark in marks}) == 1 else []


def _of_note(before: Sequence[Annotation], after: Sequence[Annotation], day: str) -> tuple[Reason, ...]:
    """Return the act that changed the provision which calls a footnote, if there is only one."""
    found = {reason for mark in new_marks(before, after) for reason in _reasons(mark, day)}
    if len({reason.instrument for reason in found}) != 1:
        return ()
    return (next(iter(found)),) if len(found) == 1 else (replace(next(iter(found)), provision=""),)


def new_marks(before: Sequence[Annotation], after: Sequence[Annotation]) -> list[Annotation]:
    """Return the marks at a provision that it lacked: of acts that are new there, else of new instructions or places.

    Marks that split what an act had marked as a whole are not new.
    """
    known: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for mark in before:
        known.setdefault(_act(mark), set()).add(mark.id)
        places.setdefault(_act(mark), set()).add(mark.path)
    of_new_acts = [mark for mark in after if _act(mark) not in known]
    if of_new_acts:
        return of_new_acts
    return [mark for mark in after if _is_new(mark, known[_act(mark)], places[_act(mark)])]


def _is_new(mark: Annotation, ids: Container[str], places: set[str]) -> bool:
    """Whether an act that had changed a provision before did so anew: by another instruction, or at another place."""
    if mark.id != _act(mark):
        return mark.id not in ids and _act(mark) not in ids  # A page names the act alone: that is no other instruction.
    return mark.id in ids and not any(path in places for path in (*_around(mark.path), ""))


def _act(mark: Annotation) -> str:
    return mark.id.partition(" ")[0]


def _around(path: str) -> Iterator[str]:
    """Yield a path and those of all that may hold it, the nearest first."""
    while path:
        yield path
        path = path.rpartition("-")[0]


def _reasons(mark: Annotation, day: str) -> Iterator[Reason]:
    basis: Basis = "instruction" if mark.id != _act(mark) else "mark"
    for instrument, provision in mark.citations:
        yield Reason(instrument=instrument, provision=provision, date=day, basis=basis)
