"""What a consolidation says of its changes: processing instructions around what each act replaced, inserted, deleted.

``<?CLG.MDFO ID ACTION ACTIVE.DOC ACTIVE.LOC?>`` opens, ``<?CLG.MDFC IDREF?>`` closes. **Deleted text still stands
between the two**, in the file but not in the law: it goes, or a deleted article would be in force for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from crawler.protocols.cellar.formex.parts import Element
from crawler.protocols.cellar.texts import Modification
from crawler.text import clean

OPENS, CLOSES = "CLG.MDFO", "CLG.MDFC"

_SHORT = re.compile(r"3(\d{2})([A-Z]{1,2}\d{4}.*)")


def modification(mark: Element, path: str) -> Modification | None:
    """Give what an opening mark says, None for one that names no act."""
    act = _celex(clean(mark.get("ACTIVE.DOC") or ""))
    action = clean(mark.get("ACTION") or "").lower()
    return Modification(path=path, act=act, action=action, place=clean(mark.get("ACTIVE.LOC") or "")) if act else None


def _celex(stated: str) -> str:
    """Give a CELEX number; older marks leave out the century: 309L0109 is 32009L0109."""
    short = _SHORT.fullmatch(stated)
    return f"3{'19' if short[1] >= '50' else '20'}{short[1]}{short[2]}" if short else stated


@dataclass(slots=True, eq=False)
class _Deleting:
    """Which deletions are open while a tree is read; ``kept`` counts the returns to text that stays."""

    closed: frozenset[str]
    open: set[str] = field(default_factory=set)
    kept: int = 0
    marks: list[Element] = field(default_factory=list)

    def turn(self, mark: Element) -> None:
        """Pass a mark."""
        if mark.target == OPENS and mark.get("ACTION") == "DELETED" and mark.get("ID") in self.closed:
            self.open.add(str(mark.get("ID")))
            self.marks.append(mark)
        elif mark.target == CLOSES and self.open:
            self.open.discard(str(mark.get("IDREF")))
            self.kept += not self.open


def drop_deleted(root: Element) -> None:
    """Take out of a tree what its marks say was deleted; a deletion that never closes deletes nothing."""
    marks = [node for node in root.iter(etree.ProcessingInstruction) if node.target in (OPENS, CLOSES)]
    closed = frozenset(str(mark.get("IDREF")) for mark in marks if mark.target == CLOSES)
    if not any(mark.get("ACTION") == "DELETED" for mark in marks):
        return
    state = _Deleting(closed)
    inside: list[tuple[Element, int]] = []
    whole: list[Element] = []
    for event, node in list(etree.iterwalk(root, events=("start", "end", "pi"))):
        if event == "start":
            if state.open:
                inside.append((node, state.kept))
                node.text = None
            continue
        if event == "pi":
            state.turn(node)
        elif inside and inside[-1][0] is node:
            _, since = inside.pop()
            whole.extend([node] if state.open and since == state.kept else [])
        if state.open:
            node.tail = None
    for element in whole:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
