"""The path of a provision in words, its units with their numbers; and names in a row, what they share said once."""

import re
from collections.abc import Sequence
from typing import Literal

from crawler.entries.templates import Sentence, chain, name_list, say, structure
from crawler.identifiers.uk import without_extent

ONCE = {"introduction": "introduction", "note": "explanatory note", "signature": "signature", "body": "text"}
"""Units that stand once in a text."""
_UNITS = frozenset(
    {
        "section", "article", "regulation", "rule", "schedule", "paragraph", "recital", "annex", "part", "chapter",
        "title", "appendix", "attachment", "division",
    }
)  # fmt: skip
_ROMAN = frozenset({"chapter", "title", "part", "annex", "appendix", "division"})
"""Units of acts of the EU, whose Roman numbers stand in small letters in paths."""
_FOOTNOTE = "note"
_ORDINALS = frozenset({
    "FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH",
})  # fmt: skip
"""Numbers of the schedules of old Acts."""
_NUMBER = re.compile(r"(?!(?=\d*[a-f])[0-9a-f]{8}$)\d+[0-9A-Za-z.]*|[A-Z]+[a-z]?")
_SMALL = re.compile(r"[ivxlc]{1,8}")
_LETTERED = re.compile(
    r"(?!(?:to|of|in|is|on|or|an|we|it|if|my|us|do|by)$)"
    r"(?:\d+[0-9A-Za-z]{0,4}|[A-Z]{1,3}\d{0,3}[A-Z]?|[a-z]{1,2}|[ivxlc]{1,7}|x{0,3}(?:ix|iv|v?i{1,3})[a-z]|([a-z])\1{2}|zz[a-z])"
)
"""Numbers and letters of sub-provisions, no words of a heading."""
_UNDIVIDED = ("chapter", "part", "title", "division")
"""Units that have no numbered parts but other units."""


def numbered(path: str) -> str:
    """Return a path of units and their numbers in words, the empty text where it is none.

    >>> numbered("part-III-chapter-2"), numbered("part-I-crossheading-grants"), numbered("findings")
    ('part III chapter 2', '', '')
    >>> numbered("chapter-2-part-0c0e5088")
    ''
    >>> numbered("chapter-iii-section-1"), numbered("recital-56-note-1"), numbered("schedule-SECOND-paragraph-2")
    ('chapter III section 1', 'recital 56 footnote 1', 'second schedule paragraph 2')
    >>> numbered("chapter-1-what-we-do"), numbered("part-2-a"), numbered("section-4-to-do"), numbered("section-4-1-aa")
    ('', '', '', 'section 4(1)(aa)')
    >>> numbered("section-6-1-for-scotland"), numbered("annex-ii-point-3-4-3-b")
    ('section 6(1) for Scotland', 'annex II point 3.4.3(b)')
    >>> numbered("schedule-8-paragraph-8-1-b-iia"), numbered("section-4-via-a-court")
    ('schedule 8 paragraph 8(1)(b)(iia)', '')
    """
    general, extent = without_extent(path)
    if extent:
        said_there = numbered(general)
        return said_there and f"{said_there} for {extent}"
    annex, point, steps_of_point = path.partition("-point-")
    if point and path.startswith("annex"):
        around, inside = numbered(annex) or annex * (annex == "annex"), _point(steps_of_point)
        return f"{around} point {inside}" if around and inside else ""
    return _units(path)


