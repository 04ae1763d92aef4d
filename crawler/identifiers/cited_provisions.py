"""Provisions as running text cites them: ``sections 57, 58A or 59``, ``Art. 2.1``, ``paragraph 3 of Schedule 2``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from crawler.identifiers import welsh
from crawler.identifiers.affected_provisions import affected

MAX_TOGETHER = 60
"""Provisions that one citation names; those behind them are another."""
_S = r"\s{1,3}"
_IN = (
    r"(?:\((?:\d{1,3}(?:[A-Z]{1,4}|[a-z])?|[a-z]{1,2}|[ivxl]{3,6}|zz?[a-z]{1,2}|[A-Z]{1,3}\d?)\)"
    r"|\s\((?:\d{1,3}[A-Z]{0,4}|[a-z]|[ivx]{2,4})\)){0,6}"
)
_AND = r"(?:,?\s(?:and|or|to|AND|OR|TO|and/or|through|up\sto)\s|\n?,\s|\s?[-\u2013]\s?|\s?&\s?|/ss?\.?\s?(?=\d))"
_YEAR = r"(?!(?:1[5-9]|20)\d\d(?![\w(]))"
_NUMBER = (
    rf"(?:{_YEAR}\d{{1,4}}(?:[A-Z]{{1,5}}\d{{0,2}}|[a-z]{{1,2}})?(?:\.\d{{1,3}}[A-Z]{{0,2}}(?:\.\d{{1,3}})?)?"
    rf"|(?:[A-Z]{{1,2}}\d{{1,3}}[A-Z]?)){_IN}(?:\s?\u00a7\s?\d{{1,3}}(?:{_AND}\u00a7\s?\d{{1,3}}){{0,6}}|\s?\u00a7\u00a7\s?\d{{1,3}}(?:{_AND}\d{{1,3}}){{0,6}})?(?!\w|/(?!ss?\.?\s?\d)|[.,]\d)"
)
_LETTERED = (
    rf"(?:{_NUMBER}|(?:One|Two|Three|Four|Five|Six)\b"
    rf"|(?:[IVXLC]{{1,7}}|[IVX]{{1,5}}[AB]|[A-Z])(?![\w/']|\.\S){_IN})"
)
_MORE = (
    r"(?:(?:\s\((?:as\s)?(?:inserted|amended|substituted)\s[^()\n]{{1,60}}\))?{and_}(?:(?:ss?|arts?|regs?|paras?|schs?)\.\s?)?{number}"
    r"|{and_}\((?:\d{{1,3}}[A-Z]{{0,4}}|[a-z]{{1,2}}|[ivx]{{3,5}})\){within}){{0,30}}"
)
_NUMBERS = _NUMBER + _MORE.format(and_=_AND, number=_NUMBER, within=_IN)
_LETTERS = _LETTERED + _MORE.format(and_=_AND, number=_LETTERED, within=_IN)
_WELSH_NUMBERS = _NUMBER + _MORE.format(and_=welsh.AND, number=_NUMBER, within=_IN)
_WELSH_LETTERS = _LETTERED + _MORE.format(and_=welsh.AND, number=_LETTERED, within=_IN)
_RECITAL = r"(?:\(\d{1,3}\)|\d{1,3}(?![\w/]|[.,]\d))"
_RECITALS = rf"{_RECITAL}(?:{_AND}{_RECITAL}){{0,20}}"
_BRACKETS = r"\(\w{1,4}\)(?:\(\w{1,4}\))*"
_BRACKET_LIST = rf"{_BRACKETS}(?:(?:,\s|,?\s(?:and|or|to)\s|\s?[-\u2013]\s?){_BRACKETS}){{0,6}}"
PROVISION = (
    rf"(?:(?:(?<=\d,\s)SECTIONS?\s|SECTIONS?\s(?=[\w(), &-]{{1,40}}\sOF\sTHE\s)"
    rf"|[Ss](?:ections?{_S}|ection\s?|ect?\.?\s?|s?\.?\s?)|(?:[Aa](?:rticles?|rts?\.?)|ARTICLES?|(?!Regulations\n|Rules\n)[Rr](?:egulations?|egs?\.?|ules?)|rr?\.?"
    rf"|[Pp](?:aragraphs?|aras?\.?))\s?){_NUMBERS}"
    rf"|(?:[Ss](?:chedules?|ched\.?|chs?\.?)|[Pp](?:arts?|ts?\.?)|[Cc]hap(?:ters?|\.)?|(?<=\d\s)Ch\.?|(?<=\d,\s)Ch\.?|[Aa](?:nnex(?:es)?|ppendix|ppendices))\s{{0,2}}{_LETTERS}"
    rf"|{welsh.NUMBERED}{_WELSH_NUMBERS}|{welsh.LETTERED}{_WELSH_LETTERS}|[Rr]ecitals?{_S}{_RECITALS}|[Tt]he{_S}(?:[Ss]chedule(?={_S}to\b)|Annex(?={_S}(?:to|of)\b))|[Ss]ch\.(?=\spara)"
    rf"|[Ss]ubsections?{_S}{_BRACKET_LIST}(?!{_S}(?:of|in){_S}(?:[Ss]ections?\s|ss?\.?\s?)\d))"
    r"(?:\set\sseqq?\b\.?|\s?ff\b)?"
)
"""A unit with its numbers, to be looked for at the beginning of a word."""
_AND_ON = re.compile(r"\s(?:et\s\w+\.?|ff)\Z|(?<=\d)ff\Z")
RULES = re.compile(rf"(?=\d{{1,3}}[A-Z]?\.\d){_NUMBERS}")
"""Rules of court as they stand behind the name of these alone: "CPR 52.21(3)"."""

_ALONE = re.compile(
    r"(section|article|regulation|paragraph|rule|s|art|reg|para)\.?\s{0,3}(\d{1,4}[A-Za-z]*)((?:\([0-9A-Za-z]+\)){0,2})",
    re.I,
)
_UNITS = {"s": "section", "art": "article", "reg": "regulation", "para": "paragraph"}
_SHORT = {
    "sec": "s", "sect": "s", "sched": "sch", "chap": "chapter", "ch": "chapter", "r": "rule", "rr": "rule",
}  # fmt: skip
_UNIT = re.compile(r"(?:the\s+)?([a-z]+?)(?:(?<=x)es|s)?(?![a-z])", re.I)
_NUMBERED_ALONE = ("section", "article", "regulation", "rule", "paragraph", "s", "art", "reg", "para")
"""Units whose numbers run on through the parts and chapters they are in."""
_INNER = (*_NUMBERED_ALONE, "chapter", "part", "pt")
_OUTER = ("schedule", "sch", "annex", "appendix", "part", "pt", "chapter")
_OF = re.compile(rf",?{_S}(?:(?:of|to|in|o|i|yn|yng|ym){_S}(?:the{_S})?|[oi]'r{_S})")
_BEHIND = re.compile(rf",?{_S}")
_DASHED = re.compile(r"\s[-\u2013]\s")
_WITHIN = re.compile(
    rf"\b(?:[Ss]ub-?)?(?:[Ss]ections?|[Pp]aragraphs?|[Pp]oints?) ?\s(?P<parts>{_BRACKET_LIST})"
    r"\s{1,2}(?:of|in)\s{1,2}$"
)
"""Parts of the provision behind them: "subsections (3) and (4) of section 2"."""
_POINTS = re.compile(
    r",?\s(?:(?:first|second|third|fourth|fifth)\ssubparagraph,\s)?(?:[Pp]oint|[Ss]ub-?paragraph)s?\s"
    rf"(?P<points>{_BRACKET_LIST})"
    r"(?!\s(?:of|in)\s(?:[Aa]rt|[Pp]ara))"
)
_BRACKETED = re.compile(r"(?:\(\w{1,4}\))+")
_UP_TO = re.compile(r"\s(?:to|TO)\s|[-\u2013]")
_PARAGRAPHED = ("article", "art", "rule", "regulation", "reg")
"""What has paragraphs that are cited by name: "paragraph 4 of Article 9", "Rule 21 \u2013 paragraph 2"."""
_BESIDE = re.compile(
    rf"(?:(?:,?{_S}(?:and|or){_S}|\s?&\s?)(?:\([a-z ]{{1,30}}\){_S}|under{_S}|with{_S})?|,{_S}"
    rf"|,?{_S}(?:of|to),?{_S}(?:and|or){_S}(?:the{_S})?|,?{_S}(?:read{_S})?in{_S}conjunction{_S}with{_S})"
)
_IN_PART = re.compile(r"^(schedule(?:-\w+)?)-part-\w+")
_HELD = re.compile(r"schedule(?:-\w+)?-(?=paragraph-)")
_IN_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six")
_PARTS = re.compile(r"\([A-Z]{1,3}\)")
_DOT = "QZQ"
"""Stands for the point in "rule 52.21" while the number is read."""
_SPELLED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\s\((?:as\s)?(?:inserted|amended|substituted)\s[^()]*\)"), ""),
    (re.compile(r"\Arr?\.?\s?(?=\d)"), "rule "),
    (re.compile(r"\s(?:through|up\sto)\s"), " to "),
    (re.compile(r"/ss?\.?\s?(?=\d)"), ", "),
    (re.compile(r"\A([A-Za-z]+)(?=\d)"), r"\1 "),
    (re.compile(r"(?i)(?<=recital)(s?\s.*)"), lambda match: match[1].replace("(", "").replace(")", "")),
    (re.compile(r"\s?\u00a7\u00a7\s?(\d[^\u00a7]*)"), lambda match: re.sub(r"\d+", r"(\g<0>)", match[1])),
    (re.compile(r"(?<=[dr,])\s\u00a7\s?(\d+)"), r" (\1)"),
    (re.compile(r"\s?\u00a7\s?(\d+)"), r"(\1)"),
    (re.compile(r"(?<=[\dA-Z])\.(?=\d)"), _DOT),
    (re.compile(r"\b(?:One|Two|Three|Four|Five|Six)\b"), lambda match: str(_IN_WORDS.index(match[0]))),
)


@dataclass(frozen=True, slots=True)
class Provisions:
    """Words that cite provisions, with their place, and the paths of the provisions.

    Of a range the path is the first and the last with ``..`` between.
    """

    start: int
    end: int
    unit: str
    paths: tuple[str, ...]


def provisions(start: int, words: str) -> Provisions:
    """Return the provisions that words cite, which are a unit with its numbers.

    >>> provisions(0, "section 27(3) and (4)(d) and (f)").paths
    ('section-27-3', 'section-27-4-d', 'section-27-4-f')
    >>> provisions(0, "Article 44 \u00a7 2").paths, provisions(0, "sections 28A to 28K").paths
    (('article-44-2',), ('section-28A..section-28K',))
    """
    return Provisions(start, start + len(words), *_unit_and_paths(words))


@lru_cache(8_192)
def _unit_and_paths(words: str) -> tuple[str, tuple[str, ...]]:
    words = _AND_ON.sub("", words)
    if words[:4] == "SECT":
        words = _PARTS.sub(lambda match: match[0].lower(), words)
    if words[1:3] == "ub":
        parts = affected(f"section 0{words[words.index('(') :]}")
        return "subsection", tuple(path.replace("section-0", "subsection") for path in parts)
    words = f"rule {words}" if words[0].isdigit() else welsh.english(words)
    match = _UNIT.match(words)
    unit = match[1].lower() if match else ""
    unit = _SHORT.get(unit, unit)
    alone = _ALONE.fullmatch(words)
    if unit == "annex" and words[-1] == "x":
        return unit, ("annex",)
    if alone:
        inner = alone[3].replace(")(", "-").replace("(", "-").rstrip(")")
        return unit, (f"{_UNITS.get(unit, unit)}-{alone[2]}{inner}",)
    for pattern, replacement in _SPELLED:
        words = pattern.sub(replacement, words)
    return unit, tuple(path.replace(_DOT, "-") for path in affected(words))


_ANEW = re.compile(r",?\s(?:and|or)\s")
_DATED = re.compile(r"\b(?:1[5-9]|20)\d\d,?\s\Z")


def joined(text: str, found: Sequence[Provisions]) -> list[Provisions]:
    """Return provisions with those that they lie in and those beside them: what is cited in one breath is one.

    >>> text = "section 11 of, and paragraphs 1(5) and 17(1) of Schedule 3 to, the"
    >>> words = ("section 11", "paragraphs 1(5) and 17(1)", "Schedule 3")
    >>> joined(text, [provisions(text.index(each), each) for each in words])[0].paths
    ('section-11', 'schedule-3-paragraph-1-5', 'schedule-3-paragraph-17-1')
    >>> text = "Act 2001, s 8, and section 2 of the"  # The first is of the Act before it, the second of another.
    >>> [each.paths for each in joined(text, [provisions(text.index(each), each) for each in ("s 8", "section 2")])]
    [('section-8',), ('section-2',)]
    """

    def beside(left: Provisions, right: Provisions, between: str, behind: str) -> Provisions | None:
        is_anew = _ANEW.fullmatch(between) and behind.startswith(" of ")
        if is_anew and ("," in between or left.unit != right.unit) and _DATED.search(text, left.start - 8, left.start):
            return None
        return _beside(left, right, between, behind)

    whole = [_with_points(text, _with_parts(text, each)) for each in found]
    return _merged(text, _merged(text, whole, _nested), beside)


def _with_parts(text: str, found: Provisions) -> Provisions:
    """Return a provision as its parts, where these stand before it.

    >>> text = "subsections (3) and (4) of section 2, points (a) to (c) of Article 4(1)"
    >>> [_with_parts(text, provisions(text.index(each), each)).paths for each in ("section 2", "Article 4(1)")]
    [('section-2-3', 'section-2-4'), ('article-4-1-a..article-4-1-c',)]
    """
    before = text[max(0, found.start - 80) : found.start]
    is_one = len(found.paths) == 1 and ".." not in found.paths[0] and found.unit in _NUMBERED_ALONE
    if not is_one or not before.rstrip().endswith((") of", ") in")):
        return found
    match = _WITHIN.search(before)
    if match is None:
        return found
    start = found.start - len(before) + match.start()
    return Provisions(start, found.end, found.unit, _parts(found.paths[0], match["parts"]))


def _parts(path: str, named: str) -> tuple[str, ...]:
    """Return the paths of parts of a provision: ``(a) to (c) and (e)`` of it."""
    paths, end = list[str](), 0
    for part in _BRACKETED.finditer(named):
        inner = f"{path}-{part[0].strip('()').replace(')(', '-')}"
        if _UP_TO.search(named, end, part.start()) and ".." not in paths[-1]:
            inner = f"{paths.pop()}..{inner}"
        paths.append(inner)
        end = part.end()
    return tuple(paths)


def _with_points(text: str, found: Provisions) -> Provisions:
    """Return an article as its points, where these stand behind it.

    >>> text = "Articles 4(2) and 5(1), points (a) to (c), of the"
    >>> _with_points(text, provisions(0, "Articles 4(2) and 5(1)")).paths
    ('article-4-2', 'article-5-1-a..article-5-1-c')
    """
    is_one = found.unit in ("article", "art") and bool(found.paths) and ".." not in found.paths[-1]
    match = _POINTS.match(text, found.end) if is_one else None
    if match is None:
        return found
    return Provisions(
        found.start, match.end(), found.unit, (*found.paths[:-1], *_parts(found.paths[-1], match["points"]))
    )


def _merged(
    text: str, found: Sequence[Provisions], merge: Callable[[Provisions, Provisions, str, str], Provisions | None]
) -> list[Provisions]:
    merged: list[Provisions] = []
    for each in found:
        right = each
        while merged and 0 < right.start - merged[-1].end < 40:
            left = merged[-1]
            both = merge(left, right, text[left.end : right.start], text[right.end : right.end + 8])
            if both is None:
                break
            right = both  # What lies before may lie in both: "paragraph 32 of Part 1 of Schedule 1".
            merged.pop()
        merged.append(right)
    return merged


def _nested(left: Provisions, right: Provisions, between: str, behind: str) -> Provisions | None:
    """Return provisions in another one, in whichever order: "paragraph 3 of Schedule 2", "Sch. 2 para. 3".

    Cells of a table on lines of their own are not in each other, but for paragraphs of a schedule.

    >>> left, right = provisions(0, "Article 111"), provisions(13, "paragraphs 1 to 3")
    >>> [found.paths for found in (_nested(left, right, ", ", ""), _nested(right, left, " of ", "")) if found]
    [('article-111-1..article-111-3',), ('article-111-1..article-111-3',)]
    """
    paragraph = _paragraph(left, right, between, is_in_other=behind.startswith((" of ", " to ", " in ")))
    if paragraph is not None:
        return paragraph
    if "\n" in between and not between.strip() and not right.unit.startswith("para"):
        return None
    if _OF.fullmatch(between):
        outer, inner = right, left
    elif _BEHIND.fullmatch(between) or (between == " (" and behind.startswith(")")):
        outer, inner = left, right
    else:
        return None
    if outer.unit not in _OUTER or inner.unit not in _INNER or len(outer.paths) != 1 or outer.unit == inner.unit:
        return None
    held = outer.paths[0]
    if inner.unit.startswith("para"):
        held = _IN_PART.sub(r"\1", held)  # A paragraph is named by its schedule, whatever the part.
    if "paragraph" in held or (outer.unit not in ("schedule", "sch") and inner.unit.startswith("para")):
        return None
    paths = inner.paths
    if not (outer.unit in ("part", "pt", "chapter") and inner.unit in _NUMBERED_ALONE):
        paths = tuple("..".join(_IN_PART.sub(r"\1", f"{held}-{side}") if "-paragraph-" in side else f"{held}-{side}"
                                for side in path.split("..")) for path in paths)  # fmt: skip
    return Provisions(left.start, right.end + (between == " ("), outer.unit, paths)


def _paragraph(left: Provisions, right: Provisions, between: str, *, is_in_other: bool) -> Provisions | None:
    if _OF.fullmatch(between):
        outer, inner = right, left
    elif _DASHED.fullmatch(between) or (
        (not is_in_other or not between.strip())
        and _BEHIND.fullmatch(between)
        and left.unit in ("article", "art", "rule")
    ):
        outer, inner = left, right
    else:
        return None
    is_whole = len(outer.paths) == 1 and outer.paths[0].count("-") == 1 and ".." not in outer.paths[0]
    if not is_whole or outer.unit not in _PARAGRAPHED or inner.unit not in ("paragraph", "para"):
        return None
    if not all(path.startswith("paragraph-") for path in inner.paths):
        return None
    paths = tuple(path.replace("paragraph-", f"{outer.paths[0]}-") for path in inner.paths)
    return Provisions(left.start, right.end, outer.unit, paths)


def _beside(left: Provisions, right: Provisions, between: str, _: str) -> Provisions | None:
    """Return provisions of one law that are cited together; a section and an article are not of one law."""
    laws = {law for law in (_law(left), _law(right)) if law}
    if (
        len(left.paths) > MAX_TOGETHER
        or "subsection" in (left.unit, right.unit)
        or not _BESIDE.fullmatch(between)
        or (len(laws) > 1 and " of" not in between and " to" not in between)
    ):
        return None
    held = _HELD.match(left.paths[-1]) if left.paths and right.unit in ("paragraph", "para") else None
    paths = [re.sub(r"(?=paragraph-)", held[0] if held else "", path) for path in right.paths]
    return Provisions(left.start, right.end, left.unit if held else right.unit, (*left.paths, *paths))


def _law(found: Provisions) -> str:
    kind = found.paths[0].partition("-")[0] if found.paths else ""
    return kind if kind in ("section", "article", "regulation", "rule") else ""
