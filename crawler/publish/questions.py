"""What somebody types into search, read as they mean it: provisions, numbers of acts, phrases, words. Pure.

People type ``section 54(2)``, ``s54``, ``art 26 ECAT``, ``schedule 2 paragraph 3``, ``2015 c. 30``. Whatever is typed
can be read; nothing is syntax but quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.feeds.words import provision
from crawler.publish.numbers import named
from crawler.text import canonical

LONGEST = 200
"""Most characters of a question."""

TERMS = 12
"""Most terms of a question that are looked for."""

UNITS: Mapping[str, tuple[str, ...]] = {
    "section": ("section", "sections", "sect", "sec", "s", "ss", "§", "§§"),
    "article": ("article", "articles", "art", "arts"),
    "regulation": ("regulation", "regulations", "reg", "regs"),
    "rule": ("rule", "rules"),
    "schedule": ("schedule", "schedules", "sched", "sch", "schs"),
    "annex": ("annex", "annexe", "annexes"),
    "appendix": ("appendix", "appendices"),
    "part": ("part", "parts", "pt"),
    "chapter": ("chapter", "chapters", "chap"),
    "recital": ("recital", "recitals"),
    "paragraph": ("paragraph", "paragraphs", "para", "paras"),
}
"""Units of documents as people write them, the outer ones first."""
_NAMES = {name: unit for unit, names in UNITS.items() for name in names}
_ORDER = {unit: place for place, unit in enumerate(("schedule", "annex", "appendix", "part", "chapter"))}
_LETTERED = frozenset({"schedule", "annex", "appendix", "part", "chapter", "recital"})

_NUMBER = r"\d{1,4}(?:\.\d{1,3}){0,3}[A-Za-z]{0,3}(?: ?\([0-9A-Za-z]{1,5}\)){0,6}"
_LETTER = r"[IVXLC]{1,6}|[A-Z]"
_AND = r"(?:, ?and |, ?| ?& ?| and | or | to | ?- ?)"
_CITED = re.compile(
    rf"(?<![\w'])(?P<unit>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})\.? ?"
    rf"(?P<numbers>(?:{_NUMBER}|{_LETTER})(?:{_AND}{_NUMBER})*)(?![\w/(])",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?:(?: to | ?- ?)(?P<last>\d{{1,4}})(?![\w.(]))?")
_BITS = re.compile(r'"([^"]*)"|([^\s"]+)')
_SMALL = frozenset({"of", "the", "in", "to", "under", "for", "a", "an", "and", "or", "from", "at", "by"})
_MOST = 20
"""Most provisions of one question: a longer range is cut."""

ABBREVIATIONS: Mapping[str, str] = {
    "cps": "Crown Prosecution Service",
    "cs3d": "corporate sustainability due diligence",
    "csddd": "corporate sustainability due diligence",
    "csrd": "corporate sustainability reporting",
    "ecat": "Convention on Action against Trafficking in Human Beings",
    "echr": "European Convention on Human Rights",
    "empact": "European Multidisciplinary Platform Against Criminal Threats",
    "glaa": "Gangmasters and Labour Abuse Authority",
    "greta": "Group of Experts on Action against Trafficking in Human Beings",
    "htea": "Human Trafficking and Exploitation",
    "ictg": "Independent Child Trafficking Guardian",
    "ieca": "Immigration Enforcement Competent Authority",
    "msa": "Modern Slavery Act",
    "naba": "Nationality and Borders Act",
    "nca": "National Crime Agency",
    "nrm": "National Referral Mechanism",
    "sca": "Single Competent Authority",
    "stpo": "slavery and trafficking prevention order",
    "stro": "slavery and trafficking risk order",
    "tisc": "transparency in supply chains",
}
"""What short names of this field stand for: each is looked for in both forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A provision that was asked for: its units with their numbers, outer first, and the sub-provisions inside."""

    units: tuple[tuple[str, str], ...]
    inside: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Give its path, as documents have it: ``section-54-2``."""
        steps = [step for unit, number in self.units for step in (unit, number.replace(".", "-"))]
        return "-".join((*steps, *self.inside))

    @property
    def words(self) -> str:
        """Give it as lawyers write it.

        >>> Cited(units=(("section", "54"),), inside=("2",)).words
        'section 54(2)'
        """
        named = ", ".join(f"{unit} {number}" for unit, number in self.units)
        return named + "".join(f"({step})" for step in self.inside)

    def fits(self, path: str, number: str) -> int | None:
        """Say how well a section fits: 0 its very path, 1 inside another unit, 2 by its own number; None not at all.

        >>> section = Cited(units=(("section", "8"),))
        >>> section.fits("section-8", "8"), section.fits("schedule-1-section-8", "8"), section.fits("article-8", "8")
        (0, 1, None)
        """
        steps = [f"{unit}-{value}".replace(".", "-").lower() for unit, value in self.units]
        there = path.lower()
        if there == "-".join(steps):
            return 0
        if re.fullmatch(r"(?:.*-)?" + "-(?:.*-)?".join(map(re.escape, steps)), there):
            return 1
        unit, value = self.units[-1]
        if number.lower() == f"{unit} {value}".lower() or (number.lower() == value.lower() and not provision(path)):
            return 2
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: provisions (any of them), documents that numbers may name (any of them), and terms (all).

    ``terms`` are words and phrases beside the provisions; ``literal`` is everything typed, as terms.
    """

    text: str
    provisions: tuple[Cited, ...]
    named: tuple[str, ...]
    terms: tuple[str, ...]
    literal: tuple[str, ...]


def read(text: str) -> Question:
    """Read what was typed.

    >>> [cited.path for cited in read("s.54(2) Modern Slavery Act").provisions], read("s54 of the MSA").terms
    (['section-54-2'], ('MSA',))
    >>> read("para 3 of schedule 2").provisions[0].path, [one.path for one in read("sections 1, 2 to 4").provisions]
    ('schedule-2-paragraph-3', ['section-1', 'section-2', 'section-3', 'section-4'])
    >>> read('"section 8" AND *').provisions, read('"section 8" AND *').terms
    ((), ('section 8', 'AND'))
    """
    plain = canonical(text[: 4 * LONGEST].replace("\x00", " "))[:LONGEST]
    bare = re.sub(r'"[^"]*"', lambda found: " " * len(found[0]), plain)
    found = [match for match in _CITED.finditer(bare) if _is_one(match)]
    rest = plain
    for match in reversed(found):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    terms = tuple(_terms(rest))
    if found:
        terms = tuple(term for term in terms if term.lower() not in _SMALL)
    return Question(
        text=plain,
        provisions=tuple(_provisions(found)),
        named=named(plain),
        terms=terms,
        literal=tuple(_terms(plain)),
    )


def _terms(text: str) -> Iterator[str]:
    bits = (phrase or word for phrase, word in _BITS.findall(text))
    return (bit for bit, _ in zip((bit for bit in bits if any(c.isalnum() for c in bit)), range(TERMS), strict=False))


def _provisions(found: list[re.Match[str]]) -> list[Cited]:
    """Give the provisions cited: units of different kinds are one inside the other, a list is of one kind."""
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for match in found:
        unit = _NAMES[match["unit"].lower()]
        groups.setdefault(unit, []).extend(_numbers(match["numbers"]))
    units = sorted(groups, key=lambda unit: _ORDER.get(unit, len(_ORDER)))
    if not units:
        return []
    outer = tuple((unit, groups[unit][0][0]) for unit in units[:-1])
    last = units[-1]
    return [Cited(units=(*outer, (last, number)), inside=inside) for number, inside in groups[last][:_MOST]]


def _is_one(match: re.Match[str]) -> bool:
    """Tell a provision from words that look like one: there is an annex E, but no section IV."""
    return match["numbers"][:1].isdigit() or _NAMES[match["unit"].lower()] in _LETTERED


def _numbers(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each number with what stands in brackets behind it, a range one by one."""
    if not text[:1].isdigit():
        yield text, ()
        return
    for match in _RANGE.finditer(text):
        number, *inside = re.split(r" ?\(", match["first"].replace(")", ""))
        yield number, tuple(inside)
        if match["last"] and number.isdigit():
            last = min(int(match["last"]), int(number) + _MOST)
            yield from ((str(one), ()) for one in range(int(number) + 1, last + 1))
