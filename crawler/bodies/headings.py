"""Headings into the number, words and path of a section; and what stands at the head and foot of every page.

Most of the latter is the title and the number of the page, and says nothing. A form often has its version there, or a
helpline: it is kept once, where it says what must not change unseen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from crawler import text
from crawler.bodies import part_labels, selectors
from crawler.bodies.selectors import Scrub
from crawler.identifiers import chapters
from crawler.model import Section
from crawler.text import clean

_LABEL = re.compile(
    rf"((?:{part_labels.NAMED}|annex|appendix|schedule|part|section|article|title|step|stage|table|figure|box|module|rule|"
    r"annexe|partie|titre|anhang|anlage|teil|abschnitt|artikel|bijlage|deel|anexo|parte|atodiad|rhan)\s+(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[ivxlc]{1,6}|[a-z]\d{0,2}))"
    r"(?:\s*(?:[:.\u2013\u2014]|\s-|-(?=\s))\s*(?=\S)|$)",
    re.I,
)
_DOTTED = re.compile(
    r"(\d{1,3}(?:\.\d{1,3})+[a-z]?|\d{1,3}[a-z]?(?=[.)])|\(?(?:[ivx]{1,5}|[a-z])(?=\)))[.):]*(?:\s+(?=\S)|$)", re.I
)
_PLAIN = re.compile(r"(\d{1,2})\s+(?=\(?([A-ZÀ-Þ][\w\u2019'-]*))")
_MONTH = re.compile(
    r"jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ionawr|chwef|mawrth|ebrill|meh|gorff|awst|medi|"
    r"hydref|tachwedd|rhagfyr",
    re.I,
)
_COUNTED = re.compile(r"(?:[a-z]+-?)?\d+(?:-\d+)*")
_GENERATED = re.compile(r"\d{5}|[0-9a-f]{8}|^(?:toc|ref|anchor|node|ember|gmail|docs-internal|yui|ui-id|block)-?", re.I)
_WORDLIKE = re.compile(r"[a-z]{3}")
_HOLDER = re.compile(rf"(?:{chapters.NAMES})\s+\S+", re.I)
_CHAPTER = re.compile(r"(?:chapter|chapitre|kapitel|hoofdstuk|cap\u00edtulo|pennod)\s", re.I)
_PART = re.compile(r"(?:part|partie|titre|teil|deel|rhan)\s", re.I)
MIN_CHAPTERS = 3
"""Fewest headings with whole numbers and headings below them that make the chapters of a text."""
_MAX_HEADING_CHARACTERS = 80
_MAX_ANCHOR_CHARACTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A heading's level (0 before the first heading), its own id attribute, its words, and the words under it."""

    level: int
    identity: str
    heading: str
    text: str


def sections(parts: Iterable[Headed], *, chaptered: bool = False) -> tuple[Section, ...]:
    """Return the sections of headed parts; parts without any word are left out, paths are unique and stable.

    A path is the heading's own id where it looks lasting, else its words; where two sections would share one, each
    has the path of its parent put before it, and what is still alike is counted. Of ``chaptered`` texts, chapters and
    annexes are called by their numbers, and what stands in one has its path before its own: ``annex-f-legal-aid``.
    """
    kept = [part for part in parts if part.heading or part.text]
    named = [_named(part) for part in kept]
    own = [path for path, _, _ in named]
    numbers = [own_number for _, own_number, _ in named]
    holders = _chapters(kept, numbers) if chaptered else []
    paths = text.number_repeats(_inside(kept, own, numbers, holders) if any(holders) else _distinct(kept, own))
    return tuple(
        Section(path=path, number=own_number, heading=heading, text=part.text)
        for part, path, (_, own_number, heading) in zip(kept, paths, named, strict=True)
    )


def without_matches(parts: Iterable[Headed], scrub: Scrub) -> list[Headed]:
    """Return parts cleaned, without what the expressions match, line by line."""
    return merge_headless(
        replace(part, heading=selectors.without_matches(part.heading, scrub), text=selectors.by_line(part.text, scrub))
        for part in parts
    )


def merge_headless(parts: Iterable[Headed]) -> list[Headed]:
    """Return parts of which each but the first has a heading: the words under one that was scrubbed away go before."""
    found: list[Headed] = []
    for part in parts:
        if part.heading or not found:
            found.append(part)
        elif part.text:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {part.text}".strip())
    return found


