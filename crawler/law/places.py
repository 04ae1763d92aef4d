"""Which provisions of its own a law means by *this section*, *this Part*, or *paragraph 3 of this Schedule*.

And which ones it lists in a schedule, row by row of a table or paragraph by paragraph.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.identifiers import affected
from crawler.law.pieces import DAY, iso

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


CELLS, ROWS = " | ", " || "
"""What separates the cells and the rows of a table in a text."""

_COLUMN = r"(?:column \(?(?P<number>\d)\)?|(?:the )?(?P<word>first|second|third|fourth) column)"
_WORDS = ("first", "second", "third", "fourth")
_DAYS = re.compile(rf"\b(?:date|day)s?\b[^.;]{{0,60}}? in {_COLUMN}", re.IGNORECASE)
_PURPOSES = re.compile(rf"\bpurposes?\b[^.;]{{0,80}}? in {_COLUMN}", re.IGNORECASE)
_PROVISIONS = re.compile(rf"\b(?:provisions?|sections?)\b[^.;]{{0,120}}? in {_COLUMN}", re.IGNORECASE)
_REFERENCE = re.compile(
    r"^(?:Articles?|Regulations?|Rules?) [\d(),]+(?:(?: and|,|(?: and)? (?:Article|Regulation)) [\d(),]+)*\s*"
)
_SPOKEN_ROW = re.compile(r"\s*\((?!(?:[a-z]{1,2}|[ivxlc]{1,6}|[A-Z]{1,2}|\d+[A-Z]{0,2})\))(?:[^()]|\([^()]*\))*\)")
_LIMIT = re.compile(
    r"[,;]? ?\(?(?=\b(?:(?:but )?(?:only|so far as|in so far as|insofar as|to the extent)|the entr(?:y|ies)"
    r"|for (?:the|all|certain)\b|in relation to|as respects|as regards|in respect of)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?:sub-?)?(?:sections?|articles?|regulations?|rules?|paragraphs?)|schedules?|parts?|chapters?|[A-Z]{0,3}\d+[A-Z]*\d*"
    r"|[IVXLC]+|\([0-9A-Za-z]{1,8}\)|and|or|to|of|in|the|act|[\s,;\u2013-])+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A provision of an instrument as it is read: path, heading, text."""

    path: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row: the provisions it names, none where they could not be read; its ISO day and what limits it."""

    paths: tuple[str, ...]
    date: str = ""
    limit: str = ""


def rows_of(article: str, schedule: str, part: str, sections: Sequence[Source]) -> list[Listed]:
    """Return the rows of a schedule, or of a part of it; ``article`` says what its columns hold."""
    number = schedule.partition(" ")[2]
    of_it = re.compile(
        rf"schedule(?:-{re.escape(number) if number else '1'})?(?P<part>-part-\w+)?(?:-paragraph-[\w.]+)?"
    )
    columns = _columns(article)
    found: list[Listed] = []
    for section in sections:
        match = of_it.fullmatch(section.path)
        if match is None or (part and match["part"] not in (None, f"-{part.lower().replace(' ', '-')}")):
            continue
        if part and match["part"] is None:
            continue
        text = _REFERENCE.sub("", section.text)
        rows = [_row(line.split("|"), columns) for line in text.split(ROWS)]
        while rows and not rows[0].paths:
            rows = rows[1:]  # Headings of columns.
        found += rows
    return found


def _columns(article: str) -> tuple[int, int | None, int | None]:
    """Return which columns hold provisions, days and purposes, from 0."""
    first, days, purposes = (pattern.search(article) for pattern in (_PROVISIONS, _DAYS, _PURPOSES))
    of_provisions = _place(first) if first is not None else 0
    return of_provisions or 0, _place(days), _place(purposes)


def _place(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return int(match["number"]) - 1 if match["number"] else _WORDS.index(match["word"].lower())


def _row(cells: Sequence[str], columns: tuple[int, int | None, int | None]) -> Listed:
    held = [cell.strip() for cell in cells]
    first, days, purposes = ("" if place is None or place >= len(held) else held[place] for place in columns)
    day = DAY.search(days)
    paths, limit = provisions(first)
    return Listed(
        paths=paths, date=iso(day) if day is not None else "", limit=" ".join(filter(None, (limit, _lower(purposes))))
    )


def provisions(words: str) -> tuple[tuple[str, ...], str]:
    """Return the provisions that an item names and what limits them; none where it has words that are not read.

    >>> provisions("Section 72(1) to (3) (serious criminal)"), provisions("Section 1 so far as it relates to fees")
    ((('section-72-1..section-72-3',), ''), (('section-1',), 'so far as it relates to fees'))
    >>> provisions("Stop notices"), provisions("Part 3 except section 40")
    (((), ''), ((), ''))
    """
    bare = _SPOKEN_ROW.sub("", words.strip(" ;,."))
    limit = _LIMIT.search(bare)
    named, said = (bare[: limit.start()], bare[limit.end() :].strip(" ()")) if limit else (bare, "")
    if not named or not _LISTED.fullmatch(named):
        return (), ""
    paths = tuple(place_of("").paths(named) or affected(named))
    return (paths, said) if paths else ((), "")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
