"""An earlier moment of a revised Act, made by undoing what the marks of its notes of amendment say.

What was inserted is taken out, where dots or other words stand there are words of ours. So it is known which provisions
differ, and how, whatever reads the two texts.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from tests.law.marks import DOTS, LEG, headings, is_dotted, provisions, said, tree

INSERTED, SUBSTITUTED, REPEALED = f"{LEG}Addition", f"{LEG}Substitution", f"{LEG}Repeal"
_PARTS = tuple(LEG + name for name in ("P2", "P3", "P4", "P5", "P6", "P7", "ListItem", "Para"))
_SUPPLIED = "words that a sample says stood here before"


@dataclass(slots=True, kw_only=True)
class Undone:
    """An earlier text, and what differs in the later one: the kind by the key of each provision."""

    body: bytes = b""
    kinds: dict[str, str] = field(default_factory=dict)


def undo(body: bytes) -> Undone:
    """Return the text as it stood before all of its textual amendments, and what they did to its provisions."""
    root = tree(body)
    notes = {note.get("id") for note in root.iter(f"{LEG}Commentary") if note.get("Type") in ("F", "X")}
    undone = Undone()
    for name, provision in list(provisions(root)):
        _undo_provision(name, provision, notes, undone)
    for each in list(root.iter(f"{LEG}CommentaryRef")):
        if each.get("Ref") in notes:
            _cut(each)
    undone.body = etree.tostring(root)
    return undone


def _undo_provision(name: str, provision: etree._Element, notes: set[str | None], undone: Undone) -> None:
    own = [*headings(provision), provision]
    number = provision.find(f"{LEG}Pnumber")
    is_inserted = number is not None and any(each.get("CommentaryRef") in notes for each in number.iter(INSERTED))
    if is_inserted:
        undone.kinds[name] = "inserted"
        run = provision.getparent()
        _cut(provision)
        if run is not None and run.tag == f"{LEG}P1group" and run.find(f"{LEG}P1") is None:
            _cut(run)
    elif is_dotted(provision):
        undone.kinds[name] = "omitted"
        _restore(provision)
    elif sum(_undo_words(each, notes) for each in own):
        undone.kinds[name] = "changed"


def _restore(provision: etree._Element) -> None:
    """Put words where dots stand, in force."""
    for each in (provision, *provision.iterancestors()):
        each.attrib.pop("Status", "")
        each.attrib.pop("Match", "")
    texts = [each for each in provision.iter(f"{LEG}Text") if DOTS.fullmatch(said(each))]
    for each in texts:
        _set(each, _SUPPLIED)


def _undo_words(place: etree._Element, notes: set[str | None]) -> bool:
    """Undo what marks inside a provision or a heading say; return whether there was anything."""
    done = False
    for each in list(place.iter(INSERTED, SUBSTITUTED)):
        if each.get("CommentaryRef") not in notes or not said(each).strip():
            continue
        done = True
        _set(each, _SUPPLIED if each.tag == SUBSTITUTED and not _numbers(each) else "x" if _numbers(each) else "")
    for each in place.iter(REPEALED):
        if each.get("CommentaryRef") in notes and each.attrib.pop("RetainText", ""):
            done = True
    for each in list(place.iter(f"{LEG}CommentaryRef")):
        if each.get("Ref") in notes and re.match(r"\s*(?:\.\s){2,}\.?|\s*\u2026", each.tail or ""):
            done = True
            each.tail = _SUPPLIED + re.sub(r"^[\s.\u2026]*", " ", each.tail or "")
    if done:
        _prune(place)
    return done


def _numbers(mark: etree._Element) -> bool:
    """Whether a mark stands in the number of a sub-provision."""
    return next(mark.iterancestors(f"{LEG}Pnumber"), None) is not None and mark.tag == SUBSTITUTED


def _prune(place: etree._Element) -> None:
    """Take out the sub-provisions that have no words left."""
    for each in reversed(list(place.iter(*_PARTS))):
        if each is not place and not said(each).strip() and each.find(f".//{LEG}CommentaryRef") is None:
            _cut(each)


def _set(element: etree._Element, text: str) -> None:
    """Make a text all that an element holds, but the marks of notes in it that are not undone."""
    kept = list(element.iter(f"{LEG}CommentaryRef"))
    for child in list(element):
        element.remove(child)
    element.text = text
    for each in kept:
        each.tail = None
        element.append(each)


def _cut(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
