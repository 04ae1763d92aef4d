"""Which provisions of its own a law means by *this section*, *this Part*, or *paragraph 3 of this Schedule*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.identifiers import affected

_THIS = re.compile(r"\bthis (section|article|regulation|rule|paragraph|part|chapter|schedule)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"\((?![a-z]{1,5}\)|[A-Z]{1,2}\)|\d+[A-Z]{0,2}\))[^()]*\)")
"""What a provision is about, in brackets behind it."""
_IN_SCHEDULE = re.compile(r"\bin (Schedule \w+), (?=(?:Part|paragraph)s? )", re.IGNORECASE)
_OF_SCHEDULE = re.compile(r"\b((?:Parts?|paragraphs?) [^,;]{1,60}?) (?:of|to) (Schedule \w+)", re.IGNORECASE)
_OF_PART = re.compile(r"\b(Chapters? \w+(?:(?:, | and | to )\w+)*?) of (Part \w+)", re.IGNORECASE)
_OF_PROVISION = re.compile(
    r"\b(?:sub-?)?(?:paragraph|section)s? (\(\w+\)(?:\(\w+\)|,? (?:and|or|to) (?=\()|, (?=\())*)"
    r" of ((?:section|article|regulation|rule) \w+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a provision stands: its path, and those of what *this part* or *this schedule* means there."""

    path: str
    holders: Mapping[str, str] = field(default_factory=dict)

    def meant(self, word: str) -> list[str]:
        """Return the path that *this …* means, none where it is not known."""
        unit = word.lower()
        if unit in ("section", "article", "regulation", "rule", "paragraph"):
            return [self.path]
        return [self.holders[unit]] if unit in self.holders else []

    def paths(self, words: str) -> list[str]:
        """Return the provisions that words list, *this section* among them."""
        bare = _IN_SCHEDULE.sub(r"\1 ", _SPOKEN.sub("", words))
        if named := self.holders.get("schedule", ""):
            bare = re.sub(r"(?<=(?:of|to) )this Schedule", named.replace("schedule-", "Schedule "), bare)
        bare = _OF_PART.sub(r"\2 \1", bare)
        bare = _OF_PROVISION.sub(r"\2\1", _OF_SCHEDULE.sub(r"\2 \1", bare))
        meant = [path for this in _THIS.finditer(bare) for path in self.meant(this[1])]
        return list(dict.fromkeys([*meant, *affected(_THIS.sub("", bare))]))


def place_of(path: str, part: str = "") -> Place:
    """Return where a provision stands; ``part`` is the path of the part, title or chapter of the body that it is in.

    >>> place_of("schedule-2-part-1-paragraph-3").meant("Part"), place_of("section-4", "part-1-chapter-2").meant("part")
    (['schedule-2-part-1'], ['part-1'])
    """
    holders: dict[str, str] = {}
    steps = path.split("-")
    if steps[0] == "schedule":
        end = next((place for place, step in enumerate(steps[1:], 1) if step in ("part", "chapter", "paragraph")), 2)
        holders = {"schedule": "-".join(steps[:end])}
    else:
        steps = part.split("-")
    for unit in ("part", "title", "chapter"):
        if unit in steps:
            holders[unit] = "-".join(steps[: steps.index(unit) + 2])
    return Place(path=path, holders=holders)
