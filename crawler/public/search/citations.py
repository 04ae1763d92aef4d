"""Provisions that a question cites, read as in any text, and how they are spelled where they stand. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from crawler.identifiers.citations import provisions_in
from crawler.wording import provision

UNITS: Mapping[str, tuple[str, ...]] = {
    "section": ("section", "sections", "sect", "sec", "s", "ss"),
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
"""Units of documents, with the ways in which texts name them."""

MAX_PROVISIONS = 20
"""A longer range is cut."""

_BEFORE_NUMBER = re.compile(r"\b[A-Za-z]{5,11}(?= \d)")
_MIN_LETTERS = 6

_TYPED = re.compile(
    r"\"[^\"]*\"|(?P<sign>\u00a7+)|\b(?i:annexe) +(?P<e>\w{1,2})\b"
    r"|\b(?P<lettered>(?i:annex|appendix) )(?P<letter>[A-Za-z]{1,2})\b"
    r"|\b(?P<large>(?:SECTION|SCHEDULE|REGULATION|RULE|ARTICLE|PARAGRAPH|PARA|PART|CHAPTER|SCH|ART|REG|ANNEX)S?)\b"
)
"""What is typed otherwise than texts are written: signs, small letters for large ones and the other way round."""


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
        return tuple((name, number) for name in UNITS[unit])

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


def units_spelled(text: str) -> tuple[str, dict[str, str]]:
    """Return a text in which the name of a unit before a number has no wrong letter, and the names that had one.

    >>> units_spelled("sectoin 54, artcle 4, action 3, Sections 1")
    ('section 54, article 4, action 3, Sections 1', {'sectoin': 'section', 'artcle': 'article'})
    """
    wrong = {word: near for word in _BEFORE_NUMBER.findall(text) if (near := _near_unit(word.lower()))}
    return _BEFORE_NUMBER.sub(lambda word: wrong.get(word[0], word[0]), text), wrong


def _near_unit(word: str) -> str:
    near = (unit for unit in UNITS if len(unit) >= _MIN_LETTERS and OSA.distance(word, unit, score_cutoff=1) == 1)
    return "" if any(word in names for names in UNITS.values()) else next(near, "")


def provisions(text: str) -> tuple[tuple[Cited, ...], str]:
    """Return the provisions that a text cites, and the text with blanks in their place.

    >>> cited, rest = provisions("s.54(2) Modern Slavery Act")
    >>> [each.words for each in cited], rest.strip()
    (['section 54(2)'], 'Modern Slavery Act')
    >>> [each.path for each in provisions("para 3 of schedule 2")[0]], provisions('"section 8"')[0]
    (['schedule-2-paragraph-3'], ())
    >>> [each.path for each in provisions("sections 1, 2 to 4, ANNEX e")[0]]
    ['section-1', 'section-2', 'section-3', 'section-4', 'annex-E']
    """
    cited: list[Cited] = []
    for found in provisions_in(_TYPED.sub(_as_written, text)):
        words = text[found.start : found.end]
        named = [each for path in found.paths for each in _named(path, words)]
        if named:
            cited += named
            text = text[: found.start] + " " * len(words) + text[found.end :]
    return tuple(cited[:MAX_PROVISIONS]), text


def _as_written(match: re.Match[str]) -> str:
    """Return what was typed as texts have it, as long as before; a phrase in quotation marks is none of it."""
    if match["sign"]:
        return "s" * len(match[0])
    if match["e"]:
        return f"annex  {match['e'].upper()}".rjust(len(match[0]))
    if match["letter"]:
        return match["lettered"].lower() + match["letter"].upper()
    return match[0].lower() if match["large"] else " " * len(match[0])


def _named(path: str, words: str) -> Iterator[Cited]:
    """Yield the provisions at a path that some words name; of a range of numbers each."""
    first, _, last = path.partition("..")
    one = _one(first, words)
    if one is None:
        return
    yield one
    until = _one(last, words) if last else None
    unit, number = one.units[-1]
    if until is None:
        return
    if not (number.isdigit() and until.units[-1][1].isdigit()):
        yield until
        return
    for between in range(int(number) + 1, min(int(until.units[-1][1]), int(number) + MAX_PROVISIONS) + 1):
        yield Cited(units=(*one.units[:-1], (unit, str(between))))


def _one(path: str, words: str) -> Cited | None:
    steps = path.split("-")
    units: list[tuple[str, str]] = []
    while len(steps) > 1 and steps[0] in UNITS:
        units.append((steps[0], steps[1]))
        steps = steps[2:]
    while units and steps and f"{units[-1][1]}.{steps[0]}" in words:  # The numbers of guidance have points.
        units[-1] = (units[-1][0], f"{units[-1][1]}.{steps[0]}")
        steps = steps[1:]
    return Cited(units=tuple(units), inside=tuple(steps)) if units else None
