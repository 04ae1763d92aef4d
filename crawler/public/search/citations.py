"""Provisions that a question cites: ``section 54(2)``, ``s54``, ``art 26``, ``schedule 2 paragraph 3``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.wording import provision

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

MAX_PROVISIONS = 20
"""A longer range is cut."""

_NAMES = {name: unit for unit, names in UNITS.items() for name in names}
_ORDER = {unit: place for place, unit in enumerate(("schedule", "annex", "appendix", "part", "chapter"))}
_LETTERED = frozenset({"schedule", "annex", "appendix", "part", "chapter", "recital"})

_YEAR = r"(?:19|20)\d\d(?!\w|\.\d| ?\()"
_NUMBER = rf"(?!{_YEAR})\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}[A-Za-z]{{0,3}}(?: ?\([0-9A-Za-z]{{1,5}}\)){{0,6}}"
"""The number of a provision. Four digits that may be a year are none: "regulations 2019" are a title."""

_LETTER = r"[IVXLC]{1,6}|[A-Z]"
_AND = r"(?:, ?and |, ?| ?& ?| and | or | to | ?- ?)"
_CITED = re.compile(
    rf"(?<![\w'])(?P<unit>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})\.? ?"
    rf"(?P<numbers>(?:{_NUMBER}|{_LETTER})(?:{_AND}{_NUMBER})*)(?![\w/(])",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?:(?: to | ?- ?)(?P<last>\d{{1,4}})(?![\w.(]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A provision that was asked for: its units with their numbers, outer first, and the sub-provisions inside."""

    units: tuple[tuple[str, str], ...]
    inside: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of its section or schedule, as documents have it: ``section-54``."""
        return "-".join(step for unit, number in self.units for step in (unit, number.replace(".", "-")))

    @property
    def paths(self) -> tuple[str, ...]:
        """The path as typed, and with the letters of its numbers small and large: documents have section-50A.

        >>> Cited(units=(("section", "50a"),)).paths
        ('section-50a', 'section-50A')
        """
        upper = "-".join(step for unit, number in self.units for step in (unit, number.upper().replace(".", "-")))
        return tuple(dict.fromkeys((self.path, self.path.lower(), upper)))

    @property
    def words(self) -> str:
        """The provision as lawyers write it.

        >>> Cited(units=(("section", "54"),), inside=("2",)).words
        'section 54(2)'
        """
        named = ", ".join(f"{unit} {number}" for unit, number in self.units)
        return named + "".join(f"({step})" for step in self.inside)

    @property
    def spellings(self) -> tuple[tuple[str, str], ...]:
        """The ways in which a text names its innermost unit, each as a name and a number."""
        unit, number = self.units[-1]
        return tuple((name, number) for name in UNITS[unit] if name.isalpha())

    def rank(self, path: str, number: str) -> int | None:
        """Return how well a section fits: 0 its very path, 1 inside another unit, 2 by its own number; None not at all.

        >>> section = Cited(units=(("section", "8"),))
        >>> section.rank("section-8", "8"), section.rank("schedule-1-section-8", "8"), section.rank("article-8", "8")
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


def provisions(text: str) -> tuple[tuple[Cited, ...], str]:
    """Return the provisions that a text cites, and the text with blanks in their place.

    >>> cited, rest = provisions("s.54(2) Modern Slavery Act")
    >>> [each.words for each in cited], rest.strip()
    (['section 54(2)'], 'Modern Slavery Act')
    >>> [each.path for each in provisions("para 3 of schedule 2")[0]]
    ['schedule-2-paragraph-3']
    >>> [each.path for each in provisions("sections 1, 2 to 4")[0]], provisions('"section 8"')[0]
    (['section-1', 'section-2', 'section-3', 'section-4'], ())
    """
    bare = re.sub(r'"[^"]*"', lambda quoted: " " * len(quoted[0]), text)
    matches = [match for match in _CITED.finditer(bare) if _is_provision(match)]
    for match in matches:
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return tuple(_cited(matches)), text


def _cited(matches: list[re.Match[str]]) -> list[Cited]:
    """Return the provisions cited: units of different kinds are one inside the other, a list is of one kind."""
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for match in matches:
        unit = _NAMES[match["unit"].lower()]
        groups.setdefault(unit, []).extend(_numbers(match["numbers"]))
    units = sorted(groups, key=lambda unit: _ORDER.get(unit, len(_ORDER)))
    if not units:
        return []
    outer = tuple((unit, groups[unit][0][0]) for unit in units[:-1])
    last = units[-1]
    return [Cited(units=(*outer, (last, number)), inside=inside) for number, inside in groups[last][:MAX_PROVISIONS]]


def _is_provision(match: re.Match[str]) -> bool:
    """Whether it is a provision, and not words that look like one: there is an annex E, but no section IV.

    A letter counts where it is a capital: "part a" is none, "annex e" is one all the same.
    """
    unit, number = _NAMES[match["unit"].lower()], match["numbers"]
    if number[:1].isdigit():
        return True
    return unit in ("annex", "appendix") or (unit in _LETTERED and number.isupper())


def _numbers(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each number with what is in brackets behind it, a range number by number."""
    if not text[:1].isdigit():
        yield text, ()
        return
    for match in _RANGE.finditer(text):
        number, *inside = re.split(r" ?\(", match["first"].replace(")", ""))
        yield number, tuple(inside)
        if match["last"] and number.isdigit():
            last = min(int(match["last"]), int(number) + MAX_PROVISIONS)
            yield from ((str(between), ()) for between in range(int(number) + 1, last + 1))
