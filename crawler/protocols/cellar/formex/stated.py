"""What the files of an act say about it beside its text: language, dates, numbers, what was consolidated and changed.

A consolidation holds processing instructions around what each act replaced, inserted, deleted:
``<?CLG.MDFO ID ACTION ACTIVE.DOC ACTIVE.LOC?>`` opens, ``<?CLG.MDFC IDREF?>`` closes. **Deleted text still stands
between the two**, in the file but not in the law: it goes, or a deleted article would be in force for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from crawler.model import Place
from crawler.protocols.cellar.act_text import Kind, Modification, Text
from crawler.protocols.cellar.formex.parts import Element, Mark, Parts
from crawler.text import clean

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_PRODUCTION = re.compile(r"\d{3}\.\d{3}")
_KINDS: dict[str, Kind] = {
    "ACT": "act",
    "CONS.ACT": "consolidated",
    "CONS.OTH": "consolidated",
    "ANNEX": "annex",
    "CORR": "corrigendum",
    "AGR": "agreement",
    "GENERAL": "other",
}


def facts(parts: Parts) -> Text:
    """Return what the files say, without title and sections.

    The header comes before the act, the basic act of a consolidation before what amended it.
    """
    root = parts.texts[0]
    consolidated = root.find("INFO.CONSLEG")
    family = root.find("CONS.DOC/FAM.COMP")
    own = root.find("BIB.INSTANCE")
    basic = family.find("BIB.DATA") if family is not None else own
    main = parts.header.find("FMX/DOC.MAIN.PUB") if parts.header is not None else None
    publication = parts.header.find("PUBLICATION.REF") if parts.header is not None else None
    instance = basic.find("BIB.INSTANCE.CONS") if family is not None and basic is not None else own
    published = day(_iso(publication)) or day(_iso(parts.journal))
    published = published or (day(_iso(instance)) if family is not None else _own_journal(root, own))
    amended_by = dict(_amending(family))
    return Text(
        title="",
        sections=(),
        kind=_KINDS[str(root.tag)],
        language=_language(main, instance, root.find("CONS.DOC/BIB.INSTANCE")),
        celex=_text(main, "NO.CELEX") or _text(basic, "NO.CELEX"),
        eli=_eli(parts.header),
        date=day(_iso(main)) or day(_iso(basic)),
        published=published,
        valid_from=day(consolidated.get("START.DATE")) if consolidated is not None else None,
        production=_production(consolidated.get("PROD.SEQ")) if consolidated is not None else "",
        amended_by=tuple(amended_by),
        journals=tuple((number, day) for number, day in amended_by.items() if day),
    )


def day(stated: str | None) -> str | None:
    """Return a date as ISO 8601, None for none, for one outside the calendar and for the sentinels of Formex.

    >>> day("20241018"), day("99999999"), day("10010101"), day(None)
    ('2024-10-18', None, None, None)
    """
    match = _DAY.fullmatch(clean(stated or ""))
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    # 1001-01-01 stands for a date that a later decision will fix, 9999-12-31 for no end.
    return found.isoformat() if 1950 <= found.year <= 2150 else None


def _production(stated: str | None) -> str:
    """Return the number of a production as pages have it: 002.003 for 002.003.0."""
    match = _PRODUCTION.match(clean(stated or ""))
    return match[0] if match else ""


def _text(element: Element | None, path: str) -> str | None:
    found = element.findtext(path) if element is not None else None
    return clean(found or "") or None


def _iso(element: Element | None) -> str | None:
    found = element.find("DATE") if element is not None else None
    return found.get("ISO") or found.text if found is not None else None


def _language(*elements: Element | None) -> str | None:
    for element in elements:
        stated = _text(element, "LG.DOC") or _text(element, ".//LG.OJ")
        if stated:
            return stated.lower()
    return None


def _eli(header: Element | None) -> str | None:
    found = header.find("BIB.DOC/NO.ELI") if header is not None else None
    return clean(found.get("ID") or "") or None if found is not None else None


def _own_journal(root: Element, instance: Element | None) -> str | None:
    """Return the day of the issue of the Official Journal in which a text stands, as its own references date that."""
    own = instance.find("DOCUMENT.REF") if instance is not None else None
    issue = tuple(_text(own, name) or "" for name in ("COLL", "NO.OJ", "YEAR"))
    for each in root.iter("REF.DOC.OJ") if all(issue) else ():
        on = day(each.get("DATE.PUB"))
        cited = (each.get("COLL") or "", (each.get("NO.OJ") or "").lstrip("0"), (on or "")[:4])
        if on and cited == (issue[0], issue[1].lstrip("0"), issue[2]):
            return on
    return None


def _amending(family: Element | None) -> Iterator[tuple[str, str]]:
    """Yield the CELEX numbers of what was consolidated, corrigenda too, with the days of their journals."""
    if family is None:
        return
    for act in family.iter("MOD.ACT", "CORRIG"):
        number = _text(act, "BIB.DATA/NO.CELEX")
        if number:
            yield number, day(_iso(act.find("BIB.DATA/BIB.INSTANCE.CONS"))) or ""


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