@lru_cache(maxsize=4096)
def number(heading: str) -> tuple[str, str]:
    """Return the number a heading starts with, and its other words.

    >>> number("2.1 Scope"), number("Annex A: forms"), number("3. Aims"), number("12 March 2026"), number("Part of it")
    (('2.1', 'Scope'), ('Annex A', 'forms'), ('3', 'Aims'), ('', '12 March 2026'), ('', 'Part of it'))
    >>> number("Appendix 1- Sub-groups"), number("Step 1-2: ask")
    (('Appendix 1', 'Sub-groups'), ('', 'Step 1-2: ask'))
    """
    for pattern in (_LABEL, _DOTTED):
        if match := pattern.match(heading):
            return match.group(1).lstrip("("), heading[match.end() :]
    plain = _PLAIN.match(heading)
    if plain and not _MONTH.match(plain.group(2)):
        return plain.group(1), heading[plain.end() :]
    return "", heading


def _chapters(parts: Sequence[Headed], numbers: Sequence[str]) -> list[str]:
    """Return the chapter or annex that each part is in or opens, empty for none.

    Chapters are headings of one level with whole numbers, of which several have headings below them; and those that
    are set otherwise, whose number goes on theirs and is that of the next numbered heading, ``5`` before ``5.1``.
    Where several on no deeper level are named, ``Chapter 5``, these are. A text that names one part has no parts.
    """
    levels = Counter(
        part.level
        for (part, following), own in zip(pairwise(parts), numbers, strict=False)
        if part.level and own.isdecimal() and following.level > part.level
    )
    level, inner = _first(levels), dict(_confirmed(parts, numbers))
    named = _first(Counter(part.level for part, own in zip(parts, numbers, strict=True) if _CHAPTER.match(own)))
    if named and (not level or named <= level):
        level, inner = 0, {}
    elif not level and len(inner) < MIN_CHAPTERS:
        inner = {}
    holding = {own for own in numbers if _HOLDER.fullmatch(own) and not (_CHAPTER.match(own) and (level or inner))}
    parted = [own for own in holding if _PART.match(own)]
    holding -= set(parted) if len(parted) < 2 else set()
    found: list[str] = []
    current, depth, last = "", 0, 0
    for place, (part, own) in enumerate(zip(parts, numbers, strict=True)):
        if own.isdecimal() and part.level and part.level == level:
            current, depth, last = f"chapter-{own}", level, int(own)
        elif place in inner and int(own) == last + 1:
            current, depth, last = f"chapter-{own}", min(part.level, inner[place] - 1), int(own)
        elif own in holding:
            current, depth = text.slug(own), part.level
        elif part.level <= depth or (current == f"chapter-{last}" and _is_elsewhere(own, last)):
            current, depth = "", 0
        found.append(current)
    return found


def _is_elsewhere(number: str, chapter: int) -> bool:
    """Return whether a number is of another chapter: the heading of that was not seen as one."""
    first, dot, _ = number.partition(".")
    return bool(dot) and first.isdecimal() and int(first) != chapter


def _first(levels: Counter[int]) -> int:
    """Return the first level on which enough headings are chapters, 0 where there is none."""
    return min((level for level, count in levels.items() if count >= MIN_CHAPTERS), default=0)


