"""Provisions of which the text names no law where they stand, though it is plainly about one: "s 45(4)". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.identifiers.cited_law import Family, Work, family_of
from crawler.identifiers.cited_provisions import Provisions
from crawler.identifiers.mention_form import mention_form
from crawler.identifiers.topics import Topics, around_it

_AMENDED = re.compile(r"(?:\s?\([^()\n]{1,60}\)){0,2}\s(?:is|are)\samended\s(?:as\sfollows|in\saccordance)")
_THAT = re.compile(r",?\s(?:of|to|in)\s(?:that|the\s(?:same|said))\s(?:Schedule|Part)\b")
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
_RANGE = re.compile(r"(\w+)-(\d+)\.\.\w+-(\d+)")
_CLAUSE = re.compile(r"[.;]\s|\n")
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
    **dict.fromkeys(("section", "part", "chapter"), ("act",)), "schedule": ("act", "instrument"),
    **dict.fromkeys(("article", "annex", "recital"), ("eu", "convention", "treaty", "instrument")),
    **dict.fromkeys(("regulation", "rule"), ("instrument",)),
}  # fmt: skip
_AS = {"part": "schedule", "chapter": "schedule", "paragraph": "schedule", "recital": "annex", "appendix": "annex"}
_BY = re.compile(
    r"\b(?:amend|chang|extend|insert|made|modif|omit|repeal|replac|revok|substitut)\w{0,4}\s(?:[\w,()]+\s){0,9}?by\s[^.;\n]{0,90}\Z"
)
"""Before a law that did something to another one, of which the text goes on to speak."""
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_DECIMAL = re.compile(r"\d\.\d")
"""The number of a section of a paper; those of Acts have no point."""


@dataclass(slots=True, kw_only=True)
class Bare:
    """What laws a text named up to now, and which of their provisions.

    ``own`` are units of which the text has some itself.
    """

    own: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    """Units of what is no law: "section 3 of our guide"."""
    laws: dict[str, Family] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """How often each was named, the one named last being last."""
    of: dict[str, str] = field(default_factory=dict)
    """The law of each provision that was cited with it, empty for several."""
    told: dict[str, str] = field(default_factory=dict)
    """The same of those that were cited without."""
    near: list[tuple[str, Family, int]] = field(default_factory=list)
    """The laws that the passage named last, with the places behind them."""
    ranges: dict[tuple[str, int, int], str] = field(default_factory=dict)
    """The law of each range that was cited with it: unit, first and last number."""
    schedule: str = ""
    """The path of the schedule that was cited last."""
    amended: tuple[str, Family] | None = None
    """The law that is "amended as follows"."""
    headed: tuple[str, Family] | None = None
    """The law that is the last line by itself."""
    topics: Topics = field(default_factory=Topics)
    ahead: Bare | None = None
    """The same of the whole text, where that was read before."""
    last: tuple[str, int] = ("", 0)
    """The law of the provisions that named none last, with the place behind them."""

    def begin(self, text: str) -> None:
        """Look into the next passage before it is read."""
        self.own |= {
            unit for unit, words in _OF_ITSELF.items() if unit not in self.own and any(map(text.__contains__, words))
        }
        self.near.clear()
        self.headed, self.last = None, ("", 0)

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
        if work.document and work.family in ("act", "provision"):
            work = replace(work, family=family_of(work.document))  # It may be an address.
        if len(self.laws) < MAX_LAWS or name in self.laws:
            self.laws[name] = work.family
            self.counts[name] = self.counts.pop(name, 0) + 1
        others = [each for each in self.near if each[0] != work.document]
        if not (others and _BY.search(text, max(0, work.start - 160), work.start)):
            self.near = [*others[-1:], (work.document, work.family, work.end)]
        if _LINE.match(text, work.end) and not text[text.rfind("\n", 0, work.start) + 1 : work.start].strip(
            " -*\u2022#"
        ):
            self.headed = (work.document, work.family)
        if _AMENDED.match(text, work.end):
            self.amended = (work.document, work.family)
        self.schedule = next((found[0] for path in paths if (found := _SCHEDULE.match(path))), self.schedule)
        for path in paths if len(self.of) < MAX_CITED else ():
            base = _base(path)
            self.of[base] = work.document if self.of.get(base, work.document) == work.document else ""
            if (match := _RANGE.fullmatch(path)) and len(self.ranges) < MAX_LAWS:
                self.ranges[match[1], int(match[2]), int(match[3])] = work.document

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

    def of_year(self, text: str, group: Provisions, work: Work) -> Work:
        """Return "the 2015 Act" as that of two of that year of which a provision is about what is said."""
        year = None if work.document or not group.paths else _YEAR.search(text, work.start, work.end)
        laws = [law for law in self.laws if year and f"/{year[0]}/" in law]
        law, _ = (
            self.topics.about(laws, _base(group.paths[0]), around_it(text, group.start, work.end)) if laws else ("", 0)
        )
        return replace(work, family=family_of(law), document=law) if law and len(laws) > 1 else work

    def see_elsewhere(self, group: Provisions) -> None:
        """Remember that provisions are said to be of something else: "section 3 of our guide"."""
        if group.paths:
            self.elsewhere.add(_unit(group))

    def of_one_law(self, text: str, group: Provisions, following: Work | None) -> str:
        """Return the law of provisions that name none, empty where it is not plain. A cell of a table says nothing."""
        law = self._of_one_law(text, group, following) if group.paths else ""
        if law:
            self.last = (law, group.end)
            for path in group.paths if len(self.of) < MAX_CITED else ():
                self.told.setdefault(_base(path), law)
        return law

    def _of_one_law(self, text: str, group: Provisions, following: Work | None) -> str:
        """Return the law of which provisions were cited before, that they stand below or behind, or the only one.

        Of several it is that of which the provision is about what the sentence says, that named right before, or that
        which the text is mostly about; where none was named yet, it is what ``following`` names in their sentence.
        """
        unit, how = _unit(group), mention_form(text, group.start, group.end)
        families = _FAMILIES.get(unit, ())
        if law := self._above(text, group, families, is_lawyerly=how.is_lawyerly):
            return law
        around = text[group.start - 1 : group.start] + text[group.end : group.end + 1]
        is_own = unit in ("section", "paragraph") and _DECIMAL.search(text, group.start, group.end)
        if around == "\n\n" or is_own or {unit, _AS.get(unit, unit)} & self.own:
            return ""
        base, (near, end) = _base(group.paths[0]), self._nearest(text, group, families, is_lawyerly=how.is_lawyerly)
        beside = "" if how.is_apart else self._beside(text, group, families)
        if self.topics.has(near, base) is False and self._with(base, families):
            near = beside = ""
        known = {self.of.get(_base(path), "") for path in group.paths}
        law = known.pop() if len(known) == 1 and not how.is_asked else ""
        law = law or ("" if how.is_asked or base in self.of else self._ranged(base))
        is_known, is_line = bool(law) or base in self.told, bool(near) and "\n" not in text[end : group.start]
        is_cited = how.is_cited or bool(beside) or (is_line and how.is_proof)
        is_cited |= around == "()" and bool(self.near) and "act" in families
        is_cited |= unit in ("regulation", "recital") and not how.is_named
        is_meant = is_cited or is_known or (is_line and (how.is_inside or unit == "schedule"))
        if (how.is_named and not is_known) or (unit in self.elsewhere and not (is_cited and (is_line or beside))):
            return ""
        fitting = self._fitting(families)
        words = around_it(text, group.start, group.end, is_line=not is_line)
        told = self._told(base, words, fitting, near if is_line else "", is_meant=is_meant)
        if found := beside or told or (near if is_line and is_meant else law or self.told.get(base, "")):
            return found
        if following and not fitting and following.family in families and (is_meant or unit == "article"):
            return _following(text, group, following)
        found = near or (fitting[0] if len(fitting) == 1 else self._of_all(group, fitting, families))
        return found if is_meant and found[:1] != "?" else ""

    def _above(self, text: str, group: Provisions, families: Sequence[Family], *, is_lawyerly: bool) -> str:
        """Return the law that is the line above provisions, or that is "amended as follows"."""
        if self.headed and self.headed[1] in families and (is_lawyerly or _TOLD.match(text, group.end)):
            line = text[max(0, group.start - 8, text.rfind("\n", 0, group.start) + 1) : group.start]
            if _BEGUN.fullmatch(line):
                return self.headed[0]
        if self.amended and self.amended[1] in families and _IN.search(text, max(0, group.start - 8), group.start):
            return self.amended[0]
        return ""

    def _of_all(self, group: Provisions, fitting: Sequence[str], families: Sequence[Family]) -> str:
        """Return the law of which the text cites a provision further on, which it is about, or which alone has it."""
        law = self.ahead.of.get(_base(group.paths[0]), "") if self.ahead else ""
        law = law or (self._main() if fitting and "act" in families else "")
        return law or self._with(_base(group.paths[0]), families)

    def _with(self, base: str, families: Sequence[Family]) -> str:
        """Return the one law that is named and has a provision, where it is known that none of the others has it."""
        laws = self.laws | (self.ahead.laws if self.ahead else {})
        may = [law for law, family in laws.items() if family in families and self.topics.has(law, base) is not False]
        return may[0] if len(may) == 1 and self.topics.has(may[0], base) else ""

    def _ranged(self, base: str) -> str:
        """Return the one law of which a range was cited that a provision lies in."""
        unit, _, number = base.partition("-")
        at = int(number) if number.isdecimal() else 0
        laws = {law for (of, low, high), law in self.ranges.items() if of == unit and low <= at <= high}
        return laws.pop() if len(laws) == 1 else ""

    def _fitting(self, families: Sequence[Family]) -> list[str]:
        """Return the laws that provisions may be of: those named up to now, else those named further on."""
        for laws in (self.laws, self.ahead.laws if self.ahead else {}):
            if fitting := [law for law, family in laws.items() if family in families or family == "provision"]:
                return fitting
        return []

    def _beside(self, text: str, group: Provisions, families: Sequence[Family]) -> str:
        """Return the law that is named, or of which provisions are cited, in the same sentence before provisions."""
        law, end = self.last
        near = [each for each in self.near if each[1] in families and not _SENTENCE.search(text, each[2], group.start)]
        if (
            family_of(law) in families
            and (not near or near[-1][2] < end)
            and not _SENTENCE.search(text, end, group.start)
        ):
            return law
        if len(near) > 1:
            near = [each for each in near if not _CLAUSE.search(text, each[2], group.start)]
        return near[-1][0] if len(near) == 1 else ""

    def _told(self, base: str, said: str, fitting: Sequence[str], near: str, *, is_meant: bool) -> str:
        """Return the law of which a provision is about what its sentence says, of those that the text names.

        Where another one is named right before, more must be said, and that one's provision be about something else.
        """
        every = dict.fromkeys([*fitting, *(self.ahead.laws if self.ahead else ())])
        law, words = self.topics.about(every, base, said)
        if near not in ("", law) and self.topics.about([near], base, said)[0]:
            return near
        return law if words >= (1 if is_meant and near in ("", law) else 2) else ""

    def _nearest(
        self, text: str, group: Provisions, families: Sequence[Family], *, is_lawyerly: bool
    ) -> tuple[str, int]:
        """Return the law that is named, or of which provisions are cited, right before provisions, with the place.

        It is empty where another one of its kind is named in the same sentence; or clause, if that sentence is over or
        they are cited as lawyers do.
        """
        fitting = [each for each in self.near if each[1] in families]
        is_new = bool(fitting) and _SENTENCE.search(text, fitting[-1][2], group.start)
        stop = _CLAUSE if is_new or is_lawyerly else _SENTENCE
        is_alone = len(fitting) < 2 or stop.search(text, fitting[0][2], fitting[1][2])
        law, end = self.last if family_of(self.last[0]) in families else ("", 0)
        if fitting and fitting[-1][2] > end:
            law, end = (fitting[-1][0] if is_alone else ""), fitting[-1][2]
        is_far = group.start - end > MAX_NEAR or "\n\n" in text[end : group.start]
        return ("", 0) if is_far else (law, end)

    def _main(self) -> str:
        """Return the Act that a text is mostly about, where it is also that which was named last."""
        counted = [(law, count) for law, count in self.counts.items() if self.laws[law] == "act"]
        others = max((count for _, count in counted[:-1]), default=0)
        is_whole = len(self.laws) < MAX_LAWS
        return counted[-1][0] if is_whole and counted and counted[-1][1] >= max(MIN_MAIN, 2 * others) else ""


def _following(text: str, group: Provisions, law: Work) -> str:
    """Return the law behind provisions, where it is cited in their sentence."""
    is_near = law.start - group.end < MAX_NEAR and not _SENTENCE.search(text, group.end, law.start)
    is_cited = _CITED_OF.search(text, max(group.end, law.start - 16), law.start) is not None
    return law.document if is_near and is_cited else ""


def _unit(group: Provisions) -> str:
    return group.paths[0].partition("-")[0]


def _base(path: str) -> str:
    """Return a path without what lies in its section: ``section-54`` of ``section-54-2``."""
    return "-".join(path.partition("..")[0].split("-")[:2])
