"""What a consolidation says of its changes: processing instructions around what each act replaced, inserted, deleted.

``<?CLG.MDFO ID ACTION ACTIVE.DOC ACTIVE.LOC?>`` opens, ``<?CLG.MDFC IDREF?>`` closes. **Deleted text still stands
between the two**, in the file but not in the law: it goes, or a deleted article would be in force for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from crawler.model import Place
from crawler.protocols.cellar.act_text import Modification
from crawler.protocols.cellar.formex.parts import Element, Mark
from crawler.text import clean

OPENS, CLOSES, GONE = "CLG.MDFO", "CLG.MDFC", "CLG.GONE"
"""Marks of the file, and our own in the place of each element that was deleted: its name and its number."""
MARKS = frozenset({OPENS, CLOSES, GONE})
MAX_CHANGES = 20_000
"""Most changes that are told of one text; the longest acts have about 3 000."""

_SHORT = re.compile(r"3(\d{2})([A-Z]{1,2}\d{4}.*)")
_STATED = re.compile(r"""(?<![\w.])([\w.]++)\s*+=\s*(?:"([^"]*)"|'([^']*)')""")


def modification(mark: Mark, path: str, where: Place) -> Modification | None:
    """Return what an opening mark says, None for one that names no act."""
    told = _told(mark)
    act = _celex(clean(told.get("ACTIVE.DOC", "")))
    if not act:
        return None
    action, place = clean(told.get("ACTION", "")).lower(), clean(told.get("ACTIVE.LOC", ""))
    return Modification(path=path, act=act, action=action, place=place, where=where)


def _told(mark: Mark) -> dict[str, str]:
    """Return the pseudo-attributes of a mark; lxml does not know names with a point."""
    return {match[1]: match[2] or match[3] or "" for match in _STATED.finditer(mark.text or "")}


def _celex(stated: str) -> str:
    """Return a CELEX number; older marks leave out the century: 309L0109 is 32009L0109."""
    short = _SHORT.fullmatch(stated)
    return f"3{'19' if short[1] >= '50' else '20'}{short[1]}{short[2]}" if short else stated


@dataclass(slots=True, eq=False)
class _Deleting:
    """Which deletions are open while a tree is read, and what stands in them.

    ``kept`` counts the returns to text that stays: what began and ended in between was deleted as a whole. ``names``
    are the numbers of deleted articles and annexes, as printed.
    """

    closed: frozenset[str]
    open: set[str] = field(default_factory=set)
    kept: int = 0
    inside: list[tuple[Element, int]] = field(default_factory=list)
    whole: list[Element] = field(default_factory=list)
    names: dict[Element, str] = field(default_factory=dict)

    def enter(self, element: Element) -> None:
        """Pass the start of an element."""
        if self.open:
            self.inside.append((element, self.kept))
            self.names[element] = _printed(element)
            element.text = None

    def leave(self, element: Element) -> None:
        """Pass the end of an element."""
        if self.inside and self.inside[-1][0] is element:
            _, since = self.inside.pop()
            self.whole.extend([element] if self.open and since == self.kept else [])
        self._blank(element)

    def turn(self, mark: Mark) -> None:
        """Pass a mark."""
        if is_deletion(mark) and identity(mark) in self.closed:
            self.open.add(identity(mark))
        elif mark.target == CLOSES and self.open:
            self.open.discard(identity(mark))
            self.kept += not self.open
        self._blank(mark)

    def _blank(self, node: Element) -> None:
        if self.open:
            node.tail = None


def drop_deleted(root: Element) -> None:
    """Take out of a tree what its marks say was deleted; a deletion that never closes deletes nothing."""
    marks = [node for node in root.iter() if isinstance(node, Mark) and node.target in (OPENS, CLOSES)]
    if not any(map(is_deletion, marks)):
        return
    state = _Deleting(frozenset(identity(mark) for mark in marks if mark.target == CLOSES))
    for event, node in list(etree.iterwalk(root, events=("start", "end", "pi"))):
        if event == "start":
            state.enter(node)
        elif event == "pi":
            state.turn(node)
        else:
            state.leave(node)
    for element in state.whole:
        parent = element.getparent()
        if parent is not None:
            for mark in _gone(element, state.names):
                element.addprevious(mark)
            parent.remove(element)


def _printed(element: Element) -> str:
    """Return the number of an article or annex as printed."""
    number = element.find("TI.ART") if element.tag == "ARTICLE" else element.find("TITLE/TI/P")
    return "" if number is None else clean(" ".join(map(str, number.itertext())))


def _gone(element: Element, names: dict[Element, str]) -> list[Mark]:
    """Return a mark for each article and annex in what was deleted, for the element itself where there is none."""
    found = [
        etree.ProcessingInstruction(GONE, f"{each.tag} {names[each]}")
        for each in element.iter("ARTICLE", "CONS.ANNEX")
        if names.get(each) and not any(around.tag == "QUOT.S" for around in each.iterancestors())
    ]
    return found or [etree.ProcessingInstruction(GONE, str(element.tag))]


def is_deletion(mark: Mark) -> bool:
    """Return whether this is a mark that opens a deletion."""
    return mark.target == OPENS and _told(mark).get("ACTION") == "DELETED"


def identity(mark: Mark) -> str:
    """Return what an opening and its closing mark share."""
    return _told(mark).get("ID" if mark.target == OPENS else "IDREF", "")


def gone(mark: Mark) -> tuple[str, str]:
    """Return the name of a deleted element and its number as printed."""
    name, _, printed = (mark.text or "").partition(" ")
    return name, printed