def _confirmed(parts: Sequence[Headed], numbers: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield place and level of what is below it for each heading whose whole number the next numbered one goes on."""
    numbered = [place for place, own in enumerate(numbers) if own and parts[place].level]
    for place, following in pairwise(numbered):
        if numbers[place].isdecimal() and numbers[following] == f"{numbers[place]}.1":
            yield place, parts[following].level


def _inside(parts: Sequence[Headed], paths: Sequence[str], numbers: Sequence[str], holders: Sequence[str]) -> list[str]:
    """Return paths behind those of their chapters; those that one chapter has twice have their parents' before them.

    What is cited by its own name alone, as Recommendation 4 is, keeps its path where the text has one of that name.
    """
    inside: list[str] = []
    often = Counter(paths)
    for chapter, group in groupby(zip(parts, paths, numbers, holders, strict=True), key=lambda each: each[3]):
        members = list(group)
        distinct = _distinct([part for part, *_ in members], [path for _, path, *_ in members])
        if not chapter:
            inside += distinct
            continue
        opening = members[0][0]
        for path, (part, own, number, _) in zip(distinct, members, strict=True):
            is_cited = often[own] == 1 and part_labels.is_named(number)
            inside.append(chapter if part is opening else own if is_cited else f"{chapter}-{path}")
    return inside


def _named(part: Headed) -> tuple[str, str, str]:
    """Return the path of a part by itself, the number in its heading, and the other words of that."""
    if part.level == 0:
        return "introduction", *number(part.heading)
    short = len(part.identity) + len(part.heading) <= _MAX_CACHED_CHARACTERS
    return (_heading_again if short else _heading)(part.identity, part.heading)


def _heading(identity: str, heading: str) -> tuple[str, str, str]:
    own_number, words = number(heading)
    return _path(identity, heading, own_number, words), own_number, words


_MAX_CACHED_CHARACTERS = 160
"""Most characters of a heading that is remembered: they come again with every version of a document."""

_heading_again = lru_cache(maxsize=4096)(_heading)


def _path(stated: str, heading: str, own_number: str, words: str) -> str:
    if part_labels.is_named(own_number):
        # Before its own id too: that mostly is a slug of the whole heading, whose words may be edited.
        return text.slug(own_number)
    whole = text.slug(heading)
    identity = text.slug(stated)
    if identity and _lasting(stated, identity, whole):
        return identity
    # A number that is no name ("2.1") moves when a part is put in before it; "Annex A" is what people call the part.
    spoken = whole if own_number[:1].isalpha() and " " in own_number else text.slug(words)
    if own_number and not words:
        spoken = f"section-{text.slug(own_number)}"
    # Of a heading in another script a slug keeps a stray figure at most.
    letters, said = (sum(map(str.isalpha, each)) for each in (spoken, heading))
    return (
        _cut(spoken, _MAX_HEADING_CHARACTERS) if spoken and letters * 2 >= said else f"part-{text.digest(heading)[:8]}"
    )


def _lasting(stated: str, identity: str, heading: str) -> bool:
    """Return whether an author gave an id, or the words of the heading, not a counter or chance."""
    if _GENERATED.search(stated) or not _WORDLIKE.search(identity) or len(identity) > _MAX_ANCHOR_CHARACTERS:
        return False
    if _COUNTED.fullmatch(identity):
        return heading == identity or heading.startswith(f"{identity}-")
    # "what-we-do-2" is the third "What we do" of a page: counted too, unless the heading says so.
    return not re.search(r"-\d+$", identity) or identity == heading


def _cut(path: str, longest: int) -> str:
    return path if len(path) <= longest else path[:longest].rpartition("-")[0] or path[:longest]


def _distinct(parts: Sequence[Headed], paths: Sequence[str]) -> list[str]:
    """Return the paths, each that occurs twice with its parent's before it: the order of its like does not matter."""
    if len(set(paths)) == len(paths):
        return list(paths)
    often = Counter(paths)
    above: list[tuple[int, str]] = []
    distinct: list[str] = []
    for part, path in zip(parts, paths, strict=True):
        while above and above[-1][0] >= part.level:
            above.pop()
        twice = often[path] > 1 and above
        distinct.append(f"{_cut(above[-1][1], _MAX_HEADING_CHARACTERS)}-{path}" if twice else path)
        if part.level:
            above.append((part.level, path))
    return distinct


_TELLING = re.compile(
    r"\b(?:version|fersiwn|revision|rev\.?|edition|issue|release|ver\.?|v\.?)\s?(?:no\.?\s?|number\s?|:\s?)?\d"
    r"|\b(?:published|issued) by\b|\w@\w|\bhttps?://|\bwww\.|\.(?:gov\.uk|org|eu|int)\b|\bportal\b|[\u00a3\u20ac]\s?\d"
    r"|\b(?:call|tel|telephone|phone|text|helpline|hotline|ff\u00f4n)\b[^|]{0,30}\d{3}"
    r"|(?<!\d)\+?\(?0\d{2,4}\)?[ -]?\d{3}",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:page|pages|p\.|tudalen|seite|pagina|p\u00e1gina|blz\.?)\s*\d{0,4}(?:\s*(?:of|o|/|von|van|de|sur)\s*\d{1,4})?(?!\w)"
    r"|(?:^|\s)(?:\d{1,4}\s*)?(?:of|/|von|van|sur)\s*\d{1,4}(?=\s|$)|[|\u2022\u00b7]\s*\d{1,4}\s*$|^\s*\d{1,4}\s*[|\u2022\u00b7]",
    re.IGNORECASE,
)
"""The number of a page, or what stands around it where that was taken away."""


def section(lines: Iterable[str]) -> list[Headed]:
    """Return one part with those of the lines that tell something, each once, without numbers of pages; none else.

    >>> [part.text for part in section(["Sample form v4 | Page 2 of 9", "Sample form v4 | Page 3 of 9", "Official"])]
    ['Sample form v4']
    """
    told = dict.fromkeys(
        clean(_PAGE.sub(" ", line)).strip(" |\u2022\u00b7-\u2013") for line in lines if _TELLING.search(line)
    )
    text = "\n".join(line for line in told if _TELLING.search(line))
    return [Headed(level=1, identity="every-page", heading="On every page", text=text)] if text else []


def common(lines: Iterable[str]) -> str:
    """Return the words that lines of different pages share, each in its place: a number that differs is that of a page.

    >>> common(["Form v4 page 1 of 9", "Form v4 page 2 of 9"]), common(["1", "2"])
    ('Form v4 page of 9', '')
    """
    split = [line.split() for line in lines]
    return " ".join(words[0] for words in zip(*split, strict=False) if len(set(words)) == 1)