def _units(path: str) -> str:
    first, _, rest = path.partition("-")
    said = [ONCE[first]] if first in ONCE else []
    steps = rest.split("-") if said and rest else [] if said else path.split("-")
    for place, step in enumerate(steps):
        unit = steps[place - 1] if place else ""
        undivided = next((each for each in reversed(steps[:place]) if each in _UNITS), "") in _UNDIVIDED
        if step in _UNITS and place + 1 < len(steps):
            said.append(step)
        elif step == _FOOTNOTE and said and place + 2 == len(steps) and steps[-1].isdigit():
            said.append("footnote")
        elif unit == "schedule" and step in _ORDINALS:
            said[-1] = f"{step.lower()} schedule"
        elif unit in _UNITS and _NUMBER.fullmatch(step):
            said.append(step)
        elif unit in _ROMAN and _SMALL.fullmatch(step):
            said.append(step.upper())
        elif unit == _FOOTNOTE and said[-1] == "footnote":
            said.append(step)
        elif said and step not in _UNITS and unit not in _UNITS and not undivided and _LETTERED.fullmatch(step):
            said.append(f"({step})")
        else:
            return ""
    return re.sub(r"(?:(?<=[0-9A-Z)])|(?<=\d[a-z])) \(", "(", " ".join(said))


def _point(steps: str) -> str:
    """Return the number of a point of an annex: figures with full stops between, letters in brackets; empty if none.

    >>> _point("3-4-3-b"), _point("a"), _point("3-note-1")
    ('3.4.3(b)', '(a)', '')
    """
    said = ""
    for step in steps.split("-"):
        if not _LETTERED.fullmatch(step) or step == _FOOTNOTE:
            return ""
        is_figure = step[0].isdigit() and "(" not in said
        said += f".{step}" if is_figure and said else step if is_figure else f"({step})"
    return said


_NAMED_NUMBER = r"[0-9A-Z][0-9A-Za-z().]*"
_NUMBERED = re.compile(rf"(?P<unit>.+?) (?P<number>{_NAMED_NUMBER}(?: to (?:{_NAMED_NUMBER}|(?:\([0-9A-Za-z]+\))+))?)")


def together(named: Sequence[Sentence], most: int, rest: Literal["more named", "others"] = "more named") -> Sentence:
    """Return names in a row, the unit that neighbours share once; ``rest`` is the template that counts the others.

    >>> row = [structure(f"section {number}") for number in (1, 2, "3A", 4)]
    >>> str(together(row[:2], 3)), str(together(row, 2)), str(together([*row[:1], structure("schedule 1")], 3))
    ('sections 1 and 2', 'sections 1, 2 and 2 more', 'section 1 and schedule 1')
    >>> mixed = [structure(f"schedule 2 paragraph {number}") for number in ("4(1)", 5)] + row[:1]
    >>> str(together(mixed, 3))
    'schedule 2 paragraphs 4(1) and 5 and section 1'
    >>> str(together([structure(f"section {number}") for number in (1, "7 to 9", "12(1) to (3)")], 3))
    'sections 1, 7 to 9 and 12(1) to (3)'
    >>> str(together(mixed + row[1:3], 3, "others"))
    'schedule 2 paragraphs 4(1), 5, section 1 and 2 other provisions'
    """
    most += rest == "others" and len(named) == most + 1  # One more is told in fewer words by its name.
    groups: list[tuple[str, list[Sentence]]] = []
    for each in named[:most]:
        found = _NUMBERED.fullmatch(str(each))
        if found is None:
            groups.append(("", [each]))
        elif groups and groups[-1][0] == found["unit"]:
            groups[-1][1].append(structure(found["number"]))
        else:
            groups.append((found["unit"], [structure(found["number"])]))
    left = len(named) - most
    parts = [_of_unit(unit, numbers, in_row=left > 0) for unit, numbers in groups]
    if left <= 0:
        return name_list(parts, len(parts))
    return say(rest, named=chain("comma", parts), count=structure(left))


def _of_unit(unit: str, numbers: Sequence[Sentence], *, in_row: bool) -> Sentence:
    if not unit:
        return numbers[0]
    is_one = len(numbers) == 1 and not re.search(r" to [0-9A-Z]", str(numbers[0]))
    plural = unit if is_one else f"{unit}es" if unit.endswith("x") else f"{unit}s"
    row = chain("comma", numbers) if in_row else name_list(numbers, len(numbers))
    return say("happened", named=structure(plural), verb=row)
