"""Provisions of which the text names no law where they stand, though it is plainly about one: "s 45(4)". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.identifiers.cited_law import Family, Work
from crawler.identifiers.cited_provisions import Provisions

MAX_CITED = 2_000
"""Most provisions of one text that are remembered with their law."""
_OF_ITSELF = tuple(
    f"{this} {what}"
    for words, kinds in (
        (("this", "This"), ("Act", "section", "Order", "Regulation", "Directive", "Decision", "Measure", "Bill")),
        (("these", "These"), ("Regulations", "Rules")),
    )
    for this in words
    for what in kinds
)  # fmt: skip
"""One of these stands in a text that has sections or articles of its own."""
_FAMILIES: Mapping[str, tuple[Family, ...]] = {
    **dict.fromkeys(("section", "schedule", "part", "chapter"), ("act",)),
    **dict.fromkeys(("article", "annex", "recital"), ("eu", "convention", "treaty", "instrument")),
    **dict.fromkeys(("regulation", "rule"), ("instrument",)),
}  # fmt: skip
_LAWYERLY = re.compile(
    r"(?:ss?|S{1,2}|[Ss]chs?|[Aa]rts?|[Rr]egs?|rr?|[Pp]ts?)(?:\.\s?|\s)?(?=\d)|[A-Za-z]+\s{1,2}\d{1,4}[A-Z]{0,2}\(",
)
"""How a lawyer cites: short units, or the number with a part of it in brackets."""
_CUE_BEFORE = re.compile(
    r"\b(?:[Uu]nder|[Cc]ontrary\sto|[Pp]ursuant\sto|breach\sof|virtue\sof|purposes\sof|required\sby|defined\s(?:in|by))\s\Z"
)
_CUE_BEHIND = re.compile(
    r"(?:\s\([^()\n]{1,60}\))?\s(?:provides?\s(?:for|that|an?)|requires?|imposes?|creates?|makes?\s(?:it|provision)|c[ao]mes?\sinto|inserts?|repeals?|amends?"
    r"|(?:statutory\s)?(?:defen[cs]e|offence|dut(?:y|ies)|order|statement|enquir|inquir|notice|power|assessment))"
)
_ASKED = re.compile(r"\b(?:[Ss]ee|[Gg]o\sto|[Cc]omplete|[Rr]ead|[Ff]ill\sin|[Ii]n|[Aa]t)\s(?:also\s)?\Z")
"""Before what may be a section of the text itself."""


@dataclass(slots=True, kw_only=True)
class Bare:
    """What laws a text named up to now, and which of their provisions.

    ``own`` are units of which the text has some itself; ``is_law`` where it may have all of them.
    """

    is_law: bool = False
    own: set[str] = field(default_factory=set)
    laws: dict[str, Family] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)

    def begin(self, text: str) -> None:
        """Look into the next passage before it is read."""
        self.is_law = self.is_law or any(words in text for words in _OF_ITSELF)

    def pass_by(self, work: Work, text: str, paths: Sequence[str] = ()) -> None:
        """Remember a law that is named, with the provisions of it that are cited."""
        if len(self.laws) < MAX_CITED:
            self.laws[work.document or f"?{text[work.start : work.end]}"] = work.family
        for base in {_base(path) for path in paths} if len(self.of) < MAX_CITED else ():
            self.of[base] = work.document if self.of.get(base, work.document) == work.document else ""

    def see_elsewhere(self, group: Provisions) -> None:
        """Remember that provisions are said to be of something else: "section 3 of our guide"."""
        if group.paths:
            self.own.add(_unit(group))

    def of_one_law(self, text: str, group: Provisions) -> str:
        """Return the law of provisions that name none: that of which they were cited before, or the only one.

        A cell of a table says nothing by itself.
        """
        is_cell = text[group.start - 1 : group.start] + text[group.end : group.end + 1] == "\n\n"
        if self.is_law or is_cell or not group.paths or _unit(group) in self.own:
            return ""
        is_lawyerly = _LAWYERLY.match(text, group.start) is not None
        before = max(0, group.start - 24)
        known = {self.of.get(_base(path), "") for path in group.paths}
        if len(known) == 1 and "" not in known and (is_lawyerly or not _ASKED.search(text, before, group.start)):
            return known.pop()
        is_meant = is_lawyerly or _CUE_BEFORE.search(text, before, group.start) or _CUE_BEHIND.match(text, group.end)
        families = _FAMILIES.get(_unit(group), ())
        fitting = [law for law, family in self.laws.items() if family in families or family == "provision"]
        return fitting[0] if is_meant and len(fitting) == 1 and fitting[0][0] != "?" else ""


def _unit(group: Provisions) -> str:
    return group.paths[0].partition("-")[0]


def _base(path: str) -> str:
    """Return a path without what lies in its section: ``section-54`` of ``section-54-2``."""
    return "-".join(path.partition("..")[0].split("-")[:2])
