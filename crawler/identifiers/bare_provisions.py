"""Provisions of which the text names no law where they stand, though it is plainly about one: "s 45(4)". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.identifiers.cited_law import Family, Work
from crawler.identifiers.cited_provisions import Provisions

_AMENDED = re.compile(r"(?:\s?\([^()\n]{1,60}\)){0,2}\s(?:is|are)\samended\s(?:as\sfollows|in\saccordance)")
_THAT = re.compile(r",?\s(?:of|to|in)\s(?:that|the\s(?:same|said))\sSchedule\b")
_SCHEDULE = re.compile(r"schedule-\w+")
_IN = re.compile(r"\b(?:[Ii]n|[Aa]fter|[Bb]efore|[Ff]or|[Oo]mit)\s\Z")
_HEADS = re.compile(r"(?:\A|\n)\s*\Z")
_AMENDS = re.compile(
    r"(?:\s\([^()\n]{1,60}\))?,?\s?(?:[-\u2013\u2014:]|(?:after|at\sthe|before|for|in\sparagraph|insert|leave|omit|substitute"
    r"|the\swords|there)\b)"
)
_LINE = re.compile(r"[ :.]{0,2}(?:\n|\Z)")
_BEGUN = re.compile(r"[\s\u2022*#|-]*(?:\(?[a-z\d]{1,2}[.)]\s)?")
_TOLD = re.compile(r"\s?[|(\u2013\u2014-]|\n")
"""What stands around provisions that begin a line below the name of their law."""
_SENTENCE = re.compile(r"\.\s|\n")
_CITED_OF = re.compile(r"[\dA-Z)]\s(?:of|to|in|under)\s(?:the\s)?\Z")
MAX_NEAR = 300
"""Characters between a law and provisions that name none."""
MAX_LAWS = 100
"""Most laws of one text that are remembered: of more than one of a kind none is the only one."""
MIN_MAIN = 3
"""Times that a law is named which a text is mostly about."""
MAX_CITED = 2_000
"""Most provisions of one text that are remembered with their law."""
_OF_ITSELF: Mapping[str, tuple[str, ...]] = {
    "section": ("his Act", "his section", "his Measure", "his Bill"),
    "article": ("his Order", "his article", "his Regulation", "his Directive", "his Decision", "his Convention"),
    "regulation": ("hese Regulations",), "rule": ("hese Rules",),
    "schedule": ("his Act", "his Measure", "his Bill", "his Order", "hese Regulations", "hese Rules"),
    "annex": ("his Regulation", "his Directive", "his Decision"),
}  # fmt: skip
"""One of these stands in a text that has such provisions of its own; parts and chapters are as schedules."""
_FAMILIES: Mapping[str, tuple[Family, ...]] = {
    **dict.fromkeys(("section", "schedule", "part", "chapter"), ("act",)),
    **dict.fromkeys(("article", "annex", "recital"), ("eu", "convention", "treaty", "instrument")),
    **dict.fromkeys(("regulation", "rule"), ("instrument",)),
}  # fmt: skip
_AS = {"part": "schedule", "chapter": "schedule", "paragraph": "schedule", "recital": "annex", "appendix": "annex"}
_LAWYERLY = re.compile(
    r"[Ss]chedule\s\d+[A-Z]?,?\s[Pp]ara|(?:ss?|S{1,2}|[Ss]chs?|[Aa]rts?|[Rr]egs?|rr?|[Pp]ts?)(?:\.\s?|\s)?(?=\d)|[A-Za-z]+\s{1,2}\d{1,4}[A-Z]{0,2}(?:\(|\.\d|\s?\u00a7)"
    r"|[A-Za-z]+\s{1,2}\d{1,4}[A-Z]{1,2}\b|[Ss]ections?\s{1,2}(?:[4-9]\d|\d{3,4})"
    r"(?=[,;:)]|\.(?!\d)|\Z|\s(?:and|or|did|does|is|was|has|had|appl|cover|says?|makes?|means?|can|may|must|will|should)\w{0,3}\b)",
)
"""How a lawyer cites: short units, the number with a part of it in brackets or a letter; or one that only laws have."""
_CUE_BEFORE = re.compile(
    r"\b(?:[Uu]nder|[Cc]ontrary\sto|[Pp]ursuant\sto|breach\sof|virtue\sof|purposes\sof|required\sby|defined\s(?:in|by)"
    r"|(?:condition|defen[cs]e|dut(?:y|ie)|guidance|offence|order|polic(?:y|ie)|power|provision|requirement|test)s?\s(?:at|by|in|of))\s\Z"
)
_CUE_BEHIND = re.compile(
    r"(?:\s\([^()\n]{1,60}\))?\s(?:provides?\s(?:for|that|an?)|requires?|imposes?|creates?|makes?\s(?:it|provision)|c[ao]mes?\sinto|inserts?|repeals?|amends?"
    r"|(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:also\s)?(?:amended|commenced|in\sforce|inserted|repealed|substituted)"
    r"|(?:statutory\s)?(?:defen[cs]e|offence|dut(?:y|ies)|order|statement|enquir|inquir|notice|power|assessment))"
)
_DECIMAL = re.compile(r"\d\.\d")
"""The number of a section of a paper; those of Acts have no point."""
_ASKED = re.compile(r"\b(?:[Ss]ee|[Gg]o\sto|[Cc]omplete|[Rr]ead|[Ff]ill\sin|[Ii]n|[Aa]t)\s(?:also\s)?\Z")
"""Before what may be a section of the text itself."""


@dataclass(slots=True, kw_only=True)
class Bare:
    """What laws a text named up to now, and which of their provisions.

    ``own`` are units of which the text has some itself.
    """

    own: set[str] = field(default_factory=set)
    laws: dict[str, Family] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """How often each was named, the one named last being last."""
    of: dict[str, str] = field(default_factory=dict)
    near: list[tuple[str, Family, int]] = field(default_factory=list)
    """The laws that the passage named last, with the places behind them."""
    schedule: str = ""
    """The path of the schedule that was cited last."""
    amended: tuple[str, Family] | None = None
    """The law that is "amended as follows"."""
    headed: tuple[str, Family] | None = None
    """The law that is the last line by itself."""

    def begin(self, text: str) -> None:
        """Look into the next passage before it is read."""
        self.own |= {
            unit for unit, words in _OF_ITSELF.items() if unit not in self.own and any(map(text.__contains__, words))
        }
        self.near.clear()
        self.headed = None

    def of_section(self, text: str, group: Provisions, last: Provisions, of: str, subject: str) -> str:
        """Return the law, with a hash and its section, that subsections by themselves are of; ``last`` is cited last.

        It is empty where that is not plain. In a law's own text they are its own, but where it amends another one.
        """
        bases = {_base(path) for path in last.paths}
        is_heading = text[last.end : last.end + 1] in (":", "\n")
        is_heading = is_heading and _HEADS.search(text, max(0, last.start - 9), last.start) is not None
        document = of or (subject if is_heading else "")
        is_amended = document != subject and _IN.search(text, max(0, group.start - 8), group.start) is not None
        is_amended = is_amended and _AMENDS.match(text, group.end) is not None
        is_own = not is_heading and not is_amended and (bool(subject) or "section" in self.own)
        is_plain = (
            bool(document)
            and not is_own
            and len(bases) == 1
            and ".." not in last.paths[0]
            and group.start - last.end < MAX_NEAR
        )
        return f"{document}#{bases.pop()}" if is_plain else ""

    def pass_by(self, work: Work, text: str, paths: Sequence[str] = ()) -> None:
        """Remember a law that is named, with the provisions of it that are cited."""
        name = work.document or f"?{text[work.start : work.end]}"
        if len(self.laws) < MAX_LAWS or name in self.laws:
            self.laws[name] = work.family
            self.counts[name] = self.counts.pop(name, 0) + 1
        self.near = [*[each for each in self.near if each[0] != work.document], (work.document, work.family, work.end)][
            -2:
        ]
        if _LINE.match(text, work.end) and not text[text.rfind("\n", 0, work.start) + 1 : work.start].strip(
            " -*\u2022#"
        ):
            self.headed = (work.document, work.family)
        if _AMENDED.match(text, work.end):
            self.amended = (work.document, work.family)
        self.schedule = next((found[0] for path in paths if (found := _SCHEDULE.match(path))), self.schedule)
        for base in {_base(path) for path in paths} if len(self.of) < MAX_CITED else ():
            self.of[base] = work.document if self.of.get(base, work.document) == work.document else ""

    def in_that(self, text: str, group: Provisions) -> Provisions:
        """Return provisions of "that Schedule" as those of the one that was cited last."""
        match = _THAT.match(text, group.end)
        if (
            match is None
            or not self.schedule
            or not all(path.startswith(("paragraph-", "part-")) for path in group.paths)
        ):
            return group
        paths = tuple("..".join(f"{self.schedule}-{side}" for side in path.split("..")) for path in group.paths)
        return replace(group, end=match.end(), unit="schedule", paths=paths)

    def see_elsewhere(self, group: Provisions) -> None:
        """Remember that provisions are said to be of something else: "section 3 of our guide"."""
        if group.paths:
            self.own.add(_unit(group))

    def of_one_law(self, text: str, group: Provisions, following: Work | None) -> str:
        """Return the law of provisions that name none: that of which they were cited before, or the only one.

        Where none was named yet, it is that which ``following`` names in their sentence. A cell of a table says nothing
        by itself.
        """
        is_lawyerly = _LAWYERLY.match(text, group.start) is not None
        families = _FAMILIES.get(_unit(group), ()) if group.paths else ()
        if self.headed and self.headed[1] in families and (is_lawyerly or _TOLD.match(text, group.end)):
            line = text[max(0, group.start - 8, text.rfind("\n", 0, group.start) + 1) : group.start]
            if _BEGUN.fullmatch(line):
                return self.headed[0]
        if self.amended and self.amended[1] in families and _IN.search(text, max(0, group.start - 8), group.start):
            return self.amended[0]
        is_cell = text[group.start - 1 : group.start] + text[group.end : group.end + 1] == "\n\n"
        unit = _unit(group) if group.paths else ""
        is_own = unit in ("section", "paragraph") and _DECIMAL.search(text, group.start, group.end)
        if is_cell or is_own or not unit or {unit, _AS.get(unit, unit)} & self.own:
            return ""
        before = max(0, group.start - 24)
        known = {self.of.get(_base(path), "") for path in group.paths}
        if len(known) == 1 and "" not in known and (is_lawyerly or not _ASKED.search(text, before, group.start)):
            return known.pop()
        is_act = "act" in families
        is_lawyerly |= (
            is_act
            and bool(self.near)
            and text[max(0, group.start - 1) : group.start] + text[group.end : group.end + 1] == "()"
        )
        is_meant = is_lawyerly or _CUE_BEFORE.search(text, before, group.start) or _CUE_BEHIND.match(text, group.end)
        fitting = [law for law, family in self.laws.items() if family in families or family == "provision"]
        law = fitting[0] if len(fitting) == 1 else self._nearest(text, group, families)
        law = law or (self._main() if is_act and fitting else "")
        if following and not fitting and following.family in families and (is_meant or unit == "article"):
            is_near = following.start - group.end < MAX_NEAR and not _SENTENCE.search(text, group.end, following.start)
            is_cited = _CITED_OF.search(text, max(group.end, following.start - 16), following.start) is not None
            return following.document if is_near and is_cited else ""
        return law if is_meant and law[:1] != "?" else ""

    def _nearest(self, text: str, group: Provisions, families: Sequence[Family]) -> str:
        """Return the law that is named right before provisions, no other of its kind in the same sentence."""
        fitting = [each for each in self.near if each[1] in families]
        if not fitting or group.start - fitting[-1][2] > MAX_NEAR or "\n\n" in text[fitting[-1][2] : group.start]:
            return ""
        is_alone = len(fitting) == 1 or _SENTENCE.search(text, fitting[0][2], fitting[1][2])
        return fitting[-1][0] if is_alone else ""

    def _main(self) -> str:
        """Return the Act that a text is mostly about, where it is also that which was named last."""
        counted = [(law, count) for law, count in self.counts.items() if self.laws[law] == "act"]
        others = max((count for _, count in counted[:-1]), default=0)
        is_whole = len(self.laws) < MAX_LAWS
        return counted[-1][0] if is_whole and counted and counted[-1][1] >= max(MIN_MAIN, 2 * others) else ""


def _unit(group: Provisions) -> str:
    return group.paths[0].partition("-")[0]


def _base(path: str) -> str:
    """Return a path without what lies in its section: ``section-54`` of ``section-54-2``."""
    return "-".join(path.partition("..")[0].split("-")[:2])
