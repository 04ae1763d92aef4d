"""Names of provisions in a row, what they share said once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from crawler.entries.templates import Sentence, chain, name_list, say, structure

_NUMBER = r"[0-9A-Z][0-9A-Za-z().]*"
_NUMBERED = re.compile(rf"(?P<unit>.+?) (?P<number>{_NUMBER}(?: to (?:{_NUMBER}|(?:\([0-9A-Za-z]+\))+))?)")


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
