"""The numbers that Word sets before paragraphs by itself, as a reader sees them.

They stand nowhere in a file: they are counted, by what word/numbering.xml says of each list and its levels.
ECMA-376, part 1, section 17.9. Bullets, and formats that are no numbers of ours, give none.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from crawler.bodies.office.package import Package, attribute

_MAX_NUMBER = 9_999
_HOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STYLES, _NUMBERS = "word/styles.xml", "word/numbering.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: where it starts, how it counts, what stands around the numbers, whose style it is."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restarts: int = -1
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """One list: what counts for it (lists of one kind go on counting), its levels, and where it begins anew."""

    kind: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbers:
    """Counts the numbered paragraphs of a document, which must be asked in order."""

    lists: Mapping[str, _List] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """Return the number that stands before a paragraph, empty where none does."""
        if not self.lists:
            return ""
        named, level = self._place(paragraph)
        found = self.lists.get(named)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.kind, {})
        self._count(named, found, level, counts)
        return _label(found.levels, level, counts)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and level of a paragraph: as it says itself, else as its style does."""
        properties = next(paragraph.iterchildren("{*}pPr"), None)
        if properties is None:
            return "", 0
        style = next((attribute(child, "val") for child in properties.iterchildren("{*}pStyle")), "")
        named, level = self.styles.get(style, ("", 0))
        for own in properties.iterchildren("{*}numPr"):
            named = next((attribute(each, "val") for each in own.iterchildren("{*}numId")), named)
            level = next((_whole(attribute(each, "val")) for each in own.iterchildren("{*}ilvl")), level)
        return named, level

    def _count(self, named: str, found: _List, level: int, counts: dict[int, int]) -> None:
        if level in found.starts and (named, level) not in self._begun:
            self._begun.add((named, level))
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else found.levels[level].start
        for deeper in [each for each in counts if each > level]:
            restarts = found.levels[deeper].restarts if deeper in found.levels else -1
            if restarts and (restarts < 0 or level < restarts):
                del counts[deeper]


def numbers(package: Package) -> Numbers:
    """Return what counts the numbered paragraphs of a Word file.

    Raises:
        ParseError: a part is damaged.
    """
    if _NUMBERS not in package.names:
        return Numbers()
    root = package.tree(_NUMBERS)
    kinds, linked = _kinds(root)
    lists: dict[str, _List] = {}
    for each in root.iterchildren("{*}num"):
        kind = next((attribute(child, "val") for child in each.iterchildren("{*}abstractNumId")), "")
        kind = linked.get(kind, kind)
        levels, starts = dict(kinds.get(kind, {})), {}
        for own in each.iterchildren("{*}lvlOverride"):
            at = _whole(attribute(own, "ilvl"))
            for level in own.iterchildren("{*}lvl"):
                levels[at] = _level(level)
            for start in own.iterchildren("{*}startOverride"):
                starts[at] = _whole(attribute(start, "val"))
        lists[attribute(each, "numId")] = _List(kind=kind, levels=levels, starts=starts)
    return Numbers(lists=lists, styles=_styles(package, lists))


def _kinds(root: etree._Element) -> tuple[dict[str, dict[int, _Level]], dict[str, str]]:
    """Return the kinds of lists with their levels, and which only name another, by the name of a style."""
    kinds: dict[str, dict[int, _Level]] = {}
    stated: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for kind in root.iterchildren("{*}abstractNum"):
        name = attribute(kind, "abstractNumId")
        kinds[name] = {_whole(attribute(each, "ilvl")): _level(each) for each in kind.iterchildren("{*}lvl")}
        stated |= {attribute(each, "val"): name for each in kind.iterchildren("{*}styleLink")}
        for link in kind.iterchildren("{*}numStyleLink"):
            wanted[name] = attribute(link, "val")
    return kinds, {name: stated[style] for name, style in wanted.items() if style in stated}


def _level(element: etree._Element) -> _Level:
    said = {str(each.tag).rpartition("}")[2]: attribute(each, "val") for each in element}
    level = _Level(format=said.get("numFmt", "decimal"), text=said.get("lvlText", ""), style=said.get("pStyle", ""))
    restarts = _whole(said["lvlRestart"]) if "lvlRestart" in said else -1
    legal = "isLgl" in said and said["isLgl"] not in {"0", "false", "off"}
    return replace(level, start=_whole(said.get("start", "0")), legal=legal, restarts=restarts)


def _styles(package: Package, lists: Mapping[str, _List]) -> dict[str, tuple[str, int]]:
    """Return the list and level of each paragraph style that has one, itself or from the style it is based on."""
    if _STYLES not in package.names:
        return {}
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in package.tree(_STYLES).iterchildren("{*}style"):
        name = attribute(style, "styleId")
        for parent in style.iterchildren("{*}basedOn"):
            based[name] = attribute(parent, "val")
        for number in style.iterfind("{*}pPr/{*}numPr"):
            named = next((attribute(each, "val") for each in number.iterchildren("{*}numId")), "")
            level = next((_whole(attribute(each, "val")) for each in number.iterchildren("{*}ilvl")), 0)
            levels = lists[named].levels if named in lists else {}
            own[name] = named, next((at for at, each in levels.items() if each.style == name), level)
    found = dict(own)
    for name in based:
        above, seen = name, {name}
        while above not in own and (above := based.get(above, "")) and above not in seen:
            seen.add(above)
        if above in own:
            found[name] = own[above]
    return found


def _whole(stated: str) -> int:
    return min(int(stated[:6]), _MAX_NUMBER) if stated.isascii() and stated.isdigit() else 0


def _label(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    """Return a number with what stands around it; empty where it, or one before it, is none."""
    own, unknown = levels[level], False

    def filled(match: re.Match[str]) -> str:
        nonlocal unknown
        at = int(match[1]) - 1
        of = levels.get(at, _Level())
        made = FORMATS.get("decimal" if own.legal else of.format)
        unknown = unknown or made is None
        return made(counts.get(at, of.start)) if made else ""

    if own.format not in FORMATS:
        return ""
    text = _HOLDER.sub(filled, own.text)
    return "" if unknown else text.strip()


def _letters(number: int) -> str:
    """Return the letter of a number; behind the last each is said twice, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else ""


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found, number = found + letters * (number // value), number % value
    return found


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}
"""How numbers are written, by the names of the standard."""
