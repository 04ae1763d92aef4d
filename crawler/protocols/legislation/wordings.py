"""One wording for each extent: words that are law no longer, or not everywhere, are no part of a provision there.

Words that an amendment took away may still be printed (``Repeal`` with ``RetainText``); with an ``Extent`` they are law
outside it, and additions with one inside it alone. A provision may have another wording for another extent
(``Versions``). See https://github.com/legislation/clml-schema (schemaLegislationAmendment.xsd). How a provision stands
on the day for which it was asked, and since when it has its words, is told here, too.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from crawler.identifiers.uk import NATIONS, named, path_for
from crawler.protocols.legislation.names import day
from crawler.protocols.legislation.tree import LEG, Element, name_of, words
from crawler.text import clean

EXTENT = "WordingExtent"
"""Attribute for which part of the United Kingdom a provision has these words, where it has others for another."""
FORMER = "FormerWords"
"""Attribute of a reference to a note that stands in place of words which the amendment took away."""
LABEL = "FormerLabel"
"""What was done to them, and where: "Repealed for England and Wales"."""

_ALL = frozenset(NATIONS)
_WIDER = {"U.K.": _ALL, "UK": _ALL, "G.B.": _ALL - {"N.I."}, "GB": _ALL - {"N.I."}, "NI": frozenset({"N.I."})}
_PROVISION = f"{LEG}P1"
_GROUP = f"{LEG}P1group"
_HOLDERS = frozenset(LEG + name for name in ("P1", "P1group", "Pblock", "PsubBlock", "Chapter", "Part", "Schedule"))
_REPEAL = f"{LEG}Repeal"
_MARKS = (_REPEAL, f"{LEG}Addition", f"{LEG}Substitution")

Nations = frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """An element that belongs to the text in some nations alone."""

    element: Element
    nations: Nations


def settle(root: Element) -> None:
    """Leave in the text of each provision the words in force in its extent; add the provision again for any other.

    Words that were taken away stay as attributes of a reference to the note that says so.
    """
    held: dict[Element, list[_Choice]] = {}
    for choice in (*_alternatives(root), *_choices(root)):
        held.setdefault(_holder(choice.element), []).append(choice)
    for holder, choices in held.items():
        _settle(holder, choices)


def nations(stated: str) -> Nations:
    """Return the nations of an extent; all where it states none that is known.

    >>> sorted(nations("E+W")), nations("") == nations("U.K."), sorted(nations("N.I."))
    (['E', 'W'], True, ['N.I.'])
    """
    found: set[str] = set()
    for each in stated.replace(" ", "").split("+"):
        found |= _WIDER.get(each, _ALL & {each})
    return frozenset(found) or _ALL


def extent_of(element: Element | None) -> Nations:
    """Return the extent of an element by its own mark or that of what it is in; all nations where none is marked."""
    while element is not None:
        if stated := element.get("RestrictExtent"):
            return nations(stated)
        element = element.getparent()
    return _ALL


def _holder(element: Element) -> Element:
    """Return the provision that an element is in, with its group where it is alone there; else the root."""
    found = element
    for each in element.iterancestors():
        if each.tag == _PROVISION or (each.tag == _GROUP and found.tag != _PROVISION):
            found = each
        if each.tag == f"{LEG}BlockAmendment":
            found = element
    group = found.getparent() if found.tag == _PROVISION else None
    if group is not None and group.tag == _GROUP and len(group.findall(_PROVISION)) == 1:
        return group
    return found if found.tag in (_PROVISION, _GROUP) else element.getroottree().getroot()


def _choices(root: Element) -> Iterator[_Choice]:
    """Yield the marks of amendments whose words are not law wherever their provision is."""
    for mark in root.iter(*_MARKS):
        stated = mark.get("Extent")
        if not stated and mark.get("RetainText") != "true":
            continue
        around, extent = extent_of(mark.getparent()), nations(stated or "")
        if mark.tag == _REPEAL:
            if mark.get("RetainText") == "true":
                yield _Choice(mark, around - extent)
        elif not around <= extent:
            yield _Choice(mark, extent | (_ALL - around))


def _alternatives(root: Element) -> Iterator[_Choice]:
    """Add the wordings for other extents behind those they belong to; yield those that are inside a provision."""
    versions = {clean(each.get("id") or ""): each for each in root.iter(f"{LEG}Version")}
    for element in [each for each in root.iter("*") if each.get("AltVersionRefs")] if versions else ():
        named_there = [versions[each] for each in str(element.get("AltVersionRefs")).split() if each in versions]
        others = [each for version in named_there for each in version if _is_wording(each, element)]
        elsewhere = frozenset[str]().union(*(nations(each.get("RestrictExtent") or "") for each in others))
        if not others or next(element.iterancestors(f"{LEG}Versions"), None) is not None:
            continue
        here = extent_of(element) if element.get("RestrictExtent") else _ALL - elsewhere
        copies = [deepcopy(each) for each in others]
        for each in reversed(copies):
            each.tail = None
            element.addnext(each)
        if element.tag in _HOLDERS:
            _label(element, here, again=False)
            for each in copies:
                _label(each, extent_of(each), again=True)
        else:
            yield _Choice(element, here)
            yield from (_Choice(each, extent_of(each)) for each in copies)


def _is_wording(other: Element, element: Element) -> bool:
    """Whether what a version holds is another wording for an extent, not a picture of it or a translation."""
    return other.tag == element.tag and bool(other.get("RestrictExtent"))


def _settle(holder: Element, choices: Sequence[_Choice]) -> None:
    """Leave in a provision what is law in the first part of its extent; put it behind itself again for each other."""
    around = extent_of(holder)
    groups: dict[tuple[bool, ...], set[str]] = {}
    for nation in NATIONS:
        if nation in around:
            groups.setdefault(tuple(nation in each.nations for each in choices), set()).add(nation)
    parts = [frozenset(each) for each in groups.values()]
    if holder.getparent() is None:
        parts = [around]  # What is in no provision stays where it is law anywhere.
    places = [_place(holder, each.element) for each in choices]
    texts = [holder, *(deepcopy(holder) for _ in parts[1:])]
    for part, text in zip(parts, texts, strict=True):
        elements = [_at(text, place) for place in places]
        for element, choice in zip(elements, choices, strict=True):
            if not choice.nations & part:
                _take_out(element, part if len(parts) > 1 else None)
        if len(parts) > 1:
            _label(text, part, again=text is not holder)
    for text in reversed(texts[1:]):
        text.tail = None
        holder.addnext(text)


def _place(holder: Element, element: Element) -> list[int]:
    """Return the way from an element down to one in it."""
    way: list[int] = []
    while (parent := element.getparent()) is not None and element is not holder:
        way.append(parent.index(element))
        element = parent
    return way[::-1]


def _at(holder: Element, way: Sequence[int]) -> Element:
    for step in way:
        holder = holder[step]
    return holder


def _take_out(element: Element, part: Nations | None) -> None:
    """Take an element out of the text; in place of repealed words a reference to their note keeps them.

    Where a sub-provision keeps nothing but its number, dots stand for its words.
    """
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if element.tag == _REPEAL:
        before = _reference(element, part)
        element.addprevious(before)
    parent.remove(element)
    if before is None:
        parent.text = (parent.text or "") + tail
        return
    before.tail = (before.tail or "") + tail
    text = next((each for each in (parent, *parent.iterancestors()) if each.tag == f"{LEG}Text"), None)
    if element.tag == _REPEAL and text is not None and not words(text) and _has_number(text):
        before.tail = ". . ."


def _has_number(text: Element) -> bool:
    """Whether the provision or sub-provision that a text stands in has kept its number."""
    numbers = (each.find(f"{LEG}Pnumber") for each in text.iterancestors())
    return bool(words(next((each for each in numbers if each is not None), None)))


def _reference(repeal: Element, part: Nations | None) -> Element:
    within = next(repeal.iter(f"{LEG}CommentaryRef"), None)
    inside = "" if within is None else within.get("Ref") or ""
    said, parent = words(repeal), repeal.getparent()
    done = "Replaced" if repeal.get("SubstitutionRef") else "Repealed"
    found = repeal.makeelement(f"{LEG}CommentaryRef")
    found.set("Ref", repeal.get("CommentaryRef") or inside or repeal.get("ChangeId") or "")
    found.set(FORMER, f"({said})" if parent is not None and parent.tag == f"{LEG}Pnumber" else said)
    found.set(LABEL, f"{done} for {named(part)}" if part else done)
    return found


def _label(text: Element, of: Nations, *, again: bool) -> None:
    """Say for which nations a provision has these words; where it stands there again, its ids end in them."""
    text.set(EXTENT, named(of))
    if again:
        for each in text.iter("*"):
            if own := each.get("id"):
                each.set("id", path_for(own, of))


def status(element: Element, valid: str) -> str:
    """Return the status of a provision on a day, its own or that of what holds it.

    Where it has other words for another extent, that is for which it has these: "for Scotland".
    """
    node: Element | None = element
    extent = ""
    while node is not None:
        stated = clean(node.get("Status") or "").lower()
        if stated or node.get("Match") == "false":
            return stated or _unmatched(node, valid)
        extent = extent or node.get(EXTENT) or ""
        node = node.getparent()
    return f"for {extent}" if extent else ""


def _unmatched(element: Element, valid: str) -> str:
    start, end = element.get("RestrictStartDate") or "", element.get("RestrictEndDate") or ""
    if valid and start > valid:
        return "prospective"
    return "repealed" if valid and end and end <= valid else "not valid"


def start(element: Element) -> str | None:
    """Return from which day a provision has its words: its own date, or that of the group that has its heading."""
    stated = day(element.get("RestrictStartDate"))
    group = element.getparent()
    if stated is None and group is not None and name_of(group) == "P1group":
        return day(group.get("RestrictStartDate"))
    return stated
