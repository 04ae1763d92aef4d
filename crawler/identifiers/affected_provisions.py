"""Provisions as effects, notes and dates print them, as paths: what a law does to which provisions of another.

Grammar, as counted on effects of legislation.gov.uk: ``UNIT NUMBERS {UNIT NUMBERS} [and cross-heading | heading]``.
Brackets of one kind (digits, letters, roman) beside each other are siblings: ``(2)(c)(iv)`` is one provision,
``(3)(4)`` are two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.text import clean

CROSSHEADING = "crossheading:"
"""What stands before the path of the provision with which a crossheading begins."""
WHOLE = "whole"
"""The path of an instrument as a whole."""
MAX_PRINTED_CHARACTERS = 20_000
MAX_RANGE_PROVISIONS = 60

_UNITS = {
    "s": "section", "section": "section", "art": "article", "article": "article", "reg": "regulation",
    "regulation": "regulation", "r": "rule", "rule": "rule", "sch": "schedule", "schedule": "schedule",
    "para": "paragraph", "paragraph": "paragraph", "pt": "part", "part": "part", "ch": "chapter", "chapter": "chapter",
    "annex": "annex", "appendix": "appendix", "recital": "recital",
    "sec": "section", "sect": "section", "sched": "schedule", "chap": "chapter",
}  # fmt: skip
_HOLDERS = ("schedule", "annex", "appendix", "part", "chapter")
"""Units that hold others: what follows one without a comma lies in it."""
_TOKEN = re.compile(
    r"(?P<cross>\bcross-?headings?\b)|(?P<heading>\b(?:headings?|title)\b)|(?P<to>\bto\b|[-\u2013])"
    r"|(?P<bracket>\([0-9A-Za-z]{1,8}\))"
    r"|(?P<unit>\b(?:sections?|sect?|ss?|articles?|arts?|regulations?|regs?|rules?|r|schedules?|sched|schs?|paragraphs?|paras?"
    r"|parts?|pts?|chapters?|chap|ch|annex(?:es)?|appendix|appendices|recitals?)\b)\.?"
    r"|(?P<number>\b(?:[A-Z]{0,3}\d{1,4}(?:[A-Z]++\d{0,3}+)*+|[IVXLC]{1,7}|[IVX]{1,5}[AB]|[A-Z])\b(?!\.\w))"
    r"|(?P<of>\bof\b|\bin\b)|(?P<and>\band\b|\bor\b|,)|(?P<word>[^\W\d][\w'\u2019.-]*|\d+)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=.)(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_PATH = re.compile(r"(?:article|annex|recital)-[0-9A-Za-z-]+")
_STEP = re.compile(r"([A-Za-z]*)(\d*)([A-Za-z]*)(\d*)")


def affected(provision: str) -> list[str]:
    """Return the paths of a provision as effects print it, none where it is not readable.

    A range is ``first..last``, the heading of a provision its path with ``-heading``, the crossheading that begins
    with a provision ``crossheading:`` and the path.

    >>> affected("s. 45(1)(a)"), affected("ss. 12-14"), affected("article-79-2"), affected("Act")
    (['section-45-1-a'], ['section-12..section-14'], ['article-79-2'], [])
    >>> affected("Sch. 6 para. 10(ba)"), affected("s. 12(1)(1A)"), affected("s. 4(4)(b)-(7)(9)")
    (['schedule-6-paragraph-10-ba'], ['section-12-1', 'section-12-1A'], ['section-4-4-b..section-4-7', 'section-4-9'])
    >>> affected("s. 140 cross-heading"), affected("s. 114A-114C and cross-heading"), affected("s. 165 heading")
    (['crossheading:section-140'], ['section-114A..section-114C', 'crossheading:section-114A'], ['section-165-heading'])
    """
    if _PATH.fullmatch(provision):
        return [provision]
    reader = _Reader()
    for token in _TOKEN.finditer(provision[:MAX_PRINTED_CHARACTERS]):
        reader.read(str(token.lastgroup), token.group())
    reader.end()
    return list(dict.fromkeys(reader.paths))


@dataclass(slots=True)
class _Reader:
    """The provision that is being read: what holds it, its unit, number and brackets; and the paths read so far."""

    paths: list[str] = field(default_factory=list)
    holder: str = ""
    unit: str = ""
    number: str = ""
    brackets: list[tuple[str, str]] = field(default_factory=list)
    start: str = ""
    is_range: bool = False
    is_added: bool = False
    is_apart: bool = False
    """Whether *and*, *or* or a comma stands right before."""
    is_sole: bool = False
    """Whether a schedule, or all of them, was named that has no number so far."""
    loose: list[int] = field(default_factory=list)
    """Places of paragraphs of which nobody said yet in which schedule they are."""

    def read(self, kind: str, text: str) -> None:
        """Read one token."""
        match kind:
            case "unit":
                self._unit(text.lower().rstrip("."))
            case "number":
                self._number(text)
            case "bracket":
                self._bracket(text[1:-1])
            case "to":
                self.start, self.is_range = self._path() or self.start, True
            case "heading" | "cross":
                self._heading(kind)
            case "word":
                self.end()
                self.unit = self.number = self.holder = ""
        self.is_added, self.is_apart = kind == "and" and text.lower() == "and", kind == "and"

    def end(self) -> None:
        """Keep the provision that was read, or the range that ends with it."""
        path = self._path()
        if path and self.is_range and self.start and self.start != path:
            path = f"{self.start}..{path}"
        if path:
            if self.unit == "schedule" and self.loose:
                for place in self.loose:
                    self.paths[place] = "..".join(f"{path}-{side}" for side in self.paths[place].split(".."))
            else:
                self.loose = [*self.loose, len(self.paths)] if path.startswith("paragraph-") else []
                self.paths.append(path)
        self.number, self.start, self.is_range, self.is_sole = "", "", False, False
        self.brackets.clear()

    def _path(self) -> str:
        if not self.unit or not self.number:
            return "schedule" if self.is_sole else ""
        return "-".join(step for step in (self.holder, self.unit, self.number, *(b for _, b in self.brackets)) if step)

    def _unit(self, text: str) -> None:
        name = _UNITS.get(text) or _UNITS.get(text.removesuffix("es")) or _UNITS.get(text.removesuffix("s"), "appendix")
        has_holder = self.unit in _HOLDERS and (self.number or self.unit == "schedule") and not self.is_range
        if has_holder and (name in ("paragraph", "chapter") or (name == "part" and self.unit == "schedule")):
            # A paragraph is named by its schedule, whatever the part.
            if not (name == "paragraph" and self.holder):
                self.holder = "-".join(step for step in (self.holder, self.unit, self.number) if step)
            self.number = ""
        elif not self.is_range or self._path() != self.start:
            self.end()
            if name not in ("paragraph", "part", "chapter"):
                self.holder = ""
        self.unit, self.is_sole = name, name == "schedule"

    def _number(self, text: str) -> None:
        if not self.unit or (text.isalpha() and self.unit in ("section", "article", "regulation", "rule", "paragraph")):
            self.read("word", text)
            return
        if self.number and not (self.is_range and self._path() == self.start):
            self.end()
        self.number, self.is_sole = text, False
        self.brackets.clear()

    def _bracket(self, text: str) -> None:
        if not self.number:
            return
        is_end = self.is_range and self._path() == self.start
        kind = _kind(text, self.brackets, is_end=is_end, is_apart=self.is_apart)
        kinds = [known for known, _ in self.brackets]
        if kind in kinds:
            if not is_end:
                held, number = self.brackets[: kinds.index(kind)], self.number
                self.end()
                self.brackets, self.number = list(held), number
            else:
                del self.brackets[kinds.index(kind) :]
        self.brackets.append((kind, text))

    def _heading(self, kind: str) -> None:
        is_added = self.is_added
        self.end()
        if not self.paths:
            return
        if kind == "heading":
            if not is_added and not self.paths[-1].startswith(CROSSHEADING):
                self.paths[-1] = f"{self.paths[-1]}-heading"
            return
        first, alike = len(self.paths) - 1, "-".join(step for step in (self.holder, self.unit) if step)
        while first and self.paths[first - 1].startswith(f"{alike}-"):
            first -= 1
        named = f"{CROSSHEADING}{self.paths[first].partition('..')[0]}"
        self.paths[len(self.paths) if is_added else first :] = [named]


def _kind(text: str, before: Sequence[tuple[str, str]], *, is_end: bool, is_apart: bool) -> str:
    """Return of which kind a bracket is: digits, letters, roman, or doubled letters below roman ones.

    (i) behind (h), at the end of a range from (g), or in "(g) and (i)" is a letter; behind (a) it is roman.
    """
    if any(character.isdigit() for character in text):
        return "digits"
    kinds = [kind for kind, _ in before]
    if len(text) > 1 and len(set(text)) == 1 and "roman" in kinds and not _ROMAN.fullmatch(text):
        return "doubled"
    letter = next((value for kind, value in reversed(before) if kind == "letters"), "")
    ahead = ord(text) - ord(letter) if len(letter) == len(text) == 1 else 0
    if _ROMAN.fullmatch(text) and (
        "roman" in kinds or (letter and ahead != 1 and not (is_apart or (is_end and ahead > 1)))
    ):
        return "roman"
    return "letters"


def singly(named: Sequence[str]) -> list[str]:
    """Return the provisions that are named, those of ranges one by one where they are numbers alone.

    Of a longer range its ends, of a heading or crossheading its provision; nothing for a whole instrument.

    >>> singly(["section-12..section-14", "crossheading:section-20", "section-3A..section-4B", "section-5-heading"])
    ['section-12', 'section-13', 'section-14', 'section-20', 'section-3A', 'section-4B', 'section-5']
    """
    paths: list[str] = []
    for path in named:
        first, _, last = path.removeprefix(CROSSHEADING).removesuffix("-heading").partition("..")
        before, _, start = first.rpartition("-")
        end = last.removeprefix(f"{before}-")
        if start.isdecimal() and end.isdecimal() and int(start) <= int(end) < int(start) + MAX_RANGE_PROVISIONS:
            paths += [f"{before}-{number}" for number in range(int(start), int(end) + 1)]
        else:
            paths += [single for single in (first, last) if single and single != WHOLE]
    return list(dict.fromkeys(paths))


def covers(named: Sequence[str], path: str) -> bool:
    """Whether a provision is one of those that are named, holds one, or lies in one.

    >>> covers(["section-4"], "section-4-1"), covers(["section-4-1"], "section-4"), covers(["section-4"], "section-45")
    (True, True, False)
    >>> covers(["section-28ZA..section-30"], "section-28A-2"), covers(["crossheading:section-4"], "section-4")
    (True, False)
    """
    return any(relation(stated, path) for stated in named)


def relation(named: str, path: str) -> str:
    """Return how a provision stands to a named one: ``same``, ``inside`` it, ``around`` it, or empty for apart.

    >>> relation("section-4", "section-4-1"), relation("section-4-1", "section-4"), relation("whole", "section-4")
    ('inside', 'around', 'inside')
    """
    if named == WHOLE:
        return "inside"
    first, _, last = named.partition("..")
    if named == path:
        return "same"
    if f"{path}-".startswith(f"{first}-") or (last and f"{path}-".startswith(f"{last}-")):
        return "inside"
    if f"{first}-".startswith(f"{path}-") or (last and f"{last}-".startswith(f"{path}-")):
        return "around"
    return "inside" if last and _is_between(first, path, last) else ""


def _is_between(first: str, path: str, last: str) -> bool:
    """Whether a provision lies between two by number; the ends may lie at different depths below what they share."""
    starts, steps, ends = first.split("-"), path.split("-"), last.split("-")
    shared = 0
    while shared < min(len(starts), len(ends)) and starts[shared] == ends[shared]:
        shared += 1
    if steps[:shared] != starts[:shared] or len(steps) <= shared:
        return False
    low, here, high = (order(step[shared] if len(step) > shared else "") for step in (starts, steps, ends))
    return low < here < high


def order(step: str) -> tuple[tuple[str, int, str], ...]:
    """Return by what numbers of provisions are put in their order: 28ZA stands between 28 and 28A, A1 before 1.

    >>> sorted(["28A", "29", "28ZA", "28", "A1", "1", "9"], key=order)
    ['A1', '1', '9', '28', '28ZA', '28A', '29']
    """
    read = _STEP.fullmatch(clean(step))
    if read is None:
        return (("c", 0, step),)
    before, number, letters, behind = read.groups()
    first = ("b", 2 * int(number or 0) - bool(number and before), _letters(before))
    return (first, ("b", 0, _letters(letters)), ("b", int(behind or 0), ""))


def _letters(text: str) -> str:
    """Return letters as they are put in order: Z before another letter stands before A."""
    return re.sub(r"[Zz](?=[A-Za-z])", "!", text).upper()
